//! What every response says to browsers about safety.

use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::{
    Method,
    header::{ACCEPT, COOKIE},
};
use sha2::{Digest, Sha256};

use crate::support::{ADMIN, Answer, Browser, Goods, TestShop, cash, on_both_databases};

const TLS: &str = "https://shop.example";

on_both_databases!(
    every_response_carries_the_security_headers,
    the_policy_allows_exactly_the_inline_scripts_of_the_pages,
    nothing_in_a_page_needs_unsafe_inline,
    cookies_are_http_only_and_lax,
    cookies_belong_to_the_host_behind_tls,
    cookies_of_earlier_days_are_taken_over,
    a_plain_cookie_that_was_planted_is_not_taken_over,
    the_shop_is_reached_over_tls_alone_once_it_was,
    private_answers_are_not_stored,
    a_request_id_comes_back,
);

const PAGES: [&str; 7] = [
    "/",
    "/products",
    "/products/rope",
    "/cart",
    "/orders",
    "/admin/sign-in",
    "/nothing",
];

async fn every_response_carries_the_security_headers(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    let mut answers = Vec::new();
    let others = [
        "/api/products",
        "/api/cart",
        "/api/nothing",
        "/healthz",
        "/readyz",
        "/robots.txt",
        "/style/x.css",
        "/pkg/holdfast.js",
        "/media/demo/nothing.webp",
    ];
    for path in PAGES.into_iter().chain(others) {
        answers.push((path, browser.page(path).await));
    }
    answers.push(("a refused form", browser.submit("/api/cart/add", &[]).await));
    answers.push(("a refused call", browser.call("/api/cart/add", &[]).await));
    for (path, answer) in answers {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline"), "{path}: {policy}");
        assert!(!policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert_ne!(answer.header("cache-control"), "", "{path}");
    }
}

/// Inline scripts of a page, without structured data, which does not run.
fn inline_scripts(html: &str) -> Vec<&str> {
    html.split("<script")
        .skip(1)
        .filter_map(|rest| {
            let (tag, rest) = rest.split_once('>')?;
            let script = rest.split("</script>").next()?;
            (!tag.contains("src=") && !tag.contains("application/ld+json")).then_some(script)
        })
        .collect()
}

async fn the_policy_allows_exactly_the_inline_scripts_of_the_pages(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").category("Deck")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    browser.add(rope.variant(), 1).await.expect(200);
    let order = format!("/orders/{}", placed.unwrap().token);
    let product = format!("/admin/products/{}", rope.id);
    let more = [
        order.as_str(),
        "/checkout?step=contact",
        "/categories/deck",
        "/admin/products",
        "/admin/products/new",
        "/admin/orders",
        &product,
    ];
    for path in PAGES.into_iter().chain(more) {
        let page = browser.page(path).await;
        let policy = page.header("content-security-policy").to_owned();
        let scripts = inline_scripts(&page.body);
        let islands = page.body.matches(" data-wasm=\"/pkg/holdfast.wasm\"");
        assert_eq!(islands.count(), 1, "{path}: islands are started");
        for script in &scripts {
            let hash = BASE64_STANDARD.encode(Sha256::digest(script.as_bytes()));
            let source = format!("'sha256-{hash}'");
            assert!(policy.contains(&source), "{path}: {script}");
        }
        let hashes = policy.matches("'sha256-").count();
        assert_eq!(hashes, scripts.len(), "{path}: no hash is left over");
        assert!(!page.body.contains(" nonce="), "{path}");
    }
}

async fn nothing_in_a_page_needs_unsafe_inline(shop: TestShop) {
    shop.demo().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    browser.add(rope.variant(), 1).await.expect(200);
    let product = format!("/admin/products/{}", rope.id);
    for path in PAGES
        .into_iter()
        .chain(["/checkout?step=contact", "/admin/products", &product])
    {
        let page = browser.page(path).await.body;
        for forbidden in [
            " style=\"",
            "<style",
            " onclick=",
            " onsubmit=",
            "javascript:",
        ] {
            assert!(!page.contains(forbidden), "{path} has {forbidden}");
        }
    }
}

async fn cookies_are_http_only_and_lax(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    let added = browser.add(rope.variant(), 1).await.expect(200);
    let signed_in = browser.sign_in(ADMIN).await.expect(200);
    for (answer, name, days) in [
        (&added, "holdfast_cart", 30),
        (&signed_in, "holdfast_session", 60),
    ] {
        let cookie = answer.cookie(name).expect("the cookie is set");
        let attributes: Vec<_> = cookie.split("; ").skip(1).collect();
        let lifetime = format!("Max-Age={}", days * 24 * 60 * 60);
        assert_eq!(
            attributes,
            ["Path=/", &lifetime, "SameSite=Lax", "HttpOnly"],
            "{name}"
        );
        let value = cookie.split(['=', ';']).nth(1).unwrap();
        assert_eq!(value.len(), 43, "{name} holds nothing but a secret");
    }
    let hint = added
        .cookie("holdfast_has_cart")
        .expect("scripts get a hint");
    assert!(hint.starts_with("holdfast_has_cart=1;") && !hint.contains("HttpOnly"));
    let signed_out = browser.call("/api/admin/sign-out", &[]).await.expect(200);
    let cookie = signed_out
        .cookie("holdfast_session")
        .expect("it is taken away");
    assert!(cookie.starts_with("holdfast_session=;") && cookie.contains("Max-Age=0"));
}

async fn cookies_belong_to_the_host_behind_tls(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let site = shop.reached_at(TLS).open().await;
    let browser = site.browser();
    let added = browser.add(rope.variant(), 1).await.expect(200);
    let cookie = pair(&added, "__Host-holdfast_cart");
    let cart = asks(&browser, "/api/cart", &cookie).await.expect(200);
    assert_eq!(cart.json()["count"], 1);
    // From here on it is the account's.
    let signed_in = browser.sign_in(ADMIN).await.expect(200);
    for (answer, name) in [
        (&added, "__Host-holdfast_cart"),
        (&added, "__Host-holdfast_has_cart"),
        (&signed_in, "__Host-holdfast_session"),
    ] {
        let cookie = answer.cookie(name).expect("the cookie is set");
        assert!(cookie.ends_with("; Secure"), "{cookie}");
        assert!(cookie.contains("; Path=/;"), "{cookie}");
        assert!(!cookie.contains("Domain"), "{cookie}");
        let plain = name.trim_start_matches("__Host-");
        assert_eq!(answer.cookie(plain), None, "{plain}");
    }
}

/// A cookie as a browser sends it back.
fn pair(answer: &Answer, name: &str) -> String {
    let cookie = answer.cookie(name).expect("the cookie is set");
    cookie.split(';').next().unwrap().to_owned()
}

/// What is answered to one who sends these cookies.
async fn asks(browser: &Browser, path: &str, cookies: &str) -> Answer {
    let request = browser.request(Method::GET, path).header(COOKIE, cookies);
    Answer::of(request.header(ACCEPT, "text/html")).await
}

async fn cookies_of_earlier_days_are_taken_over(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let before = shop.open().await;
    let (shopper, admin) = (before.browser(), before.browser());
    let cart = pair(
        &shopper.add(rope.variant(), 2).await.expect(200),
        "holdfast_cart",
    );
    let session = pair(&admin.sign_in(ADMIN).await.expect(200), "holdfast_session");
    shop.clock.advance(1);
    let site = shop.reached_at(TLS).open().await;
    let browser = site.browser();
    let has_ended = |answer: &Answer, name: &str| {
        let cookie = answer.cookie(name).unwrap_or_default();
        cookie.starts_with(&format!("{name}=;")) && cookie.contains("Max-Age=0;")
    };

    let cookies = format!("{cart}; holdfast_has_cart=1");
    let kept = asks(&browser, "/", &cookies).await.expect(200);
    assert_eq!(kept.header("set-cookie"), "", "a page of everybody's");
    let seen = asks(&browser, "/cart", &cookies).await.expect(200);
    assert!(seen.body.contains("Rope"), "no cart is lost");
    let own = pair(&seen, "__Host-holdfast_cart");
    assert_eq!(own, format!("__Host-{cart}"));
    let hint = pair(&seen, "__Host-holdfast_has_cart");
    assert_eq!(hint, "__Host-holdfast_has_cart=1");
    for name in ["holdfast_cart", "holdfast_has_cart"] {
        assert!(has_ended(&seen, name), "{name}");
    }
    let seen = asks(&browser, "/admin/products", &session)
        .await
        .expect(200);
    let own = pair(&seen, "__Host-holdfast_session");
    assert_eq!(own, format!("__Host-{session}"), "nobody is signed out");
    assert!(has_ended(&seen, "holdfast_session"));
    let seen = asks(&browser, "/admin/products", &own).await.expect(200);
    assert_eq!(seen.header("set-cookie"), "", "it is done once");
    // Who signs out at once is signed out.
    let out = browser
        .request(Method::POST, "/api/admin/sign-out")
        .header(COOKIE, &session);
    let out = Answer::of(out).await.expect(200);
    assert!(has_ended(&out, "__Host-holdfast_session"));
    assert!(has_ended(&out, "holdfast_session"));
}

async fn a_plain_cookie_that_was_planted_is_not_taken_over(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let site = shop.reached_at(TLS).open().await;
    // What a thief got of the shop, as they plant it.
    let added = site.browser().add(rope.variant(), 1).await.expect(200);
    let signed_in = site.browser().sign_in(ADMIN).await.expect(200);
    let cart = pair(&added, "__Host-holdfast_cart");
    let session = pair(&signed_in, "__Host-holdfast_session");
    let plain = |cookie: &str| cookie.trim_start_matches("__Host-").to_owned();
    let planted = plain(&cart);
    let browser = site.browser();
    let seen = asks(&browser, "/cart", &planted).await.expect(200);
    assert!(seen.body.contains("Your cart is empty"));
    assert_eq!(seen.cookie("__Host-holdfast_cart"), None);
    assert!(seen.cookie("holdfast_cart").is_some(), "it is removed");
    let seen = asks(&browser, "/admin/products", &plain(&session)).await;
    assert_eq!(seen.expect(404).cookie("__Host-holdfast_session"), None);
    // Nor does it replace the browser's own.
    let both = format!(
        "{planted}; __Host-holdfast_cart={}",
        server::ids::new_secret()
    );
    let seen = asks(&browser, "/cart", &both).await.expect(200);
    assert!(seen.body.contains("Your cart is empty"));
    // Where the shop is reached without TLS, plain names are all there are.
    let site = shop.open().await;
    let seen = asks(&site.browser(), "/cart", &planted).await.expect(200);
    assert!(seen.body.contains("Rope"));
    assert_eq!(seen.header("set-cookie"), "");
}

async fn the_shop_is_reached_over_tls_alone_once_it_was(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    for (base_url, expected) in [
        (TLS, "max-age=31536000; includeSubDomains"),
        ("http://shop.test", ""),
    ] {
        let site = shop.reached_at(base_url).open().await;
        let browser = site.browser();
        let others = ["/api/products", "/api/nothing", "/healthz", "/style/x.css"];
        // Twice: the second time some of them come from memory.
        let paths = PAGES.into_iter().chain(PAGES).chain(others);
        let mut answers = Vec::new();
        for path in paths {
            answers.push((path, browser.page(path).await));
        }
        let call = browser.call("/api/cart/add", &[]).await.expect(422);
        answers.push(("a refused call", call));
        let foreign = browser
            .request(Method::POST, "/api/cart/add")
            .header("sec-fetch-site", "cross-site");
        let foreign = Answer::of(foreign).await.expect(403);
        answers.push(("a foreign one", foreign));
        for (path, answer) in answers {
            let told = answer.header("strict-transport-security");
            assert_eq!(told, expected, "{path} at {base_url}");
        }
    }
}

async fn private_answers_are_not_stored(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    browser.sign_in(ADMIN).await.expect(200);
    for path in [
        "/cart",
        "/checkout?step=contact",
        "/admin/products",
        "/admin/orders",
        "/api/cart",
    ] {
        let answer = browser.page(path).await.expect(200);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

async fn a_request_id_comes_back(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let one = browser.page("/").await.header("x-request-id").to_owned();
    let other = browser.page("/").await.header("x-request-id").to_owned();
    assert!(!one.is_empty());
    assert_ne!(one, other);
}
