//! What a shopper may tell besides contact and delivery address: a company, a VAT ID, another address for the
//! invoice, and a note to the shop.

use serde::{Deserialize, Serialize};

use crate::orders::details::Particulars;
#[cfg(feature = "ssr")]
use crate::{
    checkout::text::Text,
    contact::{Contact, link::holds_link},
    error::FieldError,
    locale::locale,
    orders::details::Billing,
    text::{LineFault, line_fault},
};

/// As [`ParticularsInput::billing`] says that the invoice goes elsewhere.
pub const ELSEWHERE: &str = "elsewhere";

/// Characters of a note.
pub const NOTE: usize = 500;
/// Characters of a company's name.
#[cfg(feature = "ssr")]
const COMPANY: usize = 100;

/// As forms send it. All of it may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ParticularsInput {
    pub company: String,
    pub vat_id: String,
    pub customer_note: String,
    /// [`ELSEWHERE`]; anything else is the delivery address, whatever the fields below hold.
    pub billing: String,
    pub billing_name: String,
    pub billing_company: String,
    pub billing_address_line1: String,
    pub billing_address_line2: String,
    pub billing_postal_code: String,
    pub billing_city: String,
    pub billing_state: String,
    pub billing_country: String,
}

impl From<Particulars> for ParticularsInput {
    fn from(known: Particulars) -> Self {
        let billing = known.billing.is_some().then(|| ELSEWHERE.to_owned());
        let to = known.billing.unwrap_or_default();
        Self {
            company: known.company,
            vat_id: known.vat_id,
            customer_note: known.customer_note,
            billing: billing.unwrap_or_default(),
            billing_name: to.name,
            billing_company: to.company,
            billing_address_line1: to.address_line1,
            billing_address_line2: to.address_line2,
            billing_postal_code: to.postal_code,
            billing_city: to.city,
            billing_state: to.state,
            billing_country: to.country,
        }
    }
}

impl ParticularsInput {
    /// With the names that forms use.
    pub fn fields(self) -> [(&'static str, String); 12] {
        [
            ("company", self.company),
            ("vat_id", self.vat_id),
            ("customer_note", self.customer_note),
            ("billing", self.billing),
            ("billing_name", self.billing_name),
            ("billing_company", self.billing_company),
            ("billing_address_line1", self.billing_address_line1),
            ("billing_address_line2", self.billing_address_line2),
            ("billing_postal_code", self.billing_postal_code),
            ("billing_city", self.billing_city),
            ("billing_state", self.billing_state),
            ("billing_country", self.billing_country),
        ]
    }
}

#[cfg(feature = "ssr")]
impl ParticularsInput {
    /// As it is stored, or which fields cannot be right.
    pub fn checked(self) -> Result<Particulars, Vec<FieldError>> {
        let mut wrong = Vec::new();
        let company = kept(company("company", &self.company), &mut wrong);
        let vat_id = kept(vat_id(&self.vat_id), &mut wrong);
        let customer_note = kept(note(&self.customer_note), &mut wrong);
        let is_elsewhere = self.billing == ELSEWHERE;
        let billing = match is_elsewhere {
            true => self.billing_address(&mut wrong),
            false => None,
        };
        match wrong.is_empty() {
            true => Ok(Particulars {
                company,
                vat_id,
                customer_note,
                billing,
            }),
            false => Err(wrong),
        }
    }

    fn billing_address(self, wrong: &mut Vec<FieldError>) -> Option<Billing> {
        let company = kept(company("billing_company", &self.billing_company), wrong);
        let is_nameless = self.billing_name.trim().is_empty();
        let address = Contact {
            name: self.billing_name,
            address_line1: self.billing_address_line1,
            address_line2: self.billing_address_line2,
            postal_code: self.billing_postal_code,
            city: self.billing_city,
            state: self.billing_state,
            country: self.billing_country,
            ..Contact::default()
        };
        match address.checked_address() {
            Ok(to) => Some(Billing {
                name: to.name,
                company,
                address_line1: to.address_line1,
                address_line2: to.address_line2,
                postal_code: to.postal_code,
                city: to.city,
                state: to.state,
                country: to.country,
            }),
            Err(errors) => {
                wrong.extend(errors.into_iter().map(|error| {
                    // The words for name and country speak of the parcel.
                    let message = match error.field.as_str() {
                        "name" if is_nameless => {
                            Text::from(locale()).billing_name_missing().to_owned()
                        }
                        "country" => Text::from(locale()).billing_country_missing().to_owned(),
                        _ => error.message,
                    };
                    FieldError {
                        field: format!("billing_{}", error.field),
                        message,
                    }
                }));
                None
            }
        }
    }
}

/// What is right of a field; what is not is noted.
#[cfg(feature = "ssr")]
fn kept(checked: Result<String, FieldError>, wrong: &mut Vec<FieldError>) -> String {
    checked.unwrap_or_else(|error| {
        wrong.push(error);
        String::new()
    })
}

#[cfg(feature = "ssr")]
fn refused(field: &str, message: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message: message.to_owned(),
    }
}

#[cfg(feature = "ssr")]
fn company(field: &str, typed: &str) -> Result<String, FieldError> {
    let typed = typed.trim();
    let is_wrong = line_fault(typed, COMPANY).is_some() || holds_link(typed);
    match !typed.is_empty() && is_wrong {
        false => Ok(typed.to_owned()),
        true => Err(refused(field, Text::from(locale()).company_wrong())),
    }
}

/// Letters and digits, as registers write it; what people put between them for reading is left out.
#[cfg(feature = "ssr")]
fn vat_id(typed: &str) -> Result<String, FieldError> {
    let between = |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '/');
    // Long input is looked at no further than it takes to refuse it.
    let id: String = typed
        .chars()
        .filter(|&c| !between(c))
        .take(21)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let is_one = (4..=20).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && id.bytes().any(|byte| byte.is_ascii_digit());
    match id.is_empty() || is_one {
        true => Ok(id),
        false => Err(refused("vat_id", Text::from(locale()).vat_id_wrong())),
    }
}

/// Several lines. It goes into the order's mail, which may reach someone else's mailbox: no links.
#[cfg(feature = "ssr")]
fn note(typed: &str) -> Result<String, FieldError> {
    let text = Text::from(locale());
    let refused = |words: &str| Err(refused("customer_note", words));
    let mut lines: Vec<&str> = Vec::new();
    for line in typed.trim().lines().map(str::trim) {
        match line_fault(line, NOTE) {
            // Of several empty lines one is kept.
            _ if line.is_empty() => {
                if lines.last().is_some_and(|last| !last.is_empty()) {
                    lines.push("");
                }
            }
            None if holds_link(line) => return refused(text.note_holds_link()),
            None => lines.push(line),
            Some(LineFault::Long) => return refused(&text.note_too_long(&NOTE.to_string())),
            Some(LineFault::Control | LineFault::Unseen | LineFault::Blank) => {
                return refused(text.note_unseen());
            }
        }
    }
    let note = lines.join("\n");
    match note.chars().count() > NOTE {
        true => refused(&text.note_too_long(&NOTE.to_string())),
        false => Ok(note),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn wrong(told: ParticularsInput) -> Vec<String> {
        let errors = told.checked().unwrap_err();
        errors.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn what_was_told_is_kept_in_one_spelling() {
        let told = ParticularsInput {
            company: " Marten GmbH & Co.KG ".to_owned(),
            vat_id: "de 123-456.789".to_owned(),
            customer_note: "Ring twice.\r\n\r\n\r\nThe bell is on the left. \n".to_owned(),
            ..ParticularsInput::default()
        };
        let kept = told.checked().unwrap();
        assert_eq!(kept.company, "Marten GmbH & Co.KG");
        assert_eq!(kept.vat_id, "DE123456789");
        let note = "Ring twice.\n\nThe bell is on the left.";
        assert_eq!(kept.customer_note, note);
        assert_eq!(
            ParticularsInput::from(kept.clone()).checked().unwrap(),
            kept
        );
        assert!(ParticularsInput::default().checked().unwrap().is_empty());
    }

    #[test]
    fn a_billing_address_counts_once_it_is_chosen() {
        let folded = ParticularsInput {
            billing_name: "Kim Marten".to_owned(),
            ..ParticularsInput::default()
        };
        assert!(folded.clone().checked().unwrap().is_empty());
        let chosen = ParticularsInput {
            billing: ELSEWHERE.to_owned(),
            ..folded
        };
        assert_eq!(
            wrong(chosen.clone()),
            [
                "billing_address_line1",
                "billing_postal_code",
                "billing_city",
                "billing_country"
            ]
        );
        let whole = ParticularsInput {
            billing_address_line1: "Quay 7".to_owned(),
            billing_postal_code: "20457".to_owned(),
            billing_city: "Hamburg".to_owned(),
            billing_country: "de".to_owned(),
            ..chosen
        };
        let kept = whole.checked().unwrap();
        assert_eq!(kept.billing.as_ref().unwrap().country, "DE");
        assert_eq!(
            ParticularsInput::from(kept.clone()).checked().unwrap(),
            kept
        );
    }

    #[test]
    fn nothing_endless_unseen_or_linked_is_kept() {
        for (note, is_kept) in [
            ("a".repeat(NOTE), true),
            ("a".repeat(NOTE + 1), false),
            ("a\n".repeat(NOTE), false),
            ("see https://evil.example/x".to_owned(), false),
            ("\u{202e}olleh".to_owned(), false),
        ] {
            let told = ParticularsInput {
                customer_note: note,
                ..ParticularsInput::default()
            };
            match is_kept {
                true => assert!(told.checked().is_ok()),
                false => assert_eq!(wrong(told), ["customer_note"]),
            }
        }
        for id in ["DE", "hello", "DE12345678901234567890", "DE<b>1"] {
            let told = ParticularsInput {
                vat_id: id.to_owned(),
                ..ParticularsInput::default()
            };
            assert_eq!(wrong(told), ["vat_id"], "{id}");
        }
        let told = ParticularsInput {
            company: "www.evil.example".to_owned(),
            ..ParticularsInput::default()
        };
        assert_eq!(wrong(told), ["company"]);
    }
}
