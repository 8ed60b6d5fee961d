//! What is written behind the placing is written for the orders that have arrived: Postgres knows that very many have
//! one time, and reads the others all the same only if it is left the choice.

use server::orders::search::fill;

use super::{EMPTY, FILL, NOBODY_COUNTS, OTHERS, all_is_told, read, unnoticed};
use crate::support::{Goods, Kind, TestShop, run};

/// Orders of one time.
const TOGETHER: i64 = 200;
/// Rows of one table, and entries of its indexes, that may be looked at for them.
const FEW: i64 = 20 * TOGETHER;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_that_arrive_are_indexed_and_numbered_without_a_look_at_the_others() {
    run(Kind::Postgres, arrivals_beside_others).await;
}

async fn arrivals_beside_others(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let last = OTHERS / TOGETHER - 1;
    let known = last * TOGETHER - 1;
    let written = [
        format!("UPDATE orders SET created_at = CAST(SUBSTR(id, 2) AS BIGINT) / {TOGETHER}"),
        format!(
            "INSERT INTO order_lines (order_id, position, variant_id, quantity, taken, unit_price_minor, \
             created_at, product_slug, title, search_key) \
             SELECT id, 0, '{}', 1, 0, 1000, 1, 'rope', 'Rope', 'rope' FROM orders",
            rope.variant()
        ),
        format!(
            "INSERT INTO order_search (order_id, key, total_minor, created_at) \
             SELECT 'o' || i, 'n' || i, 1000, i / {TOGETHER} FROM generate_series(1, {known}) AS n (i)"
        ),
        format!(
            "INSERT INTO order_short_numbers (order_id, number) \
             SELECT 'o' || i, 1000 + i FROM generate_series(1, {known}) AS n (i)"
        ),
        format!("UPDATE short_numbers SET last_number = {}", 1000 + known),
        format!("INSERT INTO order_arrivals (at) VALUES ({last})"),
    ];
    shop.execute(NOBODY_COUNTS).await;
    unnoticed(&shop, &FILL[..1]).await;
    let written: Vec<&str> = written.iter().map(String::as_str).collect();
    unnoticed(&shop, &written).await;
    shop.execute("ANALYZE").await;
    all_is_told(&shop).await;
    let before = read(&shop).await;

    fill::fill(shop.db(), shop.now()).await.unwrap();

    all_is_told(&shop).await;
    for (table, after) in read(&shop).await {
        let looked_at = after - before.get(&table).copied().unwrap_or_default();
        assert!(looked_at <= FEW, "{looked_at} of {table}");
    }
    let numbered = "SELECT MAX(number) AS n FROM order_short_numbers";
    assert_eq!(shop.number(numbered).await, 1000 + known + TOGETHER);
    let lines = "DELETE FROM order_lines WHERE order_id LIKE 'o%'";
    unnoticed(&shop, &[lines]).await;
    unnoticed(&shop, &EMPTY).await;
}
