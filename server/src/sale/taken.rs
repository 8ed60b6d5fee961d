//! What of sold-out goods may come back: units of orders that nobody has paid for yet.

use std::collections::HashMap;

use crate::{
    db::{Dialect, Session, Sql, from_row},
    error::Result,
};

const MINUTE: i64 = 60 * 1000;

/// Units that are being paid for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    pub units: i64,
    /// When the first of their orders ends if nobody pays it.
    ends_at: Option<i64>,
}

impl Taken {
    pub const fn new(units: i64, ends_at: Option<i64>) -> Self {
        Self { units, ends_at }
    }

    /// In how many minutes at the latest the first of them is paid for or comes back. Orders are ended once a minute.
    pub fn minutes(self, now: i64) -> Option<i64> {
        let left = (self.ends_at? - now).max(0);
        Some((left + MINUTE + MINUTE - 1) / MINUTE)
    }
}

struct Row {
    variant_id: String,
    units: i64,
    ends_at: Option<i64>,
}

from_row!(Row {
    variant_id,
    units,
    ends_at,
});

/// By variant; of one that nobody is paying for there is none.
pub async fn of_variants(
    session: &mut impl Session,
    dialect: Dialect,
    variants: &[&str],
) -> Result<HashMap<String, Taken>> {
    if variants.is_empty() {
        return Ok(HashMap::new());
    }
    // In this order: unpaid orders are few, and a product may have sold very often.
    let mut sql = Sql::new(
        "SELECT l.variant_id, CAST(SUM(l.quantity) AS BIGINT) AS units, \
         MIN(CASE WHEN o.status = 'awaiting_confirmation' THEN o.confirm_by \
           WHEN o.pay_by > o.created_at + s.payment_hold_minutes * 60000 THEN o.pay_by \
           ELSE o.created_at + s.payment_hold_minutes * 60000 END) AS ends_at \
         FROM orders o CROSS JOIN order_lines l CROSS JOIN shop_settings s WHERE s.id = 1 \
         AND o.status IN ('awaiting_confirmation', 'pending_payment') AND l.order_id = o.id AND l.variant_id",
    );
    sql.among(dialect, variants).push(" GROUP BY l.variant_id");
    let rows: Vec<Row> = session.rows_as(sql).await?;
    let taken = rows
        .into_iter()
        .map(|row| (row.variant_id, Taken::new(row.units, row.ends_at)));
    Ok(taken.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_decided_within_a_minute_of_its_end() {
        let minutes = |ends_at| Taken::new(1, ends_at).minutes(10 * MINUTE);
        assert_eq!(minutes(None), None);
        assert_eq!(minutes(Some(13 * MINUTE)), Some(4));
        assert_eq!(minutes(Some(13 * MINUTE + 1)), Some(5));
        assert_eq!(minutes(Some(2 * MINUTE)), Some(1));
    }
}
