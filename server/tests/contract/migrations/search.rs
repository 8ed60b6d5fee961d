//! What was indexed before products had words in each language: it is found as it was, and once it is
//! indexed again, as if it were new.

use server::{
    catalog::write::renew_words,
    db::{Dialect, documents},
    text::FOLDING,
};

use super::{id, write};
use crate::{
    catalog_lists::titles,
    support::{Goods, START, TestShop},
};

on_both_old_databases!(20: what_was_indexed_is_found_before_and_after_it_is_indexed_again);

/// More than one transaction indexes.
const PRODUCTS: usize = 130;

/// Products `Rope 1` and so on with their words as the old index held them, the letters of their title with
/// an "x" behind.
fn rows(dialect: Dialect) -> Vec<String> {
    let mut all = vec![format!(
        "UPDATE folded_keys SET version = {FOLDING}, done = 1, after_id = ''"
    )];
    for n in 1..=PRODUCTS {
        let id = id(n);
        all.push(format!(
            "INSERT INTO products (id, slug, title, title_key, active, created_at, updated_at) \
             VALUES ('{id}', 'rope-{n}', 'Rope {n}', 'rope {n}', 1, {START}, {START})"
        ));
        all.push(match dialect {
            Dialect::Sqlite => format!(
                "INSERT INTO products_search (rowid, title, vendor, category, tags, body) \
                 SELECT seq, 'ropex {n}', '', '', '', '' FROM products WHERE id = '{id}'"
            ),
            Dialect::Postgres => format!(
                "UPDATE products SET search = CAST('''ropex'':1A ''{n}'':2A' AS tsvector) \
                 WHERE id = '{id}'"
            ),
        });
    }
    all
}

async fn what_was_indexed_is_found_before_and_after_it_is_indexed_again(shop: TestShop) {
    let db = shop.db();
    write(db, &rows(db.dialect())).await;
    db.migrate()
        .await
        .expect("the database is brought up to date");
    assert_eq!(titles(&shop, &[("q", "ropex 107")]).await, ["Rope 107"]);
    assert_eq!(titles(&shop, &[("q", "ropes 107")]).await, [""; 0]);
    // What is new is found in all its forms meanwhile.
    shop.stock(Goods::named("Hawser 200")).await;
    assert_eq!(titles(&shop, &[("q", "hawsers")]).await, ["Hawser 200"]);

    let old = "SELECT COUNT(*) AS n FROM product_words WHERE version = 0";
    assert_eq!(shop.number(old).await, PRODUCTS as i64);
    assert_eq!(documents::renew(db).await.unwrap(), 100);
    assert_eq!(shop.number(old).await, PRODUCTS as i64 - 100);
    // Stopped here, it goes on with those that are left.
    renew_words(db).await.unwrap();
    assert_eq!(shop.number(old).await, 0);
    assert_eq!(documents::renew(db).await.unwrap(), 0);

    assert_eq!(titles(&shop, &[("q", "107 ropes")]).await, ["Rope 107"]);
    assert_eq!(titles(&shop, &[("q", "rope 130")]).await, ["Rope 130"]);
    assert_eq!(
        titles(&shop, &[("q", "107 ropex")]).await.len(),
        1,
        "a mistake"
    );
    let rows = "SELECT COUNT(*) AS n FROM product_words";
    assert_eq!(shop.number(rows).await, PRODUCTS as i64 + 1);
}
