//! A shop from before payment methods were settings of their own.

use super::view;
use crate::support::{Kind, TestShop, run_at};

/// The last schema without them.
const BEFORE: i64 = 46;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_set_in_three_places_counts_as_before() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        run_at(kind, BEFORE, upgraded).await;
        run_at(kind, BEFORE, untouched).await;
    }
}

/// Whether it is on, and up to which total, by method.
async fn set(shop: &TestShop) -> Vec<(String, &'static str, String)> {
    let methods = view(shop).await.methods.into_iter();
    methods
        .map(|one| (one.method, one.rule.as_str(), one.highest))
        .collect()
}

fn is(method: &str, rule: &'static str, highest: &str) -> (String, &'static str, String) {
    (method.to_owned(), rule, highest.to_owned())
}

async fn upgraded(shop: TestShop) {
    for sql in [
        "UPDATE shop_settings SET cash_on_delivery = 1, test_card = 0",
        "UPDATE cash_settings SET up_to_minor = 25000, minutes = 45, most_open = 5, version = 4",
        "UPDATE bank_settings SET is_on = 1, holder = 'Lamp & Rope Ltd', \
         iban = 'DE89370400440532013000', bank = 'Harbour Bank', days = 9, version = 3",
    ] {
        shop.execute(sql).await;
    }
    shop.db().migrate().await.unwrap();
    assert_eq!(
        set(&shop).await,
        [
            is("test_card", "off", ""),
            is("cash_on_delivery", "offered", "250.00"),
            is("bank_transfer", "offered", ""),
        ]
    );
    // What stays where it was.
    let cash = shop.shop().cash.settings().await.unwrap();
    assert_eq!(
        (cash.version, cash.minutes, cash.most_open),
        (4, 45, Some(5))
    );
    let bank = shop.shop().bank.settings().await.unwrap();
    assert_eq!((bank.version, bank.days), (3, 9));
    assert_eq!(
        (bank.holder.as_str(), bank.bank.as_str()),
        ("Lamp & Rope Ltd", "Harbour Bank")
    );
    assert_eq!(bank.iban, "DE89370400440532013000");
}

async fn untouched(shop: TestShop) {
    shop.db().migrate().await.unwrap();
    assert_eq!(
        set(&shop).await,
        [
            is("test_card", "offered", ""),
            is("cash_on_delivery", "offered", ""),
            is("bank_transfer", "off", ""),
        ]
    );
}
