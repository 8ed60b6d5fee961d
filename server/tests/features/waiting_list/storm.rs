//! Many units that come back at once, and many who wait.

use app::{
    cart::ports::CartItem, drops::types::LineForm, error::ErrorKind, orders::types::CancelReason,
};
use futures_util::future::join_all;
use server::orders::cancel::Restore;

use super::{email, held, link, list, numbers, open, place, units, wait};
use crate::support::{MINUTE, Sent, TestShop, on_both_databases};

on_both_databases!(
    units_that_come_back_in_a_storm_are_offered_in_order_and_never_for_sale,
    thirty_new_units_go_to_the_first_thirty_of_eighty,
    an_offer_that_lapses_while_it_is_ordered_is_one_of_both,
    offers_that_lapse_on_two_nodes_go_on_once,
    units_that_come_back_while_offers_lapse_go_on_in_order,
);

/// Runs wherever the storm has not ended: what a shopper of the moment finds.
async fn for_sale(shop: &TestShop, variant: &str) -> ErrorKind {
    let item = CartItem::Variant(variant.to_owned());
    match shop.shop().cart.add(None, item, 1).await {
        Ok(_) => panic!("a unit is for sale while many wait for it"),
        Err(refused) => refused.kind,
    }
}

async fn units_that_come_back_in_a_storm_are_offered_in_order_and_never_for_sale(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 50, "").await;
    let mut orders = Vec::new();
    for n in 0..50 {
        orders.push(held(&shop, &rope, n).await);
    }
    assert_eq!(units(&shop).await, (0, 0));
    wait(&shop, &drop_id, &rope, 80).await;
    shop.clock.advance(31 * MINUTE);
    let other = shop.second_node();

    // 20 are declined while the time of all is over, on two nodes.
    let cancellations = shop.cancellations();
    let (reason, restore) = (CancelReason::Declined, Restore::Cart);
    let declined = orders
        .iter()
        .take(20)
        .map(|order_id| cancellations.cancel_unpaid(order_id, reason, restore));
    let looks = async {
        for _ in 0..40 {
            assert_eq!(
                for_sale(&shop, rope.variant()).await,
                ErrorKind::SoldOut,
                "in the storm"
            );
        }
    };
    let expiring = async {
        tokio::join!(
            shop.services.checkout.settle_overdue(),
            other.services.checkout.settle_overdue()
        )
    };
    let (declined, (here, there), ()) = tokio::join!(join_all(declined), expiring, looks);
    let declined: Vec<bool> = declined.into_iter().map(Result::unwrap).collect();
    let ended = declined.iter().filter(|ended| **ended).count();
    assert!(here.is_ok() && there.is_ok() && ended <= 20);

    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM orders WHERE status = 'cancelled'")
            .await,
        50
    );
    let first: Vec<i64> = (1..=50).collect();
    assert_eq!(numbers(&shop, "offered").await, first);
    assert_eq!(units(&shop).await, (0, 50));
    let mails = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'unit_offered'";
    assert_eq!(shop.number(mails).await, 50, "one each");
    let moved = "SELECT CAST(SUM(delta) AS BIGINT) AS n FROM stock_entries WHERE reason = 'offer'";
    assert_eq!(shop.number(moved).await, -50);
    let sent: Vec<Sent> = shop.post().deliver().await;
    let is_offer = |sent: &&Sent| sent.subject.contains("Rope is kept for you");
    assert_eq!(sent.iter().filter(is_offer).count(), 50);
    assert_eq!(for_sale(&shop, rope.variant()).await, ErrorKind::SoldOut);
}

async fn thirty_new_units_go_to_the_first_thirty_of_eighty(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 2, "").await;
    for n in 0..2 {
        held(&shop, &rope, n).await;
    }
    wait(&shop, &drop_id, &rope, 80).await;
    let actor = shop
        .account("other@shop.test", app::identity::Role::Admin)
        .await;
    let more = LineForm {
        variant_id: rope.variant().to_owned(),
        price: "20".to_owned(),
        units: "32".to_owned(),
        limit: String::new(),
    };
    let desk = &shop.shop().drop_admin;
    desk.set_line(&actor, &drop_id, more).await.unwrap();
    let first: Vec<i64> = (1..=30).collect();
    assert_eq!(numbers(&shop, "offered").await, first);
    assert_eq!(units(&shop).await, (0, 30));
    let line = &desk.by_id(&drop_id).await.unwrap().lines[0];
    assert_eq!((line.waiting, line.offered), (50, 30));
}

/// Of the two, one is first: the unit is ordered, or it is the next one's. Never both, never neither.
async fn an_offer_that_lapses_while_it_is_ordered_is_one_of_both(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 8, "").await;
    let mut orders = Vec::new();
    for n in 0..8 {
        orders.push(held(&shop, &rope, n).await);
    }
    wait(&shop, &drop_id, &rope, 16).await;
    let cancellations = shop.cancellations();
    for order_id in &orders {
        let reason = CancelReason::Declined;
        let ended = cancellations.cancel_unpaid(order_id, reason, Restore::Nothing);
        assert!(ended.await.unwrap());
    }
    let mut carts = Vec::new();
    for n in 1..=8 {
        carts.push(list(&shop).take(&link(n), None).await.unwrap());
    }
    let until = shop
        .number("SELECT MIN(offered_until) AS n FROM waits WHERE state = 'offered'")
        .await;
    // The last millisecond for those who order, and the first of those who pass on.
    shop.clock.set(until - 1);
    let placing = carts.iter().zip(1..).map(|(cart, n)| {
        let (shop, cart) = (shop.clone(), cart.clone());
        tokio::spawn(async move { place(&shop, &cart, &email(n)).await })
    });
    let placing: Vec<_> = placing.collect();
    let passing = server::waiting_list::work::pass_on(shop.db(), until);
    let (placed, passed) = tokio::join!(join_all(placing), passing);
    passed.unwrap();
    let placed = placed.into_iter().map(|placed| placed.unwrap().is_ok());
    let placed = placed.filter(|is_placed| *is_placed).count();

    let ordered = numbers(&shop, "ordered").await;
    let lapsed = numbers(&shop, "lapsed").await;
    let offered = numbers(&shop, "offered").await;
    assert_eq!(ordered.len(), placed);
    assert_eq!(ordered.len() + lapsed.len(), 8, "each is one of both");
    let next: Vec<i64> = (9..).take(lapsed.len()).collect();
    assert_eq!(offered, next, "what lapsed went on, in order");
    let offers = i64::try_from(offered.len()).unwrap();
    assert_eq!(units(&shop).await, (0, offers));
}

async fn offers_that_lapse_on_two_nodes_go_on_once(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 3, "").await;
    let mut orders = Vec::new();
    for n in 0..3 {
        orders.push(held(&shop, &rope, n).await);
    }
    wait(&shop, &drop_id, &rope, 4).await;
    let cancellations = shop.cancellations();
    let reason = CancelReason::Expired;
    for order_id in &orders {
        let ended = cancellations.cancel_unpaid(order_id, reason, Restore::Nothing);
        assert!(ended.await.unwrap());
    }
    assert_eq!(numbers(&shop, "offered").await, [1, 2, 3]);
    shop.clock.advance(4 * 60 * MINUTE);
    let other = shop.second_node();
    tokio::join!(
        shop.services.run_maintenance(),
        other.services.run_maintenance()
    );
    assert_eq!(numbers(&shop, "lapsed").await, [1, 2, 3]);
    assert_eq!(numbers(&shop, "offered").await, [4]);
    assert_eq!(units(&shop).await, (2, 1), "the others are for sale again");
}

async fn units_that_come_back_while_offers_lapse_go_on_in_order(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 8, "").await;
    let mut orders = Vec::new();
    for n in 0..8 {
        orders.push(held(&shop, &rope, n).await);
    }
    wait(&shop, &drop_id, &rope, 20).await;
    let cancellations = shop.cancellations();
    let (reason, restore) = (CancelReason::Declined, Restore::Nothing);
    let (first, then) = orders.split_at(4);
    for order_id in first {
        let ended = cancellations.cancel_unpaid(order_id, reason, restore);
        assert!(ended.await.unwrap());
    }
    assert_eq!(numbers(&shop, "offered").await, [1, 2, 3, 4]);
    shop.clock.advance(4 * 60 * MINUTE);
    let (other, now) = (shop.second_node(), shop.now());
    let coming_back = then
        .iter()
        .map(|order_id| cancellations.cancel_unpaid(order_id, reason, restore));
    let (came_back, here, there) = tokio::join!(
        join_all(coming_back),
        server::waiting_list::work::pass_on(shop.db(), now),
        server::waiting_list::work::pass_on(other.db(), now),
    );
    assert!(here.is_ok() && there.is_ok());
    assert!(came_back.into_iter().all(Result::unwrap));
    assert_eq!(numbers(&shop, "lapsed").await, [1, 2, 3, 4]);
    let next: Vec<i64> = (5..=12).collect();
    assert_eq!(numbers(&shop, "offered").await, next);
    assert_eq!(units(&shop).await, (0, 8));
    let mails = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'unit_offered'";
    assert_eq!(shop.number(mails).await, 12, "one each");
}
