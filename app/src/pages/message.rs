//! A message from the contact form.

use super::text::Text;
use crate::{
    contact::link::holds_link,
    email::Email,
    error::{FieldError, ShopError, ShopResult},
    locale::locale,
    text::line_fault,
};

/// Lengths in characters.
pub const MAX_NAME: usize = 100;
pub const MAX_ORDER_NUMBER: usize = 40;
pub const MAX_MESSAGE: usize = 5000;

/// A message with nothing in it that an e-mail cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub name: String,
    /// Where the answer goes, in its canonical form.
    pub email: String,
    /// Empty if none was given.
    pub order_number: String,
    pub message: String,
}

impl Message {
    /// What was typed into the form, or what is wrong with it.
    pub fn checked(name: &str, email: &str, order_number: &str, message: &str) -> ShopResult<Self> {
        let text = Text::from(locale());
        let mut wrong = Vec::new();
        let mut fault = |field: &str, words: String| {
            wrong.push(FieldError {
                field: field.to_owned(),
                message: words,
            });
        };
        let name = name.trim();
        if line_fault(name, MAX_NAME).is_some() {
            fault("name", text.name_wanted(&MAX_NAME.to_string()));
        } else if holds_link(name) {
            fault("name", text.name_no_links().to_owned());
        }
        let address = match Email::mailable(email) {
            Ok(email) => email.shown(),
            Err(why) => {
                fault("email", why.words().to_owned());
                String::new()
            }
        };
        let order_number = order_number.trim();
        if !order_number.is_empty() && line_fault(order_number, MAX_ORDER_NUMBER).is_some() {
            fault("order_number", text.order_number_wrong().to_owned());
        }
        let message = message.replace("\r\n", "\n").replace('\r', "\n");
        let message = message.trim();
        let is_text = message
            .chars()
            .all(|c| !c.is_control() || matches!(c, '\n' | '\t'));
        if message.is_empty() {
            fault("message", text.message_wanted().to_owned());
        } else if !is_text || message.chars().count() > MAX_MESSAGE {
            fault("message", text.message_wrong(&MAX_MESSAGE.to_string()));
        }
        match wrong.is_empty() {
            true => Ok(Self {
                name: name.to_owned(),
                email: address,
                order_number: order_number.to_owned(),
                message: message.to_owned(),
            }),
            false => Err(ShopError::fields(wrong)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_taken_or_each_wrong_field_is_named() {
        let good = Message::checked(" Kim ", "kim@example.com", "", "Hello\r\n\r\nBye ").unwrap();
        assert_eq!(good.name, "Kim");
        assert_eq!(good.message, "Hello\n\nBye");
        let long = "x".repeat(MAX_MESSAGE + 1);
        let line = "Kim\r\nBcc: all@example.com";
        let bad = Message::checked(line, "kim", "a\nb", &long).unwrap_err();
        let fields: Vec<_> = bad
            .fields
            .iter()
            .map(|fault| fault.field.as_str())
            .collect();
        assert_eq!(fields, ["name", "email", "order_number", "message"]);
        for nothing in ["", "  \n "] {
            let bad = Message::checked("Kim", "kim@example.com", "", nothing).unwrap_err();
            assert_eq!(bad.fields[0].field, "message");
        }
    }
}
