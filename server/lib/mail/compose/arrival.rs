//! An e-mail that shows that e-mails arrive.

use app::{locale::locale, shop::ShopSettings};

use crate::{
    error::Result,
    mail::{
        message::{Note, OutgoingMail},
        text::Text,
    },
};

pub fn mail(shop: &ShopSettings, to: &str) -> Result<OutgoingMail> {
    let text = Text::from(locale());
    let note = Note {
        title: text.test_title(),
        paragraphs: &[text.test_why(&shop.name)],
        link: Some((
            text.test_confirm(),
            format!("{}/admin#opening", shop.base_url),
        )),
        closing: text.not_asked(),
    };
    note.mail(shop, to.to_owned())
}
