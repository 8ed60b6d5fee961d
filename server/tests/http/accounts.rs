//! Accounts of shoppers, as browsers meet them.

mod guarded;

use app::identity::Role;
use reqwest::{
    Method,
    header::{ACCEPT, COOKIE},
};
use tokio::task::JoinSet;

use crate::support::{Answer, Browser, PASSWORD, Site, TestShop, on_both_databases};

on_both_databases!(
    an_account_is_opened_and_left_with_plain_forms,
    a_password_is_reset_with_a_mailed_link,
    answers_are_the_same_whether_or_not_there_is_an_account,
    opening_a_mailed_link_uses_nothing_up,
    a_session_from_before_sign_in_is_worth_nothing_after,
    a_stolen_session_can_be_ended,
    passwords_are_not_sent_back,
    who_asks_for_many_mails_has_to_wait,
);

pub const KIM: &str = "kim@example.com";
const NEW_PASSWORD: &str = "another long one";

pub async fn sign_in(browser: &Browser, email: &str) -> Answer {
    let fields = [("email", email), ("password", PASSWORD)];
    browser.submit("/api/account/sign-in", &fields).await
}

/// A browser of a customer who has just signed in.
pub async fn signed_in(shop: &TestShop, site: &Site, email: &str) -> Browser {
    shop.account(email, Role::Customer).await;
    let browser = site.browser();
    sign_in(&browser, email).await.expect(303);
    browser
}

fn session(answer: &Answer) -> String {
    let cookie = answer.cookie("holdfast_session").expect("a session");
    cookie.split(';').next().unwrap().to_owned()
}

/// What `/account` answers to one who sends this cookie.
async fn status(site: &Site, cookie: &str) -> u16 {
    let request = site
        .browser()
        .request(Method::GET, "/account")
        .header(ACCEPT, "text/html")
        .header(COOKIE, cookie);
    Answer::of(request).await.status
}

async fn an_account_is_opened_and_left_with_plain_forms(shop: TestShop) {
    let (site, post) = (shop.open().await, shop.post());
    let browser = site.browser();
    let asked = browser
        .submit("/api/account/ask-sign-up", &[("email", KIM)])
        .await
        .expect(303);
    let said = browser.visit(asked.location()).await.expect(200);
    assert!(said.body.contains("Check your inbox"));
    let token = post.the_mail().await.link("/account/sign-up/");
    let page = browser.page(&format!("/account/sign-up/{token}")).await;
    assert!(page.expect(200).body.contains(KIM));

    let short = [
        ("token", token.as_str()),
        ("name", "Kim"),
        ("password", "short"),
    ];
    let refused = browser
        .submit("/api/account/sign-up", &short)
        .await
        .refused();
    assert!(refused.body.contains("At least 10") || refused.body.contains("at least 10"));
    assert!(
        refused.body.contains(r#"value="Kim""#),
        "what was typed stays"
    );
    let fields = [
        ("token", token.as_str()),
        ("name", "Kim"),
        ("password", PASSWORD),
    ];
    let opened = browser
        .submit("/api/account/sign-up", &fields)
        .await
        .expect(303);
    let home = browser.page(opened.location()).await.expect(200);
    assert!(home.body.contains("Hello, Kim") && home.body.contains("Your account is ready"));
    browser
        .submit("/api/account/sign-up", &fields)
        .await
        .expect(404);

    let left = browser
        .submit("/api/account/sign-out", &[])
        .await
        .expect(303);
    assert_eq!(left.location(), "/account/sign-in?done=signed-out");
    assert_eq!(browser.page("/account").await.status, 303);
    let back = sign_in(&browser, KIM).await.expect(303);
    assert_eq!(back.location(), "/account");
}

async fn a_password_is_reset_with_a_mailed_link(shop: TestShop) {
    let (site, post) = (shop.open().await, shop.post());
    let owner = signed_in(&shop, &site, KIM).await;
    let browser = site.browser();
    browser
        .submit("/api/account/ask-reset", &[("email", KIM)])
        .await
        .expect(303);
    let token = post.the_mail().await.link("/account/reset/");
    let fields = [("token", token.as_str()), ("password", NEW_PASSWORD)];
    let set = browser
        .submit("/api/account/reset", &fields)
        .await
        .expect(303);
    assert_eq!(set.location(), "/account/sign-in?done=reset");
    assert_eq!(
        owner.page("/account").await.status,
        303,
        "everybody is signed out"
    );
    browser
        .call("/api/account/reset", &fields)
        .await
        .expect(404);
    let gone = browser
        .page(&format!("/account/reset/{token}"))
        .await
        .expect(404);
    assert!(gone.body.contains("doesn’t work"));
    sign_in(&browser, KIM).await.refused();
    let fields = [
        ("email", KIM),
        ("password", NEW_PASSWORD),
        ("next", "/account/orders"),
    ];
    let back = browser
        .submit("/api/account/sign-in", &fields)
        .await
        .expect(303);
    assert_eq!(back.location(), "/account/orders");
}

async fn answers_are_the_same_whether_or_not_there_is_an_account(shop: TestShop) {
    let site = shop.open().await;
    for (path, known, unknown) in [
        ("/api/account/ask-sign-up", KIM, "nobody@example.com"),
        (
            "/api/account/ask-reset",
            "lou@example.com",
            "no.one@example.com",
        ),
    ] {
        shop.account(known, Role::Customer).await;
        let mut answers = Vec::new();
        for email in [known, unknown] {
            let fields = [("email", email)];
            let answer = site.browser().call(path, &fields).await.expect(200);
            assert_eq!(answer.cookie("holdfast_session"), None);
            let form = site.browser().submit(path, &fields).await.expect(303);
            answers.push((answer.body, form.location().to_owned()));
        }
        assert_eq!(answers[0], answers[1], "{path}");
    }
    let mut refusals = Vec::new();
    for email in [KIM, "nobody@example.com"] {
        let fields = [("email", email), ("password", "not this one")];
        let refused = site.browser().call("/api/account/sign-in", &fields).await;
        refusals.push(refused.expect(401).body);
    }
    assert_eq!(refusals[0], refusals[1]);
}

async fn opening_a_mailed_link_uses_nothing_up(shop: TestShop) {
    shop.account(KIM, Role::Customer).await;
    let (site, post) = (shop.open().await, shop.post());
    site.browser()
        .call("/api/account/ask-reset", &[("email", KIM)])
        .await
        .expect(200);
    let token = post.the_mail().await.link("/account/reset/");
    for _ in 0..3 {
        let page = site
            .browser()
            .page(&format!("/account/reset/{token}"))
            .await;
        let page = page.expect(200);
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let forged = format!("/account/reset/{}", server::ids::new_secret());
    for path in [
        "/account/reset/x",
        forged.as_str(),
        "/account/sign-up/%0d%0ax",
    ] {
        site.browser().page(path).await.expect(404);
    }
}

async fn a_session_from_before_sign_in_is_worth_nothing_after(shop: TestShop) {
    shop.account(KIM, Role::Customer).await;
    let site = shop.open().await;
    let planted = format!("holdfast_session={}", server::ids::new_secret());
    let request = site
        .browser()
        .request(Method::POST, "/api/account/sign-in")
        .header(COOKIE, &planted)
        .form(&[("email", KIM), ("password", PASSWORD)]);
    let first = session(&Answer::of(request).await.expect(200));
    assert_ne!(first, planted, "a planted token is not adopted");
    assert_eq!(status(&site, &planted).await, 303);
    assert_eq!(status(&site, &first).await, 200);

    let request = site
        .browser()
        .request(Method::POST, "/api/account/sign-in")
        .header(COOKIE, &first)
        .form(&[("email", KIM), ("password", PASSWORD)]);
    let second = session(&Answer::of(request).await.expect(200));
    assert_ne!(first, second);
    assert_eq!(status(&site, &first).await, 303, "the old one is over");
    assert_eq!(status(&site, &second).await, 200);
}

async fn a_stolen_session_can_be_ended(shop: TestShop) {
    shop.account(KIM, Role::Customer).await;
    let site = shop.open().await;
    let thief = session(&sign_in(&site.browser(), KIM).await.expect(303));
    let owner = site.browser();
    let own = session(&sign_in(&owner, KIM).await.expect(303));
    let page = owner.page("/account/security").await.expect(200);
    assert!(page.body.contains("Sign out everywhere else"));
    for secret in [&thief, &own] {
        let token = secret.trim_start_matches("holdfast_session=");
        assert!(!page.body.contains(token), "the list opens no session");
    }
    // One who has a session alone does not throw the others out.
    for path in [
        "/api/account/sessions/end-others",
        "/api/account/sessions/end",
    ] {
        let guess = [("sessions_password", "not this one"), ("session_id", "x")];
        let refused = owner.submit(path, &guess).await.refused();
        assert!(refused.body.contains("id=\"sessions_password-error\""));
        assert_eq!(status(&site, &thief).await, 200, "{path}");
    }
    owner
        .submit(
            "/api/account/sessions/end-others",
            &[("sessions_password", PASSWORD)],
        )
        .await
        .expect(303);
    assert_eq!(status(&site, &thief).await, 303);
    assert_eq!(status(&site, &own).await, 200);

    // A changed password ends what was stolen as well, and renews the owner's own.
    let thief = session(&sign_in(&site.browser(), KIM).await.expect(303));
    let fields = [
        ("current_password", PASSWORD),
        ("new_password", NEW_PASSWORD),
    ];
    let changed = owner
        .submit("/api/account/password", &fields)
        .await
        .expect(303);
    assert_ne!(session(&changed), own);
    assert_eq!(status(&site, &thief).await, 303);
    assert_eq!(status(&site, &own).await, 303);
    owner.page("/account").await.expect(200);
}

async fn passwords_are_not_sent_back(shop: TestShop) {
    let site = shop.open().await;
    let browser = signed_in(&shop, &site, KIM).await;
    // Another device, or there would be nothing to sign out.
    sign_in(&site.browser(), KIM).await.expect(303);
    let secret = "my secret words";
    for (path, fields) in [
        (
            "/api/account/password",
            [("current_password", secret), ("new_password", secret)],
        ),
        (
            "/api/account/email",
            [("email", "new@example.com"), ("email_password", secret)],
        ),
        (
            "/api/account/close",
            [("close_password", secret), ("x", "y")],
        ),
        (
            "/api/account/sessions/end",
            [("sessions_password", secret), ("session_id", "x")],
        ),
        (
            "/api/account/sessions/end-others",
            [("sessions_password", secret), ("x", "y")],
        ),
    ] {
        let refused = browser.submit(path, &fields).await.refused();
        assert!(!refused.body.contains(secret), "{path}");
        assert!(refused.body.contains("That’s not your password."), "{path}");
        assert!(refused.body.contains("aria-invalid=\"true\""), "{path}");
    }
}

async fn who_asks_for_many_mails_has_to_wait(shop: TestShop) {
    let site = shop.open().await;
    let mut asks = JoinSet::new();
    for _ in 0..20 {
        let browser = site.browser();
        asks.spawn(async move {
            browser
                .call("/api/account/ask-reset", &[("email", KIM)])
                .await
        });
    }
    let answers = asks.join_all().await;
    let late = answers.iter().filter(|answer| answer.status == 429).count();
    assert!((1..=17).contains(&late), "{late}");
    for late in answers.into_iter().filter(|answer| answer.status == 429) {
        assert_eq!(late.kind(), "too_many_requests");
    }
}
