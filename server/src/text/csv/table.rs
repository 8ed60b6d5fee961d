//! A table of columns that are found by their names, in any order. Other columns say nothing.

use desk::admin::jobs::told::Message;

use super::records::{RecordError, Records};

/// Why a file is no such table.
#[derive(Debug)]
pub enum TableError {
    /// It has more bytes than are taken.
    TooLong,
    Empty,
    Missing {
        name: &'static str,
    },
    Faulty(Fault),
}

/// What is wrong with a table.
#[derive(Debug)]
pub enum Fault {
    Twice {
        name: String,
    },
    NotUtf8 {
        line: u64,
        /// Its name, or its number from 1 where it has none.
        column: String,
    },
    Unreadable(RecordError),
}

impl Fault {
    pub fn message(&self) -> Message {
        let at_line = |line: u64, why: Message| Message::AtLine {
            line,
            why: Box::new(why),
        };
        let why = match self {
            Self::Twice { name } => Message::ColumnTwice { name: name.clone() },
            Self::NotUtf8 { line, column } => {
                let in_column = Message::InColumn {
                    name: column.clone(),
                    why: Box::new(Message::NotUtf8),
                };
                at_line(*line, in_column)
            }
            Self::Unreadable(error) => at_line(error.line(), error.message()),
        };
        Message::FileUnreadable { why: Box::new(why) }
    }
}

impl From<RecordError> for TableError {
    fn from(error: RecordError) -> Self {
        Self::Faulty(Fault::Unreadable(error))
    }
}

/// The place of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column(usize);

pub struct Table<'a> {
    header: Vec<String>,
    records: Records<&'a [u8]>,
}

/// A row below the header.
#[derive(Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Where it begins in the file, from 1.
    pub line: u64,
    cells: Vec<String>,
}

impl TableRow {
    /// As it was written; empty where the row is shorter, or where there is no such column.
    pub fn cell(&self, column: impl Into<Option<Column>>) -> &str {
        let column: Option<Column> = column.into();
        let cell = column.and_then(|Column(place)| self.cells.get(place));
        cell.map_or("", String::as_str)
    }
}

impl<'a> Table<'a> {
    /// Of up to so many bytes.
    pub fn open(bytes: &'a [u8], most: usize) -> Result<Self, TableError> {
        if bytes.len() > most {
            return Err(TableError::TooLong);
        }
        let mut table = Self {
            header: Vec::new(),
            records: Records::new(bytes)?,
        };
        let header = table.next_row()?.ok_or(TableError::Empty)?;
        let names = header.cells.iter();
        table.header = names.map(|name| name.trim().to_owned()).collect();
        Ok(table)
    }

    /// The column of this name in letters of either case, if there is one.
    pub fn column(&self, name: &str) -> Result<Option<Column>, TableError> {
        let columns = self.header.iter().enumerate();
        let mut named = columns.filter(|(_, one)| one.eq_ignore_ascii_case(name));
        let first = named.next();
        match named.next() {
            Some((_, again)) => Err(TableError::Faulty(Fault::Twice {
                name: again.clone(),
            })),
            None => Ok(first.map(|(place, _)| Column(place))),
        }
    }

    /// A column that has to be there.
    pub fn needed(&self, name: &'static str) -> Result<Column, TableError> {
        self.column(name)?.ok_or(TableError::Missing { name })
    }

    /// After an error there is nothing more to be had.
    pub fn next_row(&mut self) -> Result<Option<TableRow>, TableError> {
        let Some((line, record)) = self.records.next_row()? else {
            return Ok(None);
        };
        let mut cells = Vec::with_capacity(record.len());
        for (place, cell) in record.iter().enumerate() {
            let cell = std::str::from_utf8(cell).map_err(|_| {
                let name = self.header.get(place).filter(|name| !name.is_empty());
                let column = name.map_or_else(|| (place + 1).to_string(), String::clone);
                TableError::Faulty(Fault::NotUtf8 { line, column })
            })?;
            cells.push(cell.to_owned());
        }
        Ok(Some(TableRow { line, cells }))
    }
}

#[cfg(test)]
mod tests {
    use app::locale::Locale;

    use super::*;

    const MOST: usize = 1000;

    /// Line, SKU and units of each row.
    fn read(file: impl AsRef<[u8]>) -> Result<Vec<(u64, String, String)>, TableError> {
        let mut table = Table::open(file.as_ref(), MOST)?;
        let (sku, units) = (table.needed("SKU")?, table.column("units")?);
        let mut rows = Vec::new();
        while let Some(row) = table.next_row()? {
            let cell = |text: &str| text.to_owned();
            rows.push((row.line, cell(row.cell(sku)), cell(row.cell(units))));
        }
        Ok(rows)
    }

    fn rows(file: &str) -> Vec<(u64, String, String)> {
        read(file).expect("it is a table")
    }

    fn row(line: u64, sku: &str, units: &str) -> (u64, String, String) {
        (line, sku.to_owned(), units.to_owned())
    }

    /// What is told of a file that is wrong, in English and in German.
    fn told(file: impl AsRef<[u8]>) -> [String; 2] {
        match read(file).expect_err("it is wrong") {
            TableError::Faulty(fault) => {
                [Locale::En, Locale::De].map(|language| fault.message().words(language))
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_with_any_sign_between_cells() {
        for sign in [",", ";", "\t"] {
            let file = "Units,Colour, sku \n5,red, R-1 \n\"1,5\",,\"R,2\"\n".replace(',', sign);
            let expected = [
                row(2, " R-1 ", "5"),
                row(3, &format!("R{sign}2"), &format!("1{sign}5")),
            ];
            assert_eq!(rows(&file), expected, "{sign:?}");
        }
        assert_eq!(rows("sku\nR-1"), [row(2, "R-1", "")], "one column");
        assert_eq!(rows("units;sku\n1\n"), [row(2, "", "1")], "a short row");
    }

    #[test]
    fn the_line_of_a_row_is_the_one_an_editor_shows() {
        for end in ["\n", "\r\n", "\r"] {
            let lines = [
                "\u{feff}sku,units",
                "a,1",
                "",
                "b,\"two",
                "lines\"",
                "c,3",
                "",
            ];
            let expected = [
                row(2, "a", "1"),
                row(4, "b", "two\nlines"),
                row(6, "c", "3"),
            ];
            assert_eq!(rows(&lines.join(end)), expected, "{end:?}");
        }
    }

    #[test]
    fn a_file_without_the_header_is_no_such_table() {
        for empty in ["", "\u{feff}", "\r\n\r\n"] {
            let refused = read(empty).expect_err("it is empty");
            assert!(matches!(refused, TableError::Empty), "{empty:?}");
        }
        let missing = read("name,units\nRope,1\n").expect_err("there is no SKU");
        assert!(matches!(missing, TableError::Missing { name: "SKU" }));
        assert!(rows("sku,units\n").is_empty());
    }

    #[test]
    fn a_column_that_is_there_twice_is_refused_if_it_says_anything() {
        let told = told("SKU,Units, sku\na,1,b\n");
        assert!(told[0].contains("\"sku\" is there twice"), "{told:?}");
        assert!(told[1].contains("„sku“ gibt es zweimal"), "{told:?}");
        assert_eq!(rows("note,sku,note\nx,a,y\n"), [row(2, "a", "")]);
    }

    #[test]
    fn a_file_that_is_too_long_is_not_looked_at() {
        let long = format!("sku\n{}", "a".repeat(MOST - 4));
        assert_eq!(rows(&long).len(), 1);
        let longer = read(long + "a").expect_err("it is longer");
        assert!(matches!(longer, TableError::TooLong));
    }

    #[test]
    fn what_is_not_utf8_is_told_with_its_line_and_column() {
        let [english, german] = told(b"sku,Units\r\na,1\r\n\r\nb,\xff\r\n");
        assert!(
            english.contains("line 4: column \"Units\" is not UTF-8"),
            "{english}"
        );
        assert!(
            german.contains("Zeile 4: Spalte „Units“ ist kein UTF-8"),
            "{german}"
        );
        assert!(told(b"sku\na,\xff\n")[0].contains("line 2: column \"2\""));
        assert!(told(b"\xff\xfes\0k\0u\0\n")[0].contains("line 1: column \"1\""));
    }

    #[test]
    fn a_quote_that_never_closes_is_told_with_its_line() {
        let [english, _] = told("sku,units\na,1\nb,\"2\nc,3\n");
        assert!(
            english.contains("line 3: the row opens a quote"),
            "{english}"
        );
    }
}
