//! Signing in and out, and how long that lasts.

use app::identity::Role;
use reqwest::{
    Method,
    header::{ACCEPT, COOKIE},
};
use tokio::task::JoinSet;

use crate::support::{
    ADMIN, Answer, Browser, DAY, Goods, HOUR, PASSWORD, TestShop, on_both_databases,
};

on_both_databases!(
    a_session_begins_anew_at_sign_in,
    a_session_nobody_opened_is_none,
    a_signed_out_session_is_over,
    a_page_opened_after_the_session_is_reached_by_the_sign_in,
    sessions_end_when_idle_and_after_two_weeks,
    sign_in_goes_on_to_our_own_pages_only,
    customers_do_not_get_into_the_admin_area,
    the_set_up_address_works_once,
    sign_in_tells_nothing_about_who_exists,
    too_many_wrong_passwords_have_to_wait,
);

/// The session cookie of an answer, as a browser sends it back.
fn session(answer: &Answer) -> String {
    let cookie = answer.cookie("holdfast_session").expect("a session");
    cookie.split(';').next().unwrap().to_owned()
}

/// The product table's status for one who sends this cookie.
async fn status(browser: &Browser, cookie: &str) -> u16 {
    let request = browser
        .request(Method::GET, "/admin/products")
        .header(ACCEPT, "text/html")
        .header(COOKIE, cookie);
    Answer::of(request).await.status
}

async fn a_session_begins_anew_at_sign_in(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    let first = session(&browser.sign_in(ADMIN).await.expect(200));
    assert_eq!(browser.page("/admin/products").await.status, 200);
    let second = session(&browser.sign_in(ADMIN).await.expect(200));
    assert_ne!(first, second);
    let stranger = site.browser();
    assert_eq!(status(&stranger, &second).await, 200);
    assert_eq!(status(&stranger, &first).await, 303, "the old one is over");
}

async fn a_session_nobody_opened_is_none(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let planted = format!("holdfast_session={}", server::ids::new_secret());
    assert_eq!(status(&site.browser(), &planted).await, 303);
    let browser = site.browser();
    let request = browser
        .request(Method::POST, "/api/admin/sign-in")
        .header(COOKIE, &planted)
        .form(&[("email", ADMIN), ("password", PASSWORD)]);
    let opened = session(&Answer::of(request).await.expect(200));
    assert_ne!(opened, planted, "a planted token is not adopted");
    assert_eq!(status(&site.browser(), &planted).await, 303);
    for rubbish in ["x", "", "%00", &"a".repeat(5000)] {
        let cookie = format!("holdfast_session={rubbish}");
        assert_eq!(status(&site.browser(), &cookie).await, 404);
    }
}

async fn a_signed_out_session_is_over(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    let cookie = session(&browser.sign_in(ADMIN).await.expect(200));
    let answer = browser.submit("/api/admin/sign-out", &[]).await.expect(303);
    assert_eq!(answer.location(), "/admin/sign-in");
    assert_eq!(browser.page("/admin/products").await.status, 404);
    assert_eq!(status(&site.browser(), &cookie).await, 303);
}

async fn a_page_opened_after_the_session_is_reached_by_the_sign_in(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    for (page, next) in [
        ("/admin", "%2Fadmin"),
        ("/admin/orders?page=2", "%2Fadmin%2Forders%3Fpage%3D2"),
        ("/admin/products/none", "%2Fadmin%2Fproducts%2Fnone"),
        ("/admin/export.csv", "%2Fadmin%2Fexport.csv"),
        (
            "/admin/stock?next=//evil.example&done=x",
            "%2Fadmin%2Fstock%3Fnext%3D%2F%2Fevil.example%26done%3Dx",
        ),
    ] {
        shop.execute("DELETE FROM sessions").await;
        // A program is told the same as ever, and so is one who has never signed in.
        browser.read(page).await.expect(404);
        site.browser().page(page).await.expect(404);
        let late = browser.page(page).await.expect(303);
        let door = format!("/admin/sign-in?done=ended&next={next}");
        assert_eq!(late.location(), door);
        assert_eq!(late.header("cache-control"), "no-store");
        let door = browser.page(&door).await.expect(200);
        assert!(door.body.contains("You are no longer signed in."));
        let fields = [("email", ADMIN), ("password", PASSWORD), ("next", page)];
        let signed_in = browser.submit("/api/admin/sign-in", &fields).await;
        assert_eq!(signed_in.expect(303).location(), page);
    }
}

async fn sessions_end_when_idle_and_after_two_weeks(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let at_work = || async {
        let is_in = browser.page("/admin/products").await.status == 200;
        if is_in {
            shop.use_is_noted().await;
        }
        is_in
    };
    shop.clock.advance(23 * HOUR);
    assert!(at_work().await);
    shop.clock.advance(23 * HOUR);
    assert!(at_work().await, "each use counts");
    shop.clock.advance(25 * HOUR);
    assert!(!at_work().await, "a day without use is the end");

    browser.sign_in(ADMIN).await.expect(200);
    let opened = shop.now();
    while shop.now() + 12 * HOUR < opened + 14 * DAY {
        shop.clock.advance(12 * HOUR);
        assert!(
            at_work().await,
            "after {} hours",
            (shop.now() - opened) / HOUR
        );
    }
    shop.clock.advance(12 * HOUR);
    assert!(!at_work().await, "two weeks are the end, used or not");
}

async fn sign_in_goes_on_to_our_own_pages_only(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    for (next, goes_to) in [
        ("", "/admin"),
        ("/admin/orders?page=2", "/admin/orders?page=2"),
        ("https://evil.example/", "/admin"),
        ("//evil.example", "/admin"),
        ("/admin/\r\nset-cookie: x=y", "/admin"),
        ("/admin/%2e%2e/account", "/admin"),
        ("/admin/%2E%2e//evil.example", "/admin"),
        ("/admin//evil.example", "/admin"),
        ("/admin/..%5cevil.example", "/admin"),
    ] {
        let fields = [("email", ADMIN), ("password", PASSWORD), ("next", next)];
        let answer = site.browser().submit("/api/admin/sign-in", &fields).await;
        let answer = answer.expect(303);
        assert_eq!(answer.location(), goes_to, "{next:?}");
        assert_eq!(answer.cookie("x"), None, "{next:?}");
    }
}

async fn customers_do_not_get_into_the_admin_area(shop: TestShop) {
    shop.account("kim@shop.test", Role::Customer).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in("kim@shop.test").await;
    for path in ["/admin", "/admin/products", "/admin/orders"] {
        browser.page(path).await.expect(404);
    }
    let fields = [
        ("variant_id", rope.variant()),
        ("delta", "1"),
        ("reason", "x"),
    ];
    browser
        .call("/api/admin/stock/adjust", &fields)
        .await
        .expect(404);
}

async fn the_set_up_address_works_once(shop: TestShop) {
    let token = server::account::store::new_setup_token(shop.db(), shop.now())
        .await
        .unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    let address = format!("/admin/set-up/{token}");
    let fields = [
        ("token", token.as_str()),
        ("email", "First@shop.test"),
        ("password", PASSWORD),
    ];
    browser.page(&address).await.expect(200);
    let answer = browser
        .submit("/api/admin/set-up", &fields)
        .await
        .expect(303);
    assert_eq!(answer.location(), "/admin");
    browser.page("/admin").await.expect(200);
    site.browser().page(&address).await.expect(404);
    site.browser()
        .call("/api/admin/set-up", &fields)
        .await
        .expect(404);
    site.browser().sign_in("first@shop.test").await.expect(200);
    let accounts = shop.number("SELECT COUNT(*) AS n FROM accounts").await;
    assert_eq!(accounts, 1);
}

async fn sign_in_tells_nothing_about_who_exists(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    let mut answers = Vec::new();
    for email in [ADMIN, "nobody@shop.test", "", "not an address"] {
        let fields = [("email", email), ("password", "wrong password")];
        let answer = browser
            .call("/api/admin/sign-in", &fields)
            .await
            .expect(401);
        assert_eq!(answer.cookie("holdfast_session"), None);
        answers.push(answer.body);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

async fn too_many_wrong_passwords_have_to_wait(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let mut tries = JoinSet::new();
    for _ in 0..30 {
        let browser = site.browser();
        tries.spawn(async move {
            let wrong = [("email", ADMIN), ("password", "not this one")];
            browser.call("/api/admin/sign-in", &wrong).await
        });
    }
    let (refused, late): (Vec<_>, Vec<_>) = tries
        .join_all()
        .await
        .into_iter()
        .partition(|answer| answer.status == 401);
    assert!(refused.len() >= 10 && !late.is_empty());
    for refused in refused {
        assert_eq!(refused.kind(), "sign_in_failed");
    }
    for late in late {
        let late = late.expect(429);
        assert_eq!(late.kind(), "too_many_requests");
        let wait: u32 = late.header("retry-after").parse().unwrap();
        assert!(wait > 0);
    }
    let other = [("email", "other@shop.test"), ("password", "not this one")];
    let other = site.browser().call("/api/admin/sign-in", &other).await;
    other.expect(401);
}
