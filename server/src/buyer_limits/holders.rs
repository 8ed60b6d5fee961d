//! Who holds units in orders that nobody has paid for, in the database.
//!
//! An order says itself whether it holds its units unpaid: until money came for it, and of one that is paid
//! on delivery until someone of the shop has sent it. So what is held is given back by whatever ends that,
//! once. A trigger takes the rows here away with it (see the migration `0061_growth.sql`).

use std::collections::{BTreeMap, BTreeSet};

use app::{brakes::HoldLimits, contact::Contact};

use super::held::{Held, Holder};
use crate::{
    db::{Columns, Dialect, FromRow, Rows, Session, Sql, Tx, turns},
    error::Result,
    facts::{self, Fact},
    ids::new_secret,
    settings::brakes,
};

/// Someone who is placing an order.
pub struct Ordering<'a> {
    pub order_id: &'a str,
    /// To count by; may be empty.
    pub network: &'a str,
    pub contact: &'a Contact,
}

/// What holds for all.
pub struct Rules {
    limits: HoldLimits,
    /// Nothing before the first order.
    key: Option<String>,
}

/// Two statements, for limits and key.
pub fn asked() -> [Sql; 2] {
    [brakes::asked(), facts::asked(Fact::HolderKey)]
}

/// What [`asked`] is answered.
pub fn told<R: Columns>(brakes: &[R], key: &[R]) -> Result<Rules> {
    Ok(Rules {
        limits: brakes::told(brakes)?.held,
        key: facts::told(key)?,
    })
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
pub async fn take_turn(
    tx: &mut impl Session,
    dialect: Dialect,
    Rules { limits, key }: Rules,
    orders: &[Ordering<'_>],
) -> Result<Turn> {
    // The first order of a shop makes the key, if it is granted.
    let key = match key {
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
        let mut statements = Vec::new();
        let asked = names.iter().map(|name| format!("held {name}"));
        statements.extend(turns(dialect, asked));
        statements.push(units_of(dialect, &names));
        let answers = tx.run(statements).await?;
        let units = answers.last().map(|units| units.rows.as_slice());
        held.units = told_units(units.unwrap_or_default())?;
    }
    Ok(Turn { held, holders })
}

fn told_units<R: Columns>(rows: &[R]) -> Result<BTreeMap<String, i64>> {
    rows.iter().map(<(String, i64)>::from_row).collect()
}

/// Each order is looked up by its id, whatever the planner knows: a join may begin with all orders that are unpaid,
/// and does, on Postgres, as long as nobody has counted those of a sale that has just begun.
pub(super) fn units_of(dialect: Dialect, names: &BTreeSet<&String>) -> Sql {
    let mut sql = Sql::new(
        "SELECT h.holder, CAST(COALESCE(SUM((SELECT o.units FROM orders o WHERE o.id = h.order_id AND ",
    );
    sql.push(UNPAID)
        .push(")), 0) AS BIGINT) AS units FROM unpaid_holders h WHERE h.holder");
    sql.among(dialect, names);
    sql.push(" GROUP BY h.holder");
    sql
}

/// Writes the names by which orders are found, with the orders' ids; nothing if there are none.
pub fn writing(dialect: Dialect, named: &[(&str, &str)]) -> Option<Sql> {
    let mut rows = Rows::default();
    rows.text("holder", named.iter().map(|(holder, _)| holder))
        .text("order_id", named.iter().map(|(_, order_id)| order_id));
    (!rows.is_empty()).then(|| Sql::insert(dialect, "unpaid_holders", rows))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn what_is_held_is_looked_up_by_its_holder() {
        let planner = Planner::new().await;
        let name = "n".to_owned();
        let sql = units_of(planner.db.dialect(), &BTreeSet::from([&name]));
        let steps = planner.by_index(sql, "(holder=?)").await;
        assert!(
            steps.iter().all(|step| !step.contains("SCAN o")),
            "{steps:?}"
        );
        planner.db.close().await;
    }
}
