//! Spellings of addresses. A cache and a router that read one differently would keep a shopper's
//! page and send it to everybody.

use reqwest::{Method, header::ACCEPT};

use crate::support::{Answer, Goods, Site, TestShop, cash, contact, on_both_databases};

on_both_databases!(
    no_spelling_of_another_page_is_kept_or_sent_to_others,
    what_is_no_address_is_not_found,
    another_spelling_of_a_page_leads_to_its_address,
    capital_letters_lead_to_the_address_in_one_step,
    a_form_is_not_sent_on_to_another_address,
    letters_of_all_scripts_stand_in_addresses,
    a_page_that_a_form_says_it_stood_on_is_one_of_ours,
);

/// An answer to a request line that clients would put right before they send it.
struct Raw {
    status: u16,
    head: String,
    body: String,
}

async fn get(site: &Site, target: &str) -> Raw {
    let request = format!(
        "GET {target} HTTP/1.1\r\nhost: shop.test\r\naccept: text/html\r\nconnection: close\r\n\r\n"
    );
    let answer = site.raw(request.as_bytes()).await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
    let status = head.get(9..12).and_then(|status| status.parse().ok());
    Raw {
        status: status.expect("a status"),
        head: head.to_ascii_lowercase(),
        body: body.to_owned(),
    }
}

async fn no_spelling_of_another_page_is_kept_or_sent_to_others(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").category("Deck")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    let placed = placed.unwrap();
    let (order, backwards) = (
        format!("orders/{}", placed.token),
        format!("orders\\{}", placed.token),
    );
    let site = shop.open().await;
    let real = get(&site, &format!("/{order}")).await;
    assert!(real.status == 200 && real.body.contains(&placed.order_number));
    let ways = [
        "..\\",
        "%2e%2e\\",
        ".%2E\\",
        "..%5c",
        "..%5C",
        "%2e%2e%5c",
        "..%2f",
        "%2e%2e%2f",
        "../",
        "%2e%2e/",
        ".%2e/",
        "./../",
        ".\\..\\",
        "x\\..\\..\\",
        "%00/../",
    ];
    let others = [
        order.as_str(),
        &backwards,
        "cart",
        "checkout",
        "account",
        "account/sign-in",
        "admin/sign-in",
    ];
    for folder in [
        "/products/",
        "/categories/",
        "/products/rope/",
        "//products/",
    ] {
        for way in ways {
            for other in others {
                let target = format!("{folder}{way}{other}");
                for _ in 0..2 {
                    let answer = get(&site, &target).await;
                    assert_eq!(answer.status, 404, "{target}");
                    assert!(!answer.head.contains("public"), "{target}: {}", answer.head);
                    assert!(!answer.head.contains("etag:"), "{target}: {}", answer.head);
                    for secret in [&contact().email, &placed.order_number] {
                        assert!(!answer.body.contains(secret), "{target}");
                    }
                }
            }
        }
    }
}

async fn what_is_no_address_is_not_found(shop: TestShop) {
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let site = shop.open().await;
    for target in [
        "/products/..",
        "/products/.",
        "/./products",
        "/products/%2e%2e",
        "/categories/%2e%2E",
        "/products/rope%00",
        "/products/rope%0a",
        "/products/a%2frope",
        "/products/a%5crope",
        "/products\\rope",
        "/\\products",
        "/products/%",
        "/products/%zz",
        "/products/%ff",
        "/products/%c3%28",
        "/orders/..\\cart",
        "/pkg/..%2f..%2fCargo.toml",
        "/pkg/../holdfast.js",
        "/media/..\\..\\x.webp",
        "/healthz/..",
        "*",
    ] {
        let answer = get(&site, target).await;
        // Some are refused before they get this far, as no request at all.
        assert!(
            [400, 404].contains(&answer.status),
            "{target}: {}",
            answer.head
        );
        assert!(!answer.head.contains("public"), "{target}: {}", answer.head);
        if answer.status == 404 {
            assert!(answer.body.contains("Page not found"), "{target}");
            for guard in [
                "content-security-policy:",
                "x-request-id:",
                "x-frame-options:",
            ] {
                assert!(answer.head.contains(guard), "{target}: {}", answer.head);
            }
        }
    }
    let browser = site.browser();
    let api = browser.read("/api/products/%ff").await.expect(404);
    assert_eq!(api.kind(), "not_found");
}

async fn another_spelling_of_a_page_leads_to_its_address(shop: TestShop) {
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let site = shop.open().await;
    for (target, address) in [
        ("/products/", "/products"),
        ("//products", "/products"),
        ("/products//rope/", "/products/rope"),
        (
            "/products/%72ope?variant=x&a=%20",
            "/products/rope?variant=x&a=%20",
        ),
        ("/%63art/", "/cart"),
        ("//shop.test/products", "/shop.test/products"),
        (
            "/categories/deck/?sort=newest",
            "/categories/deck?sort=newest",
        ),
        // A list has one address in every respect.
        ("/products/?q=&page=1&sort=newest", "/products?sort=newest"),
        ("/healthz/", "/healthz"),
        ("http://shop.test/products/", "/products"),
    ] {
        let answer = get(&site, target).await;
        assert_eq!(answer.status, 308, "{target}: {}", answer.head);
        let location = format!("location: {address}\r\n").to_ascii_lowercase();
        let head = format!("{}\r\n", answer.head);
        assert!(head.contains(&location), "{target}: {head}");
    }
    let there = get(&site, "http://elsewhere.test/products/rope").await;
    assert_eq!(there.status, 200, "a host in the address says nothing");
}

async fn capital_letters_lead_to_the_address_in_one_step(shop: TestShop) {
    shop.stock(Goods::named("SEO1").category("Bags Travel"))
        .await;
    let site = shop.open().await;
    let browser = site.browser();
    for (given, address) in [
        ("/products/SEO1", "/products/seo1"),
        ("/Products/Seo1/?variant=a", "/products/seo1?variant=a"),
        ("/categories/Bags-Travel", "/categories/bags-travel"),
        (
            "/CATEGORIES/BAGS-TRAVEL?page=1&sort=newest",
            "/categories/bags-travel?sort=newest",
        ),
        ("/Cart", "/cart"),
    ] {
        for method in [Method::GET, Method::HEAD] {
            let request = browser.request(method, given).header(ACCEPT, "text/html");
            let answer = Answer::of(request).await.expect(308);
            assert_eq!(answer.location(), address, "{given}");
        }
        browser.page(address).await.expect(200);
    }
    let nothing = browser.page("/products/SEO2").await.expect(308);
    browser.page(nothing.location()).await.expect(404);
    // What is no slug keeps its letters.
    browser.page("/orders/NOTHING").await.expect(404);
}

async fn a_form_is_not_sent_on_to_another_address(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    let fields = [("variant_id", rope.variant()), ("quantity", "1")];
    for path in ["/api/cart/add/", "//api/cart/add", "/api/cart/%61dd"] {
        browser.submit(path, &fields).await.expect(404);
        let refused = browser.call(path, &fields).await.expect(404);
        assert_eq!(refused.kind(), "not_found", "{path}");
    }
    let lines = shop.number("SELECT COUNT(*) AS n FROM cart_lines").await;
    assert_eq!(lines, 0);
}

async fn letters_of_all_scripts_stand_in_addresses(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let tea = "/products/%E7%B7%91%E8%8C%B6";
    let answer = get(&site, tea).await;
    assert_eq!(
        answer.status, 404,
        "it has a page of its own: {}",
        answer.head
    );
    for (target, address) in [
        ("/products/%e7%b7%91%e8%8c%b6", tea),
        ("/products/緑茶", tea),
        ("/products/%C3%84RMEL", "/products/%C3%A4rmel"),
    ] {
        let answer = get(&site, target).await;
        assert_eq!(answer.status, 308, "{target}");
        let location = format!("location: {address}\r\n").to_ascii_lowercase();
        let head = format!("{}\r\n", answer.head);
        assert!(head.contains(&location), "{target}: {head}");
    }
}

async fn a_page_that_a_form_says_it_stood_on_is_one_of_ours(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    for page in [
        "//",
        "//evil.example/cart",
        "/cart/%2f",
        "/products/%00",
        "/%ff",
    ] {
        let request = browser
            .request(Method::POST, "/api/cart/add")
            .header(ACCEPT, "text/html")
            .header("host", "shop.test")
            .header("referer", format!("http://shop.test{page}"));
        let refused = browser.send(request.form(&[("quantity", "1")])).await;
        assert!(refused.status < 500, "{page}: {}", refused.status);
        assert!(refused.body.contains("<h1"), "{page}");
    }
}
