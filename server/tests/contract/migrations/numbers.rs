//! Orders that had no short number yet when the shop was upgraded.

use app::orders::ports::OrderFilter;
use server::orders::search::fill;

use crate::support::{Goods, MINUTE, TestShop, cash};

on_both_old_databases!(74: what_was_in_the_search_without_a_number_gets_one);

async fn what_was_in_the_search_without_a_number_gets_one(shop: TestShop) {
    for open in [
        "UPDATE shop_settings SET opening = 'open'",
        "UPDATE cash_settings SET confirmation = 0, most_open = NULL",
    ] {
        shop.execute(open).await;
    }
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let mut bought = Vec::new();
    for _ in 0..3 {
        bought.push(shop.bought(&[(rope.variant(), 1)], cash()).await);
        shop.clock.advance(MINUTE);
    }
    // The first has its number, all but the last are in the search.
    let (first, last) = (&bought[0], &bought[2]);
    for sql in [
        format!(
            "INSERT INTO order_short_numbers (order_id, number) VALUES ('{}', 1001)",
            first.id
        ),
        format!(
            "UPDATE short_numbers SET last_number = 1001, drawn_until = {}",
            first.created_at
        ),
        format!("DELETE FROM order_arrivals WHERE at <> {}", last.created_at),
    ] {
        shop.execute(&sql).await;
    }
    shop.db()
        .migrate()
        .await
        .expect("the database is brought up to date");
    fill::fill(shop.db(), shop.now()).await.unwrap();
    let listed = shop.shop().orders.list(&OrderFilter::default()).await;
    let rows = listed.unwrap().rows;
    let numbers: Vec<_> = rows.iter().map(|row| row.short_number).collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [Some(1001), Some(1002), Some(1003)]);
    assert_eq!(numbers[2], Some(1001), "one that was drawn stays");
}
