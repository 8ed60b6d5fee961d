//! The same function of rows and time for a time that is chosen, and for a drop that is not planned yet: for its
//! preview alone.

use std::collections::HashMap;

use app::drops::types::DropState;

use super::{
    lines::{Lines, TIMES},
    terms::{DropLine, Times},
};
use crate::{
    db::{CatalogReads, Cost, Dialect, Sql, from_row},
    error::Result,
};

/// Of which drop a preview is, and of which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment<'a> {
    pub drop_id: &'a str,
    /// In milliseconds since 1970.
    pub at: i64,
}

/// A line of a drop, planned or not.
struct LineRow {
    variant_id: String,
    drop_id: String,
    times: Times,
    units: i64,
    remaining: i64,
    price_minor: Option<i64>,
}

from_row!(LineRow {
    variant_id,
    drop_id,
    times: row,
    units,
    remaining,
    price_minor,
});

impl Moment<'_> {
    /// The times of a drop as they are at this moment: what came later has not come. The drop itself takes place,
    /// unless it was called off by then.
    pub fn times(&self, drop_id: &str, times: Times) -> Times {
        let state = match times.state {
            _ if drop_id != self.drop_id => times.state,
            DropState::Draft => DropState::Planned,
            DropState::CalledOff if self.at < times.state_at => DropState::Planned,
            state @ (DropState::Planned | DropState::CalledOff) => state,
        };
        Times {
            state,
            opened_at: times.opened_at.filter(|opened| *opened <= self.at),
            ..times
        }
    }

    /// What drops say of these products. Units are those that there are now, or that a draft is to have.
    pub async fn lines(
        &self,
        reads: &CatalogReads,
        dialect: Dialect,
        products: &[&str],
    ) -> Result<Lines> {
        if products.is_empty() {
            return Ok(Lines::at(self.at, []));
        }
        let mut sql =
            Sql::new("SELECT l.variant_id, l.drop_id, l.price_minor, l.units, l.remaining, ");
        sql.push(TIMES)
            .push(
                " FROM drop_lines l JOIN drops d ON d.id = l.drop_id \
                 JOIN variants v ON v.id = l.variant_id WHERE v.product_id",
            )
            .among(dialect, products)
            .push(" AND (d.state = 'planned' OR d.id = ")
            .text(self.drop_id)
            .push(")");
        let rows: Vec<LineRow> = reads.fetch_all_as(Cost::Rows, sql).await?;
        let lines = rows.into_iter().map(|row| {
            let remaining = match row.times.state {
                DropState::Draft => row.units,
                DropState::Planned | DropState::CalledOff => row.remaining,
            };
            let line = DropLine {
                times: self.times(&row.drop_id, row.times),
                drop_id: row.drop_id,
                price_minor: row.price_minor,
                remaining,
                offered: 0,
                gate: None,
            };
            (row.variant_id, line)
        });
        Ok(Lines::at(self.at, lines))
    }

    /// Units by variant that are to leave the shelf when the drop is planned; none once it is. What nobody counts is on no
    /// shelf.
    pub async fn to_set_aside(&self, reads: &CatalogReads) -> Result<HashMap<String, i64>> {
        let mut sql = Sql::new(
            "SELECT l.variant_id, l.units FROM drop_lines l JOIN drops d ON d.id = l.drop_id \
             JOIN variants v ON v.id = l.variant_id WHERE d.state = 'draft' AND v.tracked = 1 AND d.id = ",
        );
        sql.text(self.drop_id);
        let units: Vec<(String, i64)> = reads.fetch_all_as(Cost::Rows, sql).await?;
        Ok(units.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sale::terms::Phase;

    fn times(state: DropState) -> Times {
        Times {
            state,
            state_at: 50,
            reveal_at: Some(10),
            opens_at: 20,
            closes_at: Some(90),
            opened_at: Some(21),
        }
    }

    fn phase(state: DropState, drop_id: &str, at: i64) -> Option<Phase> {
        let moment = Moment { drop_id: "d", at };
        moment.times(drop_id, times(state)).phase(at)
    }

    #[test]
    fn a_draft_is_shown_as_if_it_were_planned() {
        for at in [5, 20, 89, 90] {
            assert_eq!(
                phase(DropState::Draft, "d", at),
                phase(DropState::Planned, "d", at)
            );
        }
        assert_eq!(phase(DropState::Draft, "other", 30), None);
    }

    #[test]
    fn what_came_later_has_not_come() {
        assert_eq!(phase(DropState::Planned, "d", 19), Some(Phase::Before));
        assert_eq!(phase(DropState::Planned, "d", 20), Some(Phase::Open));
        assert_eq!(phase(DropState::CalledOff, "d", 49), Some(Phase::Open));
        assert_eq!(phase(DropState::CalledOff, "d", 50), None);
    }
}
