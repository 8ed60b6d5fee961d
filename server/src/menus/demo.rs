//! Pages and a footer menu for a demo shop.

use app::{
    locale::Locale,
    menus::types::{MenuPlace, TargetKind},
};

use super::{
    store::{self, Stored},
    text::Text,
};
use crate::{
    clock::Clock,
    db::{Get, Sql, Tx},
    error::Result,
    ids::new_id,
    pages,
    store::{ChangeSet, Store},
};

/// Makes example pages and a footer menu that leads to them and to the categories. A shop that has pages
/// or a menu keeps what it has.
pub async fn seed(db: &Store, clock: &dyn Clock, language: Locale) -> Result<()> {
    let made = pages::demo::seed(db, clock, language).await?;
    if made.is_empty() || !store::all(db).await?.is_empty() {
        return Ok(());
    }
    let categories = Sql::new("SELECT id, name FROM categories ORDER BY position, name")
        .fetch_all(db.reader())
        .await?;
    let mut links = Vec::new();
    for row in &categories {
        links.push((TargetKind::Category, row.text("id")?, row.text("name")?));
    }
    let words = Text::from(language);
    let all = words.demo_all_products().to_owned();
    links.push((TargetKind::Address, "/products".to_owned(), all));
    let pages = made
        .into_iter()
        .map(|(id, title)| (TargetKind::Page, id, title))
        .collect();
    let mut tx = db.begin().await?;
    column(&mut tx, 1, words.demo_shop(), links).await?;
    column(&mut tx, 2, words.demo_information(), pages).await?;
    let mut changes = ChangeSet::default();
    changes.around_pages();
    changes.commit(tx, db).await?;
    Ok(())
}

/// A heading of the footer with links below it.
async fn column(
    tx: &mut Tx,
    position: i64,
    heading: &str,
    links: Vec<(TargetKind, String, String)>,
) -> Result<()> {
    let item = |parent_id: Option<String>, position, label: String| Stored {
        id: new_id(),
        place: MenuPlace::Footer,
        parent_id,
        position,
        label,
        target_kind: TargetKind::Heading,
        target: String::new(),
        version: 1,
    };
    let heading = item(None, position, heading.to_owned());
    store::insert(tx, &heading).await?;
    for (position, (target_kind, target, label)) in (1_i64..).zip(links) {
        let link = Stored {
            target_kind,
            target,
            ..item(Some(heading.id.clone()), position, label)
        };
        store::insert(tx, &link).await?;
    }
    Ok(())
}
