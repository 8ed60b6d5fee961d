//! Pages that are found by where the last one ended: a deep page costs what the first one costs.

use desk::admin::product_filter::Cursor;
use sqlx::any::AnyRow;

use super::{FromRow, Sql, from_row};
use crate::error::Result;

/// How the values of a column go on from row to row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Rising,
    Falling,
}

impl Way {
    /// How they go on in rows that are read from this cursor on: a page before it is read from its end.
    pub const fn read_from(self, cursor: Option<&Cursor>) -> Self {
        match (self, is_backwards(cursor)) {
            (Self::Rising, false) | (Self::Falling, true) => Self::Rising,
            (Self::Falling, false) | (Self::Rising, true) => Self::Falling,
        }
    }

    /// As `ORDER BY` says it.
    pub const fn order(self) -> &'static str {
        match self {
            Self::Rising => "ASC",
            Self::Falling => "DESC",
        }
    }

    /// How what comes next compares with what was last.
    pub const fn side(self) -> &'static str {
        match self {
            Self::Rising => ">",
            Self::Falling => "<",
        }
    }
}

/// Rows by a number and then by their id, both falling: newest first.
#[derive(Debug, Clone, Copy)]
pub struct Newest {
    /// Column with the time.
    pub at: &'static str,
    pub id: &'static str,
    /// Rows on a page.
    pub page: i64,
}

/// Rows of one page, and cursors to the pages around it.
pub struct Page {
    pub rows: Vec<AnyRow>,
    pub before: Option<String>,
    pub after: Option<String>,
}

const fn is_backwards(cursor: Option<&Cursor>) -> bool {
    matches!(cursor, Some(Cursor::Before(_)))
}

struct Key {
    at: i64,
    id: String,
}

from_row!(Key { at, id });

impl Newest {
    /// ` AND …`: the rows on the cursor's side. One that cannot be read leaves out nothing.
    pub fn push_side(self, sql: &mut Sql, cursor: Option<&Cursor>) {
        let Some((at, id)) = cursor.and_then(|cursor| cursor.at().split_once('~')) else {
            return;
        };
        if let Ok(at) = at.parse() {
            let side = Way::Falling.read_from(cursor).side();
            sql.push(format!(" AND ({}, {}) {side} (", self.at, self.id))
                .int(at);
            sql.push(", ").text(id).push(")");
        }
    }

    /// The order that rows are read in.
    pub const fn way(cursor: Option<&Cursor>) -> &'static str {
        Way::Falling.read_from(cursor).order()
    }

    /// ` ORDER BY … LIMIT …`, one row more than a page.
    pub fn push_order(self, sql: &mut Sql, cursor: Option<&Cursor>) {
        let way = Self::way(cursor);
        sql.push(format!(
            " ORDER BY {} {way}, {} {way} LIMIT ",
            self.at, self.id
        ))
        .int(self.page + 1);
    }

    /// The page that the rows make; their columns are called `at` and `id`.
    pub fn page(self, rows: Vec<AnyRow>, cursor: Option<&Cursor>) -> Result<Page> {
        Page::of(rows, self.page, cursor, |row| {
            let Key { at, id } = Key::from_row(row)?;
            Ok(format!("{at}~{id}"))
        })
    }
}

impl Page {
    /// The page that rows make which were read from a cursor on, one row more than it has if there are more.
    /// `at` tells the cursor at a row.
    pub fn of(
        mut rows: Vec<AnyRow>,
        size: i64,
        cursor: Option<&Cursor>,
        at: impl Fn(&AnyRow) -> Result<String>,
    ) -> Result<Self> {
        let more = rows.len() as i64 > size;
        rows.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        let backwards = is_backwards(cursor);
        if backwards {
            rows.reverse();
        }
        // Where one came from there is always a way back; it may show that nothing is there any more.
        let came_after = matches!(cursor, Some(Cursor::After(_)));
        let before = (came_after || (backwards && more)).then(|| rows.first().map(&at));
        let after = (more || backwards).then(|| rows.last().map(&at));
        Ok(Self {
            before: before.flatten().transpose()?,
            after: after.flatten().transpose()?,
            rows,
        })
    }
}
