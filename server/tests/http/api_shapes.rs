//! The JSON that load clients and islands read: its shape is a promise.

use serde_json::{Value, json};

use crate::support::{Goods, TestShop, on_both_databases, order_form};

on_both_databases!(
    a_cart_has_its_shape,
    a_validation_has_its_shape,
    a_placed_order_has_its_shape,
    a_refusal_has_its_shape,
    a_program_that_names_no_type_gets_json,
);

/// The names of an object's fields, sorted.
#[track_caller]
pub fn names(value: &Value) -> Vec<&str> {
    let object = value.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

pub fn with_problem() -> Goods {
    Goods::named("Rope")
        .category("Deck")
        .vendor("Knots")
        .units(3)
}

async fn a_cart_has_its_shape(shop: TestShop) {
    let jacket = Goods::named("Jacket").options(["Size"], &[(["M"], 9900, 3)]);
    let jacket = shop.stock(jacket).await;
    let site = shop.open().await;
    let browser = site.browser();
    let empty = json!({ "count": 0, "lines": [], "subtotal_minor": 0, "currency": "EUR" });
    assert_eq!(browser.read("/api/cart").await.expect(200).json(), empty);
    let filled = json!({
        "count": 2, "subtotal_minor": 19800, "currency": "EUR",
        "lines": [{
            "variant_id": jacket.variant(), "quantity": 2, "unit_price_minor": 9900,
            "total_minor": 19800, "title": "Jacket", "variant_title": "M",
            "product_slug": "jacket", "picture_src": null, "problem": null,
        }],
    });
    let added = browser.add(jacket.variant(), 2).await.expect(200);
    assert_eq!(added.json(), filled);
    assert_eq!(added.location(), "");
    assert_eq!(browser.read("/api/cart").await.json(), filled);
    let one = [("variant_id", jacket.variant()), ("quantity", "1")];
    let updated = browser
        .call("/api/cart/update", &one)
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&updated["count"], &updated["subtotal_minor"]),
        (&json!(1), &json!(9900))
    );
    let gone = browser
        .call("/api/cart/remove", &[("variant_id", jacket.variant())])
        .await;
    assert_eq!(gone.expect(200).json(), empty);
}

async fn a_validation_has_its_shape(shop: TestShop) {
    let rope = shop.stock(with_problem()).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 3).await.expect(200);
    let fine = browser
        .call("/api/checkout/validate", &[])
        .await
        .expect(200);
    assert_eq!(fine.json(), json!({ "ok": true, "problems": [] }));
    shop.set_units(&rope, 2).await;
    let problem = json!({
        "variant_id": rope.variant(), "kind": "insufficient", "title": "Rope", "available": 2,
        "price_minor": 4900, "seen_price_minor": 4900,
    });
    let validation = browser
        .call("/api/checkout/validate", &[])
        .await
        .expect(200);
    assert_eq!(
        validation.json(),
        json!({ "ok": false, "problems": [problem] })
    );
    let cart = browser.read("/api/cart").await.json();
    assert_eq!(cart["lines"][0]["problem"], problem);
}

/// The fields of an order of one rope, paid in cash and picked up.
pub fn order_fields(key: &str) -> Vec<(&str, &str)> {
    order_form(key, "4900")
}

async fn a_placed_order_has_its_shape(shop: TestShop) {
    let rope = shop.stock(with_problem()).await;
    let site = shop.open().await;
    for (payment, card) in [("cash_on_delivery", ""), ("test_card", "4242424242424242")] {
        let browser = site.browser();
        browser.add(rope.variant(), 1).await.expect(200);
        let key = format!("a-key-of-sixteen-{payment}");
        let mut fields = order_fields(&key);
        fields.retain(|(name, _)| *name != "payment");
        fields.extend([("payment", payment), ("card_number", card)]);
        let placed = browser
            .call("/api/checkout/place", &fields)
            .await
            .expect(200);
        let json = placed.json();
        assert_eq!(
            names(&json),
            ["order_number", "status", "token", "total_minor"]
        );
        assert_eq!(
            (&json["status"], &json["total_minor"]),
            (&json!("paid"), &json!(4900))
        );
        let number = json["order_number"].as_str().unwrap();
        assert!(number.starts_with("HF-") && number.len() == 14, "{number}");
        assert_eq!(json["token"].as_str().unwrap().len(), 43);
        let again = browser
            .call("/api/checkout/place", &fields)
            .await
            .expect(200);
        assert_eq!(again.json(), json);
    }
}

async fn a_refusal_has_its_shape(shop: TestShop) {
    let rope = shop.stock(with_problem()).await;
    let site = shop.open().await;
    let browser = site.browser();
    let refused = browser.add(rope.variant(), 4).await.expect(409);
    assert_eq!(
        refused.json(),
        json!({ "error": {
            "kind": "insufficient", "message": "Only 3 of Rope left.", "fields": [],
            "lines": [{
                "variant_id": rope.variant(), "kind": "insufficient", "title": "Rope",
                "available": 3, "price_minor": 4900, "seen_price_minor": 4900,
            }],
        }})
    );
    let refused = browser
        .call("/api/cart/add", &[("quantity", "many")])
        .await
        .expect(422);
    assert_eq!(
        refused.json(),
        json!({ "error": {
            "kind": "invalid", "message": "Enter a quantity from 1 to 99.", "lines": [],
            "fields": [{ "field": "quantity", "message": "Enter a quantity from 1 to 99." }],
        }})
    );
}

async fn a_program_that_names_no_type_gets_json(shop: TestShop) {
    let rope = shop.stock(with_problem()).await;
    let site = shop.open().await;
    let browser = site.browser();
    let request = browser.request(reqwest::Method::POST, "/api/cart/add");
    let request = request.form(&[("variant_id", rope.variant())]);
    let answer = crate::support::Answer::of(request).await.expect(200);
    assert_eq!(answer.json()["count"], 1);
}
