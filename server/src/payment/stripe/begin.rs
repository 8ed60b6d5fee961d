//! The page that an attempt begins with.

use app::locale::Locale;

use super::{
    currency,
    form::Form,
    objects::{ATTEMPT, ORDER_ID, ORDER_NUMBER},
};
use crate::{
    error::ProviderError,
    payment::{
        port::{Attempt, Units, UnitsError},
        text::Text,
    },
};

/// Stripe's pages live from 30 minutes to 24 hours, counted from when Stripe is asked. Five minutes
/// more let a repeat of the request come late, and five less allow for clocks that differ.
const SHORTEST: i64 = 35 * 60;
const LONGEST: i64 = (24 * 60 - 5) * 60;

/// The languages of Stripe's pages; others get the browser's.
const LOCALES: &[&str] = &[
    "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA",
    "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR",
    "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
];

pub(super) fn units(currency: &str) -> Result<Units, ProviderError> {
    currency::units(currency).ok_or_else(|| refused(&UnitsError::Currency(currency.to_owned())))
}

pub(super) fn refused(error: &UnitsError) -> ProviderError {
    ProviderError::Refused {
        code: "amount".to_owned(),
        message: error.to_string(),
    }
}

/// Everything in it follows from the attempt, so that a repeat sends the same: Stripe refuses a key
/// that comes with another form.
pub(super) fn form(attempt: &Attempt) -> Result<Form, ProviderError> {
    let total = units(&attempt.total.currency)?
        .to_provider(&attempt.total)
        .map_err(|error| refused(&error))?;
    let began = attempt.began_at / 1000;
    let until = (attempt.until / 1000).clamp(began + SHORTEST, began + LONGEST);
    let spoken = attempt.locale.as_deref().and_then(Locale::of_code);
    let name = Text::from(spoken.unwrap_or_default()).order_called(&attempt.order_number);
    let locale = attempt.locale.as_deref().filter(|l| LOCALES.contains(l));
    let mut form = Form::new()
        .with("mode", "payment")
        .with("submit_type", "pay")
        .with("client_reference_id", &attempt.id.order_id)
        .with("customer_email", &attempt.email)
        .with("success_url", &attempt.return_url)
        .with("cancel_url", &attempt.cancel_url)
        .with("expires_at", until)
        .with_some("locale", locale)
        // The order's currency is what is charged, whatever the shopper's is.
        .with("adaptive_pricing[enabled]", false)
        // Wallets such as Apple Pay are cards, too. What else the account may take could not all be
        // authorised first.
        .with("allowed_payment_method_types[0]", "card")
        .with("line_items[0][quantity]", 1)
        .with(
            "line_items[0][price_data][currency]",
            attempt.total.currency.to_ascii_lowercase(),
        )
        .with("line_items[0][price_data][unit_amount]", total)
        .with("line_items[0][price_data][product_data][name]", &name)
        .with("payment_intent_data[capture_method]", "manual")
        .with("payment_intent_data[description]", &name);
    for place in ["metadata", "payment_intent_data[metadata]"] {
        form = form
            .with(&format!("{place}[{ORDER_ID}]"), &attempt.id.order_id)
            .with(&format!("{place}[{ORDER_NUMBER}]"), &attempt.order_number)
            .with(&format!("{place}[{ATTEMPT}]"), attempt.id.attempt);
    }
    Ok(form)
}

/// By what Stripe knows a repeat.
pub(super) fn key(attempt: &Attempt) -> String {
    format!("begin:{}:{}", attempt.id.order_id, attempt.id.attempt)
}

/// Was the name used for another page, since the hold or the shop's address has changed, the next attempt has a name
/// of its own.
pub(super) fn named_before(error: ProviderError) -> ProviderError {
    match error {
        ProviderError::Refused { code, message } if code == "idempotency_error" => {
            ProviderError::Interrupted(message)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::payment::port::{AttemptId, Money};

    const NOW: i64 = 1_790_000_000;

    fn attempt(minutes: i64) -> Attempt {
        Attempt {
            id: AttemptId {
                order_id: "0199".to_owned(),
                attempt: 2,
            },
            order_number: "HF-7K3M0-9Q21A".to_owned(),
            total: Money {
                minor: 4900,
                currency: "EUR".to_owned(),
            },
            email: "zoe@shop.example".to_owned(),
            return_url: "https://shop.example/paid?a=1".to_owned(),
            cancel_url: "https://shop.example/back".to_owned(),
            began_at: NOW * 1000 + 17,
            until: (NOW + minutes * 60) * 1000,
            locale: Some("de".to_owned()),
        }
    }

    fn fields(attempt: &Attempt) -> BTreeMap<String, String> {
        let encoded = form(attempt).unwrap().encode();
        url::form_urlencoded::parse(encoded.as_bytes())
            .into_owned()
            .collect()
    }

    #[test]
    fn the_page_asks_for_the_orders_total_and_captures_nothing() {
        let fields = fields(&attempt(60));
        for (name, value) in [
            ("line_items[0][price_data][unit_amount]", "4900"),
            ("line_items[0][price_data][currency]", "eur"),
            ("line_items[0][quantity]", "1"),
            ("payment_intent_data[capture_method]", "manual"),
            ("adaptive_pricing[enabled]", "false"),
            ("metadata[order_id]", "0199"),
            ("payment_intent_data[metadata][order_id]", "0199"),
            ("payment_intent_data[metadata][attempt]", "2"),
            ("success_url", "https://shop.example/paid?a=1"),
            ("locale", "de"),
            (
                "line_items[0][price_data][product_data][name]",
                "Bestellung HF-7K3M0-9Q21A",
            ),
        ] {
            assert_eq!(fields[name], value, "{name}");
        }
        assert_eq!(key(&attempt(60)), "begin:0199:2");
    }

    #[test]
    fn the_page_ends_with_the_hold_where_stripe_lets_it() {
        for (minutes, lives) in [(5, 35 * 60), (60, 60 * 60), (48 * 60, LONGEST)] {
            let ends: i64 = fields(&attempt(minutes))["expires_at"].parse().unwrap();
            assert_eq!(ends - NOW, lives, "{minutes}");
        }
    }

    #[test]
    fn a_language_that_stripe_does_not_have_is_left_to_the_browser() {
        let attempt = Attempt {
            locale: Some("eo".to_owned()),
            ..attempt(60)
        };
        assert!(!fields(&attempt).contains_key("locale"));
    }

    #[test]
    fn an_amount_that_stripe_cannot_charge_is_refused_before_it_is_asked() {
        for (minor, currency) in [(1005, "KWD"), (1000, "CLF")] {
            let total = Money {
                minor,
                currency: currency.to_owned(),
            };
            let refused = form(&Attempt {
                total,
                ..attempt(60)
            });
            let Err(ProviderError::Refused { code, .. }) = refused else {
                panic!("{currency}: {refused:?}")
            };
            assert_eq!(code, "amount");
        }
    }
}
