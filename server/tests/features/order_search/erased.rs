//! Who is erased is in no index any more.

use server::{db::Dialect, orders::forget};

use super::{INDEXED, by, index, listed, of, rope};
use crate::support::{TestShop, on_both_databases};

on_both_databases!(
    who_is_erased_is_found_by_no_part,
    a_name_that_is_erased_while_orders_are_indexed_stays_erased,
);

/// Rows that have this part of a text, without comparing texts. On Postgres others may have its number: no three signs of an
/// order's number have that of `ax@`.
async fn with_trigram(shop: &TestShop, three: &str) -> i64 {
    let sql = match shop.db().dialect() {
        Dialect::Sqlite => format!(
            "SELECT COUNT(*) AS n FROM order_trigrams WHERE order_trigrams MATCH '\"{three}\"'"
        ),
        Dialect::Postgres => format!(
            "SELECT COUNT(*) AS n FROM order_search WHERE trigrams @> text_trigrams('{three}')"
        ),
    };
    shop.number(&sql).await
}

async fn who_is_erased_is_found_by_no_part(shop: TestShop) {
    let rope = rope(&shop).await;
    let admin = shop.admin().await;
    let gone = of(&shop, &rope, "Zoe Quax", "quax@example.com").await;
    of(&shop, &rope, "Ann Other", "other@example.com").await;
    index(&shop).await;
    // It is erased before it is indexed.
    let waits = of(&shop, &rope, "Zoe Quax", "quax@example.com").await;
    assert_eq!(with_trigram(&shop, "ax@").await, 1);
    // Nobody is erased whose order is under way.
    for order in [&gone, &waits] {
        shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    }
    let customers = &shop.shop().customers;
    customers
        .erase(&admin, &gone.id, "quax@example.com")
        .await
        .unwrap();
    assert_eq!(with_trigram(&shop, "ax@").await, 0);
    index(&shop).await;
    for text in ["quax", "zoe", "zoe q"] {
        assert_eq!(listed(&shop, &by(text)).await, [""; 0], "{text}");
    }
    assert_eq!(listed(&shop, &by("other")).await.len(), 1);
    assert_eq!(listed(&shop, &by("erased")).await, [waits.id, gone.id]);
    let kept = "SELECT COUNT(*) AS n FROM order_search WHERE key LIKE '%quax%'";
    assert_eq!(shop.number(kept).await, 0);
}

async fn a_name_that_is_erased_while_orders_are_indexed_stays_erased(shop: TestShop) {
    let rope = rope(&shop).await;
    let gone = of(&shop, &rope, "Zoe Quax", "quax@example.com").await;
    // On SQLite who writes is alone.
    if shop.db().dialect() == Dialect::Sqlite {
        return;
    }
    let mut tx = shop.db().begin().await.unwrap();
    forget::forget(&mut tx, &gone.id).await.unwrap();
    // Another node does not wait for it, and does not put the old name in.
    index(&shop).await;
    assert_eq!(shop.number(INDEXED).await, 0);
    tx.commit().await.unwrap();
    index(&shop).await;
    assert_eq!(shop.number(INDEXED).await, 1);
    assert_eq!(with_trigram(&shop, "ax@").await, 0);
}
