//! Forms that the browser keeps itself: what comes too often, and what is beyond the bounds.

use app::{identity::Role, ui::form::FormState};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use reqwest::{
    Method,
    header::{ACCEPT, COOKIE, REFERER},
};
use server::{
    ids::new_secret,
    kept_forms::{MAX_BYTES, OF_NETWORK, Sender, keep},
};

use crate::support::{ADMIN, Answer, Browser, MINUTE, PASSWORD, TestShop, on_both_databases};

on_both_databases!(
    a_form_that_comes_too_often_comes_back_and_nothing_is_kept,
    a_form_without_room_comes_back_whole,
    what_is_too_long_to_keep_is_said_at_its_field,
    a_body_that_is_too_large_has_a_page_that_says_it,
    what_the_browser_keeps_cannot_be_read_or_made_up,
    another_account_at_the_same_browser_is_not_shown_what_it_keeps,
    a_form_that_was_taken_is_not_carried_any_more,
    what_failed_takes_the_place_of_nothing_that_was_typed,
);

const ASK: &str = "/api/account/ask-sign-up";
const LOOK_UP: &str = "/api/orders/look-up";
const CARRIED: &str = "holdfast_typed";
const ALERT: &str = "role=\"alert\"";

async fn kept(shop: &TestShop) -> i64 {
    shop.number("SELECT COUNT(*) AS n FROM kept_forms").await
}

async fn sent(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let request = browser
        .request(Method::POST, path)
        .header(ACCEPT, "text/html");
    Answer::of(request.form(fields)).await
}

/// Asks for a sign-up until it is too often: this function counts by itself.
async fn too_often(browser: &Browser, typed: &[(&str, &str)]) -> Answer {
    for _ in 0..6 {
        let answer = sent(browser, ASK, typed).await;
        if answer.leads_back() {
            return answer;
        }
    }
    panic!("nothing is too often");
}

/// The cookie's value.
fn carried(answer: &Answer) -> String {
    let line = answer.cookie(CARRIED).expect("it is set");
    let (_, value) = line.split_once('=').unwrap();
    value.split(';').next().unwrap_or_default().to_owned()
}

async fn a_form_that_comes_too_often_comes_back_and_nothing_is_kept(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let typed = [
        ("email", "kim@example.com"),
        ("page", "/account/sign-up?x=1"),
    ];
    let back = too_often(&browser, &typed).await.expect(303);
    assert!(back.location().starts_with("/account/sign-up?x=1&form="));
    let line = back.cookie(CARRIED).expect("it is set");
    for attribute in ["; Max-Age=600", "; SameSite=Lax", "; HttpOnly"] {
        assert!(line.contains(attribute), "{line}");
    }
    // As often as it is loaded.
    for _ in 0..2 {
        let shown = browser.back(&back).await.refused();
        assert!(
            shown.body.contains("value=\"kim@example.com\""),
            "{}",
            shown.body
        );
        assert_eq!(shown.header("cache-control"), "no-store");
    }
    assert_eq!(kept(&shop).await, 0);
    // A program is told the status.
    let call = browser.call(ASK, &typed).await.expect(429);
    assert_eq!(
        (call.kind().as_str(), call.location()),
        ("too_many_requests", "")
    );
    shop.clock.advance(10 * MINUTE);
    let plain = browser.page(back.location()).await.expect(303);
    assert_eq!(plain.location(), "/account/sign-up?x=1");
}

/// As many forms are kept of the network as may be.
async fn fill(shop: &TestShop) {
    for _ in 0..OF_NETWORK {
        let browser = new_secret();
        let sender = Sender {
            browser: &browser,
            account: None,
            network: "127.0.0.1",
        };
        let form = FormState::default();
        let key = keep(shop.db(), shop.now(), &sender, "/cart", &form).await;
        assert!(key.unwrap().is_some());
    }
}

async fn a_form_without_room_comes_back_whole(shop: TestShop) {
    let site = shop.open().await;
    fill(&shop).await;
    let browser = site.browser();
    let note = "Leave it with the harbour office. ".repeat(20);
    let typed = [
        ("email", "kim-at-example"),
        ("name", "Kim Marten"),
        ("message", note.as_str()),
        ("password", PASSWORD),
        ("page", "/account/sign-up"),
    ];
    let back = sent(&browser, ASK, &typed).await.expect(303);
    assert!(carried(&back).len() < 2_048);
    let shown = browser.back(&back).await.refused();
    assert!(shown.body.contains("value=\"kim-at-example\""));
    assert!(!shown.body.contains(PASSWORD));
    assert_eq!(kept(&shop).await, OF_NETWORK);
}

async fn what_is_too_long_to_keep_is_said_at_its_field(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let site = shop.open().await;
    let browser = site.browser();
    let long = "x".repeat(MAX_BYTES);
    for (path, words) in [
        (LOOK_UP, "What you entered here was too long to keep."),
        ("/de/api/orders/look-up", "Ihre Eingabe war hier zu lang"),
    ] {
        let typed = [
            ("number", long.as_str()),
            ("email", "kim@example.com"),
            ("page", "/orders"),
        ];
        let back = sent(&browser, path, &typed).await.expect(303);
        assert!(back.leads_back(), "{path}");
        let shown = browser.back(&back).await.refused();
        assert!(
            shown.body.contains("value=\"kim@example.com\""),
            "{}",
            shown.body
        );
        assert!(shown.body.contains(words), "{}", shown.body);
        assert!(!shown.body.contains(&long[..100]));
    }
    assert_eq!(kept(&shop).await, 0);
}

async fn a_body_that_is_too_large_has_a_page_that_says_it(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let huge = "x".repeat(513 * 1024);
    let typed = [("number", huge.as_str()), ("page", "/orders")];
    let back = sent(&browser, LOOK_UP, &typed).await.expect(303);
    assert!(
        back.location().starts_with("/orders?form="),
        "{}",
        back.location()
    );
    let shown = browser.back(&back).await;
    assert!(shown.body.contains("This is too large."), "{}", shown.body);
    let call = browser.call(LOOK_UP, &typed).await.expect(413);
    assert_eq!(call.kind(), "too_large");
}

async fn what_the_browser_keeps_cannot_be_read_or_made_up(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let typed = [("email", "kim@example.com"), ("page", "/account/sign-up")];
    let back = too_often(&browser, &typed).await;
    let value = carried(&back);
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(&value).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("kim@"));
    // The address alone, and the cookie with a letter changed, show nobody's form.
    let mut other = value.clone().into_bytes();
    other[40] = if other[40] == b'A' { b'B' } else { b'A' };
    let other = String::from_utf8(other).unwrap();
    for (cookie, is_shown) in [
        (value.as_str(), true),
        (other.as_str(), false),
        ("x", false),
        ("", false),
    ] {
        let request = site
            .browser()
            .request(Method::GET, back.location())
            .header(ACCEPT, "text/html");
        let page = Answer::of(request.header(COOKIE, format!("{CARRIED}={cookie}"))).await;
        assert_eq!(page.status, if is_shown { 200 } else { 303 }, "{cookie}");
        assert_eq!(page.body.contains("kim@example.com"), is_shown, "{cookie}");
    }
    // Under another key it is not the form of that address.
    let key = server::ids::new_short_key();
    let page = browser.page(&format!("/account/sign-up?form={key}")).await;
    assert_eq!(page.expect(303).location(), "/account/sign-up");
}

async fn another_account_at_the_same_browser_is_not_shown_what_it_keeps(shop: TestShop) {
    shop.account("kim@example.com", Role::Customer).await;
    let site = shop.open().await;
    let browser = site.browser();
    let typed = [("email", "lou@example.com"), ("page", "/account/sign-up")];
    let back = too_often(&browser, &typed).await;
    let fields = [("email", "kim@example.com"), ("password", PASSWORD)];
    browser
        .call("/api/account/sign-in", &fields)
        .await
        .expect(200);
    let page = browser.page(back.location()).await.expect(303);
    assert!(!page.leads_back() && !page.body.contains("lou@example.com"));
}

async fn a_form_that_was_taken_is_not_carried_any_more(shop: TestShop) {
    let site = shop.open().await;
    fill(&shop).await;
    let browser = site.browser();
    let typed = [("email", "kim-at-example"), ("page", "/account/sign-up")];
    let back = sent(&browser, ASK, &typed).await.expect(303);
    assert!(browser.back(&back).await.body.contains(ALERT));
    // Another page's form ends nothing.
    let elsewhere = [("email", "kim@example.com"), ("page", "/account/sign-in")];
    let other = sent(&browser, ASK, &elsewhere).await.expect(303);
    assert_eq!(other.cookie(CARRIED), None);
    let right = [("email", "kim@example.com"), ("page", "/account/sign-up")];
    let taken = sent(&browser, ASK, &right).await.expect(303);
    assert!(!taken.leads_back());
    assert!(
        taken
            .cookie(CARRIED)
            .expect("it ends")
            .contains("Max-Age=0")
    );
    let plain = browser.page(back.location()).await.expect(303);
    assert_eq!(plain.location(), "/account/sign-up");
}

async fn what_failed_takes_the_place_of_nothing_that_was_typed(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    let typed = [("email", "kim@example.com"), ("page", "/account/sign-up")];
    too_often(&browser, &typed).await;
    browser.sign_in(ADMIN).await.expect(200);
    shop.db().close().await;
    let failed = async || {
        let request = browser
            .request(Method::POST, "/api/cart/update")
            .header(ACCEPT, "text/html")
            .header(REFERER, format!("{}/cart", browser.base));
        Answer::of(request.form(&[("quantity", "1")])).await
    };
    let told = failed().await.expect(503);
    assert!(told.body.starts_with("<!DOCTYPE html>"), "{}", told.body);
    assert_eq!(told.cookie(CARRIED), None);
    // Once that is over; and one that failed may follow another.
    shop.clock.advance(11 * MINUTE);
    for _ in 0..2 {
        let told = failed().await.expect(303);
        assert!(
            told.location().starts_with("/cart?form="),
            "{}",
            told.location()
        );
    }
}
