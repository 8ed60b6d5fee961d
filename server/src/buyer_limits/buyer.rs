//! Who is one buyer: the same account, the same mailbox or the same postal address, however it is typed, or
//! the same card.
//!
//! Nothing but keyed hashes is kept of them. The key is the shop's own, so who has the table alone cannot try
//! addresses out.

use std::borrow::Cow;

use app::contact::Contact;

use crate::{
    error::{Error, Result},
    ids::keyed_hash,
    text::{fold, mailbox},
};

/// By what a limit knows someone, as hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Buyer {
    /// Of the account that is signed in. What it ordered is its own to be told.
    pub account: Option<String>,
    /// Of what anybody could type.
    pub typed: Vec<String>,
}

impl Buyer {
    /// Of an order.
    pub fn of(key: &str, account_id: Option<&str>, contact: &Contact) -> Result<Self> {
        let typed = [
            ("mailbox", mailbox(&contact.email)),
            ("address", address(contact)),
        ];
        let typed = typed.into_iter().filter(|(_, name)| !name.is_empty());
        Ok(Self {
            typed: typed
                .map(|(kind, name)| hash(key, kind, &name))
                .collect::<Result<_>>()?,
            ..Self::signed_in(key, account_id)?
        })
    }

    /// Of whom no more is known than the account.
    pub fn signed_in(key: &str, account_id: Option<&str>) -> Result<Self> {
        let account = account_id.map(|id| hash(key, "account", id)).transpose()?;
        Ok(Self {
            account,
            typed: Vec::new(),
        })
    }

    /// Who pays with a card, by its provider's name of it.
    pub fn of_card(key: &str, fingerprint: &str) -> Result<Self> {
        Ok(Self {
            account: None,
            typed: vec![hash(key, "card", fingerprint)?],
        })
    }

    /// All of them.
    pub fn names(&self) -> impl Iterator<Item = &String> + Clone {
        self.account.iter().chain(&self.typed)
    }
}

pub(super) fn hash(key: &str, kind: &str, name: &str) -> Result<String> {
    keyed_hash(key, &format!("{kind}\0{name}"))
        .map_err(|error| Error::Invariant(format!("no key of buyers: {error}")))
}

/// What a household is known by: its postal address in one spelling, or the mailbox where there is none; empty if neither
/// is known.
pub fn household(contact: &Contact) -> String {
    match address(contact) {
        address if address.is_empty() => mailbox(&contact.email),
        address => address,
    }
}

/// A postal address without what people write differently. Nobody is named in it: a name is changed
/// more easily than a letter box.
pub(super) fn address(contact: &Contact) -> String {
    let street = format!("{} {}", contact.address_line1, contact.address_line2);
    if contact.address_line1.trim().is_empty() {
        return String::new();
    }
    [
        spelled(&street),
        spelled(&contact.postal_code),
        spelled(&contact.city),
        contact.country.trim().to_ascii_uppercase(),
    ]
    .join("\n")
}

/// Letters and numbers alone, word by word in one spelling. A word is of letters or of digits.
fn spelled(text: &str) -> String {
    let folded = fold(text);
    let mut spelled = String::with_capacity(folded.len());
    let mut word = String::new();
    let mut last = Sort::Other;
    for c in folded.chars() {
        let sort = Sort::of(c);
        if sort != last {
            spelled.push_str(&spelled_out(&word));
            word.clear();
        }
        if sort != Sort::Other {
            word.push(c);
        }
        last = sort;
    }
    spelled.push_str(&spelled_out(&word));
    spelled
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Letter,
    Digit,
    Other,
}

impl Sort {
    fn of(c: char) -> Self {
        match c {
            c if c.is_numeric() => Self::Digit,
            c if c.is_alphanumeric() => Self::Letter,
            _ => Self::Other,
        }
    }
}

/// A word of an address without its usual short form, and with umlauts in one of their two spellings.
fn spelled_out(word: &str) -> Cow<'_, str> {
    let whole = match word {
        "st" => "street",
        "rd" => "road",
        "ave" | "av" => "avenue",
        "blvd" | "bd" => "boulevard",
        "pl" => "platz",
        word => match word.strip_suffix("str") {
            Some(name) => return Cow::Owned(format!("{}strasse", umlauts(name))),
            None => word,
        },
    };
    umlauts(whole)
}

/// Folding makes `ä` an `a`; who has no such key types `ae`.
fn umlauts(word: &str) -> Cow<'_, str> {
    if !["ae", "oe", "ue"].iter().any(|two| word.contains(two)) {
        return Cow::Borrowed(word);
    }
    let one = word.replace("ae", "a").replace("oe", "o");
    Cow::Owned(one.replace("ue", "u"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line1: &str, line2: &str, city: &str) -> Contact {
        Contact {
            address_line1: line1.to_owned(),
            address_line2: line2.to_owned(),
            postal_code: "20457".to_owned(),
            city: city.to_owned(),
            country: "DE".to_owned(),
            ..Contact::default()
        }
    }

    #[test]
    fn every_spelling_of_an_address_is_one() {
        let one = address(&at("Müllerstraße 5a", "", "Köln"));
        for (line1, line2, city) in [
            ("Müllerstr. 5a", "", "Köln"),
            ("MÜLLERSTRASSE 5 A", "", "KÖLN"),
            ("Mueller-Straße 5a", "", "Koeln"),
            ("Müller Str.5a", "", " köln "),
            ("Mu\u{308}llerstr 5a", "", "Ko\u{308}ln"),
            ("Müllerstraße, 5a", "", "Köln."),
            ("Müllerstraße", "5a", "Köln"),
            ("Ｍüllerstraße ５a", "", "Köln"),
        ] {
            assert_eq!(address(&at(line1, line2, city)), one, "{line1}");
        }
        assert_ne!(address(&at("Müllerstraße 5b", "", "Köln")), one);
        assert_ne!(address(&at("Müllerstraße 5a", "", "Bonn")), one);
        assert_ne!(address(&at("Müllerstraße 5a", "Flat 2", "Köln")), one);
        let street = |line| address(&at(line, "", "Leeds"));
        assert_eq!(street("12 High St"), street("12, High Street"));
        assert_eq!(street(" "), "");
    }

    #[test]
    fn hashes_tell_kinds_and_shops_apart_and_hold_nothing_typed() {
        let mut contact = at("Quay 7", "", "Hamburg");
        contact.email = "kim@example.com".to_owned();
        let buyer = |key: &str| Buyer::of(key, Some("kim@example.com"), &contact).unwrap();
        let one = buyer("key");
        assert_eq!(one, buyer("key"));
        assert_eq!(one.names().count(), 3);
        let names: std::collections::BTreeSet<_> = one.names().collect();
        assert_eq!(names.len(), 3);
        assert!(names.iter().all(|name| name.len() == 32));
        assert!(buyer("other").names().all(|name| !names.contains(name)));
        let nobody = Buyer::of("key", None, &Contact::default()).unwrap();
        assert_eq!(nobody.names().count(), 0);
    }
}
