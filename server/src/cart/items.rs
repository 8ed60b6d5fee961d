//! What is to go into a cart, as it is on sale now. For guests who put something into their first carts in the same
//! moment it is looked up together, each variant once: of a sale all want the same few.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::{cart::ports::CartItem, catalog::types::variant_title, error::ShopError, locale::locale};
use async_trait::async_trait;

use super::{
    check::Offer,
    offers::SHELF,
    text::Text,
    view::{GoodsRow, goods},
};
use crate::{
    db::{Connection, Dialect, Rows, Sql, from_row},
    error::Result,
    ids::is_id,
    sale::{lines::Lines, terms::Source},
    store::Store,
    together::{Noted, Together, Work},
};

/// What is known of a variant when it goes into a cart.
pub(super) struct Addition {
    pub variant_id: String,
    pub title: String,
    pub variant_title: String,
    pub offer: Offer,
    pub source: Source,
    pub goods: GoodsRow,
}

/// A variant as it is found.
#[derive(Debug, Clone)]
struct FoundVariant {
    variant_id: String,
    options: Vec<String>,
    goods: GoodsRow,
}

from_row!(FoundVariant {
    variant_id,
    options: row,
    goods: row,
});

impl FoundVariant {
    /// Its id, if a drop has a say in it.
    fn in_drop(&self) -> Option<&str> {
        let is_in_drop = self.goods.is_in_drop;
        is_in_drop.then_some(self.variant_id.as_str())
    }
}

/// With what drops say of it.
#[derive(Debug, Clone)]
struct Found {
    variant: FoundVariant,
    drops: Lines,
}

/// Looks up what is to go into carts.
#[derive(Clone)]
pub(super) struct Items(Together<Looking>);

struct Looking {
    db: Store,
}

#[derive(Debug)]
struct Asked {
    item: CartItem,
    now: i64,
}

type Request = Arc<Asked>;

impl Items {
    pub fn new(db: Store) -> Self {
        Self(Together::new(Looking { db }))
    }

    pub async fn find(&self, now: i64, item: CartItem) -> Result<Addition> {
        if !may_be(&item) {
            return Err(no_such_variant().into());
        }
        let found = self.0.ask(Arc::new(Asked { item, now })).await?;
        addition(now, found)
    }
}

/// The same for one, as part of a transaction.
pub(super) async fn find_item(
    connection: &mut Connection,
    dialect: Dialect,
    now: i64,
    item: &CartItem,
) -> Result<Addition> {
    if !may_be(item) {
        return Err(no_such_variant().into());
    }
    addition(now, find(connection, dialect, now, item).await?)
}

/// Whether there may be such a variant at all. What no database can hold would fail with all that is looked up
/// beside it.
fn may_be(item: &CartItem) -> bool {
    match item {
        CartItem::Variant(id) => is_id(id),
        CartItem::Options { product_id, values } => {
            is_id(product_id) && !values.iter().any(|value| value.contains('\0'))
        }
    }
}

fn addition(now: i64, found: Option<Found>) -> Result<Addition> {
    let Found {
        variant: found,
        drops,
    } = found.ok_or_else(no_such_variant)?;
    let goods = found.goods;
    let shelf = goods.shelf.ok_or_else(no_such_variant)?;
    let terms = drops.terms(&found.variant_id, shelf);
    // Of what is secret nobody learns that it is there.
    if !terms.is_seen && shelf.shown_from > now {
        return Err(no_such_variant().into());
    }
    Ok(Addition {
        title: goods.product_title.clone().unwrap_or_default(),
        variant_title: variant_title(&found.options),
        offer: Offer::from(&terms),
        source: terms.source,
        variant_id: found.variant_id,
        goods,
    })
}

fn no_such_variant() -> ShopError {
    ShopError::field("variant_id", Text::from(locale()).no_such_variant())
}

#[async_trait]
impl Work for Looking {
    type Request = Request;
    type Answer = Option<Found>;

    const UNDER_WAY: usize = 2;
    const NOTED: Noted = Noted::WithFirst;

    async fn all(&self, asked: Vec<Request>) -> Result<Vec<Result<Option<Found>>>> {
        let items: BTreeSet<&CartItem> = asked.iter().map(|one| &one.item).collect();
        let items: Vec<&CartItem> = items.into_iter().collect();
        let times = asked.iter().map(|one| one.now);
        let now = times.max().unwrap_or_default();
        if let [item] = items.as_slice() {
            let found = find_one(&self.db, now, item).await?;
            return Ok(asked.iter().map(|_| Ok(found.clone())).collect());
        }
        let found = find_all(&self.db, now, &items).await?;
        let found_of =
            |one: &Request| -> Result<Option<Found>> { Ok(found.get(&one.item).cloned()) };
        Ok(asked.iter().map(found_of).collect())
    }
}

/// Columns of a [`FoundVariant`] besides those of its shelf and its goods.
const OPTIONS: &str = "v.id AS variant_id, v.option1, v.option2, v.option3";

/// A statement that reads variants, up to its condition.
fn reading() -> Sql {
    Sql::new(&format!(
        "SELECT {OPTIONS}, {SHELF}, {} \
         FROM variants v JOIN products p ON p.id = v.product_id WHERE ",
        goods("v.id")
    ))
}

fn one(item: &CartItem) -> Sql {
    let mut sql = reading();
    match item {
        CartItem::Variant(id) => {
            sql.push("v.id = ").text(id);
        }
        CartItem::Options {
            product_id,
            values: [one, two, three],
        } => {
            sql.push("v.product_id = ").text(product_id);
            sql.push(" AND v.option1 = ").text(one);
            sql.push(" AND v.option2 = ").text(two);
            sql.push(" AND v.option3 = ").text(three);
        }
    }
    sql
}

async fn find(
    connection: &mut Connection,
    dialect: Dialect,
    now: i64,
    item: &CartItem,
) -> Result<Option<Found>> {
    let variant: Option<FoundVariant> = one(item).fetch_optional_as(&mut *connection).await?;
    let Some(variant) = variant else {
        return Ok(None);
    };
    let drops = Lines::of_variants(connection, dialect, now, variant.in_drop().as_slice()).await?;
    Ok(Some(Found { variant, drops }))
}

/// The same where many ask at once.
async fn find_one(db: &Store, now: i64, item: &CartItem) -> Result<Option<Found>> {
    let mut found: Vec<FoundVariant> = db.look_by_key(one(item)).await?;
    let Some(variant) = found.pop() else {
        return Ok(None);
    };
    let drops = Lines::looked_up(db, now, variant.in_drop().as_slice()).await?;
    Ok(Some(Found { variant, drops }))
}

/// As [`find_one`] does it for one.
async fn find_all<'a>(
    db: &Store,
    now: i64,
    items: &[&'a CartItem],
) -> Result<BTreeMap<&'a CartItem, Found>> {
    let dialect = db.dialect();
    let mut ids = Vec::new();
    let mut choices = Vec::new();
    for item in items {
        match item {
            CartItem::Variant(id) => ids.push(id.as_str()),
            CartItem::Options { product_id, values } => {
                choices.push((product_id.as_str(), values));
            }
        }
    }
    let mut by_id: BTreeMap<String, FoundVariant> = BTreeMap::new();
    if !ids.is_empty() {
        let found: Vec<FoundVariant> = db.look_by_key(named(dialect, &ids)).await?;
        by_id.extend(found.into_iter().map(|one| (one.variant_id.clone(), one)));
    }
    let mut by_options: BTreeMap<CartItem, FoundVariant> = BTreeMap::new();
    if !choices.is_empty() {
        let found: Vec<Chosen> = db.look_by_key(chosen(dialect, &choices)).await?;
        by_options.extend(found.into_iter().map(Chosen::by_options));
    }
    let all = by_id.values().chain(by_options.values());
    let in_drops = all.filter(|variant| variant.goods.is_in_drop);
    let in_drops: BTreeSet<&str> = in_drops
        .map(|variant| variant.variant_id.as_str())
        .collect();
    let in_drops: Vec<&str> = in_drops.into_iter().collect();
    let drops = Lines::looked_up(db, now, &in_drops).await?;
    let found = items.iter().filter_map(|item| {
        let variant = match item {
            CartItem::Variant(id) => by_id.get(id),
            CartItem::Options { .. } => by_options.get(*item),
        };
        let variant = variant?.clone();
        let drops = drops.only([variant.variant_id.as_str()]);
        Some((*item, Found { variant, drops }))
    });
    Ok(found.collect())
}

fn named(dialect: Dialect, ids: &[&str]) -> Sql {
    let mut sql = reading();
    sql.push("v.id").among(dialect, ids);
    sql
}

/// A variant that is found by its options.
struct Chosen {
    product_id: String,
    values: [String; 3],
    variant: FoundVariant,
}

from_row!(Chosen {
    product_id,
    values: row,
    variant: row,
});

impl Chosen {
    fn by_options(self) -> (CartItem, FoundVariant) {
        let Self {
            product_id,
            values,
            variant,
        } = self;
        (CartItem::Options { product_id, values }, variant)
    }
}

fn chosen(dialect: Dialect, choices: &[(&str, &[String; 3])]) -> Sql {
    let products: BTreeSet<&str> = choices.iter().map(|(product_id, _)| *product_id).collect();
    let mut rows = Rows::default();
    rows.text("product", choices.iter().map(|(product_id, _)| product_id))
        .text("one", choices.iter().map(|(_, [one, _, _])| one))
        .text("two", choices.iter().map(|(_, [_, two, _])| two))
        .text("three", choices.iter().map(|(_, [_, _, three])| three));
    let mut sql = Sql::new(&format!(
        "SELECT {OPTIONS}, {SHELF}, {} FROM ",
        goods("v.id")
    ));
    sql.given(dialect, rows);
    sql.push(
        " AS w JOIN variants v ON v.product_id = w.product AND v.option1 = w.one \
         AND v.option2 = w.two AND v.option3 = w.three \
         JOIN products p ON p.id = v.product_id WHERE true",
    );
    sql.and_among(dialect, "v.product_id", products);
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn variants_are_looked_up_by_id_and_by_options() {
        let planner = Planner::new().await;
        let steps = planner
            .by_index(named(Dialect::Sqlite, &["v", "w"]), "(id=?)")
            .await;
        let is_looked_up = |step: &String| step.starts_with("SEARCH v USING INDEX");
        assert!(steps.iter().any(is_looked_up), "{steps:#?}");
        let values = ["", "", ""].map(str::to_owned);
        let sql = chosen(Dialect::Sqlite, &[("p", &values), ("q", &values)]);
        planner.begins_with_given(sql, "v").await;
        planner.db.close().await;
    }

    #[test]
    fn what_no_database_can_hold_is_not_looked_up() {
        let by_options = |product_id: &str, value: &str| CartItem::Options {
            product_id: product_id.to_owned(),
            values: [value, "", ""].map(str::to_owned),
        };
        let id = crate::ids::new_id();
        assert!(may_be(&by_options(&id, "Red")));
        assert!(!may_be(&by_options(&id, "Red\0")));
        assert!(!may_be(&by_options("rope", "Red")));
        assert!(may_be(&CartItem::Variant(id)));
        assert!(!may_be(&CartItem::Variant("rope".to_owned())));
    }
}
