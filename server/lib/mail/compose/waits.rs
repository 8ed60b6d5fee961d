//! The waiting list: its link, that there is some again, and that a unit is kept.

use app::{
    catalog::address as paths,
    locale::{Locale, locale},
    shop::ShopSettings,
    ui::date::Zone,
    waiting_list::types::{WaitKind, Wish},
};

use crate::{
    error::Result,
    mail::{
        message::{Note, OutgoingMail, address},
        text::Text,
    },
    store::Store,
    waiting_list::store,
    waits::WaitState,
};

/// What a title is to be translated into, if that is not what it is written in.
fn language(shop: &ShopSettings) -> Option<Locale> {
    Some(locale()).filter(|language| *language != shop.written_in)
}

/// A wish that is in this state still, with its address and a new link; nothing, if it is not, nobody is behind it, or
/// its product is not shown.
struct WaitMail {
    email: String,
    wish: Wish,
    link: String,
    until: Option<i64>,
}

impl WaitMail {
    async fn of(
        db: &Store,
        now: i64,
        shop: &ShopSettings,
        (id, state): (&str, WaitState),
    ) -> Result<Option<Self>> {
        let Some(stored) = store::by_id(db, now, id).await? else {
            return Ok(None);
        };
        if stored.email.is_empty() || stored.state != state {
            return Ok(None);
        }
        let wish = store::told(db, now, &stored, language(shop)).await?;
        if !wish.is_shown() {
            return Ok(None);
        }
        let Some(token) = store::issue(db, id, state).await? else {
            return Ok(None);
        };
        Ok(Some(Self {
            wish,
            link: address(shop, &format!("/waiting-list/{token}")),
            until: stored.offered_until,
            email: stored.email,
        }))
    }
}

pub async fn to_confirm(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    id: &str,
) -> Result<Option<OutgoingMail>> {
    let Some(found) = WaitMail::of(db, now, shop, (id, WaitState::Asked)).await? else {
        return Ok(None);
    };
    let (text, name) = (Text::from(locale()), found.wish.name());
    let why = match found.wish.kind {
        WaitKind::Notice => text.wait_notice_why(&name),
        WaitKind::InTurn => text.wait_place_why(&name),
    };
    let note = Note {
        title: text.wait_confirm_title(),
        paragraphs: &[why],
        link: Some((text.wait_confirm(), found.link)),
        closing: text.not_asked(),
    };
    note.mail(shop, found.email).map(Some)
}

pub async fn back_in_stock(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    id: &str,
) -> Result<Option<OutgoingMail>> {
    let Some(found) = WaitMail::of(db, now, shop, (id, WaitState::Told)).await? else {
        return Ok(None);
    };
    let (text, name) = (Text::from(locale()), found.wish.name());
    let page = address(shop, &paths::product(&found.wish.slug));
    let note = Note {
        title: &text.back_title(&name),
        paragraphs: &[text.back(&name)],
        link: Some((text.back_view(), page)),
        closing: text.back_once(),
    };
    note.mail(shop, found.email).map(Some)
}

pub async fn offered(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    id: &str,
) -> Result<Option<OutgoingMail>> {
    let found = WaitMail::of(db, now, shop, (id, WaitState::Offered)).await?;
    let Some((found, until)) = found.and_then(|found| {
        let until = found.until.filter(|until| *until > now)?;
        Some((found, until))
    }) else {
        return Ok(None);
    };
    let (text, name) = (Text::from(locale()), found.wish.name());
    let until = Zone::named(&shop.time_zone).date_and_time(until);
    let note = Note {
        title: &text.offered_title(&name),
        paragraphs: &[text.offered(&name, &until), text.offered_who().to_owned()],
        link: Some((text.offered_take(), found.link)),
        closing: text.offered_lapses(),
    };
    note.mail(shop, found.email).map(Some)
}
