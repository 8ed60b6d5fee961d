//! The table of orders: newest first, filtered and searched.

mod sorted;
mod statements;

use app::{
    answers::{Stretch, Tally},
    open_dispute,
    orders::{
        ports::{MoneyFilter, OrderFilter},
        types::{OrderRow, OrderStatus},
    },
};
use desk::admin::orders::ports::OrderTallies;
use sorted::Sorted;
use statements::List;

use crate::{
    db::{FromRow, Page, Sql, from_row},
    error::Result,
    orders::short_numbers::draw,
    store::Store,
};

/// Orders on a page of the table.
const PAGE: i64 = 25;

/// Each begins with the index of the few rows that it is about. What is to be paid by hand waits while a bank
/// has a say in it.
const fn by_money(money: MoneyFilter) -> &'static str {
    match money {
        MoneyFilter::ToReturn => {
            "o.id IN (SELECT r.order_id FROM refunds r WHERE r.status IN ('owed', 'by_hand') \
             UNION SELECT t.order_id FROM transfers t \
             WHERE t.return_minor > 0 AND t.returned_at IS NULL)"
        }
        MoneyFilter::ByHand => {
            concat!(
                "o.id IN (SELECT r.order_id FROM refunds r \
                 WHERE r.status IN ('owed', 'by_hand') AND r.status = 'by_hand' AND NOT EXISTS \
                 (SELECT 1 FROM disputes d WHERE d.order_id = r.order_id AND ",
                open_dispute!("d.state"),
                "))",
            )
        }
        MoneyFilter::OtherSums => {
            "o.id IN (SELECT s.order_id FROM other_sums s \
             WHERE s.captured_minor > s.returned_minor + s.pending_minor + s.by_hand_minor)"
        }
        MoneyFilter::Disputed => {
            concat!(
                "o.id IN (SELECT d.order_id FROM disputes d WHERE ",
                open_dispute!("d.state"),
                ")",
            )
        }
    }
}

/// As [`read`] has it, once each of its orders has a short number. Looking at the newest orders
/// does not wait for the maintenance.
pub async fn list(db: &Store, filter: &OrderFilter) -> Result<Stretch<OrderRow>> {
    let found = read(db, filter).await?;
    if found.rows.iter().all(|row| row.short_number.is_some()) {
        return Ok(found);
    }
    match draw(db).await {
        Ok(()) => read(db, filter).await,
        // The list is worth more than these numbers, which the maintenance draws as well.
        Err(error) => {
            tracing::warn!(%error, "short numbers of orders will be drawn later");
            Ok(found)
        }
    }
}

async fn read(db: &Store, filter: &OrderFilter) -> Result<Stretch<OrderRow>> {
    let list = List::of(db, filter).await?;
    let way = list.way(db).await?;
    let rows = list.page(way).fetch_all(db.reader()).await?;
    let (sorted, cursor) = (Sorted::by(filter.sort), filter.cursor.as_ref());
    let page = Page::of(rows, PAGE, cursor, |row| sorted.at(row))?;
    // A list of one page is counted by reading it.
    let found = match (cursor, &page.after) {
        (None, None) => Tally::of(page.rows.len() as i64),
        _ => list.all().tally(db.reader()).await?,
    };
    Ok(Stretch {
        rows: page
            .rows
            .iter()
            .map(OrderRow::from_row)
            .collect::<Result<_>>()?,
        found,
        before: page.before,
        after: page.after,
    })
}

/// The orders of each tab of the table: each is counted in a range of an index, up to a bound.
pub async fn tallies(db: &Store) -> Result<OrderTallies> {
    let mut tallies = OrderTallies::default();
    for status in OrderStatus::ALL {
        let mut sql = Sql::new("SELECT 1 AS one FROM orders o WHERE o.status = ");
        sql.text(status.as_str());
        let tally = sql.tally(db.reader()).await?;
        tallies.statuses.push((status, tally));
    }
    for money in MoneyFilter::ALL {
        let mut sql = Sql::new("SELECT 1 AS one FROM orders o WHERE ");
        sql.push(by_money(money));
        let tally = sql.tally(db.reader()).await?;
        tallies.money.push((money, tally));
    }
    Ok(tallies)
}

from_row!(OrderRow {
    id,
    number,
    short_number,
    name,
    email,
    status,
    units,
    total_minor,
    refunded_minor,
    owed_minor,
    currency,
    created_at,
});
