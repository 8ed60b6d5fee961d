//! Product lists: their pages, and what a search suggests.

use std::collections::BTreeSet;

use app::{
    catalog::{
        picture::small,
        query::{ListQuery, PAGE_SIZE, Sort},
        types::{Card, ProductList, Suggestion, Thumb},
    },
    locale::Locale,
};

use super::{
    compounds::compounds,
    facets::Counted,
    filter::{Without, push_from},
    search::Search,
    timed::cards,
};
use crate::{
    catalog::read::CARD_COLUMNS,
    db::{Cost, Dialect, Sql},
    error::Result,
    store::Store,
    translations::{Kind, TITLE},
};

/// The languages of a list.
#[derive(Debug, Clone, Copy)]
pub struct ReadIn {
    /// What its words are searched in.
    pub searched: Option<Locale>,
    /// What its titles will be translated into, if they will: lists by name are in the order of what is
    /// shown.
    pub titles: Option<Locale>,
}

/// One page of a list whose products were counted in the language that is searched.
pub async fn list(
    db: &Store,
    query: &ListQuery,
    counted: &Counted,
    currency: &str,
    read_in: ReadIn,
) -> Result<ProductList> {
    let search = Search::of(query.q.as_deref(), read_in.searched)
        .with_compounds(&counted.compounds)
        .with_mistakes(&counted.mistyped);
    let total = counted.total;
    let pages = (total + PAGE_SIZE - 1) / PAGE_SIZE;
    let products = if (query.page.max(1) - 1) * PAGE_SIZE < total {
        page(db, query, &search, read_in.titles).await?
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

/// The query without a category that there is not, and without options that no product has: they narrow
/// nothing down and cost nothing.
pub async fn known(db: &Store, mut query: ListQuery) -> Result<ListQuery> {
    if let Some(slug) = &query.category {
        let mut sql = Sql::new("SELECT id FROM categories WHERE slug = ");
        sql.text(slug);
        if db.catalog().fetch_all(Cost::List, sql).await?.is_empty() {
            query.category = None;
        }
    }
    if !query.options.is_empty() {
        let mut sql = Sql::new("SELECT DISTINCT key AS name FROM product_choices WHERE key");
        sql.push(db.dialect().in_json_array(1));
        let names: Vec<_> = query.options.keys().collect();
        let sql = sql.bind_only(serde_json::to_string(&names)?);
        let known: Vec<String> = db.catalog().fetch_values(Cost::List, sql).await?;
        let known: BTreeSet<String> = known.into_iter().collect();
        query.options.retain(|name, _| known.contains(name));
    }
    Ok(query)
}

async fn page(
    db: &Store,
    query: &ListQuery,
    search: &Search,
    titles: Option<Locale>,
) -> Result<Vec<Card>> {
    let sql = page_statement((db.dialect(), db.now()), query, search, titles);
    let rows = db.catalog().fetch_all(Cost::List, sql).await?;
    cards(db, &rows).await
}

/// One page of the products of a query that is [`known`], at a time.
pub fn page_statement(
    (dialect, now): (Dialect, i64),
    query: &ListQuery,
    search: &Search,
    titles: Option<Locale>,
) -> Sql {
    let mut sql = Sql::new("SELECT ");
    sql.push(CARD_COLUMNS);
    let at = (dialect, now);
    push_from(&mut sql, at, query, search, "", Without::Nothing);
    sql.push(" ORDER BY ");
    match query.sort {
        Sort::Featured => search.push_order(&mut sql, dialect),
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
            push_title_key(&mut sql, titles);
        }
        Sort::BestSelling => {
            sql.push("p.sold DESC, p.created_at DESC");
        }
    }
    sql.push(", p.id LIMIT ")
        .int(PAGE_SIZE)
        .push(" OFFSET ")
        .int((query.page.max(1) - 1) * PAGE_SIZE);
    sql
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

/// What is suggested for a text in a language, the best first.
pub async fn found(db: &Store, text: &str, language: Option<Locale>) -> Result<Vec<Card>> {
    let mut search = Search::of(Some(text), language);
    if search.is_for_nothing() {
        return Ok(Vec::new());
    }
    let query = ListQuery {
        q: Some(text.to_owned()),
        page: 1,
        ..ListQuery::default()
    };
    search = search
        .clone()
        .with_compounds(&compounds(db, &search).await?);
    let mut cards = page(db, &query, &search, None).await?;
    if cards.is_empty() {
        let mistyped = search.mistakes(db).await?;
        if !mistyped.is_empty() {
            search = search.with_mistakes(&mistyped);
            cards = page(db, &query, &search, None).await?;
        }
    }
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
            picture: Thumb::of(
                card.picture
                    .map(|picture| (small(&picture.src), picture.cut_out)),
            ),
        })
        .collect()
}
