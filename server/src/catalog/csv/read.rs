//! Products out of a file, one after another.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, RandomState};
use std::io::Read;
use std::sync::Arc;

use super::columns::{Columns, HeaderError};
use super::draft::Draft;
use super::record::{BadRow, ProductRecord};
use super::row::Row;
use super::source::{RecordError, Records};

/// What the rows of one handle came to.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one is alive at a time")]
pub enum Entry {
    Product(ProductRecord),
    /// All that is wrong with the rows of one handle; its product is left out.
    Bad(Vec<BadRow>),
}

/// What earlier rows have used up. Hashes do: with a million of them, the chance that a new one is
/// taken for an old one is below one in ten million, and a text would need ten times the memory.
pub(super) struct Seen {
    hasher: RandomState,
    handles: HashSet<u64>,
    skus: HashSet<u64>,
}

impl Seen {
    /// Whether the handle is new.
    pub(super) fn add_handle(&mut self, handle: &str) -> bool {
        self.handles.insert(self.hash(handle))
    }

    /// Whether the SKU is new.
    pub(super) fn add_sku(&mut self, sku: &str) -> bool {
        self.skus.insert(self.hash(sku))
    }

    fn hash(&self, text: impl Hash) -> u64 {
        self.hasher.hash_one(text)
    }
}

/// Iterates over a file's products; holds one product's rows in memory at a time.
pub struct Reader<R> {
    records: Records<R>,
    columns: Arc<Columns>,
    digits: u32,
    seen: Seen,
    draft: Option<Draft>,
    rows_read: u64,
    ended: bool,
}

/// Starts to read a product file whose prices have at most `currency_digits` decimals.
pub fn read<R: Read>(input: R, currency_digits: u32) -> Result<Reader<R>, HeaderError> {
    let mut records = Records::new(input)?;
    let (_, header) = records.next()?.ok_or(HeaderError::Empty)?;
    let columns = Arc::new(Columns::from_header(header)?);
    Ok(Reader {
        records,
        columns,
        digits: currency_digits,
        seen: Seen {
            hasher: RandomState::new(),
            handles: HashSet::new(),
            skus: HashSet::new(),
        },
        draft: None,
        rows_read: 0,
        ended: false,
    })
}

impl<R: Read> Reader<R> {
    /// How many rows were read so far, without the header and empty rows.
    pub fn rows_read(&self) -> u64 {
        self.rows_read
    }

    fn next_row(&mut self) -> Result<Option<Row>, RecordError> {
        while let Some((line, record)) = self.records.next()? {
            if let Some(row) = Row::new(line, record, &self.columns) {
                self.rows_read += 1;
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while !self.ended {
            let row = match self.next_row() {
                Ok(Some(row)) => row,
                Ok(None) => {
                    self.ended = true;
                    break;
                }
                Err(error) => {
                    self.ended = true;
                    return Some(broken_off(self.draft.take(), &error));
                }
            };
            match &mut self.draft {
                Some(draft) if draft.continues_with(&row) => draft.add(row, &mut self.seen),
                draft => {
                    let next = Draft::start(row, &mut self.seen, self.digits);
                    if let Some(finished) = draft.replace(next) {
                        return Some(finished.finish());
                    }
                }
            }
        }
        self.draft.take().map(Draft::finish)
    }
}

fn broken_off(draft: Option<Draft>, error: &RecordError) -> Entry {
    let cause = BadRow {
        line: error.line(),
        column: String::new(),
        reason: error.to_string(),
    };
    match draft {
        Some(draft) => draft.abandon(cause),
        None => Entry::Bad(vec![cause]),
    }
}
