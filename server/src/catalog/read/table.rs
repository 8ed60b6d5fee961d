//! The product table, page by page.
//!
//! Pages are found by where the last one ended, never by counting rows: a page deep in the table
//! costs what the first one costs, and no edit in between shows a product twice or skips one.

use std::fmt::Display;

use app::{catalog::gtin::barcodes, locale::Locale};
use desk::admin::{
    product_filter::{
        Cursor, ProductFilter, ProductSort, StockState, TranslationGap, Untranslated,
    },
    products::types::{AdminProductRow, ProductTable},
};
use sqlx::any::AnyRow;

use crate::{
    catalog::read::search::Search,
    db::{Dialect, FromRow, Page, Sql, Way, from_row},
    error::Result,
    store::Store,
    text::name_key,
    translations::Kind,
};

/// Products on a page of the table.
pub const PAGE: i64 = 25;
/// Rows are counted up to here: to count a hundred thousand takes longer than to show a page.
pub const COUNTED: i64 = 1000;

/// What rows are sorted by, before their id.
#[derive(Clone, Copy)]
struct Order {
    /// `None`: ids themselves rise with time.
    key: Option<(&'static str, Key)>,
    id: &'static str,
    way: Way,
}

#[derive(Clone, Copy)]
enum Key {
    Text,
    Int,
}

impl Order {
    fn of(dialect: Dialect, filter: &ProductFilter) -> Self {
        let searches = dialect == Dialect::Sqlite && search_of(filter).has_words();
        let (key, way) = match filter.sort {
            // The order in which the full-text index gives its rows.
            ProductSort::Newest if searches => (Some(("s.rowid", Key::Int)), Way::Falling),
            ProductSort::Newest => (None, Way::Falling),
            ProductSort::Edited => (Some(("p.updated_at", Key::Int)), Way::Falling),
            ProductSort::Title => (Some(("p.title_key", Key::Text)), Way::Rising),
            ProductSort::PriceUp => (Some(("p.price_min_minor", Key::Int)), Way::Rising),
            ProductSort::PriceDown => (Some(("p.price_min_minor", Key::Int)), Way::Falling),
            // What is for sale first.
            ProductSort::Status => (Some(("p.active", Key::Int)), Way::Falling),
            ProductSort::StockUp => (Some(("p.stock_units", Key::Int)), Way::Rising),
            ProductSort::StockDown => (Some(("p.stock_units", Key::Int)), Way::Falling),
            ProductSort::Category => (Some(("p.category_key", Key::Text)), Way::Rising),
        };
        Self {
            key,
            id: "p.id",
            way,
        }
    }

    /// Whether the rows are told apart by the key alone.
    fn is_whole(self) -> bool {
        matches!(self.key, Some(("s.rowid", _)))
    }

    fn columns(self) -> String {
        match self.key {
            Some((key, _)) if self.is_whole() => key.to_owned(),
            Some((key, _)) => format!("{key}, {}", self.id),
            None => self.id.to_owned(),
        }
    }

    fn push_order(self, sql: &mut Sql, cursor: Option<&Cursor>) {
        let way = self.way.read_from(cursor).order();
        let columns = self.columns().replace(", ", &format!(" {way}, "));
        sql.push(format!(" ORDER BY {columns} {way}"));
    }

    /// The rows on one side of a cursor. A cursor that says nothing leaves out nothing.
    fn push_side(self, sql: &mut Sql, cursor: &Cursor) {
        let side = self.way.read_from(Some(cursor)).side();
        let at = cursor.at();
        let (key, id) = at.rsplit_once('~').unwrap_or(("", at));
        match self.key {
            None => {
                sql.push(format!(" AND {} {side} ", self.id)).text(id);
            }
            Some((column, Key::Int)) if self.is_whole() => {
                if let Ok(at) = id.parse() {
                    sql.push(format!(" AND {column} {side} ")).int(at);
                }
            }
            Some((column, kind)) => {
                let number = key.parse::<i64>();
                if matches!((kind, &number), (Key::Int, Err(_))) {
                    return;
                }
                sql.push(format!(" AND ({column}, {}) {side} (", self.id));
                match (kind, number) {
                    (Key::Int, Ok(number)) => sql.int(number),
                    _ => sql.text(key),
                };
                sql.push(", ").text(id).push(")");
            }
        }
    }

    /// The cursor at a row.
    fn at(self, row: &AnyRow) -> Result<String> {
        Ok(match self.key {
            None => Sorted::<i64>::from_row(row)?.id,
            Some(_) if self.is_whole() => Sorted::<i64>::from_row(row)?.sort_key.to_string(),
            Some((_, Key::Int)) => Sorted::<i64>::from_row(row)?.cursor(),
            Some((_, Key::Text)) => Sorted::<String>::from_row(row)?.cursor(),
        })
    }
}

/// Where a row is in the order.
struct Sorted<K> {
    sort_key: K,
    id: String,
}

from_row!(Sorted<i64> { sort_key, id });
from_row!(Sorted<String> { sort_key, id });

impl<K: Display> Sorted<K> {
    fn cursor(&self) -> String {
        format!("{}~{}", self.sort_key, self.id)
    }
}

/// What the filter searches for, in the words that products are written in. It finds no word with a mistake
/// in it: what is done to all that are found is done to what was asked for.
fn search_of(filter: &ProductFilter) -> Search {
    match barcodes_of(filter).is_empty() {
        true => Search::of(filter.text.as_deref(), None),
        false => Search::of(None, None),
    }
}

/// The barcodes that the text may be, as a scanner types them.
fn barcodes_of(filter: &ProductFilter) -> Vec<String> {
    filter.text.as_deref().map(barcodes).unwrap_or_default()
}

/// ` AND …` for the products whose variants have one of these barcodes, or its digits as their SKU.
fn push_barcodes(sql: &mut Sql, barcodes: &[String]) {
    for (n, barcode) in barcodes.iter().enumerate() {
        sql.push(if n == 0 { " AND p.id IN (" } else { " UNION " });
        sql.push("SELECT v.product_id FROM variants v WHERE v.barcode = ")
            .text(barcode)
            .push(
                " UNION SELECT v.product_id FROM variants v WHERE v.archived_at IS NULL AND v.sku = ",
            )
            .text(barcode);
    }
    if !barcodes.is_empty() {
        sql.push(")");
    }
}

/// ` FROM … WHERE …` for a filter, where products are `p`.
pub fn push_from(sql: &mut Sql, dialect: Dialect, filter: &ProductFilter) {
    let search = search_of(filter);
    search.push_from(sql, dialect);
    sql.push(" WHERE 1 = 1");
    search.push_condition(sql, dialect);
    push_barcodes(sql, &barcodes_of(filter));
    if let Some(active) = filter.active {
        sql.push(" AND p.active = ").int(i64::from(active));
    }
    if let Some(category) = &filter.category {
        sql.push(" AND p.category_id = (SELECT id FROM categories WHERE name_key = ")
            .text(name_key(category))
            .push(")");
    }
    if let Some(vendor) = &filter.vendor {
        sql.push(" AND p.vendor = ").text(vendor);
    }
    if let Some(tag) = &filter.tag {
        sql.push(
            " AND EXISTS (SELECT 1 FROM product_tags t WHERE t.product_id = p.id AND t.tag = ",
        )
        .text(tag)
        .push(")");
    }
    if let Some(wanted) = filter.translation {
        push_untranslated(sql, wanted);
    }
    match filter.stock {
        None => {}
        Some(StockState::InStock) => {
            sql.push(" AND p.buyable = 1");
        }
        Some(StockState::SoldOut) => {
            sql.push(" AND p.buyable = 0");
        }
        Some(StockState::Low) => {
            sql.push(
                " AND EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id \
                 AND v.tracked = 1 AND v.stock BETWEEN 1 AND (SELECT low_stock FROM shop_settings WHERE id = 1))",
            );
        }
    }
}

/// `EXISTS` a translation of the product of which this is true.
fn push_translation(sql: &mut Sql, language: Locale, condition: &str) {
    sql.push("EXISTS (SELECT 1 FROM translations t WHERE t.kind = ")
        .text(Kind::Product.as_str())
        .push(" AND t.subject_id = p.id AND t.language = ")
        .text(language.code())
        .push(" AND ")
        .push(condition)
        .push(")");
}

/// ` AND …` for products whose translation is not as it should be.
fn push_untranslated(sql: &mut Sql, wanted: Untranslated) {
    match wanted.gap {
        TranslationGap::Stale => {
            sql.push(" AND ");
            push_translation(sql, wanted.language, "t.stale = 1");
        }
        TranslationGap::Missing => {
            sql.push(" AND (NOT ");
            push_translation(sql, wanted.language, "t.field = 'title'");
            sql.push(" OR (p.description_html <> '' AND NOT ");
            push_translation(sql, wanted.language, "t.field = 'description'");
            sql.push("))");
        }
    }
}

/// How many rows there are, up to [`COUNTED`] and one more.
async fn count(db: &Store, filter: &ProductFilter) -> Result<i64> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (SELECT 1 AS one");
    push_from(&mut sql, db.dialect(), filter);
    sql.push(" LIMIT ").int(COUNTED + 1);
    sql.push(") AS counted");
    sql.fetch_value(db.reader()).await
}

pub async fn products(db: &Store, filter: &ProductFilter) -> Result<ProductTable> {
    let counted = count(db, filter).await?;
    let order = Order::of(db.dialect(), filter);
    let sort_key = order.key.map_or("0", |(column, _)| column);
    let mut sql = Sql::new(&format!(
        "SELECT {sort_key} AS sort_key, p.id, p.slug, p.title, p.vendor, p.active, p.version, \
         p.price_min_minor, p.price_max_minor, \
         (SELECT name FROM categories c WHERE c.id = p.category_id) AS category, \
         p.picture_src, p.variant_count, \
         COALESCE((SELECT f.cut_out FROM picture_facts f WHERE f.src = p.picture_src), 0) AS picture_cut_out, \
         CAST(COALESCE((SELECT SUM(stock) FROM variants v WHERE v.product_id = p.id), 0) AS BIGINT) AS stock"
    ));
    push_from(&mut sql, db.dialect(), filter);
    let cursor = filter.cursor.as_ref();
    if let Some(cursor) = cursor {
        order.push_side(&mut sql, cursor);
    }
    order.push_order(&mut sql, cursor);
    sql.push(" LIMIT ").int(PAGE + 1);
    let rows = sql.fetch_all(db.reader()).await?;
    let Page {
        rows,
        before,
        after,
    } = Page::of(rows, PAGE, cursor, |row| order.at(row))?;
    Ok(ProductTable {
        rows: rows
            .iter()
            .map(AdminProductRow::from_row)
            .collect::<Result<_>>()?,
        total: counted.min(COUNTED),
        has_more_than_counted: counted > COUNTED,
        before,
        after,
    })
}

from_row!(AdminProductRow {
    id,
    slug,
    title,
    vendor,
    picture: "picture_src",
    category,
    active,
    variants: "variant_count",
    stock,
    price_min_minor,
    price_max_minor,
    version,
});
