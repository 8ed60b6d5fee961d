//! Text that a spreadsheet would run as a formula, made harmless in a file and restored from it.

use app::text::is_seen;

/// What a cell begins with that is run.
const BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Spreadsheets take such a cell for a formula and run it, also behind blanks and characters that
/// are not seen: some leave those out when they read a file.
fn looks_like_a_formula(text: &str) -> bool {
    let start = text.trim_start_matches('\'');
    let start = start.trim_start_matches(|c: char| !is_seen(c) && !BEGINS.contains(&c));
    start.starts_with(BEGINS)
}

/// The text as a cell that no spreadsheet runs; [`unguarded`] gives the text back.
pub fn guarded(text: &str) -> String {
    if looks_like_a_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text that [`guarded`] was given.
pub fn unguarded(cell: &str) -> &str {
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
            "=1+1",
            "+1",
            "-1",
            "@x",
            "\tx",
            "\rx",
            "\nx",
            " =1",
            "'=1",
            "''=1",
            "' =1",
            "＝1",
            "\u{200b}=1",
            "\u{feff}+1",
            "\u{202e}@x",
            "\u{ad}-1",
            "\u{a0}=1",
            " \u{200d} =1",
            "'\u{200b}=1",
            "\u{200b}\t=1",
            "\u{301}=1",
            "\u{e0041}=1",
            "\u{200b}plain",
            "plain",
            "'quoted'",
            "'",
            "''",
            "",
            "it's",
            "a=b",
        ] {
            let cell = guarded(text);
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', ' ', '＝']),
                "{cell}"
            );
            assert_eq!(unguarded(&cell), text);
        }
        for text in ["\u{200b}=1", "\u{feff}=1", "\u{2060} \u{202a}=1"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        assert_eq!(guarded("\u{200b}plain"), "\u{200b}plain");
        assert_eq!(guarded("'quoted'"), "'quoted'");
    }
}
