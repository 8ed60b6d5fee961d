//! The disk of the database is full in the midst of a sale, and there is room again later.

use std::time::Duration;

use reqwest::StatusCode;
use tokio::time::sleep;

use crate::{
    alone,
    faults::{SILENCE, Stage, a_sale},
    rig::{Cluster, Durability, Goods, Postgres, START, SmallDisk, until},
};

const CART: [(&str, &str); 1] = [("quantity", "1")];

/// A shop in a file on a small disk.
struct OnFile {
    cluster: Cluster,
    disk: SmallDisk,
}

impl Stage for OnFile {
    async fn open() -> Self {
        let disk = SmallDisk::of(32);
        let cluster = Cluster::on_sqlite_in(disk.path()).patience(SILENCE);
        Self {
            cluster: cluster.start().await,
            disk,
        }
    }

    fn cluster(&self) -> &Cluster {
        &self.cluster
    }
}

/// Puts something into a new cart, which writes; someone else does so each time.
async fn write(shop: &Cluster, variant: &str) -> reqwest::Result<reqwest::Response> {
    let from = std::net::Ipv4Addr::from_bits(rand::random());
    let cart = shop
        .http
        .post(format!("{}/api/cart/add", shop.addresses()[0]))
        .header("x-forwarded-for", from.to_string());
    cart.form(&[("variant_id", variant), CART[0]]).send().await
}

/// The answer to the first write that finds no room: what is left in the log is written over before.
async fn refused(shop: &Cluster, variant: &str) -> reqwest::Response {
    let mut refused = None;
    until("nothing can be written", START, async || {
        let answer = write(shop, variant).await.expect("it answers");
        refused = (answer.status() != StatusCode::OK).then_some(answer);
        refused.is_some()
    })
    .await;
    refused.expect("it was refused")
}

/// One who writes is told to come back; the first who does when there is room is served.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_cannot_grow_and_then_it_can() {
    let _turn = alone().await;
    a_sale(async |shop: &mut OnFile, _| {
        // Not what the sale is of: that may be sold out by then.
        let goods = Goods::new("Spare Lamp", 4900, 1_000_000);
        let other = shop.cluster.stock_one(goods).await.variant;
        shop.disk.fill();
        let answer = refused(&shop.cluster, &other).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.headers().contains_key("retry-after"));
        sleep(Duration::from_secs(2)).await;
        // It does not get better by itself, but for a log that has been copied and is written over.
        let answer = refused(&shop.cluster, &other).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        shop.disk.make_room();
        let served = write(&shop.cluster, &other).await.expect("it answers");
        assert_eq!(served.status(), StatusCode::OK, "at once");
    })
    .await;
}

/// A shop on a Postgres whose disk is small.
struct OnPostgres {
    cluster: Cluster,
    postgres: Postgres,
    disk: SmallDisk,
}

impl Stage for OnPostgres {
    async fn open() -> Self {
        let disk = SmallDisk::of(192);
        let postgres = Postgres::start_in(disk.path(), Durability::Full).await;
        let cluster = Cluster::on(&postgres).await.nodes(2).patience(SILENCE);
        Self {
            cluster: cluster.start().await,
            postgres,
            disk,
        }
    }

    fn cluster(&self) -> &Cluster {
        &self.cluster
    }
}

/// It may stop when it cannot write its log; the one who runs it starts it again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_disk_of_postgres_is_full_for_a_while() {
    let _turn = alone().await;
    a_sale(async |shop: &mut OnPostgres, _| {
        shop.disk.fill();
        sleep(Duration::from_secs(4)).await;
        shop.disk.make_room();
        if !shop.postgres.is_running() {
            shop.postgres.start_again().await;
        }
    })
    .await;
}
