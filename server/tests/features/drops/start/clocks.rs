//! Nodes whose clocks are wrong.

use std::sync::Arc;

use app::{cart::ports::CartItem, error::ErrorKind, shop::ShopSettings};
use server::{
    clock::{Authority, Clock, SystemClock},
    shop::Services,
};

use super::{
    super::{Line, OPENS, Times, kind, planned, remaining, ropes},
    rope,
};
use crate::support::{HOUR, MINUTE, Ports, TestShop, cash, on_both_databases, order};

on_both_databases!(
    a_clock_that_goes_back_closes_nothing,
    nodes_whose_clocks_are_apart_start_at_the_databases_moment,
);

async fn a_clock_that_goes_back_closes_nothing(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 5).await;
    shop.clock.set(OPENS);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    // Long before anything of it was shown.
    shop.clock.set(OPENS - 30 * MINUTE);
    let node = shop.second_node();
    node.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(remaining(&shop, &saved.id).await, 3);
    let site = node.open().await;
    site.browser().page("/products/rope").await.expect(200);
}

/// The clock of a machine that is wrong by so many milliseconds.
struct Wrong(i64);

impl Clock for Wrong {
    fn now(&self) -> i64 {
        SystemClock.now() + self.0
    }

    fn authority(&self) -> Authority {
        Authority::Database
    }
}

/// A node of the shop on such a machine.
fn node(shop: &TestShop, wrong_by: i64) -> Ports {
    let services = &shop.services;
    let settings = ShopSettings::clone(services.settings.defaults());
    let clock = Arc::new(Wrong(wrong_by));
    let media = services.media.clone();
    let db = services.db.clone();
    Ports::of(&Services::new(db, clock, settings, media, Vec::new()).shop)
}

async fn database_time(shop: &TestShop) -> i64 {
    let sql = format!("SELECT {} AS n", shop.db().dialect().time());
    shop.number(&sql).await
}

async fn nodes_whose_clocks_are_apart_start_at_the_databases_moment(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let nodes = [-5_000, 0, 5_000].map(|wrong_by| node(&shop, wrong_by));
    let mut carts = Vec::new();
    for node in &nodes {
        let item = CartItem::Variant(rope.variant().to_owned());
        carts.push(node.cart.add(None, item, 1).await.unwrap().0);
    }
    let line = Line {
        price: "",
        ..Line::of(rope.variant(), 5)
    };
    planned(&shop, &actor, "Summer", Times::NEW, (&rope, line)).await;
    let starts_at = async |at: i64| {
        shop.execute(&format!(
            "UPDATE drops SET reveal_at = {at}, opens_at = {at}, closes_at = NULL"
        ))
        .await;
        shop.execute(&format!("UPDATE products SET shown_from = {at}"))
            .await;
    };
    let place = async |n: usize| {
        let before = database_time(&shop).await;
        let placed = nodes[n]
            .checkout
            .place(Some(&carts[n]), order(cash(), 4900))
            .await;
        (before, placed, database_time(&shop).await)
    };
    starts_at(database_time(&shop).await + HOUR).await;
    for n in 0..nodes.len() {
        assert_eq!(kind(place(n).await.1), ErrorKind::Inactive, "{n}");
    }
    let opens_at = database_time(&shop).await + 200;
    starts_at(opens_at).await;
    let mut sold = [false; 3];
    while sold.contains(&false) {
        for n in (0..nodes.len()).filter(|n| !sold[*n]).collect::<Vec<_>>() {
            match place(n).await {
                (_, Ok(_), after) => {
                    assert!(after >= opens_at, "{n} sold {} ms early", opens_at - after);
                    sold[n] = true;
                }
                (before, Err(refused), _) => {
                    assert_eq!(refused.kind, ErrorKind::Inactive, "{n}: {refused}");
                    assert!(before < opens_at, "{n} was {} ms late", before - opens_at);
                }
            }
        }
    }
    assert_eq!(shop.orders().await, 3);
}
