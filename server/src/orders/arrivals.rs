//! When orders were placed whose rows behind the placing are still to be written: what the search finds them by, and
//! their short numbers.
//!
//! What places orders appends its time to `order_arrivals`, by a trigger, and in the same transaction (see the
//! migration `0061_growth.sql`). So an order is there from the moment it can be seen, and what is done behind the
//! placing reads the orders of these times and no others, however many the shop has.

use crate::{
    db::{Rows, Sql, Tx, from_row},
    error::Result,
};

/// So many are looked at first: in a rush each is of hundreds of orders, which are named for it.
const FEW: usize = 16;

#[derive(Debug, Clone)]
pub(super) struct Arrival {
    id: i64,
    /// The ids of what was placed at that time, with what is written already; apart by a space.
    order_ids: String,
}

from_row!(Arrival { id, order_ids });

impl Arrival {
    fn orders(&self) -> impl Iterator<Item = &str> {
        self.order_ids.split_whitespace()
    }
}

/// Which arrivals are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Waiting {
    /// For their row in the search; it is written last, and the arrival goes.
    Any,
    /// For a short number.
    Unnumbered,
}

impl Waiting {
    const fn condition(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Unnumbered => "WHERE a.numbered = 0 ",
        }
    }

    /// Whether there are any, which is most of the time not so, and is found out without a lock.
    pub fn any(self) -> Sql {
        let mut sql = Sql::new("SELECT a.id FROM order_arrivals a ");
        sql.push(self.condition()).push("LIMIT 1");
        sql
    }

    /// The oldest, of `most` orders or more if there are so many.
    pub async fn read(self, tx: &mut Tx, most: usize) -> Result<Vec<Arrival>> {
        let few: Vec<Arrival> = self.oldest(FEW).fetch_all_as(&mut **tx).await?;
        let orders: usize = few.iter().map(|arrival| arrival.orders().count()).sum();
        if few.len() < FEW || orders >= most {
            return Ok(few);
        }
        self.oldest(most).fetch_all_as(&mut **tx).await
    }

    /// Their orders are named here, each time's by itself. Joined with their times, Postgres takes each for one of many and
    /// reads the whole table, and what is joined with it.
    fn oldest(self, most: usize) -> Sql {
        let mut sql = Sql::new(
            "SELECT a.id, COALESCE((SELECT STRING_AGG(o.id, ' ') FROM orders o \
             WHERE o.created_at = a.at), '') AS order_ids FROM order_arrivals a ",
        );
        sql.push(self.condition())
            .push("ORDER BY a.id LIMIT ")
            .int(most as i64);
        sql
    }
}

/// Those of the first that have `most` orders together: one at least.
pub(super) fn together(arrivals: &[Arrival], most: usize) -> &[Arrival] {
    let mut sum = 0;
    let fitting = arrivals.iter().take_while(|arrival| {
        sum += arrival.orders().count();
        sum < most
    });
    let fitting = fitting.count();
    let first = arrivals.len().min(fitting.max(1));
    &arrivals[..first]
}

pub(super) fn orders(arrivals: &[Arrival]) -> impl Iterator<Item = &str> {
    arrivals.iter().flat_map(Arrival::orders)
}

pub(super) fn ids(arrivals: &[Arrival]) -> Rows {
    let mut rows = Rows::default();
    rows.int("id", arrivals.iter().map(|arrival| arrival.id));
    rows
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::db::explain::Planner;

    /// Arrivals of so many orders.
    pub fn of(orders: &[usize]) -> Vec<Arrival> {
        let arrivals = orders.iter().map(|orders| Arrival {
            id: 1,
            order_ids: "o ".repeat(*orders),
        });
        arrivals.collect()
    }

    #[test]
    fn a_batch_is_of_whole_times() {
        let count = |orders: &[usize]| together(&of(orders), 10).len();
        assert_eq!(count(&[1, 1, 1]), 3);
        assert_eq!(count(&[9, 1]), 1);
        assert_eq!(count(&[20, 1]), 1, "what is more is for the next");
        assert_eq!(count(&[]), 0);
    }

    #[tokio::test]
    async fn arrivals_are_read_by_their_order() {
        let planner = Planner::new().await;
        for (sql, index) in [
            (Waiting::Any.oldest(1), "orders_newest (created_at=?)"),
            (
                Waiting::Unnumbered.oldest(1),
                "orders_newest (created_at=?)",
            ),
            (Waiting::Unnumbered.oldest(1), "order_arrivals_unnumbered"),
            (Waiting::Unnumbered.any(), "order_arrivals_unnumbered"),
        ] {
            planner.by_index(sql, index).await;
        }
        planner.db.close().await;
    }
}
