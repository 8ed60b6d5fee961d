//! A row of a product file: its cells by column, and what is wrong with them.

use std::sync::Arc;

use app::locale::Locale;
use desk::admin::jobs::told::{JobText, Message};

use super::cell::CellError;
use super::columns::{self, COUNT, Column, Columns};
use super::guard;
use super::record::{BadRow, Remark};
use super::said::Said;

pub(super) struct Row {
    pub(super) line: u64,
    columns: Arc<Columns>,
    cells: [String; COUNT],
    /// In the order of `columns.translated`.
    translated: Vec<String>,
    faults: Vec<BadRow>,
    remarks: Vec<Remark>,
}

impl Row {
    /// `None` for a row of empty cells, as spreadsheets leave below a table.
    pub(super) fn new(
        line: u64,
        record: &::csv::ByteRecord,
        columns: &Arc<Columns>,
    ) -> Option<Self> {
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return None;
        }
        let mut row = Self {
            line,
            columns: Arc::clone(columns),
            cells: std::array::from_fn(|_| String::new()),
            translated: Vec::new(),
            faults: Vec::new(),
            remarks: Vec::new(),
        };
        for column in columns::all() {
            let Some(bytes) = columns.place(column).and_then(|place| record.get(place)) else {
                continue;
            };
            let text = String::from_utf8_lossy(bytes);
            row.cells[column as usize] = guard::unguarded(text.trim()).trim().to_owned();
            if std::str::from_utf8(bytes).is_err() {
                row.fault(column, CellError::NotUtf8);
            } else if bytes.contains(&0) {
                row.fault(column, CellError::Nul);
            }
        }
        for column in &columns.translated {
            let bytes = record.get(column.place).unwrap_or_default();
            let text = String::from_utf8_lossy(bytes);
            let text = guard::unguarded(text.trim()).trim().to_owned();
            row.translated.push(text);
            if std::str::from_utf8(bytes).is_err() {
                row.fault_named(&column.name, CellError::NotUtf8);
            } else if bytes.contains(&0) {
                row.fault_named(&column.name, CellError::Nul);
            }
        }
        let extra = (columns.width..record.len()).find(|&place| {
            record
                .get(place)
                .is_some_and(|cell| !cell.trim_ascii().is_empty())
        });
        if let Some(place) = extra {
            row.faults.push(BadRow {
                line,
                column: (place + 1).to_string(),
                reason: Message::WiderThanHeader {
                    width: columns.width,
                }
                .into(),
            });
        }
        Some(row)
    }

    /// The cell's text, trimmed; empty where the file has no such cell.
    pub(super) fn text(&self, column: Column) -> &str {
        &self.cells[column as usize]
    }

    pub(super) fn has(&self, column: Column) -> bool {
        !self.text(column).is_empty()
    }

    pub(super) fn has_any(&self, columns: &[Column]) -> bool {
        columns.iter().any(|&column| self.has(column))
    }

    pub(super) fn file_has(&self, column: Column) -> bool {
        self.columns.place(column).is_some()
    }

    pub(super) fn file_has_any(&self, columns: &[Column]) -> bool {
        columns.iter().any(|&column| self.file_has(column))
    }

    /// The translations there are columns of: language, field, name of the column, text.
    pub(super) fn translated(&self) -> Vec<(Locale, &'static str, String, String)> {
        let both = self.columns.translated.iter().zip(&self.translated);
        both.map(|(column, text)| {
            let name = column.name.clone();
            (column.language, column.field, name, text.clone())
        })
        .collect()
    }

    /// [`Row::fault`] of a column that has a name of its own.
    pub(super) fn fault_named(&mut self, name: &str, reason: impl Into<JobText>) {
        if self.faults.iter().all(|fault| fault.column != name) {
            self.faults.push(BadRow {
                line: self.line,
                column: name.to_owned(),
                reason: reason.into(),
            });
        }
    }

    /// Notes what is wrong with a cell; what else is wrong with the same cell follows from that.
    pub(super) fn fault(&mut self, column: Column, reason: impl Into<JobText>) {
        let name = self.columns.name(column);
        if self.faults.iter().all(|fault| fault.column != name) {
            self.faults.push(self.fault_of(column, reason));
        }
    }

    /// A fault of this row that is kept elsewhere.
    pub(super) fn fault_of(&self, column: Column, reason: impl Into<JobText>) -> BadRow {
        BadRow {
            line: self.line,
            column: self.columns.name(column).to_owned(),
            reason: reason.into(),
        }
    }

    /// What the cell says, or a fault and what an empty cell would say.
    pub(super) fn parse<T: Default>(
        &mut self,
        column: Column,
        parse: impl FnOnce(&str) -> Result<T, CellError>,
    ) -> T {
        match parse(self.text(column)) {
            Ok(value) => value,
            Err(error) => {
                self.fault(column, error);
                T::default()
            }
        }
    }

    /// What the file says in a column: an empty cell, and what [`Row::parse`] makes of it, is
    /// something else than no such column.
    pub(super) fn say<T: Default>(
        &mut self,
        column: Column,
        parse: impl FnOnce(&str) -> Result<T, CellError>,
    ) -> Said<T> {
        match self.file_has(column) {
            true => Said::This(self.parse(column, parse)),
            false => Said::Nothing,
        }
    }

    /// Notes that a cell is taken otherwise than it is written.
    pub(super) fn remark(&mut self, column: Column, words: impl Into<JobText>) {
        self.remarks.push(Remark {
            line: self.line,
            column: self.columns.name(column).to_owned(),
            words: words.into(),
        });
    }

    /// What was found wrong, and what was remarked on.
    pub(super) fn into_found(self) -> (Vec<BadRow>, Vec<Remark>) {
        (self.faults, self.remarks)
    }
}

#[cfg(test)]
mod tests {
    use super::super::number;
    use super::*;

    fn row(cells: &[&[u8]]) -> Option<Row> {
        let header = vec!["Handle", "Title", "Variant Price", "Vendor"];
        let columns = Columns::from_header(&header.into()).unwrap();
        Row::new(7, &cells.to_vec().into(), &Arc::new(columns))
    }

    fn faults(cells: &[&[u8]]) -> Vec<String> {
        let faults = row(cells).unwrap().into_found().0;
        faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_short_row_has_empty_cells_and_a_long_one_of_empty_cells_is_fine() {
        let short = row(&[b"a", b" b "]).unwrap();
        assert_eq!(short.text(Column::Title), "b");
        assert_eq!(short.text(Column::Vendor), "");
        assert!(short.into_found().0.is_empty());
        assert!(faults(&[b"a", b"b", b"1", b"v", b"", b" "]).is_empty());
    }

    #[test]
    fn a_cell_beyond_the_header_is_a_fault() {
        let faults = faults(&[b"a", b"b", b"1", b"v", b"", b"x"]);
        assert_eq!(faults.len(), 1);
        assert!(
            faults[0].starts_with("line 7, column \"6\": the header has only 4"),
            "{faults:?}"
        );
    }

    #[test]
    fn text_that_is_not_utf8_or_has_a_nul_is_a_fault_of_its_column() {
        let bad = faults(&[b"a", b"caf\xe9", b"1", b"a\0b"]);
        assert_eq!(bad.len(), 2);
        assert!(
            bad[0].starts_with("line 7, column \"Title\": is not UTF-8"),
            "{bad:?}"
        );
        assert!(
            bad[1].starts_with("line 7, column \"Vendor\": contains a NUL"),
            "{bad:?}"
        );
    }

    #[test]
    fn one_cell_is_complained_of_once() {
        let mut row = row(&[b"a", b"b", b"\xff"]).unwrap();
        row.parse(Column::Price, |text| number::money(text, 2));
        assert_eq!(row.into_found().0.len(), 1);
    }

    #[test]
    fn an_empty_cell_is_something_else_than_no_column() {
        let mut row = row(&[b"a", b"b", b"1", b""]).unwrap();
        let text = |text: &str| Ok(text.to_owned());
        assert_eq!(row.say(Column::Vendor, text), Said::This(String::new()));
        assert_eq!(row.say(Column::Tags, text), Said::Nothing);
    }

    #[test]
    fn a_row_of_empty_cells_is_no_row() {
        assert!(row(&[b"", b" ", b"\t", b""]).is_none());
        assert!(row(&[b"", b"", b"", b"", b"x"]).is_some());
    }
}
