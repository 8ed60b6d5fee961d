//! The sums that are stored, and those of a count from scratch.

use std::collections::BTreeMap;

use app::orders::types::OrderStatus;
use server::{
    db::{Get, Sql},
    orders::{check::check, sums},
};
use sqlx::any::AnyRow;

use crate::support::{DAY, MINUTE, TestShop};

/// What sums are of: the span, its begin, and what else tells them apart.
type Key = (i64, i64, String);
type Sums = BTreeMap<Key, Vec<i64>>;

const QUARTER: i64 = 15 * MINUTE;
const OF_ORDERS: [i64; 2] = [MINUTE, QUARTER];
const OF_VARIANTS: [i64; 2] = [QUARTER, DAY];

fn add(sums: &mut Sums, spans: &[i64], at: i64, of: &str, values: &[i64]) {
    for span in spans {
        let key = (*span, at / span * span, of.to_owned());
        let sum = sums.entry(key).or_insert_with(|| vec![0; values.len()]);
        for (sum, value) in sum.iter_mut().zip(values) {
            *sum += value;
        }
    }
}

async fn rows(shop: &TestShop, sql: &str) -> Vec<AnyRow> {
    Sql::new(sql).fetch_all(shop.db().reader()).await.unwrap()
}

fn ints(row: &AnyRow, columns: &str) -> Vec<i64> {
    let columns = columns.split(", ");
    columns.map(|column| row.int(column).unwrap()).collect()
}

const ORDER_VALUES: &str = "standing, orders, units, gross_minor, received_minor, to_collect_minor, \
                            refunds, refunded_minor";

const VARIANT_VALUES: &str = "standing, units, gross_minor";

/// What is stored: sums, and what is not added to them yet.
pub(super) async fn stored(shop: &TestShop) -> [Sums; 2] {
    let mut all = [Sums::new(), Sums::new()];
    for (sums, table, variant, which, spans, values) in [
        (
            0,
            "order_sums",
            "'' AS variant_id",
            "NULL",
            OF_ORDERS,
            ORDER_VALUES,
        ),
        (
            1,
            "variant_sums",
            "variant_id",
            "NOT NULL",
            OF_VARIANTS,
            VARIANT_VALUES,
        ),
    ] {
        for row in rows(
            shop,
            &format!("SELECT span, begins, currency, {variant}, {values} FROM {table}"),
        )
        .await
        {
            let span = row.int("span").unwrap();
            if spans.contains(&span) {
                let of = row.text("currency").unwrap() + &row.text("variant_id").unwrap();
                add(
                    &mut all[sums],
                    &[span],
                    row.int("begins").unwrap(),
                    &of,
                    &ints(&row, values),
                );
            }
        }
        let changes = format!(
            "SELECT at, currency, {variant}, {values} FROM sum_changes WHERE variant_id IS {which}"
        );
        for row in rows(shop, &changes).await {
            let of = row.text("currency").unwrap() + &row.text("variant_id").unwrap();
            add(
                &mut all[sums],
                &spans,
                row.int("at").unwrap(),
                &of,
                &ints(&row, values),
            );
        }
        all[sums].retain(|_, values| values.iter().any(|value| *value != 0));
    }
    all
}

/// The same, counted from orders, lines and refunds.
pub(super) async fn counted(shop: &TestShop) -> [Sums; 2] {
    let (mut orders, mut variants) = (Sums::new(), Sums::new());
    let mut known = BTreeMap::new();
    for row in rows(shop, "SELECT * FROM orders").await {
        let text = |column: &str| row.text(column).unwrap();
        let int = |column: &str| row.int(column).unwrap();
        let status: OrderStatus = row.read("status").unwrap();
        let counts = match status {
            OrderStatus::AwaitingConfirmation
            | OrderStatus::PendingPayment
            | OrderStatus::Cancelled => 0,
            OrderStatus::Paid
            | OrderStatus::Packed
            | OrderStatus::Shipped
            | OrderStatus::Delivered
            | OrderStatus::Refunded => 1,
        };
        let standing = i64::from(status != OrderStatus::Cancelled);
        let due = match text("payment_status").as_str() {
            "due" => int("total_minor") - int("refunded_minor"),
            _ => 0,
        };
        let values = [
            standing,
            counts,
            counts * int("units"),
            counts * int("total_minor"),
            counts * int("captured_minor"),
            counts * due,
            0,
            0,
        ];
        add(
            &mut orders,
            &OF_ORDERS,
            int("created_at"),
            &text("currency"),
            &values,
        );
        known.insert(
            text("id"),
            (int("created_at"), text("currency"), standing, counts),
        );
    }
    for row in rows(shop, "SELECT * FROM refunds WHERE cause = 'staff'").await {
        let (_, currency, ..) = &known[&row.text("order_id").unwrap()];
        let values = [0, 0, 0, 0, 0, 0, 1, row.int("amount_minor").unwrap()];
        add(
            &mut orders,
            &OF_ORDERS,
            row.int("created_at").unwrap(),
            currency,
            &values,
        );
    }
    for row in rows(shop, "SELECT * FROM order_lines").await {
        let (at, currency, standing, counts) = &known[&row.text("order_id").unwrap()];
        let units = row.int("quantity").unwrap();
        let of = currency.clone() + &row.text("variant_id").unwrap();
        let amount = units * row.int("unit_price_minor").unwrap();
        let values = [standing * units, counts * units, counts * amount];
        add(&mut variants, &OF_VARIANTS, *at, &of, &values);
    }
    let mut all = [orders, variants];
    for sums in &mut all {
        sums.retain(|_, values| values.iter().any(|value| *value != 0));
    }
    all
}

/// Before they are added up and after it.
pub(super) async fn agree(shop: &TestShop, after: &str) {
    assert_eq!(
        stored(shop).await,
        counted(shop).await,
        "after {after}, not added up"
    );
    assert_eq!(check(shop.db()).await.unwrap(), [], "after {after}");
    sums::add_up(shop.db(), shop.now()).await.unwrap();
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM sum_changes").await,
        0,
        "after {after}"
    );
    assert_eq!(stored(shop).await, counted(shop).await, "after {after}");
    // Not to the millisecond, so that each step is in another span.
    shop.clock.advance(7 * MINUTE + 1234);
}
