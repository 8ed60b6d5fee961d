//! The line of a file that a place in it is on, for those who look for it there.
//!
//! A CSV reader tells the byte at which a record begins. Its own count of lines is one behind where they end with `\r\n`,
//! and does not count empty ones.

/// Counts on from the last place that was asked about.
pub struct LineCounter<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            line: 1,
        }
    }

    /// The line, from 1, of what comes at this byte or, after ends of lines, behind it. No byte is before the last one.
    pub fn line_at(&mut self, byte: u64) -> u64 {
        let is_end = |at: &usize| matches!(self.bytes.get(*at), Some(b'\r' | b'\n'));
        let begin = usize::try_from(byte).unwrap_or(usize::MAX).max(self.at);
        let begin = begin.min(self.bytes.len());
        let behind = begin + (begin..).take_while(is_end).count();
        let ends_line = |at: &usize| match self.bytes[*at] {
            b'\n' => true,
            b'\r' => self.bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        self.line += (self.at..behind).filter(ends_line).count() as u64;
        self.at = behind;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_record_is_the_one_an_editor_shows() {
        for end in ["\n", "\r\n", "\r"] {
            let file = ["sku,text", "a,1", "", "b,\"two", "lines\"", "c,3", ""].join(end);
            let mut csv = ::csv::ReaderBuilder::new().from_reader(file.as_bytes());
            let mut lines = LineCounter::new(file.as_bytes());
            let records = csv.records().map(|record| record.expect("it is a table"));
            let found: Vec<_> = records
                .map(|record| {
                    let begin = record.position().expect("it was read").byte();
                    (lines.line_at(begin), record[0].to_owned())
                })
                .collect();
            let named = [(2, "a"), (4, "b"), (6, "c")].map(|(line, sku)| (line, sku.to_owned()));
            assert_eq!(found, named, "{end:?}");
        }
    }
}
