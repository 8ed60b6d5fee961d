//! Rows of SQLite's own connection.

use std::{ops::Range, sync::Arc};

use rusqlite::types::ValueRef;

use crate::{
    db::Columns,
    error::{Error, Result},
};

/// What a statement answered: its texts one behind the other, its cells row by row.
#[derive(Default)]
pub(super) struct Table {
    columns: Vec<String>,
    cells: Vec<Cell>,
    texts: String,
}

enum Cell {
    Null,
    Int(i64),
    Text(Range<usize>),
    /// What no column of the shop holds.
    Other,
}

impl Table {
    pub fn of(columns: Vec<String>) -> Self {
        Self {
            columns,
            ..Self::default()
        }
    }

    pub fn put(&mut self, value: ValueRef<'_>) {
        let cell = match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(int) => Cell::Int(int),
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => {
                    let begin = self.texts.len();
                    self.texts.push_str(text);
                    Cell::Text(begin..self.texts.len())
                }
                Err(_) => Cell::Other,
            },
            ValueRef::Real(_) | ValueRef::Blob(_) => Cell::Other,
        };
        self.cells.push(cell);
    }

    pub fn into_rows(self) -> Vec<Row> {
        let width = self.columns.len().max(1);
        let table = Arc::new(self);
        let firsts = (0..table.cells.len()).step_by(width);
        firsts
            .map(|first| Row {
                table: table.clone(),
                first,
            })
            .collect()
    }
}

/// A row of what a statement answered.
pub struct Row {
    table: Arc<Table>,
    /// Where its cells begin.
    first: usize,
}

impl Row {
    fn cell(&self, column: &str) -> Result<&Cell> {
        let at = self.table.columns.iter().position(|one| one == column);
        let cell = at.and_then(|at| self.table.cells.get(self.first + at));
        cell.ok_or_else(|| Error::Database(sqlx::Error::ColumnNotFound(column.to_owned())))
    }
}

impl Columns for Row {
    fn text_in(&self, column: &str) -> Result<Option<String>> {
        match self.cell(column)? {
            Cell::Null => Ok(None),
            Cell::Text(at) => Ok(self.table.texts.get(at.clone()).map(str::to_owned)),
            Cell::Int(_) | Cell::Other => Err(unread(column, "it is no text")),
        }
    }

    fn int_in(&self, column: &str) -> Result<Option<i64>> {
        match self.cell(column)? {
            Cell::Null => Ok(None),
            Cell::Int(int) => Ok(Some(*int)),
            Cell::Text(_) | Cell::Other => Err(unread(column, "it is no whole number")),
        }
    }

    fn names(&self) -> Vec<&str> {
        self.table.columns.iter().map(String::as_str).collect()
    }
}

fn unread(column: &str, why: &'static str) -> Error {
    Error::Database(sqlx::Error::ColumnDecode {
        index: format!("{column:?}"),
        source: why.into(),
    })
}
