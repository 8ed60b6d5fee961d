//! What the shop says of shipping and payment before the checkout: what is set, and nothing else.

use super::{
    text::Text,
    types::{Offers, PaymentSign, ShippingOffer},
};
use crate::locale::Locale;

/// Shipping methods that are told of in full: a list of all is the checkout's.
const TOLD: usize = 3;

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
        match offer.description.as_str() {
            "" => words,
            description => text.offer_described(description, &words),
        }
    }

    /// What a cart of this value has to come to for shipping to be free, or that it is; nothing where
    /// no price depends on it.
    pub fn free_shipping_words(&self, subtotal_minor: i64, locale: Locale) -> Option<String> {
        let priced = self.shipping.iter().filter(|offer| offer.price_minor > 0);
        let (from, offer) = priced
            .filter_map(|offer| Some((offer.free_from_minor?, offer)))
            .min_by_key(|(from, _)| *from)?;
        let text = Text::from(locale);
        Some(match subtotal_minor >= from {
            true => text.free_shipping_now(&offer.name),
            false => text.free_shipping_from(&locale.money(from, &self.currency), &offer.name),
        })
    }

    /// How orders can be paid, of the ways there are.
    pub fn payment_words(&self, locale: Locale) -> Option<&'static str> {
        let text = Text::from(locale);
        let has = |sign: PaymentSign| self.payment.iter().any(|offer| offer.sign == sign);
        match (has(PaymentSign::Card), has(PaymentSign::Cash)) {
            (true, true) => Some(text.pay_by_card_or_cash()),
            (true, false) => Some(text.pay_by_card()),
            (false, true) => Some(text.pay_in_cash()),
            (false, false) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkout::types::PaymentOffer;

    fn offer(name: &str, price_minor: i64, free_from_minor: Option<i64>) -> ShippingOffer {
        ShippingOffer {
            name: name.to_owned(),
            description: String::new(),
            price_minor,
            free_from_minor,
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
    fn free_shipping_is_told_of_where_there_is_some() {
        let some = offers(vec![
            offer("Express", 1290, Some(20_000)),
            offer("Standard", 490, Some(7500)),
            offer("Pick up", 0, Some(1)),
        ]);
        let words = |subtotal| some.free_shipping_words(subtotal, Locale::En).unwrap();
        assert_eq!(words(7499), "Free shipping from €75.00 (Standard).");
        assert_eq!(words(7500), "Shipping is free with “Standard”.");
        for none in [
            vec![],
            vec![offer("Express", 1290, None)],
            vec![offer("Pick up", 0, Some(1))],
        ] {
            assert_eq!(offers(none).free_shipping_words(1, Locale::En), None);
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
