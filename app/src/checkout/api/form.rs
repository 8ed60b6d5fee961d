//! The form of an order, read at once.
//!
//! The way in which functions read forms is for all of them: names that hold others, values of any kind. Of a form with
//! 27 fields it costs as much as everything else that is looked at before an order is placed.

use std::borrow::Cow;

use percent_encoding::percent_decode;

use super::PlaceOrder;
use crate::{checkout::particulars::ParticularsInput, contact::Contact};

/// Fields of others that may come along.
const OTHERS: usize = 8;

impl PlaceOrder {
    /// What a body says that is as forms usually are: plain names, each once, and values in UTF-8. What the function
    /// would make of another one, only its own way of reading tells.
    pub fn of_usual(body: &[u8]) -> Option<Self> {
        let mut order = Self {
            checkout_key: String::new(),
            contact: Contact::default(),
            told: ParticularsInput::default(),
            shipping: String::new(),
            payment: String::new(),
            card_number: String::new(),
            expected_total_minor: String::new(),
            terms: String::new(),
        };
        let mut seen = 0_u32;
        let mut others: Vec<&[u8]> = Vec::new();
        for pair in body.split(|byte| *byte == b'&') {
            let between = pair.iter().position(|byte| *byte == b'=')?;
            let (name, value) = (pair.get(..between)?, pair.get(between + 1..)?);
            let value = decoded(value)?;
            match order.field(name) {
                Some((place, field)) => {
                    if seen & (1 << place) != 0 {
                        return None;
                    }
                    seen |= 1 << place;
                    *field = value.into_owned();
                }
                None => {
                    if !is_plain(name) || others.contains(&name) || others.len() == OTHERS {
                        return None;
                    }
                    others.push(name);
                }
            }
        }
        Some(order)
    }

    /// The field of this name, and its place among all.
    fn field(&mut self, name: &[u8]) -> Option<(u32, &mut String)> {
        let Self {
            contact: to, told, ..
        } = self;
        Some(match name {
            b"checkout_key" => (0, &mut self.checkout_key),
            b"shipping" => (1, &mut self.shipping),
            b"payment" => (2, &mut self.payment),
            b"card_number" => (3, &mut self.card_number),
            b"expected_total_minor" => (4, &mut self.expected_total_minor),
            b"terms" => (5, &mut self.terms),
            b"email" => (6, &mut to.email),
            b"name" => (7, &mut to.name),
            b"address_line1" => (8, &mut to.address_line1),
            b"address_line2" => (9, &mut to.address_line2),
            b"postal_code" => (10, &mut to.postal_code),
            b"city" => (11, &mut to.city),
            b"state" => (12, &mut to.state),
            b"country" => (13, &mut to.country),
            b"phone" => (14, &mut to.phone),
            b"company" => (15, &mut told.company),
            b"vat_id" => (16, &mut told.vat_id),
            b"customer_note" => (17, &mut told.customer_note),
            b"billing" => (18, &mut told.billing),
            b"billing_name" => (19, &mut told.billing_name),
            b"billing_company" => (20, &mut told.billing_company),
            b"billing_address_line1" => (21, &mut told.billing_address_line1),
            b"billing_address_line2" => (22, &mut told.billing_address_line2),
            b"billing_postal_code" => (23, &mut told.billing_postal_code),
            b"billing_city" => (24, &mut told.billing_city),
            b"billing_state" => (25, &mut told.billing_state),
            b"billing_country" => (26, &mut told.billing_country),
            _ => return None,
        })
    }
}

fn is_plain(name: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_';
    !name.is_empty() && name.iter().all(is_plain)
}

/// The value that was written so, if it is one in UTF-8.
fn decoded(written: &[u8]) -> Option<Cow<'_, str>> {
    if !written.iter().any(|byte| matches!(byte, b'+' | b'%')) {
        return std::str::from_utf8(written).ok().map(Cow::Borrowed);
    }
    let is_digit = |at: usize| written.get(at).is_some_and(u8::is_ascii_hexdigit);
    let mut signs = written
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'%');
    if !signs.all(|(at, _)| is_digit(at + 1) && is_digit(at + 2)) {
        return None;
    }
    let blanks = |byte: &u8| if *byte == b'+' { b' ' } else { *byte };
    let written: Vec<u8> = written.iter().map(blanks).collect();
    let text = percent_decode(&written).decode_utf8().ok()?;
    Some(Cow::Owned(text.into_owned()))
}
