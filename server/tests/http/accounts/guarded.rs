//! What is for the owner of an account alone.

use reqwest::{Method, header::ACCEPT};

use super::{KIM, signed_in};
use crate::support::{Answer, PASSWORD, TestShop, on_both_databases};

on_both_databases!(
    pages_of_an_account_send_strangers_to_the_sign_in,
    nothing_is_done_for_who_is_not_signed_in,
    nothing_is_done_from_another_sites_page,
);

async fn pages_of_an_account_send_strangers_to_the_sign_in(shop: TestShop) {
    let site = shop.open().await;
    for path in [
        "/account",
        "/account/orders",
        "/account/addresses",
        "/account/security",
        "/account/orders/0199c1d2-0000-7000-8000-000000000000",
    ] {
        let answer = site.browser().page(path).await.expect(303);
        assert_eq!(answer.location(), format!("/account/sign-in?next={path}"));
        let page = site.browser().visit(path).await.expect(200);
        assert!(page.body.contains(&format!(r#"value="{path}""#)));
    }
}

/// What someone does with their own account, by address.
const OWN: [&str; 17] = [
    "/api/account/second-factor/begin",
    "/api/account/second-factor/on",
    "/api/account/second-factor/off",
    "/api/account/second-factor/codes",
    "/api/account/rename",
    "/api/account/language",
    "/api/account/ask-verify",
    "/api/account/email",
    "/api/account/password",
    "/api/account/sessions/end",
    "/api/account/sessions/end-others",
    "/api/account/addresses/save",
    "/api/account/addresses/delete",
    "/api/account/close",
    "/api/account/verify",
    "/api/account/orders/cancel",
    "/api/account/orders/again",
];

async fn nothing_is_done_for_who_is_not_signed_in(shop: TestShop) {
    let site = shop.open().await;
    for path in OWN {
        let refused = site.browser().call(path, &[]).await.expect(401);
        assert_eq!(refused.kind(), "sign_in_failed", "{path}");
        let form = site.browser().submit(path, &[]).await.expect(303);
        assert!(
            form.location()
                .starts_with("/account/sign-in?next=/account")
        );
    }
    for path in [
        "/api/account",
        "/api/account/orders",
        "/api/account/sessions",
    ] {
        site.browser().read(path).await.expect(401);
    }
}

async fn nothing_is_done_from_another_sites_page(shop: TestShop) {
    let site = shop.open().await;
    let browser = signed_in(&shop, &site, KIM).await;
    let others = [
        "/api/account/sign-in",
        "/api/account/sign-in/code",
        "/api/account/sign-out",
        "/api/account/sign-up",
        "/api/account/ask-sign-up",
        "/api/account/ask-reset",
        "/api/account/reset",
    ];
    for path in OWN.into_iter().chain(others) {
        let request = browser
            .request(Method::POST, path)
            .header(ACCEPT, "application/json")
            .header("origin", "https://evil.example")
            .form(&[("password", PASSWORD), ("close_password", PASSWORD)]);
        assert_eq!(Answer::of(request).await.status, 403, "{path}");
        assert_ne!(
            browser.read(path).await.status,
            200,
            "{path}: not by reading"
        );
    }
    browser.page("/account").await.expect(200);
}
