//! What of a product is sold out, and what of it may come back.

use app::{
    catalog::types::variant_title,
    locale::Locale,
    waiting_list::types::{AllTaken, SoldOut, SoldOutProduct, WaitKind},
};

use crate::{
    db::{Sql, from_row},
    error::Result,
    sale::{
        lines::Lines,
        seen::push_seen,
        taken::{self, Taken},
        terms::{Phase, Shelf, Source, Times},
    },
    store::Store,
    translations::{self, Kind, TITLE},
};

/// A variant that shoppers see, without any drop.
struct Row {
    variant_id: String,
    product_id: String,
    slug: String,
    title: String,
    options: Vec<String>,
    available: i64,
    price_minor: i64,
    sold_from: i64,
}

from_row!(Row {
    variant_id: "id",
    product_id,
    slug,
    title,
    options: row,
    available,
    price_minor,
    sold_from,
});

/// A drop that is announced.
struct Announced {
    id: String,
    times: Times,
}

from_row!(Announced { id, times: row });

fn select(now: i64) -> Sql {
    let mut sql = Sql::new(
        "SELECT v.id, v.product_id, v.option1, v.option2, v.option3, v.available, v.price_minor, p.sold_from, p.slug, p.title \
         FROM variants v JOIN products p ON p.id = v.product_id WHERE ",
    );
    push_seen(&mut sql, "p", now);
    sql
}

/// How a variant is sold now.
pub enum SaleState {
    /// There is some.
    InStock,
    /// There is none, and who waits for it waits so; for units of a drop, with its id.
    SoldOut(WaitKind, Option<String>),
    /// It is not sold yet.
    NotYet,
}

impl Row {
    fn sold(&self, lines: &Lines) -> SaleState {
        let shelf = Shelf {
            active: true,
            shown_from: 0,
            sold_from: self.sold_from,
            units: self.available,
            price_minor: self.price_minor,
        };
        let terms = lines.terms(&self.variant_id, shelf);
        match terms.source {
            Source::NotBefore { .. } => SaleState::NotYet,
            Source::Shelf | Source::Drop { .. } if terms.units > 0 => SaleState::InStock,
            Source::Shelf => SaleState::SoldOut(WaitKind::Notice, None),
            Source::Drop { id, .. } => SaleState::SoldOut(WaitKind::InTurn, Some(id)),
        }
    }
}

/// How this variant is sold; `None` if shoppers see no such one.
pub async fn variant(db: &Store, now: i64, variant_id: &str) -> Result<Option<SaleState>> {
    let mut sql = select(now);
    sql.push(" AND v.id = ").text(variant_id);
    let mut connection = db.reader().acquire().await?;
    let row: Option<Row> = sql.fetch_optional_as(&mut *connection).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let lines = Lines::of_variants(
        &mut connection,
        db.dialect(),
        now,
        &[row.variant_id.as_str()],
    )
    .await?;
    Ok(Some(row.sold(&lines)))
}

/// What of a product is sold out; `None` if shoppers see no such product. `language`, if its title is to be translated.
pub async fn product(
    db: &Store,
    now: i64,
    product_id: &str,
    language: Option<Locale>,
) -> Result<Option<SoldOutProduct>> {
    let mut sql = select(now);
    sql.push(" AND p.id = ")
        .text(product_id)
        .push(" ORDER BY v.position, v.id");
    let mut connection = db.reader().acquire().await?;
    let rows: Vec<Row> = sql.fetch_all_as(&mut *connection).await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let ids: Vec<&str> = rows.iter().map(|row| row.variant_id.as_str()).collect();
    let lines = Lines::of_variants(&mut connection, db.dialect(), now, &ids).await?;
    let taken = taken::of_variants(&mut connection, db.dialect(), &ids).await?;
    drop(connection);
    let mut product = SoldOutProduct {
        id: first.product_id.clone(),
        slug: first.slug.clone(),
        title: first.title.clone(),
        variants: Vec::new(),
        of: rows.len(),
    };
    for row in rows {
        let SaleState::SoldOut(kind, _) = row.sold(&lines) else {
            continue;
        };
        let taken = taken.get(&row.variant_id).copied().unwrap_or_default();
        product.variants.push(SoldOut {
            paying: taken.units,
            minutes: taken.minutes(now),
            variant_id: row.variant_id,
            variant_title: variant_title(&row.options),
            kind,
        });
    }
    if let Some(language) = language {
        let texts = translations::of(db, Kind::Product, &[product_id], language).await?;
        texts.put(product_id, TITLE, &mut product.title);
    }
    Ok(Some(product))
}

/// How the goods of a drop are; `None` if it is not one for shoppers.
pub async fn all_taken(db: &Store, now: i64, slug: &str) -> Result<Option<AllTaken>> {
    let mut sql = Sql::new("SELECT d.id, ");
    sql.push(crate::sale::lines::TIMES)
        .push(" FROM drops d WHERE d.state <> 'draft' AND d.slug = ")
        .text(slug);
    let mut connection = db.reader().acquire().await?;
    let drop: Option<Announced> = sql.fetch_optional_as(&mut *connection).await?;
    let Some(drop) = drop else {
        return Ok(None);
    };
    if drop.times.phase(now) != Some(Phase::Open) {
        return Ok(Some(AllTaken::default()));
    }
    let mut sql = Sql::new("SELECT variant_id, remaining FROM drop_lines WHERE drop_id = ");
    sql.text(&drop.id);
    let lines: Vec<(String, i64)> = sql.fetch_all_as(&mut *connection).await?;
    if lines.iter().any(|(_, remaining)| *remaining > 0) {
        return Ok(Some(AllTaken::default()));
    }
    let ids: Vec<&str> = lines.iter().map(|(id, _)| id.as_str()).collect();
    let taken = taken::of_variants(&mut connection, db.dialect(), &ids).await?;
    Ok(Some(AllTaken {
        all: true,
        paying: taken.values().map(|taken| taken.units).sum(),
        minutes: taken
            .values()
            .filter_map(|taken: &Taken| taken.minutes(now))
            .min(),
    }))
}
