//! A variant that is locked, or fails, keeps what was kept of others from nobody.

use server::{
    db::Dialect,
    waiting_list::{store::lock, work},
    waits::settle::{OfDrop, settle},
};

use super::{numbers, people::one_waits, two_open, wait};
use crate::support::{Goods, HOUR, Kind, Stocked, TestShop, on_both_databases, run};

on_both_databases!(a_line_that_fails_keeps_nothing_else_from_being_done);

/// Two variants of which a unit each was offered for four hours, and another waits for it.
async fn two_overdue(shop: &TestShop) -> Vec<Stocked> {
    let (drop_id, both) = two_open(shop).await;
    let (db, now) = (shop.db(), shop.now());
    for product in &both {
        wait(shop, &drop_id, product, 2).await;
        let line = OfDrop {
            drop_id: &drop_id,
            variant_id: product.variant(),
        };
        let mut tx = db.begin().await.unwrap();
        let offered = settle(&mut tx, db.dialect(), now, line).await;
        assert!(offered.unwrap().is_some());
        tx.commit().await.unwrap();
    }
    assert_eq!(numbers(shop, "offered").await, [1, 1]);
    shop.clock.advance(4 * HOUR);
    both
}

async fn in_state(shop: &TestShop, state: &str, product: &Stocked) -> i64 {
    let variant = product.variant();
    let sql = format!(
        "SELECT COUNT(*) AS n FROM waits WHERE state = '{state}' AND variant_id = '{variant}'"
    );
    shop.number(&sql).await
}

/// On SQLite writers wait for each other anyway.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_variant_that_is_locked_holds_up_no_other() {
    run(Kind::Postgres, a_locked_variant_holds_up_no_other).await;
}

async fn a_locked_variant_holds_up_no_other(shop: TestShop) {
    let both = two_overdue(&shop).await;
    let (db, now) = (shop.db(), shop.now());
    let mut locking = db.begin().await.unwrap();
    // The one whose turn is first.
    lock(&mut locking, db.dialect(), both[0].variant())
        .await
        .unwrap();
    let looking = async {
        one_waits(&shop).await;
        assert_eq!(in_state(&shop, "lapsed", &both[0]).await, 0);
        assert_eq!(
            in_state(&shop, "lapsed", &both[1]).await,
            1,
            "it did not wait"
        );
        locking.rollback().await.unwrap();
    };
    let (passed_on, ()) = tokio::join!(work::pass_on(db, now), looking);
    passed_on.unwrap();
    assert_eq!(numbers(&shop, "lapsed").await, [1, 1]);
    assert_eq!(numbers(&shop, "offered").await, [2, 2]);
}

async fn a_line_that_fails_keeps_nothing_else_from_being_done(shop: TestShop) {
    let both = two_overdue(&shop).await;
    // Someone wants to be told of another product, of which there is some.
    let bell = shop.stock(Goods::named("Bell")).await;
    shop.execute(&format!(
        "INSERT INTO waits (id, variant_id, drop_id, email, mailbox, locale, state, state_at, created_at) \
         VALUES ('told', '{}', NULL, 'kim@example.com', 'kim@example.com', 'en', 'waiting', {now}, {now})",
        bell.variant(),
        now = shop.now(),
    ))
    .await;
    let variant = both[0].variant();
    let (breaks, mends) = match shop.db().dialect() {
        Dialect::Sqlite => (
            format!(
                "CREATE TRIGGER broken BEFORE UPDATE ON waits WHEN NEW.state = 'lapsed' \
                 AND NEW.variant_id = '{variant}' BEGIN SELECT RAISE(ABORT, 'broken'); END"
            ),
            "DROP TRIGGER broken",
        ),
        Dialect::Postgres => (
            format!(
                "ALTER TABLE waits ADD CONSTRAINT broken \
                 CHECK (state <> 'lapsed' OR variant_id <> '{variant}')"
            ),
            "ALTER TABLE waits DROP CONSTRAINT broken",
        ),
    };
    shop.execute(&breaks).await;
    let done = work::run(shop.db(), shop.now()).await;
    assert!(done.is_err(), "it is told of");
    assert_eq!(in_state(&shop, "offered", &both[0]).await, 1, "as it was");
    assert_eq!(in_state(&shop, "lapsed", &both[1]).await, 1);
    assert_eq!(in_state(&shop, "told", &bell).await, 1);
    // And is done the next time.
    shop.execute(mends).await;
    work::run(shop.db(), shop.now()).await.unwrap();
    assert_eq!(numbers(&shop, "lapsed").await, [1, 1]);
    assert_eq!(numbers(&shop, "offered").await, [2, 2]);
}
