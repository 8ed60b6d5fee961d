//! Plain forms, as a browser without scripts sends them.

use reqwest::{
    Method,
    header::{ACCEPT, REFERER},
};

use crate::support::{Answer, Browser, Goods, TestShop, on_both_databases};

on_both_databases!(
    adding_to_the_cart_goes_on_to_the_cart,
    the_picker_names_a_variant_by_its_options,
    a_refused_form_shows_the_page_it_stood_on,
    a_foreign_referer_is_not_followed,
    a_form_says_itself_where_it_stands,
    cart_forms_change_lines_and_go_back_to_the_cart,
    a_refused_quantity_is_told_in_the_cart,
    more_than_there_are_is_told_once_and_at_its_field,
    passwords_are_never_shown_again,
    a_body_that_is_no_form_is_refused,
);

async fn adding_to_the_cart_goes_on_to_the_cart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    let fields = [("variant_id", rope.variant()), ("quantity", "2")];
    let answer = browser.submit("/api/cart/add", &fields).await.expect(303);
    assert_eq!(answer.location(), "/cart");
    assert_eq!(answer.body, "");
    let cart = browser.page("/cart").await.expect(200);
    assert!(cart.body.contains("Rope") && cart.body.contains("€98.00"));
    let strangers = site.browser().page("/cart").await.expect(200);
    assert!(strangers.body.contains("Your cart is empty"));
}

async fn the_picker_names_a_variant_by_its_options(shop: TestShop) {
    let jacket = Goods::named("Jacket").options(
        ["Size", "Colour"],
        &[(["M", "Navy"], 9900, 3), (["L", "Navy"], 10900, 3)],
    );
    let jacket = shop.stock(jacket).await;
    let site = shop.open().await;
    let browser = site.browser();
    let fields = |size| {
        [
            ("product_id", jacket.id.clone()),
            ("option1", String::from(size)),
            ("option2", "Navy".to_owned()),
            ("quantity", "1".to_owned()),
        ]
    };
    let add = |size| {
        let request = browser.request(Method::POST, "/api/cart/add");
        browser.send(request.header(ACCEPT, "text/html").form(&fields(size)))
    };
    add("L").await.expect(303);
    let cart = browser.read("/api/cart").await.json();
    assert_eq!(cart["lines"][0]["variant_id"], jacket.variants[1]);
    assert_eq!(cart["lines"][0]["variant_title"], "L / Navy");
    let refused = add("XXL").await.refused();
    assert!(refused.body.contains("This combination doesn’t exist"));
    assert_eq!(browser.read("/api/cart").await.json()["count"], 1);
}

async fn a_refused_form_shows_the_page_it_stood_on(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let site = shop.open().await;
    let browser = site.browser();
    let request = browser
        .request(Method::POST, "/api/cart/add")
        .header(ACCEPT, "text/html")
        .header(REFERER, format!("{}/products/rope?v=1", browser.base))
        .form(&[("variant_id", rope.variant()), ("quantity", "4")]);
    let page = browser.send(request).await.refused();
    assert!(page.body.contains("<h1"), "{}", page.body);
    assert!(page.body.contains("Rope"), "the product's page");
    assert!(page.body.contains("role=\"alert\""));
    assert!(page.body.contains("Only 3 of Rope left"));
}

async fn a_foreign_referer_is_not_followed(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    for referer in [
        "https://evil.example/products/rope".to_owned(),
        format!("{}@evil.example/products/rope", browser.base),
        "javascript:alert(1)".to_owned(),
        "not an address".to_owned(),
        format!("{}/api/cart/add", browser.base),
    ] {
        let request = browser
            .request(Method::POST, "/api/cart/add")
            .header(ACCEPT, "text/html")
            .header(REFERER, &referer)
            .form(&[("variant_id", "none")]);
        let page = browser.send(request).await.refused();
        assert!(page.body.contains("Your cart"), "{referer}");
        assert!(!page.body.contains("evil"), "{referer}");
    }
}

/// What a form shows that asks for more than there is, from a browser that names another page.
async fn refused(browser: &Browser, variant_id: &str, page: &str) -> String {
    let request = browser
        .request(Method::POST, "/api/cart/add")
        .header(ACCEPT, "text/html")
        .header(REFERER, format!("{}/products/rope?v=1", browser.base))
        .form(&[
            ("variant_id", variant_id),
            ("quantity", "4"),
            ("page", page),
        ]);
    browser.send(request).await.refused().body
}

async fn a_form_says_itself_where_it_stands(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let site = shop.open().await;
    let browser = site.browser();
    let picker = "id=\"buy\"";
    for ours in ["/cart", "/cart?x=1"] {
        let page = refused(&browser, rope.variant(), ours).await;
        assert!(page.contains("Your cart") && !page.contains(picker));
    }
    let named = "name=\"page\" value=\"/products/rope?v=2\" form=\"buy\"";
    let page = refused(&browser, rope.variant(), "/products/rope?v=2").await;
    assert!(page.contains(named), "{page}");
    // What is none of our pages is not believed, but what the browser says is.
    let named = named.replace("v=2", "v=1");
    for other in [
        "",
        "cart",
        "/CART",
        "/cart#x",
        "/cart/%2f",
        "/api/cart/add",
        "//evil.example/cart",
        "https://evil.example/cart",
    ] {
        let page = refused(&browser, rope.variant(), other).await;
        assert!(page.contains(picker) && page.contains(&named), "{other}");
        assert!(!page.contains("evil"), "{other}");
    }
}

async fn cart_forms_change_lines_and_go_back_to_the_cart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let count = || async { browser.read("/api/cart").await.json()["count"].clone() };
    let set = |quantity| [("variant_id", rope.variant()), ("quantity", quantity)];

    let answer = browser.submit("/api/cart/update", &set("5")).await;
    assert_eq!(answer.expect(303).location(), "/cart");
    assert_eq!(count().await, 5);
    browser
        .submit("/api/cart/update", &set("0"))
        .await
        .expect(303);
    assert_eq!(count().await, 0);

    browser.add(rope.variant(), 1).await.expect(200);
    shop.set_price(&rope, 5900).await;
    let cart = browser.page("/cart").await.expect(200);
    assert!(cart.body.contains("role=\"alert\""));
    assert!(cart.body.contains("action=\"/api/cart/accept-price\""));
    let accept = [("variant_id", rope.variant()), ("price_minor", "5900")];
    browser
        .submit("/api/cart/accept-price", &accept)
        .await
        .expect(303);
    let cart = browser.page("/cart").await.expect(200);
    assert!(!cart.body.contains("role=\"alert\""));
    let remove = [("variant_id", rope.variant())];
    browser
        .submit("/api/cart/remove", &remove)
        .await
        .expect(303);
    assert_eq!(count().await, 0);
}

async fn a_refused_quantity_is_told_in_the_cart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(500)).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    for quantity in ["-1", "100", "1.5", "two", "", "9999999999999999999999"] {
        let fields = [("variant_id", rope.variant()), ("quantity", quantity)];
        let page = browser.submit("/api/cart/update", &fields).await;
        let page = page.refused();
        assert!(page.body.contains("role=\"alert\""), "{quantity}");
        assert!(
            page.body.contains("Enter a quantity from 0 to 99."),
            "{quantity}"
        );
    }
    assert_eq!(browser.read("/api/cart").await.json()["count"], 1);
}

async fn more_than_there_are_is_told_once_and_at_its_field(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let fields = [("variant_id", rope.variant()), ("quantity", "9")];
    let page = browser.submit("/api/cart/update", &fields).await;
    let page = page.refused();
    assert!(!page.body.contains("banner-list"), "the title says it all");
    assert_eq!(page.body.matches("aria-invalid=\"true\"").count(), 1);
    assert!(page.body.contains("value=\"9\""));
    assert_eq!(page.body.matches("Only 3 of Rope left.").count(), 2);
}

async fn passwords_are_never_shown_again(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let token = server::account::store::new_setup_token(shop.db(), shop.now())
        .await
        .unwrap();
    let sign_in = [
        ("email", "Kim <x>@shop.test"),
        ("password", "hunter2-is-secret"),
        ("next", "/admin/orders"),
    ];
    let page = browser
        .submit("/api/admin/sign-in", &sign_in)
        .await
        .refused();
    assert!(page.body.contains("Staff sign-in"));
    assert!(
        page.body.contains("value=\"Kim &lt;x>@shop.test\"")
            || page.body.contains("value=\"Kim &lt;x&gt;@shop.test\""),
        "{}",
        page.body
    );
    assert!(page.body.contains("value=\"/admin/orders\""));
    assert!(!page.body.contains("hunter2"));

    let set_up = [
        ("token", token.as_str()),
        ("email", "kim"),
        ("password", "hunter2"),
    ];
    let request = browser
        .request(Method::POST, "/api/admin/set-up")
        .header(ACCEPT, "text/html")
        .header(REFERER, format!("{}/admin/set-up/{token}", browser.base))
        .form(&set_up);
    let page = browser.send(request).await.refused();
    assert!(page.body.contains("Set up the shop"));
    assert!(page.body.contains("value=\"kim\""));
    assert_eq!(page.body.matches("aria-invalid=\"true\"").count(), 2);
    assert!(!page.body.contains("hunter2"));
    // Sent once more, it comes from the function's own address.
    let again = browser.submit("/api/admin/set-up", &set_up).await;
    assert!(again.refused().body.contains("Set up the shop"));
}

async fn a_body_that_is_no_form_is_refused(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    for (kind, body) in [
        ("application/json", "{\"variant_id\": 1}".to_owned()),
        ("text/plain", "hello".to_owned()),
        ("application/x-www-form-urlencoded", "%%%=&&&".to_owned()),
        (
            "application/x-www-form-urlencoded",
            "variant_id[a][b]=1".to_owned(),
        ),
        ("application/x-www-form-urlencoded", String::new()),
    ] {
        let request = browser
            .request(Method::POST, "/api/cart/update")
            .header("content-type", kind)
            .header(ACCEPT, "application/json")
            .body(body.clone());
        let answer = Answer::of(request).await.expect(422);
        assert_eq!(answer.kind(), "invalid", "{kind} {body}");
    }
    let huge = format!("variant_id={}", "x".repeat(600 * 1024));
    let request = browser
        .request(Method::POST, "/api/cart/update")
        .header("content-type", "application/x-www-form-urlencoded")
        .header(ACCEPT, "application/json")
        .body(huge);
    assert_eq!(Answer::of(request).await.expect(413).kind(), "too_large");
}
