//! What the shop says of shipping and payment before the checkout: what is set, and nothing else.

use super::{
    text::Text,
    types::{Offers, PaymentSign, ShippingOffer},
};
use crate::locale::Locale;

/// Shipping methods that are told of in full: a list of all is the checkout's.
const TOLD: usize = 3;

impl ShippingOffer {
    /// What it costs for goods of this value.
    pub fn price_for(&self, subtotal_minor: i64) -> i64 {
        match self.free_from_minor {
            Some(from) if subtotal_minor >= from => 0,
            _ => self.price_minor,
        }
    }
}

/// The way to free shipping for a cart at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreeShipping<'a> {
    /// What the shipping method is called.
    pub name: &'a str,
    pub from_minor: i64,
    /// Zero if it is free.
    pub missing_minor: i64,
}

impl FreeShipping<'_> {
    pub fn words(&self, locale: Locale, currency: &str) -> String {
        let text = Text::from(locale);
        match self.missing_minor {
            0 => text.free_shipping_now(self.name),
            missing => text.free_shipping_missing(&locale.money(missing, currency), self.name),
        }
    }
}

impl Offers {
    /// A line for each shipping method, with its price, from when it is free, and how it is
    /// described.
    pub fn shipping_words(&self, locale: Locale) -> Vec<String> {
        let told = self.shipping.iter().take(TOLD);
        let mut words: Vec<String> = told.map(|offer| self.of(offer, locale)).collect();
        if self.shipping.len() > TOLD {
            words.push(Text::from(locale).more_offers().to_owned());
        }
        words
    }

    fn of(&self, offer: &ShippingOffer, locale: Locale) -> String {
        let text = Text::from(locale);
        let money = |minor| locale.money(minor, &self.currency);
        let words = match (offer.price_minor, offer.free_from_minor) {
            (0, _) => text.offer_free(&offer.name),
            (price, None) => text.offer(&offer.name, &money(price)),
            (price, Some(from)) => text.offer_free_from(&money(from), &offer.name, &money(price)),
        };
        let words = match &offer.delivery {
            Some(delivery) => text.offer_within(&delivery.words(locale), &words),
            None => words,
        };
        match offer.description.as_str() {
            "" => words,
            description => text.offer_described(description, &words),
        }
    }

    /// That there are more shipping methods than one.
    pub fn more_words(&self, locale: Locale) -> Option<&'static str> {
        (self.shipping.len() > 1).then(|| Text::from(locale).more_offers())
    }

    /// How far a cart of this value is from free shipping; nothing where no price depends on it.
    pub fn free_shipping(&self, subtotal_minor: i64) -> Option<FreeShipping<'_>> {
        let priced = self.shipping.iter().filter(|offer| offer.price_minor > 0);
        let (from_minor, offer) = priced
            .filter_map(|offer| Some((offer.free_from_minor?, offer)))
            .min_by_key(|(from, _)| *from)?;
        Some(FreeShipping {
            name: &offer.name,
            from_minor,
            missing_minor: (from_minor - subtotal_minor).max(0),
        })
    }

    /// Whether some order can be paid in such a way.
    pub fn takes(&self, sign: PaymentSign) -> bool {
        self.payment.iter().any(|offer| offer.sign == sign)
    }

    /// How orders can be paid, of the ways there are.
    pub fn payment_words(&self, locale: Locale) -> Option<&'static str> {
        let text = Text::from(locale);
        let signs = [PaymentSign::Card, PaymentSign::Cash, PaymentSign::Bank];
        let [card, cash, bank] = signs.map(|sign| self.takes(sign));
        match (card, cash, bank) {
            (true, true, true) => Some(text.pay_by_card_transfer_or_cash()),
            (true, true, false) => Some(text.pay_by_card_or_cash()),
            (true, false, true) => Some(text.pay_by_card_or_transfer()),
            (true, false, false) => Some(text.pay_by_card()),
            (false, true, true) => Some(text.pay_by_transfer_or_cash()),
            (false, true, false) => Some(text.pay_in_cash()),
            (false, false, true) => Some(text.pay_by_transfer()),
            (false, false, false) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        checkout::types::PaymentOffer,
        delivery::{Delivery, Handover, WorkingDays},
    };

    fn offer(name: &str, price_minor: i64, free_from_minor: Option<i64>) -> ShippingOffer {
        ShippingOffer {
            name: name.to_owned(),
            description: String::new(),
            price_minor,
            free_from_minor,
            handover: Handover::Delivery,
            delivery: None,
        }
    }

    fn offers(shipping: Vec<ShippingOffer>) -> Offers {
        Offers {
            currency: "EUR".to_owned(),
            shipping,
            payment: Vec::new(),
        }
    }

    #[test]
    fn a_line_says_what_is_set_and_no_more() {
        let described = ShippingOffer {
            description: "3 to 5 working days".to_owned(),
            ..offer("Standard", 490, Some(7500))
        };
        let all = vec![
            described,
            offer("Express", 1290, None),
            offer("Pick up", 0, Some(100)),
            offer("By bike", 350, None),
        ];
        assert_eq!(
            offers(all.clone()).shipping_words(Locale::En),
            [
                "Standard: €4.90, free from €75.00 (3 to 5 working days)",
                "Express: €12.90",
                "Pick up: free",
                "Checkout shows all shipping methods.",
            ]
        );
        assert_eq!(
            offers(all[..3].to_vec()).shipping_words(Locale::De).len(),
            3
        );
        assert!(offers(Vec::new()).shipping_words(Locale::En).is_empty());
    }

    #[test]
    fn days_that_are_set_are_told_with_the_price() {
        let delivery = |handover, from, to| {
            let days = WorkingDays::new(from, to)?;
            Some(Delivery { handover, days })
        };
        let all = vec![
            ShippingOffer {
                description: "Insured".to_owned(),
                delivery: delivery(Handover::Delivery, 2, 4),
                ..offer("Standard", 490, Some(7500))
            },
            ShippingOffer {
                handover: Handover::Collection,
                delivery: delivery(Handover::Collection, 0, 0),
                ..offer("Pick up", 0, None)
            },
        ];
        let words = offers(all).shipping_words(Locale::En);
        let words: Vec<_> = words
            .iter()
            .map(|line| line.replace('\u{a0}', " "))
            .collect();
        assert_eq!(
            words,
            [
                "Standard: €4.90, free from €75.00, 2–4 working days (Insured)",
                "Pick up: free, ready the same working day",
            ]
        );
    }

    #[test]
    fn free_shipping_is_told_of_where_there_is_some() {
        let some = offers(vec![
            offer("Express", 1290, Some(20_000)),
            offer("Standard", 490, Some(7500)),
            offer("Pick up", 0, Some(1)),
        ]);
        let words = |subtotal| {
            let free = some.free_shipping(subtotal).unwrap();
            (free.missing_minor, free.words(Locale::En, "EUR"))
        };
        let missing = "€12.00 more for free shipping (Standard).";
        assert_eq!(words(6300), (1200, missing.to_owned()));
        for reached in [7500, 9000] {
            let free = "Shipping is free with “Standard”.";
            assert_eq!(words(reached), (0, free.to_owned()));
        }
        for none in [
            vec![],
            vec![offer("Express", 1290, None)],
            vec![offer("Pick up", 0, Some(1))],
        ] {
            assert_eq!(offers(none).free_shipping(1), None);
        }
    }

    #[test]
    fn payment_is_told_of_by_the_methods_there_are() {
        let offer = |sign: &PaymentSign| PaymentOffer {
            method: sign.as_str().to_owned(),
            title: String::new(),
            text: String::new(),
            sign: *sign,
            unavailable: None,
            field: None,
        };
        let with = |signs: &[PaymentSign]| Offers {
            payment: signs.iter().map(offer).collect(),
            ..offers(Vec::new())
        };
        let words = |signs: &[PaymentSign]| with(signs).payment_words(Locale::En);
        assert_eq!(words(&[]), None);
        assert_eq!(
            words(&[PaymentSign::Cash]),
            Some("Pay in cash on delivery.")
        );
        assert_eq!(words(&[PaymentSign::Card]), Some("Pay by card."));
        let both = words(&[PaymentSign::Card, PaymentSign::Cash]);
        assert_eq!(both, Some("Pay by card or in cash on delivery."));
    }
}
