//! What is never kept: passwords, numbers of cards, codes, and tokens of links.

use app::{features, ui::secret::Secret};
use reqwest::{Method, header::ACCEPT};
use server::db::{Get, Sql};

use crate::support::{ADMIN, Answer, Goods, TestShop, on_both_databases};

on_both_databases!(
    no_secret_is_kept_of_any_form,
    what_names_a_form_is_stored_as_a_digest,
);

const TYPED: &str = "s3cret-as-typed";

/// All that is kept, as text.
async fn stored(shop: &TestShop) -> Vec<String> {
    let sql = "SELECT owner || ' ' || key || ' ' || network || ' ' || page || ' ' || action || ' ' \
               || form AS kept FROM kept_forms";
    let rows = Sql::new(sql).fetch_all(shop.db().reader()).await.unwrap();
    rows.iter().map(|row| row.text("kept").unwrap()).collect()
}

async fn no_secret_is_kept_of_any_form(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let site = shop.open().await;
    let mut fields: Vec<_> = Secret::ALL
        .into_iter()
        .map(|secret| (secret.as_str(), TYPED))
        .collect();
    fields.extend([
        ("token", TYPED),
        ("payment", "test_card"),
        ("email", "kim-at-example"),
        ("note", "left alone"),
    ]);
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let mut seen = 0;
    for function in features::functions() {
        if function.method.as_str() != "POST" || function.path.ends_with("/sign-out") {
            continue;
        }
        let form = browser
            .request(Method::POST, function.path)
            .header(ACCEPT, "text/html");
        let answer = Answer::of(form.form(&fields)).await;
        for kept in stored(&shop).await {
            assert!(!kept.contains(TYPED), "{}: {kept}", function.path);
            seen += 1;
        }
        if answer.leads_back() {
            let shown = browser.back(&answer).await;
            assert!(!shown.body.contains(TYPED), "{}", function.path);
        }
        shop.execute("DELETE FROM kept_forms").await;
    }
    assert!(seen > 20, "{seen} were kept");
}

async fn what_names_a_form_is_stored_as_a_digest(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let page = format!("/account/reset/{}", server::ids::new_secret());
    let fields = [
        ("page", page.as_str()),
        ("password", TYPED),
        ("token", &page[15..]),
    ];
    let request = browser
        .request(Method::POST, "/api/account/reset")
        .header(ACCEPT, "text/html");
    let sent = Answer::of(request.form(&fields)).await.expect(303);
    let cookie = sent.cookie("holdfast_forms").expect("it is set");
    let (_, secret) = cookie.split_once('=').unwrap();
    let secret = &secret[..43];
    for kept in stored(&shop).await {
        assert!(!kept.contains(&page[15..]), "{kept}");
        assert!(
            !kept.contains(secret) && !kept.contains("127.0.0.1"),
            "{kept}"
        );
    }
}
