//! Orders through the shop's own HTTP endpoint.

use std::{net::SocketAddr, time::Duration};

use server::store::Store;

use crate::{
    load::{
        carts::{self, Item},
        client::get,
        cpu::Watched,
        run::{Load, Measured, Requests, run},
    },
    rig::{Cluster, Goods, Node, Stocked, put_on_shelf},
};

const WARM_UP: Duration = Duration::from_millis(500);
/// Products stocked in one go.
const SHELF: usize = 500;
/// More units than any run sells.
const PLENTY: i64 = 1_000_000;
/// More orders a second than any run places; carts are filled for so many.
const FASTEST: f64 = 10_000.0;

/// Variants to order.
pub struct Shelf {
    /// One that everybody wants.
    pub hot: Item,
    /// Ten thousand, each of a product of its own.
    pub spread: Vec<Item>,
    /// One that is gone.
    pub sold_out: Item,
}

impl Shelf {
    pub async fn fill(db: &Store) -> Self {
        let named = |title: &str, units| Goods::new(title, 4900, units);
        let few = [named("Storm Lamp", PLENTY), named("Last Lantern", 0)];
        let few = put_on_shelf(db, &few).await;
        let many: Vec<Goods> = (0..10_000)
            .map(|n| named(&format!("Thing {n}"), PLENTY))
            .collect();
        let mut spread = Vec::new();
        for goods in many.chunks(SHELF) {
            spread.extend(put_on_shelf(db, goods).await.iter().map(item));
        }
        Self {
            hot: item(&few[0]),
            spread,
            sold_out: item(&few[1]),
        }
    }
}

fn item(stocked: &Stocked) -> Item {
    Item {
        variant_id: stocked.variant.clone(),
        price_minor: stocked.price_minor,
    }
}

/// Orders of one unit each, every one with a cart and a checkout key of its own. Also tells how the
/// first node's queue put them together.
pub async fn place(
    cluster: &Cluster,
    items: &[Item],
    connections: usize,
    time: Duration,
    seed: u64,
) -> (Measured, String) {
    let address = address(&cluster.nodes[0]);
    let load = Load {
        address,
        connections,
        warm_up: WARM_UP,
        time,
    };
    let most = FASTEST * (WARM_UP + time).as_secs_f64();
    let carts = carts::fill(&cluster.db, items, most as usize, seed).await;
    let orders = carts.iter().map(|cart| cart.place(address)).collect();
    let before = batches(cluster).await;
    let measured = run(&load, Requests::Once(orders), &Watched::shop()).await;
    let after = batches(cluster).await;
    let (orders, batches) = (after.0 - before.0, after.1 - before.1);
    let each = format!("{:.0} orders a batch", orders / batches.max(1.0));
    (measured, each)
}

/// Orders that went through queues, and batches.
async fn batches(cluster: &Cluster) -> (f64, f64) {
    let orders = cluster
        .counted("holdfast_order_batch_orders_sum", &[])
        .await;
    let batches = cluster.counted("holdfast_order_batch_orders_count", &[]);
    (orders, batches.await)
}

pub fn address(node: &Node) -> SocketAddr {
    ([127, 0, 0, 1], node.port).into()
}

/// Orders of what is gone, each connection with carts of its own; a refused cart stays as it is. There are
/// so many that none is tried more often than people would.
pub async fn refuse(
    cluster: &Cluster,
    item: &Item,
    connections: usize,
    time: Duration,
    seed: u64,
) -> Measured {
    let address = address(&cluster.nodes[0]);
    let load = Load {
        address,
        connections,
        warm_up: WARM_UP,
        time,
    };
    let carts = carts::fill(
        &cluster.db,
        std::slice::from_ref(item),
        connections * 64,
        seed,
    )
    .await;
    let orders = carts.iter().map(|cart| cart.place(address)).collect();
    run(&load, Requests::Again(orders), &Watched::shop()).await
}

/// How fast the same server says that it lives.
pub async fn alive(cluster: &Cluster, connections: usize, time: Duration) -> Measured {
    let address = address(&cluster.nodes[0]);
    let load = Load {
        address,
        connections,
        warm_up: WARM_UP,
        time,
    };
    let request = get(address, "/healthz", &[]);
    run(&load, Requests::Again(vec![request]), &Watched::shop()).await
}
