//! Product lists: filters, search, counts.

use std::collections::BTreeSet;

use app::{
    catalog::{
        query::{ListQuery, PAGE_SIZE, Sort},
        types::{Card, Facet, Facets, OptionFacet, ProductList, Suggestion},
    },
    money::format_money,
};

use super::{
    draft::fold,
    read::{CARD_COLUMNS, card},
};
use crate::{
    db::{Db, Dialect, Get, Sql},
    error::Result,
};

/// Which of a query's filters to leave out, so that a group of choices counts what each would give.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Without<'a> {
    Nothing,
    Category,
    Price,
    Option(&'a str),
}

pub async fn list(db: &Db, query: &ListQuery, currency: &str) -> Result<ProductList> {
    let query = &known_options(db, query).await?;
    let total = count(db, query).await?;
    let pages = (total + PAGE_SIZE - 1) / PAGE_SIZE;
    let products = if (query.page.max(1) - 1) * PAGE_SIZE < total {
        page(db, query).await?
    } else {
        Vec::new()
    };
    Ok(ProductList {
        products,
        total,
        page: query.page,
        pages: pages.max(1),
        facets: facets(db, query).await?,
        currency: currency.to_owned(),
    })
}

/// The query without options that no product has: they narrow nothing down and cost nothing.
async fn known_options(db: &Db, query: &ListQuery) -> Result<ListQuery> {
    let mut query = query.clone();
    if !query.options.is_empty() {
        let rows = sqlx::query("SELECT DISTINCT key AS name FROM product_options")
            .fetch_all(db.reader())
            .await?;
        let known: BTreeSet<String> = rows
            .iter()
            .map(|row| row.text("name"))
            .collect::<Result<_>>()?;
        query.options.retain(|name, _| known.contains(name));
    }
    Ok(query)
}

/// The words of a search, each of them a prefix of what is looked for.
fn terms(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|term| !term.is_empty())
        .take(8)
        .map(str::to_owned)
        .collect()
}

/// The full-text query in the database's own language. Terms hold letters and digits only.
pub fn match_text(dialect: Dialect, text: &str) -> Option<String> {
    let terms = terms(text);
    if terms.is_empty() {
        return None;
    }
    Some(match dialect {
        Dialect::Sqlite => terms
            .iter()
            .map(|t| format!("\"{t}\"*"))
            .collect::<Vec<_>>()
            .join(" "),
        Dialect::Postgres => terms
            .iter()
            .map(|t| format!("{t}:*"))
            .collect::<Vec<_>>()
            .join(" & "),
    })
}

/// `FROM products p … WHERE …` for a query.
fn push_from(
    sql: &mut Sql,
    dialect: Dialect,
    query: &ListQuery,
    joins: &str,
    without: Without<'_>,
) {
    let text = query.q.as_deref().map(|q| match_text(dialect, q));
    // A cross join keeps SQLite from asking the index once per product.
    sql.push(match (&text, dialect) {
        (Some(Some(_)), Dialect::Sqlite) => {
            " FROM products_search s CROSS JOIN products p ON p.seq = s.rowid "
        }
        _ => " FROM products p ",
    });
    sql.push(joins).push(" WHERE p.active = 1");
    match (text, dialect) {
        (None, _) => {}
        // Nothing but punctuation finds nothing.
        (Some(None), _) => {
            sql.push(" AND 1 = 0");
        }
        (Some(Some(text)), Dialect::Sqlite) => {
            sql.push(" AND products_search MATCH ").text(text);
        }
        (Some(Some(text)), Dialect::Postgres) => {
            sql.push(" AND p.search @@ to_tsquery('simple', ")
                .text(text)
                .push(")");
        }
    }
    if let Some(slug) = query
        .category
        .as_ref()
        .filter(|_| without != Without::Category)
    {
        // A category that does not exist narrows nothing down.
        sql.push(" AND (p.category_id = (SELECT id FROM categories WHERE slug = ")
            .text(slug)
            .push(") OR NOT EXISTS (SELECT 1 FROM categories WHERE slug = ")
            .text(slug)
            .push("))");
    }
    for tag in &query.tags {
        sql.push(
            " AND EXISTS (SELECT 1 FROM product_tags t WHERE t.product_id = p.id AND t.tag = ",
        )
        .text(tag)
        .push(")");
    }
    if without != Without::Price {
        if let Some(min) = query.price_min_minor {
            sql.push(" AND p.price_max_minor >= ").int(min);
        }
        if let Some(max) = query.price_max_minor {
            sql.push(" AND p.price_min_minor <= ").int(max);
        }
    }
    if query.in_stock {
        sql.push(" AND p.in_stock = 1");
    }
    push_options(sql, query, without);
}

/// One and the same variant must have all the chosen options, and be in stock if that is asked.
fn push_options(sql: &mut Sql, query: &ListQuery, without: Without<'_>) {
    let chosen: Vec<_> = query
        .options
        .iter()
        .filter(|(name, _)| without != Without::Option(name))
        .collect();
    if chosen.is_empty() {
        return;
    }
    sql.push(" AND EXISTS (SELECT 1 FROM variants w WHERE w.product_id = p.id");
    if query.in_stock {
        sql.push(" AND w.stock > 0");
    }
    for (name, values) in chosen {
        sql.push(" AND EXISTS (SELECT 1 FROM product_options n WHERE n.product_id = p.id AND n.key = ")
            .text(name)
            .push(" AND CASE n.position WHEN 1 THEN w.option1 WHEN 2 THEN w.option2 ELSE w.option3 END IN (");
        for (i, value) in values.iter().enumerate() {
            if i > 0 {
                sql.push(", ");
            }
            sql.text(value);
        }
        sql.push("))");
    }
    sql.push(")");
}

async fn count(db: &Db, query: &ListQuery) -> Result<i64> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n");
    push_from(&mut sql, db.dialect(), query, "", Without::Nothing);
    sql.fetch_one(db.reader()).await?.int("n")
}

async fn page(db: &Db, query: &ListQuery) -> Result<Vec<Card>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(CARD_COLUMNS);
    push_from(&mut sql, db.dialect(), query, "", Without::Nothing);
    sql.push(" ORDER BY ");
    match query.sort {
        Sort::Relevance => match query.q.as_deref().and_then(|q| match_text(db.dialect(), q)) {
            Some(text) => push_rank(&mut sql, db.dialect(), text),
            None => {
                sql.push("p.in_stock DESC, p.sold DESC, p.created_at DESC");
            }
        },
        Sort::Newest => {
            sql.push("p.created_at DESC");
        }
        Sort::PriceUp => {
            sql.push("p.price_min_minor");
        }
        Sort::PriceDown => {
            sql.push("p.price_min_minor DESC");
        }
        Sort::Name => {
            sql.push("lower(p.title)");
        }
        Sort::BestSelling => {
            sql.push("p.sold DESC, p.created_at DESC");
        }
    }
    sql.push(", p.id LIMIT ")
        .int(PAGE_SIZE)
        .push(" OFFSET ")
        .int((query.page.max(1) - 1) * PAGE_SIZE);
    sql.fetch_all(db.reader()).await?.iter().map(card).collect()
}

/// A hit in the title counts most, then vendor, category and tags, then the description.
fn push_rank(sql: &mut Sql, dialect: Dialect, text: String) {
    match dialect {
        Dialect::Sqlite => {
            sql.push("bm25(products_search, 10.0, 4.0, 4.0, 4.0, 1.0)");
        }
        Dialect::Postgres => {
            sql.push("ts_rank(p.search, to_tsquery('simple', ")
                .text(text)
                .push(")) DESC");
        }
    }
}

async fn facets(db: &Db, query: &ListQuery) -> Result<Facets> {
    let dialect = db.dialect();

    let mut sql = Sql::new("SELECT c.slug AS value, c.name AS label, COUNT(*) AS n");
    push_from(
        &mut sql,
        dialect,
        query,
        "JOIN categories c ON c.id = p.category_id",
        Without::Category,
    );
    sql.push(" GROUP BY c.slug, c.name, c.position ORDER BY c.position, c.name");
    let categories = facet_rows(db, sql).await?;

    let mut sql = Sql::new("SELECT g.tag AS value, g.tag AS label, COUNT(*) AS n");
    push_from(
        &mut sql,
        dialect,
        query,
        "JOIN product_tags g ON g.product_id = p.id",
        Without::Nothing,
    );
    sql.push(" GROUP BY g.tag ORDER BY n DESC, g.tag LIMIT 24");
    let tags = facet_rows(db, sql).await?;

    let mut sql = Sql::new(
        "SELECT COALESCE(MIN(p.price_min_minor), 0) AS low, COALESCE(MAX(p.price_max_minor), 0) AS high",
    );
    push_from(&mut sql, dialect, query, "", Without::Price);
    let prices = sql.fetch_one(db.reader()).await?;

    let mut options = option_facets(db, query, Without::Nothing).await?;
    for name in query.options.keys() {
        let own = option_facets(db, query, Without::Option(name)).await?;
        options.retain(|facet| &facet.name != name);
        options.extend(own.into_iter().filter(|facet| &facet.name == name));
    }
    options.sort_by(|a, b| a.name.cmp(&b.name));

    Ok(Facets {
        categories,
        tags,
        options,
        price_min_minor: prices.int("low")?,
        price_max_minor: prices.int("high")?,
    })
}

async fn facet_rows(db: &Db, sql: Sql) -> Result<Vec<Facet>> {
    sql.fetch_all(db.reader())
        .await?
        .iter()
        .map(|row| {
            Ok(Facet {
                value: row.text("value")?,
                label: row.text("label")?,
                count: row.int("n")?,
            })
        })
        .collect()
}

async fn option_facets(
    db: &Db,
    query: &ListQuery,
    without: Without<'_>,
) -> Result<Vec<OptionFacet>> {
    const VALUE: &str =
        "CASE o.position WHEN 1 THEN x.option1 WHEN 2 THEN x.option2 ELSE x.option3 END";
    let mut sql = Sql::new("SELECT o.key AS name, MIN(o.name) AS label, ");
    sql.push(VALUE).push(" AS value, COUNT(DISTINCT p.id) AS n");
    push_from(
        &mut sql,
        db.dialect(),
        query,
        "JOIN product_options o ON o.product_id = p.id JOIN variants x ON x.product_id = p.id",
        without,
    );
    if query.in_stock {
        sql.push(" AND x.stock > 0");
    }
    sql.push(" GROUP BY o.key, ")
        .push(VALUE)
        .push(" ORDER BY o.key, n DESC, value");
    let mut facets: Vec<OptionFacet> = Vec::new();
    for row in sql.fetch_all(db.reader()).await? {
        let name = row.text("name")?;
        let value = row.text("value")?;
        if facets.last().is_none_or(|facet| facet.name != name) {
            facets.push(OptionFacet {
                name,
                label: row.text("label")?,
                values: Vec::new(),
            });
        }
        if let Some(facet) = facets.last_mut()
            && facet.values.len() < 30
        {
            facet.values.push(Facet {
                label: value.clone(),
                value,
                count: row.int("n")?,
            });
        }
    }
    for facet in &mut facets {
        facet
            .values
            .sort_by_cached_key(|value| value_order(&value.value));
    }
    Ok(facets)
}

/// Clothes sizes by size, numbers by number, the rest by letter.
fn value_order(value: &str) -> (usize, u64, String) {
    const SIZES: [&str; 8] = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL"];
    let size = SIZES
        .iter()
        .position(|size| *size == value)
        .unwrap_or(SIZES.len());
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    (
        size,
        digits.parse().unwrap_or(u64::MAX),
        value.to_lowercase(),
    )
}

pub async fn suggest(db: &Db, text: &str, currency: &str) -> Result<Vec<Suggestion>> {
    if terms(text).is_empty() {
        return Ok(Vec::new());
    }
    let query = ListQuery {
        q: Some(text.to_owned()),
        page: 1,
        ..ListQuery::default()
    };
    let cards = page(db, &query).await?;
    Ok(cards
        .into_iter()
        .take(6)
        .map(|card| Suggestion {
            slug: card.slug,
            title: card.title,
            price: format_money(card.price_min_minor, currency),
            picture_src: card.picture.map(|picture| picture.src),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_are_made_of_letters_and_digits_only() {
        assert_eq!(
            match_text(Dialect::Sqlite, "Rain-jacket \" OR *"),
            Some("\"rain\"* \"jacket\"* \"or\"*".into())
        );
        assert_eq!(
            match_text(Dialect::Postgres, "café & ! <-> 5"),
            Some("cafe:* & 5:*".into())
        );
        assert_eq!(match_text(Dialect::Postgres, "!!! ()"), None);
    }

    #[test]
    fn sizes_stand_in_their_order() {
        let mut values = ["XL", "S", "10 l", "M", "2 l", "Red"];
        values.sort_by_cached_key(|value| value_order(value));
        assert_eq!(values, ["S", "M", "XL", "2 l", "10 l", "Red"]);
    }
}
