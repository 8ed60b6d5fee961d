//! All texts of a language at once, but for titles and descriptions of products, which product files have: up
//! and down as a file.

use std::collections::{BTreeSet, HashMap, HashSet};

use app::{
    catalog::limits::{MAX_OPTION, MAX_TAG},
    error::{ShopError, ShopResult},
    identity::Account,
    locale::Locale,
    pages::{gaps::gaps, types::PageState},
};
use desk::admin::translations::{
    ports::{Group, Subject},
    types::TextForm,
};

use super::{
    Note, TranslationService, alts, check, file, find, groups, note, of_kind,
    pages::of_page,
    said,
    texts::{Refusal, Text, with_stored},
};
use crate::{
    catalog::write::CatalogWrite,
    db::{Sql, Tx, from_row},
    error::Result,
    pages::translated as pages,
    translations::{self, Change, Kind, NAME, value_field},
};

/// Texts that the audit log names of one file.
const MAX_NOTED: usize = 200;
/// Rows that are said to be wrong.
const MAX_WRONG: usize = 10;
/// Values of options, and tags, that a file has.
const MAX_WORDS: i64 = 10_000;

/// A value of an option, as some product has it.
struct Choice {
    key: String,
    name: String,
    value: String,
}

from_row!(Choice { key, name, value });

struct Tag {
    tag: String,
}

from_row!(Tag { tag });

fn word(kind: Kind, id: &str, field: String, original: String) -> Text {
    let (subject, most) = match kind {
        Kind::Tag => (Subject::Tag, MAX_TAG),
        _ => (Subject::OptionName, MAX_OPTION),
    };
    Text {
        name: format!("{id}:{field}"),
        subject,
        kind,
        subject_id: id.to_owned(),
        field,
        original,
        most,
        stored: None,
    }
}

async fn options(tx: &mut Tx) -> Result<Vec<Text>> {
    let mut sql = Sql::new(
        "SELECT key, MIN(name) AS name, value FROM product_choices GROUP BY key, value \
         ORDER BY key, value LIMIT ",
    );
    sql.int(MAX_WORDS);
    let all: Vec<Choice> = sql.fetch_all_as(&mut **tx).await?;
    let mut texts: Vec<Text> = Vec::new();
    for Choice { key, name, value } in all {
        if texts.last().is_none_or(|last| last.subject_id != key) {
            texts.push(word(Kind::Option, &key, NAME.to_owned(), name));
        }
        if !value.is_empty() {
            texts.push(word(Kind::Option, &key, value_field(&value), value));
        }
    }
    Ok(texts)
}

async fn tags(tx: &mut Tx) -> Result<Vec<Text>> {
    let mut sql = Sql::new("SELECT DISTINCT tag FROM product_tags ORDER BY tag LIMIT ");
    sql.int(MAX_WORDS);
    let all: Vec<Tag> = sql.fetch_all_as(&mut **tx).await?;
    let tags = all.into_iter();
    let texts = tags.map(|Tag { tag }| word(Kind::Tag, &tag, NAME.to_owned(), tag.clone()));
    Ok(texts.collect())
}

/// All texts, and which pages shoppers see.
struct All {
    texts: Vec<Text>,
    published: HashSet<String>,
}

impl TranslationService {
    async fn all(&self, write: &mut CatalogWrite, language: Locale) -> Result<All> {
        let mut texts = Vec::new();
        for group in Group::ALL {
            texts.extend(self.texts_of(write, group, language).await?);
        }
        let mut more = options(write.tx()).await?;
        more.extend(tags(write.tx()).await?);
        more.extend(alts::all(write.tx(), language).await?);
        let mut published = HashSet::new();
        for (id, _) in pages::written(&self.db).await? {
            let Some(page) = pages::original(&self.db, &id).await? else {
                continue;
            };
            if page.state == PageState::Published {
                published.insert(id);
            }
            let of_page = of_page(&page).into_iter();
            more.extend(of_page.filter(|text| !text.original.is_empty()));
        }
        for kind in [Kind::Option, Kind::Tag, Kind::Page, Kind::Product] {
            let ids = more.iter().filter(|text| text.kind == kind);
            let ids: HashSet<&String> = ids.map(|text| &text.subject_id).collect();
            let ids: Vec<String> = ids.into_iter().cloned().collect();
            let (dialect, tx) = (self.db.dialect(), write.tx());
            let stored = translations::stored(&mut **tx, dialect, kind, &ids, language).await?;
            with_stored(&mut more, kind, stored);
        }
        texts.extend(more);
        Ok(All { texts, published })
    }

    pub(super) async fn written_file(&self, language: Locale) -> ShopResult<Vec<u8>> {
        find(&self.settings, language).await?;
        let mut read = CatalogWrite::begin_reading(&self.db).await?;
        let all = self.all(&mut read, language).await?;
        read.rollback().await?;
        Ok(file::write(all.texts, language)?)
    }

    /// All rows of it, or none.
    pub(super) async fn saved_file(
        &self,
        actor: &Account,
        language: Locale,
        bytes: &[u8],
    ) -> ShopResult<usize> {
        check(&self.settings, language).await?;
        let rows = file::read(bytes, language)?;
        let mut write = self.write(actor).await?;
        groups::lock(write.tx(), &self.db, Group::Menus).await?;
        let of_pages = rows.iter().filter(|row| row.kind == Kind::Page.as_str());
        let of_pages: BTreeSet<&str> = of_pages.map(|row| row.id.as_str()).collect();
        for id in of_pages {
            pages::lock(write.tx(), &self.db, id).await?;
        }
        let of_products = rows.iter().filter(|row| row.kind == Kind::Product.as_str());
        let of_products = of_products.map(|row| row.id.as_str()).collect();
        alts::hold(write.tx(), self.db.dialect(), of_products).await?;
        let all = self.all(&mut write, language).await?;
        let changes = changes(&all, &rows)?;
        if changes.is_empty() {
            write.rollback().await?;
            return Ok(0);
        }
        for kind in Kind::ALL {
            let own = of_kind(&changes, kind);
            if !own.is_empty() {
                write.translate_everywhere(kind, language, &own).await?;
            }
        }
        let saved = Note {
            actor,
            now: self.clock.now(),
            subject: ("translation", language.code()),
            language,
        };
        let noted = &changes[..changes.len().min(MAX_NOTED)];
        note(write.tx(), saved, noted).await?;
        write.commit().await?;
        Ok(changes.len())
    }
}

fn changes<'a>(all: &'a All, rows: &[file::Row]) -> ShopResult<Vec<(&'a Text, Change)>> {
    let texts = all.texts.iter();
    let texts: HashMap<(&str, &str, &str), &Text> = texts
        .map(|text| {
            let key = (
                text.kind.as_str(),
                text.subject_id.as_str(),
                text.field.as_str(),
            );
            (key, text)
        })
        .collect();
    let mut changes = Vec::new();
    let mut wrong = Vec::new();
    for row in rows {
        let key = (row.kind.as_str(), row.id.as_str(), row.field.as_str());
        let change = match texts.get(&key) {
            None => Err(said().no_such_text().to_owned()),
            Some(text) => change(all, text, row).map(|change| change.map(|one| (*text, one))),
        };
        match change {
            Ok(change) => changes.extend(change),
            Err(words) => wrong.push(said().line_is_wrong(&row.line.to_string(), &words)),
        }
    }
    match wrong.is_empty() {
        true => Ok(changes),
        false => {
            wrong.truncate(MAX_WRONG);
            Err(ShopError::field("file", wrong.join(" ")))
        }
    }
}

fn change(all: &All, text: &Text, row: &file::Row) -> Result<Option<Change>, String> {
    if text.kind == Kind::Page && all.published.contains(&text.subject_id) {
        let gaps = gaps(&[&row.text]);
        if !gaps.is_empty() {
            return Err(said().fill_in_the_gaps(&gaps.join(", ")));
        }
    }
    let form = TextForm {
        name: text.name.clone(),
        text: row.text.clone(),
        was: row.was.clone(),
        source: row.source(&text.original),
        ..TextForm::default()
    };
    text.change(&form).map_err(Refusal::in_file)
}
