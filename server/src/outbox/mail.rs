//! What mails are about.

use serde::{Deserialize, Serialize};

/// The kind of a test e-mail, as stored.
const TEST_MAIL: &str = "test_mail";

/// A mail that is to be sent. Whom it goes to follows from what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Mail {
    /// The order is paid, or will be at the door.
    OrderConfirmation {
        order_id: String,
    },
    /// A link that confirms the order.
    OrderToConfirm {
        order_id: String,
    },
    /// Where to send the money for it, and by when.
    OrderToPay {
        order_id: String,
    },
    OrderShipped {
        order_id: String,
        fulfilment_id: String,
    },
    OrderCancelled {
        order_id: String,
    },
    /// `amount_minor` goes back, in the order's currency.
    OrderRefunded {
        order_id: String,
        refund_id: String,
        amount_minor: i64,
        how: Payback,
    },
    /// A link that makes an account for this address, or a note that there is one already.
    SignUp {
        email: String,
    },
    /// A link for a new password, if there is an account with this address.
    PasswordReset {
        email: String,
        /// The spelling that was typed, where it is another: an account from before may have it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        typed: Option<String>,
    },
    /// A link that makes `email` the account's proven address.
    VerifyAddress {
        account_id: String,
        email: String,
    },
    /// Tells the owner, who may not have done it.
    PasswordChanged {
        account_id: String,
    },
    /// The same of the e-mail address; goes to the one from before.
    AddressChanged {
        account_id: String,
        old: String,
    },
    /// A link to come in as staff or admin.
    StaffInvitation {
        invitation_id: String,
    },
    /// Tells the owner, who may not have done it.
    SecondFactor {
        account_id: String,
        change: FactorChange,
    },
    /// Tells an admin that something is wrong with the money of an order; `amount_minor` is in its
    /// currency.
    PaymentTrouble {
        account_id: String,
        order_id: String,
        amount_minor: i64,
        trouble: Trouble,
    },
    /// A link that confirms that its mailbox is to be reminded of a drop.
    DropReminderToConfirm {
        reminder_id: String,
    },
    /// The drop starts soon.
    DropReminder {
        reminder_id: String,
    },
    /// The code by which a mailbox gets a place in the waiting room of a drop.
    RoomCode {
        drop_id: String,
        email: String,
    },
    /// A link by which someone begins to wait for what is sold out.
    WaitToConfirm {
        wait_id: String,
    },
    /// There is some again of what they waited for.
    BackInStock {
        wait_id: String,
    },
    /// A unit that came back is kept for them.
    UnitOffered {
        wait_id: String,
    },
    /// Shows an admin that e-mails arrive.
    TestMail {
        to: String,
    },
    /// What someone wrote in the contact form, to the shop; answers go to `email`.
    ContactMessage {
        to: String,
        name: String,
        email: String,
        /// Empty if none was given.
        order_number: String,
        message: String,
    },
}

/// What has become of the second factor of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorChange {
    On,
    Off,
    /// Someone else has taken it away, since the owner could not sign in.
    Reset,
    NewCodes,
    /// One of the recovery codes; `left` more can be used.
    CodeUsed {
        left: i64,
    },
}

/// What is wrong with the money of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// Its payer's bank asks for it back.
    Disputed {
        /// The provider's word.
        reason: String,
        /// Where it is answered.
        link: String,
        /// By when, in milliseconds since 1970.
        #[serde(default)]
        answer_until: Option<i64>,
    },
    /// It came after the order was cancelled, and goes back.
    CameLate,
    /// It was to go back, and the provider does not send it, or it did not arrive.
    RefundFailed {
        /// In the provider's words.
        reason: String,
        #[serde(default)]
        then: Afterwards,
    },
    /// It was to go back, and a bank has given back `by_bank_minor` of the payment in a dispute: the
    /// provider does not send the rest.
    RestByHand { by_bank_minor: i64 },
    /// It was taken in this currency, and is not what the order costs. It goes back.
    OtherSum {
        currency: String,
        /// Why it does not, in the provider's words; empty if it does.
        fault: String,
    },
}

/// What is to be done about a refund that the provider does not send.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Afterwards {
    /// It is paid back another way.
    #[default]
    PayBack,
    /// Nothing yet: a bank may give the money back.
    AwaitBank,
}

/// How money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payback {
    /// The provider has sent it.
    Sent,
    /// Someone is going to pay it back.
    ByHand,
    /// Someone has paid it back.
    HandedOver,
}

impl Mail {
    /// As stored.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::OrderConfirmation { .. } => "order_confirmation",
            Self::OrderToConfirm { .. } => "order_to_confirm",
            Self::OrderToPay { .. } => "order_to_pay",
            Self::OrderShipped { .. } => "order_shipped",
            Self::OrderCancelled { .. } => "order_cancelled",
            Self::OrderRefunded { .. } => "order_refunded",
            Self::SignUp { .. } => "sign_up",
            Self::PasswordReset { .. } => "password_reset",
            Self::VerifyAddress { .. } => "verify_address",
            Self::PasswordChanged { .. } => "password_changed",
            Self::StaffInvitation { .. } => "staff_invitation",
            Self::AddressChanged { .. } => "address_changed",
            Self::SecondFactor { .. } => "second_factor",
            Self::PaymentTrouble { .. } => "payment_trouble",
            Self::ContactMessage { .. } => "contact_message",
            Self::DropReminderToConfirm { .. } => "drop_reminder_to_confirm",
            Self::DropReminder { .. } => "drop_reminder",
            Self::RoomCode { .. } => "room_code",
            Self::WaitToConfirm { .. } => "wait_to_confirm",
            Self::BackInStock { .. } => "back_in_stock",
            Self::UnitOffered { .. } => "unit_offered",
            Self::TestMail { .. } => TEST_MAIL,
        }
    }

    /// The order that it is about.
    pub fn order_id(&self) -> Option<&str> {
        match self {
            Self::OrderConfirmation { order_id }
            | Self::OrderToConfirm { order_id }
            | Self::OrderToPay { order_id }
            | Self::OrderShipped { order_id, .. }
            | Self::OrderCancelled { order_id }
            | Self::OrderRefunded { order_id, .. }
            | Self::PaymentTrouble { order_id, .. } => Some(order_id),
            Self::SignUp { .. }
            | Self::PasswordReset { .. }
            | Self::VerifyAddress { .. }
            | Self::PasswordChanged { .. }
            | Self::AddressChanged { .. }
            | Self::StaffInvitation { .. }
            | Self::SecondFactor { .. }
            | Self::ContactMessage { .. }
            | Self::DropReminderToConfirm { .. }
            | Self::DropReminder { .. }
            | Self::RoomCode { .. }
            | Self::WaitToConfirm { .. }
            | Self::BackInStock { .. }
            | Self::UnitOffered { .. }
            | Self::TestMail { .. } => None,
        }
    }
}

/// Whether anybody can have a mail sent to any address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CausedBy {
    /// By ordering with an address that nobody has proven to be theirs, or asking for a reminder, a code or news of what is sold out to it.
    Anybody,
    /// Staff, the owner of an account, or a stranger whose mails are counted when they ask for them.
    Known,
}

impl Mail {
    pub const fn caused_by(&self) -> CausedBy {
        match self {
            Self::OrderConfirmation { .. }
            | Self::OrderToConfirm { .. }
            | Self::OrderToPay { .. }
            | Self::DropReminderToConfirm { .. }
            | Self::RoomCode { .. }
            | Self::WaitToConfirm { .. }
            | Self::OrderCancelled { .. } => CausedBy::Anybody,
            Self::OrderShipped { .. }
            | Self::OrderRefunded { .. }
            | Self::PaymentTrouble { .. }
            | Self::SignUp { .. }
            | Self::PasswordReset { .. }
            | Self::VerifyAddress { .. }
            | Self::PasswordChanged { .. }
            | Self::AddressChanged { .. }
            | Self::StaffInvitation { .. }
            | Self::SecondFactor { .. }
            | Self::ContactMessage { .. }
            | Self::DropReminder { .. }
            | Self::BackInStock { .. }
            | Self::UnitOffered { .. }
            | Self::TestMail { .. } => CausedBy::Known,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_stored_under_the_kind_that_it_is_read_by() {
        let id = || "0190".to_owned();
        let mails = [
            Mail::OrderConfirmation { order_id: id() },
            Mail::OrderToConfirm { order_id: id() },
            Mail::OrderToPay { order_id: id() },
            Mail::OrderShipped {
                order_id: id(),
                fulfilment_id: id(),
            },
            Mail::OrderCancelled { order_id: id() },
            Mail::OrderRefunded {
                order_id: id(),
                refund_id: id(),
                amount_minor: 100,
                how: Payback::Sent,
            },
            Mail::SignUp { email: id() },
            Mail::PasswordReset {
                email: id(),
                typed: None,
            },
            Mail::VerifyAddress {
                account_id: id(),
                email: id(),
            },
            Mail::PasswordChanged { account_id: id() },
            Mail::AddressChanged {
                account_id: id(),
                old: id(),
            },
            Mail::StaffInvitation {
                invitation_id: id(),
            },
            Mail::SecondFactor {
                account_id: id(),
                change: FactorChange::On,
            },
            Mail::PaymentTrouble {
                account_id: id(),
                order_id: id(),
                amount_minor: 1,
                trouble: Trouble::CameLate,
            },
            Mail::ContactMessage {
                to: id(),
                name: id(),
                email: id(),
                order_number: id(),
                message: id(),
            },
            Mail::TestMail { to: id() },
            Mail::DropReminderToConfirm { reminder_id: id() },
            Mail::DropReminder { reminder_id: id() },
            Mail::RoomCode {
                drop_id: id(),
                email: id(),
            },
            Mail::WaitToConfirm { wait_id: id() },
            Mail::BackInStock { wait_id: id() },
            Mail::UnitOffered { wait_id: id() },
        ];
        for mail in mails {
            let stored = serde_json::to_value(&mail).unwrap();
            assert_eq!(stored["kind"], mail.kind());
        }
    }
}
