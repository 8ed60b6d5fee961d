//! Who pays at a provider's page, while they do: what is declined there counts for them.

use super::{
    AtPage, Who,
    counted::{Counted, OfAttempt},
};
use crate::{
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    store::Store,
};

/// Rows that are looked at by one statement, and forgotten in one transaction.
const PIECE: usize = 1000;
/// How often it is begun again to count what others count at the same moment.
const ROUNDS: usize = 4;

struct Payer {
    network: String,
    cart: Option<String>,
}

from_row!(Payer { network, cart });

impl From<Payer> for Who {
    fn from(Payer { network, cart }: Payer) -> Self {
        Self {
            network: Some(network),
            cart,
            card: None,
        }
    }
}

/// Notes who goes on to pay for an order, if it waits for that. The last one counts.
pub async fn note(db: &Store, order_id: &str, who: &Who) -> Result<()> {
    let Some(network) = &who.network else {
        return Ok(());
    };
    let mut sql = Sql::new("INSERT INTO payers (order_id, network, cart) SELECT o.id, ");
    sql.text(network).push(", ");
    match &who.cart {
        Some(cart) => sql.text(cart),
        None => sql.push("NULL"),
    };
    sql.push(" FROM orders o WHERE o.status = 'pending_payment' AND o.id = ")
        .text(order_id)
        .push(
            " ON CONFLICT (order_id) DO UPDATE SET network = excluded.network, cart = excluded.cart",
        );
    db.write(sql).await?;
    Ok(())
}

/// What is written of who pays, and of what is counted for them.
struct Written {
    payer: Payer,
    declined: String,
}

from_row!(Written {
    payer: row,
    declined,
});

async fn written(db: &Store, order_id: &str) -> Result<Option<Written>> {
    let mut sql = Sql::new(
        "SELECT network, cart, COALESCE(declined, '') AS declined FROM payers WHERE order_id = ",
    );
    sql.text(order_id);
    sql.fetch_optional_as(db.reader()).await
}

/// A column that says what is counted of an order's tries that were declined: `declined_counted`, and NULL while nobody
/// is known to pay. `order_id` is the order's, as it is called in the statement.
pub fn declined_column(order_id: &str) -> String {
    format!(
        "(SELECT COALESCE(y.declined, '') FROM payers y WHERE y.order_id = {order_id}) \
         AS declined_counted"
    )
}

/// Whether something may have been declined of an attempt that is not counted, by what a provider says was the last.
/// `counted` is what [`declined_column`] says.
pub fn awaits_declines(counted: Option<&str>, attempt: i64, last: Option<&str>) -> bool {
    let Some(counted) = counted.map(Counted::read) else {
        return false;
    };
    last.is_none_or(|last| counted.last_of(attempt) != Some(last))
}

/// Who has tried what a provider calls so, and how many of these are counted already; none if all are. From then on
/// all count as counted: of several who ask at once, one is told.
pub async fn uncounted(
    db: &Store,
    at: AtPage<'_>,
    called: &[&str],
) -> Result<Option<(Who, usize)>> {
    for _ in 0..ROUNDS {
        let Some(before) = written(db, at.order_id).await? else {
            return Ok(None);
        };
        let known = Counted::read(&before.declined);
        let counted = known.of_list(at.attempt, called);
        let Some(last) = called.last().filter(|_| counted < called.len()) else {
            return Ok(None);
        };
        let now = known.with(OfAttempt {
            attempt: at.attempt,
            tries: called.len(),
            last: (*last).to_owned(),
        });
        let mut tx = db.begin().await?;
        let noted = sqlx::query(
            "UPDATE payers SET declined = $1 WHERE order_id = $2 AND COALESCE(declined, '') = $3",
        )
        .bind(now.written())
        .bind(at.order_id)
        .bind(before.declined)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        tx.commit().await?;
        if noted > 0 {
            return Ok(Some((Who::from(before.payer), counted)));
        }
    }
    // Others are at it, and the next look tells.
    Ok(None)
}

/// Who pays for an order, if it is known.
pub async fn of(db: &Store, order_id: &str) -> Result<Option<Who>> {
    let mut sql = Sql::new("SELECT network, cart FROM payers WHERE order_id = ");
    sql.text(order_id);
    let payer: Option<Payer> = sql.fetch_optional_as(db.reader()).await?;
    Ok(payer.map(Who::from))
}

pub async fn forget(tx: &mut Tx, dialect: Dialect, orders: &[String]) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM payers WHERE order_id");
    sql.push(dialect.in_json_array(1));
    sql.bind_only(serde_json::to_string(orders)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

struct Noted {
    order_id: String,
    is_over: bool,
}

from_row!(Noted { order_id, is_over });

/// Forgets those of orders that do not wait for their payment any more. All are looked at in the order of their orders,
/// which is that of time: they are of orders that wait, and of those that ended since the last time.
pub async fn clear(db: &Store) -> Result<()> {
    let mut last = String::new();
    loop {
        let noted: Vec<Noted> = behind(&last).fetch_all_as(db.reader()).await?;
        let Some(end) = noted.last() else {
            return Ok(());
        };
        last.clone_from(&end.order_id);
        let is_whole = noted.len() < PIECE;
        // An order that has been paid or cancelled never waits again.
        let over = noted.into_iter().filter(|noted| noted.is_over);
        let over: Vec<String> = over.map(|noted| noted.order_id).collect();
        if !over.is_empty() {
            let mut tx = db.begin().await?;
            forget(&mut tx, db.dialect(), &over).await?;
            tx.commit().await?;
        }
        if is_whole {
            return Ok(());
        }
    }
}

/// The next ones behind an order.
fn behind(order_id: &str) -> Sql {
    let mut sql = Sql::new(
        "SELECT p.order_id, CASE WHEN EXISTS (SELECT 1 FROM orders o WHERE o.id = p.order_id \
         AND o.status = 'pending_payment') THEN 0 ELSE 1 END AS is_over \
         FROM payers p WHERE p.order_id > ",
    );
    sql.text(order_id)
        .push(" ORDER BY p.order_id LIMIT ")
        .int(PIECE as i64);
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn payers_are_looked_at_a_piece_at_a_time() {
        let planner = Planner::new().await;
        for index in [
            "sqlite_autoindex_payers_1 (order_id>?)",
            "sqlite_autoindex_orders_1 (id=?)",
        ] {
            let steps = planner.by_index(behind("o"), index).await;
            assert!(
                !steps.iter().any(|step| step.contains("SCAN")),
                "{steps:#?}"
            );
        }
        planner.db.close().await;
    }
}
