//! A refund gives back as much of a share as it puts back on the shelf.

use app::{error::ErrorKind, identity::Account, orders::types::Order};
use desk::admin::orders::{
    ports::NewRefund,
    types::{RefundRequest, RefundUnits, Restock, ShippingRefund},
};

use super::{buy, form, is_limit, ropes, set, uses};
use crate::support::{Goods, Kind, START, TestShop, contact, on_both_databases, run_at};

on_both_databases!(
    units_that_go_back_on_the_shelf_can_be_ordered_again_once,
    units_that_do_not_go_back_on_the_shelf_go_on_counting,
    limits_of_the_shop_the_product_and_the_variant_get_back_their_own,
    a_limit_that_is_set_later_counts_what_was_kept,
);

fn refund(units: &[(usize, i64)], number: i64, restock: Restock) -> NewRefund {
    NewRefund {
        request: RefundRequest {
            units: RefundUnits::Some(units.to_vec()),
            shipping: ShippingRefund::LeaveOut,
            restock,
            note: String::new(),
        },
        number,
        key: String::new(),
        expected_minor: None,
    }
}

/// Refunds units of the order's lines.
async fn refunded(shop: &TestShop, admin: &Account, id: &str, new: NewRefund) {
    let desk = &shop.shop().order_desk;
    desk.refund(admin, id, new).await.unwrap();
}

async fn counted(shop: &TestShop) -> i64 {
    shop.number("SELECT CAST(COALESCE(MAX(units), 0) AS BIGINT) AS n FROM buyer_limit_uses")
        .await
}

async fn bought(shop: &TestShop, variant: &str, units: i64) -> Order {
    let placed = buy(shop, variant, units, contact()).await.unwrap();
    shop.order(&placed).await
}

async fn units_that_go_back_on_the_shelf_can_be_ordered_again_once(shop: TestShop) {
    let (rope, admin) = ropes(&shop, 3).await;
    let order = bought(&shop, rope.variant(), 3).await;
    let one_back = refund(&[(0, 1)], 1, Restock::ToStock);
    refunded(&shop, &admin, &order.id, one_back.clone()).await;
    let desk = &shop.shop().order_desk;
    desk.refund(&admin, &order.id, one_back).await.unwrap_err();
    assert_eq!(counted(&shop).await, 2);
    let refused = buy(&shop, rope.variant(), 2, contact()).await.unwrap_err();
    is_limit(&refused, 0, 3, None);
    bought(&shop, rope.variant(), 1).await;
    // The rest of it: nothing of the first order is left to count.
    refunded(
        &shop,
        &admin,
        &order.id,
        refund(&[(0, 2)], 2, Restock::ToStock),
    )
    .await;
    let of_it = format!(
        "SELECT COUNT(*) AS n FROM buyer_limit_uses WHERE order_id = '{}'",
        order.id
    );
    assert_eq!(shop.number(&of_it).await, 0);
    bought(&shop, rope.variant(), 2).await;
    let refused = buy(&shop, rope.variant(), 1, contact()).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::LimitReached);
    assert_eq!(shop.units(rope.variant()).await, 90 - 3);
}

async fn units_that_do_not_go_back_on_the_shelf_go_on_counting(shop: TestShop) {
    let (rope, admin) = ropes(&shop, 2).await;
    let order = bought(&shop, rope.variant(), 2).await;
    refunded(&shop, &admin, &order.id, refund(&[(0, 2)], 1, Restock::Not)).await;
    assert_eq!(counted(&shop).await, 2);
    buy(&shop, rope.variant(), 1, contact()).await.unwrap_err();
}

async fn limits_of_the_shop_the_product_and_the_variant_get_back_their_own(shop: TestShop) {
    let (rope, admin) = ropes(&shop, 5).await;
    let lamp = shop.stock(Goods::named("Lamp").price(1000)).await;
    set(&shop, &admin, None, vec![form("", 9, 0)]).await;
    let cart = shop.cart(&[(rope.variant(), 4), (lamp.variant(), 3)]).await;
    let placed = shop.place(&cart, super::by(contact(), 7000)).await.unwrap();
    let order = shop.order(&placed).await;
    let line = |title: &str| {
        let mut lines = order.lines.iter();
        lines.position(|line| line.title == title).unwrap()
    };
    let lamps = refund(&[(line("Lamp"), 2)], 1, Restock::ToStock);
    refunded(&shop, &admin, &order.id, lamps).await;
    let of = |scope: &str| {
        format!(
            "SELECT CAST(MAX(u.units) AS BIGINT) AS n FROM buyer_limit_uses u \
             JOIN buyer_limits l ON l.id = u.limit_id WHERE l.product_id {scope}"
        )
    };
    assert_eq!(shop.number(&of("IS NOT NULL")).await, 4);
    assert_eq!(shop.number(&of("IS NULL")).await, 5);
    let ropes = refund(&[(line("Rope"), 4)], 2, Restock::ToStock);
    refunded(&shop, &admin, &order.id, ropes).await;
    assert_eq!(shop.number(&of("IS NULL")).await, 1);
    // Two names of a guest, and none of the product's.
    assert_eq!(uses(&shop).await, 2);
}

async fn a_limit_that_is_set_later_counts_what_was_kept(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(90)).await;
    let admin = shop.admin().await;
    let order = bought(&shop, rope.variant(), 4).await;
    let whole = bought(&shop, rope.variant(), 1).await;
    refunded(
        &shop,
        &admin,
        &order.id,
        refund(&[(0, 3)], 1, Restock::ToStock),
    )
    .await;
    refunded(
        &shop,
        &admin,
        &whole.id,
        refund(&[(0, 1)], 1, Restock::ToStock),
    )
    .await;
    set(&shop, &admin, Some(&rope.id), vec![form("", 2, 0)]).await;
    buy(&shop, rope.variant(), 2, contact()).await.unwrap_err();
    bought(&shop, rope.variant(), 1).await;
}

/// The last schema in which refunds gave nothing back.
const BEFORE: i64 = 53;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_refunded_before_is_given_back_by_the_upgrade() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        run_at(kind, BEFORE, upgraded).await;
    }
}

async fn upgraded(shop: TestShop) {
    let mut old = vec![
        format!(
            "INSERT INTO products (id, slug, title, active, created_at, updated_at) \
             VALUES ('p', 'rope', 'Rope', 1, {START}, {START})"
        ),
        "INSERT INTO variants (id, product_id, position, price_minor, stock) \
         VALUES ('v', 'p', 1, 1000, 10)"
            .to_owned(),
        format!(
            "INSERT INTO buyer_limits (id, product_id, units, days, created_at) \
             VALUES ('l', 'p', 9, 0, {START})"
        ),
    ];
    for (id, quantity, restocked) in [("kept", 3, 0), ("part", 3, 2), ("whole", 2, 2)] {
        old.push(format!(
            "INSERT INTO orders (id, number, token, checkout_key, cart_id, status, currency, units, \
             subtotal_minor, shipping_minor, tax_minor, total_minor, payment_method, payment_status, \
             shipping_method, email, email_key, name, address_line1, postal_code, city, country, \
             created_at, updated_at) VALUES ('{id}', 'HF-{id}', 't', 'k-{id}', 'c', 'paid', \
             'EUR', {quantity}, 1000, 0, 160, 1000, 'cash_on_delivery', 'due', 'pickup', \
             'kim@example.com', 'kim@example.com', 'Kim Marten', 'Quay 7', '20457', 'Hamburg', 'DE', \
             {START}, {START})"
        ));
        old.push(format!(
            "INSERT INTO order_lines (order_id, position, variant_id, product_slug, title, \
             variant_title, sku, unit_price_minor, quantity, taken, refunded, restocked, created_at) \
             VALUES ('{id}', 0, 'v', 'rope', 'Rope', '', '', 1000, {quantity}, {quantity}, \
             {restocked}, {restocked}, {START})"
        ));
        old.push(format!(
            "INSERT INTO buyer_limit_uses (buyer, limit_id, order_id, units, at) \
             VALUES ('kim', 'l', '{id}', {quantity}, {START})"
        ));
    }
    for sql in old {
        shop.execute(&sql).await;
    }
    shop.db().migrate().await.unwrap();
    let sum = "SELECT CAST(SUM(units) AS BIGINT) AS n FROM buyer_limit_uses";
    assert_eq!((uses(&shop).await, shop.number(sum).await), (2, 4));
    // They were made up by hand, and no books of them would agree.
    for table in ["orders", "variants", "products"] {
        shop.execute(&format!("DELETE FROM {table}")).await;
    }
}
