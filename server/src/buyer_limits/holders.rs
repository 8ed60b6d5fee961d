//! Who holds units in orders that nobody has paid for, in the database.
//!
//! An order says itself whether it holds its units unpaid: until money came for it, and of one that is paid
//! on delivery until somebody of the shop has sent it. So what is held is given back by whatever ends that,
//! once, and rows here are only cleared.

use std::collections::{BTreeMap, BTreeSet};

use app::contact::Contact;
use serde_json::json;

use super::held::{Held, Holder};
use crate::{
    db::{Column, Connection, Dialect, Get, Sql, Tx},
    error::Result,
    facts::{self, Fact},
    ids::new_secret,
    settings::brakes,
};

/// Somebody who is placing an order.
pub struct Ordering<'a> {
    pub order_id: &'a str,
    /// To count by; may be empty.
    pub network: &'a str,
    pub contact: &'a Contact,
}

/// What is known of those who order in a batch.
#[derive(Default)]
pub struct Turn {
    pub held: Held,
    /// By the order's id.
    pub holders: BTreeMap<String, Holder>,
}

/// Which orders hold units that nobody has paid for.
const UNPAID: &str = "(o.status IN ('awaiting_confirmation', 'pending_payment') \
    OR (o.status IN ('paid', 'packed') AND o.payment_status = 'due'))";

/// Keeps others from ordering for the same holders until the transaction ends, and tells what they hold once
/// it has their turn. It is the last of all turns of an order. Who may hold any number waits for nobody.
pub async fn take_turn(tx: &mut Tx, dialect: Dialect, orders: &[Ordering<'_>]) -> Result<Turn> {
    let limits = brakes::read(&mut **tx).await?.held;
    // The first order of a shop makes the key, if it is granted.
    let key = match facts::known(&mut **tx, Fact::HolderKey).await? {
        Some(key) => key,
        None => facts::settle_in(tx, Fact::HolderKey, &new_secret()).await?,
    };
    let holders: BTreeMap<String, Holder> = orders
        .iter()
        .map(|order| {
            let holder = Holder::of(&key, order.network, order.contact)?;
            Ok((order.order_id.to_owned(), holder))
        })
        .collect::<Result<_>>()?;
    let bounded = holders.values().flat_map(|holder| holder.bounded(limits));
    let names: BTreeSet<&String> = bounded.map(|(name, _)| name).collect();
    let mut held = Held {
        limits: Some(limits),
        units: BTreeMap::new(),
    };
    if !names.is_empty() {
        if let Some(statement) = dialect.advisory_locks() {
            let turns: Vec<String> = names.iter().map(|name| format!("held {name}")).collect();
            sqlx::query(statement)
                .bind(serde_json::to_string(&turns)?)
                .fetch_all(&mut **tx)
                .await?;
        }
        held.units = units(tx, dialect, &names).await?;
    }
    Ok(Turn { held, holders })
}

/// What is held by somebody who has not ordered yet, and as whom. Nobody is kept out: it may be more at any
/// moment.
pub async fn look(
    connection: &mut Connection,
    dialect: Dialect,
    network: &str,
    contact: &Contact,
) -> Result<(Held, Holder)> {
    let limits = brakes::read(&mut *connection).await?.held;
    let key = facts::known(&mut *connection, Fact::HolderKey).await?;
    // Without one nobody has ordered, so by any key there is nothing.
    let holder = Holder::of(&key.unwrap_or_else(new_secret), network, contact)?;
    let bounded = holder.bounded(limits);
    let names: BTreeSet<&String> = bounded.map(|(name, _)| name).collect();
    let units = match names.is_empty() {
        true => BTreeMap::new(),
        false => units(connection, dialect, &names).await?,
    };
    let held = Held {
        limits: Some(limits),
        units,
    };
    Ok((held, holder))
}

async fn units(
    connection: &mut Connection,
    dialect: Dialect,
    names: &BTreeSet<&String>,
) -> Result<BTreeMap<String, i64>> {
    let rows = units_of(dialect, names)?.fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((row.text("holder")?, row.int("units")?)))
        .collect()
}

fn units_of(dialect: Dialect, names: &BTreeSet<&String>) -> Result<Sql> {
    let mut sql = Sql::new(
        "SELECT h.holder, CAST(SUM(o.units) AS BIGINT) AS units \
         FROM unpaid_holders h JOIN orders o ON o.id = h.order_id WHERE h.holder",
    );
    sql.push(dialect.in_json_array(1));
    sql.bind(serde_json::to_string(names)?);
    sql.push(" AND ").push(UNPAID).push(" GROUP BY h.holder");
    Ok(sql)
}

/// Names by which orders are found, with the orders' ids.
pub async fn write(tx: &mut Tx, dialect: Dialect, named: &[(String, &str)]) -> Result<()> {
    if named.is_empty() {
        return Ok(());
    }
    let columns = [("holder", Column::Text), ("order_id", Column::Text)];
    let rows: Vec<_> = named
        .iter()
        .map(|(holder, order_id)| json!({ "holder": holder, "order_id": order_id }))
        .collect();
    let mut sql =
        Sql::new("INSERT INTO unpaid_holders (holder, order_id) SELECT holder, order_id FROM ");
    sql.push(dialect.rows(1, &columns)).push(" AS t WHERE true");
    sql.bind_only(serde_json::to_string(&rows)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets who placed these orders.
pub async fn forget(tx: &mut Tx, dialect: Dialect, orders: &[String]) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM unpaid_holders WHERE order_id");
    sql.push(dialect.in_json_array(1));
    sql.bind_only(serde_json::to_string(orders)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Clears what counts for nothing any more.
pub async fn clear(tx: &mut Tx) -> Result<()> {
    let mut sql = Sql::new(
        "DELETE FROM unpaid_holders WHERE NOT EXISTS \
         (SELECT 1 FROM orders o WHERE o.id = unpaid_holders.order_id AND ",
    );
    sql.push(UNPAID).push(")");
    sql.execute(&mut **tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn what_is_held_is_looked_up_by_its_holder() {
        let planner = Planner::new().await;
        let name = "n".to_owned();
        let sql = units_of(planner.db.dialect(), &BTreeSet::from([&name])).unwrap();
        let steps = planner.by_index(sql, "(holder=?)").await;
        assert!(
            steps.iter().all(|step| !step.contains("SCAN o")),
            "{steps:?}"
        );
        planner.db.close().await;
    }
}
