//! A page that comes while its order ends.

use app::{
    checkout::types::Placed,
    orders::{payment::PaymentStatus, types::OrderStatus},
};
use server::db::Sql;

use super::{
    cards, opened,
    provider::{Fate, Provider, Visit},
    status, stripe,
};
use crate::support::{Kind, MINUTE, Stocked, TestShop, run};

const WAITS_FOR_A_ROW: &str = "SELECT COUNT(*) AS n FROM pg_stat_activity \
     WHERE datname = current_database() AND wait_event_type = 'Lock'";
const HAS_A_PAGE: &str = "SELECT COUNT(*) AS n FROM payment_attempts WHERE external_id IS NOT NULL";

const GIVEN_UP: (OrderStatus, PaymentStatus) = (OrderStatus::Cancelled, PaymentStatus::Voided);

async fn until_there_is(shop: &TestShop, count: &str) {
    while shop.number(count).await == 0 {
        tokio::task::yield_now().await;
    }
}

/// An order that ends while its page comes, and how many have ended. What the page's looks meet then is told.
/// On SQLite a transaction that writes is alone: nothing can be kept waiting in between.
async fn ended_meanwhile(
    (provider, shop, rope): (&Provider, &TestShop, &Stocked),
    looks: &[Fate],
) -> (Placed, usize) {
    let held = provider.hold("POST /v1/checkout/sessions");
    let wanted = [(rope.variant(), 2)];
    let buying = shop.buy(&wanted, stripe());
    let ending = async {
        held.done().await;
        shop.clock.advance(31 * MINUTE);
        // What ends the order waits for its cart.
        let mut cart = shop.db().begin().await.unwrap();
        let lock = Sql::new("SELECT id FROM carts FOR UPDATE");
        lock.fetch_all(&mut *cart).await.unwrap();
        let page = async {
            until_there_is(shop, WAITS_FOR_A_ROW).await;
            held.let_go();
            until_there_is(shop, HAS_A_PAGE).await;
            let session = Sql::new("SELECT external_id FROM payment_attempts");
            let session: String = session.fetch_value(shop.db().reader()).await.unwrap();
            provider.plan(&format!("GET /v1/checkout/sessions/{session}"), looks);
            cart.commit().await.unwrap();
        };
        let (ended, ()) = tokio::join!(shop.services.checkout.settle_overdue(), page);
        ended.unwrap()
    };
    let ((_, placed), ended) = tokio::join!(buying, ending);
    (placed.expect("it is sold"), ended)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_pays_on_a_page_that_came_while_its_order_ended() {
    run(Kind::Postgres, |shop: TestShop| async move {
        let (provider, shop, rope) = opened(&shop).await;
        let (placed, ended) = ended_meanwhile((&provider, &shop, &rope), &[]).await;
        assert_eq!(ended, 1);
        let page = placed.pay_at.clone().expect("there is a page to pay on");
        assert_eq!(provider.pay(&page, cards::APPROVES).await, Visit::Ended);
        assert_eq!(status(&shop, &placed).await, GIVEN_UP);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_could_not_be_ended_with_its_order_is_ended_by_the_next_run() {
    run(Kind::Postgres, |shop: TestShop| async move {
        let (provider, shop, rope) = opened(&shop).await;
        let looks = [Fate::Failure; 3];
        let (placed, _) = ended_meanwhile((&provider, &shop, &rope), &looks).await;
        let unclear = (OrderStatus::Cancelled, PaymentStatus::Pending);
        assert_eq!(status(&shop, &placed).await, unclear);
        shop.clock.advance(2 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
        assert_eq!(status(&shop, &placed).await, GIVEN_UP);
        let page = placed.pay_at.clone().expect("there is a page to pay on");
        assert_eq!(provider.pay(&page, cards::APPROVES).await, Visit::Ended);
        assert_eq!(shop.units(rope.variant()).await, 10);
    })
    .await;
}
