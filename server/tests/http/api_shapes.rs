//! The JSON that load clients and islands read: its shape is a promise.

use serde_json::{Value, json};

use crate::support::{ADMIN, Goods, STAFF, TestShop, on_both_databases};

on_both_databases!(
    a_cart_has_its_shape,
    a_validation_has_its_shape,
    a_placed_order_has_its_shape,
    a_product_list_has_its_shape,
    a_product_has_its_shape,
    suggestions_have_their_shape,
    the_admins_answers_have_their_shape,
    a_refusal_has_its_shape,
    a_program_that_names_no_type_gets_json,
);

/// The names of an object's fields, sorted.
#[track_caller]
fn names(value: &Value) -> Vec<&str> {
    let object = value.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

fn with_problem() -> Goods {
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
    vec![
        ("checkout_key", key),
        ("email", "kim@example.com"),
        ("name", "Kim Marten"),
        ("address_line1", "Quay 7"),
        ("postal_code", "20457"),
        ("city", "Hamburg"),
        ("country", "DE"),
        ("shipping", "pickup"),
        ("payment", "cash_on_delivery"),
        ("expected_total_minor", "4900"),
    ]
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

async fn a_product_list_has_its_shape(shop: TestShop) {
    let rope = shop.stock(with_problem()).await;
    let site = shop.open().await;
    let list = site
        .browser()
        .read("/api/products?q=rope")
        .await
        .expect(200)
        .json();
    assert_eq!(
        names(&list),
        ["currency", "facets", "page", "pages", "products", "total"]
    );
    assert_eq!(
        list["products"],
        json!([{
            "id": rope.id, "slug": "rope", "title": "Rope", "vendor": "Knots", "picture": null,
            "price_min_minor": 4900, "price_max_minor": 4900, "compare_at_minor": null,
            "availability": "few_left", "variants": 1,
        }])
    );
    assert_eq!(
        list["facets"]["categories"],
        json!([{ "value": "deck", "label": "Deck", "count": 1 }])
    );
    assert_eq!(
        (
            &list["total"],
            &list["page"],
            &list["pages"],
            &list["currency"]
        ),
        (&json!(1), &json!(1), &json!(1), &json!("EUR"))
    );
}

async fn a_product_has_its_shape(shop: TestShop) {
    let jacket = Goods::named("Jacket")
        .tags(&["rain"])
        .options(["Size"], &[(["M"], 9900, 30), (["L"], 9900, 0)]);
    let jacket = shop.stock(jacket).await;
    let site = shop.open().await;
    let product = site
        .browser()
        .read("/api/products/jacket")
        .await
        .expect(200)
        .json();
    assert_eq!(
        names(&product),
        [
            "category",
            "created_at",
            "currency",
            "description_html",
            "description_text",
            "id",
            "options",
            "pictures",
            "seo_description",
            "seo_title",
            "slug",
            "tags",
            "title",
            "updated_at",
            "variants",
            "vendor",
        ]
    );
    assert_eq!(
        product["options"],
        json!([{ "name": "Size", "values": ["M", "L"] }])
    );
    assert_eq!(
        product["variants"][1],
        json!({
            "id": jacket.variants[1], "sku": null, "options": ["L"], "price_minor": 9900,
            "compare_at_minor": null, "availability": "sold_out", "picture_src": null,
        })
    );
    assert!(
        !product.to_string().contains("\"stock\""),
        "numbers of units stay inside"
    );
}

async fn suggestions_have_their_shape(shop: TestShop) {
    shop.stock(with_problem()).await;
    let site = shop.open().await;
    let browser = site.browser();
    let found = browser.read("/api/suggest?q=ro").await.expect(200).json();
    assert_eq!(
        found,
        json!([{ "slug": "rope", "title": "Rope", "price": "€49.00", "picture_src": null }])
    );
    for nothing in [
        "/api/suggest",
        "/api/suggest?q=",
        "/api/suggest?q=%21%21",
        "/api/suggest?q=zz",
    ] {
        assert_eq!(
            browser.read(nothing).await.expect(200).json(),
            json!([]),
            "{nothing}"
        );
    }
}

async fn the_admins_answers_have_their_shape(shop: TestShop) {
    let rope = shop.stock(with_problem()).await;
    let admin = shop.admin().await;
    shop.account(STAFF, app::account::types::Role::Staff).await;
    let site = shop.open().await;
    let browser = site.browser();
    let signed_in = browser.sign_in(ADMIN).await.expect(200).json();
    assert_eq!(
        signed_in,
        json!({ "id": admin.id, "email": ADMIN, "name": "", "role": "admin" })
    );
    let change = [
        ("id", rope.id.as_str()),
        ("active", "false"),
        ("title", "Line"),
    ];
    let saved = browser
        .call("/api/admin/products/update", &change)
        .await
        .expect(200)
        .json();
    assert_eq!(
        saved,
        json!({ "id": rope.id, "slug": "rope", "version": 2, "active": false })
    );
    let adjust = [
        ("variant_id", rope.variant()),
        ("delta", "-2"),
        ("reason", "Broken"),
    ];
    let adjusted = browser
        .call("/api/admin/stock/adjust", &adjust)
        .await
        .expect(200)
        .json();
    assert_eq!(
        adjusted,
        json!({ "variant_id": rope.variant(), "stock": 1 })
    );
    let gone = browser
        .call("/api/admin/products/delete", &[("id", &rope.id)])
        .await;
    assert_eq!(gone.expect(200).json(), json!({ "ok": true }));
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
