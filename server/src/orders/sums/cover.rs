//! How rows of sums cover a time.

/// A stretch of time as rows of sums cover it: long spans inside, short ones at its ends. Those that begin
/// within it are of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub span: i64,
    pub begins: i64,
    /// The first moment that is not part of it.
    pub ends: i64,
}

pub fn pieces(from: i64, until: i64, short: i64, long: i64) -> Vec<Piece> {
    let first = from + (-from).rem_euclid(long);
    let last = until - until.rem_euclid(long);
    let piece = |span, begins, ends| Piece { span, begins, ends };
    let all = match first < last {
        true => vec![
            piece(short, from, first),
            piece(long, first, last),
            piece(short, last, until),
        ],
        false => vec![piece(short, from, until)],
    };
    all.into_iter()
        .filter(|piece| piece.begins < piece.ends)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::sums::{MINUTE, QUARTER};

    #[test]
    fn a_stretch_is_covered_by_long_spans_and_its_ends_by_short_ones() {
        let spans = |from: i64, until: i64| -> Vec<(i64, i64, i64)> {
            let pieces = pieces(from * MINUTE, until * MINUTE, MINUTE, QUARTER);
            let minutes = |piece: &Piece| {
                (
                    piece.span / MINUTE,
                    piece.begins / MINUTE,
                    piece.ends / MINUTE,
                )
            };
            pieces.iter().map(minutes).collect()
        };
        assert_eq!(spans(15, 45), [(15, 15, 45)]);
        assert_eq!(spans(14, 47), [(1, 14, 15), (15, 15, 45), (1, 45, 47)]);
        assert_eq!(spans(15, 31), [(15, 15, 30), (1, 30, 31)]);
        assert_eq!(spans(16, 44), [(1, 16, 44)]);
        assert_eq!(spans(16, 29), [(1, 16, 29)]);
        assert_eq!(spans(30, 30), []);
    }
}
