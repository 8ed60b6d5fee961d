//! What variants and cards say at this time: rows have what is on the shelf, and drops may say otherwise.

use std::collections::HashMap;

use app::catalog::types::{Card, OfDrop, Units, Variant};
use sqlx::any::AnyRow;

use crate::{
    db::{Cost, FromRow, Sql, from_row},
    error::Result,
    sale::{
        lines::Lines,
        terms::{Phase, Shelf, Terms},
    },
    store::Store,
};

/// A variant with what is on the shelf of it.
pub struct TimedVariant {
    pub variant: Variant,
    units: Units,
    low_stock: i64,
}

from_row!(TimedVariant {
    variant: row,
    units: row,
    low_stock,
});

/// The variants of a product as they are sold now, and the drop that sells some of them, or will next. Those that
/// no drop names are sold from `sold_from` on.
pub async fn at_this_time(
    db: &Store,
    (product_id, sold_from): (&str, i64),
    variants: Vec<TimedVariant>,
) -> Result<(Vec<Variant>, Option<OfDrop>)> {
    let now = db.now();
    let lines = Lines::of_products(db.catalog(), db.dialect(), now, &[product_id]).await?;
    let timed = variants.into_iter().map(|timed| {
        let mut variant = timed.variant;
        if !lines.names(&variant.id) && sold_from <= now {
            return variant;
        }
        let shelf = shelf(timed.units.available, variant.price_minor, sold_from);
        let terms = lines.terms(&variant.id, shelf);
        variant.price_minor = terms.price_minor;
        variant.compare_at_minor = struck_out(variant.compare_at_minor, terms.price_minor);
        variant.availability = terms.there(timed.units).availability(timed.low_stock);
        variant.sold_from = terms.source.not_before();
        variant
    });
    let variants = timed.collect();
    let of_drop = match lines.next_drop() {
        Some(id) => drop_of(db, id).await?,
        None => None,
    };
    Ok((variants, of_drop))
}

/// What is asked for has been found: whether it is seen was decided then.
const fn shelf(units: i64, price_minor: i64, sold_from: i64) -> Shelf {
    Shelf {
        active: true,
        shown_from: 0,
        sold_from,
        units,
        price_minor,
    }
}

/// A price from before is none that is not above today's.
fn struck_out(compare_at_minor: Option<i64>, price_minor: i64) -> Option<i64> {
    compare_at_minor.filter(|before| *before > price_minor)
}

from_row!(OfDrop {
    id,
    slug,
    title,
    opens_at,
    closes_at
});

async fn drop_of(db: &Store, id: &str) -> Result<Option<OfDrop>> {
    let mut sql = Sql::new("SELECT id, slug, title, opens_at, closes_at FROM drops WHERE id = ");
    sql.text(id);
    db.catalog().fetch_optional_as(Cost::Rows, sql).await
}

/// Cards from rows with the columns [`CARD_COLUMNS`](super::CARD_COLUMNS).
pub async fn cards(db: &Store, rows: &[AnyRow]) -> Result<Vec<Card>> {
    let mut cards = rows
        .iter()
        .map(Card::from_row)
        .collect::<Result<Vec<_>>>()?;
    put_at_this_time(db, cards.iter_mut().collect()).await?;
    Ok(cards)
}

/// What a card is made of again.
struct OfCard {
    id: String,
    product_id: String,
    price_minor: i64,
    sold_from: i64,
    units: Units,
    low_stock: i64,
}

from_row!(OfCard {
    id,
    product_id,
    price_minor,
    sold_from,
    units: row,
    low_stock,
});

/// Makes cards say what is sold now.
pub async fn put_at_this_time(db: &Store, cards: Vec<&mut Card>) -> Result<()> {
    let products: Vec<&str> = cards.iter().map(|card| card.id.as_str()).collect();
    let (dialect, now) = (db.dialect(), db.now());
    let lines = Lines::of_products(db.catalog(), dialect, now, &products).await?;
    put_as(db, cards, &lines, &Supposed::default()).await
}

/// What is supposed instead of what is stored.
#[derive(Debug, Default)]
pub struct Supposed {
    /// By product, from when is sold of it what no line names.
    pub sold_from: HashMap<String, i64>,
    /// By variant, units that have left its shelf.
    pub set_aside: HashMap<String, i64>,
}

impl Supposed {
    fn put(&self, variant: &mut OfCard) {
        if let Some(at) = self.sold_from.get(&variant.product_id) {
            variant.sold_from = *at;
        }
        if let Some(units) = self.set_aside.get(&variant.id) {
            // No more can be set aside than is there.
            let units = (*units).min(variant.units.on_shelf.max(0));
            variant.units.available -= units;
            variant.units.on_shelf -= units;
        }
    }
}

/// The same as these lines have it, at their time.
pub async fn put_as(
    db: &Store,
    cards: Vec<&mut Card>,
    lines: &Lines,
    supposed: &Supposed,
) -> Result<()> {
    // Most of the time there is no drop.
    if lines.is_empty() {
        return Ok(());
    }
    let dialect = db.dialect();
    let products: Vec<&str> = cards.iter().map(|card| card.id.as_str()).collect();
    let mut sql = Sql::new(
        "SELECT v.id, v.product_id, v.price_minor, v.available, p.sold_from, \
         CASE WHEN v.tracked = 1 THEN v.stock ELSE v.available END AS on_shelf, \
         (SELECT low_stock FROM shop_settings WHERE id = 1) AS low_stock \
         FROM variants v JOIN products p ON p.id = v.product_id WHERE v.product_id",
    );
    sql.push(dialect.in_json_array(1));
    let sql = sql.bind_only(serde_json::to_string(&products)?);
    let mut of: HashMap<String, Vec<OfCard>> = HashMap::new();
    let variants: Vec<OfCard> = db.catalog().fetch_all_as(Cost::Rows, sql).await?;
    for mut variant in variants {
        supposed.put(&mut variant);
        of.entry(variant.product_id.clone())
            .or_default()
            .push(variant);
    }
    for card in cards {
        let variants = of.remove(&card.id).unwrap_or_default();
        if variants.iter().any(|variant| lines.names(&variant.id)) {
            put(card, &variants, lines);
        }
    }
    Ok(())
}

fn put(card: &mut Card, variants: &[OfCard], lines: &Lines) {
    let of = |variant: &OfCard| {
        let shelf = shelf(
            variant.units.available,
            variant.price_minor,
            variant.sold_from,
        );
        let terms = lines.terms(&variant.id, shelf);
        let there = terms.there(variant.units);
        (terms, there)
    };
    let (terms, there): (Vec<Terms>, Vec<Units>) = variants.iter().map(of).unzip();
    let prices = || terms.iter().map(|terms| terms.price_minor);
    let (Some(low), Some(high)) = (prices().min(), prices().max()) else {
        return;
    };
    card.price_min_minor = low;
    card.price_max_minor = high;
    card.compare_at_minor = struck_out(card.compare_at_minor, low);
    // As of a card that no drop is about: of what there is most of.
    let most = |of: fn(&Units) -> i64| there.iter().map(of).max().unwrap_or(0);
    let units = Units {
        available: most(|units| units.available),
        on_shelf: most(|units| units.on_shelf),
    };
    let low_stock = variants.first().map_or(0, |variant| variant.low_stock);
    card.availability = units.availability(low_stock);
    let waits = terms.iter().map(|terms| terms.source.not_before());
    // If one of them can be had now, there is nothing to wait for.
    card.sold_from = waits
        .collect::<Option<Vec<_>>>()
        .and_then(|all| all.into_iter().min());
}

impl Lines {
    /// The drop that is open, or else the one that is the next to open.
    fn next_drop(&self) -> Option<&str> {
        let open = self
            .all()
            .filter(|line| self.phase(line) == Some(Phase::Open));
        let next = self
            .all()
            .filter(|line| self.phase(line) == Some(Phase::Before));
        let open = open.max_by_key(|line| line.times.opens_at);
        let line = open.or_else(|| next.min_by_key(|line| line.times.opens_at))?;
        Some(&line.drop_id)
    }
}
