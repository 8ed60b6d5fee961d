//! Other sites' pages cannot act for a visitor.

use reqwest::{Method, header::ACCEPT};

use crate::support::{ADMIN, Answer, Goods, TestShop, on_sqlite, rows};

on_sqlite!(
    requests_of_other_sites_are_refused_and_change_nothing,
    requests_of_our_own_pages_are_taken,
    reading_is_open_to_links_from_elsewhere,
);

const FOREIGN: [&[(&str, &str)]; 7] = [
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "https://shop.test.evil.example")],
    &[("origin", "http://shop.test:81")],
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[
        ("sec-fetch-site", "cross-site"),
        ("origin", "http://shop.test"),
    ],
];

async fn requests_of_other_sites_are_refused_and_change_nothing(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    browser.add(rope.variant(), 1).await.expect(200);
    let before = rows(shop.db()).await;
    let fields = [
        ("id", rope.id.as_str()),
        ("variant_id", rope.variant()),
        ("quantity", "3"),
        ("delta", "5"),
        ("reason", "because"),
        ("active", "0"),
    ];
    for headers in FOREIGN {
        for path in [
            "/api/cart/add",
            "/api/cart/remove",
            "/api/checkout/place",
            "/api/admin/sign-in",
            "/api/admin/sign-out",
            "/api/admin/products/update",
            "/api/admin/products/delete",
            "/api/admin/stock/adjust",
            "/api/admin/pictures/upload",
            "/products",
        ] {
            for accept in ["application/json", "text/html"] {
                let mut request = browser.request(Method::POST, path).header(ACCEPT, accept);
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let answer = Answer::of(request.form(&fields)).await;
                assert_eq!(answer.status, 403, "{path} {headers:?}");
                if accept == "application/json" {
                    assert_eq!(answer.kind(), "forbidden", "{path} {headers:?}");
                }
            }
        }
    }
    assert_eq!(rows(shop.db()).await, before);
}

async fn requests_of_our_own_pages_are_taken(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(50)).await;
    let site = shop.open().await;
    let browser = site.browser();
    let here = browser.base.clone();
    for headers in [
        vec![("origin", here.as_str())],
        vec![("origin", "http://shop.test")],
        vec![("sec-fetch-site", "same-origin")],
        vec![("sec-fetch-site", "none")],
        vec![("sec-fetch-site", "same-origin"), ("origin", &here)],
        vec![],
    ] {
        let mut request = browser.request(Method::POST, "/api/cart/add");
        for (name, value) in &headers {
            request = request.header(*name, *value);
        }
        let request = request.form(&[("variant_id", rope.variant())]);
        assert_eq!(Answer::of(request).await.status, 200, "{headers:?}");
    }
}

async fn reading_is_open_to_links_from_elsewhere(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    for path in ["/", "/products/rope", "/api/products"] {
        let request = browser
            .request(Method::GET, path)
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://elsewhere.example");
        let answer = Answer::of(request).await.expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
}
