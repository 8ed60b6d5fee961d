//! CSV as spreadsheets write it: a byte order mark or none, lines ended in any way, and commas, semicolons or tabs between
//! cells.

mod cells;
mod records;
mod table;

pub use records::{RecordError, Records};
pub use table::{Column, Fault, Table, TableError, TableRow};
