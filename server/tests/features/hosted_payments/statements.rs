//! How often what is told of a payment asks the database and the provider.

use app::orders::{payment::PaymentStatus, types::OrderStatus};
use server::payment::port::{About, AttemptId, Notice};

use super::{books, opened, paid_on, placed, provider::Provider, status, told::SetAside};
use crate::support::{Stocked, TestShop, counted, on_both_databases};

on_both_databases!(
    what_is_told_of_a_payment_asks_the_database_so_often_and_no_more,
    who_comes_back_before_anything_is_told_asks_the_database_so_often_and_no_more,
    what_is_told_at_one_moment_is_asked_and_taken_once,
);

const TAKEN: (OrderStatus, PaymentStatus) = (OrderStatus::Paid, PaymentStatus::Captured);

/// An event about an order's first attempt.
fn of_attempt(order_id: &str, intent: &str, kind: &str) -> Notice {
    let attempt = AttemptId {
        order_id: order_id.to_owned(),
        attempt: 1,
    };
    let about = About::Payment {
        reference: intent.to_owned(),
        attempt: Some(attempt),
    };
    notice(order_id, kind, about)
}

fn notice(order_id: &str, kind: &str, about: About) -> Notice {
    Notice {
        id: format!("evt_{kind}_{order_id}"),
        kind: kind.to_owned(),
        created_at: 0,
        about,
    }
}

async fn tell(shop: &TestShop, notice: &Notice) {
    let checkout = &shop.services.checkout;
    checkout.take_hook("stripe", notice, b"{}").await.unwrap();
}

/// What the provider was asked since there were so many requests, without names.
fn asked_since(provider: &Provider, before: usize) -> Vec<String> {
    let asked = provider.asked().into_iter().skip(before);
    let named = asked.map(|asked| {
        if asked.what.ends_with("/capture") {
            "capture".to_owned()
        } else if asked.what.starts_with("GET /v1/checkout/sessions/") {
            "look".to_owned()
        } else {
            asked.what
        }
    });
    named.collect()
}

/// Tells of one payment all that a provider does, and lets its shopper come back. Each step with its statements.
async fn told_of_one(
    (provider, shop, rope): (&Provider, &TestShop, &Stocked),
) -> Vec<(&'static str, Vec<String>)> {
    let (placed, page) = placed(shop, rope).await;
    paid_on(provider, &page).await;
    let id = shop.order(&placed).await.id;
    let accounts = provider.accounts().into_iter();
    let mut of = accounts.filter(|account| account.order_id.as_ref() == Some(&id));
    let intent = of.next().expect("it was paid").intent;
    let before = provider.asked().len();
    let mut steps = Vec::new();
    let first = of_attempt(&id, &intent, "payment_intent.amount_capturable_updated");
    let ((), ran) = counted(tell(shop, &first)).await;
    steps.push(("the first event", ran));
    assert_eq!(status(shop, &placed).await, TAKEN);
    for kind in ["checkout.session.completed", "payment_intent.succeeded"] {
        let next = of_attempt(&id, &intent, kind);
        let ((), ran) = counted(tell(shop, &next)).await;
        steps.push(("another event", ran));
    }
    let about = About::Payment {
        reference: intent,
        attempt: None,
    };
    let by_name = notice(&id, "charge.captured", about);
    let ((), ran) = counted(tell(shop, &by_name)).await;
    steps.push(("an event by the money's name", ran));
    let ((), ran) = counted(tell(shop, &by_name)).await;
    steps.push(("the same once more", ran));
    let other = notice(&id, "charge.succeeded", About::Other);
    let ((), ran) = counted(tell(shop, &other)).await;
    steps.push(("an event about something else", ran));
    let (order, ran) = counted(shop.shop().orders.returned(&placed.token)).await;
    assert_eq!(order.unwrap().status, OrderStatus::Paid);
    steps.push(("the way back", ran));
    assert_eq!(asked_since(provider, before), ["look", "capture"]);
    steps
}

/// Beside these, a payment has a part in the batch that notes it.
async fn what_is_told_of_a_payment_asks_the_database_so_often_and_no_more(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    // What a node keeps is read with the first of them.
    told_of_one((&provider, &shop, &rope)).await;
    let most = [
        ("the first event", 3),
        ("another event", 1),
        ("another event", 1),
        ("an event by the money's name", 1),
        ("the same once more", 3),
        ("an event about something else", 1),
        ("the way back", 4),
    ];
    let steps = told_of_one((&provider, &shop, &rope)).await;
    assert_eq!(steps.len(), most.len());
    for ((step, ran), (of, most)) in steps.iter().zip(most) {
        assert_eq!(*step, of);
        assert!(ran.len() <= most, "{step}: {ran:#?}");
        let writes = ran
            .iter()
            .filter(|ran| ran.starts_with("UPDATE payment_attempts"));
        let expected = usize::from(of == "the first event");
        assert_eq!(writes.count(), expected, "{step}: {ran:#?}");
    }
    assert_eq!(books(&provider), (4000, 0, 0));
}

async fn who_comes_back_before_anything_is_told_asks_the_database_so_often_and_no_more(
    shop: TestShop,
) {
    let (provider, shop, rope) = opened(&shop).await;
    let mut all = Vec::new();
    // What a node keeps is read with the first of them.
    for _ in 0..2 {
        let (placed, page) = placed(&shop, &rope).await;
        paid_on(&provider, &page).await;
        let before = provider.asked().len();
        let (order, ran) = counted(shop.shop().orders.returned(&placed.token)).await;
        assert_eq!(order.unwrap().status, OrderStatus::Paid);
        assert_eq!(asked_since(&provider, before), ["look", "capture"]);
        all = ran;
    }
    // Of these, three are the order as its page shows it.
    assert!(all.len() <= 7, "{all:#?}");
}

async fn what_is_told_at_one_moment_is_asked_and_taken_once(shop: TestShop) {
    let of = SetAside::new(&shop).await;
    let intent = of.provider.accounts()[0].intent.clone();
    let before = of.provider.asked().len();
    let held = of.provider.hold(&of.look());
    let [one, two] = [
        "payment_intent.amount_capturable_updated",
        "checkout.session.completed",
    ]
    .map(|kind| of_attempt(&of.id, &intent, kind));
    let back = async {
        let orders = &of.shop.shop().orders;
        orders.returned(&of.token).await.unwrap();
    };
    let answer = async {
        held.done().await;
        held.let_go();
    };
    tokio::join!(tell(&of.shop, &one), tell(&of.shop, &two), back, answer);
    assert_eq!(asked_since(&of.provider, before), ["look", "capture"]);
    let order = of.shop.shop().orders.by_id(&of.id).await.unwrap();
    assert_eq!((order.status, order.payment_status), TAKEN);
    let kept = "SELECT COUNT(*) AS n FROM provider_events";
    assert_eq!(of.shop.number(kept).await, 2);
    let mails = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_confirmation'";
    assert_eq!(of.shop.number(mails).await, 1);
}
