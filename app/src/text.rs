//! Lines that people read: names, streets, towns, what a shop is called.
//!
//! A line shows what it holds. Characters that are not seen make two names look like one, and those
//! that change the direction turn what is around them, on a packing slip as in a table.

#[cfg(feature = "ssr")]
use crate::{faults::text::Text, locale::locale};

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFault {
    /// Line breaks, tabs and the like.
    Control,
    /// Characters that are not seen, or change the direction of writing.
    Unseen,
    /// There is nothing in it to be seen.
    Blank,
    Long,
}

#[cfg(feature = "ssr")]
impl LineFault {
    /// For the person who typed a line of `most` characters at most.
    pub fn words(self, most: usize) -> String {
        let text = Text::from(locale());
        match self {
            Self::Control | Self::Long => text.ordinary_characters(&most.to_string()),
            Self::Unseen | Self::Blank => text.invisible_characters().to_owned(),
        }
    }
}

/// In groups of four, as it is easier to type: `4242 4242 4242 4242`.
pub fn in_fours(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

/// What is wrong with a trimmed line of `most` characters at most, if anything is. An empty one is
/// blank.
pub fn line_fault(text: &str, most: usize) -> Option<LineFault> {
    // As most lines are: of these letters none is unseen.
    if !text.is_ascii() {
        return fault_of_any(text, most);
    }
    if text.bytes().any(|byte| byte.is_ascii_control()) {
        return Some(LineFault::Control);
    }
    if text.bytes().all(|byte| byte == b' ') {
        return Some(LineFault::Blank);
    }
    (text.len() > most).then_some(LineFault::Long)
}

fn fault_of_any(text: &str, most: usize) -> Option<LineFault> {
    if text.chars().any(is_break) {
        return Some(LineFault::Control);
    }
    if holds_unseen(text) {
        return Some(LineFault::Unseen);
    }
    if !text.chars().any(is_seen) {
        return Some(LineFault::Blank);
    }
    (text.chars().count() > most).then_some(LineFault::Long)
}

/// Whether a character leaves something on the paper by itself.
pub fn is_seen(c: char) -> bool {
    !(c.is_whitespace() || is_break(c) || is_unseen(c) || is_joiner(c) || is_mark(c))
}

/// A line ends, or a device is told something.
fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Format characters (Cf) without a shape, letters that are blank by their nature, and what
/// Unicode tells programs to leave out (Default_Ignorable_Code_Point). What scripts need to be
/// written right is not among them: joiners, variation selectors, the visible signs of Arabic.
const fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}'
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{2800}'
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}'
        | '\u{e01f0}'..='\u{e0fff}')
}

/// Zero width non-joiner and joiner.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Marks that are on the character before them: accents, and selectors of its shape.
const fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'
        | '\u{180b}'..='\u{180f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// Letters and signs of scripts whose letters join: Arabic, Syriac, N'Ko and their like, the scripts
/// of India, Myanmar, Khmer and Mongolian.
const fn joins(c: char) -> bool {
    matches!(c,
        '\u{620}'..='\u{6ff}'
        | '\u{700}'..='\u{77f}'
        | '\u{7c0}'..='\u{7ff}'
        | '\u{840}'..='\u{8ff}'
        | '\u{900}'..='\u{dff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17dd}'
        | '\u{1820}'..='\u{18aa}'
        | '\u{a8e0}'..='\u{a8ff}'
        | '\u{11000}'..='\u{11fff}')
}

/// Signs that take the vowel off a letter. A joiner behind one says how it is written, also at the
/// end of a word, as in Malayalam.
const fn is_virama(c: char) -> bool {
    matches!(
        c,
        '\u{94d}'
            | '\u{9cd}'
            | '\u{a4d}'
            | '\u{acd}'
            | '\u{b4d}'
            | '\u{bcd}'
            | '\u{c4d}'
            | '\u{ccd}'
            | '\u{d4d}'
            | '\u{dca}'
            | '\u{1039}'
            | '\u{17d2}'
    )
}

/// Joiners count as unseen but where writing needs them: between letters that join, and behind a
/// virama (as in RFC 5892, appendix A).
fn holds_unseen(text: &str) -> bool {
    let mut before: Option<char> = None;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let after = letters.peek().copied();
        let between = before.is_some_and(joins) && after.is_some_and(joins);
        let is_needed = between || before.is_some_and(is_virama);
        if is_unseen(c) || (is_joiner(c) && !is_needed) {
            return true;
        }
        before = Some(c);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_shown_in_groups() {
        assert_eq!(in_fours("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }

    #[test]
    fn plain_lines_are_read_as_all_are() {
        let letters = (0..=127_u8).map(|letter| char::from(letter).to_string());
        let lines = ["", "  ", "a b", "abc"].map(str::to_owned);
        for line in letters.chain(lines) {
            for line in [line.clone(), format!("{line}x"), format!(" {line} ")] {
                assert_eq!(line_fault(&line, 2), fault_of_any(&line, 2), "{line:?}");
            }
        }
    }

    #[test]
    fn names_of_all_scripts_are_taken() {
        for name in [
            "Kim Marten",
            "Łukasz O’Brien-Müller",
            "Nguyễn Thị Minh Khai",
            // The accent as a character of its own.
            "Rene\u{301}e",
            "李小龍",
            "葛\u{e0100}城",
            "محمد الأمين",
            // Persian, with a non-joiner.
            "علی\u{200c}رضا",
            // Devanagari and Sinhala, with joiners.
            "क\u{94d}\u{200d}ष",
            "ශ\u{dca}\u{200d}රී",
            // Malayalam, with one at the end.
            "മോഹന\u{d4d}\u{200d}",
            "עמית לוי",
            "Rope & Co ❤\u{fe0f}",
            "4",
        ] {
            assert_eq!(line_fault(name, 60), None, "{name:?}");
        }
    }

    #[test]
    fn what_is_not_seen_or_turns_the_line_is_refused() {
        for unseen in [
            '\u{200b}',
            '\u{feff}',
            '\u{ad}',
            '\u{202a}',
            '\u{202e}',
            '\u{2066}',
            '\u{2069}',
            '\u{200e}',
            '\u{200f}',
            '\u{61c}',
            '\u{2060}',
            '\u{180e}',
            '\u{3164}',
            '\u{2800}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e007f}',
            '\u{200c}',
            '\u{200d}',
        ] {
            for name in [
                unseen.to_string(),
                format!("Kim{unseen} Marten"),
                format!("{unseen}Kim"),
                format!("Kim{unseen}"),
            ] {
                assert_eq!(line_fault(&name, 60), Some(LineFault::Unseen), "{name:?}");
            }
            assert!(!is_seen(unseen));
        }
        // A joiner joins one letter with another.
        let twice = "علی\u{200c}\u{200c}رضا";
        assert_eq!(line_fault(twice, 60), Some(LineFault::Unseen));
    }

    #[test]
    fn a_line_is_one_line_not_too_long_and_not_blank() {
        for text in ["a\nb", "a\tb", "a\0", "a\u{85}b", "a\u{2028}b", "\u{9f}"] {
            assert_eq!(line_fault(text, 60), Some(LineFault::Control), "{text:?}");
        }
        for text in ["", " ", "\u{a0}\u{3000}", "\u{301}", "\u{fe0f}"] {
            assert_eq!(line_fault(text, 60), Some(LineFault::Blank), "{text:?}");
        }
        assert_eq!(line_fault("Ülzen", 5), None);
        assert_eq!(line_fault("Uelzen", 5), Some(LineFault::Long));
    }
}
