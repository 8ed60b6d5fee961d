//! What is at which address.

use reqwest::{Method, header::ACCEPT};

use crate::support::{Answer, Goods, TestShop, cash, contact, on_both_databases, order};

on_both_databases!(
    every_public_address_answers_with_its_status_and_type,
    what_is_not_there_is_a_helpful_page_and_json_for_programs,
    a_wrong_method_is_405_and_says_which_is_right,
    a_function_of_the_admin_area_loaded_as_a_page_leads_there,
    head_answers_like_get_without_a_body,
    lists_ignore_what_they_do_not_know,
    an_amount_that_could_mean_two_is_told_at_its_filter,
    what_is_not_for_sale_has_no_page,
    anonymous_pages_are_the_same_bytes_for_everyone,
    an_order_is_shown_to_whoever_has_its_address_and_to_nobody_else,
    an_empty_checkout_goes_on_to_the_cart,
    large_answers_are_compressed_for_those_who_ask,
    addresses_hold_letters_of_any_script,
);

const PAGE: &str = "text/html; charset=utf-8";

/// A file of a name that is longer than file systems allow.
fn long(folder: &str) -> String {
    format!("{folder}/{}.webp", "n".repeat(300))
}

async fn every_public_address_answers_with_its_status_and_type(shop: TestShop) {
    shop.demo().await;
    let rope = shop.stock(Goods::named("Rope").category("Deck")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    let order = format!("/orders/{}", placed.unwrap().token);
    let site = shop.open().await;
    let browser = site.browser();
    for (path, status, kind) in [
        ("/", 200, PAGE),
        ("/products", 200, PAGE),
        ("/products?q=rope&sort=price-up", 200, PAGE),
        ("/products/rope", 200, PAGE),
        ("/categories/deck", 200, PAGE),
        ("/cart", 200, PAGE),
        ("/orders", 200, PAGE),
        (order.as_str(), 200, PAGE),
        ("/admin/sign-in", 200, PAGE),
        ("/products/nothing", 404, PAGE),
        ("/categories/nothing", 404, PAGE),
        ("/orders/nothing", 404, PAGE),
        ("/nothing", 404, PAGE),
        ("/admin/set-up/nothing", 404, PAGE),
        ("/healthz", 200, "text/plain; charset=utf-8"),
        ("/readyz", 200, "application/json"),
        ("/robots.txt", 200, "text/plain; charset=utf-8"),
        ("/sitemap.xml", 200, "application/xml; charset=utf-8"),
        ("/favicon.svg", 200, "image/svg+xml"),
        ("/favicon.ico", 200, "image/x-icon"),
        ("/apple-touch-icon.png", 200, "image/png"),
        ("/icon-192.png", 200, "image/png"),
        ("/icon-512.png", 200, "image/png"),
        ("/site.webmanifest", 200, "application/manifest+json"),
        ("/style/any.css", 200, "text/css; charset=utf-8"),
        ("/pkg/holdfast.js", 200, "text/javascript; charset=utf-8"),
        ("/pkg/nothing.js", 404, PAGE),
        (long("/pkg").as_str(), 404, PAGE),
        (long("/admin-assets").as_str(), 404, PAGE),
        (long("/shop-assets").as_str(), 404, PAGE),
        (long("/art").as_str(), 404, PAGE),
        (long("/media").as_str(), 404, PAGE),
        (long("/media/demo").as_str(), 404, PAGE),
        (long("/style").as_str(), 200, "text/css; charset=utf-8"),
        ("/media/demo/nothing.webp", 404, PAGE),
        ("/api/products", 200, "application/json"),
        ("/api/products/rope", 200, "application/json"),
        ("/api/cart", 200, "application/json"),
        ("/api/suggest?q=ro", 200, "application/json"),
    ] {
        let answer = browser.page(path).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (status, kind),
            "{path}"
        );
        if kind == PAGE {
            assert!(answer.body.starts_with("<!DOCTYPE html>"), "{path}");
            assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
            assert_eq!(answer.body.matches("<title>").count(), 1, "{path}");
        }
    }
}

async fn what_is_not_there_is_a_helpful_page_and_json_for_programs(shop: TestShop) {
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let site = shop.open().await;
    let browser = site.browser();
    let page = browser.page("/nothing").await.expect(404);
    assert!(page.body.contains("Page not found"));
    assert!(page.body.contains("action=\"/products\""), "a search");
    assert!(page.body.contains("/categories/deck"), "ways on");
    assert!(page.body.contains("noindex"));
    for path in [
        "/api/nothing",
        "/api/products/nothing",
        "/api/admin/nothing",
    ] {
        assert_eq!(browser.read(path).await.expect(404).kind(), "not_found");
        let sent = browser.call(path, &[]).await;
        assert!([404, 405].contains(&sent.status), "{path}");
    }
}

async fn a_wrong_method_is_405_and_says_which_is_right(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    for (method, path, allowed) in [
        (Method::POST, "/", "GET, HEAD"),
        (Method::POST, "/products", "GET, HEAD"),
        (Method::PUT, "/cart", "GET, HEAD"),
        (Method::DELETE, "/admin/products", "GET, HEAD"),
        (Method::PATCH, "/nothing", "GET, HEAD"),
        (Method::POST, "/healthz", "GET, HEAD"),
        (Method::POST, "/api/products", "GET, HEAD"),
        (Method::GET, "/api/cart/add", "POST"),
        (Method::PUT, "/api/checkout/place", "POST"),
        (Method::DELETE, "/api/admin/sign-in", "POST"),
        (Method::POST, "/api/suggest", "GET"),
    ] {
        let json = browser
            .request(method.clone(), path)
            .header(ACCEPT, "application/json");
        let json = Answer::of(json).await.expect(405);
        assert_eq!(json.kind(), "method_not_allowed", "{method} {path}");
        assert_eq!(json.header("allow"), allowed, "{method} {path}");
        let page = browser
            .request(method.clone(), path)
            .header(ACCEPT, "text/html");
        let page = Answer::of(page).await.expect(405);
        assert_eq!(page.header("content-type"), PAGE, "{method} {path}");
        assert!(page.body.contains("That didn’t work"), "{method} {path}");
    }
}

async fn a_function_of_the_admin_area_loaded_as_a_page_leads_there(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    for path in ["/api/admin/sign-in", "/api/admin/pictures/upload"] {
        let page = browser.page(path).await.expect(303);
        assert_eq!(page.location(), "/admin", "{path}");
        assert_eq!(
            browser.read(path).await.expect(405).kind(),
            "method_not_allowed"
        );
    }
}

async fn head_answers_like_get_without_a_body(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    for (path, status) in [("/", 200), ("/products/rope", 200), ("/nothing", 404)] {
        let answer = Answer::of(browser.request(Method::HEAD, path)).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("content-type"), PAGE, "{path}");
        assert_eq!(answer.body, "", "{path}");
    }
}

async fn lists_ignore_what_they_do_not_know(shop: TestShop) {
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let site = shop.open().await;
    let browser = site.browser();
    for query in [
        "sort=sideways&page=-4&min=cheap&in_stock=perhaps&opt.=x&utm_source=mail",
        "q=&tag=&category=&page=",
        "page=99999999999999999999999",
        "min=99999999999999999999&max=-1",
        "&&&===&%00=%00",
        "q=%FF%FE",
    ] {
        browser
            .visit(&format!("/products?{query}"))
            .await
            .expect(200);
        let list = browser.read(&format!("/api/products?{query}")).await;
        // A program is told of amounts that cannot be read; a page says so at their fields.
        match query.contains("min=") {
            true => assert_eq!(list.expect(422).fields()[0], "min", "{query}"),
            false => {
                let total = &list.expect(200).json()["total"];
                total.as_i64().expect("a number");
            }
        }
    }
    let all = browser.read("/api/products?sort=sideways&page=none").await;
    assert_eq!(all.json()["total"], 1);
}

async fn an_amount_that_could_mean_two_is_told_at_its_filter(shop: TestShop) {
    shop.stock(Goods::named("Rope").price(500)).await;
    let site = shop.open().await;
    let browser = site.browser();
    for (query, words) in [
        (
            "min=1.000",
            "1.000 could mean 1.00 or 1,000.00. Write 1000 or 1.00.",
        ),
        (
            "in_stock=1&max=1%2C500",
            "1,500 could mean 1.50 or 1,500.00. Write 1500 or 1.50.",
        ),
        ("min=cheap", "Enter an amount, such as 20."),
    ] {
        let page = browser
            .page(&format!("/products?{query}"))
            .await
            .expect(200);
        assert!(page.body.contains(words), "{query}: {}", page.body);
        assert!(page.body.contains("1 product"), "{query}");
        assert!(page.body.contains("noindex"), "{query}");
        let list = browser.read(&format!("/api/products?{query}")).await;
        let refused = list.expect(422);
        let error = &refused.json()["error"];
        assert_eq!(error["kind"], "invalid", "{query}");
        assert_eq!(error["fields"][0]["message"], words, "{query}");
    }
    let both = browser
        .read("/api/products?min=1.000&max=cheap&tag=x")
        .await
        .expect(422);
    assert_eq!(both.fields(), ["min", "max"]);
    // What can be read comes first, and stays there.
    let moved = browser
        .page("/products?min=1.000&tag=&max=20,00")
        .await
        .expect(303);
    assert_eq!(moved.location(), "/products?max=20&min=1.000");
    browser.page(moved.location()).await.expect(200);
}

async fn what_is_not_for_sale_has_no_page(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").category("Deck")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.page("/products/rope").await.expect(200);
    shop.set_active(&rope, false).await;
    browser.page("/products/rope").await.expect(404);
    browser.read("/api/products/rope").await.expect(404);
    // A category stays when it is empty.
    let deck = browser.page("/categories/deck").await.expect(200);
    assert!(!deck.body.contains("Rope"));
    let list = browser.read("/api/products").await.expect(200);
    assert_eq!(list.json()["total"], 0);
    let home = browser.page("/").await.expect(200);
    assert!(!home.body.contains("Rope"));
}

async fn anonymous_pages_are_the_same_bytes_for_everyone(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").category("Deck")).await;
    shop.admin().await;
    let site = shop.open().await;
    let (one, other, admin) = (site.browser(), site.browser(), site.browser());
    other.add(rope.variant(), 2).await.expect(200);
    admin.sign_in(crate::support::ADMIN).await.expect(200);
    for path in ["/", "/products", "/products/rope", "/categories/deck"] {
        let page = one.page(path).await.expect(200).body;
        assert_eq!(page, other.page(path).await.body, "{path}");
        assert_eq!(page, admin.page(path).await.body, "{path}");
    }
}

async fn an_order_is_shown_to_whoever_has_its_address_and_to_nobody_else(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let placed = shop.place(&cart, order(cash(), 4900)).await.unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    let page = browser.page(&format!("/orders/{}", placed.token)).await;
    let page = page.expect(200);
    assert!(page.body.contains(&placed.order_number));
    assert!(page.body.contains("noindex"));
    assert_eq!(page.header("cache-control"), "no-store");
    let id = shop.order(&placed).await.id;
    let nearly = format!("{}A", &placed.token[..42]);
    for guess in [placed.order_number.as_str(), &id, &nearly] {
        if guess != placed.token {
            let page = browser.page(&format!("/orders/{guess}")).await.expect(404);
            assert!(!page.body.contains(&contact().email));
        }
    }
    for (number, email, status) in [
        (placed.order_number.as_str(), "kim@example.com", 200),
        (
            &placed.order_number.to_lowercase(),
            " KIM@example.com ",
            200,
        ),
        (&placed.order_number, "eve@example.com", 422),
        ("HF-00000-00000", "kim@example.com", 422),
    ] {
        let fields = [("number", number), ("email", email)];
        let answer = browser.call("/api/orders/look-up", &fields).await;
        assert_eq!(answer.status, status, "{number} {email}");
    }
}

async fn an_empty_checkout_goes_on_to_the_cart(shop: TestShop) {
    let site = shop.open().await;
    for path in ["/checkout", "/checkout?step=review", "/checkout?step=none"] {
        let answer = site.browser().page(path).await.expect(303);
        assert_eq!(answer.location(), "/cart", "{path}");
    }
}

async fn large_answers_are_compressed_for_those_who_ask(shop: TestShop) {
    shop.demo().await;
    let site = shop.open().await;
    let browser = site.browser();
    let request = browser
        .request(Method::GET, "/products")
        .header("accept-encoding", "gzip");
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let packed = response.bytes().await.unwrap().len();
    let plain = browser.page("/products").await.expect(200);
    assert_eq!(plain.header("content-encoding"), "");
    assert!(packed * 3 < plain.body.len(), "{packed}");
}

async fn addresses_hold_letters_of_any_script(shop: TestShop) {
    let tea = shop
        .stock(
            Goods::named("緑茶")
                .category("お茶")
                .described("<p>Green.</p>"),
        )
        .await;
    let (product, category) = (
        "/products/%E7%B7%91%E8%8C%B6",
        "/categories/%E3%81%8A%E8%8C%B6",
    );
    let site = shop.open().await;
    let browser = site.browser();
    let page = browser.page(product).await.expect(200).body;
    for needed in [
        format!("<link href=\"http://shop.test{product}\" rel=\"canonical\""),
        format!("\"url\":\"http://shop.test{product}\""),
        format!("href=\"{category}\""),
    ] {
        assert!(page.contains(&needed), "{needed} in {page}");
    }
    let list = browser.page(category).await.expect(200).body;
    assert!(list.contains(&format!("href=\"{product}\"")), "{list}");
    assert!(
        list.contains(&format!("http://shop.test{category}")),
        "{list}"
    );
    let map = browser.page("/sitemap.xml").await.expect(200).body;
    for path in [product, category] {
        assert!(
            map.contains(&format!("<loc>http://shop.test{path}</loc>")),
            "{path}"
        );
    }
    let json = browser
        .read(&format!("/api{product}"))
        .await
        .expect(200)
        .json();
    assert_eq!(json["slug"], "緑茶");
    // A refused form comes back on its page.
    let fields = [("variant_id", tea.variant()), ("quantity", "99")];
    let refused = browser.submit("/api/cart/add", &fields).await.refused();
    assert!(refused.body.contains("緑茶"), "{}", refused.body);

    // An edit is on the page with its reply, and at the address's next spelling.
    shop.rewrite(&tea, |draft| {
        "<p>Fresh.</p>".clone_into(&mut draft.description_html)
    })
    .await;
    let page = browser.page(product).await.expect(200).body;
    assert!(page.contains("Fresh.") && !page.contains("Green."));
    shop.rewrite(&tea, |draft| "чайник".clone_into(&mut draft.slug))
        .await;
    let moved = browser.page(product).await.expect(308);
    let kettle = "/products/%D1%87%D0%B0%D0%B9%D0%BD%D0%B8%D0%BA";
    assert_eq!(moved.location(), kettle);
    browser.page(kettle).await.expect(200);
    for nothing in [
        "/products/%E7%B7%91",
        "/products/%00",
        "/products/%FF",
        "/categories/%E7",
    ] {
        browser.page(nothing).await.expect(404);
    }
}
