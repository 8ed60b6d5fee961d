//! The demo catalogue in German: its texts with their translations, found by the English ones. What someone has
//! translated already, or written otherwise, stays as it is.

use std::{
    collections::{BTreeSet, HashMap},
    io::Cursor,
};

use app::locale::Locale;

use crate::{
    catalog::write::{CatalogWrite, StockReason, StoredProduct},
    clock::Clock,
    error::{Error, Result},
    store::Store,
    text::sort_key,
    translations::{self, Change, Kind, NAME, TITLE, digest, value_field},
};

const TEXTS: &[u8] = include_bytes!("../../demo/german.csv");

app::words! {
    /// What a text is of: the same word may be translated otherwise elsewhere.
    #[derive(PartialOrd, Ord)]
    enum Part {
        /// Of a product or one of its pictures.
        Text = "text",
        Category = "category",
        Tag = "tag",
        Option = "option",
        Value = "value",
    }
}

struct German(HashMap<(Part, String), String>);

/// A text that has to be translated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Original {
    subject_id: String,
    field: String,
    text: String,
}

impl German {
    fn read() -> Result<Self> {
        let unsound = |why: String| Error::Invariant(format!("the German demo is sound: {why}"));
        let mut texts = HashMap::new();
        for row in csv::Reader::from_reader(Cursor::new(TEXTS)).deserialize() {
            let (part, english, german): (Part, String, String) =
                row.map_err(|error| unsound(error.to_string()))?;
            texts.insert((part, english), german);
        }
        Ok(Self(texts))
    }

    /// What is to be kept of those that nobody has translated yet.
    async fn missing(
        &self,
        db: &Store,
        kind: Kind,
        originals: impl IntoIterator<Item = (Part, Original)>,
    ) -> Result<Vec<Change>> {
        let originals: Vec<_> = originals.into_iter().collect();
        let subjects: BTreeSet<_> = originals
            .iter()
            .map(|(_, original)| original.subject_id.as_str())
            .collect();
        let subjects: Vec<_> = subjects.into_iter().collect();
        let known = translations::of(db, kind, &subjects, Locale::De).await?;
        let mut changes = Vec::new();
        for (part, original) in originals {
            let Original {
                subject_id,
                field,
                text,
            } = original;
            if known.text(&subject_id, &field).is_some() {
                continue;
            }
            let source_digest = digest(&text);
            let Some(german) = self.0.get(&(part, text)) else {
                continue;
            };
            changes.push(Change {
                sort_key: match field == TITLE {
                    true => sort_key(german),
                    false => String::new(),
                },
                subject_id,
                field,
                text: german.clone(),
                source_digest,
                stale: false,
            });
        }
        Ok(changes)
    }
}

/// Translates the products of these addresses, and what they are sorted and chosen by.
pub async fn translate(db: &Store, clock: &dyn Clock, slugs: &BTreeSet<String>) -> Result<()> {
    let german = German::read()?;
    let (mut options, mut tags) = (BTreeSet::new(), BTreeSet::new());
    let begin = || CatalogWrite::begin(db, clock.now(), "seed", StockReason::Import);
    let mut write = begin().await?;
    for slug in slugs {
        let Some(id) = write.id_of_slug(slug).await? else {
            continue;
        };
        let Some(stored) = write.stored(&id).await? else {
            continue;
        };
        let texts = texts(&stored).map(|text| (Part::Text, text));
        let changes = german.missing(db, Kind::Product, texts).await?;
        if !changes.is_empty() {
            write
                .translate_product(&stored, Locale::De, &changes)
                .await?;
        }
        options.extend(option_words(&stored));
        tags.extend(stored.draft.tags.iter().cloned());
    }
    write.commit().await?;

    let mut write = begin().await?;
    let categories = write.stored_categories().await?.into_iter();
    let categories = categories.map(|category| (Part::Category, name(category.id, category.name)));
    let tags = tags
        .into_iter()
        .map(|tag| (Part::Tag, name(tag.clone(), tag)));
    for (kind, changes) in [
        (
            Kind::Category,
            german.missing(db, Kind::Category, categories).await?,
        ),
        (Kind::Tag, german.missing(db, Kind::Tag, tags).await?),
        (
            Kind::Option,
            german.missing(db, Kind::Option, options).await?,
        ),
    ] {
        if !changes.is_empty() {
            write
                .translate_everywhere(kind, Locale::De, &changes)
                .await?;
        }
    }
    write.commit().await?;
    Ok(())
}

/// Its own, and what its pictures show.
fn texts(stored: &StoredProduct) -> impl Iterator<Item = Original> + '_ {
    let own = stored.draft.originals().into_iter();
    let own = own.map(|(field, text)| (field.to_owned(), text));
    let all = own.chain(stored.draft.alts());
    all.filter(|(_, text)| !text.is_empty())
        .map(move |(field, text)| Original {
            subject_id: stored.id.clone(),
            field,
            text: text.to_owned(),
        })
}

/// The names of its options and their values. Options are known by their names in lower case.
fn option_words(stored: &StoredProduct) -> Vec<(Part, Original)> {
    let mut words = Vec::new();
    for (at, option) in stored.draft.options.iter().enumerate() {
        let key = option.to_lowercase();
        words.push((Part::Option, name(key.clone(), option.clone())));
        let values = stored.draft.variants.iter();
        for value in values.filter_map(|variant| variant.options.get(at)) {
            words.push((
                Part::Value,
                Original {
                    subject_id: key.clone(),
                    field: value_field(value),
                    text: value.clone(),
                },
            ));
        }
    }
    words
}

fn name(subject_id: String, text: String) -> Original {
    Original {
        subject_id,
        field: NAME.to_owned(),
        text,
    }
}
