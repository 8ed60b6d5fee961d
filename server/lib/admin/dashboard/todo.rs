//! What waits for the staff, counted as far as someone can work off: each query reads a range of an
//! index and ends at its limit.

use app::{answers::Tally, open_dispute};
use desk::admin::dashboard::ports::Todo;

use crate::{
    db::{Dialect, Sql, from_row},
    error::Result,
    store::Store,
};

/// Variants that are nearly gone are looked at up to here, to count their products.
const LOW_VARIANTS: i64 = 5000;

pub async fn todo(db: &Store, low_stock: i64) -> Result<Todo> {
    Ok(Todo {
        to_pack: Sql::new(TO_PACK).tally(db.reader()).await?,
        to_ship: Sql::new(TO_SHIP).tally(db.reader()).await?,
        to_hand_over: Sql::new(TO_HAND_OVER).tally(db.reader()).await?,
        other_sums: Sql::new(OTHER_SUMS).tally(db.reader()).await?,
        to_match: to_match(db.dialect()).tally(db.reader()).await?,
        to_send_back: Sql::new(TO_SEND_BACK).tally(db.reader()).await?,
        disputed: Sql::new(DISPUTED).tally(db.reader()).await?,
        answer_by: Sql::new(ANSWER_BY).fetch_value(db.reader()).await?,
        sold_out: Sql::new(SOLD_OUT).tally(db.reader()).await?,
        running_low: running_low(db, low_stock).await?,
    })
}

const TO_PACK: &str = "SELECT 1 AS one FROM orders o WHERE o.status = 'paid'";
const TO_SHIP: &str = "SELECT 1 AS one FROM orders o WHERE o.status = 'packed'";
/// The first condition is the index's. While a bank has a say in it, nobody is to pay it.
const TO_HAND_OVER: &str = concat!(
    "SELECT DISTINCT r.order_id FROM refunds r \
     WHERE r.status IN ('owed', 'by_hand') AND r.status = 'by_hand' AND NOT EXISTS \
     (SELECT 1 FROM disputes d WHERE d.order_id = r.order_id AND ",
    open_dispute!("d.state"),
    ")",
);
/// The condition is the index's.
const OTHER_SUMS: &str = "SELECT DISTINCT s.order_id FROM other_sums s \
     WHERE s.captured_minor > s.returned_minor + s.pending_minor + s.by_hand_minor";
/// Among all orders that wait for their money, those that wait for a card may be very many.
fn to_match(dialect: Dialect) -> Sql {
    let mut sql = Sql::new("SELECT 1 AS one FROM orders o");
    sql.push(dialect.indexed_by("orders_awaiting_transfer"))
        .push(" WHERE o.status = 'pending_payment' AND o.pay_by IS NOT NULL");
    sql
}
const TO_SEND_BACK: &str = "SELECT DISTINCT t.order_id FROM transfers t \
     WHERE t.return_minor > 0 AND t.returned_at IS NULL";
const DISPUTED: &str = concat!(
    "SELECT DISTINCT d.order_id FROM disputes d WHERE ",
    open_dispute!("d.state"),
);
/// The first condition is the index's.
const ANSWER_BY: &str = concat!(
    "SELECT MIN(d.answer_until) AS until FROM disputes d WHERE ",
    open_dispute!("d.state"),
    " AND d.state <> 'under_review'",
);
const SOLD_OUT: &str = "SELECT 1 AS one FROM products p WHERE p.active = 1 AND p.buyable = 0";

fn low_variants(threshold: i64) -> Sql {
    // The condition on 1000 is the index's; CROSS JOIN makes SQLite begin with it.
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS variants, COUNT(DISTINCT product_id) AS products FROM (\
         SELECT v.product_id FROM variants v CROSS JOIN products p WHERE p.id = v.product_id \
         AND v.tracked = 1 AND v.stock >= 1 AND v.stock <= ",
    );
    sql.int(threshold);
    sql.push(" AND v.stock <= 1000 AND p.active = 1 LIMIT ")
        .int(LOW_VARIANTS);
    sql.push(") AS counted");
    sql
}

struct Low {
    products: i64,
    variants: i64,
}

from_row!(Low { products, variants });

async fn running_low(db: &Store, threshold: i64) -> Result<Tally> {
    let Low { products, variants } = low_variants(threshold).fetch_one_as(db.reader()).await?;
    let tally = Tally::of(products);
    Ok(Tally {
        is_more: tally.is_more || variants >= LOW_VARIANTS,
        ..tally
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Planner;

    #[tokio::test]
    async fn every_count_reads_a_range_of_an_index() {
        let planner = Planner::new().await;
        for (query, index) in [
            (Sql::new(TO_PACK).tallied(), "orders_status (status=?)"),
            (Sql::new(TO_SHIP).tallied(), "orders_status (status=?)"),
            (Sql::new(TO_HAND_OVER).tallied(), "refunds_open"),
            (
                to_match(planner.db.dialect()).tallied(),
                "orders_awaiting_transfer",
            ),
            (Sql::new(TO_SEND_BACK).tallied(), "transfers_to_return"),
            (Sql::new(OTHER_SUMS).tallied(), "other_sums_open"),
            (Sql::new(DISPUTED).tallied(), "disputes_open"),
            (Sql::new(ANSWER_BY), "disputes_open"),
            (Sql::new(SOLD_OUT).tallied(), "(active=? AND buyable=?)"),
            (low_variants(5), "variants_low (stock>? AND stock<?)"),
        ] {
            let steps = planner.by_index(query, index).await;
            // An index of nothing but the rows that are meant may be read from end to end.
            let whole = [
                "counted",
                "refunds_open",
                "disputes_open",
                "other_sums_open",
                "orders_awaiting_transfer",
                "transfers_to_return",
            ];
            let scans = |step: &String| {
                step.starts_with("SCAN") && !whole.iter().any(|whole| step.contains(whole))
            };
            assert!(!steps.iter().any(scans), "{index}: {steps:#?}");
        }
        planner.db.close().await;
    }
}
