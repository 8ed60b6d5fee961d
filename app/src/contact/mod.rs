//! Who orders, and where the parcel goes.

#[cfg(feature = "ssr")]
pub mod fields;
#[cfg(feature = "ssr")]
pub mod link;
#[cfg(feature = "ssr")]
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/contact_text.rs"));
}
#[cfg(feature = "ssr")]
pub mod view;

use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use self::{link::holds_link, text::Text};
#[cfg(feature = "ssr")]
use crate::{
    countries::{DeliveryCountries, country_name},
    email::Email,
    error::FieldError,
    locale::locale,
    places,
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
    /// State, province or prefecture; empty where parcels need none.
    pub state: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub phone: String,
}

#[cfg(feature = "ssr")]
impl Contact {
    /// As it is stored, or which fields cannot be right.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let email = match Email::mailable(&self.email) {
            Ok(email) => Ok(email.shown()),
            Err(fault) => Err(FieldError {
                field: "email".to_owned(),
                message: fault.words().to_owned(),
            }),
        };
        match (email, self.checked_address()) {
            (Ok(email), Ok(contact)) => Ok(Self { email, ..contact }),
            (email, address) => {
                let wrong = address.err().unwrap_or_default();
                Err(email.err().into_iter().chain(wrong).collect())
            }
        }
    }

    /// The same, of a parcel that goes to one of these countries.
    pub fn checked_for(self, countries: &DeliveryCountries) -> Result<Self, Vec<FieldError>> {
        let country = self.country.trim().to_ascii_uppercase();
        deliverable(self.checked(), &country, countries)
    }

    /// The address alone, of a parcel that goes to one of these countries.
    pub fn checked_address_for(
        self,
        countries: &DeliveryCountries,
    ) -> Result<Self, Vec<FieldError>> {
        let country = self.country.trim().to_ascii_uppercase();
        deliverable(self.checked_address(), &country, countries)
    }

    /// Trims everything but the e-mail address and says which fields cannot be right.
    pub fn checked_address(mut self) -> Result<Self, Vec<FieldError>> {
        for text in [
            &mut self.name,
            &mut self.address_line1,
            &mut self.address_line2,
            &mut self.postal_code,
            &mut self.city,
            &mut self.state,
            &mut self.country,
            &mut self.phone,
        ] {
            *text = text.trim().to_owned();
        }
        self.country.make_ascii_uppercase();

        let said = Text::from(locale());
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: &str| {
            errors.push(FieldError {
                field: field.to_owned(),
                message: message.to_owned(),
            });
        };
        for (field, label, text, max, missing) in [
            (
                "name",
                said.full_name(),
                &self.name,
                100,
                said.name_missing(),
            ),
            (
                "address_line1",
                said.street(),
                &self.address_line1,
                120,
                said.street_missing(),
            ),
        ] {
            match line_fault(text, max) {
                None if holds_link(text) => wrong(field, &said.no_links(label)),
                None => {}
                Some(LineFault::Blank) => wrong(field, missing),
                Some(fault) => wrong(field, &fault_of(label, fault, max)),
            }
        }
        let (more, label) = (&self.address_line2, said.more_of_address());
        match filled(more, 120) {
            None if holds_link(more) => wrong("address_line2", &said.no_links(label)),
            None => {}
            Some(fault) => wrong("address_line2", &fault_of(label, fault, 120)),
        }
        match filled(&self.postal_code, 16) {
            Some(fault) => wrong("postal_code", &fault_of(said.postal_code(), fault, 16)),
            None => match places::postal_code(&self.country, &self.postal_code) {
                Ok(code) => self.postal_code = code,
                Err(fault) => wrong("postal_code", &fault),
            },
        }
        match line_fault(&self.city, 80) {
            None if holds_link(&self.city) => wrong("city", &said.no_links(said.city())),
            None => {}
            Some(LineFault::Blank) => wrong("city", said.city_missing()),
            Some(fault) => wrong("city", &fault_of(said.city(), fault, 80)),
        }
        match filled(&self.state, 80) {
            Some(fault) => wrong("state", &fault_of(said.state_short(), fault, 80)),
            None if holds_link(&self.state) => {
                wrong("state", &said.no_links(said.state_short()));
            }
            None => match places::state(&self.country, &self.state) {
                Ok(state) => self.state = state,
                Err(fault) => wrong("state", &fault),
            },
        }
        if country_name(&self.country).is_none() {
            wrong("country", said.country_wrong());
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
            wrong("phone", said.phone_wrong());
        }
        if errors.is_empty() {
            Ok(self)
        } else {
            Err(errors)
        }
    }
}

/// Adds that nothing is delivered to the country, unless something is wrong with it already.
#[cfg(feature = "ssr")]
fn deliverable(
    checked: Result<Contact, Vec<FieldError>>,
    country: &str,
    countries: &DeliveryCountries,
) -> Result<Contact, Vec<FieldError>> {
    let mut wrong = match checked {
        Ok(contact) => match countries.refusal(country) {
            None => return Ok(contact),
            Some(_) => Vec::new(),
        },
        Err(wrong) => wrong,
    };
    if !wrong.iter().any(|error| error.field == "country") {
        wrong.extend(countries.refusal(country));
    }
    Err(wrong)
}

/// What is wrong with a line that may be left empty.
#[cfg(feature = "ssr")]
fn filled(text: &str, max: usize) -> Option<LineFault> {
    line_fault(text, max).filter(|_| !text.is_empty())
}

/// What is wrong with a line, in words.
#[cfg(feature = "ssr")]
fn fault_of(label: &str, fault: LineFault, max: usize) -> String {
    let said = Text::from(locale());
    match fault {
        LineFault::Control => said.control_characters(label),
        LineFault::Unseen => said.unseen_characters(label),
        LineFault::Blank => said.blank(label),
        LineFault::Long => said.too_long(label, &max.to_string()),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

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
            Some("Town or city can’t contain line breaks, tabs or other control characters.")
        );
    }

    #[test]
    fn no_line_of_an_address_holds_a_link() {
        let link = || "Win: www.evil.example".to_owned();
        let wrong = Contact {
            name: link(),
            address_line1: link(),
            address_line2: link(),
            city: link(),
            state: link(),
            ..home()
        };
        let wrong = wrong.checked().unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|error| error.field.as_str()).collect();
        let lines = ["name", "address_line1", "address_line2", "city", "state"];
        assert_eq!(fields, lines);
        assert_eq!(wrong[0].message, "Full name can’t contain a link.");
    }

    fn home() -> Contact {
        Contact {
            email: " Kim@EXÄMPLE.de ".into(),
            name: "Kim Marten".into(),
            address_line1: "350 Fifth Avenue".into(),
            postal_code: "10118".into(),
            city: "New York".into(),
            state: " new york ".into(),
            country: "us".into(),
            ..Contact::default()
        }
    }

    #[test]
    fn a_contact_is_kept_in_one_spelling() {
        let kept = home().checked().unwrap();
        assert_eq!(kept.email, "Kim@exämple.de");
        assert_eq!((kept.state.as_str(), kept.country.as_str()), ("NY", "US"));
        let fields = |contact: Contact| -> Vec<String> {
            let errors = contact.checked().unwrap_err();
            errors.into_iter().map(|error| error.field).collect()
        };
        let wrong = Contact {
            state: String::new(),
            postal_code: "SW1A 1AA".into(),
            ..home()
        };
        assert_eq!(fields(wrong), ["postal_code", "state"]);
    }

    #[test]
    fn a_country_is_refused_with_everything_else_that_is_wrong() {
        let some = DeliveryCountries::of(["DE", "IE"]);
        let fields = |contact: Contact| -> Vec<String> {
            let errors = contact.checked_for(&some).unwrap_err();
            errors.into_iter().map(|error| error.field).collect()
        };
        assert_eq!(fields(home()), ["country"]);
        let nameless = Contact {
            name: String::new(),
            ..home()
        };
        assert_eq!(fields(nameless), ["name", "country"]);
        let nowhere = Contact {
            country: "XX".into(),
            ..home()
        };
        assert_eq!(fields(nowhere), ["country"]);
        let dublin = Contact {
            country: "ie".into(),
            postal_code: String::new(),
            state: String::new(),
            email: String::new(),
            ..home()
        };
        assert!(dublin.clone().checked_address_for(&some).is_ok());
        assert_eq!(fields(dublin), ["email"]);
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
