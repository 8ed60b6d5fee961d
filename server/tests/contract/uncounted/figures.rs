//! The dashboard asks for pieces of time: Postgres joins them with all sums of the shop if it is left the choice.

use desk::admin::dashboard::ports::Span;

use super::{NOBODY_COUNTS, all_is_told, read};
use crate::support::{DAY, Goods, Kind, TestShop, cash, run};

/// Sums of each of the two kinds, of other times.
const OTHERS: i64 = 200_000;
/// Rows of one table, and entries of its indexes, that may be looked at for the figures of a month.
const FEW: i64 = 500;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_of_a_month_are_read_without_a_look_at_other_times() {
    run(Kind::Postgres, figures_beside_others).await;
}

async fn figures_beside_others(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    let sums = [
        format!(
            "INSERT INTO order_sums (span, begins, currency, standing, orders, units, gross_minor, received_minor, \
             to_collect_minor, refunds, refunded_minor) SELECT CASE i % 2 WHEN 0 THEN 60000 ELSE 900000 END, i * 900000, \
             'EUR', 1, 1, 1, 1, 1, 0, 0, 0 FROM generate_series(CAST(1 AS BIGINT), {OTHERS}) AS n (i)"
        ),
        format!(
            "INSERT INTO variant_sums (span, begins, variant_id, gone, currency, standing, units, gross_minor) \
             SELECT CASE i % 2 WHEN 0 THEN {DAY} ELSE 900000 END, i / 200 * {DAY}, 'v' || i, '', 'EUR', 1, 1, 1 \
             FROM generate_series(CAST(1 AS BIGINT), {OTHERS}) AS n (i)"
        ),
    ];
    shop.execute(NOBODY_COUNTS).await;
    for sql in &sums {
        shop.execute(sql).await;
    }
    shop.execute("ANALYZE").await;
    all_is_told(&shop).await;
    let before = read(&shop).await;

    let figures = shop.shop().dashboard.figures(Span::Month.into()).await;

    assert_eq!(figures.unwrap().total().units, 2);
    all_is_told(&shop).await;
    for (table, after) in read(&shop).await {
        let looked_at = after - before.get(&table).copied().unwrap_or_default();
        assert!(looked_at <= FEW, "{looked_at} of {table}");
    }
    shop.execute("DELETE FROM variant_sums WHERE variant_id LIKE 'v%'")
        .await;
    shop.execute(&format!(
        "DELETE FROM order_sums WHERE begins <= CAST({OTHERS} AS BIGINT) * 900000"
    ))
    .await;
}
