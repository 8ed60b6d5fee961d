//! One folding of letters, for whatever finds or sorts texts.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Rises whenever something in this folder gives another key for the same text: at the next start all
/// stored keys are then written again. What words a search finds has a number of its own,
/// [`WORDS`](super::words::WORDS).
pub const FOLDING: i64 = 1;

/// Letters of a key that texts are sorted by. Postgres takes 2,700 bytes of an index, and four
/// bytes are the most that one letter has.
const MAX_SORT_KEY: usize = 200;

/// Neither case nor accents nor the way letters are put together: texts that people take for the same
/// have the same folding. Full case folding (ß is ss, ς is σ) without regard to a language, so ı is i;
/// letters that carry a stroke or are joined are spelled as people without them on their keyboard do.
pub fn fold(text: &str) -> String {
    // As most addresses and numbers are: there is nothing to be taken apart.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    folded(text)
}

fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_left_out(*c)) {
        for c in c.to_lowercase() {
            match plain(c).or_else(|| latin(c)) {
                Some(spelling) => folded.push_str(spelling),
                None => folded.push(c),
            }
        }
    }
    folded
}

/// A key to sort names by: capital letters and accents make no difference.
pub fn sort_key(text: &str) -> String {
    one_blank_each(&fold(text))
        .chars()
        .take(MAX_SORT_KEY)
        .collect()
}

/// A key that is searched for folded texts, which may be anywhere in one of `parts`.
pub fn search_key(parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| fold(part)).collect();
    parts.join("\n")
}

/// A name as it is stored.
pub fn tidy_name(text: &str) -> String {
    one_blank_each(&text.nfc().collect::<String>())
}

/// The key of a name that is one whatever its case, while accents make it another.
pub fn name_key(name: &str) -> String {
    tidy_name(name).to_lowercase().nfc().collect()
}

fn one_blank_each(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks, and what is only there for the way a text is set.
fn is_left_out(c: char) -> bool {
    is_combining_mark(c) || is_invisible(c) || matches!(c, '\u{200b}' | '\u{200c}')
}

/// Signs that neither end a word nor are in it.
pub(super) const fn is_invisible(c: char) -> bool {
    // Soft hyphen, joiners, byte order mark, the Arabic stroke that fills lines.
    matches!(
        c,
        '\u{ad}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{640}'
    )
}

/// The other spelling of a lower-case letter or sign that is typed in several ways.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ς' => "σ",
        '’' | '‘' | 'ʼ' | 'ʻ' => "'",
        '‐' | '–' => "-",
        _ => return None,
    })
}

/// How a lower-case Latin letter that does not decompose is spelled with a to z.
pub(super) const fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ŋ' | 'ɲ' | 'ƞ' => "n",
        'ø' | 'ɔ' | 'ɵ' => "o",
        'đ' | 'ð' | 'ɖ' | 'ɗ' | 'ƌ' => "d",
        'ł' | 'ƚ' | 'ɫ' | 'ⱡ' => "l",
        'ħ' | 'ɦ' | 'ⱨ' => "h",
        'ı' | 'ɨ' | 'ɩ' => "i",
        'ȷ' | 'ɉ' => "j",
        'ĸ' | 'ƙ' | 'ⱪ' => "k",
        'ŧ' | 'ƭ' | 'ʈ' | 'ⱦ' => "t",
        'ƀ' | 'ɓ' => "b",
        'ƈ' | 'ȼ' => "c",
        'ə' | 'ǝ' | 'ɛ' | 'ɇ' => "e",
        'ƒ' => "f",
        'ǥ' | 'ɠ' | 'ɣ' => "g",
        'ƥ' => "p",
        'ɋ' => "q",
        'ɍ' => "r",
        'ʉ' | 'ʊ' => "u",
        'ʋ' => "v",
        'ƴ' | 'ɏ' => "y",
        'ƶ' | 'ȥ' | 'ⱬ' | 'ʒ' => "z",
        'ⱥ' => "a",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_people_take_for_the_same_fold_alike() {
        let alike: [(&str, &[&str]); 16] = [
            ("strasse", &["Straße", "STRASSE", "STRAẞE", "strasse"]),
            ("isik", &["ışık", "IŞIK", "Işık", "isik", "İŞİK"]),
            ("σισυφοσ", &["Σίσυφος", "ΣΊΣΥΦΟΣ", "σισυφος"]),
            ("lodz", &["Łódź", "ŁÓDŹ", "lodz"]),
            ("smorrebrod", &["Smørrebrød", "SMØRREBRØD"]),
            ("da nang", &["Đà Nẵng", "đà nẵng", "DA NANG"]),
            ("thorr", &["Þórr", "þórr"]),
            ("oeuvre", &["Œuvre", "œuvre"]),
            ("aeon", &["Æon", "æon"]),
            ("edur", &["Eður", "EÐUR"]),
            ("hag nag", &["ħaġ ŋag", "ĦAĠ ŊAG"]),
            (
                "creme brulee",
                &["Crème Brûlée", "Cre\u{300}me Bru\u{302}le\u{301}e"],
            ),
            ("カフェ", &["カフェ", "ｶﾌｪ"]),
            ("чаиник", &["Чайник", "ЧАЙНИК", "чаи\u{306}ник"]),
            ("o'neil", &["O’Neil", "O'NEIL"]),
            ("fi", &["ﬁ", "FI", "f\u{ad}i"]),
        ];
        for (folded, spellings) in alike {
            for spelling in spellings {
                assert_eq!(fold(spelling), folded, "{spelling}");
            }
            assert_eq!(fold(folded), folded, "folding again changes nothing");
        }
    }

    #[test]
    fn plain_letters_fold_as_all_do() {
        let all: String = (0..=127_u8).map(char::from).collect();
        assert_eq!(fold(&all), folded(&all));
    }

    #[test]
    fn names_are_sorted_without_regard_to_case_and_accents() {
        let mut names = [
            "Zoo", "École", "apple", "äpfel", "Éclair", "Ärmel", "eclat", "Öl",
        ];
        names.sort_by_key(|name| sort_key(name));
        let sorted = [
            "äpfel", "apple", "Ärmel", "Éclair", "eclat", "École", "Öl", "Zoo",
        ];
        assert_eq!(names, sorted);
        assert_eq!(sort_key("  Two \u{a0} words "), "two words");
        assert!(sort_key(&"ﷺ".repeat(255)).len() < 2000);
    }

    #[test]
    fn a_category_is_its_name_in_any_case() {
        for name in ["Bags", " bags ", "BAGS"] {
            assert_eq!(name_key(name), "bags");
        }
        assert_eq!(name_key("Cafe\u{301}  au\tlait"), name_key("CAFÉ AU LAIT"));
        for (one, other) in [("C++", "C#"), ("A & B", "A/B"), ("Cafe", "Café")] {
            assert_ne!(name_key(one), name_key(other));
        }
        assert_eq!(tidy_name(" A\u{308}rmel  lang "), "Ärmel lang");
    }
}
