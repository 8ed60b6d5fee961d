//! What shoppers write in the contact form.

use app::shop::ShopSettings;

use crate::{
    error::Result,
    mail::message::{Note, OutgoingMail},
};

/// To the shop, to be answered as any other e-mail: what was typed is text and nothing else.
pub fn message(
    shop: &ShopSettings,
    to: &str,
    (name, email): (&str, &str),
    (order_number, message): (&str, &str),
) -> Result<OutgoingMail> {
    let mut paragraphs = vec![format!("From: {name}, {email}")];
    if !order_number.is_empty() {
        paragraphs.push(format!("Order number: {order_number}"));
    }
    let lines = message.lines().map(str::trim_end);
    paragraphs.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
    let note = Note {
        title: &format!("Message from {name}"),
        paragraphs: &paragraphs,
        link: None,
        closing: "Sent with the contact form. Your reply goes to the address above.",
    };
    let mail = note.mail(shop, to.to_owned())?;
    Ok(OutgoingMail {
        reply_to: Some(email.to_owned()),
        ..mail
    })
}
