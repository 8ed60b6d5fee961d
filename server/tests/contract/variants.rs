//! What a variant may be besides counted and on sale: not tracked, sold ahead of its stock, archived.

use app::{
    cart::ports::CartItem,
    error::ErrorKind,
    orders::{steps::Action, types::OrderStatus},
};

use server::db::Sql;

use crate::support::{Goods, Stocked, TestShop, cash, on_both_databases};

on_both_databases!(
    what_is_not_tracked_is_sold_without_stock,
    stock_goes_below_zero_as_far_as_is_set,
    a_deleted_variant_stays_in_the_books_and_leaves_its_sku,
    the_database_keeps_what_was_sold,
);

async fn set(shop: &TestShop, variant: &str, what: &str) {
    shop.execute(&format!(
        "UPDATE variants SET {what} WHERE id = '{variant}'"
    ))
    .await;
}

async fn movements(shop: &TestShop, variant: &str) -> i64 {
    shop.number(&format!(
        "SELECT COUNT(*) AS n FROM stock_movements WHERE variant_id = '{variant}'"
    ))
    .await
}

async fn sold(shop: &TestShop, variant: &str) -> i64 {
    shop.number(&format!(
        "SELECT sold AS n FROM variants WHERE id = '{variant}'"
    ))
    .await
}

async fn what_is_not_tracked_is_sold_without_stock(shop: TestShop) {
    let voucher = shop.stock(Goods::named("Voucher").units(1)).await;
    let (id, admin) = (voucher.variant(), shop.admin().await);
    set(&shop, id, "tracked = 0").await;
    let order = shop.bought(&[(id, 5)], cash()).await;
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(shop.units(id).await, 1, "no stock is taken");
    assert_eq!(movements(&shop, id).await, 1, "the first delivery alone");
    assert_eq!(sold(&shop, id).await, 5);
    assert!(order.allows(Action::Cancel));
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    assert_eq!(shop.units(id).await, 1, "and none comes back");
    assert_eq!((movements(&shop, id).await, sold(&shop, id).await), (1, 0));

    // What was sold while its units were counted comes back though they are not any more.
    set(&shop, id, "tracked = 1").await;
    let order = shop.bought(&[(id, 1)], cash()).await;
    set(&shop, id, "tracked = 0").await;
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    assert_eq!(shop.units(id).await, 1);
    assert_eq!(movements(&shop, id).await, 3);
}

async fn stock_goes_below_zero_as_far_as_is_set(shop: TestShop) {
    let lamp = shop.stock(Goods::named("Lamp").units(1)).await;
    let (id, admin) = (lamp.variant(), shop.admin().await);
    set(&shop, id, "backorder_limit = 2").await;
    let order = shop.bought(&[(id, 3)], cash()).await;
    assert_eq!(shop.units(id).await, -2);
    let item = CartItem::Variant(id.to_owned());
    let refused = shop.shop().cart.add(None, item, 1).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::SoldOut);
    // No statement goes further.
    let mut tx = shop.db().begin().await.unwrap();
    let further = Sql::new(&format!(
        "UPDATE variants SET stock = stock - 1 WHERE id = '{id}'"
    ));
    further.execute(&mut *tx).await.unwrap_err();
    tx.rollback().await.unwrap();
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    assert_eq!(shop.units(id).await, 1);
}

fn two_sizes() -> Goods {
    Goods::named("Rope").options(["Length"], &[(["5 m"], 1000, 10), (["10 m"], 1900, 10)])
}

async fn a_deleted_variant_stays_in_the_books_and_leaves_its_sku(shop: TestShop) {
    let rope: Stocked = shop.stock(two_sizes().sku("R-5")).await;
    let id = rope.variant().to_owned();
    let order = shop.bought(&[(&id, 2)], cash()).await;
    shop.rewrite(&rope, |draft| {
        draft.variants.remove(0);
    })
    .await;
    assert_eq!(shop.units(&id).await, 8, "it is there still");
    assert_eq!(movements(&shop, &id).await, 2);
    let archived = "SELECT COUNT(*) AS n FROM variants WHERE archived_at IS NOT NULL \
        AND product_id IS NULL AND archived_product_id IS NOT NULL";
    assert_eq!(shop.number(archived).await, 1);
    let kept = shop.shop().orders.by_id(&order.id).await.unwrap();
    let line = &kept.lines[0];
    assert_eq!(
        (line.variant_id.as_deref(), line.sku.as_str()),
        (None, "R-5")
    );
    // Another may have its SKU and its options now.
    shop.stock(Goods::named("Cord").sku("R-5")).await;
    shop.shop()
        .admin
        .delete_product(&shop.admin().await, &rope.id)
        .await
        .unwrap();
    assert_eq!(shop.number(archived).await, 2);
}

async fn the_database_keeps_what_was_sold(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    for wrong in [
        "DELETE FROM variants",
        "DELETE FROM products",
        "UPDATE variants SET product_id = NULL",
        "UPDATE variants SET archived_at = 1",
        "UPDATE orders SET total_minor = total_minor + 1",
        "UPDATE orders SET discount_minor = 1",
        "UPDATE orders SET tax_mode = 'net'",
        "UPDATE order_lines SET taken = taken + 1",
        "UPDATE order_lines SET discount_minor = -1",
        "INSERT INTO order_lines (order_id, position, variant_id, quantity, taken, \
         unit_price_minor, created_at, product_slug, title) \
         SELECT id, 7, 'nothing', 1, 0, 1, 1, 'x', 'x' FROM orders",
        "INSERT INTO order_lines (order_id, position, quantity, taken, unit_price_minor, \
         created_at, product_slug, title) VALUES ('nothing', 0, 1, 0, 1, 1, 'x', 'x')",
        "INSERT INTO order_events (id, order_id, kind, at) VALUES ('x', 'nothing', 'note', 1)",
        "INSERT INTO payment_attempts (id, order_id, provider, status, amount_minor, created_at, \
         updated_at) VALUES ('x', 'nothing', 'test_card', 'pending', 1, 1, 1)",
    ] {
        let mut tx = shop.db().begin().await.unwrap();
        let written = Sql::new(wrong).execute(&mut *tx).await;
        assert!(written.is_err(), "{wrong}");
        tx.rollback().await.unwrap();
    }
}
