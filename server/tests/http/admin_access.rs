//! The admin area does not exist for those who may not enter it.

use app::identity::Role;
use reqwest::{Method, header::ACCEPT};

use crate::support::{
    Answer, Browser, Goods, STAFF, TestShop, cash, on_both_databases, rows, rows_but_log,
};

on_both_databases!(
    no_admin_function_exists_for_strangers,
    no_admin_page_exists_for_strangers,
    staff_may_adjust_stock_and_cancel_orders_and_nothing_else,
    a_role_taken_away_counts_at_once,
);

/// Every function of the admin area, as registered, and the uploads, which are routes of their own.
fn functions() -> Vec<(String, Method)> {
    let mut found: Vec<_> = server_fn::axum::server_fn_paths()
        .filter(|(path, _)| path.starts_with("/api/admin/"))
        .map(|(path, method)| (path.to_owned(), method))
        .collect();
    found.push(("/api/admin/pictures/upload".to_owned(), Method::POST));
    found.push(("/api/admin/look/pictures".to_owned(), Method::POST));
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(found.len() >= 10, "they were found: {found:?}");
    found
}

/// What everybody may call.
const OPEN: [&str; 3] = [
    "/api/admin/sign-in",
    "/api/admin/sign-out",
    "/api/admin/set-up",
];

async fn call(browser: &Browser, path: &str, method: Method, fields: &[(&str, &str)]) -> Answer {
    let request = browser
        .request(method, path)
        .header(ACCEPT, "application/json");
    Answer::of(request.form(fields)).await
}

async fn no_admin_function_exists_for_strangers(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    let order = shop.order(&placed.unwrap()).await;
    let site = shop.open().await;
    let before = rows(shop.db()).await;
    for (path, method) in functions() {
        if OPEN.contains(&path.as_str()) {
            continue;
        }
        let id = if path.contains("/orders/") {
            &order.id
        } else {
            &rope.id
        };
        for fields in [
            &[][..],
            &[
                ("id", id.as_str()),
                ("product_id", id),
                ("title", "Mine"),
                ("active", "0"),
                ("variant_id", rope.variant()),
                ("delta", "5"),
                ("reason", "because"),
                ("variants[0][price]", "1"),
            ],
        ] {
            let answer = call(&site.browser(), &path, method.clone(), fields).await;
            assert_eq!(answer.status, 404, "{path}");
            assert_eq!(answer.kind(), "not_found", "{path}");
            assert_eq!(answer.location(), "", "{path}");
        }
        if method == Method::POST {
            let page = site.browser().submit(&path, &[("id", id)]).await;
            assert_eq!(page.status, 404, "{path} as a form");
        }
    }
    assert_eq!(rows(shop.db()).await, before);
}

/// Pages of the admin area, given the ids of a product and an order.
fn pages(product: &str, variant: &str, order: &str) -> [String; 15] {
    [
        "/admin".to_owned(),
        "/admin/products".to_owned(),
        "/admin/products/new".to_owned(),
        format!("/admin/products/{product}"),
        "/admin/import".to_owned(),
        "/admin/products?sort=title".to_owned(),
        "/admin/stock".to_owned(),
        format!("/admin/stock/{variant}"),
        "/admin/orders".to_owned(),
        "/admin/settings".to_owned(),
        "/admin/system".to_owned(),
        format!("/admin/orders/{order}"),
        format!("/admin/orders/{order}/refund"),
        format!("/admin/orders/{order}/packing-slip"),
        format!("/admin/orders/{order}/invoice"),
    ]
}

async fn no_admin_page_exists_for_strangers(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    let order = shop.order(&placed.unwrap()).await;
    shop.admin().await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(crate::support::ADMIN).await.expect(200);
    for path in pages(&rope.id, rope.variant(), &order.id) {
        let page = site.browser().page(&path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(!page.body.contains("kim@example.com"), "{path}");
        assert_eq!(page.location(), "", "{path}");
        let page = admin.page(&path).await;
        assert_eq!(page.status, 200, "{path} for the admin");
        assert!(page.body.contains("noindex"), "{path}");
    }
    for path in ["/admin/products/x", "/admin/orders/x", "/admin/nothing"] {
        admin.page(path).await.expect(404);
    }
}

async fn staff_may_adjust_stock_and_cancel_orders_and_nothing_else(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope").pictured(&["/media/a.png"]))
        .await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    let order = shop.order(&placed.unwrap()).await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(STAFF).await.expect(200);

    let before = rows_but_log(shop.db()).await;
    let allowed = [
        "/api/admin/stock/adjust",
        "/api/admin/orders/cancel",
        "/api/admin/stock/set",
        "/api/admin/stock/save",
        "/api/admin/dashboard/live",
        "/api/admin/search",
    ];
    for (path, method) in functions() {
        let is_allowed = allowed.contains(&path.as_str())
            || path.starts_with("/api/admin/orders/")
            || path.starts_with("/api/admin/views/");
        if OPEN.contains(&path.as_str()) || is_allowed {
            continue;
        }
        let fields = [
            ("id", rope.id.as_str()),
            ("product_id", &rope.id),
            ("title", "Mine"),
            ("active", "0"),
            ("variants[0][price]", "1"),
        ];
        let answer = call(&browser, &path, method, &fields).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    assert_eq!(rows_but_log(shop.db()).await, before);
    for (path, status) in [
        ("/admin".to_owned(), 200),
        ("/admin/settings".to_owned(), 404),
        ("/admin/system".to_owned(), 404),
        ("/admin/products".to_owned(), 200),
        ("/admin/products/new".to_owned(), 404),
        (format!("/admin/products/{}", rope.id), 404),
        ("/admin/import".to_owned(), 404),
        ("/admin/export.csv".to_owned(), 404),
        ("/admin/translations/de/texts.csv".to_owned(), 404),
        ("/admin/stock".to_owned(), 200),
        (format!("/admin/stock/{}", rope.variant()), 200),
        ("/admin/orders".to_owned(), 200),
        (format!("/admin/orders/{}", order.id), 200),
    ] {
        assert_eq!(browser.page(&path).await.status, status, "{path}");
    }

    let adjust = [
        ("variant_id", rope.variant()),
        ("delta", "3"),
        ("reason", "Found"),
    ];
    let adjusted = browser.call(allowed[0], &adjust).await.expect(200);
    assert_eq!(adjusted.json()["stock"], 12);
    let cancelled = browser
        .call(allowed[1], &[("id", &order.id)])
        .await
        .expect(200);
    assert_eq!(cancelled.json()["status"], "cancelled");
    assert_eq!(shop.units(rope.variant()).await, 13);
    let trail = shop
        .number("SELECT COUNT(*) AS n FROM audit_entries WHERE actor = 'staff@shop.test'")
        .await;
    assert!(trail >= 1, "what staff does is on record");
}

async fn a_role_taken_away_counts_at_once(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(crate::support::ADMIN).await.expect(200);
    browser.page("/admin/products").await.expect(200);
    let mut tx = shop.db().begin().await.unwrap();
    sqlx::query("UPDATE accounts SET role = 'customer'")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    browser.page("/admin/products").await.expect(404);
    browser
        .call("/api/admin/products/create", &[])
        .await
        .expect(404);
}
