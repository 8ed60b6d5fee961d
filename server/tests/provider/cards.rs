//! Test cards, with the numbers that Stripe documents: <https://docs.stripe.com/testing>.

use sha2::{Digest, Sha256};

pub const APPROVES: &str = "4242424242424242";
pub const DECLINES: &str = "4000000000000002";
pub const LACKS_MONEY: &str = "4000000000009995";
/// Asks its owner first (3-D Secure), then approves.
pub const ASKS: &str = "4000002760003184";
/// Asks its owner first, then declines.
pub const ASKS_AND_DECLINES: &str = "4000008400001629";
/// Approves, and its owner wants the money back.
pub const DISPUTES: &str = "4000000000000259";
/// Approves; a refund is pending at first.
pub const REFUNDS_SLOWLY: &str = "4000000000007726";
/// Approves; a refund looks sent at first, and then fails.
pub const LOSES_REFUNDS: &str = "4000000000005126";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub number: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    Approves,
    Declines(&'static str, &'static str),
    /// The owner is asked; what comes next if they say yes.
    Asks(Answer),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Approves,
    Declines,
}

pub const DECLINED: (&str, &str) = ("generic_decline", "Your card was declined.");

impl Card {
    /// As it is typed, with blanks.
    pub fn typed(number: &str) -> Option<Self> {
        let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
        let is_number =
            (12..=19).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        is_number.then_some(Self { number })
    }

    /// By the names of Stripe's test payment methods.
    pub fn named(method: &str) -> Option<Self> {
        let number = match method {
            "pm_card_visa" => APPROVES,
            "pm_card_visa_chargeDeclined" | "pm_card_chargeDeclined" => DECLINES,
            "pm_card_chargeCustomerFail" => "4000000000000341",
            "pm_card_authenticationRequired" => ASKS,
            "pm_card_createDispute" => DISPUTES,
            "pm_card_pendingRefund" => REFUNDS_SLOWLY,
            "pm_card_refundFail" => LOSES_REFUNDS,
            _ => return None,
        };
        Self::typed(number)
    }

    pub fn behaviour(&self) -> Behaviour {
        match self.number.as_str() {
            DECLINES | "4000000000000341" => Behaviour::Declines(DECLINED.0, DECLINED.1),
            LACKS_MONEY => {
                Behaviour::Declines("insufficient_funds", "Your card has insufficient funds.")
            }
            ASKS | "4000002500003155" => Behaviour::Asks(Answer::Approves),
            ASKS_AND_DECLINES => Behaviour::Asks(Answer::Declines),
            _ => Behaviour::Approves,
        }
    }

    pub fn brand(&self) -> &'static str {
        match self.number.as_bytes().first() {
            Some(b'3') => "amex",
            Some(b'5') => "mastercard",
            _ => "visa",
        }
    }

    pub fn last4(&self) -> &str {
        &self.number[self.number.len() - 4..]
    }

    pub fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(self.number.as_bytes()))[..16].to_owned()
    }
}
