//! Rows of raw cells with the line each starts on.

use std::{
    fmt,
    io::{self, BufRead, BufReader, Chain, Cursor, Read},
};

use ::csv::{ByteRecord, ReaderBuilder};
use app::locale::Locale;
use desk::admin::jobs::told::Message;

use super::cells::Header;

/// So much of a header is looked at to find out what is between its cells.
const MAX_HEADER_BYTES: usize = 64 * 1024;
/// No row may be longer, so that a quote that never closes cannot pull a whole file into memory.
const MAX_ROW_BYTES: u64 = 4 * 1024 * 1024;

/// Follows the last line. A row that holds more than the mark itself began in a quote that never
/// closed: the csv crate alone would take the rest of the file for a cell.
const END_MARK: &[u8] = b"\n\0";

/// Why a file cannot be read any further.
#[derive(Debug)]
pub enum RecordError {
    UnclosedQuote { line: u64 },
    RowTooLong { line: u64 },
    Io { line: u64, source: io::Error },
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().words(Locale::En))
    }
}

impl std::error::Error for RecordError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::UnclosedQuote { .. } | Self::RowTooLong { .. } => None,
        }
    }
}

impl RecordError {
    pub fn message(&self) -> Message {
        match self {
            Self::UnclosedQuote { .. } => Message::UnclosedQuote,
            Self::RowTooLong { .. } => Message::RowTooLong,
            Self::Io { source, .. } => Message::Unreadable {
                error: source.to_string(),
            },
        }
    }

    /// The line the trouble starts on.
    pub fn line(&self) -> u64 {
        match self {
            Self::UnclosedQuote { line } | Self::RowTooLong { line } | Self::Io { line, .. } => {
                *line
            }
        }
    }
}

/// Ends every line in `\n` and puts [`END_MARK`] at the end.
///
/// With one kind of line end, a row's first line can be told from where the csv crate is after
/// it; with `\r\n` it is in the middle of the line end.
struct Source<R> {
    input: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    after_cr: bool,
    given: u64,
    allowed: u64,
    overran: bool,
    ended_at: Option<u64>,
    rest: &'static [u8],
}

/// What a file begins with, without its mark and as far as its header, and what is between the cells there.
fn beginning(input: &mut impl Read) -> io::Result<(Vec<u8>, u8)> {
    let mut start = Vec::new();
    input.by_ref().take(3).read_to_end(&mut start)?;
    if start == b"\xef\xbb\xbf" {
        start.clear();
    }
    let mut header = Header::new();
    header.take(&start);
    let mut piece = [0; 4096];
    while !header.has_ended() && start.len() < MAX_HEADER_BYTES {
        match input.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => {
                header.take(&piece[..count]);
                start.extend_from_slice(&piece[..count]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok((start, header.delimiter()))
}

impl<R: Read> Source<R> {
    /// The rest of a file behind its beginning.
    fn new(start: Vec<u8>, input: R) -> Self {
        Self {
            input: BufReader::with_capacity(32 * 1024, Cursor::new(start).chain(input)),
            after_cr: false,
            given: 0,
            allowed: MAX_ROW_BYTES,
            overran: false,
            ended_at: None,
            rest: END_MARK,
        }
    }

    fn give(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let chunk = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                chunk => chunk?,
            };
            if chunk.is_empty() {
                self.ended_at.get_or_insert(self.given);
                return self.rest.read(out);
            }
            let (mut taken, mut written) = (0, 0);
            for &byte in chunk {
                if written == out.len() {
                    break;
                }
                taken += 1;
                let second_half = byte == b'\n' && self.after_cr;
                self.after_cr = byte == b'\r';
                if !second_half {
                    out[written] = if byte == b'\r' { b'\n' } else { byte };
                    written += 1;
                }
            }
            self.input.consume(taken);
            if written > 0 {
                return Ok(written);
            }
        }
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given >= self.allowed {
            self.overran = true;
            return Err(io::Error::other("row too long"));
        }
        let given = self.give(out)?;
        self.given += given as u64;
        Ok(given)
    }
}

/// The rows of a file, header included; empty lines are left out.
pub struct Records<R> {
    csv: ::csv::Reader<Source<R>>,
    record: ByteRecord,
}

impl<R: Read> Records<R> {
    pub fn new(mut input: R) -> Result<Self, RecordError> {
        let begun = beginning(&mut input);
        let (start, delimiter) = begun.map_err(|source| RecordError::Io { line: 1, source })?;
        let csv = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(Source::new(start, input));
        Ok(Self {
            csv,
            record: ByteRecord::new(),
        })
    }

    /// The next row and the line it starts on. After an error there is nothing more to be had.
    pub fn next_row(&mut self) -> Result<Option<(u64, &ByteRecord)>, RecordError> {
        let (before, start) = (self.csv.position().line(), self.csv.position().byte());
        self.csv.get_mut().allowed = start + MAX_ROW_BYTES;
        match self.csv.read_byte_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return Ok(None),
            Err(_) if self.csv.get_ref().overran => {
                return Err(RecordError::RowTooLong { line: before });
            }
            Err(error) => {
                return Err(RecordError::Io {
                    line: before,
                    source: error.into(),
                });
            }
        }
        let cells = self.record.as_slice();
        let inner_breaks = cells.iter().filter(|&&byte| byte == b'\n').count() as u64;
        let after = self.csv.position();
        let past_the_end = self
            .csv
            .get_ref()
            .ended_at
            .is_some_and(|end| after.byte() > end + 1);
        if !past_the_end {
            return Ok(Some((after.line() - 1 - inner_breaks, &self.record)));
        }
        if cells == &END_MARK[1..] {
            return Ok(None);
        }
        Err(RecordError::UnclosedQuote {
            line: after.line() - inner_breaks,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{RecordError, Records};

    fn all(input: impl Read) -> (Vec<(u64, Vec<String>)>, Option<RecordError>) {
        let mut records = Records::new(input).unwrap();
        let mut rows = Vec::new();
        loop {
            match records.next_row() {
                Ok(None) => return (rows, None),
                Err(error) => return (rows, Some(error)),
                Ok(Some((line, record))) => rows.push((
                    line,
                    record
                        .iter()
                        .map(|cell| String::from_utf8_lossy(cell).into_owned())
                        .collect(),
                )),
            }
        }
    }

    fn lines(text: &str) -> Vec<u64> {
        let (rows, error) = all(text.as_bytes());
        assert!(error.is_none(), "{error:?}");
        rows.into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn a_row_has_the_line_it_starts_on_whatever_the_line_ends() {
        assert_eq!(lines("a\nb\n\n\nc"), [1, 2, 5]);
        assert_eq!(lines("a\r\nb\r\n\r\n\r\nc\r\n"), [1, 2, 5]);
        assert_eq!(lines("a\rb\r\rc"), [1, 2, 4]);
        assert_eq!(lines("\n\na,\"x\ny\r\nz\"\nb\n"), [3, 6]);
        assert_eq!(lines("a,\"x\ny\",\"\n\"\r\nb"), [1, 4]);
        assert_eq!(lines(""), [0; 0]);
        assert_eq!(lines("\r\n\n"), [0; 0]);
    }

    /// Hands out one byte at a time, as a slow connection may.
    struct Trickle<'a>(&'a [u8]);

    impl Read for Trickle<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let one = out.len().min(1);
            self.0.read(&mut out[..one])
        }
    }

    #[test]
    fn how_the_bytes_arrive_does_not_matter() {
        let text = b"\xef\xbb\xbf\"a\",b\r\nc,\"d\r\ne\"\r\n";
        assert_eq!(all(&text[..]).0, all(Trickle(text)).0);
        assert_eq!(all(&text[..]).0[0].1, ["a", "b"]);
        assert_eq!(all(&text[..]).0[1], (2, vec!["c".into(), "d\ne".into()]));
    }

    #[test]
    fn commas_semicolons_or_tabs_are_between_cells() {
        for sign in [",", ";", "\t"] {
            let file = ["\u{feff}\r\nsku,price", "\"a,", "b\",1", ",2"].join("\r\n");
            let file = file.replace(',', sign);
            let [read, trickled] = [all(file.as_bytes()), all(Trickle(file.as_bytes()))];
            assert!(read.1.is_none(), "{:?}", read.1);
            assert_eq!(read.0, trickled.0, "{sign:?}");
            let cell = format!("a{sign}\nb");
            let expected = [
                (2, ["sku", "price"]),
                (3, [cell.as_str(), "1"]),
                (5, ["", "2"]),
            ];
            let expected = expected.map(|(line, cells)| (line, cells.map(str::to_owned).to_vec()));
            assert_eq!(read.0, expected, "{sign:?}");
        }
    }

    #[test]
    fn an_unclosed_quote_is_an_error_on_its_row_and_not_a_long_cell() {
        for (text, at) in [
            ("a,b\nc,\"d\ne,f\ng", 2),
            ("a\n\r\n\"", 3),
            ("\"a\n\"\"", 1),
            ("a,\"b\n", 1),
        ] {
            let (_, error) = all(text.as_bytes());
            let Some(RecordError::UnclosedQuote { line }) = error else {
                panic!("{text:?}: {error:?}");
            };
            assert_eq!(line, at, "{text:?}");
        }
        assert_eq!(lines("a,\"b\""), [1]);
        assert_eq!(lines("5\" pipe,x\n\0\n\0"), [1, 2, 3]);
    }

    #[test]
    fn an_unclosed_quote_does_not_pull_the_file_into_memory() {
        let endless = std::io::repeat(b'x');
        let (rows, error) = all(b"a\nb\n\"".chain(endless));
        assert_eq!(rows.len(), 2);
        assert!(matches!(error, Some(RecordError::RowTooLong { line: 3 })));
    }

    #[test]
    fn a_failing_source_is_an_error_and_not_the_end() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("gone"))
            }
        }
        let (_, error) = all(b"abc\nd".chain(Broken));
        assert!(matches!(error, Some(RecordError::Io { .. })), "{error:?}");
    }
}
