//! Translating products, categories, drops, announcements, the front page, pages, menus, shipping and payment methods. Every change is
//! written down in the audit log, in the transaction that makes it.

mod alts;
mod feature;
mod file;
mod files;
mod groups;
mod pages;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_translations_text.rs"));
}
mod texts;

use std::{collections::BTreeSet, sync::Arc};

use app::{
    error::{ShopError, ShopResult},
    identity::Account,
    locale::{Locale, locale},
};
use async_trait::async_trait;
use desk::admin::translations::{
    ports::{
        Group, ProductTexts, Subject, TranslationAdmin, TranslationField, TranslationState,
        may_translate, no_such_language, targets,
    },
    types::TextForm,
};
use serde_json::{Map, Value, json};
use texts::Text;

use crate::{
    audit_log,
    catalog::write::{CatalogWrite, StockReason, StoredProduct},
    clock::Clock,
    db::Tx,
    error::Result,
    ids::is_id,
    settings::Settings,
    store::Store,
    translations::{self, Change, Kind},
};

/// What is said to those who are refused, in their language.
fn said() -> text::Text {
    text::Text::from(locale())
}

pub struct TranslationService {
    db: Store,
    settings: Settings,
    clock: Arc<dyn Clock>,
}

impl TranslationService {
    pub fn new(db: Store, settings: Settings, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            settings,
            clock,
        }
    }

    async fn write(&self, actor: &Account) -> Result<CatalogWrite> {
        let (now, reason) = (self.clock.now(), StockReason::Adjustment);
        CatalogWrite::begin(&self.db, now, &actor.email, reason).await
    }

    async fn texts_of_product(
        &self,
        write: &mut CatalogWrite,
        stored: &StoredProduct,
        language: Locale,
    ) -> Result<Vec<Text>> {
        let mut texts = texts::of_product(&stored.id, &stored.draft);
        let options = stored.draft.options.iter();
        let keys: Vec<String> = options.map(|option| option.to_lowercase()).collect();
        for (kind, subjects) in [
            (Kind::Product, vec![stored.id.clone()]),
            (Kind::Option, keys),
            (Kind::Tag, stored.draft.tags.clone()),
        ] {
            let (dialect, tx) = (self.db.dialect(), write.tx());
            let all = translations::stored(&mut **tx, dialect, kind, &subjects, language).await?;
            texts::with_stored(&mut texts, kind, all);
        }
        Ok(texts)
    }

    async fn texts_of(
        &self,
        write: &mut CatalogWrite,
        group: Group,
        language: Locale,
    ) -> Result<Vec<Text>> {
        let mut texts = match group {
            Group::Categories => groups::categories(write.tx()).await?,
            Group::Collections => groups::collections(write.tx()).await?,
            Group::Drops => groups::drops(write.tx()).await?,
            Group::Announcements => groups::announcements(write.tx()).await?,
            Group::Home => groups::home(write.tx()).await?,
            Group::Menus => groups::menus(write.tx()).await?,
            Group::Shipping => groups::shipping(write.tx()).await?,
            Group::Payment => groups::payment(write.tx()).await?,
        };
        let kind = groups::kind(group);
        let ids: BTreeSet<&String> = texts.iter().map(|text| &text.subject_id).collect();
        let ids: Vec<String> = ids.into_iter().cloned().collect();
        let (dialect, tx) = (self.db.dialect(), write.tx());
        let stored = translations::stored(&mut **tx, dialect, kind, &ids, language).await?;
        texts::with_stored(&mut texts, kind, stored);
        // What says nothing in either language is no text.
        texts.retain(|text| !text.original.is_empty() || text.stored.is_some());
        Ok(texts)
    }
}

/// Who saved texts of what, in which language.
struct Note<'a> {
    actor: &'a Account,
    now: i64,
    /// Kind and id, for the audit log.
    subject: (&'a str, &'a str),
    language: Locale,
}

async fn note(tx: &mut Tx, note: Note<'_>, changes: &[(&Text, Change)]) -> Result<()> {
    let (mut before, mut after) = (Map::new(), Map::new());
    for (text, change) in changes {
        let mut name = called(text);
        // Two items of a menu may have the same label.
        while after.contains_key(&name) {
            name.push('*');
        }
        let stored = text.stored.as_ref().map(|stored| &stored.text);
        before.insert(name.clone(), json!(stored));
        after.insert(name, json!(change.text));
    }
    let code = note.language.code();
    let summary = |texts| json!({ "language": code, "texts": Value::Object(texts) });
    audit_log::record(
        tx,
        note.now,
        &note.actor.email,
        "translation.save",
        note.subject,
        Some(summary(before)),
        Some(summary(after)),
    )
    .await
}

/// Whether texts are translated into this language.
async fn is_target(settings: &Settings, language: Locale) -> ShopResult<bool> {
    let settings = settings.now().await?;
    Ok(may_translate(&settings, language))
}

/// Refuses to save in the language that texts are written in.
async fn check(settings: &Settings, language: Locale) -> ShopResult<()> {
    match is_target(settings, language).await? {
        true => Ok(()),
        false => Err(no_such_language()),
    }
}

/// Refuses to show one.
async fn find(settings: &Settings, language: Locale) -> ShopResult<()> {
    match is_target(settings, language).await? {
        true => Ok(()),
        false => Err(ShopError::not_found()),
    }
}

/// Letters of an original that tell it from others.
const CALLED: usize = 60;

/// What the audit log calls a text.
fn called(text: &Text) -> String {
    match &text.subject {
        Subject::Category
        | Subject::Collection
        | Subject::Drop
        | Subject::Announcement
        | Subject::MenuItem(_)
        | Subject::Shipping
        | Subject::Payment => text.original.chars().take(CALLED).collect(),
        Subject::CategoryText(of) | Subject::ShippingText(of) | Subject::PaymentText(of) => {
            format!("{of}, {}", text.field)
        }
        Subject::Block(number, _) => format!("{number}, {}", text.field),
        _ => text.name.clone(),
    }
}

fn of_kind(changes: &[(&Text, Change)], kind: Kind) -> Vec<Change> {
    let changes = changes.iter().filter(|(text, _)| text.kind == kind);
    changes.map(|(_, change)| change.clone()).collect()
}

fn shown(texts: Vec<Text>) -> Vec<TranslationField> {
    texts.into_iter().map(Text::shown).collect()
}

#[async_trait]
impl TranslationAdmin for TranslationService {
    async fn product(&self, id: &str, language: Locale) -> ShopResult<ProductTexts> {
        find(&self.settings, language).await?;
        let mut read = CatalogWrite::begin_reading(&self.db).await?;
        let stored = read.existing(id).await?;
        let texts = self.texts_of_product(&mut read, &stored, language).await?;
        read.rollback().await?;
        Ok(ProductTexts {
            id: stored.id,
            title: stored.draft.title,
            fields: shown(texts),
        })
    }

    async fn save_product(
        &self,
        actor: &Account,
        id: &str,
        language: Locale,
        forms: Vec<TextForm>,
    ) -> ShopResult<()> {
        check(&self.settings, language).await?;
        let mut write = self.write(actor).await?;
        let stored = write.existing(id).await?;
        let texts = self.texts_of_product(&mut write, &stored, language).await?;
        let changes = texts::changes(&texts, &forms)?;
        if changes.is_empty() {
            write.rollback().await?;
            return Ok(());
        }
        let own = of_kind(&changes, Kind::Product);
        write.translate_product(&stored, language, &own).await?;
        for kind in [Kind::Option, Kind::Tag] {
            let words = of_kind(&changes, kind);
            if !words.is_empty() {
                write.translate_everywhere(kind, language, &words).await?;
            }
        }
        let saved = Note {
            actor,
            now: self.clock.now(),
            subject: ("translation", stored.id.as_str()),
            language,
        };
        note(write.tx(), saved, &changes).await?;
        write.commit().await?;
        Ok(())
    }

    async fn progress(&self, id: &str) -> ShopResult<Vec<(Locale, TranslationState)>> {
        let settings = self.settings.now().await?;
        let languages = targets(&settings);
        if languages.is_empty() || !is_id(id) {
            return Ok(Vec::new());
        }
        let mut read = CatalogWrite::begin_reading(&self.db).await?;
        let stored = read.existing(id).await?;
        let mut progress = Vec::new();
        for language in languages {
            let texts = self.texts_of_product(&mut read, &stored, language).await?;
            let states = shown(texts)
                .into_iter()
                // What search engines are told and what options are called need no translation.
                .filter(|field| matches!(field.subject, Subject::Title | Subject::Description))
                .filter(|field| !field.original.is_empty())
                .map(|field| field.state);
            let worst = states.max().unwrap_or(TranslationState::Missing);
            progress.push((language, worst));
        }
        read.rollback().await?;
        Ok(progress)
    }

    async fn texts(&self, group: Group, language: Locale) -> ShopResult<Vec<TranslationField>> {
        find(&self.settings, language).await?;
        let mut read = CatalogWrite::begin_reading(&self.db).await?;
        let texts = self.texts_of(&mut read, group, language).await?;
        read.rollback().await?;
        Ok(shown(texts))
    }

    async fn save_texts(
        &self,
        actor: &Account,
        group: Group,
        language: Locale,
        forms: Vec<TextForm>,
    ) -> ShopResult<()> {
        check(&self.settings, language).await?;
        let mut write = self.write(actor).await?;
        groups::lock(write.tx(), &self.db, group).await?;
        let texts = self.texts_of(&mut write, group, language).await?;
        let changes = texts::changes(&texts, &forms)?;
        if changes.is_empty() {
            write.rollback().await?;
            return Ok(());
        }
        let kind = groups::kind(group);
        let own = of_kind(&changes, kind);
        write.translate_everywhere(kind, language, &own).await?;
        let saved = Note {
            actor,
            now: self.clock.now(),
            subject: (group.as_str(), language.code()),
            language,
        };
        note(write.tx(), saved, &changes).await?;
        write.commit().await?;
        Ok(())
    }

    async fn file(&self, language: Locale) -> ShopResult<Vec<u8>> {
        self.written_file(language).await
    }

    async fn take_file(
        &self,
        actor: &Account,
        language: Locale,
        file: Vec<u8>,
    ) -> ShopResult<usize> {
        self.saved_file(actor, language, &file).await
    }
}
