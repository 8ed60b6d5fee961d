//! Connections to Postgres that the back office has for itself. That orders have theirs, too, is tested over HTTP.

use app::orders::ports::OrderFilter;
use server::db::{Db, PoolUse, Tx};

use crate::support::{Goods, Kind, TestShop, cash, order, run};

fn pool(db: &Db, name: &str) -> PoolUse {
    let pools = db.pools();
    let pool = pools.into_iter().find(|pool| pool.name == name);
    pool.expect("there is such a pool")
}

/// Takes all connections of a pool, which this database's transactions are on.
async fn take_all(db: &Db, name: &str) -> Vec<Tx> {
    let mut taken = Vec::new();
    for _ in 0..pool(db, name).max {
        taken.push(db.begin().await.unwrap());
    }
    let all = pool(db, name);
    assert_eq!(all.used, all.max);
    taken
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_takes_all_of_the_back_office_keeps_no_shopper_waiting() {
    run(Kind::Postgres, |shop: TestShop| async move {
        let rope = shop.stock(Goods::named("Rope").price(1000).units(3)).await;
        let held = take_all(&shop.db().for_staff(), "staff").await;

        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        shop.place(&cart, order(cash(), 1000)).await.unwrap();

        let others = pool(shop.db(), "all");
        assert!(others.used < others.max, "{others:?}");
        drop(held);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_staff_finds_orders_on_connections_that_shoppers_do_not_need() {
    run(Kind::Postgres, |shop: TestShop| async move {
        let rope = shop.stock(Goods::named("Rope").price(1000).units(3)).await;
        shop.bought(&[(rope.variant(), 1)], cash()).await;
        let held = take_all(shop.db(), "all").await;

        let named = OrderFilter {
            text: Some("marten".to_owned()),
            ..OrderFilter::default()
        };
        let found = shop.shop().orders.list(&named).await.unwrap();
        assert_eq!(found.rows.len(), 1);
        shop.shop().order_desk.tallies().await.unwrap();
        drop(held);
    })
    .await;
}
