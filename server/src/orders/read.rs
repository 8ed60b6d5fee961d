//! Reading orders.

mod whole;

use app::locale::Locale;

pub use whole::{Key, Whole, order, orders};

use super::placement::batch::ExistingOrder;
use crate::{
    db::{Sql, from_row},
    error::Result,
    ids::{is_same_secret, order_of_token},
    store::Store,
};

pub async fn is_of_guest(db: &Store, id: &str) -> Result<bool> {
    let mut sql = Sql::new("SELECT o.id FROM orders o WHERE o.account_id IS NULL AND o.id = ");
    sql.text(id);
    Ok(sql.fetch_optional(db.reader()).await?.is_some())
}

/// What an order was placed in; `None` if there is no such order. One that we no longer have texts in
/// counts as our first.
pub async fn language(db: &Store, id: &str) -> Result<Option<Locale>> {
    let mut sql = Sql::new("SELECT locale FROM orders WHERE id = ");
    sql.text(id);
    let code: Option<String> = sql.fetch_optional_value(db.reader()).await?;
    Ok(code.map(|code| Locale::of_code(&code).unwrap_or_default()))
}

/// The order that a token opens, for paying it.
pub async fn by_token(db: &Store, token: &str) -> Result<Option<ExistingOrder>> {
    let mut sql = Sql::new(
        "SELECT o.id, o.number, o.token, o.locale, o.total_minor, o.status, o.cancel_reason, \
         o.payment_method, '' AS payment_token FROM orders o WHERE o.id = ",
    );
    sql.text(order_of_token(token).unwrap_or_default());
    let found: Option<ExistingOrder> = sql.fetch_optional_as(db.reader()).await?;
    Ok(found.filter(|order| is_same_secret(token, &order.token)))
}

/// An order by its id, with how it is paid.
pub struct Payable {
    pub id: String,
    pub payment_method: String,
}

from_row!(Payable { id, payment_method });

/// How orders are paid that wait for their payment, or are owed money, each once.
pub async fn open_methods(db: &Store) -> Result<Vec<String>> {
    Sql::new(
        "SELECT payment_method AS method FROM orders WHERE status = 'pending_payment' UNION \
         SELECT o.payment_method AS method FROM refunds r JOIN orders o ON o.id = r.order_id \
         WHERE r.status = 'owed' ORDER BY method",
    )
    .fetch_values(db.reader())
    .await
}

/// An order whose time to be paid is over.
#[derive(Debug, Clone)]
pub struct Overdue {
    pub id: String,
    pub payment_method: String,
    pub created_at: i64,
}

from_row!(Overdue {
    id,
    payment_method,
    created_at,
});

/// Orders that are read at once.
pub const OVERDUE: usize = 500;

/// Orders whose time to be paid is over: of transfers before `now`, of others those that were placed
/// before `time`. The oldest first, behind `after`.
pub async fn pending_before(
    db: &Store,
    now: i64,
    time: i64,
    after: Option<&Overdue>,
) -> Result<Vec<Overdue>> {
    overdue(now, time, after).fetch_all_as(db.reader()).await
}

fn overdue(now: i64, time: i64, after: Option<&Overdue>) -> Sql {
    let mut sql = Sql::new(
        "SELECT id, payment_method, created_at FROM orders \
         WHERE status = 'pending_payment' AND created_at < ",
    );
    sql.int(time).push(" AND (pay_by IS NULL OR pay_by <= ");
    sql.int(now).push(")");
    if let Some(after) = after {
        // The first condition is the index's.
        sql.push(" AND created_at >= ").int(after.created_at);
        sql.push(" AND (created_at, id) > (").int(after.created_at);
        sql.push(", ").text(&after.id).push(")");
    }
    sql.push(format!(" ORDER BY created_at, id LIMIT {OVERDUE}"));
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn orders_that_are_overdue_are_read_in_a_range_of_an_index() {
        let planner = Planner::new().await;
        let last = Overdue {
            id: "o".to_owned(),
            payment_method: String::new(),
            created_at: 1,
        };
        for (query, range) in [
            (
                overdue(3, 2, None),
                "orders_status (status=? AND created_at<?)",
            ),
            (
                overdue(3, 2, Some(&last)),
                "orders_status (status=? AND created_at>? AND created_at<?)",
            ),
        ] {
            planner.by_index(query, range).await;
        }
        planner.db.close().await;
    }
}
