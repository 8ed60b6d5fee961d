//! Stock, orders and the tables of the admin area.

use super::admin_work::admin;
use crate::support::{Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    stock_cannot_be_adjusted_below_zero,
    an_order_is_cancelled_once,
    the_tables_find_and_page,
);

async fn stock_cannot_be_adjusted_below_zero(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    for (delta, reason, field) in [
        ("-4", "Lost", "delta"),
        ("0", "Nothing", "delta"),
        ("many", "Found", "delta"),
        ("9223372036854775807", "Found", "delta"),
        ("-9223372036854775808", "Lost", "delta"),
        ("1", " ", "reason"),
    ] {
        let fields = [
            ("variant_id", rope.variant()),
            ("delta", delta),
            ("reason", reason),
        ];
        let refused = browser
            .call("/api/admin/stock/adjust", &fields)
            .await
            .expect(422);
        assert_eq!(refused.fields(), [field], "{delta} {reason:?}");
    }
    assert_eq!(shop.units(rope.variant()).await, 3);
    let fields = [
        ("variant_id", rope.variant()),
        ("delta", "-3"),
        ("reason", "Lost"),
    ];
    let adjusted = browser
        .call("/api/admin/stock/adjust", &fields)
        .await
        .expect(200);
    assert_eq!(adjusted.json()["stock"], 0);
}

async fn an_order_is_cancelled_once(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 4)], cash()).await;
    let order = shop.order(&placed.unwrap()).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let fields = [("id", order.id.as_str())];
    let page = browser
        .submit("/api/admin/orders/cancel", &fields)
        .await
        .expect(303);
    assert_eq!(page.location(), format!("/admin/orders/{}", order.id));
    assert_eq!(shop.units(rope.variant()).await, 10);
    let again = browser
        .call("/api/admin/orders/cancel", &fields)
        .await
        .expect(409);
    assert_eq!(again.kind(), "conflict");
    assert_eq!(shop.units(rope.variant()).await, 10);
    for unknown in ["", "x", &rope.id] {
        browser
            .call("/api/admin/orders/cancel", &[("id", unknown)])
            .await
            .expect(404);
    }
}

async fn the_tables_find_and_page(shop: TestShop) {
    let goods = (0..30)
        .map(|n| Goods::named(&format!("Thing {n:02}")))
        .collect();
    let goods = shop.stock_all(goods).await;
    let (_, placed) = shop.buy(&[(goods[0].variant(), 1)], cash()).await;
    let number = placed.unwrap().order_number;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    for (path, there, not_there) in [
        ("/admin/products".to_owned(), "Thing 29", "Thing 04"),
        (
            "/admin/products?sort=title".to_owned(),
            "Thing 04",
            "Thing 29",
        ),
        ("/admin/stock?q=thing+2".to_owned(), "Thing 22", "Thing 17"),
        (
            format!("/admin/stock/{}", goods[0].variant()),
            &number,
            "Thing 01",
        ),
        (
            "/admin/products?q=thing+1".to_owned(),
            "Thing 17",
            "Thing 22",
        ),
        ("/admin/products?q=%25".to_owned(), "<h1", "Thing"),
        ("/admin/products?active=false".to_owned(), "<h1", "Thing 10"),
        (
            "/admin/products?after=zz&active=x".to_owned(),
            "Thing 29",
            "Thing 04",
        ),
        ("/admin/orders".to_owned(), &number, "Thing 01"),
        (
            format!("/admin/orders?q={}", number.to_lowercase()),
            &number,
            "Thing 01",
        ),
        ("/admin/orders?q=nobody".to_owned(), "<h1", &number),
        ("/admin/orders?status=cancelled".to_owned(), "<h1", &number),
        (
            "/admin/orders?status=sunk&page=x".to_owned(),
            &number,
            "Thing 01",
        ),
    ] {
        let page = browser.page(&path).await.expect(200);
        assert!(page.body.contains(there), "{path} shows {there}");
        assert!(!page.body.contains(not_there), "{path} hides {not_there}");
    }
}
