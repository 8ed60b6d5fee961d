//! What a statement is given as a whole: any number of rows or of names.
//!
//! They are kept by column, so that a batch of orders makes a few long texts and not a thousand short ones.
//! sqlx's `Any` driver takes them as JSON in one parameter, the pipelined connection as an array for each
//! column. SQLite's own connection takes them as JSON, too, but what is inserted row by row.

use std::{collections::BTreeMap, iter};

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

use super::{Column, Dialect};

/// Texts of one column, one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    all: String,
    /// Where each ends, and whether it is there at all.
    ends: Vec<(usize, Presence)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    There,
    Null,
}

impl Texts {
    fn push(&mut self, text: Option<&str>) {
        self.all.push_str(text.unwrap_or_default());
        let presence = match text {
            Some(_) => Presence::There,
            None => Presence::Null,
        };
        self.ends.push((self.all.len(), presence));
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        let begins = iter::once(0).chain(self.ends.iter().map(|(end, _)| *end));
        let ends = self.ends.iter();
        begins.zip(ends).map(move |(begin, (end, presence))| {
            let text = self.all.get(begin..*end)?;
            (*presence == Presence::There).then_some(text)
        })
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut all = Self::default();
        for text in texts {
            all.push(Some(text.as_ref()));
        }
        all
    }
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// The values of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cells {
    Text(Texts),
    Int(Vec<Option<i64>>),
}

impl Cells {
    fn len(&self) -> usize {
        match self {
            Self::Text(texts) => texts.len(),
            Self::Int(ints) => ints.len(),
        }
    }
}

/// Rows that a statement is given: all columns are equally long.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    columns: Vec<(&'static str, Cells)>,
}

impl Rows {
    pub fn text<T: AsRef<str>>(
        &mut self,
        name: &'static str,
        texts: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        let texts = texts.into_iter().collect();
        self.column(name, Cells::Text(texts))
    }

    pub fn maybe_text<T: AsRef<str>>(
        &mut self,
        name: &'static str,
        texts: impl IntoIterator<Item = Option<T>>,
    ) -> &mut Self {
        let mut all = Texts::default();
        for text in texts {
            all.push(text.as_ref().map(AsRef::as_ref));
        }
        self.column(name, Cells::Text(all))
    }

    pub fn int(&mut self, name: &'static str, ints: impl IntoIterator<Item = i64>) -> &mut Self {
        self.maybe_int(name, ints.into_iter().map(Some))
    }

    pub fn maybe_int(
        &mut self,
        name: &'static str,
        ints: impl IntoIterator<Item = Option<i64>>,
    ) -> &mut Self {
        self.column(name, Cells::Int(ints.into_iter().collect()))
    }

    fn column(&mut self, name: &'static str, cells: Cells) -> &mut Self {
        debug_assert!(
            self.columns.is_empty() || cells.len() == self.len(),
            "{name} is as long as the columns before"
        );
        self.columns.push((name, cells));
        self
    }

    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |(_, cells)| cells.len())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The names of its columns, as a statement lists them.
    pub fn names(&self) -> String {
        let names = self.columns.iter().map(|(name, _)| *name);
        names.collect::<Vec<_>>().join(", ")
    }

    /// Hands out its rows one after another, each with its cells in the order of the columns.
    pub(super) fn each<E>(
        &self,
        mut take: impl FnMut(&[Option<Cell<'_>>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let columns = self.columns.iter();
        let mut columns: Vec<Walk<'_>> = columns.map(|(_, cells)| Walk::new(cells)).collect();
        let mut row = Vec::with_capacity(columns.len());
        for _ in 0..self.len() {
            row.clear();
            row.extend(columns.iter_mut().map(Walk::next));
            take(&row)?;
        }
        Ok(())
    }
}

/// As an array of objects. What is not there is left out.
impl Serialize for Rows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut columns: Vec<_> = self
            .columns
            .iter()
            .map(|(name, cells)| (*name, Walk::new(cells)))
            .collect();
        let mut rows = serializer.serialize_seq(Some(self.len()))?;
        for _ in 0..self.len() {
            let row: Vec<(&str, Option<Cell<'_>>)> = columns
                .iter_mut()
                .map(|(name, walk)| (*name, walk.next()))
                .collect();
            rows.serialize_element(&OneRow(&row))?;
        }
        rows.end()
    }
}

pub(super) enum Cell<'a> {
    Text(&'a str),
    Int(i64),
}

/// Goes down a column.
enum Walk<'a> {
    Texts(Box<dyn Iterator<Item = Option<&'a str>> + 'a>),
    Ints(std::slice::Iter<'a, Option<i64>>),
}

impl<'a> Walk<'a> {
    fn new(cells: &'a Cells) -> Self {
        match cells {
            Cells::Text(texts) => Self::Texts(Box::new(texts.iter())),
            Cells::Int(ints) => Self::Ints(ints.iter()),
        }
    }

    fn next(&mut self) -> Option<Cell<'a>> {
        match self {
            Self::Texts(texts) => texts.next().flatten().map(Cell::Text),
            Self::Ints(ints) => ints.next().copied().flatten().map(Cell::Int),
        }
    }
}

struct OneRow<'a>(&'a [(&'a str, Option<Cell<'a>>)]);

impl Serialize for OneRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_map(None)?;
        for (name, cell) in self.0 {
            match cell {
                Some(Cell::Text(text)) => row.serialize_entry(name, text)?,
                Some(Cell::Int(int)) => row.serialize_entry(name, int)?,
                None => {}
            }
        }
        row.end()
    }
}

/// What a statement is given, and where in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub at: usize,
    pub dialect: Dialect,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A table.
    Rows(Rows),
    /// What is inserted.
    Inserted(Rows),
    /// What a column is compared with.
    Among(Texts),
    /// What names stand for.
    Named { names: Texts, meant: Texts },
}

impl Given {
    /// The text for it with its one parameter, JSON.
    pub fn json(&self, parameter: usize) -> serde_json::Result<(String, String)> {
        let table = |rows: &Rows| {
            let kind = |cells: &Cells| match cells {
                Cells::Text(_) => Column::Text,
                Cells::Int(_) => Column::Int,
            };
            let columns: Vec<(&str, Column)> = rows
                .columns
                .iter()
                .map(|(name, cells)| (*name, kind(cells)))
                .collect();
            self.dialect.rows(parameter, &columns)
        };
        Ok(match &self.what {
            What::Rows(rows) => (table(rows), serde_json::to_string(rows)?),
            What::Inserted(rows) => (
                selected(&rows.names(), &table(rows)),
                serde_json::to_string(rows)?,
            ),
            What::Among(names) => (
                self.dialect.in_json_array(parameter),
                serde_json::to_string(names)?,
            ),
            What::Named { names, meant } => {
                let named: BTreeMap<_, _> = names.iter().flatten().zip(meant.iter()).collect();
                (
                    format!("(SELECT CAST(${parameter} AS jsonb))"),
                    serde_json::to_string(&named)?,
                )
            }
        })
    }

    /// The text for it on Postgres with its parameters, an array for each column; the first has this number.
    pub fn into_arrays(self, first: usize) -> (String, Vec<Cells>) {
        let table = |rows: &Rows| {
            let parameters = parameters(first, rows.columns.len());
            let names = rows.names();
            format!("(SELECT * FROM unnest({parameters}) AS r({names}))")
        };
        let arrays = |rows: Rows| rows.columns.into_iter().map(|(_, cells)| cells).collect();
        match self.what {
            What::Rows(rows) => (table(&rows), arrays(rows)),
            What::Inserted(rows) => (selected(&rows.names(), &table(&rows)), arrays(rows)),
            What::Among(names) => (format!(" = ANY (${first})"), vec![Cells::Text(names)]),
            What::Named { names, meant } => (
                format!("(SELECT jsonb_object({}))", parameters(first, 2)),
                vec![Cells::Text(names), Cells::Text(meant)],
            ),
        }
    }
}

/// Rows for an insert.
fn selected(names: &str, table: &str) -> String {
    format!("SELECT {names} FROM {table} AS given WHERE true")
}

/// One row for an insert; its first parameter has this number.
pub(super) fn one_row(first: usize, rows: &Rows) -> String {
    format!("VALUES ({})", parameters(first, rows.columns.len()))
}

fn parameters(first: usize, count: usize) -> String {
    let parameters = (first..first + count).map(|parameter| format!("${parameter}"));
    parameters.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Rows {
        let mut rows = Rows::default();
        rows.text("id", ["a", "", "ü"])
            .maybe_text("note", [None, Some("said \"so\""), Some("")])
            .int("units", [1, 2, -3])
            .maybe_int("until", [None, Some(4), None]);
        rows
    }

    #[test]
    fn rows_are_told_by_row_as_json_without_what_is_not_there() {
        let json = r#"[{"id":"a","units":1},{"id":"","note":"said \"so\"","units":2,"until":4},"#;
        let json = format!("{json}{}", r#"{"id":"ü","note":"","units":-3}]"#);
        assert_eq!(serde_json::to_string(&rows()).unwrap(), json);
    }

    #[test]
    fn rows_are_told_by_column_as_arrays() {
        let given = Given {
            at: 0,
            dialect: Dialect::Postgres,
            what: What::Rows(rows()),
        };
        let (text, arrays) = given.into_arrays(3);
        assert_eq!(
            text,
            "(SELECT * FROM unnest($3, $4, $5, $6) AS r(id, note, units, until))"
        );
        assert_eq!(arrays.len(), 4);
        let Cells::Text(notes) = &arrays[1] else {
            panic!("notes are texts");
        };
        let notes: Vec<Option<&str>> = notes.iter().collect();
        assert_eq!(notes, [None, Some("said \"so\""), Some("")]);
    }

    #[test]
    fn what_names_stand_for_is_told_as_two_arrays_or_as_one_object() {
        let given = Given {
            at: 0,
            dialect: Dialect::Postgres,
            what: What::Named {
                names: ["b", "a"].into_iter().collect(),
                meant: ["2", "\"1\""].into_iter().collect(),
            },
        };
        let (text, json) = given.json(2).unwrap();
        assert_eq!(text, "(SELECT CAST($2 AS jsonb))");
        assert_eq!(json, r#"{"a":"\"1\"","b":"2"}"#);
        let (text, arrays) = given.into_arrays(3);
        assert_eq!(text, "(SELECT jsonb_object($3, $4))");
        assert_eq!(arrays.len(), 2);
    }
}
