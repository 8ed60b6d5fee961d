//! Pages and a footer menu for a demo shop.

use app::{
    locale::Locale,
    menus::types::{MenuPlace, TargetKind},
    pages::templates::{self, Template},
};

use super::{
    store::{self, StoredItem},
    text::Text,
};
use crate::{
    clock::Clock,
    db::{Sql, Tx},
    error::Result,
    ids::new_id,
    pages::{self, demo::Example},
    store::{ChangeSet, Store},
    translations::{self, Change, Kind, LABEL, NAME, digest},
};

/// What an item is called.
struct Label {
    own: String,
    /// In the other languages.
    others: Vec<(Locale, String)>,
}

impl Label {
    /// As it is translated; where it is not, it is the same in all languages.
    async fn of_category(db: &Store, id: &str, name: String, written_in: Locale) -> Result<Self> {
        let mut names = Vec::new();
        for language in Locale::ALL {
            let mut text = name.clone();
            let known = translations::of(db, Kind::Category, &[id], language).await?;
            known.put(id, NAME, &mut text);
            names.push((language, text));
        }
        let own = names.iter().find(|(language, _)| *language == written_in);
        let own = own.map_or(name, |(_, text)| text.clone());
        names.retain(|(_, text)| *text != own);
        Ok(Self { own, others: names })
    }

    fn of(written_in: Locale, words: impl Fn(Locale) -> &'static str) -> Self {
        let others = Locale::ALL
            .into_iter()
            .filter(|language| *language != written_in);
        Self {
            own: words(written_in).to_owned(),
            others: others
                .map(|language| (language, words(language).to_owned()))
                .collect(),
        }
    }

    fn of_page(page: Example, written_in: Locale) -> Self {
        let title = |language| templates::of(page.kind, language).map(Template::title);
        let others = Locale::ALL
            .into_iter()
            .filter(|language| *language != written_in)
            .filter_map(|language| Some((language, title(language)?.to_owned())))
            .collect();
        Self {
            own: page.title,
            others,
        }
    }
}

struct Link {
    target_kind: TargetKind,
    target: String,
    label: Label,
}

/// Makes example pages and a footer menu that leads to them and to the categories, in all languages. A
/// shop that has pages or a menu keeps what it has.
pub async fn seed(db: &Store, clock: &dyn Clock, language: Locale) -> Result<()> {
    let made = pages::demo::seed(db, clock, language).await?;
    if made.is_empty() || !store::all(db.reader()).await?.is_empty() {
        return Ok(());
    }
    let categories: Vec<(String, String)> =
        Sql::new("SELECT id, name FROM categories ORDER BY position, name")
            .fetch_all_as(db.reader())
            .await?;
    let mut links = Vec::new();
    for (id, name) in categories {
        links.push(Link {
            target_kind: TargetKind::Category,
            label: Label::of_category(db, &id, name, language).await?,
            target: id,
        });
    }
    links.push(Link {
        target_kind: TargetKind::Address,
        target: "/products".to_owned(),
        label: Label::of(language, |language| {
            Text::from(language).demo_all_products()
        }),
    });
    let pages = made
        .into_iter()
        .map(|page| Link {
            target_kind: TargetKind::Page,
            target: page.id.clone(),
            label: Label::of_page(page, language),
        })
        .collect();
    let shop = Label::of(language, |language| Text::from(language).demo_shop());
    let information = Label::of(language, |language| Text::from(language).demo_information());
    let now = clock.now();
    let mut tx = db.begin().await?;
    column(&mut tx, now, 1, shop, links).await?;
    column(&mut tx, now, 2, information, pages).await?;
    let mut changes = ChangeSet::default();
    changes.around_pages();
    changes.commit(tx, db).await?;
    Ok(())
}

/// A heading of the footer with links below it.
async fn column(
    tx: &mut Tx,
    now: i64,
    position: i64,
    heading: Label,
    links: Vec<Link>,
) -> Result<()> {
    let item = |parent_id: Option<String>, position, label: &Label| StoredItem {
        id: new_id(),
        place: MenuPlace::Footer,
        parent_id,
        position,
        label: label.own.clone(),
        target_kind: TargetKind::Heading,
        target: String::new(),
        version: 1,
    };
    let top = item(None, position, &heading);
    insert(tx, now, &top, heading).await?;
    for (position, link) in (1_i64..).zip(links) {
        let below = StoredItem {
            target_kind: link.target_kind,
            target: link.target,
            ..item(Some(top.id.clone()), position, &link.label)
        };
        insert(tx, now, &below, link.label).await?;
    }
    Ok(())
}

async fn insert(tx: &mut Tx, now: i64, item: &StoredItem, label: Label) -> Result<()> {
    store::insert(tx, item).await?;
    for (language, text) in label.others {
        let change = Change {
            subject_id: item.id.clone(),
            field: LABEL.to_owned(),
            text,
            source_digest: digest(&label.own),
            sort_key: String::new(),
            stale: false,
        };
        translations::set(tx, Kind::MenuItem, language, now, &[change]).await?;
    }
    Ok(())
}
