//! The waiting list: units that come back go to who waited, in the transaction that gives them back; who wants to be
//! told is told once; and what of sold-out goods is being paid for is seen.

mod ends;
mod lists;
mod locked;
mod off_sale;
mod offers;
mod pages;
mod people;
mod storm;

use app::{
    checkout::types::{PaymentChoice, Placed},
    contact::Contact,
    error::ShopResult,
    locale::Locale,
    waiting_list::ports::{Asking, WaitingList},
};
use server::{
    cart::token,
    db::{Get, Sql},
    ids::{hash_secret, new_id, new_order_number, new_order_token, new_secret},
    orders::placement::{
        batch::{Intent, Outcome},
        place::{BatchTime, place_batch},
        turn::Turn,
    },
    payment::Settlement,
};
use std::sync::Arc;

use crate::{
    drops::{Line, OPENS, Times, draft, planned},
    support::{Goods, Stocked, TestShop, cash, contact, order},
};

/// Tests are of one network.
pub const CLIENT: &str = "203.0.113.7";

pub fn list(shop: &TestShop) -> Arc<dyn WaitingList> {
    shop.shop().waiting_list.clone()
}

/// A drop of so many units at 20.00 that is open and goes on, and its product.
pub async fn open(shop: &TestShop, units: i64, limit: &str) -> (String, Stocked) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").units(500)).await;
    let line = Line {
        variant: rope.variant(),
        price: "20",
        units,
        limit,
    };
    let times = Times {
        closes: None,
        ..Times::NEW
    };
    let saved = planned(shop, &actor, "Summer", times, (&rope, line)).await;
    shop.clock.set(OPENS);
    (saved.id, rope)
}

/// A drop that is open, with one unit of each of two products, in the order in which their variants are locked; and its id.
pub async fn two_open(shop: &TestShop) -> (String, Vec<Stocked>) {
    let actor = shop.admin().await;
    let goods = ["Rope", "Lamp"].map(|title| Goods::named(title).units(5));
    let mut goods = shop.stock_all(goods.to_vec()).await;
    let times = Times {
        closes: None,
        ..Times::NEW
    };
    let both: Vec<_> = goods.iter().collect();
    let saved = draft(shop, &actor, "Summer", times, &both).await;
    let desk = &shop.shop().drop_admin;
    for product in &goods {
        let line = Line {
            variant: product.variant(),
            price: "20",
            units: 1,
            limit: "",
        };
        desk.set_line(&actor, &saved.id, line.form()).await.unwrap();
    }
    desk.plan(&actor, &saved.id).await.unwrap();
    shop.clock.set(OPENS);
    goods.sort_by(|a, b| a.variant().cmp(b.variant()));
    (saved.id, goods)
}

/// An address of the n-th who waits.
pub fn email(n: i64) -> String {
    format!("waits{n}@example.com")
}

/// The link of the n-th, as its e-mail would hold it.
pub fn link(n: i64) -> String {
    format!("{n:0>43}")
}

/// Has so many wait for a variant of a drop, in the order of their numbers from 1.
pub async fn wait(shop: &TestShop, drop_id: &str, rope: &Stocked, count: i64) {
    let mut tx = shop.db().begin().await.unwrap();
    for n in 1..=count {
        sqlx::query(
            "INSERT INTO waits (id, variant_id, drop_id, email, mailbox, locale, state, state_at, \
             token_hash, seq, created_at) \
             VALUES ($1, $2, $3, $4, $4, 'en', 'waiting', $5, $6, $7, $5)",
        )
        .bind(new_id())
        .bind(rope.variant())
        .bind(drop_id)
        .bind(email(n))
        .bind(shop.now())
        .bind(hash_secret(&link(n)))
        .bind(n)
        .execute(&mut *tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

/// Numbers of those in a state, in their order.
pub async fn numbers(shop: &TestShop, state: &str) -> Vec<i64> {
    let mut sql = Sql::new("SELECT seq FROM waits WHERE state = ");
    sql.text(state).push(" ORDER BY seq");
    let rows = sql.fetch_all(shop.db().reader()).await.unwrap();
    rows.iter().map(|row| row.int("seq").unwrap()).collect()
}

/// Units of the drop that are for sale, and those that are kept.
pub async fn units(shop: &TestShop) -> (i64, i64) {
    (
        shop.number("SELECT remaining AS n FROM drop_lines").await,
        shop.number("SELECT offered AS n FROM drop_lines").await,
    )
}

/// An order of a cart at 20.00 a unit, for this address.
pub async fn place(shop: &TestShop, cart: &str, email: &str) -> ShopResult<Placed> {
    let mut order = order(cash(), 2000);
    order.contact.email = email.to_owned();
    shop.place(cart, order).await
}

/// An unpaid order of one unit, whose shopper has gone; its id.
pub async fn held(shop: &TestShop, rope: &Stocked, n: i64) -> String {
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let order_id = new_id();
    let intent = Intent {
        checkout_key: new_secret(),
        cart_hash: token::key(&cart),
        account_id: None,
        locale: Locale::default(),
        contact: Contact {
            email: format!("held{n}@example.com"),
            address_line1: format!("Pier {n}"),
            ..contact()
        },
        network: String::new(),
        particulars: Default::default(),
        shipping: "pickup".to_owned(),
        payment: Ok(PaymentChoice {
            method: "test_card".to_owned(),
            token: "test_approve".to_owned(),
            label: "Test card ending 4242".to_owned(),
        }),
        method: "test_card",
        settlement: Settlement::Online,
        expected_total_minor: 2000,
        terms: None,
        names: None,
        tickets: Vec::new(),
        number: new_order_number(),
        token: new_order_token(&order_id),
        order_id: order_id.clone(),
    };
    let intent = Arc::new(intent);
    let outcomes = place_batch(
        shop.db(),
        BatchTime::of(&*shop.services.clock),
        shop.services.settings.defaults(),
        std::slice::from_ref(&intent),
        Turn::default(),
    )
    .await
    .unwrap();
    assert!(
        matches!(outcomes.as_slice(), [Outcome::Placed(_)]),
        "{outcomes:?}"
    );
    order_id
}

pub async fn ask(shop: &TestShop, rope: &Stocked, email: &str) -> ShopResult<()> {
    let asking = Asking {
        client: CLIENT,
        locale: Locale::En,
        variant_id: rope.variant(),
        email,
    };
    list(shop).ask(asking).await
}
