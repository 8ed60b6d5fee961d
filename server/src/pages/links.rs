//! Links to the pages that every shop has.

use app::{
    locale::Locale,
    pages::types::{PageKind, PageLink, StandardPages},
};

use crate::{
    db::{Sql, from_row},
    error::Result,
    store::Store,
    translations::{self, Kind, TITLE},
};

struct Linked {
    id: String,
    kind: PageKind,
    slug: String,
    title: String,
    publish_at: i64,
}

from_row!(Linked {
    id,
    kind,
    slug,
    title,
    publish_at
});

/// Those that are seen now, and when the next one is; `language` is that of titles, if they are translated.
pub async fn standard_pages(
    db: &Store,
    now: i64,
    language: Option<Locale>,
) -> Result<StandardPages> {
    let sql = Sql::new(
        "SELECT id, kind, slug, title, publish_at FROM pages WHERE state = 'published' \
         AND publish_at IS NOT NULL AND kind <> 'free'",
    );
    let mut pages: Vec<Linked> = sql.fetch_all_as(db.reader()).await?;
    pages.sort_by_key(|page| PageKind::ALL.iter().position(|kind| *kind == page.kind));
    let later = pages.iter().map(|page| page.publish_at);
    let ends = later.filter(|from| *from > now).min();
    pages.retain(|page| page.publish_at <= now);
    if let Some(language) = language {
        let ids: Vec<&str> = pages.iter().map(|page| page.id.as_str()).collect();
        let texts = translations::of(db, Kind::Page, &ids, language).await?;
        for page in &mut pages {
            let id = page.id.clone();
            texts.put(&id, TITLE, &mut page.title);
        }
    }
    let links = pages.into_iter().map(|page| PageLink {
        kind: page.kind,
        slug: page.slug,
        title: page.title,
    });
    Ok(StandardPages {
        links: links.collect(),
        ends,
    })
}
