//! The shop, its goods and its people before the storm.

use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use server::ids::order_of_token;

use super::AT_A_TIME;
use crate::{
    paid_storm::WEBHOOK_SECRET,
    provider::{Mischief, Provider, SECRET_KEY, Settings},
    rig::{Chance, Cluster, Desk, DropLine, Owner, PlannedDrop, Shopper, Stocked, until},
    sale::PATIENCE,
    three_nodes,
};

/// An order that waits for its payment.
pub struct Held {
    pub id: String,
    /// Where it is paid.
    pub page: String,
    pub shopper: Shopper,
}

/// Someone with a mailbox and a house of their own.
pub fn someone(shop: &Cluster, chance: &mut Chance, who: &str) -> Shopper {
    let mut shopper = Shopper::new(shop.http.clone(), chance.branch());
    shopper.says = vec![
        ("email", email(who)),
        ("address_line1", format!("Pier {who}")),
    ];
    shopper
}

pub fn email(who: &str) -> String {
    format!("{who}@example.com")
}

pub async fn provider(chance: &Chance) -> Provider {
    let mischief = Mischief {
        seed: chance.seed,
        twice: 0.2,
        late: 0.5,
        latest: Duration::from_secs(1),
        ..Mischief::NONE
    };
    Provider::start(Settings {
        mischief,
        ..Settings::default()
    })
    .await
}

pub async fn open(provider: &Provider) -> Cluster {
    let shop = three_nodes().await;
    let shop = shop
        .env("HOLDFAST_STRIPE_SECRET_KEY", SECRET_KEY)
        .env("HOLDFAST_STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET)
        .env("HOLDFAST_STRIPE_API", &provider.url())
        .start()
        .await;
    for node in shop.addresses().iter().take(2) {
        provider.send_to(&format!("{node}/hooks/stripe"), WEBHOOK_SECRET);
    }
    shop
}

/// So many who have one of it in their cart.
pub async fn with_carts(
    shop: &Cluster,
    chance: &mut Chance,
    lamp: &Stocked,
    who: &str,
    count: usize,
) -> Vec<Shopper> {
    let nodes = shop.addresses();
    let filling: Vec<_> = (0..count)
        .map(|n| {
            let mut shopper = someone(shop, chance, &format!("{who}{n}"));
            let node = nodes[n % nodes.len()].clone();
            async move {
                shopper.add(&node, &lamp.variant, 1).await;
                shopper
            }
        })
        .collect();
    stream::iter(filling)
        .buffer_unordered(AT_A_TIME)
        .collect()
        .await
}

/// A drop of all there are, one for each customer, that has begun.
pub async fn plan(shop: &Cluster, desk: &Desk, lamp: &Stocked, units: i64) -> PlannedDrop {
    let nodes = shop.addresses();
    let owner = Owner {
        desk,
        node: &nodes[0],
    };
    let line = DropLine {
        product: lamp,
        price: "",
        units,
        limit: "1",
    };
    let drop = owner.plan(shop, "Lamps", 2_000, &[line]).await;
    until("the drop has begun", PATIENCE, async || {
        shop.time().await > drop.opens_at
    })
    .await;
    drop
}

/// All order, to be paid at the provider's page.
pub async fn hold_all(nodes: &[String], shoppers: Vec<Shopper>) -> Vec<Held> {
    let holding = shoppers.into_iter().map(|mut shopper| async move {
        shopper.says.push(("payment", "stripe".to_owned()));
        let outcome = shopper.place(nodes, Instant::now() + PATIENCE).await;
        assert!(outcome.placed().is_some(), "{outcome:?}");
        let text = |name: &str| shopper.said[name].as_str().map(str::to_owned);
        let token = text("token").expect("an order has one");
        Held {
            id: order_of_token(&token).expect("the token names its order"),
            page: text("pay_at").expect("there is a page to pay on"),
            shopper,
        }
    });
    let holding: Vec<_> = holding.collect();
    stream::iter(holding)
        .buffer_unordered(AT_A_TIME)
        .collect()
        .await
}
