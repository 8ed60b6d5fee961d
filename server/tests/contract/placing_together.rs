//! Orders that are placed in one transaction.

use std::{collections::BTreeSet, sync::Arc};

use app::locale::Locale;
use futures_util::future::join_all;
use server::{
    cart::token,
    ids::{new_id, new_order_number, new_order_token, new_secret},
    orders::placement::{
        batch::{Intent, Outcome},
        place::{BatchTime, place_batch},
        queue::OrderQueue,
        turn::Turn,
    },
    payment::{CashOnDelivery, PaymentProvider},
};

use crate::support::{Goods, Stocked, TestShop, contact, on_both_databases};

on_both_databases!(
    an_order_that_cannot_be_written_costs_nobody_else_theirs,
    a_large_batch_is_decided_in_the_order_of_arrival,
);

pub async fn intent(shop: &TestShop, goods: &Stocked, mailbox: &str) -> Intent {
    let cart = shop.cart(&[(goods.variant(), 1)]).await;
    let order_id = new_id();
    let mut contact = contact();
    contact.email = format!("{mailbox}@example.com");
    Intent {
        checkout_key: new_secret(),
        cart_hash: token::key(&cart),
        account_id: None,
        locale: Locale::default(),
        contact,
        network: String::new(),
        particulars: Default::default(),
        shipping: "pickup".to_owned(),
        payment: CashOnDelivery.choose("", None),
        method: CashOnDelivery.method(),
        settlement: CashOnDelivery.settlement(),
        expected_total_minor: 1000,
        terms: None,
        names: None,
        tickets: Vec::new(),
        number: new_order_number(),
        token: new_order_token(&order_id),
        order_id,
    }
}

/// Its id is another order's, which no try can change.
async fn an_order_that_cannot_be_written_costs_nobody_else_theirs(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(20)).await;
    let mut intents = Vec::new();
    for nth in 0..9 {
        intents.push(intent(&shop, &rope, &format!("buyer-{nth}")).await);
    }
    let defaults = shop.services.settings.defaults();
    let first = [Arc::new(intents[0].clone())];
    let time = BatchTime::of(&*shop.clock);
    let placed = place_batch(shop.db(), time, defaults, &first, Turn::default()).await;
    assert!(matches!(placed.as_deref(), Ok([Outcome::Placed(_)])));
    let taken = intents.remove(0).order_id;
    intents[5].order_id = taken;

    let queue = OrderQueue::open(shop.db().clone(), shop.clock.clone(), defaults.clone(), 10);
    let answers = join_all(intents.into_iter().map(|intent| queue.place(intent))).await;

    for (nth, answer) in answers.iter().enumerate() {
        match nth {
            5 => assert!(answer.is_err(), "{answer:?}"),
            _ => assert!(
                matches!(answer, Ok(Outcome::Placed(_))),
                "{nth}: {answer:?}"
            ),
        }
    }
    assert_eq!(shop.orders().await, 8);
    assert_eq!(shop.units(rope.variant()).await, 12);
}

async fn a_large_batch_is_decided_in_the_order_of_arrival(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(40)).await;
    let mut intents = Vec::new();
    for nth in 0..60 {
        intents.push(Arc::new(
            intent(&shop, &rope, &format!("buyer-{nth}")).await,
        ));
    }
    let defaults = shop.services.settings.defaults();
    let (time, turn) = (BatchTime::of(&*shop.clock), Turn::default());
    let outcomes = place_batch(shop.db(), time, defaults, &intents, turn).await;
    let outcomes = outcomes.unwrap();
    let is_placed = |outcome: &Outcome| matches!(outcome, Outcome::Placed(_));
    assert!(outcomes[..40].iter().all(is_placed));
    assert!(!outcomes[40..].iter().any(is_placed));
    assert_eq!(shop.units(rope.variant()).await, 0);
    let found = outcomes.iter().filter_map(|outcome| match outcome {
        Outcome::Placed(order) => Some(order.number.clone()),
        Outcome::Refused(_) => None,
    });
    let numbers: BTreeSet<String> = found.collect();
    assert_eq!((numbers.len(), shop.orders().await), (40, 40));
}
