//! What is kept of those who wait, and for how long.

use server::{
    feature::{self, Person},
    store::ChangeSet,
};

use super::{email, held, numbers, open, units, wait};
use crate::support::{DAY, TestShop, on_both_databases};

on_both_databases!(
    a_person_gets_their_wishes_and_has_them_forgotten,
    who_waits_for_a_year_is_forgotten,
);

fn person(email: &str) -> Person<'_> {
    Person {
        account_id: None,
        guest_email: Some(email),
        orders: &[],
    }
}

async fn forget(shop: &TestShop, email: &str) {
    let mut tx = shop.db().begin().await.unwrap();
    let mut changes = ChangeSet::default();
    feature::forget(&mut tx, shop.db(), &person(email), &mut changes)
        .await
        .unwrap();
    changes.commit(tx, shop.db()).await.unwrap();
}

async fn a_person_gets_their_wishes_and_has_them_forgotten(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 1, "").await;
    let order_id = held(&shop, &rope, 0).await;
    wait(&shop, &drop_id, &rope, 3).await;
    let (first, second) = (email(1), email(2));
    let waiting = feature::all()
        .find(|feature| feature.name() == "waiting_list")
        .unwrap();
    let exported = waiting.export(shop.db(), &person(&first)).await.unwrap();
    let exported = exported.unwrap();
    assert_eq!(exported[0]["product"], "Rope");
    assert_eq!(exported[0]["email"], first);
    assert_eq!(exported[0]["state"], "waiting");
    forget(&shop, &second).await;
    assert_eq!(numbers(&shop, "waiting").await, [1, 3]);

    let ended = server::orders::cancel::cancel_by_shopper(shop.db(), shop.now(), &order_id).await;
    assert!(ended.unwrap());
    // What was kept for them goes on.
    forget(&shop, &first).await;
    let named =
        format!("SELECT COUNT(*) AS n FROM waits WHERE email = '{first}' OR mailbox = '{first}'");
    assert_eq!(shop.number(&named).await, 0);
    shop.services.run_maintenance().await;
    assert_eq!(numbers(&shop, "offered").await, [3]);
    assert_eq!(units(&shop).await, (0, 1));
}

async fn who_waits_for_a_year_is_forgotten(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 1, "").await;
    held(&shop, &rope, 0).await;
    wait(&shop, &drop_id, &rope, 3).await;
    shop.execute("UPDATE waits SET state = 'told' WHERE seq = 1")
        .await;
    shop.clock.advance(31 * DAY);
    server::waiting_list::work::run(shop.db(), shop.now())
        .await
        .unwrap();
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM waits").await, 2);
    shop.clock.advance(335 * DAY);
    server::waiting_list::work::run(shop.db(), shop.now())
        .await
        .unwrap();
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM waits").await, 0);
}
