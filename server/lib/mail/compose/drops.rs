//! Reminders of drops.

use app::{
    catalog::address as paths,
    locale::{Locale, locale},
    shop::ShopSettings,
    ui::date::Zone,
};

use crate::{
    admission::keys::TicketKey,
    drops::{self, reminders, room::code_at},
    error::Result,
    mail::{
        message::{Note, OutgoingMail, address},
        text::Text,
    },
    store::Store,
};

/// What a title is to be translated into, if that is not what it is written in.
fn language(shop: &ShopSettings) -> Option<Locale> {
    Some(locale()).filter(|language| *language != shop.written_in)
}

/// A link that confirms the mailbox; nothing, if it is confirmed or the drop has begun.
pub async fn to_confirm(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    reminder_id: &str,
) -> Result<Option<OutgoingMail>> {
    let Some(told) = reminders::to_tell(db, now, reminder_id, language(shop)).await? else {
        return Ok(None);
    };
    let Some(token) = reminders::issue(db, reminder_id).await? else {
        return Ok(None);
    };
    let text = Text::from(locale());
    let note = Note {
        title: text.drop_confirm_title(),
        paragraphs: &[text.drop_confirm_why(&told.title)],
        link: Some((
            text.drop_confirm(),
            address(shop, &format!("/reminders/{token}")),
        )),
        closing: text.not_asked(),
    };
    note.mail(shop, told.email).map(Some)
}

/// The code for the waiting room of a drop, as it is at this moment; nothing, if there is no such drop any more.
pub async fn room_code(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    (drop_id, email): (&str, &str),
) -> Result<Option<OutgoingMail>> {
    let Some((slug, title)) = drops::titled(db, drop_id, language(shop)).await? else {
        return Ok(None);
    };
    let key = TicketKey::default().get(db).await?;
    let code = code_at(&key, now, drop_id, email);
    let text = Text::from(locale());
    let note = Note {
        title: &text.room_code_title(&code),
        paragraphs: &[text.room_code(&title)],
        link: Some((text.room_view(), address(shop, &paths::drop_room(&slug)))),
        closing: text.not_asked(),
    };
    note.mail(shop, email.to_owned()).map(Some)
}

/// It starts soon; nothing, if it does not any more.
pub async fn soon(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    reminder_id: &str,
) -> Result<Option<OutgoingMail>> {
    let Some(told) = reminders::to_tell(db, now, reminder_id, language(shop)).await? else {
        return Ok(None);
    };
    let text = Text::from(locale());
    let opens = Zone::named(&shop.time_zone).date_and_time(told.opens_at);
    let note = Note {
        title: &text.drop_soon_title(&told.title),
        paragraphs: &[text.drop_soon(&opens, &told.title)],
        link: Some((text.drop_view(), address(shop, &paths::drop(&told.slug)))),
        closing: text.drop_once(),
    };
    note.mail(shop, told.email).map(Some)
}
