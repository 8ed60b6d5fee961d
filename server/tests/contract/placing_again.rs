//! What an order was decided on holds until it is committed: edits come before its rows are locked, and are
//! seen, or after it.

use app::error::ErrorKind;
use server::{
    catalog::write::{CatalogWrite, StockReason, draft::ProductDraft},
    db::{Dialect, Sql},
};

use crate::support::{Goods, Kind, TestShop, cash, on_both_databases, order, run};

on_both_databases!(what_changes_while_an_order_waits_for_its_rows_is_decided_again);

/// What the owner does meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edit {
    Deactivate,
    Reprice,
}

impl Edit {
    const ALL: [Self; 2] = [Self::Deactivate, Self::Reprice];

    fn make(self, draft: &mut ProductDraft) {
        match self {
            Self::Deactivate => draft.active = false,
            Self::Reprice => draft.variants[0].price_minor = 1100,
        }
    }

    fn refusal(self) -> ErrorKind {
        match self {
            Self::Deactivate => ErrorKind::Inactive,
            Self::Reprice => ErrorKind::PriceChanged,
        }
    }
}

/// Waits until so many transactions wait for another.
pub async fn waiting(shop: &TestShop, transactions: i64) {
    // There writers queue for the one connection, and the first one stays it.
    if shop.db().dialect() == Dialect::Sqlite {
        return;
    }
    let count = "SELECT COUNT(*) AS n FROM pg_stat_activity \
         WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while shop.number(count).await < transactions {
        tokio::task::yield_now().await;
    }
}

async fn what_changes_while_an_order_waits_for_its_rows_is_decided_again(shop: TestShop) {
    for edit in Edit::ALL {
        let rope = Goods::named(&format!("Rope {edit:?}")).price(1000).units(3);
        let rope = shop.stock(rope).await;
        let cart = shop.cart(&[(rope.variant(), 2)]).await;
        let begun = CatalogWrite::begin(shop.db(), shop.now(), "test", StockReason::Adjustment);
        let mut write = begun.await.unwrap();
        let stored = write.stored(&rope.id).await.unwrap().unwrap();
        let mut draft = stored.draft.clone();
        edit.make(&mut draft);
        write.update(&stored, &draft).await.unwrap();

        let placing = shop.place(&cart, order(cash(), 2000));
        let saved = async {
            waiting(&shop, 1).await;
            write.commit().await.unwrap();
        };
        let (placed, ()) = tokio::join!(placing, saved);

        assert_eq!(placed.unwrap_err().kind, edit.refusal(), "{edit:?}");
        assert_eq!(shop.units(rope.variant()).await, 3);
        assert_eq!(shop.orders().await, 0);
    }
}

/// Keeps orders between their decision and the taking of their units, as long as someone holds the lock.
const STOP: [&str; 2] = [
    "CREATE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END $$",
    "CREATE TRIGGER stop_here BEFORE UPDATE OF sold ON variants \
     FOR EACH STATEMENT EXECUTE FUNCTION stop_here()",
];
const HOLD: &str = "SELECT CAST(pg_advisory_xact_lock(4711) AS TEXT) AS turn";

/// On SQLite nobody comes in between: a transaction that writes is alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_between_decision_and_taking_comes_after_the_order() {
    run(Kind::Postgres, |shop: TestShop| async move {
        for sql in STOP {
            shop.execute(sql).await;
        }
        for (nth, edit) in (1..).zip(Edit::ALL) {
            let rope = Goods::named(&format!("Rope {edit:?}")).price(1000).units(3);
            let rope = shop.stock(rope).await;
            let mut held = shop.db().begin().await.unwrap();
            Sql::new(HOLD).fetch_all(&mut *held).await.unwrap();
            let cart = shop.cart(&[(rope.variant(), 2)]).await;
            let later = shop.cart(&[(rope.variant(), 1)]).await;

            let placing = shop.place(&cart, order(cash(), 2000));
            let saved = async {
                waiting(&shop, 1).await;
                shop.rewrite(&rope, |draft| edit.make(draft)).await;
            };
            let let_go = async {
                waiting(&shop, 2).await;
                held.commit().await.unwrap();
            };
            let (placed, (), ()) = tokio::join!(placing, saved, let_go);

            assert_eq!(placed.unwrap().total_minor, 2000, "{edit:?}");
            let left = shop.units(rope.variant()).await;
            assert_eq!((left, shop.orders().await), (1, nth));
            let later = shop.place(&later, order(cash(), 1000)).await;
            assert_eq!(later.unwrap_err().kind, edit.refusal(), "{edit:?}");
        }
    })
    .await;
}
