//! Payments that come in at the same moment.

use app::orders::types::CancelReason;
use futures_util::future::join_all;
use server::{
    db::Sql,
    orders::{
        cancel::{Restore, cancel_unpaid},
        paid::{PaidOutcome, PaymentNotes, mark_paid},
        placement::batch::Intent,
    },
    payment::{Charge, PaymentProvider, TestCard, events::Event},
};

use super::{overdue::left_alone, placing_again};
use crate::support::{Goods, Kind, MINUTE, TestShop, on_both_databases, run};

on_both_databases!(
    payments_of_one_moment_are_noted_once_each,
    what_told_of_payments_is_kept_with_them_once,
    a_charge_is_entered_once_however_many_are_entered_with_it,
);

async fn waiting(shop: &TestShop, orders: usize) -> Vec<Intent> {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(40)).await;
    let mut waiting = Vec::new();
    for _ in 0..orders {
        waiting.push(left_alone(shop, &rope, 2).await);
    }
    waiting
}

fn card(shop: &TestShop) -> TestCard {
    let brakes = shop.services.brakes.clone();
    TestCard::new(shop.db().clone(), shop.clock.clone(), brakes)
}

async fn payments_of_one_moment_are_noted_once_each(shop: TestShop) {
    let orders = waiting(&shop, 9).await;
    let (now, card) = (shop.now(), &card(&shop));
    let given_up = &orders[4].order_id;
    let reason = CancelReason::Expired;
    cancel_unpaid(shop.db(), now, given_up, reason, Restore::Nothing)
        .await
        .unwrap()
        .expect("it waited");
    let notes = PaymentNotes::new(shop.db().clone(), shop.clock.clone());
    let paid = orders.iter().filter(|order| order.order_id != *given_up);
    let charges = join_all(paid.map(|order| async move {
        let charge = card.charge(&order.order_id, 2000, "test_approve").await;
        (order.order_id.clone(), charge.unwrap())
    }));
    let mut charges = charges.await;
    let (_, charge) = charges[0].clone();
    charges.push((given_up.clone(), charge));

    // Each twice, as if it had been told twice.
    let told = charges.iter().chain(&charges);
    let noted = join_all(told.map(|(order_id, charge)| notes.mark_paid(order_id, charge))).await;

    for (nth, outcome) in noted.into_iter().enumerate() {
        let expected = match nth % charges.len() {
            8 => PaidOutcome::Cancelled,
            _ => PaidOutcome::Paid,
        };
        assert_eq!(outcome.unwrap(), expected, "{nth}");
    }
    for count in [
        "SELECT COUNT(*) AS n FROM orders WHERE status = 'paid' AND payment_status = 'captured' \
         AND captured_minor = 2000",
        "SELECT COUNT(*) AS n FROM payment_attempts WHERE status = 'captured' \
         AND captured_minor = 2000 AND external_id = 'test-' || order_id",
        "SELECT COUNT(*) AS n FROM order_events WHERE kind = 'paid'",
        "SELECT COUNT(DISTINCT order_id) AS n FROM mails WHERE kind = 'order_confirmation'",
        "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_confirmation'",
    ] {
        assert_eq!(shop.number(count).await, 8, "{count}");
    }
}

async fn what_told_of_payments_is_kept_with_them_once(shop: TestShop) {
    let orders = waiting(&shop, 5).await;
    let (now, card) = (shop.now(), &card(&shop));
    let given_up = orders[2].order_id.as_str();
    let paid = orders.iter().filter(|order| order.order_id != given_up);
    let charges = join_all(paid.map(|order| async move {
        let charge = card.charge(&order.order_id, 2000, "test_approve").await;
        (order.order_id.as_str(), charge.unwrap())
    }));
    let mut charges = charges.await;
    let (_, charge) = charges[0].clone();
    charges.insert(2, (given_up, charge));
    let reason = CancelReason::Expired;
    cancel_unpaid(shop.db(), now, given_up, reason, Restore::Nothing)
        .await
        .unwrap()
        .expect("it waited");
    let notes = PaymentNotes::new(shop.db().clone(), shop.clock.clone());
    let kept = "SELECT COUNT(*) AS n FROM provider_events WHERE provider = 'test' \
         AND kind = 'paid' AND effect = 'settled' AND body = order_id";
    let paid = "SELECT COUNT(*) AS n FROM order_events WHERE kind = 'paid'";

    // Each is sent twice, and later on another of the same.
    for (events, sent) in [(5, 2), (10, 1)] {
        let told = charges.iter().cycle().take(sent * charges.len());
        let noted = join_all(told.map(|(order_id, charge)| {
            let (notes, id) = (&notes, format!("{events}-{order_id}"));
            async move {
                let event = Event {
                    provider: "test",
                    id: &id,
                    kind: "paid",
                    body: order_id,
                };
                notes.mark_paid_by(order_id, charge, Some(event)).await
            }
        }));
        for (nth, outcome) in noted.await.into_iter().enumerate() {
            let expected = match nth % charges.len() {
                2 => PaidOutcome::Cancelled,
                _ => PaidOutcome::Paid,
            };
            assert_eq!(outcome.unwrap(), expected, "{nth}");
        }
        assert_eq!(
            (shop.number(kept).await, shop.number(paid).await),
            (events, 4)
        );
    }
}

async fn a_charge_is_entered_once_however_many_are_entered_with_it(shop: TestShop) {
    let orders = waiting(&shop, 4).await;
    let card = &card(&shop);
    // The first order is charged twice and given up in between.
    let one = &orders[0].order_id;
    let first = card.charge(one, 2000, "test_approve");
    let (first, given_up, again, others) = tokio::join!(
        first,
        card.abandon(one),
        card.charge(one, 2000, "test_approve"),
        join_all(orders[1..].iter().map(|order| card.charge(
            &order.order_id,
            2000,
            "test_approve"
        )))
    );
    // Whichever came first counts for all.
    let first = first.unwrap();
    assert_eq!(again.unwrap(), first);
    match given_up.unwrap() {
        Some(charge) => assert_eq!(charge, first),
        None => assert!(matches!(first, Charge::Declined { .. })),
    }
    assert!(others.iter().all(Result::is_ok), "{others:?}");
    let charges = "SELECT COUNT(*) AS n FROM test_card_charges";
    assert_eq!(shop.number(charges).await, 4);
    // For the books to agree with the orders.
    shop.clock.advance(31 * MINUTE);
    shop.services.run_maintenance().await;
    let waiting = "SELECT COUNT(*) AS n FROM orders WHERE status = 'pending_payment'";
    assert_eq!(shop.number(waiting).await, 0);
}

/// As where an order is cancelled: its cart comes first. On SQLite a transaction that writes is alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_payment_that_waits_for_the_cart_holds_no_order_meanwhile() {
    run(Kind::Postgres, |shop: TestShop| async move {
        let order = waiting(&shop, 1).await.remove(0);
        let card = card(&shop);
        let charge = card.charge(&order.order_id, 2000, "test_approve").await;
        let charge = charge.unwrap();
        let mut held = shop.db().begin().await.unwrap();
        let cart = Sql::new("SELECT id FROM carts FOR UPDATE");
        cart.fetch_all(&mut *held).await.unwrap();

        let noting = mark_paid(shop.db(), shop.now(), &order.order_id, &charge);
        let holding = async {
            placing_again::waiting(&shop, 1).await;
            let order = Sql::new("SELECT id FROM orders FOR UPDATE");
            order.fetch_all(&mut *held).await.unwrap();
            held.commit().await.unwrap();
        };
        let (noted, ()) = tokio::join!(noting, holding);
        assert_eq!(noted.unwrap(), PaidOutcome::Paid);
    })
    .await;
}
