//! The JSON of the catalogue and of the admin area.

use serde_json::json;

use super::api_shapes::{names, with_problem};
use crate::support::{ADMIN, Goods, STAFF, TestShop, on_both_databases};

on_both_databases!(
    a_product_list_has_its_shape,
    a_product_has_its_shape,
    suggestions_have_their_shape,
    a_search_is_in_the_language_of_the_page,
    the_admins_answers_have_their_shape,
);

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
            "availability": "few_left", "variants": 1, "options": 0,
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
    shop.account(STAFF, app::identity::Role::Staff).await;
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

async fn a_search_is_in_the_language_of_the_page(shop: TestShop) {
    let shop = shop.speaking("en,de");
    shop.stock(Goods::named("Kleid")).await;
    let site = shop.open().await;
    let browser = site.browser();
    // No English word has these endings.
    for (path, found) in [
        ("/api/suggest?q=kleidern", 0),
        ("/de/api/suggest?q=kleidern", 1),
    ] {
        let suggested = browser.read(path).await.expect(200).json();
        assert_eq!(suggested.as_array().map(Vec::len), Some(found), "{path}");
    }
    for (path, found) in [
        ("/api/products?q=kleidern", 0),
        ("/de/api/products?q=kleidern", 1),
    ] {
        let list = browser.read(path).await.expect(200).json();
        assert_eq!(list["total"], found, "{path}");
    }
    let page = browser.page("/de/products?q=kleidern").await.expect(200);
    assert!(page.body.contains("href=\"/de/products/kleid\""));
}
