//! What a browser sees of a form that comes back: where it is led, and who is shown what was typed.

mod sessions;

use app::identity::Role;
use reqwest::{
    Method, RequestBuilder,
    header::{ACCEPT, CACHE_CONTROL, ETAG, SET_COOKIE},
    multipart::{Form, Part},
};
use server::ids::new_short_key;

use crate::support::{
    ADMIN, Answer, Browser, DECLINES, Goods, MINUTE, Site, Stocked, TestShop, on_both_databases,
};

on_both_databases!(
    every_kind_of_page_has_its_refused_form_and_an_address_of_its_own,
    programs_get_the_status_and_nothing_is_kept,
    a_form_is_kept_for_ten_minutes,
    nobody_else_is_shown_a_form,
    another_account_at_the_same_browser_is_not_shown_a_form,
    any_node_shows_a_form,
    a_page_with_a_form_is_not_kept_and_a_kept_page_has_none,
    a_form_that_was_taken_is_as_it_is_now_on_the_way_back,
    the_way_back_keeps_the_language,
    where_the_page_is_gone_another_says_so,
    a_preview_and_a_draft_have_an_address_of_their_own,
    who_may_not_send_a_form_has_nothing_kept,
    after_a_declined_card_the_payment_is_asked_for_again,
);

const HTML: &str = "text/html";
const UPDATE: &str = "/api/cart/update";

async fn kept(shop: &TestShop) -> i64 {
    shop.number("SELECT COUNT(*) AS n FROM kept_forms").await
}

fn form(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
    let request = browser.request(Method::POST, path).header(ACCEPT, HTML);
    request.form(fields)
}

/// Where a form is led back to.
async fn sent(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let sent = Answer::of(form(browser, path, fields)).await.expect(303);
    assert!(sent.leads_back(), "{path}: {:?}", sent.headers);
    assert_eq!(sent.body, "", "{path}");
    sent
}

/// A browser with a cart of one rope, and the rope.
async fn with_a_rope(shop: &TestShop, site: &Site) -> (Browser, Stocked) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    (browser, rope)
}

/// The cart's form for a line.
fn of_line<'a>(rope: &'a Stocked, quantity: &'a str) -> [(&'a str, &'a str); 3] {
    [
        ("variant_id", rope.variant()),
        ("quantity", quantity),
        ("page", "/cart"),
    ]
}

async fn every_kind_of_page_has_its_refused_form_and_an_address_of_its_own(shop: TestShop) {
    let site = shop.open().await;
    let (browser, _) = with_a_rope(&shop, &site).await;
    shop.admin().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let wrong = [("email", "kim-at-example"), ("name", "Kim Marten")];
    for (browser, path, page, typed) in [
        (
            &browser,
            "/api/cart/add",
            "/products/rope?v=1",
            &[("quantity", "many")][..],
        ),
        (&browser, UPDATE, "/cart", &[("quantity", "many")]),
        (
            &browser,
            "/api/checkout/contact",
            "/checkout?step=contact",
            &wrong,
        ),
        (&browser, "/api/account/sign-in", "/account/sign-in", &wrong),
        (
            &browser,
            "/api/orders/look-up",
            "/orders",
            &[("number", "HF-00000-00000")],
        ),
        (
            &admin,
            "/api/account/addresses/save",
            "/account/addresses/new",
            &wrong,
        ),
        (
            &admin,
            "/api/admin/products/create",
            "/admin/products/new",
            &[("slug", "!?")],
        ),
        (&admin, "/api/admin/staff/invite", "/admin/staff", &wrong),
        (
            &admin,
            "/api/admin/settings/save",
            "/admin/settings",
            &[("name", "")],
        ),
    ] {
        let fields = [typed, &[("page", page)]].concat();
        let back = sent(browser, path, &fields).await;
        let (address, _) = back.location().rsplit_once(['?', '&']).unwrap();
        assert_eq!(address, page, "{path}");
        // As often as it is loaded.
        for _ in 0..2 {
            let shown = browser.back(&back).await.refused();
            assert_eq!(shown.header("cache-control"), "no-store", "{path}");
            assert!(shown.body.contains("tabindex=\"-1\" autofocus"), "{path}");
            for key in ["?form=", "&form=", "&amp;form="] {
                assert!(!shown.body.contains(key), "{path}: {}", shown.body);
            }
        }
    }
    assert!(kept(&shop).await >= 8);
}

async fn programs_get_the_status_and_nothing_is_kept(shop: TestShop) {
    let site = shop.open().await;
    let (browser, rope) = with_a_rope(&shop, &site).await;
    let refused = browser
        .call(UPDATE, &of_line(&rope, "many"))
        .await
        .expect(422);
    assert_eq!(refused.location(), "");
    assert_eq!(refused.cookie("holdfast_forms"), None);
    assert_eq!(kept(&shop).await, 0);
}

async fn a_form_is_kept_for_ten_minutes(shop: TestShop) {
    let site = shop.open().await;
    let (browser, rope) = with_a_rope(&shop, &site).await;
    let back = sent(&browser, UPDATE, &of_line(&rope, "many")).await;
    let cookie = back.cookie("holdfast_forms").expect("it is set");
    for attribute in ["; Max-Age=600", "; SameSite=Lax", "; HttpOnly"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    shop.clock.advance(10 * MINUTE - 1);
    browser.back(&back).await.refused();
    shop.services.run_maintenance().await;
    assert_eq!(kept(&shop).await, 1);
    shop.clock.advance(1);
    let plain = browser.page(back.location()).await.expect(303);
    assert_eq!(plain.location(), "/cart");
    shop.services.run_maintenance().await;
    assert_eq!(kept(&shop).await, 0);
}

async fn nobody_else_is_shown_a_form(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let typed = [("email", "kim-at-example"), ("page", "/account/sign-up")];
    let back = sent(&browser, "/api/account/ask-sign-up", &typed).await;
    let shown = browser.back(&back).await.refused();
    assert!(shown.body.contains("kim-at-example"));
    let stranger = site.browser();
    let other = site.browser();
    sent(
        &other,
        "/api/account/ask-sign-up",
        &[("page", "/account/sign-up")],
    )
    .await;
    for browser in [stranger, other] {
        let plain = browser.visit(back.location()).await.expect(200);
        assert!(!plain.body.contains("kim-at-example"));
        assert!(!plain.body.contains("role=\"alert\""));
    }
    // A key that there is none of, and what is no key.
    for key in [new_short_key().as_str(), "short", ""] {
        let path = format!("/account/sign-up?form={key}");
        let plain = browser.visit(&path).await.expect(200);
        assert!(!plain.body.contains("kim-at-example"), "{path}");
    }
}

async fn another_account_at_the_same_browser_is_not_shown_a_form(shop: TestShop) {
    shop.account("kim@example.com", Role::Customer).await;
    let site = shop.open().await;
    let browser = site.browser();
    let sign_in = async || {
        let fields = [
            ("email", "kim@example.com"),
            ("password", crate::support::PASSWORD),
        ];
        let signed_in = browser.call("/api/account/sign-in", &fields).await;
        signed_in.expect(200);
    };
    sign_in().await;
    let typed = [
        ("name", "Kim Marten"),
        ("city", "Hamburg"),
        ("page", "/account/addresses/new"),
    ];
    let back = sent(&browser, "/api/account/addresses/save", &typed).await;
    assert!(browser.back(&back).await.refused().body.contains("Hamburg"));
    browser.call("/api/account/sign-out", &[]).await.expect(200);
    shop.admin().await;
    browser.sign_in(ADMIN).await.expect(200);
    let plain = browser.visit(back.location()).await.expect(200);
    assert!(!plain.body.contains("Hamburg"));
    browser.call("/api/account/sign-out", &[]).await.expect(200);
    sign_in().await;
    assert!(browser.back(&back).await.refused().body.contains("Hamburg"));
    // It goes with the account.
    shop.execute("DELETE FROM accounts WHERE email = 'kim@example.com'")
        .await;
    assert_eq!(kept(&shop).await, 0);
}

async fn any_node_shows_a_form(shop: TestShop) {
    let node = shop.second_node();
    let (first, second) = (shop.open().await, node.open().await);
    let (browser, rope) = with_a_rope(&shop, &first).await;
    let back = sent(&browser, UPDATE, &of_line(&rope, "many")).await;
    // Cookies belong to the host, whatever its port.
    let elsewhere = Browser {
        base: format!("http://{}", second.address),
        ..browser
    };
    let shown = elsewhere.back(&back).await.refused();
    assert!(shown.body.contains("Enter a quantity from 0 to 99."));
}

async fn a_page_with_a_form_is_not_kept_and_a_kept_page_has_none(shop: TestShop) {
    let site = shop.open().await;
    let (browser, _) = with_a_rope(&shop, &site).await;
    let page = "/products/rope";
    let plain = browser.page(page).await.expect(200);
    let fields = [("quantity", "many"), ("page", page)];
    let back = sent(&browser, "/api/cart/add", &fields).await;
    let shown = browser.back(&back).await.refused();
    assert_eq!(shown.headers.get(ETAG), None);
    assert_eq!(shown.headers[CACHE_CONTROL], "no-store");
    let again = site.browser().page(page).await.expect(200);
    assert_eq!(again.body, plain.body, "nothing of it is kept");
    assert!(again.headers.contains_key(ETAG));
    // Rendered for the first time with a form, too.
    shop.stock(Goods::named("Lamp")).await;
    let fields = [("quantity", "many"), ("page", "/products/lamp")];
    let back = sent(&browser, "/api/cart/add", &fields).await;
    browser.back(&back).await.refused();
    let fresh = site.browser().page("/products/lamp").await.expect(200);
    assert!(!fresh.body.contains("autofocus") && fresh.headers.contains_key(ETAG));
}

async fn a_form_that_was_taken_is_as_it_is_now_on_the_way_back(shop: TestShop) {
    let site = shop.open().await;
    let (browser, rope) = with_a_rope(&shop, &site).await;
    let back = sent(&browser, UPDATE, &of_line(&rope, "many")).await;
    browser.back(&back).await.refused();
    let taken = browser.submit(UPDATE, &of_line(&rope, "2")).await;
    assert_eq!(taken.expect(303).location(), "/cart");
    let plain = browser.page(back.location()).await.expect(303);
    assert_eq!(plain.location(), "/cart");
    assert_eq!(kept(&shop).await, 0);
}

async fn the_way_back_keeps_the_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let site = shop.open().await;
    let (browser, rope) = with_a_rope(&shop, &site).await;
    let fields = of_line(&rope, "many");
    let back = sent(&browser, "/de/api/cart/update", &fields).await;
    assert!(back.location().starts_with("/de/cart?form="));
    let shown = browser.back(&back).await.refused();
    assert!(shown.body.contains("Ihr Warenkorb"));
    let stranger = site.browser().page(back.location()).await.expect(303);
    assert_eq!(stranger.location(), "/de/cart");
}

async fn where_the_page_is_gone_another_says_so(shop: TestShop) {
    let site = shop.open().await;
    let (browser, _) = with_a_rope(&shop, &site).await;
    let fields = [("variant_id", "none"), ("page", "/products/none")];
    let back = sent(&browser, "/api/cart/add", &fields).await;
    let gone = browser.page(back.location()).await.expect(303);
    assert!(gone.location().starts_with("/cart?form="));
    let shown = browser.back(&back).await.refused();
    assert!(shown.body.contains("Your cart"));
}

async fn a_preview_and_a_draft_have_an_address_of_their_own(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let typed = [
        ("title", "Knots"),
        ("body", "<p>Bowline</p>"),
        ("kind", "page"),
    ];
    for (path, page) in [
        ("/api/admin/pages/preview", "/admin/pages/new?form="),
        ("/api/admin/products/draft", "/admin/products/new?form="),
    ] {
        let back = sent(&browser, path, &typed).await;
        assert!(back.location().starts_with(page), "{path}");
        let shown = browser.back(&back).await.came_back();
        assert!(shown.body.contains("value=\"Knots\""), "{path}");
    }
}

async fn who_may_not_send_a_form_has_nothing_kept(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    for path in ["/api/admin/products/create", "/api/account/addresses/save"] {
        let answer = Answer::of(form(&browser, path, &[("title", "x")])).await;
        assert!(!answer.leads_back(), "{path}: {:?}", answer.headers);
    }
    let picture = Form::new()
        .text("product_id", server::ids::new_id())
        .part("file", Part::bytes(b"no".to_vec()).file_name("x.png"));
    let upload = browser
        .request(Method::POST, "/api/admin/pictures/upload")
        .header(ACCEPT, HTML);
    let answer = Answer::of(upload.multipart(picture)).await;
    assert!(!answer.leads_back());
    assert!(!answer.headers.contains_key(SET_COOKIE));
    assert_eq!(kept(&shop).await, 0);
}

async fn after_a_declined_card_the_payment_is_asked_for_again(shop: TestShop) {
    let site = shop.open().await;
    let (browser, _) = with_a_rope(&shop, &site).await;
    let contact = [
        ("email", "kim@example.com"),
        ("name", "Kim Marten"),
        ("address_line1", "Quay 7"),
        ("postal_code", "20457"),
        ("city", "Hamburg"),
        ("country", "DE"),
    ];
    let card = [("payment", "test_card"), ("card_number", DECLINES)];
    for (path, fields) in [
        ("/api/checkout/contact", &contact[..]),
        ("/api/checkout/shipping", &[("shipping", "standard")]),
        ("/api/checkout/payment", &card),
    ] {
        browser.submit(path, fields).await.expect(303);
    }
    let key = server::ids::new_secret();
    let order = [
        ("checkout_key", key.as_str()),
        ("shipping", "standard"),
        ("payment", "test_card"),
        ("expected_total_minor", "5390"),
        ("page", "/checkout?step=review"),
    ];
    let back = sent(
        &browser,
        "/api/checkout/place",
        &[&contact[..], &order].concat(),
    )
    .await;
    let shown = browser.back(&back).await.refused().body;
    let banner = shown.find("The card was declined").expect("the reason");
    let advice = shown.find("use another card").expect("the advice");
    let field = shown.find("name=\"card_number\"").expect("the field");
    assert!(banner < advice && advice < field);
    assert!(shown.contains("action=\"/api/checkout/payment\""));
    assert_eq!(shown.matches("banner-bad").count(), 1);
}
