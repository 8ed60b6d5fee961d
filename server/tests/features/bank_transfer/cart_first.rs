//! A transfer that pays for an order locks the order's cart before the order, as all do that write to both.

use app::orders::types::OrderStatus;
use server::db::Sql;

use super::{came, rope, set_up, transfer};
use crate::support::{Kind, TestShop, run};

const WAITS_FOR_A_ROW: &str = "SELECT COUNT(*) AS n FROM pg_stat_activity \
     WHERE datname = current_database() AND wait_event_type = 'Lock'";

/// On SQLite a transaction that writes is alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transfer_that_waits_for_the_cart_holds_no_order_meanwhile() {
    run(Kind::Postgres, |shop: TestShop| async move {
        let (admin, rope) = (set_up(&shop).await, rope(&shop).await);
        let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
        let mut held = shop.db().begin().await.unwrap();
        let cart = Sql::new("SELECT id FROM carts FOR UPDATE");
        cart.fetch_all(&mut *held).await.unwrap();

        let desk = &shop.shop().transfers;
        let recording = desk.record(&admin, &order.id, came("10.00", ""));
        let holding = async {
            while shop.number(WAITS_FOR_A_ROW).await == 0 {
                tokio::task::yield_now().await;
            }
            let orders = Sql::new("SELECT id FROM orders FOR UPDATE");
            orders.fetch_all(&mut *held).await.unwrap();
            held.commit().await.unwrap();
        };
        let (recorded, ()) = tokio::join!(recording, holding);
        assert_eq!(recorded.unwrap().status, OrderStatus::Paid);
    })
    .await;
}
