//! What a file says is in a drop: a row for each variant, by its SKU.

use std::collections::BTreeSet;

use app::{
    drops::types::MAX_LINES,
    error::{ShopError, ShopResult},
    locale::locale,
};

use super::text::Text;
use crate::text::csv::{Column, Table, TableError};

/// Of the file, in bytes: longer ones have other columns than these, or more rows than are taken.
pub const MAX_BYTES: usize = 256 * 1024;
/// What is wrong is told of so many rows at once.
const TOLD: usize = 5;

/// A row, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// In the file.
    pub line: u64,
    pub sku: String,
    /// Empty: what it costs anyway.
    pub price: String,
    /// Empty: what is on the shelf.
    pub units: String,
    /// Empty: any number.
    pub limit: String,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    pub line: u64,
    pub what: String,
}

pub fn said() -> Text {
    Text::from(locale())
}

/// All that is wrong with some rows; there is at least one.
pub fn refused(wrong: &[RowError]) -> ShopError {
    let told = wrong.iter().take(TOLD);
    let told = told.map(|one| said().in_line(&one.line.to_string(), &one.what));
    ShopError::field("file", told.collect::<Vec<_>>().join(" "))
}

fn too_large() -> ShopError {
    ShopError::field("file", said().file_too_large(&MAX_LINES.to_string()))
}

fn unreadable(error: TableError) -> ShopError {
    let words = match error {
        TableError::TooLong => return too_large(),
        TableError::Empty | TableError::Missing { .. } => said().no_file().to_owned(),
        TableError::Faulty(fault) => fault.message().words(locale()),
    };
    ShopError::field("file", words)
}

/// Rows without anything in the columns of a drop are left out.
pub fn read(bytes: &[u8]) -> ShopResult<Vec<Row>> {
    let mut table = Table::open(bytes, MAX_BYTES).map_err(unreadable)?;
    let column = |name: &str| table.column(name).map_err(unreadable);
    let [price, units, limit] = [column("price")?, column("units")?, column("limit")?];
    let sku = table.needed("SKU").map_err(unreadable)?;
    let (mut rows, mut wrong): (Vec<Row>, Vec<RowError>) = (Vec::new(), Vec::new());
    let mut known = BTreeSet::new();
    while let Some(read) = table.next_row().map_err(unreadable)? {
        let cell = |column: Option<Column>| read.cell(column).trim().to_owned();
        let row = Row {
            line: read.line,
            sku: cell(Some(sku)),
            price: cell(price),
            units: cell(units),
            limit: cell(limit),
        };
        let cells = [&row.sku, &row.price, &row.units, &row.limit];
        if cells.into_iter().all(String::is_empty) {
            continue;
        }
        // Postgres takes no NUL in a text.
        let what = match row.sku.as_str() {
            "" => Some(said().no_sku().to_owned()),
            sku if sku.contains('\0') => Some(said().no_sku().to_owned()),
            sku if !known.insert(sku.to_owned()) => Some(said().sku_twice(sku)),
            _ => None,
        };
        let line = row.line;
        wrong.extend(what.map(|what| RowError { line, what }));
        rows.push(row);
        if rows.len() > MAX_LINES {
            return Err(too_large());
        }
    }
    match (rows.is_empty(), wrong.is_empty()) {
        (_, false) => Err(refused(&wrong)),
        (true, true) => Err(ShopError::field("file", said().file_empty())),
        (false, true) => Ok(rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(file: &str) -> String {
        let refused = read(file.as_bytes()).unwrap_err();
        refused.fields[0].message.clone()
    }

    #[test]
    fn columns_are_found_by_name_and_empty_rows_left_out() {
        let file = "\u{feff}Units;SKU;Colour;Price\r\n5; R-1 ;red;19,90\r\n;;;\r\n;R-2;;\r\n";
        let rows = read(file.as_bytes()).unwrap();
        let cells: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    row.line,
                    row.sku.as_str(),
                    row.units.as_str(),
                    row.price.as_str(),
                )
            })
            .collect();
        assert_eq!(cells, [(2, "R-1", "5", "19,90"), (4, "R-2", "", "")]);
        assert!(rows.iter().all(|row| row.limit.is_empty()));
        for file in ["sku,limit\nR,2\n", "sku\tlimit\nR\t2\n"] {
            assert_eq!(read(file.as_bytes()).unwrap()[0].limit, "2");
        }
        assert_eq!(read(b"sku\nR-1\n").unwrap().len(), 1);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        assert!(wrong("name\nx\n").contains("SKU"));
        assert!(wrong("sku\n").contains("no variant"));
        let several = wrong("sku,units\nR,1\n,2\nR,3\n");
        assert!(
            several.contains("Line 3") && several.contains("Line 4"),
            "{several}"
        );
        assert!(wrong("sku\nR\0\n").contains("Line 2"));
        assert!(wrong(&format!("sku\n{}", "a".repeat(MAX_BYTES))).contains("too large"));
        let many: String = (0..=MAX_LINES).map(|at| format!("R-{at}\n")).collect();
        assert!(wrong(&format!("sku\n{many}")).contains("200"));
        let unreadable = read(b"sku,units\nR,1\nS,\xff\n").unwrap_err();
        let words = &unreadable.fields[0].message;
        assert!(
            words.contains("line 3") && words.contains("\"units\""),
            "{words}"
        );
        assert!(wrong("sku,units,Units\nR,1,2\n").contains("\"Units\" is there twice"));
    }
}
