//! Product lists: their pages, and what a search suggests.

use std::collections::BTreeSet;

use app::{
    catalog::{
        query::{ListQuery, PAGE_SIZE, Sort},
        types::{Card, ProductList, Suggestion},
    },
    locale::Locale,
};

use super::{
    facets::Counted,
    filter::{Without, match_text, push_from},
};
use crate::{
    catalog::read::CARD_COLUMNS,
    db::{Cost, Dialect, FromRow, Get, Sql},
    error::Result,
    store::Store,
    translations::{Kind, TITLE},
};

/// One page of a list whose products were counted. `language` is what titles will be translated into, if
/// they will: lists by name are in the order of what is shown.
pub async fn list(
    db: &Store,
    query: &ListQuery,
    counted: &Counted,
    currency: &str,
    language: Option<Locale>,
) -> Result<ProductList> {
    let total = counted.total;
    let pages = (total + PAGE_SIZE - 1) / PAGE_SIZE;
    let products = if (query.page.max(1) - 1) * PAGE_SIZE < total {
        page(db, query, language).await?
    } else {
        Vec::new()
    };
    Ok(ProductList {
        products,
        total,
        page: query.page,
        pages: pages.max(1),
        facets: counted.facets.clone(),
        currency: currency.to_owned(),
    })
}

/// The query without options that no product has: they narrow nothing down and cost nothing.
pub async fn known_options(db: &Store, mut query: ListQuery) -> Result<ListQuery> {
    if !query.options.is_empty() {
        let mut sql = Sql::new("SELECT DISTINCT key AS name FROM product_choices WHERE key");
        sql.push(db.dialect().in_json_array(1));
        let names: Vec<_> = query.options.keys().collect();
        let sql = sql.bind_only(serde_json::to_string(&names)?);
        let rows = db.catalog().fetch_all(Cost::List, sql).await?;
        let known: BTreeSet<String> = rows
            .iter()
            .map(|row| row.text("name"))
            .collect::<Result<_>>()?;
        query.options.retain(|name, _| known.contains(name));
    }
    Ok(query)
}

async fn page(db: &Store, query: &ListQuery, language: Option<Locale>) -> Result<Vec<Card>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(CARD_COLUMNS);
    push_from(&mut sql, db.dialect(), query, "", Without::Nothing);
    sql.push(" ORDER BY ");
    match query.sort {
        Sort::Relevance => match query.q.as_deref().and_then(|q| match_text(db.dialect(), q)) {
            Some(text) => push_rank(&mut sql, db.dialect(), text),
            None => {
                sql.push("p.buyable DESC, p.sold DESC, p.created_at DESC");
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
            push_title_key(&mut sql, language);
        }
        Sort::BestSelling => {
            sql.push("p.sold DESC, p.created_at DESC");
        }
    }
    sql.push(", p.id LIMIT ")
        .int(PAGE_SIZE)
        .push(" OFFSET ")
        .int((query.page.max(1) - 1) * PAGE_SIZE);
    let rows = db.catalog().fetch_all(Cost::List, sql).await?;
    rows.iter().map(Card::from_row).collect()
}

/// The stored key of the title that is shown.
fn push_title_key(sql: &mut Sql, language: Option<Locale>) {
    match language {
        None => sql.push("p.title_key"),
        Some(language) => sql
            .push("COALESCE((SELECT t.sort_key FROM translations t WHERE t.kind = ")
            .text(Kind::Product.as_str())
            .push(" AND t.subject_id = p.id AND t.language = ")
            .text(language.code())
            .push(" AND t.field = ")
            .text(TITLE)
            .push("), p.title_key)"),
    };
}

/// A hit in the title counts most, then vendor, category and tags, then the description.
fn push_rank(sql: &mut Sql, dialect: Dialect, text: String) {
    match dialect {
        Dialect::Sqlite => {
            sql.push("bm25(products_search, 10.0, 4.0, 4.0, 4.0, 1.0)");
        }
        Dialect::Postgres => {
            sql.push("ts_rank(p.search, CAST(")
                .text(text)
                .push(" AS tsquery)) DESC");
        }
    }
}

/// What is suggested for a text, the best first.
pub async fn found(db: &Store, text: &str) -> Result<Vec<Card>> {
    if match_text(db.dialect(), text).is_none() {
        return Ok(Vec::new());
    }
    let query = ListQuery {
        q: Some(text.to_owned()),
        page: 1,
        ..ListQuery::default()
    };
    let mut cards = page(db, &query, None).await?;
    cards.truncate(6);
    Ok(cards)
}

pub fn suggestions(cards: Vec<Card>, locale: Locale, currency: &str) -> Vec<Suggestion> {
    cards
        .into_iter()
        .map(|card| Suggestion {
            slug: card.slug,
            title: card.title,
            price: locale.money(card.price_min_minor, currency),
            picture_src: card.picture.map(|picture| picture.src),
        })
        .collect()
}
