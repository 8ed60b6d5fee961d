//! Whatever is typed into a field of any form: it is a script nowhere, neither on the page that repeats a
//! refused form nor where it is shown once it is kept. Fields are those of `tests/requests`, so that a new
//! form is tried with its row there.

use app::features;

use crate::{
    storefront::evil,
    support::{ADMIN, Browser, Goods, Kind, TestShop, requests::SAMPLES, run},
};

/// What the database says makes no difference to what is shown of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_is_typed_anywhere_is_a_script() {
    run(Kind::Sqlite, nothing_that_is_typed_is_a_script).await;
}

/// As much of a form as has to be right for the rest to be kept; of settings it is the first save.
const RIGHT: [(&str, &str); 16] = [
    ("version", "0"),
    ("methods[cash_on_delivery][offered]", "offered"),
    ("iban", "DE89370400440532013000"),
    ("bic", ""),
    ("days", "14"),
    ("country", "DE"),
    ("list", "products"),
    ("query", "q=rope"),
    ("kind", "free"),
    ("state", "published"),
    ("publish_at", ""),
    ("place", "footer"),
    ("target", "address"),
    ("address", "/products"),
    ("carriers[0][pattern]", "https://parcels.example/{number}"),
    ("sentences[0][sentence]", "about"),
];

fn right(name: &str) -> Option<&'static str> {
    let mut right = RIGHT.iter();
    right
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

async fn nothing_that_is_typed_is_a_script(shop: TestShop) {
    shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let (desk, shopper) = (site.browser(), site.browser());
    desk.sign_in(ADMIN).await.expect(200);
    for browser in [&desk, &shopper] {
        browser.add(rope.variant(), 1).await.expect(200);
    }
    let mut forms = 0;
    for (number, sample) in SAMPLES.iter().enumerate() {
        let function = features::function(&sample.path).expect("it is declared");
        if function.method.as_str() != "POST" {
            continue;
        }
        for (turn, spoil) in sample.spoil.iter().enumerate() {
            let text = |at: usize| evil::TEXTS[(number + turn + at) % evil::TEXTS.len()];
            let names = || spoil.fields.iter().map(String::as_str).enumerate();
            let all: Vec<_> = names().map(|(at, name)| (name, text(at))).collect();
            evil::assert_harmless(&desk.submit(&sample.path, &all).await);
            forms += 1;
            if names().all(|(_, name)| right(name).is_none()) {
                continue;
            }
            // Not all of them are short enough for every field.
            for more in [0, 4, 8] {
                let some = names().map(|(at, name)| (name, right(name).unwrap_or(text(at + more))));
                let some: Vec<_> = some.collect();
                evil::assert_harmless(&desk.submit(&sample.path, &some).await);
            }
        }
    }
    assert!(forms > 60, "{forms}");
    for kept in ["menu_items", "saved_views"] {
        let kept = format!("SELECT COUNT(*) AS n FROM {kept}");
        assert!(shop.number(&kept).await > 0, "{kept}");
    }
    for browser in [&desk, &shopper] {
        all_pages_are_harmless(browser).await;
    }
}

/// All pages that need no id or token.
async fn all_pages_are_harmless(browser: &Browser) {
    let paths = features::pages().map(|page| page.path);
    let paths: Vec<_> = paths
        .filter(|path| !path.contains([':', '{', '*']))
        .collect();
    assert!(paths.len() > 20, "{paths:?}");
    for path in paths {
        evil::assert_harmless(&browser.visit(path).await);
    }
}
