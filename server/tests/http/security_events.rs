//! What the log tells of the shop's doors: who, from where and in which request, and no address.

use app::identity::Role;
use reqwest::{Method, header::ACCEPT};
use serde_json::Value;
use server::{
    ids::{is_id, new_secret},
    stock_feed::{Limits, StockFeed},
};

use crate::{
    log::{self, listen},
    support::{ADMIN, Answer, Browser, Goods, PASSWORD, STAFF, TestShop, on_both_databases},
};

on_both_databases!(
    sign_ins_are_told_by_account_or_by_a_name_for_the_address,
    the_name_of_an_address_is_the_same_on_all_nodes_and_another_in_each_shop,
    what_was_refused_is_told_once_for_each_request,
    resets_changes_and_ends_of_sessions_are_told,
    a_refused_role_of_somebody_known_is_in_the_audit_log,
    codes_and_second_factors_are_told_once_each,
    a_client_that_watches_too_much_is_told_of,
);

/// The lines of the request that this is the answer to.
fn told(answer: &Answer) -> Vec<Value> {
    let id = answer.header("x-request-id");
    assert_ne!(id, "");
    log::lines_with(id)
        .into_iter()
        .filter(|line| line["target"] == "security")
        .inspect(|line| {
            assert_eq!(line["span"]["id"], id);
            assert_eq!(line["fields"]["client"], "127.0.0.1");
            assert!(!line.to_string().contains('@'), "{line}");
        })
        .collect()
}

/// The one event of the request.
#[track_caller]
fn event(answer: &Answer, expected: &str) -> Value {
    let mut lines = told(answer);
    assert_eq!(lines.len(), 1, "{lines:#?}");
    let mut line = lines.remove(0);
    assert_eq!(line["fields"]["event"], expected);
    line["fields"].take()
}

async fn try_to_sign_in(browser: &Browser, email: &str) -> Answer {
    let fields = [("email", email), ("password", "not this one")];
    let refused = browser.call("/api/account/sign-in", &fields).await;
    refused.expect(401)
}

async fn sign_ins_are_told_by_account_or_by_a_name_for_the_address(shop: TestShop) {
    listen();
    let kim = shop.account("kim@shop.test", Role::Customer).await;
    let site = shop.open().await;
    let browser = site.browser();
    let refused = event(
        &try_to_sign_in(&browser, "kim@shop.test").await,
        "sign_in_refused",
    );
    assert_eq!(refused["account"], kim.id);
    assert_eq!(refused["mailbox"], Value::Null);
    let signed_in = browser.sign_in("kim@shop.test").await.expect(200);
    assert_eq!(event(&signed_in, "sign_in")["account"], kim.id);
    let out = browser.call("/api/account/sign-out", &[]).await.expect(200);
    assert_eq!(event(&out, "sign_out")["account"], kim.id);

    let unknown = |email: &'static str| {
        let browser = site.browser();
        async move {
            let answer = try_to_sign_in(&browser, email).await;
            let told = event(&answer, "sign_in_refused");
            assert_eq!(told["account"], Value::Null);
            told["mailbox"].as_str().expect("a name").to_owned()
        }
    };
    let first = unknown("nobody@shop.test").await;
    assert_eq!(unknown(" Nobody@Shop.Test ").await, first);
    assert_ne!(unknown("somebody@shop.test").await, first);
}

async fn the_name_of_an_address_is_the_same_on_all_nodes_and_another_in_each_shop(shop: TestShop) {
    listen();
    let mut names = Vec::new();
    for node in [shop.clone(), shop.second_node()] {
        let site = node.open().await;
        let answer = try_to_sign_in(&site.browser(), "nobody@shop.test").await;
        names.push(event(&answer, "sign_in_refused")["mailbox"].take());
    }
    assert_eq!(names[0], names[1]);
    // With the shop's key in another place, nothing of it comes out of the address alone.
    let mut tx = shop.db().begin().await.unwrap();
    sqlx::query("UPDATE shop_facts SET value = $1 WHERE name = 'log_key'")
        .bind(new_secret())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let site = shop.second_node().open().await;
    let answer = try_to_sign_in(&site.browser(), "nobody@shop.test").await;
    assert_ne!(event(&answer, "sign_in_refused")["mailbox"], names[0]);
}

async fn what_was_refused_is_told_once_for_each_request(shop: TestShop) {
    listen();
    let kim = shop.account("kim@shop.test", Role::Customer).await;
    let site = shop.open().await;
    let guest = site.browser();
    let foreign = guest
        .request(Method::POST, "/api/cart/add")
        .header(ACCEPT, "application/json")
        .header("sec-fetch-site", "cross-site");
    let foreign = Answer::of(foreign.form(&[("x", "y")])).await.expect(403);
    event(&foreign, "foreign_origin");

    let browser = site.browser();
    browser.sign_in("kim@shop.test").await.expect(200);
    for path in ["/admin", "/admin/settings", "/admin/orders"] {
        let refused = guest.page(path).await.expect(404);
        assert_eq!(event(&refused, "role_refused")["account"], Value::Null);
        let refused = browser.page(path).await.expect(404);
        assert_eq!(event(&refused, "role_refused")["account"], kim.id);
    }
    for path in [
        "/api/admin/products/create",
        "/api/admin/products/draft",
        "/api/admin/import",
        "/api/admin/pictures/upload",
        "/api/admin/customers/export",
        "/api/admin/customers/sign-out",
    ] {
        let refused = browser.call(path, &[]).await.expect(404);
        assert_eq!(event(&refused, "role_refused")["account"], kim.id, "{path}");
    }
    let none = guest.page("/admin/sign-in").await.expect(200);
    assert!(told(&none).is_empty());

    let mut late = Vec::new();
    for _ in 0..5 {
        let fields = [("email", "nobody@shop.test")];
        late.push(guest.call("/api/account/ask-reset", &fields).await);
    }
    let late = late.last().expect("five were asked for");
    assert_eq!(late.status, 429);
    let hit = event(late, "limit_hit");
    assert!(hit["mailbox"].is_string() && hit["account"].is_null());
}

async fn resets_changes_and_ends_of_sessions_are_told(shop: TestShop) {
    listen();
    let kim = shop.account("kim@shop.test", Role::Customer).await;
    let (site, post) = (shop.open().await, shop.post());
    let browser = site.browser();
    let asked = [("email", "kim@shop.test")];
    let asked = browser.call("/api/account/ask-reset", &asked).await;
    let asked = event(&asked.expect(200), "reset_asked");
    assert!(asked["mailbox"].is_string(), "nobody looked for an account");
    let token = post.the_mail().await.link("/account/reset/");
    let reset = [("token", token.as_str()), ("password", PASSWORD)];
    let used = browser.call("/api/account/reset", &reset).await.expect(200);
    assert_eq!(event(&used, "reset_used")["account"], kim.id);
    let again = browser.call("/api/account/reset", &reset).await.expect(404);
    event(&again, "reset_refused");
    let seen = browser.page(&format!("/account/reset/{token}")).await;
    event(&seen.expect(404), "reset_refused");

    browser.sign_in("kim@shop.test").await.expect(200);
    let guess = [("close_password", "not this one")];
    let guess = browser.call("/api/account/close", &guess).await.expect(422);
    assert_eq!(event(&guess, "password_refused")["account"], kim.id);
    site.browser().sign_in("kim@shop.test").await.expect(200);
    let end = [("sessions_password", PASSWORD)];
    let ended = browser.call("/api/account/sessions/end-others", &end).await;
    event(&ended.expect(200), "session_ended");
    let change = [
        ("current_password", PASSWORD),
        ("new_password", "another long one"),
    ];
    let changed = browser.call("/api/account/password", &change).await;
    event(&changed.expect(200), "password_changed");

    shop.admin().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let fields = [("id", kim.id.as_str())];
    let out = admin.submit("/api/admin/customers/sign-out", &fields).await;
    let out = out.expect(303);
    let page = format!("/admin/customers/{}?done=signed-out", kim.id);
    assert_eq!(out.location(), page);
    assert_eq!(event(&out, "sessions_ended_by_staff")["account"], kim.id);
    browser.read("/api/account").await.expect(401);
    let page = admin.page(&page).await.expect(200);
    assert!(page.body.contains("Signed in on no device."));
    assert!(page.body.contains("role=\"status\""));
}

async fn a_refused_role_of_somebody_known_is_in_the_audit_log(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (kim, staff) = (
        shop.account("kim@shop.test", Role::Customer).await,
        shop.account(STAFF, Role::Staff).await,
    );
    assert!(is_id(&kim.id) && is_id(&staff.id));
    let site = shop.open().await;
    for (email, id, actor) in [
        ("kim@shop.test", &kim.id, "customer"),
        (STAFF, &staff.id, STAFF),
    ] {
        let browser = site.browser();
        browser.sign_in(email).await.expect(200);
        let path = format!("/admin/products/{}", rope.id);
        for _ in 0..40 {
            browser.page(&path).await.expect(404);
        }
        let told = format!(
            "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'account.role_refused' \
             AND subject_kind = 'account' AND subject_id = '{id}' AND actor = '{actor}'"
        );
        let entries = shop.number(&told).await;
        assert!((20..=25).contains(&entries), "{entries} of {email}");
    }
    shop.admin().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let log = admin.page("/admin/audit").await.expect(200);
    assert!(
        log.body
            .contains("Tried something their role doesn’t allow")
    );
}

async fn codes_and_second_factors_are_told_once_each(shop: TestShop) {
    listen();
    let mut tx = shop.db().begin().await.unwrap();
    sqlx::query("UPDATE shop_settings SET second_factor_required = 1")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let staff = shop.account(STAFF, Role::Staff).await;
    let session = shop.session_of(&staff).await;
    let (secret, _) = shop.switch_on(&staff, &session).await;
    let site = shop.open().await;
    let browser = site.browser();
    let asked = browser.sign_in(STAFF).await.expect(401);
    assert!(told(&asked).is_empty(), "nobody is signed in yet");
    let path = "/api/account/sign-in/code";
    let wrong = browser.call(path, &[("factor_code", "no code")]).await;
    let wrong = event(&wrong.expect(422), "code_refused");
    assert_eq!(wrong["account"], staff.id);
    let code = shop.next_code(&secret);
    let entered = browser.call(path, &[("factor_code", code.as_str())]).await;
    let entered = event(&entered.expect(200), "sign_in");
    assert_eq!(entered["account"], staff.id);
    browser.page("/admin").await.expect(200);

    let made = browser.call("/api/account/second-factor/codes", &[]).await;
    let made = made.expect(200);
    event(&made, "recovery_codes_made");
    let codes = made.json();
    let recovery = [("factor_code", codes["codes"][0].as_str().unwrap())];
    let other = site.browser();
    other.sign_in(STAFF).await.expect(401);
    let used = other.call(path, &recovery).await.expect(200);
    let kinds: Vec<_> = told(&used)
        .iter()
        .map(|line| line["fields"]["event"].clone())
        .collect();
    assert_eq!(kinds, ["recovery_code_used", "sign_in"]);
    let off = browser.call("/api/account/second-factor/off", &[]).await;
    event(&off.expect(200), "factor_off");
    // Who has the role and no second factor is refused no role.
    let closed = browser.page("/admin").await.expect(303);
    assert!(told(&closed).is_empty());

    for (action, expected) in [
        ("factor.on", 1),
        ("factor.codes", 1),
        ("factor.recovery", 1),
        ("factor.off", 1),
        ("account.sign_in", 2),
        ("account.role_refused", 0),
    ] {
        let sql = format!("SELECT COUNT(*) AS n FROM audit_entries WHERE action = '{action}'");
        assert_eq!(shop.number(&sql).await, expected, "{action}");
    }
    let all = shop
        .number("SELECT COUNT(*) AS n FROM audit_entries WHERE action LIKE 'account.factor%'")
        .await;
    assert_eq!(all, 0, "each is in the audit log once");
}

async fn a_client_that_watches_too_much_is_told_of(mut shop: TestShop) {
    listen();
    let rope = shop.stock(Goods::named("Rope")).await;
    let limits = Limits { node: 1, client: 0 };
    shop.services.stock = StockFeed::new(shop.db().clone(), limits);
    let site = shop.open().await;
    let path = format!("/api/stock/events?variants={}", rope.variant());
    let refused = site.browser().read(&path).await.expect(503);
    event(&refused, "limit_hit");
}
