//! Product lists: their pages, and what a search suggests.

use std::collections::BTreeSet;

use app::{
    catalog::{
        query::{ListQuery, PAGE_SIZE, Sort},
        types::{Card, ProductList, Suggestion},
    },
    locale::Locale,
    money::format_money,
};

use super::{
    facets::Counted,
    filter::{Without, push_from},
    search::Search,
};
use crate::{
    catalog::read::CARD_COLUMNS,
    db::{Cost, FromRow, Get, Sql},
    error::Result,
    store::Store,
};

/// One page of a list whose products were counted in this language.
pub async fn list(
    db: &Store,
    query: &ListQuery,
    counted: &Counted,
    currency: &str,
    language: Option<Locale>,
) -> Result<ProductList> {
    let search = Search::of(query.q.as_deref(), language).with_mistakes(&counted.mistyped);
    let total = counted.total;
    let pages = (total + PAGE_SIZE - 1) / PAGE_SIZE;
    let products = if (query.page.max(1) - 1) * PAGE_SIZE < total {
        page(db, query, &search).await?
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

async fn page(db: &Store, query: &ListQuery, search: &Search) -> Result<Vec<Card>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(CARD_COLUMNS);
    push_from(&mut sql, db.dialect(), query, search, "", Without::Nothing);
    sql.push(" ORDER BY ");
    match query.sort {
        Sort::Relevance => search.push_order(&mut sql, db.dialect()),
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
            sql.push("p.title_key");
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

/// What is suggested for a text in a language.
pub async fn suggest(
    db: &Store,
    text: &str,
    currency: &str,
    language: Option<Locale>,
) -> Result<Vec<Suggestion>> {
    let mut search = Search::of(Some(text), language);
    if search.is_for_nothing() {
        return Ok(Vec::new());
    }
    let query = ListQuery {
        q: Some(text.to_owned()),
        page: 1,
        ..ListQuery::default()
    };
    let mut cards = page(db, &query, &search).await?;
    if cards.is_empty() {
        let mistyped = search.mistakes(db).await?;
        if !mistyped.is_empty() {
            search = search.with_mistakes(&mistyped);
            cards = page(db, &query, &search).await?;
        }
    }
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
