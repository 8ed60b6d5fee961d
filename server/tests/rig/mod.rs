//! Real processes: the shop's own binary on several nodes, Postgres, Redis, and shoppers with no
//! patience. All of it is gone when the test is, also when the test fails.
//!
//! A benchmark takes this in by `#[path = "../tests/rig/mod.rs"] mod rig;`.
#![allow(
    dead_code,
    unused_imports,
    reason = "each test binary and benchmark uses its part of this"
)]

mod admin;
mod books;
mod chance;
mod cluster;
mod drops;
mod goods;
mod identity;
mod mail_server;
mod mails;
mod net;
mod node;
mod order_form;
mod postgres;
mod prepared;
mod process;
mod proxy;
mod redis;
mod room;
mod shopper;
mod small_disk;
mod waiting_list;
mod wire;
mod wrong_clock;

pub use admin::Desk;
pub use books::assert_books_agree;
pub use chance::Chance;
pub use cluster::{Cluster, ClusterBuilder};
pub use drops::{DropLine, Owner, PlannedDrop, remaining};
pub use goods::{Goods, Stocked, open, put_on_shelf};
pub use identity::Identity;
pub use mail_server::{MailServer, Manner};
pub use mails::links;
pub use net::{allow_many_files, client, free_port};
pub use node::{Node, NodeSettings};
pub use order_form::{CONTACT, order_form};
pub use postgres::{Durability, Postgres, Stop};
pub use process::{Process, memory, processor};
pub use proxy::Proxy;
pub use redis::Redis;
pub use room::Launch;
pub use shopper::{Answer, Outcome, Placed, Refusal, Shopper};
pub use small_disk::SmallDisk;
pub use wire::Wire;

use std::time::{Duration, Instant};

/// How long anything of the rig may take to start, in a debug build on a busy machine.
pub const START: Duration = Duration::from_secs(180);

/// Polls `is_so` until it holds; fails with `what` after `limit`.
#[track_caller]
pub fn until<F>(what: &str, limit: Duration, mut is_so: F) -> impl Future<Output = ()>
where
    F: AsyncFnMut() -> bool,
{
    let caller = std::panic::Location::caller();
    async move {
        let began = Instant::now();
        while !is_so().await {
            assert!(
                began.elapsed() < limit,
                "{caller}: after {limit:?} still not so: {what}"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
