//! Changing the sentences: the port behind the admin's page.

use std::sync::Arc;

use app::{
    error::{FieldError, ShopError, ShopResult},
    identity::Account,
    locale::{Locale, locale},
    sentences::{MAX_SENTENCE, Sentence, Sentences, Written},
    text::line_fault,
};
use async_trait::async_trait;
use desk::admin::sentences::{
    ports::{SentenceAdmin, SentencesView},
    types::{SentenceForm, SentencesSaved},
};
use serde_json::{Map, Value};

use super::text::Text;
use crate::{
    admin::saving::{Kept, Saving, Shown, Stored},
    clock::Clock,
    db::Tx,
    error::Result,
    settings::sentences,
    store::Store,
};

pub struct SentenceService {
    saving: Saving,
}

impl SentenceService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            saving: Saving::new(db, clock),
        }
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

/// All sentences in all languages as one.
struct TheSentences;

#[async_trait]
impl Kept for TheSentences {
    type Value = Sentences;

    const NAME: &'static str = "sentences";
    const SHOWN: Shown = Shown::Everywhere;

    async fn read(&self, tx: &mut Tx) -> Result<Stored<Sentences>> {
        Ok(Stored {
            version: sentences::version(&mut **tx).await?,
            value: sentences::read(&mut **tx).await?,
        })
    }

    async fn write(
        &self,
        tx: &mut Tx,
        before: &Stored<Sentences>,
        after: &Sentences,
    ) -> Result<bool> {
        if !sentences::take(tx, before.version).await? {
            return Ok(false);
        }
        for sentence in Sentence::ALL {
            for language in Locale::ALL {
                let text = after.written(sentence, language);
                if text == before.value.written(sentence, language) {
                    continue;
                }
                let text = text.unwrap_or_default().to_owned();
                let written = Written {
                    sentence,
                    language,
                    text,
                };
                sentences::write(tx, &written).await?;
            }
        }
        Ok(true)
    }

    fn summary(sentences: &Sentences) -> Value {
        let entries = sentences.0.iter().map(|written| {
            let name = format!("{}_{}", written.sentence.as_str(), written.language.code());
            (name, Value::from(written.text.as_str()))
        });
        Value::Object(entries.collect::<Map<String, Value>>())
    }
}

#[async_trait]
impl SentenceAdmin for SentenceService {
    async fn sentences(&self) -> ShopResult<SentencesView> {
        let mut connection = self.saving.db().connection().await?;
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
        let saved = self.saving.save(&TheSentences, actor, version, |before| {
            Ok(typed.into_iter().fold(before.clone(), Sentences::with))
        });
        Ok(SentencesSaved {
            version: saved.await?,
        })
    }
}
