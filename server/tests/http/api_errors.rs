//! Each kind of refusal has its status and says what is needed to mend it.

use serde_json::json;

use super::api_shapes::order_fields;
use crate::support::{ADMIN, Answer, Browser, Goods, Site, Stocked, TestShop, on_both_databases};

on_both_databases!(
    each_problem_of_a_line_has_its_kind,
    several_problems_are_all_told,
    refusals_of_the_order_itself_have_their_status,
    every_wrong_field_of_an_order_is_named,
    no_price_of_the_client_is_believed,
    a_key_of_somebody_elses_order_is_refused,
    nothing_foreseeable_is_500,
);

const KEY: &str = "a-key-of-sixteen-or-more";

pub async fn place(browser: &Browser, change: &[(&'static str, &'static str)]) -> Answer {
    let mut fields = order_fields(KEY);
    fields.retain(|(name, _)| !change.iter().any(|(changed, _)| changed == name));
    fields.extend_from_slice(change);
    browser.call("/api/checkout/place", &fields).await
}

pub async fn buyer(site: &Site, goods: &[&Stocked]) -> Browser {
    let browser = site.browser();
    for product in goods {
        browser.add(product.variant(), 1).await.expect(200);
    }
    browser
}

async fn each_problem_of_a_line_has_its_kind(shop: TestShop) {
    let site = shop.open().await;
    for (title, kind) in [
        ("Sold", "sold_out"),
        ("Asleep", "inactive"),
        ("Dearer", "price_changed"),
        ("Deleted", "inactive"),
        ("Fewer", "insufficient"),
    ] {
        let product = shop.stock(Goods::named(title)).await;
        let browser = site.browser();
        browser.add(product.variant(), 2).await.expect(200);
        match title {
            "Sold" => shop.set_units(&product, 0).await,
            "Asleep" => shop.set_active(&product, false).await,
            "Dearer" => shop.set_price(&product, 5900).await,
            "Fewer" => shop.set_units(&product, 1).await,
            _ => {
                let actor = app::identity::Account {
                    id: String::new(),
                    email: ADMIN.to_owned(),
                    name: String::new(),
                    role: app::identity::Role::Admin,
                };
                let admin = &shop.shop().admin;
                admin.delete_product(&actor, &product.id).await.unwrap();
            }
        }
        let refused = place(&browser, &[("expected_total_minor", "9800")])
            .await
            .expect(409);
        assert_eq!(refused.kind(), kind, "{title}");
        let line = refused.json()["error"]["lines"][0].clone();
        assert_eq!(line["kind"], kind, "{title}");
        assert_eq!(line["variant_id"], product.variant(), "{title}");
        assert_eq!(line["seen_price_minor"], 4900, "{title}");
        let price = if title == "Dearer" { 5900 } else { 4900 };
        assert_eq!(line["price_minor"], price, "{title}");
        let available = match title {
            "Dearer" => 10,
            "Fewer" => 1,
            _ => 0,
        };
        assert_eq!(line["available"], available, "{title}");
        let validation = browser
            .call("/api/checkout/validate", &[])
            .await
            .expect(200)
            .json();
        assert_eq!(
            validation,
            json!({ "ok": false, "problems": [line] }),
            "{title}"
        );
    }
    assert_eq!(shop.orders().await, 0);
}

async fn several_problems_are_all_told(shop: TestShop) {
    let goods = ["One", "Two", "Three"].map(Goods::named).to_vec();
    let goods = shop.stock_all(goods).await;
    let site = shop.open().await;
    let browser = buyer(&site, &[&goods[0], &goods[1], &goods[2]]).await;
    shop.set_units(&goods[0], 0).await;
    shop.set_active(&goods[2], false).await;
    let refused = place(&browser, &[]).await.expect(409);
    let lines = refused.json()["error"]["lines"].clone();
    let kinds: Vec<_> = lines
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            (
                line["title"].as_str().unwrap(),
                line["kind"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(kinds, [("One", "sold_out"), ("Three", "inactive")]);
    assert_eq!(shop.units(goods[1].variant()).await, 10);
}

async fn refusals_of_the_order_itself_have_their_status(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let refused = place(&site.browser(), &[]).await.expect(409);
    assert_eq!(refused.kind(), "empty_cart");
    for path in ["/api/checkout/validate", "/api/checkout/contact"] {
        let fields = order_fields(KEY);
        let refused = site.browser().call(path, &fields).await.expect(409);
        assert_eq!(refused.kind(), "empty_cart", "{path}");
    }
    let browser = buyer(&site, &[&rope]).await;
    for (change, status, kind) in [
        (("expected_total_minor", "4899"), 409, "total_changed"),
        (("shipping", "express"), 409, "total_changed"),
        (("shipping", "by-whale"), 422, "invalid"),
        (("payment", "shells"), 422, "invalid"),
        (("payment", "test_card"), 422, "invalid"),
        (("checkout_key", "short"), 422, "invalid"),
        (("checkout_key", "'; DROP TABLE orders; --"), 422, "invalid"),
        (("expected_total_minor", ""), 422, "invalid"),
        (
            ("expected_total_minor", "99999999999999999999999"),
            422,
            "invalid",
        ),
    ] {
        let refused = place(&browser, &[change]).await;
        assert_eq!(
            (refused.status, refused.kind().as_str()),
            (status, kind),
            "{change:?}"
        );
    }
    let card = [
        ("payment", "test_card"),
        ("card_number", "4000000000000002"),
    ];
    let declined = place(&browser, &card).await.expect(402);
    assert_eq!(declined.kind(), "payment_declined");
    assert_eq!(shop.units(rope.variant()).await, 10);
}

async fn every_wrong_field_of_an_order_is_named(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = buyer(&site, &[&rope]).await;
    let nothing = [
        ("email", ""),
        ("name", " "),
        ("address_line1", "\u{0}"),
        ("postal_code", "12345678901234567"),
        ("city", ""),
        ("country", "Atlantis"),
        ("phone", "call me"),
    ];
    let refused = place(&browser, &nothing).await.expect(422);
    assert_eq!(
        refused.fields(),
        [
            "email",
            "name",
            "address_line1",
            "postal_code",
            "city",
            "country",
            "phone"
        ]
    );
    assert_eq!(shop.orders().await, 0);
}

async fn no_price_of_the_client_is_believed(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    let cheap = [
        ("variant_id", rope.variant()),
        ("quantity", "1"),
        ("unit_price_minor", "1"),
        ("price_minor", "1"),
    ];
    let cart = browser
        .call("/api/cart/add", &cheap)
        .await
        .expect(200)
        .json();
    assert_eq!(cart["subtotal_minor"], 4900);
    let accept = [("variant_id", rope.variant()), ("price_minor", "1")];
    let cart = browser
        .call("/api/cart/accept-price", &accept)
        .await
        .expect(200)
        .json();
    assert_eq!(cart["subtotal_minor"], 4900);
    place(
        &browser,
        &[("expected_total_minor", "1"), ("total_minor", "1")],
    )
    .await
    .expect(409);
    place(&browser, &[("expected_total_minor", "-4900")])
        .await
        .expect(409);
    assert_eq!(
        place(&browser, &[]).await.expect(200).json()["total_minor"],
        4900
    );
}

async fn a_key_of_somebody_elses_order_is_refused(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let (kim, eve) = (buyer(&site, &[&rope]).await, buyer(&site, &[&rope]).await);
    let first = place(&kim, &[]).await.expect(200).json();
    let refused = place(&eve, &[]).await.expect(409);
    assert_eq!(refused.kind(), "conflict");
    assert!(!refused.body.contains(first["token"].as_str().unwrap()));
    assert_eq!(shop.orders().await, 1);
    assert_eq!(eve.read("/api/cart").await.json()["count"], 1);
}

async fn nothing_foreseeable_is_500(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(50)).await;
    let site = shop.open().await;
    let browser = buyer(&site, &[&rope]).await;
    let long = "x".repeat(10_000);
    for value in [
        "",
        "0",
        "-1",
        "NaN",
        "é",
        "\u{0}",
        "\u{202e}",
        "' OR 1=1 --",
        &long,
    ] {
        for name in [
            "variant_id",
            "quantity",
            "product_id",
            "option1",
            "price_minor",
        ] {
            for path in ["add", "update", "remove", "accept-price"] {
                let fields = [(name, value)];
                let answer = browser.call(&format!("/api/cart/{path}"), &fields).await;
                assert!(
                    answer.status < 500,
                    "{path} {name}={value:.20}: {}",
                    answer.body
                );
            }
        }
    }
    assert_eq!(browser.read("/api/cart").await.json()["count"], 1);
}
