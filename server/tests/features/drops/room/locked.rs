//! Rooms of drops that overlap do not wait for each other.

use std::time::Duration;

use server::{
    admission::flow::Placing,
    drops::room::{mover::tick, store},
};

use super::{settings, with_room};
use crate::{
    drops::{Line, OPENS, Times, planned},
    support::{Goods, Kind, TestShop, run},
};

/// On SQLite there is one writer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_whose_row_is_locked_holds_up_no_other() {
    run(Kind::Postgres, a_locked_room_holds_up_no_other).await;
}

async fn a_locked_room_holds_up_no_other(shop: TestShop) {
    let actor = shop.admin().await;
    let goods = ["Rope", "Lamp"].map(Goods::named).to_vec();
    let goods = shop.stock_all(goods).await;
    let summer = with_room(&shop, &actor, (&goods[0], 5), "nobody").await;
    let line = Line {
        variant: goods[1].variant(),
        price: "20",
        units: 5,
        limit: "",
    };
    let winter = planned(&shop, &actor, "Winter", Times::NEW, (&goods[1], line)).await;
    let desk = &shop.shop().drop_admin;
    desk.set_room(&actor, &winter.id, settings("nobody"))
        .await
        .unwrap();
    shop.clock.set(OPENS);
    let moved = async || {
        shop.number("SELECT COUNT(*) AS n FROM drop_rooms WHERE moved_at IS NOT NULL")
            .await
    };

    // The one that is moved first.
    let locked = summer.id.clone().min(winter.id.clone());
    let (db, clock) = (shop.db(), &*shop.clock);
    let mut locking = db.begin().await.unwrap();
    let found = store::lock(&mut locking, db.dialect(), clock, &locked).await;
    assert!(found.unwrap().is_some());
    let looking = async {
        let one = async {
            while moved().await == 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let one = tokio::time::timeout(Duration::from_secs(20), one).await;
        assert!(one.is_ok(), "the other waits with it");
        locking.rollback().await.unwrap();
    };
    let (ticked, ()) = tokio::join!(tick(db, clock, Placing::KeepsUp), looking);
    ticked.unwrap();
    assert_eq!(moved().await, 2);
}
