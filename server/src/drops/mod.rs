//! Drops: what is announced, edited and asked to be reminded of. What they do to the goods in them follows from
//! their rows and the time: see [`sale`](crate::sale).

mod beside;
mod change;
mod check;
mod edit;
mod edit_lines;
mod feature;
mod file;
mod limits;
mod lines;
mod preview;
pub mod rehearsed;
pub mod reminders;
pub mod room;
mod store;
mod take_file;
mod waiting;

mod text {
    include!(concat!(env!("OUT_DIR"), "/drops_text.rs"));
}

use std::{cmp::Reverse, sync::Arc};

use app::{
    drops::{
        ports::{Drops, Reminder},
        text::Text,
        types::{Drop, DropPhase},
    },
    email::Email,
    error::{ErrorKind, ShopError, ShopResult},
    locale::{Locale, locale},
};
use async_trait::async_trait;

use crate::{
    cache::ReadThrough,
    catalog::translated::cards,
    coordination::Topic,
    db::Tx,
    error::Result,
    feature::Parts,
    ids::is_secret,
    outbox::{Mail, queue},
    store::Store,
    text::html::plain_text,
    translations::{self, DESCRIPTION, Kind, NAME},
};
use limits::Limits;
use store::StoredDrop;

/// Bytes of drops that a node keeps.
const MAX_BYTES: u64 = 4 * 1024 * 1024;
/// Longest address part that is looked up, in bytes; letters have up to four.
const MAX_SLUG: usize = 4 * app::catalog::limits::MAX_SLUG;

pub use edit::for_editor;
pub use file::MAX_BYTES as MAX_FILE_BYTES;
pub use preview::preview;
pub use store::{change_prices, ended_at, listed, titled};

/// All of them as they are written, those that open last first.
pub async fn all(tx: &mut Tx) -> Result<Vec<StoredDrop>> {
    let mut all = store::all(tx).await?;
    all.sort_by_key(|drop| Reverse(drop.times.opens_at));
    Ok(all)
}

/// What is said to those who are refused.
fn said() -> Text {
    Text::from(locale())
}

#[derive(Clone)]
pub struct DropService {
    parts: Parts,
    /// That texts are in; `None`: as they are written.
    language: Option<Locale>,
    /// Also that there is none at an address.
    kept: ReadThrough<Option<Arc<Drop>>>,
    limits: Arc<Limits>,
}

impl DropService {
    pub fn new(parts: Parts) -> Self {
        let freshness = parts.db.freshness().clone();
        let kept = ReadThrough::new("drop", MAX_BYTES, freshness);
        Self {
            kept: kept.shared_if(Option::is_some),
            limits: Arc::new(Limits::new()),
            language: None,
            parts,
        }
    }

    /// In the language that is read, as far as it is translated.
    async fn shown(&self, slug: &str) -> ShopResult<Option<Arc<Drop>>> {
        let db = &self.parts.db;
        let written_in = self.parts.settings.now().await?.written_in;
        let Some(mut drop) = store::shown(db, slug).await? else {
            return Ok(None);
        };
        if let Some(language) = self.language.filter(|language| *language != written_in) {
            translate(db, &mut drop, language).await?;
        }
        Ok(Some(Arc::new(drop)))
    }

    fn entry(&self, slug: &str) -> String {
        let language = self.language.map_or("", Locale::code);
        format!("{language}:{slug}")
    }

    /// The drop of a token in an e-mail, and what became of the reminder.
    async fn of_token(&self, token: &str) -> ShopResult<(Arc<Drop>, reminders::StoredReminder)> {
        if !is_secret(token) {
            return Err(ShopError::not_found());
        }
        let reminder = reminders::of_token(&self.parts.db, token).await?;
        let reminder = reminder.ok_or_else(ShopError::not_found)?;
        let drop = Drops::of_slug(self, &reminder.slug).await?;
        Ok((drop, reminder))
    }
}

async fn translate(db: &Store, drop: &mut Drop, language: Locale) -> Result<()> {
    let own = [drop.id.as_str()];
    let texts = translations::of_catalog(db, Kind::Drop, &own, language).await?;
    texts.put(&drop.id, NAME, &mut drop.title);
    if let Some(html) = texts.text(&drop.id, DESCRIPTION) {
        drop.text_html = html.to_owned();
        drop.text_plain = plain_text(html);
    }
    cards(db, drop.products.iter_mut().collect(), language).await
}

#[async_trait]
impl Drops for DropService {
    fn in_language(&self, language: Locale) -> Arc<dyn Drops> {
        Arc::new(Self {
            language: Some(language),
            ..self.clone()
        })
    }

    async fn of_slug(&self, slug: &str) -> ShopResult<Arc<Drop>> {
        // Postgres takes no NUL in a text.
        if slug.len() > MAX_SLUG || slug.contains('\0') {
            return Err(ShopError::not_found());
        }
        let (this, wanted) = (self.clone(), slug.to_owned());
        let load = move || {
            let (this, wanted) = (this.clone(), wanted.clone());
            async move { this.shown(&wanted).await }
        };
        let entry = self.entry(slug);
        let found = self.kept.get(&entry, &[Topic::lists()], load).await?;
        (*found).clone().ok_or_else(ShopError::not_found)
    }

    fn now(&self) -> i64 {
        self.parts.clock.now()
    }

    async fn remind(
        &self,
        client: &str,
        locale: Locale,
        slug: &str,
        email: &str,
    ) -> ShopResult<()> {
        let drop = Drops::of_slug(self, slug).await?;
        let email = Email::mailable(email)
            .map_err(|fault| ShopError::field("email", fault.words()))?
            .shown();
        if drop.phase != DropPhase::Before {
            return Err(ShopError::new(ErrorKind::Conflict, said().drop_has_begun()));
        }
        self.limits.reminder(client, &email)?;
        let (db, now) = (&self.parts.db, self.now());
        let mut tx = db.begin().await?;
        let reminder = reminders::ask(&mut tx, now, &drop.id, locale, &email).await?;
        if let Some(reminder_id) = reminder {
            let mail = Mail::DropReminderToConfirm { reminder_id };
            queue(&mut tx, db.dialect(), now, &mail).await?;
        }
        tx.commit().await.map_err(crate::error::Error::from)?;
        Ok(())
    }

    async fn reminder(&self, token: &str) -> ShopResult<(Arc<Drop>, Reminder)> {
        let (drop, reminder) = self.of_token(token).await?;
        Ok((drop, reminder.state()))
    }

    async fn confirm(&self, token: &str) -> ShopResult<Arc<Drop>> {
        let (drop, reminder) = self.of_token(token).await?;
        let (db, now) = (&self.parts.db, self.now());
        if reminder.state() == Reminder::Asked && drop.phase != DropPhase::Before {
            return Err(ShopError::new(ErrorKind::Conflict, said().drop_has_begun()));
        }
        reminders::confirm(db, now, &reminder.id).await?;
        Ok(drop)
    }
}
