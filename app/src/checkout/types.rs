//! What the checkout asks for, and what it answers.

use serde::{Deserialize, Serialize};

use crate::{
    error::{FieldError, LineProblem},
    text::{LineFault, line_fault},
};

/// Contact and delivery address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    pub email: String,
    pub name: String,
    pub address_line1: String,
    pub address_line2: String,
    pub postal_code: String,
    pub city: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub phone: String,
}

/// Countries the shop delivers to: ISO 3166-1 alpha-2 code and name.
pub const COUNTRIES: [(&str, &str); 27] = [
    ("AT", "Austria"),
    ("BE", "Belgium"),
    ("BG", "Bulgaria"),
    ("CH", "Switzerland"),
    ("CZ", "Czechia"),
    ("DE", "Germany"),
    ("DK", "Denmark"),
    ("EE", "Estonia"),
    ("ES", "Spain"),
    ("FI", "Finland"),
    ("FR", "France"),
    ("GB", "United Kingdom"),
    ("GR", "Greece"),
    ("HR", "Croatia"),
    ("HU", "Hungary"),
    ("IE", "Ireland"),
    ("IT", "Italy"),
    ("LT", "Lithuania"),
    ("LU", "Luxembourg"),
    ("LV", "Latvia"),
    ("NL", "Netherlands"),
    ("NO", "Norway"),
    ("PL", "Poland"),
    ("PT", "Portugal"),
    ("RO", "Romania"),
    ("SE", "Sweden"),
    ("US", "United States"),
];

impl Contact {
    /// Trims everything and says which fields cannot be right.
    pub fn checked(mut self) -> Result<Self, Vec<FieldError>> {
        for text in [
            &mut self.email,
            &mut self.name,
            &mut self.address_line1,
            &mut self.address_line2,
            &mut self.postal_code,
            &mut self.city,
            &mut self.country,
            &mut self.phone,
        ] {
            *text = text.trim().to_owned();
        }
        self.country.make_ascii_uppercase();

        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: &str| {
            errors.push(FieldError {
                field: field.to_owned(),
                message: message.to_owned(),
            });
        };
        if !is_email(&self.email) {
            wrong(
                "email",
                "Enter an e-mail address, such as name@example.com.",
            );
        }
        for (field, label, text, max, missing) in [
            (
                "name",
                "Full name",
                &self.name,
                100,
                "Enter the name for the parcel.",
            ),
            (
                "address_line1",
                "Street and number",
                &self.address_line1,
                120,
                "Enter street and house number.",
            ),
            (
                "postal_code",
                "Postal code",
                &self.postal_code,
                16,
                "Enter the postal code.",
            ),
            (
                "city",
                "Town or city",
                &self.city,
                80,
                "Enter the town or city.",
            ),
        ] {
            match line_fault(text, max) {
                None => {}
                Some(LineFault::Blank) => wrong(field, missing),
                Some(fault) => wrong(field, &fault_of(label, fault, max)),
            }
        }
        if let Some(fault) = line_fault(&self.address_line2, 120)
            && !self.address_line2.is_empty()
        {
            let words = fault_of("Flat, floor, company", fault, 120);
            wrong("address_line2", &words);
        }
        if !COUNTRIES.iter().any(|(code, _)| *code == self.country) {
            wrong("country", "Choose a country we deliver to.");
        }
        let phone_digits = self.phone.bytes().filter(u8::is_ascii_digit).count();
        let phone_ok = self.phone.is_empty()
            || (phone_digits >= 5
                && self.phone.len() <= 30
                && self
                    .phone
                    .chars()
                    .all(|c| c.is_ascii_digit() || " +-/().".contains(c)));
        if !phone_ok {
            wrong("phone", "Enter a phone number, or leave it empty.");
        }
        if errors.is_empty() {
            Ok(self)
        } else {
            Err(errors)
        }
    }
}

/// What is wrong with a line, in words.
fn fault_of(label: &str, fault: LineFault, max: usize) -> String {
    match fault {
        LineFault::Control => {
            format!("{label} cannot hold line breaks, tabs or other control characters.")
        }
        LineFault::Unseen => format!(
            "{label} holds characters that cannot be seen, or that turn the writing around. \
             Please type it again."
        ),
        LineFault::Blank => format!("{label}: there is nothing to be seen."),
        LineFault::Long => format!("{label}: use at most {max} characters."),
    }
}

/// Good enough to send a mail to: the mail server has the last word.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let label = |l: &str| {
        !l.is_empty()
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    // An atom of RFC 5322; letters of any language as in RFC 6531.
    let atom = |a: &str| {
        !a.is_empty()
            && a.chars()
                .all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c))
    };
    local.len() <= 64
        && text.len() <= 254
        && local.split('.').all(atom)
        && domain.contains('.')
        && domain.split('.').all(label)
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingRate {
    pub id: String,
    pub name: String,
    pub description: String,
    /// For the cart at hand, free delivery considered.
    pub price_minor: i64,
}

/// How an order is to be paid. Of a card only the provider's token is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentChoice {
    /// `cash_on_delivery` or `test_card`.
    pub method: String,
    /// What the provider needs to charge; empty for cash.
    pub token: String,
    /// `Card ending 4242`, for people.
    pub label: String,
}

/// What the shopper has told so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub contact: Option<Contact>,
    pub shipping: Option<String>,
    pub payment: Option<PaymentChoice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub subtotal_minor: i64,
    pub shipping_minor: i64,
    /// Contained in the total.
    pub tax_minor: i64,
    /// Percent times 100: 1900 is 19 %.
    pub tax_basis_points: i64,
    pub total_minor: i64,
    pub currency: String,
}

impl Totals {
    /// Under what the total was worked out, besides prices and shipping: currency and tax, such as
    /// `EUR 1900`. A form sends it along, so that neither changes unseen.
    pub fn terms(&self) -> String {
        format!("{} {}", self.currency, self.tax_basis_points)
    }
}

/// Everything a step of the checkout shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckoutView {
    pub checkout_key: String,
    pub draft: Draft,
    pub cart: crate::cart::types::CartView,
    pub rates: Vec<ShippingRate>,
    pub totals: Totals,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    pub ok: bool,
    pub problems: Vec<LineProblem>,
}

/// An accepted order, as the browser is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    pub order_number: String,
    pub token: String,
    pub total_minor: i64,
    pub status: crate::orders::types::OrderStatus,
}

/// What comes with the press on "Place order". No price in it is believed; the total is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceOrder {
    pub checkout_key: String,
    pub contact: Contact,
    pub shipping: String,
    pub payment: PaymentInput,
    pub expected_total_minor: i64,
    /// [`Totals::terms`] as they were shown, if the form tells.
    pub terms: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentInput {
    pub method: String,
    /// A number typed now; empty to charge the card given in the payment step.
    pub card_number: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plausible_addresses_pass_and_others_do_not() {
        for good in [
            "a@b.co",
            "first.last+tag@sub.example.com",
            "ü@exämple.de",
            "o'neil_{x}@example.com",
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.co",
            "a b@c.de",
            "a@b..c",
            "a@-b.de",
            "a@b.c\n",
            "<a>@b.co",
            "a..b@c.de",
            ".a@b.co",
            "a.@b.co",
            "🙂@b.co",
            "\u{202e}a@b.co",
            "a@🙂.co",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_line_names_its_field() {
        let fault = |text: &str| {
            let fault = line_fault(text, 5)?;
            Some(fault_of("Town or city", fault, 5))
        };
        assert_eq!(fault("Ülzen"), None);
        assert_eq!(
            fault("Uelzen").as_deref(),
            Some("Town or city: use at most 5 characters.")
        );
        assert_eq!(
            fault("a\nb").as_deref(),
            Some("Town or city cannot hold line breaks, tabs or other control characters.")
        );
    }

    #[test]
    fn a_line_shows_what_it_holds() {
        let wrong = |change: fn(&mut Contact, String), text: &str| -> Vec<String> {
            let mut contact = Contact {
                email: "kim@example.com".into(),
                name: "Kim Marten".into(),
                address_line1: "Quay 7".into(),
                postal_code: "20457".into(),
                city: "Hamburg".into(),
                country: "DE".into(),
                ..Contact::default()
            };
            change(&mut contact, text.to_owned());
            match contact.checked() {
                Ok(_) => Vec::new(),
                Err(errors) => errors.into_iter().map(|error| error.field).collect(),
            }
        };
        for text in [
            "\u{200b}",
            "\u{202e}miK",
            "Kim\u{feff}",
            "\u{e0041}\u{e0042}",
        ] {
            assert_eq!(wrong(|c, t| c.name = t, text), ["name"], "{text:?}");
            assert_eq!(wrong(|c, t| c.address_line1 = t, text), ["address_line1"]);
            assert_eq!(wrong(|c, t| c.address_line2 = t, text), ["address_line2"]);
            assert_eq!(wrong(|c, t| c.city = t, text), ["city"], "{text:?}");
            assert_eq!(wrong(|c, t| c.postal_code = t, text), ["postal_code"]);
        }
        assert_eq!(wrong(|c, t| c.name = t, "\u{301}"), ["name"]);
        assert!(wrong(|c, t| c.name = t, "علی\u{200c}رضا").is_empty());
        assert!(wrong(|c, t| c.address_line2 = t, "").is_empty());
    }

    #[test]
    fn every_wrong_field_is_named_once() {
        let errors = Contact {
            phone: "call me".into(),
            ..Contact::default()
        }
        .checked()
        .unwrap_err();
        let fields: Vec<_> = errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "email",
                "name",
                "address_line1",
                "postal_code",
                "city",
                "country",
                "phone"
            ]
        );
    }
}
