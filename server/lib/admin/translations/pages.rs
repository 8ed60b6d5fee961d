//! Translating the owner's pages, and how far these and the menus are translated.

use std::{collections::HashMap, sync::Arc};

use app::{
    catalog::limits::{MAX_SEO_DESCRIPTION, MAX_SEO_TITLE},
    error::{FieldError, ShopError, ShopResult},
    identity::Account,
    locale::Locale,
    pages::{
        gaps::gaps,
        types::{MAX_BODY, MAX_TITLE, PageState},
    },
};
use async_trait::async_trait;
use desk::admin::translations::{
    ports::{PageTexts, PageTranslations, Progress, Subject, TranslationState, targets},
    types::TextForm,
};

use super::{
    Note, check, find, note, said, shown,
    texts::{self, Text},
};
use crate::{
    clock::Clock,
    db::{Session, Tx},
    error::Result,
    ids::is_id,
    menus::translated as menus,
    pages::translated as pages,
    settings::Settings,
    store::{ChangeSet, Store},
    translations::{self, BODY, Change, Kind, LABEL, SEO_TITLE, TITLE},
};

pub struct PageTranslationService {
    db: Store,
    settings: Settings,
    clock: Arc<dyn Clock>,
}

impl PageTranslationService {
    pub fn new(db: Store, settings: Settings, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            settings,
            clock,
        }
    }

    /// The texts with what is stored of them.
    async fn with_stored(
        &self,
        read: impl Session,
        kind: Kind,
        mut texts: Vec<Text>,
        language: Locale,
    ) -> Result<Vec<Text>> {
        let mut ids: Vec<String> = texts.iter().map(|text| text.subject_id.clone()).collect();
        ids.dedup();
        let stored = translations::stored(read, self.db.dialect(), kind, &ids, language).await?;
        texts::with_stored(&mut texts, kind, stored);
        Ok(texts)
    }

    /// Stores what a form changes, and makes it seen.
    async fn commit(
        &self,
        mut tx: Tx,
        kind: Kind,
        saved: Note<'_>,
        changes: &[(&Text, Change)],
    ) -> Result<()> {
        let all: Vec<Change> = changes.iter().map(|(_, change)| change.clone()).collect();
        translations::set(&mut tx, kind, saved.language, saved.now, &all).await?;
        note(&mut tx, saved, changes).await?;
        let mut changes = ChangeSet::default();
        changes.around_pages();
        changes.commit(tx, &self.db).await?;
        Ok(())
    }

    /// How far each subject is, all of whose `fields` are to be translated.
    async fn progress(
        &self,
        kind: Kind,
        subjects: Vec<(String, Vec<&'static str>)>,
    ) -> ShopResult<Progress> {
        let settings = self.settings.now().await?;
        let languages = targets(&settings);
        if languages.is_empty() {
            return Ok(Progress::new());
        }
        let mut kept: HashMap<(String, String), Vec<(String, bool)>> = HashMap::new();
        for text in translations::kept(&self.db, kind).await? {
            kept.entry((text.subject_id, text.language))
                .or_default()
                .push((text.field, text.stale));
        }
        let state = |id: &str, fields: &[&str], language: Locale| {
            let texts = kept.get(&(id.to_owned(), language.code().to_owned()));
            let texts = texts.map(Vec::as_slice).unwrap_or_default();
            let has = |field: &&str| texts.iter().any(|(name, _)| name == field);
            match (
                texts.iter().any(|(_, stale)| *stale),
                fields.iter().all(has),
            ) {
                (true, _) => TranslationState::Stale,
                (false, true) => TranslationState::Current,
                (false, false) => TranslationState::Missing,
            }
        };
        let of_subject = |(id, fields): (String, Vec<&'static str>)| {
            let states = languages
                .iter()
                .map(|language| (*language, state(&id, &fields, *language)))
                .collect::<Vec<_>>();
            (id, states)
        };
        Ok(subjects.into_iter().map(of_subject).collect())
    }
}

/// What there is to translate of a page.
pub(super) fn of_page(page: &pages::Original) -> Vec<Text> {
    let of_field = |(field, original): (&'static str, &str)| {
        let (subject, most) = match field {
            TITLE => (Subject::Title, MAX_TITLE),
            BODY => (Subject::PageText, MAX_BODY),
            SEO_TITLE => (Subject::SeoTitle, MAX_SEO_TITLE),
            _ => (Subject::SeoDescription, MAX_SEO_DESCRIPTION),
        };
        Text {
            name: field.to_owned(),
            subject,
            kind: Kind::Page,
            subject_id: page.id.clone(),
            field: field.to_owned(),
            original: original.to_owned(),
            most,
            stored: None,
        }
    };
    pages::originals(page).map(of_field).into()
}

/// Refuses texts with gaps, each at its field.
fn whole(forms: &[TextForm]) -> ShopResult<()> {
    let mut wrong = Vec::new();
    for (at, form) in forms.iter().enumerate() {
        let gaps = gaps(&[&form.text]);
        if !gaps.is_empty() {
            wrong.push(FieldError {
                field: format!("texts[{at}][text]"),
                message: said().fill_in_the_gaps(&gaps.join(", ")),
            });
        }
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(ShopError::fields(wrong)),
    }
}

#[async_trait]
impl PageTranslations for PageTranslationService {
    async fn page(&self, id: &str, language: Locale) -> ShopResult<PageTexts> {
        find(&self.settings, language).await?;
        let page = match is_id(id) {
            true => pages::original(&self.db, id).await?,
            false => None,
        };
        let page = page.ok_or_else(ShopError::not_found)?;
        let texts = of_page(&page);
        let read = self.db.reader();
        let texts = self.with_stored(read, Kind::Page, texts, language).await?;
        Ok(PageTexts {
            id: page.id,
            title: page.title,
            fields: shown(texts),
        })
    }

    async fn save_page(
        &self,
        actor: &Account,
        id: &str,
        language: Locale,
        forms: Vec<TextForm>,
    ) -> ShopResult<()> {
        check(&self.settings, language).await?;
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        let mut tx = self.db.begin().await?;
        let page = pages::lock(&mut tx, &self.db, id).await?;
        let page = page.ok_or_else(ShopError::not_found)?;
        let (kind, texts) = (Kind::Page, of_page(&page));
        let texts = self.with_stored(&mut *tx, kind, texts, language).await?;
        let changes = texts::changes(&texts, &forms)?;
        if page.state == PageState::Published {
            whole(&forms)?;
        }
        if changes.is_empty() {
            return Ok(());
        }
        let saved = Note {
            actor,
            now: self.clock.now(),
            subject: ("page", &page.id),
            language,
        };
        self.commit(tx, kind, saved, &changes).await?;
        Ok(())
    }

    async fn pages(&self) -> ShopResult<Progress> {
        let written = pages::written(&self.db).await?;
        self.progress(Kind::Page, written).await
    }

    async fn menu_items(&self) -> ShopResult<Progress> {
        let items = menus::originals(self.db.reader()).await?;
        let items = items.into_iter().map(|item| (item.id, vec![LABEL]));
        self.progress(Kind::MenuItem, items.collect()).await
    }
}
