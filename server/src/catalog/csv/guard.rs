//! Text that a spreadsheet would run as a formula, made harmless in a file and restored from it.

/// Spreadsheets take such a cell for a formula, also behind blanks, and run it.
fn looks_like_a_formula(text: &str) -> bool {
    let start = text.trim_start_matches('\'').trim_start_matches(' ');
    start.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The text as a cell that no spreadsheet runs; [`unguarded`] gives the text back.
pub(super) fn guarded(text: &str) -> String {
    if looks_like_a_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text that [`guarded`] was given.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if looks_like_a_formula(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::{guarded, unguarded};

    #[test]
    fn no_guarded_cell_starts_like_a_formula_and_the_text_comes_back() {
        for text in [
            "=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", " =1", "'=1", "''=1", "' =1", "＝1",
            "plain", "'quoted'", "'", "''", "", "it's", "a=b",
        ] {
            let cell = guarded(text);
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', ' ', '＝']),
                "{cell}"
            );
            assert_eq!(unguarded(&cell), text);
        }
        assert_eq!(guarded("'quoted'"), "'quoted'");
    }
}
