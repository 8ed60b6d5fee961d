//! What is kept of those who wait, and for how long.

use server::{
    db::Dialect,
    feature::{self, Person},
    store::ChangeSet,
    waits::settle::{OfDrop, settle},
};

use super::{email, held, numbers, open, two_open, units, wait};
use crate::support::{DAY, TestShop, on_both_databases};

on_both_databases!(
    a_person_gets_their_wishes_and_has_them_forgotten,
    who_is_erased_at_that_moment_is_passed_over,
    an_erasure_and_units_that_are_shared_out_do_not_wait_for_each_other,
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

    let ended = shop.cancellations().cancel_by_shopper(&order_id).await;
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

/// Waits until a transaction waits for another. On SQLite writers queue for the one connection.
pub async fn one_waits(shop: &TestShop) {
    if shop.db().dialect() == Dialect::Sqlite {
        return;
    }
    let count = "SELECT COUNT(*) AS n FROM pg_stat_activity \
         WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while shop.number(count).await == 0 {
        tokio::task::yield_now().await;
    }
}

async fn who_is_erased_at_that_moment_is_passed_over(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 1, "").await;
    let order_id = held(&shop, &rope, 0).await;
    wait(&shop, &drop_id, &rope, 2).await;
    let mut erasing = shop.db().begin().await.unwrap();
    let mut changes = ChangeSet::default();
    let first = email(1);
    feature::forget(&mut erasing, shop.db(), &person(&first), &mut changes)
        .await
        .unwrap();

    let cancellations = shop.cancellations();
    let giving_up = cancellations.cancel_by_shopper(&order_id);
    let erased = async {
        one_waits(&shop).await;
        changes.commit(erasing, shop.db()).await.unwrap();
    };
    let (ended, ()) = tokio::join!(giving_up, erased);
    assert!(ended.unwrap());
    assert_eq!(numbers(&shop, "offered").await, [2]);
    assert_eq!(units(&shop).await, (0, 1), "it is the next one's");
}

async fn an_erasure_and_units_that_are_shared_out_do_not_wait_for_each_other(shop: TestShop) {
    let (drop_id, both) = two_open(&shop).await;
    // Of the variant that is locked last they have waited longest.
    for product in both.iter().rev() {
        wait(&shop, &drop_id, product, 1).await;
    }
    let (db, now, person) = (shop.db(), shop.now(), email(1));
    let line = |nth: usize| OfDrop {
        drop_id: &drop_id,
        variant_id: both[nth].variant(),
    };

    let mut sharing = db.begin().await.unwrap();
    let offered = settle(&mut sharing, db.dialect(), now, line(0)).await;
    assert!(offered.unwrap().is_some());
    let the_rest = async {
        one_waits(&shop).await;
        let offered = settle(&mut sharing, db.dialect(), now, line(1)).await;
        assert!(offered.unwrap().is_some());
        sharing.commit().await.unwrap();
    };
    tokio::join!(forget(&shop, &person), the_rest);
    let named = format!("SELECT COUNT(*) AS n FROM waits WHERE mailbox = '{person}'");
    assert_eq!(shop.number(&named).await, 0);
    shop.services.run_maintenance().await;
    assert_eq!(numbers(&shop, "offered").await, [0; 0]);
    let for_sale = "SELECT CAST(SUM(remaining) AS BIGINT) AS n FROM drop_lines";
    assert_eq!(shop.number(for_sale).await, 2, "with nobody waiting");
}
