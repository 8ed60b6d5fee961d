//! Whole numbers and addresses, and parts of them and of names, by their indexes.

use std::collections::BTreeSet;

use desk::admin::{
    product_filter::ProductFilter,
    search::ports::{FoundCustomer, FoundNamed, FoundOrder, FoundProduct},
};

use crate::{
    account::store::ACCOUNTS_BY_PART,
    admin::fetched::{self, Fetched},
    catalog::read::table,
    db::{PartWay, Sql, from_row},
    error::Result,
    orders::search::{Search, push_contains, push_named},
    store::Store,
    text::{email_key, fold},
};

/// Of each kind.
const HITS: i64 = 6;
/// Products that are found before the first of them are chosen by their titles.
const PRODUCTS: i64 = 200;
/// Orders of guests that are looked at for different ones.
const GUESTS: i64 = 60;

const ORDER: &str = "SELECT o.id, o.number, o.name, o.status, o.created_at, \
     (SELECT n.number FROM order_short_numbers n WHERE n.order_id = o.id) AS short_number";

from_row!(Fetched(FoundOrder) {
    id,
    number,
    short_number,
    name,
    status,
    created_at,
});

pub async fn orders(db: &Store, text: &str) -> Result<Vec<FoundOrder>> {
    let search = Search::of(db, text).await?;
    let mut sql = Sql::new(ORDER);
    sql.push(" FROM orders o WHERE ");
    search.push(&mut sql, db.dialect(), text);
    // Whole ones in no order: one would have the database read all orders by time.
    if search != Search::Whole {
        sql.push(" ORDER BY o.created_at DESC, o.id DESC");
    }
    sql.push(" LIMIT ").int(HITS);
    let mut found: Vec<FoundOrder> = fetched::all(sql.fetch_all_as(db.reader()).await?);
    found.sort_by_key(|order| -order.created_at);
    Ok(found)
}

from_row!(Fetched(FoundProduct) { id, title, vendor });

pub async fn products(db: &Store, text: &str) -> Result<Vec<FoundProduct>> {
    let filter = ProductFilter {
        text: Some(text.to_owned()),
        ..ProductFilter::default()
    };
    let mut sql = Sql::new(
        "SELECT f.id, f.title, f.vendor FROM (SELECT p.id, p.title, p.vendor, p.active, p.title_key",
    );
    table::push_from(&mut sql, db.dialect(), &filter);
    sql.push(" LIMIT ").int(PRODUCTS);
    sql.push(") AS f ORDER BY f.active DESC, f.title_key, f.id LIMIT ")
        .int(HITS);
    Ok(fetched::all(sql.fetch_all_as(db.reader()).await?))
}

from_row!(Fetched(FoundNamed) { id, title });

pub async fn categories(db: &Store, text: &str) -> Result<Vec<FoundNamed>> {
    let sql = Sql::new("SELECT id, name AS title FROM categories ORDER BY name, id LIMIT ");
    named(db, sql, text).await
}

pub async fn collections(db: &Store, text: &str) -> Result<Vec<FoundNamed>> {
    let sql = Sql::new("SELECT id, name AS title FROM collections ORDER BY name, id LIMIT ");
    named(db, sql, text).await
}

pub async fn pages(db: &Store, text: &str) -> Result<Vec<FoundNamed>> {
    let sql = Sql::new("SELECT id, title FROM pages ORDER BY title, id LIMIT ");
    named(db, sql, text).await
}

/// Of so many categories, collections or pages.
const MOST_NAMED: i64 = 2_000;

/// Of a list that people keep by hand, so a short one: neither database folds letters as the shop does.
async fn named(db: &Store, mut sql: Sql, text: &str) -> Result<Vec<FoundNamed>> {
    sql.int(MOST_NAMED);
    let all: Vec<FoundNamed> = fetched::all(sql.fetch_all_as(db.reader()).await?);
    let wanted = fold(text);
    let fitting = all
        .into_iter()
        .filter(|one| fold(&one.title).contains(&wanted));
    Ok(fitting.take(HITS as usize).collect())
}

from_row!(Fetched(FoundCustomer) { id, name, email });

pub async fn customers(db: &Store, text: &str) -> Result<Vec<FoundCustomer>> {
    let mut found = accounts(db, text).await?;
    let mut known: BTreeSet<String> = found.iter().map(|one| email_key(&one.email)).collect();
    let guests = guests(db, text).await?;
    found.extend(
        guests
            .into_iter()
            .filter(|guest| known.insert(email_key(&guest.email))),
    );
    found.truncate(HITS as usize);
    Ok(found)
}

async fn accounts(db: &Store, text: &str) -> Result<Vec<FoundCustomer>> {
    let mut sql = Sql::new("SELECT c.id, c.name, c.email FROM accounts c WHERE c.email = ");
    sql.text(email_key(text));
    let whole: Vec<FoundCustomer> = fetched::all(sql.fetch_all_as(db.reader()).await?);
    if !whole.is_empty() {
        return Ok(whole);
    }
    let (dialect, part) = (db.dialect(), fold(text));
    let found = |sql: &mut Sql| ACCOUNTS_BY_PART.push_found(sql, dialect, &part);
    let mut sql = Sql::new("SELECT c.id, c.name, c.email FROM accounts c WHERE ");
    let way = PartWay::to(db, &part, found).await?;
    way.push(&mut sql, ("accounts", "c"), found);
    push_contains(&mut sql, "c.search_key", text);
    sql.push(" ORDER BY c.created_at DESC, c.id DESC LIMIT ")
        .int(HITS);
    Ok(fetched::all(sql.fetch_all_as(db.reader()).await?))
}

/// Those who ordered without an account; erased ones have no address.
async fn guests(db: &Store, text: &str) -> Result<Vec<FoundCustomer>> {
    let whole: Vec<FoundCustomer> = {
        let mut sql = Sql::new(
            "SELECT o.id, o.name, o.email FROM orders o WHERE o.account_id IS NULL \
             AND o.email <> '' AND o.email_key = ",
        );
        sql.text(email_key(text));
        sql.push(" ORDER BY o.created_at DESC, o.id DESC LIMIT 1");
        fetched::all(sql.fetch_all_as(db.reader()).await?)
    };
    if !whole.is_empty() {
        return Ok(whole);
    }
    let found = |sql: &mut Sql| push_named(sql, db.dialect(), text);
    let mut sql = Sql::new("SELECT o.id, o.name, o.email FROM orders o WHERE ");
    let way = PartWay::to(db, &fold(text), found).await?.among_newest();
    way.push(&mut sql, ("orders", "o"), found);
    sql.push("o.account_id IS NULL AND o.email <> '' AND ");
    push_contains(&mut sql, "o.search_key", text);
    sql.push(" ORDER BY o.created_at DESC, o.id DESC LIMIT ")
        .int(GUESTS);
    Ok(fetched::all(sql.fetch_all_as(db.reader()).await?))
}
