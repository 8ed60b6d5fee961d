//! What is in a drop, for its editor: read with the variants locked, as an order has them.

use std::collections::{BTreeMap, BTreeSet};

use app::{catalog::types::variant_title, drops::types::AdminLine};
use serde_json::to_string;

use super::{said, store::StoredDrop};
use crate::{
    buyer_limits::{
        decide::{Limit, Scope},
        edit as limits,
    },
    catalog::write::refresh_summaries,
    db::{Columns, Dialect, FromRow, Sql, Tx, from_row},
    error::Result,
    sale::{
        lines::TIMES,
        terms::{Times, shown_from, sold_from},
    },
    store::ChangeSet,
};

/// A line as it is stored, with what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLine {
    pub variant_id: String,
    pub position: i64,
    pub price_minor: Option<i64>,
    pub units: i64,
    pub remaining: i64,
    pub product: Option<Product>,
    pub variant_title: String,
    pub usual_minor: i64,
    pub stock: i64,
    pub tracked: bool,
    /// It was taken out of its product, and is not sold any more.
    pub is_archived: bool,
}

/// What a line's variant belongs to, or did: what is secret stays so when its variants become others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub active: bool,
}

from_row!(Product {
    id: "product_id",
    slug,
    title,
    active,
});

/// The columns of [`LINES`].
struct LineRow {
    variant_id: String,
    position: i64,
    price_minor: Option<i64>,
    units: i64,
    remaining: i64,
    product: Option<Product>,
    options: Vec<String>,
    usual_minor: i64,
    stock: i64,
    tracked: bool,
    is_archived: bool,
}

from_row!(LineRow {
    variant_id,
    position,
    price_minor,
    units,
    remaining,
    product: row_if "product_id",
    options: row,
    usual_minor,
    stock,
    tracked,
    is_archived: is_set "archived_at",
});

impl<R: Columns> FromRow<R> for StoredLine {
    fn from_row(row: &R) -> Result<Self> {
        let row = LineRow::from_row(row)?;
        Ok(Self {
            variant_id: row.variant_id,
            position: row.position,
            price_minor: row.price_minor,
            units: row.units,
            remaining: row.remaining,
            product: row.product,
            variant_title: variant_title(&row.options),
            usual_minor: row.usual_minor,
            stock: row.stock,
            tracked: row.tracked,
            is_archived: row.is_archived,
        })
    }
}

impl StoredLine {
    /// How it is called in one line of text.
    pub fn name(&self) -> String {
        crate::cart::check::line_title(self.title(), &self.variant_title)
    }

    fn title(&self) -> &str {
        let product = self.product.as_ref();
        product.map_or_else(|| said().gone_product(), |product| product.title.as_str())
    }

    pub fn for_editor(&self, limits: &[Limit]) -> AdminLine {
        let sold = self.product.as_ref().filter(|_| !self.is_archived);
        AdminLine {
            variant_id: self.variant_id.clone(),
            product_id: sold.map(|product| product.id.clone()),
            title: self.title().to_owned(),
            variant_title: self.variant_title.clone(),
            active: sold.is_some_and(|product| product.active),
            price_minor: self.price_minor,
            usual_minor: self.usual_minor,
            units: self.units,
            remaining: self.remaining,
            on_shelf: self.tracked.then_some(self.stock),
            limit: limit_of(limits, &self.variant_id).map(|limit| limit.units),
            waiting: 0,
            offered: 0,
        }
    }
}

/// The limit of a line, among those of its drop.
pub fn limit_of<'a>(limits: &'a [Limit], variant: &str) -> Option<&'a Limit> {
    let of = |limit: &&Limit| match &limit.scope {
        Scope::OfDrop { variant_id, .. } => variant_id == variant,
        Scope::Shop | Scope::Product(_) | Scope::Variant(_) => false,
    };
    limits.iter().find(of)
}

const LINES: &str = "SELECT l.variant_id, l.position, l.price_minor, l.units, l.remaining, \
    v.option1, v.option2, v.option3, v.price_minor AS usual_minor, v.stock, v.tracked, v.archived_at, \
    p.id AS product_id, p.slug, p.title, p.active FROM drop_lines l JOIN variants v ON v.id = l.variant_id \
    LEFT JOIN products p ON p.id = COALESCE(v.product_id, v.archived_product_id) WHERE l.drop_id = ";

/// Those of a drop, in their order.
pub async fn of(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    drop_id: &str,
) -> Result<Vec<StoredLine>> {
    let mut sql = Sql::new(LINES);
    sql.text(drop_id).push(" ORDER BY l.position, l.variant_id");
    sql.fetch_all_as(read).await
}

/// The same with their variants locked, and `more`, in the order in which orders lock them.
pub async fn lock(
    tx: &mut Tx,
    dialect: Dialect,
    drop_id: &str,
    more: &[String],
) -> Result<Vec<StoredLine>> {
    let ids: BTreeSet<String> = of(&mut **tx, drop_id)
        .await?
        .into_iter()
        .map(|line| line.variant_id)
        .chain(more.iter().cloned())
        .collect();
    let mut sql = Sql::new("SELECT id FROM variants WHERE id");
    sql.push(dialect.in_json_array(1))
        .push(" ORDER BY id")
        .push(dialect.for_update());
    sql.bind_only(to_string(&ids)?).fetch_all(&mut **tx).await?;
    of(&mut **tx, drop_id).await
}

/// The variants of a product with what is on the shelf of each, in their order.
pub async fn variants_of(tx: &mut Tx, product_id: &str) -> Result<Vec<(String, i64)>> {
    let mut sql = Sql::new("SELECT id, stock FROM variants WHERE product_id = ");
    sql.text(product_id).push(" ORDER BY position, id");
    sql.fetch_all_as(&mut **tx).await
}

/// Writes a line, new or not.
pub async fn write(tx: &mut Tx, drop_id: &str, line: &StoredLine) -> Result<()> {
    sqlx::query(
        "INSERT INTO drop_lines (drop_id, variant_id, position, price_minor, units, remaining) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (drop_id, variant_id) DO UPDATE SET \
         price_minor = excluded.price_minor, units = excluded.units, remaining = excluded.remaining",
    )
    .bind(drop_id)
    .bind(&line.variant_id)
    .bind(line.position)
    .bind(line.price_minor)
    .bind(line.units)
    .bind(line.remaining)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn remove(tx: &mut Tx, drop_id: &str, variant_id: &str) -> Result<()> {
    for limit in limits::of_drop(&mut **tx, drop_id).await? {
        if limit_of(std::slice::from_ref(&limit), variant_id).is_some() {
            limits::remove(tx, &limit.id).await?;
        }
    }
    sqlx::query("DELETE FROM drop_lines WHERE drop_id = $1 AND variant_id = $2")
        .bind(drop_id)
        .bind(variant_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A variant of these that another planned drop sells while this one does: its title there, and the drop's.
pub async fn other_drop(
    tx: &mut Tx,
    dialect: Dialect,
    drop: &StoredDrop,
    lines: &[StoredLine],
) -> Result<Option<(String, String)>> {
    let variants: Vec<&str> = lines.iter().map(|line| line.variant_id.as_str()).collect();
    let mut sql = Sql::new(
        "SELECT l.variant_id, d.title FROM drop_lines l JOIN drops d ON d.id = l.drop_id \
         WHERE d.state = 'planned' AND d.id <> ",
    );
    sql.text(&drop.id)
        .push(" AND (d.closes_at IS NULL OR d.closes_at > ")
        .int(drop.times.opens_at)
        .push(") AND d.opens_at < ")
        .int(drop.times.closes_at.unwrap_or(i64::MAX))
        .push(" AND l.variant_id");
    let parameter = sql.next();
    sql.push(dialect.in_json_array(parameter))
        .bind(to_string(&variants)?);
    sql.push(" ORDER BY l.variant_id LIMIT 1");
    let found: Option<(String, String)> = sql.fetch_optional_as(&mut **tx).await?;
    let Some((variant, other)) = found else {
        return Ok(None);
    };
    let line = lines.iter().find(|line| line.variant_id == variant);
    Ok(line.map(|line| (line.name(), other)))
}

/// Brings the products of these lines in line with the drops they are in: from when they are shown and sold, and
/// what their cards say.
pub async fn refresh(
    tx: &mut Tx,
    dialect: Dialect,
    lines: &[StoredLine],
    changes: &mut ChangeSet,
) -> Result<()> {
    let products: BTreeMap<&str, &Product> = lines
        .iter()
        .filter_map(|line| line.product.as_ref())
        .map(|product| (product.id.as_str(), product))
        .collect();
    let ids: Vec<String> = products.keys().map(|id| (*id).to_owned()).collect();
    refresh_summaries(tx, dialect, &ids).await?;
    for (id, product) in products {
        let mut sql = Sql::new("SELECT DISTINCT d.id, ");
        sql.push(TIMES)
            .push(
                " FROM drops d JOIN drop_lines l ON l.drop_id = d.id \
                 JOIN variants v ON v.id = l.variant_id WHERE COALESCE(v.product_id, v.archived_product_id) = ",
            )
            .text(id);
        let times: Vec<Times> = sql.fetch_all_as(&mut **tx).await?;
        sqlx::query(
            "UPDATE products SET shown_from = $1, sold_from = $2 \
             WHERE id = $3 AND (shown_from <> $1 OR sold_from <> $2)",
        )
        .bind(shown_from(times.iter()))
        .bind(sold_from(times.iter()))
        .bind(id)
        .execute(&mut **tx)
        .await?;
        changes.product(id, &product.slug);
    }
    for line in lines {
        changes.stock(&line.variant_id);
    }
    Ok(())
}
