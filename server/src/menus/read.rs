//! Menus as they are shown: what items lead to, and what of it can be followed now.

use std::collections::HashMap;

use app::{
    catalog::address,
    locale::Locale,
    menus::types::{MenuChoices, MenuItem, MenuLink, MenuPlace, Menus, TargetKind},
};

use super::{
    store::{self, StoredItem},
    translated, tree,
};
use crate::{
    db::{Sql, from_row},
    error::Result,
    sale::seen::{push_is_seen, push_seen},
    store::Store,
};

/// What an item leads to.
struct Target {
    /// The path of what has one, an address as it is.
    href: String,
    title: String,
    visibility: Visibility,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visibility {
    Now,
    /// From this time on, in milliseconds since 1970.
    From(i64),
    Hidden,
}

struct Named {
    id: String,
    slug: String,
    title: String,
    is_seen: bool,
    seen_from: Option<i64>,
}

from_row!(Named {
    id,
    slug,
    title,
    is_seen,
    seen_from
});

/// The path of a slug.
type Path = fn(&str) -> String;

/// Selects what there is of a kind at a time, up to the condition on its ids.
type Select = fn(&mut Sql, i64);

/// Each kind that has rows: what selects those in a list of ids, and its path.
const KINDS: [(TargetKind, Select, Path); 4] = [
    (
        TargetKind::Category,
        // Up to three levels hold its products.
        |sql, now| {
            sql.push(
                "SELECT c.id, c.slug, c.name AS title, CASE WHEN EXISTS (SELECT 1 FROM products p \
                 JOIN categories k ON k.id = p.category_id LEFT JOIN categories u ON u.id = k.parent_id \
                 WHERE (k.id = c.id OR k.parent_id = c.id OR u.parent_id = c.id) AND ",
            );
            push_seen(sql, "p", now).push(
                ") THEN 1 ELSE 0 END AS is_seen, \
                 CAST(NULL AS BIGINT) AS seen_from FROM categories c WHERE c.id",
            );
        },
        address::category,
    ),
    (
        TargetKind::Collection,
        |sql, now| {
            sql.push(
                "SELECT c.id, c.slug, c.name AS title, CASE WHEN EXISTS (SELECT 1 FROM collection_entries e \
                 JOIN products p ON p.id = e.product_id WHERE e.collection_id = c.id AND ",
            );
            push_seen(sql, "p", now).push(
                ") THEN 1 ELSE 0 END AS is_seen, CAST(NULL AS BIGINT) AS seen_from \
                 FROM collections c WHERE c.id",
            );
        },
        address::collection,
    ),
    (
        TargetKind::Product,
        |sql, now| {
            sql.push("SELECT p.id, p.slug, p.title, CAST(NULL AS BIGINT) AS seen_from, ");
            push_is_seen(sql, "p", now).push(" FROM products p WHERE p.id");
        },
        address::product,
    ),
    (
        TargetKind::Page,
        |sql, _| {
            sql.push(
                "SELECT id, slug, title, CASE WHEN state = 'published' THEN 1 ELSE 0 END AS is_seen, \
                 publish_at AS seen_from FROM pages WHERE id",
            );
        },
        address::page,
    ),
];

type Targets = HashMap<(TargetKind, String), Target>;

async fn targets(db: &Store, now: i64, items: &[StoredItem]) -> Result<Targets> {
    let mut targets = Targets::new();
    for (kind, select, path) in KINDS {
        let ids: Vec<&str> = items
            .iter()
            .filter(|item| item.target_kind == kind)
            .map(|item| item.target.as_str())
            .collect();
        if ids.is_empty() {
            continue;
        }
        let mut sql = Sql::default();
        select(&mut sql, now);
        let parameter = sql.next();
        sql.push(db.dialect().in_json_array(parameter))
            .bind(serde_json::to_string(&ids)?);
        for row in sql.fetch_all_as::<Named>(db.reader()).await? {
            let visibility = match (row.is_seen, row.seen_from) {
                (false, _) => Visibility::Hidden,
                (true, Some(from)) if from > now => Visibility::From(from),
                (true, _) => Visibility::Now,
            };
            let target = Target {
                href: path(&row.slug),
                title: row.title,
                visibility,
            };
            targets.insert((kind, row.id), target);
        }
    }
    Ok(targets)
}

/// Both menus without what cannot be followed, with labels in a language; `None`: as they are written.
pub async fn shown(db: &Store, now: i64, language: Option<Locale>) -> Result<Menus> {
    let mut items = store::all(db.reader()).await?;
    if let Some(language) = language {
        translated::translate(db, &mut items, language).await?;
    }
    let targets = targets(db, now, &items).await?;
    let menu = |place: MenuPlace| {
        let of_place: Vec<StoredItem> = items
            .iter()
            .filter(|item| item.place == place)
            .cloned()
            .collect();
        (!of_place.is_empty()).then(|| links(&of_place, None, &targets))
    };
    let moments = targets
        .values()
        .filter_map(|target| match target.visibility {
            Visibility::From(moment) => Some(moment),
            Visibility::Now | Visibility::Hidden => None,
        });
    Ok(Menus {
        header: menu(MenuPlace::Header),
        footer: menu(MenuPlace::Footer),
        ends: moments.min(),
    })
}

/// The links below an item. One whose target cannot be followed is the heading of those below it, and
/// is not there without any.
fn links(items: &[StoredItem], parent: Option<&str>, targets: &Targets) -> Vec<MenuLink> {
    let below = items
        .iter()
        .filter(|item| item.parent_id.as_deref() == parent);
    below
        .filter_map(|item| {
            let below = links(items, Some(&item.id), targets);
            let href = href(item, targets);
            (href.is_some() || !below.is_empty()).then(|| MenuLink {
                label: item.label.clone(),
                href,
                below,
            })
        })
        .collect()
}

/// Where an item leads now.
fn href(item: &StoredItem, targets: &Targets) -> Option<String> {
    match item.target_kind {
        TargetKind::Heading => None,
        TargetKind::Address => Some(item.target.clone()),
        kind @ (TargetKind::Category
        | TargetKind::Collection
        | TargetKind::Product
        | TargetKind::Page) => targets
            .get(&(kind, item.target.clone()))
            .filter(|target| target.visibility == Visibility::Now)
            .map(|target| target.href.clone()),
    }
}

/// The items of a menu for its editor, each before those below it.
pub async fn items(db: &Store, now: i64, place: MenuPlace) -> Result<Vec<MenuItem>> {
    let mut items = store::all(db.reader()).await?;
    items.retain(|item| item.place == place);
    let targets = targets(db, now, &items).await?;
    let mut order = Vec::new();
    tree::in_order(&items, None, &mut order);
    let of_editor = order.into_iter().map(|item| {
        let target = targets.get(&(item.target_kind, item.target.clone()));
        let target_title = match (item.target_kind, target) {
            (TargetKind::Address, _) => item.target.clone(),
            // The editor's field takes its path.
            (TargetKind::Product, Some(target)) => target.href.clone(),
            (_, Some(target)) => target.title.clone(),
            (_, None) => String::new(),
        };
        let is_shown =
            href(item, &targets).is_some() || !links(&items, Some(&item.id), &targets).is_empty();
        MenuItem {
            id: item.id.clone(),
            place: item.place,
            parent_id: item.parent_id.clone(),
            label: item.label.clone(),
            target_kind: item.target_kind,
            target: item.target.clone(),
            target_title,
            is_shown,
            depth: tree::depth(&items, &item.id),
            version: item.version,
        }
    });
    Ok(of_editor.collect())
}

/// Categories and pages that an item can lead to.
pub async fn choices(db: &Store) -> Result<MenuChoices> {
    let categories = "SELECT id, name AS title FROM categories ORDER BY name_key";
    let collections = "SELECT id, name AS title FROM collections ORDER BY name_key";
    let pages = "SELECT id, title FROM pages ORDER BY title, id";
    Ok(MenuChoices {
        categories: named(db, TargetKind::Category, categories).await?,
        collections: named(db, TargetKind::Collection, collections).await?,
        pages: named(db, TargetKind::Page, pages).await?,
    })
}

async fn named(db: &Store, kind: TargetKind, sql: &str) -> Result<Vec<(String, String)>> {
    let named: Vec<(String, String)> = Sql::new(sql).fetch_all_as(db.reader()).await?;
    let choices = named
        .into_iter()
        .map(|(id, title)| (format!("{}:{id}", kind.as_str()), title));
    Ok(choices.collect())
}
