//! Announcements. Which is shown is a function of the time and of all there are: nothing is switched by
//! a task.

mod feature;
mod store;

use std::{collections::HashMap, sync::Arc};

use app::{
    announcement::{
        ports::{AnnouncementForm, Announcements},
        text::Text,
        types::{Announced, Announcement, AnnouncementSaved, MAX_ANNOUNCEMENTS, MAX_TEXT},
    },
    error::{ErrorKind, FieldErrors, ShopError, ShopResult},
    identity::Account,
    locale::{Locale, locale},
    ui::{date::Zone, link::no_link},
};
use async_trait::async_trait;
use serde_json::{Value, json};

use crate::{
    audit_log,
    cache::ReadThrough,
    coordination::Topic,
    db::Tx,
    error::Result,
    feature::Parts,
    ids::new_id,
    store::ChangeSet,
    text::link,
    translations::{self, Kind, TEXT},
};

/// An entry for each language: as many as there may be, and then some.
const MAX_BYTES: u64 = 256 * 1024;

/// All of them as they are written, those first that began last.
pub async fn all(tx: &mut Tx) -> Result<Vec<Announcement>> {
    store::all(&mut **tx).await
}

#[derive(Clone)]
pub struct AnnouncementService {
    parts: Parts,
    /// That texts are in; `None`: as they are written.
    language: Option<Locale>,
    kept: ReadThrough<Vec<Announcement>>,
}

impl AnnouncementService {
    pub fn new(parts: Parts) -> Self {
        let freshness = parts.db.freshness().clone();
        Self {
            kept: ReadThrough::new("announcements", MAX_BYTES, freshness),
            language: None,
            parts,
        }
    }

    /// All of them, with their texts in the language that is read as far as they are translated.
    async fn shown(&self) -> ShopResult<Vec<Announcement>> {
        let db = &self.parts.db;
        let written_in = self.parts.settings.now().await?.written_in;
        let mut all = store::all(db.reader()).await?;
        if let Some(language) = self.language.filter(|language| *language != written_in) {
            let ids: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
            let texts = translations::of(db, Kind::Announcement, &ids, language).await?;
            for one in &mut all {
                texts.put(&one.id, TEXT, &mut one.text);
            }
        }
        Ok(all)
    }

    /// Notes what was changed and commits it.
    async fn finish(
        &self,
        mut tx: Tx,
        actor: &Account,
        action: &str,
        before: Option<&Announcement>,
        after: Option<&Announcement>,
    ) -> Result<()> {
        let id = after.or(before).map_or("", |one| one.id.as_str());
        audit_log::record(
            &mut tx,
            self.parts.clock.now(),
            &actor.email,
            action,
            ("announcement", id),
            before.map(summary),
            after.map(summary),
        )
        .await?;
        // It is above every page.
        let mut changes = ChangeSet::default();
        changes.everything();
        changes.commit(tx, &self.parts.db).await.map(drop)
    }
}

/// What an entry of the audit log says.
fn summary(one: &Announcement) -> Value {
    let utc = Zone::named("UTC");
    let moment = |at: Option<i64>| at.map(|at| utc.minute(at));
    json!({
        "title": one.text, "link": one.link,
        "begins": moment(one.starts_at), "ends": moment(one.ends_at),
    })
}

/// What the form asks for, if it can be; `before` is what is changed.
fn checked(
    form: &AnnouncementForm,
    before: Option<&Announcement>,
    zone: &Zone,
) -> ShopResult<Announcement> {
    let mut wrong = FieldErrors::default();
    let said = Text::from(locale());
    let text = form.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        wrong.add("text", said.text_wanted());
    } else if text.chars().count() > MAX_TEXT {
        wrong.add("text", said.too_long(&MAX_TEXT.to_string()));
    }
    let wanted = Some(form.link.trim()).filter(|typed| !typed.is_empty());
    let link = wanted.and_then(link);
    if wanted.is_some() && link.is_none() {
        wrong.add("link", no_link());
    }
    let moments = [("starts", &form.starts), ("ends", &form.ends)].map(|(field, typed)| {
        let typed = typed.trim();
        let moment = zone.at_minute(typed);
        if moment.is_none() && !typed.is_empty() {
            wrong.add(field, said.time_wanted());
        }
        moment
    });
    if let [Some(start), Some(end)] = moments
        && end <= start
    {
        wrong.add("ends", said.ends_too_soon());
    }
    let [starts_at, ends_at] = moments;
    wrong.or(Announcement {
        id: before.map_or_else(new_id, |before| before.id.clone()),
        text,
        link,
        starts_at,
        ends_at,
        version: before.map_or(1, |before| before.version + 1),
    })
}

#[async_trait]
impl Announcements for AnnouncementService {
    fn in_language(&self, language: Locale) -> Arc<dyn Announcements> {
        Arc::new(Self {
            language: Some(language),
            ..self.clone()
        })
    }

    async fn announced(&self) -> ShopResult<Announced> {
        let this = self.clone();
        let load = move || {
            let this = this.clone();
            async move { this.shown().await }
        };
        let entry = self.language.map_or("all", Locale::code);
        let all = self.kept.get(entry, &[Topic::lists()], load).await?;
        Ok(Announced::at(self.parts.clock.now(), &all))
    }

    async fn all(&self) -> ShopResult<(Vec<Announcement>, i64)> {
        let all = store::all(self.parts.db.reader()).await?;
        Ok((all, self.parts.clock.now()))
    }

    async fn save(&self, actor: &Account, form: AnnouncementForm) -> ShopResult<AnnouncementSaved> {
        let db = &self.parts.db;
        let zone = Zone::named(&self.parts.settings.now().await?.time_zone);
        let mut tx = db.begin().await?;
        let all = store::lock(&mut tx, db.dialect()).await?;
        let before = match form.id.trim() {
            "" if all.len() >= MAX_ANNOUNCEMENTS => {
                let words = Text::from(locale()).too_many(&MAX_ANNOUNCEMENTS.to_string());
                return Err(ShopError::new(ErrorKind::Conflict, words));
            }
            "" => None,
            id => {
                let found = all.iter().find(|one| one.id == id);
                Some(found.ok_or_else(ShopError::not_found)?)
            }
        };
        if let Some(before) = before
            && form.version.trim().parse() != Ok(before.version)
        {
            return Err(ShopError::new(
                ErrorKind::Conflict,
                Text::from(locale()).changed_since(),
            ));
        }
        let after = checked(&form, before, &zone)?;
        store::write(&mut tx, &after).await?;
        let originals = HashMap::from([(after.id.as_str(), vec![(TEXT, after.text.as_str())])]);
        let kind = Kind::Announcement;
        translations::mark_stale(&mut tx, db.dialect(), kind, &originals).await?;
        let action = match before {
            Some(_) => "announcement.update",
            None => "announcement.create",
        };
        self.finish(tx, actor, action, before, Some(&after)).await?;
        Ok(AnnouncementSaved {
            id: after.id,
            version: after.version,
        })
    }

    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let db = &self.parts.db;
        let mut tx = db.begin().await?;
        let all = store::lock(&mut tx, db.dialect()).await?;
        let before = all.iter().find(|one| one.id == id);
        let before = before.ok_or_else(ShopError::not_found)?;
        store::delete(&mut tx, id).await?;
        translations::forget(&mut tx, Kind::Announcement, id).await?;
        self.finish(tx, actor, "announcement.delete", Some(before), None)
            .await?;
        Ok(())
    }
}
