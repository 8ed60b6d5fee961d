//! What is between the cells of a file.

/// Of several that a header has equally often, the last: the comma.
const SIGNS: [u8; 3] = [b'\t', b';', b','];

/// Reads a file as far as its header, the first line with anything on it, and counts there what may be between cells.
pub(super) struct Header {
    counts: [usize; SIGNS.len()],
    /// The byte that was read last.
    last: u8,
    is_quoted: bool,
    has_begun: bool,
    has_ended: bool,
}

impl Header {
    pub(super) fn new() -> Self {
        Self {
            counts: [0; SIGNS.len()],
            last: b'\n',
            is_quoted: false,
            has_begun: false,
            has_ended: false,
        }
    }

    /// What comes next of the file; behind the header nothing is read.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let is_end = matches!(byte, b'\r' | b'\n') && !self.is_quoted;
            if self.has_ended || (is_end && self.has_begun) {
                self.has_ended = true;
                return;
            }
            self.has_begun |= !is_end;
            if *byte == b'"' {
                self.is_quoted = !self.is_quoted && self.opens_a_quote();
            } else if !self.is_quoted
                && let Some(at) = SIGNS.iter().position(|sign| sign == byte)
            {
                self.counts[at] += 1;
            }
            self.last = *byte;
        }
    }

    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }

    pub(super) fn delimiter(&self) -> u8 {
        let counted = SIGNS.into_iter().zip(self.counts);
        let most = counted.max_by_key(|(_, count)| *count);
        most.map_or(b',', |(sign, _)| sign)
    }

    /// At the beginning of a cell, or as the second of two within a quoted one. Elsewhere it is a letter, as in `12" pipe`.
    fn opens_a_quote(&self) -> bool {
        matches!(self.last, b'\r' | b'\n' | b'"') || SIGNS.contains(&self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::Header;

    fn delimiter(file: &str) -> char {
        let mut header = Header::new();
        header.take(file.as_bytes());
        header.delimiter().into()
    }

    #[test]
    fn what_a_header_has_most_of_is_between_cells() {
        assert_eq!(delimiter("sku,price\n1;2;3\n"), ',');
        assert_eq!(delimiter("sku;price\n1,5;2,5;,,,\n"), ';');
        assert_eq!(delimiter("sku\tprice\r\n1\t2"), '\t');
        assert_eq!(
            delimiter("\r\n\nsku;price\rx,y,z"),
            ';',
            "the first that says anything"
        );
        for file in ["", "\n\n", "sku\n;;;\n", "a,b;c\n"] {
            assert_eq!(delimiter(file), ',', "{file:?}");
        }
    }

    #[test]
    fn what_is_quoted_is_not_between_cells() {
        assert_eq!(delimiter("\"a,b,c\n,\";d\nx"), ';');
        assert_eq!(delimiter("\"a \"\"b, c, d\"\"\";e;f"), ';');
        assert_eq!(delimiter("12\" pipe,a,b;c\nd;e"), ',', "an inch");
    }

    #[test]
    fn a_header_may_come_in_pieces() {
        let mut header = Header::new();
        for piece in ["\n", "\"a,", ",\n", "\"", ";b", "\n", ",,,,"] {
            assert_eq!(header.has_ended(), piece == ",,,,");
            header.take(piece.as_bytes());
        }
        assert_eq!(header.delimiter(), b';');
    }
}
