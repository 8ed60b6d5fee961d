//! A drop while it goes on: from what nodes have written of it, its lines, and orders that are not paid.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use app::{
    drops::{refusals::DropRefusal, room::RoomSwitch, types::AdminLine},
    error::ShopResult,
};
use desk::admin::drops::ports::{Watched, WatchedLine, WatchedNode, WatchedRoom};
use tokio::{sync::Mutex, time::Instant};

use crate::{
    db::{Sql, from_row},
    drops::for_editor,
    error::Result,
    feature::Parts,
    store::Store,
};

/// All who watch see the same look, however many they are.
const EVERY: Duration = Duration::from_millis(900);
/// Drops whose looks are kept.
const MOST: usize = 20;

#[derive(Default)]
pub struct WatchCache {
    last: Mutex<HashMap<String, (Instant, Watched)>>,
}

impl WatchCache {
    pub async fn now(&self, parts: &Parts, id: &str) -> ShopResult<Watched> {
        let mut last = self.last.lock().await;
        last.retain(|_, (at, _)| at.elapsed() < EVERY);
        if let Some((_, watched)) = last.get(id) {
            return Ok(watched.clone());
        }
        let watched = look(parts, id).await?;
        if last.len() < MOST {
            last.insert(id.to_owned(), (Instant::now(), watched.clone()));
        }
        Ok(watched)
    }
}

async fn look(parts: &Parts, id: &str) -> ShopResult<Watched> {
    let drop = for_editor(parts, id).await?;
    let db = &parts.db;
    let held: Vec<(String, i64)> = held(id).fetch_all_as(db.reader()).await?;
    let held: HashMap<String, i64> = held.into_iter().collect();
    let line = |line: &AdminLine| WatchedLine {
        name: line.name(),
        units: line.units,
        left: line.remaining,
        kept: line.offered,
        waiting: line.waiting,
        held: held.get(&line.variant_id).copied().unwrap_or_default(),
    };
    let room = (drop.room.switch == RoomSwitch::On).then_some(WatchedRoom {
        waiting: drop.room.waiting,
        let_in: drop.room.let_in,
    });
    Ok(Watched {
        at: parts.clock.now(),
        room,
        unpaid: unpaid(id).fetch_value(db.reader()).await?,
        lines: drop.lines.iter().map(line).collect(),
        nodes: nodes(db, id).await?,
        id: drop.id,
        title: drop.title,
    })
}

/// Units that orders hold which are not paid, by variant. They are few: an order that nobody pays for ends.
fn held(id: &str) -> Sql {
    let mut sql = Sql::new(
        "SELECT l.variant_id, CAST(SUM(l.quantity) AS BIGINT) AS units FROM orders o \
         JOIN order_lines l ON l.order_id = o.id \
         WHERE o.status IN ('awaiting_confirmation', 'pending_payment') AND l.drop_id = ",
    );
    sql.text(id).push(" GROUP BY l.variant_id");
    sql
}

/// How many of these orders there are.
pub fn unpaid(id: &str) -> Sql {
    let mut sql = Sql::new(
        "SELECT COUNT(DISTINCT o.id) AS n FROM orders o JOIN order_lines l ON l.order_id = o.id \
         WHERE o.status IN ('awaiting_confirmation', 'pending_payment') AND l.drop_id = ",
    );
    sql.text(id);
    sql
}

struct Node {
    began_at: i64,
    told_at: i64,
    arrivals: i64,
    orders: i64,
    units: i64,
    refusals: BTreeMap<String, i64>,
    busy: i64,
    queue: i64,
    lock_us: i64,
}

from_row!(Node {
    began_at,
    told_at,
    arrivals,
    orders,
    units,
    refusals: json,
    busy,
    queue,
    lock_us,
});

impl Node {
    /// What another version of the server wrote has a name, too.
    fn refusals(&self) -> BTreeMap<DropRefusal, i64> {
        let mut refusals = BTreeMap::new();
        for (reason, count) in &self.refusals {
            let reason = DropRefusal::parse(reason).unwrap_or(DropRefusal::Other);
            *refusals.entry(reason).or_default() += count;
        }
        refusals
    }
}

/// What each run of a node has counted.
pub async fn nodes(db: &Store, id: &str) -> Result<Vec<WatchedNode>> {
    let mut sql = Sql::new(
        "SELECT began_at, told_at, arrivals, orders, units, refusals, busy, queue, lock_us \
         FROM drop_nodes WHERE drop_id = ",
    );
    sql.text(id).push(" ORDER BY began_at, run");
    let nodes: Vec<Node> = sql.fetch_all_as(db.reader()).await?;
    let nodes = nodes.into_iter().map(|node| WatchedNode {
        began_at: node.began_at,
        told_at: node.told_at,
        arrivals: node.arrivals,
        orders: node.orders,
        units: node.units,
        refusals: node.refusals(),
        busy: node.busy,
        queue: node.queue,
        lock_us: node.lock_us,
    });
    Ok(nodes.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Planner;

    #[tokio::test]
    async fn a_drop_is_watched_without_reading_orders_that_are_paid() {
        let planner = Planner::new().await;
        for query in [held("d"), unpaid("d")] {
            planner.by_index(query, "orders_status").await;
        }
        planner.db.close().await;
    }
}
