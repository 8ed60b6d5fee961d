//! What shoppers write in the contact form.

use app::{locale::locale, shop::ShopSettings};

use crate::{
    error::Result,
    mail::{
        message::{Note, OutgoingMail},
        text::Text,
    },
};

/// To the shop, to be answered as any other e-mail: what was typed is text and nothing else.
pub fn message(
    shop: &ShopSettings,
    to: &str,
    (name, email): (&str, &str),
    (order_number, message): (&str, &str),
) -> Result<OutgoingMail> {
    let text = Text::from(locale());
    let mut paragraphs = vec![text.contact_from(email, name)];
    if !order_number.is_empty() {
        paragraphs.push(text.contact_order_number(order_number));
    }
    let lines = message.lines().map(str::trim_end);
    paragraphs.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
    let note = Note {
        title: &text.contact_title(name),
        paragraphs: &paragraphs,
        link: None,
        closing: text.contact_closing(),
    };
    let mail = note.mail(shop, to.to_owned())?;
    Ok(OutgoingMail {
        reply_to: Some(email.to_owned()),
        ..mail
    })
}
