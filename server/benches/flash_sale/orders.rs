//! Orders through the shop's own HTTP endpoint.

use std::{net::SocketAddr, time::Duration};

use server::{
    admission::{
        keys::TicketKey,
        ticket::{Bound, Key, Ticket, TicketId},
    },
    db::{Dialect, Sql},
    store::Store,
};

use crate::{
    load::{
        carts::{self, Cart, Filling, Item, Pays},
        client::get,
        cpu::rested_shop,
        run::{Load, Measured, Requests, run},
    },
    rig::{Cluster, Goods, Launch, Node, Stocked, put_on_shelf},
};

pub const WARM_UP: Duration = Duration::from_millis(500);
/// Variants that are as good as any. A debug build only shows that rows work.
pub const SPREAD: usize = if cfg!(debug_assertions) { 500 } else { 10_000 };
/// Products stocked in one go.
const SHELF: usize = 500;
/// More units than any run sells.
const PLENTY: i64 = 100_000_000;
/// More orders a second than any run places; carts are filled for so many.
const FASTEST: f64 = if cfg!(debug_assertions) {
    3_000.0
} else {
    12_000.0
};

/// Variants to order.
pub struct Shelf {
    /// One that everybody wants.
    pub hot: Item,
    /// [`SPREAD`], each of a product of its own.
    pub spread: Vec<Item>,
    /// One that is gone.
    pub sold_out: Item,
}

impl Shelf {
    pub async fn fill(db: &Store) -> Self {
        let few = [named("Storm Lamp", PLENTY), named("Last Lantern", 0)];
        let few = put_on_shelf(db, &few).await;
        let many: Vec<Goods> = (0..SPREAD)
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

fn named(title: &str, units: i64) -> Goods {
    Goods::new(title, 4900, units)
}

/// One that everybody wants, where nothing else is needed. Each is of another title.
pub async fn hot(db: &Store, title: &str) -> Item {
    item(&put_on_shelf(db, &[named(title, PLENTY)]).await[0])
}

pub fn item(stocked: &Stocked) -> Item {
    Item {
        variant_id: stocked.variant.clone(),
        price_minor: stocked.price_minor,
    }
}

/// Gives out tickets of a drop, which the shop takes for its own.
pub struct Tickets {
    key: Key,
    drop_id: String,
}

impl Tickets {
    pub async fn of(db: &Store, drop: &Launch) -> Self {
        let key = TicketKey::default().get(db).await;
        Self {
            key: key.expect("the shop has a key"),
            drop_id: drop.id.clone(),
        }
    }

    /// One of before the start, as a browser keeps it.
    pub fn draw(&self) -> String {
        let ticket = Ticket {
            drop_id: self.drop_id.clone(),
            id: TicketId::random(),
            bucket: 0,
            bound: Bound::Nobody,
        };
        ticket.write(&self.key).expect("the drop has an id of ours")
    }

    /// One that was drawn.
    pub fn read(&self, ticket: &str) -> Ticket {
        Ticket::read(&self.key, ticket).expect("it was drawn here")
    }
}

/// What orders are made of, and how they are paid.
#[derive(Clone, Copy)]
pub struct OrderMix<'a> {
    pub items: &'a [Item],
    pub lines: usize,
    /// How the n-th order is paid.
    pub pays: fn(usize) -> Pays,
    /// From the waiting room of a drop, each with a ticket of its own.
    pub tickets: Option<&'a Tickets>,
}

impl<'a> OrderMix<'a> {
    /// One unit each, paid on delivery.
    pub fn of(items: &'a [Item]) -> Self {
        Self {
            items,
            lines: 1,
            pays: |_| Pays::OnDelivery,
            tickets: None,
        }
    }

    pub fn only(item: &'a Item) -> Self {
        Self::of(std::slice::from_ref(item))
    }

    pub fn paid(self, pays: fn(usize) -> Pays) -> Self {
        Self { pays, ..self }
    }

    pub fn let_in_with(self, tickets: &'a Tickets) -> Self {
        let tickets = Some(tickets);
        Self { tickets, ..self }
    }

    pub fn lines(self, lines: usize) -> Self {
        Self { lines, ..self }
    }

    /// The bytes of `count` orders, every one with a cart and a checkout key of its own.
    pub async fn orders(
        &self,
        cluster: &Cluster,
        node: usize,
        count: usize,
        seed: u64,
    ) -> Vec<Vec<u8>> {
        let filling = Filling {
            items: self.items,
            lines: self.lines,
            count,
            seed,
        };
        let address = address(&cluster.nodes[node]);
        let carts: Vec<Cart> = carts::fill(&cluster.db, &filling).await;
        let orders = carts.iter().enumerate();
        orders
            .map(|(n, cart)| {
                let ticket = self.tickets.map(Tickets::draw);
                cart.place_with(address, (self.pays)(n), ticket.as_deref())
            })
            .collect()
    }
}

/// Orders that were placed, and what the shop's own counters say of them.
pub struct Placed {
    pub measured: Measured,
    pub orders_a_batch: f64,
    /// Bytes of write-ahead log for each order; `None` on SQLite.
    pub wal_each: Option<f64>,
}

/// Places orders at the first node, as fast as `connections` get them answered.
pub async fn place(
    cluster: &Cluster,
    wanted: OrderMix<'_>,
    connections: usize,
    time: Duration,
    seed: u64,
) -> Placed {
    place_at_most(cluster, wanted, connections, time, seed, FASTEST).await
}

/// The same where no more than `fastest` a second are to be expected: for a long time, carts for more take
/// long to fill.
pub async fn place_at_most(
    cluster: &Cluster,
    wanted: OrderMix<'_>,
    connections: usize,
    time: Duration,
    seed: u64,
    fastest: f64,
) -> Placed {
    let load = load(cluster, connections, time);
    let most = fastest * (WARM_UP + time).as_secs_f64();
    let orders = wanted.orders(cluster, 0, most as usize, seed).await;
    let watched = rested_shop().await;
    let before = Told::read(cluster).await;
    let measured = run(&load, Requests::Once(orders), &watched).await;
    before.placed(cluster, measured).await
}

/// What is told of a shop at one moment.
pub struct Told {
    orders: f64,
    batches: f64,
    /// Where the write-ahead log is.
    wal: Option<i64>,
}

impl Told {
    pub async fn read(cluster: &Cluster) -> Self {
        let orders = cluster
            .counted("holdfast_order_batch_orders_sum", &[])
            .await;
        let batches = cluster
            .counted("holdfast_order_batch_orders_count", &[])
            .await;
        let lsn = "SELECT CAST(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS BIGINT) AS n";
        let wal = match cluster.db.dialect() {
            Dialect::Postgres => Some(cluster.number(lsn).await),
            Dialect::Sqlite => None,
        };
        Self {
            orders,
            batches,
            wal,
        }
    }

    /// What came since then, with the warm-up. Its e-mails, which the shop sends as soon as orders do not rush, are
    /// forgotten: what is measured next, such as the plain shop, would share the processors with them.
    pub async fn placed(&self, cluster: &Cluster, measured: Measured) -> Placed {
        let now = Self::read(cluster).await;
        forget_mails(cluster).await;
        let orders = now.orders - self.orders;
        let wal = now.wal.zip(self.wal).map(|(now, then)| now - then);
        Placed {
            measured,
            orders_a_batch: orders / (now.batches - self.batches).max(1.0),
            wal_each: wal.map(|bytes| bytes as f64 / orders.max(1.0)),
        }
    }
}

pub async fn forget_mails(cluster: &Cluster) {
    let sql = match cluster.db.dialect() {
        Dialect::Postgres => "TRUNCATE mails",
        Dialect::Sqlite => "DELETE FROM mails",
    };
    let mut tx = cluster.db.begin().await.expect("the database answers");
    let forgotten = Sql::new(sql).execute(&mut *tx).await;
    forgotten.expect("e-mails can be forgotten");
    tx.commit().await.expect("they are gone");
}

fn load(cluster: &Cluster, connections: usize, time: Duration) -> Load {
    Load {
        address: address(&cluster.nodes[0]),
        connections,
        warm_up: WARM_UP,
        time,
    }
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
    let load = load(cluster, connections, time);
    let wanted = OrderMix::only(item);
    let orders = wanted.orders(cluster, 0, connections * 64, seed).await;
    let watched = rested_shop().await;
    run(&load, Requests::Again(orders), &watched).await
}

/// How fast the same server says that it lives.
pub async fn alive(cluster: &Cluster, connections: usize, time: Duration) -> Measured {
    let load = load(cluster, connections, time);
    let request = get(load.address, "/healthz", &[]);
    let watched = rested_shop().await;
    run(&load, Requests::Again(vec![request]), &watched).await
}
