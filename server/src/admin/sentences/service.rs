//! Changing the sentences: the port behind the admin's page.

use std::sync::Arc;

use app::{
    admin::sentences::{
        ports::{SentenceAdmin, SentencesView},
        types::{SentenceForm, SentencesSaved},
    },
    error::{ErrorKind, FieldError, ShopError, ShopResult},
    identity::Account,
    locale::{Locale, locale},
    sentences::{MAX_SENTENCE, Sentence, Sentences, Written},
    text::line_fault,
};
use async_trait::async_trait;
use serde_json::{Map, Value};

use super::text::Text;
use crate::{
    audit_log,
    clock::Clock,
    error::Error,
    settings::sentences,
    store::{ChangeSet, Store},
};

pub struct SentenceService {
    db: Store,
    clock: Arc<dyn Clock>,
}

impl SentenceService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }
}

/// What was typed, each sentence as one line, or everything that is wrong with it.
fn checked(typed: &[SentenceForm]) -> ShopResult<Vec<Written>> {
    let text = Text::from(locale());
    let (mut written, mut wrong) = (Vec::new(), Vec::new());
    // There is a field for each sentence in each language, and no more.
    let typed = typed.iter().take(Sentence::ALL.len() * Locale::ALL.len());
    for (at, form) in typed.enumerate() {
        let mut says = |message: String| {
            wrong.push(FieldError {
                field: format!("sentences[{at}][text]"),
                message,
            });
        };
        let line = form.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let of = Sentence::parse(&form.sentence).zip(Locale::of_code(&form.language));
        match (of, line_fault(&line, MAX_SENTENCE)) {
            (None, _) => says(text.no_such_sentence().to_owned()),
            (Some(_), Some(fault)) if !line.is_empty() => says(fault.words(MAX_SENTENCE)),
            (Some((sentence, language)), _) => written.push(Written {
                sentence,
                language,
                text: line,
            }),
        }
    }
    match wrong.is_empty() {
        true => Ok(written),
        false => Err(ShopError::fields(wrong)),
    }
}

/// What an entry of the trail says.
fn summary(sentences: &Sentences) -> Value {
    let entries = sentences.0.iter().map(|written| {
        let name = format!("{}_{}", written.sentence.as_str(), written.language.code());
        (name, Value::from(written.text.as_str()))
    });
    Value::Object(entries.collect::<Map<String, Value>>())
}

fn overtaken() -> ShopError {
    let words = Text::from(locale()).changed_since();
    ShopError::new(ErrorKind::Conflict, words)
}

#[async_trait]
impl SentenceAdmin for SentenceService {
    async fn sentences(&self) -> ShopResult<SentencesView> {
        let mut connection = self.db.reader().acquire().await.map_err(Error::from)?;
        Ok(SentencesView {
            version: sentences::version(&mut *connection).await?,
            sentences: sentences::read(&mut *connection).await?,
        })
    }

    async fn save(
        &self,
        actor: &Account,
        version: &str,
        typed: Vec<SentenceForm>,
    ) -> ShopResult<SentencesSaved> {
        let typed = checked(&typed)?;
        let version: i64 = version.trim().parse().map_err(|_| overtaken())?;
        let mut tx = self.db.begin().await?;
        if !sentences::take(&mut tx, version).await? {
            return Err(overtaken());
        }
        let before = sentences::read(&mut *tx).await?;
        for written in &typed {
            sentences::write(&mut tx, written).await?;
        }
        let after = sentences::read(&mut *tx).await?;
        if after == before {
            tx.rollback().await.map_err(Error::from)?;
            return Ok(SentencesSaved { version });
        }
        audit_log::record(
            &mut tx,
            self.clock.now(),
            &actor.email,
            "sentences.save",
            ("sentences", "shop"),
            Some(summary(&before)),
            Some(summary(&after)),
        )
        .await?;
        // One of them is on every page.
        let mut changes = ChangeSet::default();
        changes.everything();
        changes.commit(tx, &self.db).await?;
        Ok(SentencesSaved {
            version: version + 1,
        })
    }
}
