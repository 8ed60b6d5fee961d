//! The stock table and its bookings over HTTP, with plain forms.

use super::{admin_work::admin, order_desk::from_page};
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    stock_is_set_from_the_table,
    more_than_there_can_be_is_told_as_such,
    a_booking_that_is_sent_twice_is_made_once,
);

async fn stock_is_set_from_the_table(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let fields = [
        ("variant_id", rope.variant()),
        ("units", "7"),
        ("reason", "Counted"),
        ("next", "/admin/stock?q=rope"),
    ];
    let done = browser
        .submit("/api/admin/stock/set", &fields)
        .await
        .expect(303);
    assert_eq!(done.location(), "/admin/stock?q=rope");
    assert_eq!(shop.units(rope.variant()).await, 7);
    let fields = [
        ("variant_id", rope.variant()),
        ("units", "many"),
        ("reason", "Counted"),
    ];
    let refused = browser
        .call("/api/admin/stock/set", &fields)
        .await
        .expect(422);
    assert_eq!(refused.fields(), ["units"]);
    let fields = [
        ("rows[0][variant_id]", rope.variant()),
        ("rows[0][units]", "many"),
        ("reason", "Counted"),
    ];
    let page = from_page(
        &browser,
        "/admin/stock?q=rope",
        "/api/admin/stock/save",
        &fields,
    );
    let page = page.await.refused();
    let field = format!("units-{}", rope.variant());
    for told in [
        format!("href=\"#{field}\""),
        format!("id=\"{field}\""),
        format!("id=\"{field}-error\""),
        "value=\"many\"".to_owned(),
    ] {
        assert!(page.body.contains(&told), "{told}");
    }
    assert_eq!(page.body.matches("aria-invalid=\"true\"").count(), 1);
    let told = browser.page("/admin/stock?q=rope&done=saved").await;
    assert!(told.body.contains("Changes saved."));
    let elsewhere = [
        ("variant_id", rope.variant()),
        ("units", "8"),
        ("reason", "Counted"),
        ("next", "//evil.example"),
    ];
    let done = browser
        .submit("/api/admin/stock/set", &elsewhere)
        .await
        .expect(303);
    assert_eq!(
        done.location(),
        format!("/admin/stock/{}?saved=1", rope.variant())
    );
}

async fn more_than_there_can_be_is_told_as_such(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let (id, variant) = (rope.id.as_str(), rope.variant());
    let row = |name: &'static str, value: &'static str| {
        let fields = [
            ("id", id),
            ("variants[0][id]", variant),
            ("variants[0][price]", "20"),
            ("variants[0][stock]", "10"),
            ("variants[0][stock_was]", "10"),
            ("variants[0][grams]", "5"),
        ];
        let with = fields.map(|(field, old)| (field, if field == name { value } else { old }));
        with.to_vec()
    };
    let units = "Enter at most 1,000,000,000 units.";
    let dear = "This price is too high.";
    for (path, fields, field, words) in [
        (
            "/api/admin/stock/set",
            vec![
                ("variant_id", variant),
                ("units", "1000000001"),
                ("reason", "Counted"),
            ],
            "units",
            units,
        ),
        (
            "/api/admin/stock/adjust",
            vec![
                ("variant_id", variant),
                ("delta", "1000000001"),
                ("reason", "Counted"),
            ],
            "delta",
            units,
        ),
        (
            "/api/admin/prices/set",
            vec![
                ("variant_id", variant),
                ("price", "99999999999"),
                ("price_was", "20"),
            ],
            "price",
            dear,
        ),
        (
            "/api/admin/products/update",
            row("variants[0][stock]", "1000000001"),
            "variants[0][stock]",
            units,
        ),
        (
            "/api/admin/products/update",
            row("variants[0][grams]", "1000000001"),
            "variants[0][grams]",
            "Enter at most 1,000,000,000 grams.",
        ),
        (
            "/api/admin/products/update",
            row("variants[0][price]", "99999999999"),
            "variants[0][price]",
            dear,
        ),
    ] {
        let refused = browser.call(path, &fields).await.expect(422);
        assert_eq!(refused.fields(), [field], "{path}");
        assert!(refused.body.contains(words), "{path}: {}", refused.body);
    }
    assert_eq!(shop.units(variant).await, 10);
}

async fn a_booking_that_is_sent_twice_is_made_once(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let here = format!("/admin/stock/{}", rope.variant());
    let page = browser.page(&here).await.expect(200).body;
    let key = page.split("name=\"key\" value=\"").nth(1).expect("a key");
    let key = key.split('"').next().unwrap();
    let fields = [
        ("variant_id", rope.variant()),
        ("delta", "50"),
        ("reason", "Delivered"),
        ("key", key),
    ];
    for _ in 0..2 {
        browser
            .submit("/api/admin/stock/adjust", &fields)
            .await
            .expect(303);
    }
    assert_eq!(shop.units(rope.variant()).await, 60);
}
