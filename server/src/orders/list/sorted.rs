//! What a list of orders is sorted by, and where its pages begin.

use app::{answers::Cursor, orders::ports::OrderSort};
use sqlx::any::AnyRow;

use super::PAGE;
use crate::{
    db::{FromRow, Sql, Way, from_row},
    error::Result,
};

/// All columns one way; a page begins where the one before it has ended.
#[derive(Clone, Copy)]
pub struct Sorted {
    columns: &'static [Column],
    way: Way,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Total,
    Time,
    Id,
}

/// What a row of the list has of these columns.
struct Listed {
    total_minor: i64,
    created_at: i64,
    id: String,
}

from_row!(Listed {
    total_minor,
    created_at,
    id,
});

/// What the columns are called in a table.
pub struct Names {
    total: &'static str,
    time: &'static str,
    id: &'static str,
}

impl Names {
    const fn of(&self, column: Column) -> &'static str {
        match column {
            Column::Total => self.total,
            Column::Time => self.time,
            Column::Id => self.id,
        }
    }
}

impl Sorted {
    pub const OF_ORDERS: Names = Names {
        total: "o.total_minor",
        time: "o.created_at",
        id: "o.id",
    };
    /// Of `order_search`, which has an index by the total: one of the orders themselves would be paid for by
    /// every placing.
    pub const OF_TOTALS: Names = Names {
        total: "s.total_minor",
        time: "s.created_at",
        id: "s.order_id",
    };

    pub const fn by(sort: OrderSort) -> Self {
        const TIME: &[Column] = &[Column::Time, Column::Id];
        const TOTAL: &[Column] = &[Column::Total, Column::Time, Column::Id];
        let (columns, way) = match sort {
            OrderSort::Newest => (TIME, Way::Falling),
            OrderSort::Oldest => (TIME, Way::Rising),
            OrderSort::Highest => (TOTAL, Way::Falling),
            OrderSort::Lowest => (TOTAL, Way::Rising),
        };
        Self { columns, way }
    }

    pub fn is_by_total(self) -> bool {
        self.columns.contains(&Column::Total)
    }

    fn names(self, names: &Names) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|column| names.of(*column))
    }

    /// ` AND …`: the orders on the cursor's side. One that cannot be read leaves out nothing.
    pub fn push_side(self, sql: &mut Sql, names: &Names, cursor: Option<&Cursor>) {
        let Some(text) = cursor.map(Cursor::at) else {
            return;
        };
        let parts: Vec<&str> = text.split('~').collect();
        let Some((id, numbers)) = parts.split_last() else {
            return;
        };
        let numbers: Option<Vec<i64>> = numbers.iter().map(|part| part.parse().ok()).collect();
        let Some(numbers) = numbers.filter(|numbers| numbers.len() + 1 == self.columns.len())
        else {
            return;
        };
        let side = self.way.read_from(cursor).side();
        let columns: Vec<_> = self.names(names).collect();
        sql.push(format!(" AND ({}) {side} (", columns.join(", ")));
        for number in numbers {
            sql.int(number).push(", ");
        }
        sql.text(*id).push(")");
    }

    /// A page before a cursor is read from its end.
    pub fn push_order(self, sql: &mut Sql, names: &Names, cursor: Option<&Cursor>) {
        let way = self.way.read_from(cursor).order();
        let columns: Vec<_> = self
            .names(names)
            .map(|column| format!("{column} {way}"))
            .collect();
        sql.push(format!(" ORDER BY {} LIMIT ", columns.join(", ")))
            .int(PAGE + 1);
    }

    /// The cursor of a row of the list.
    pub fn at(self, row: &AnyRow) -> Result<String> {
        let listed = Listed::from_row(row)?;
        let values = self.columns.iter().map(|column| match column {
            Column::Total => listed.total_minor.to_string(),
            Column::Time => listed.created_at.to_string(),
            Column::Id => listed.id.clone(),
        });
        Ok(values.collect::<Vec<_>>().join("~"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_that_cannot_be_read_leaves_out_nothing() {
        let side = |sort, text: &str| {
            let mut sql = Sql::new("");
            let cursor = Cursor::After(text.to_owned());
            Sorted::by(sort).push_side(&mut sql, &Sorted::OF_ORDERS, Some(&cursor));
            sql.next() > 1
        };
        assert!(side(OrderSort::Newest, "1~o") && side(OrderSort::Lowest, "5~1~o"));
        for text in ["", "~", "o", "x~o", "5~1~o", "1~2~3~o"] {
            assert!(!side(OrderSort::Newest, text), "{text}");
        }
        assert!(!side(OrderSort::Lowest, "1~o"));
    }
}
