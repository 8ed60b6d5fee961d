//! Pages in another language than they are written in.

use app::{
    error::{ShopError, ShopResult},
    locale::Locale,
    pages::gaps::gaps,
};

use super::{
    demo, said,
    store::{self, StoredPage},
};
use crate::{
    db::{Sql, Tx, from_row},
    error::Result,
    store::Store,
    translations::{self, BODY, Kind, SEO_DESCRIPTION, SEO_TITLE, TITLE},
};

/// A page as it is written, for who translates it.
pub use super::store::StoredPage as Original;

/// What is translated of a page, by field.
pub fn originals(page: &Original) -> [(&'static str, &str); 4] {
    [
        (TITLE, &page.title),
        (BODY, &page.body),
        (SEO_TITLE, page.seo_title.as_deref().unwrap_or_default()),
        (
            SEO_DESCRIPTION,
            page.seo_description.as_deref().unwrap_or_default(),
        ),
    ]
}

/// A page, kept from being changed by someone else meanwhile.
pub async fn lock(tx: &mut Tx, db: &Store, id: &str) -> Result<Option<Original>> {
    store::lock(tx, db, id).await
}

pub async fn original(db: &Store, id: &str) -> Result<Option<Original>> {
    store::by_id(db, id).await
}

/// Ids of all pages, and the fields of each that have something to translate.
pub async fn written(db: &Store) -> Result<Vec<(String, Vec<&'static str>)>> {
    let pages: Vec<Written> =
        Sql::new("SELECT id, CASE WHEN body = '' THEN 0 ELSE 1 END AS has_body FROM pages")
            .fetch_all_as(db.reader())
            .await?;
    let fields = pages.into_iter().map(|page| {
        let fields = match page.has_body {
            true => vec![TITLE, BODY],
            false => vec![TITLE],
        };
        (page.id, fields)
    });
    Ok(fields.collect())
}

struct Written {
    id: String,
    has_body: bool,
}

from_row!(Written { id, has_body });

/// Puts translations in place of the page's own texts.
pub(super) async fn translate(db: &Store, page: &mut StoredPage, language: Locale) -> Result<()> {
    let texts = translations::of_catalog(db, Kind::Page, &[page.id.as_str()], language).await?;
    let id = page.id.clone();
    // What is written for search engines in another language does not fit a text that is translated.
    for (field, stands_for, text) in [
        (SEO_TITLE, TITLE, &mut page.seo_title),
        (SEO_DESCRIPTION, BODY, &mut page.seo_description),
    ] {
        match texts.text(&id, field) {
            Some(own) => *text = Some(own.to_owned()),
            None if texts.text(&id, stands_for).is_some() => *text = None,
            None => {}
        }
    }
    texts.put(&id, TITLE, &mut page.title);
    texts.put(&id, BODY, &mut page.body);
    Ok(())
}

/// Notes which translations were made from other texts than the page has now.
pub(super) async fn changed(tx: &mut Tx, db: &Store, page: &StoredPage) -> Result<()> {
    let texts = [(page.id.as_str(), originals(page).to_vec())].into();
    translations::mark_stale(tx, db.dialect(), Kind::Page, &texts).await
}

/// Forgets translations of a demonstration's page that still are examples: nothing says so of them once
/// the page is the owner's.
pub(super) async fn forget_examples(tx: &mut Tx, id: &str) -> Result<()> {
    for translated in translations::of_subject(tx, Kind::Page, id).await? {
        if !demo::has_example(&translated.text) {
            continue;
        }
        let (language, field) = (&translated.language, &translated.field);
        translations::forget_text(tx, Kind::Page, id, language, field).await?;
    }
    Ok(())
}

/// Refuses to publish a page one of whose translations still has gaps.
pub(super) async fn publishable(tx: &mut Tx, id: &str) -> ShopResult<()> {
    for translated in translations::of_subject(tx, Kind::Page, id).await? {
        let Some(language) = Locale::of_code(&translated.language) else {
            continue;
        };
        let gaps = gaps(&[&translated.text]);
        if !gaps.is_empty() {
            let words = said().translation_has_gaps(&gaps.join(", "), language.name());
            return Err(ShopError::field("state", words));
        }
    }
    Ok(())
}
