//! Connections to Postgres that the back office has for itself. That orders have theirs, too, is tested over HTTP.

use server::db::{Db, PoolUse};

use crate::support::{Goods, Kind, TestShop, cash, order, run};

fn pool(db: &Db, name: &str) -> PoolUse {
    let pools = db.pools();
    let pool = pools.into_iter().find(|pool| pool.name == name);
    pool.expect("there is such a pool")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_takes_all_of_the_back_office_keeps_no_shopper_waiting() {
    run(Kind::Postgres, |shop: TestShop| async move {
        let rope = shop.stock(Goods::named("Rope").price(1000).units(3)).await;
        let staff = shop.db().for_staff();
        let mut held = Vec::new();
        for _ in 0..pool(shop.db(), "staff").max {
            held.push(staff.begin().await.unwrap());
        }
        let of_staff = pool(shop.db(), "staff");
        assert_eq!(of_staff.used, of_staff.max);

        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        shop.place(&cart, order(cash(), 1000)).await.unwrap();

        let others = pool(shop.db(), "all");
        assert!(others.used < others.max, "{others:?}");
        drop(held);
    })
    .await;
}
