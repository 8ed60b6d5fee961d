//! A shop from before there was a checklist, and one that begins with it.

use app::{home::types::standard, locale::Locale, sentences::Sentence, shop::Opening};
use desk::admin::opening::ports::Item;

use super::checklist;
use crate::support::{Kind, START, TestShop, run_at};

/// The last schema without a checklist.
const BEFORE: i64 = 27;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_that_was_set_up_before_stays_open_and_keeps_its_words() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        run_at(kind, BEFORE, upgraded).await;
    }
}

async fn upgraded(shop: TestShop) {
    shop.execute(&format!(
        "INSERT INTO accounts (id, email, password_hash, role, created_at) \
         VALUES ('kim', 'kim@example.com', 'x', 'admin', {START})"
    ))
    .await;
    shop.db().migrate().await.unwrap();
    let list = checklist(&shop).await;
    assert_eq!(list.opening, Opening::Open);
    // It has been running with them.
    assert_eq!(list.done, [Item::Mail, Item::Delivery, Item::Tax]);
    let settings = shop.services.settings.now().await.unwrap();
    let about = |language| settings.sentence(Sentence::About, language);
    assert!(about(Locale::En).unwrap().starts_with("A holdfast is"));
    assert!(about(Locale::De).unwrap().starts_with("Holdfast heißt"));
    let offered = "SELECT is_on AS n FROM payment_methods WHERE method = 'test_card'";
    assert_eq!(shop.number(offered).await, 1, "what was offered still is");
    assert_eq!(*shop.shop().home.published().await.unwrap(), standard());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_shop_is_not_open_and_says_nothing() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        run_at(kind, BEFORE, begun).await;
    }
}

async fn begun(shop: TestShop) {
    shop.db().migrate().await.unwrap();
    let list = checklist(&shop).await;
    assert_eq!((list.opening, list.done), (Opening::Preparing, Vec::new()));
    let settings = shop.services.settings.now().await.unwrap();
    assert_eq!(settings.sentence(Sentence::About, Locale::En), None);
    let site = shop.open().await;
    let home = site.browser().page("/").await.expect(200).body;
    assert!(!home.contains("Made to last"), "nothing is promised");
    assert!(
        !home.contains("section values"),
        "nothing is promised: {home}"
    );
    assert!(
        home.contains("id=\"block-0\" class=\"hero-title\">Holdfast</h1>"),
        "{home}"
    );
}

/// The last schema in which a new shop promised times of delivery.
const PROMISING: i64 = 58;
const BEGUN_WITH: [&str; 3] = [
    "3 to 5 working days",
    "Next working day when ordered before noon",
    "Ready within two hours",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_shop_promises_no_times_until_its_owner_writes_some() {
    let confirmed = "INSERT INTO opening_checks (item, confirmed_at, confirmed_by) \
                     VALUES ('delivery', 0, 'kim@example.com')";
    let translated = "INSERT INTO translations \
                      (kind, subject_id, language, field, text, source_digest, updated_at) \
                      VALUES ('shipping_rate', 'pickup', 'de', 'description', 'Gleich', 'x', 0)";
    let changed = "UPDATE shipping_rates SET description = 'By bike' WHERE id = 'express'";
    let open = "UPDATE shop_settings SET opening = 'open'";
    let demo = "UPDATE shop_settings SET opening = 'demo'";
    let another = "UPDATE shipping_rates SET name = 'Post' WHERE id = 'standard'";
    for kind in [Kind::Sqlite, Kind::Postgres] {
        for (before, after) in [
            (another, ["", "", ""]),
            (changed, ["", "By bike", ""]),
            (translated, ["", "", BEGUN_WITH[2]]),
            (confirmed, BEGUN_WITH),
            (open, BEGUN_WITH),
            (demo, BEGUN_WITH),
        ] {
            run_at(kind, PROMISING, move |shop: TestShop| async move {
                shop.execute(before).await;
                shop.db().migrate().await.unwrap();
                let view = shop.shop().settings_desk.settings().await.unwrap();
                let said = view.rates.iter().map(|rate| rate.description.as_str());
                assert_eq!(said.collect::<Vec<_>>(), after, "{before}");
            })
            .await;
        }
    }
}
