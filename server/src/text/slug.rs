//! The last part of an address, made from a title or from what a product file calls its handle.

use std::iter;

use app::catalog::limits::MAX_SLUG;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::fold::{is_invisible, latin};

/// Letters of one that is made from a title.
const MAX_MADE: usize = 100;

/// Whether a product or category can have this address: what [`spelled`] makes of anything.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= MAX_SLUG && spelled(text) == text
}

/// Whether a text that someone sent is looked up at all: letters have up to four bytes, and Postgres takes no NUL in
/// a text.
pub fn may_be_slug(text: &str) -> bool {
    text.len() <= 4 * MAX_SLUG && !text.contains('\0')
}

/// A slug made from a title; empty if no letter or digit is left.
pub fn slugify(title: &str) -> String {
    let short: String = spelled(title).chars().take(MAX_MADE).collect();
    short.trim_end_matches('-').to_owned()
}

/// One made from a title, or from `otherwise` if nothing is left of that: the first that is free.
pub fn free_slug(title: &str, otherwise: &str, is_free: impl FnMut(&str) -> bool) -> String {
    match slugify(title).as_str() {
        "" => first_free(otherwise, is_free),
        wanted => first_free(wanted, is_free),
    }
}

/// `wanted`, or the first of `wanted-2` and so on that is free.
pub fn first_free(wanted: &str, mut is_free: impl FnMut(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    let mut all = iter::once(wanted.to_owned()).chain(numbered);
    all.find(|one| is_free(one)).unwrap_or_default()
}

/// A text as a slug, however long: Latin letters as a to z, those of other scripts as they are, in lower
/// case and composed (NFC), and a hyphen for whatever is between them.
pub fn spelled(text: &str) -> String {
    let plain: String = text.replace(['™', '℠'], " ").nfkd().collect();
    let mut slug = String::with_capacity(plain.len());
    // A letter of another script without its mark may be another letter, such as и of й.
    let mut keeps_marks = false;
    // The whole text in lower case: a Σ that ends a word becomes a ς.
    for c in plain.to_lowercase().chars().filter(|c| !is_invisible(*c)) {
        if is_combining_mark(c) {
            if keeps_marks {
                slug.push(c);
            }
        } else if let Some(spelling) = latin(c) {
            slug.push_str(spelling);
            keeps_marks = false;
        } else if c.is_alphanumeric() {
            slug.push(c);
            keeps_marks = !c.is_ascii();
        } else {
            if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
            keeps_marks = false;
        }
    }
    slug.trim_end_matches('-').nfc().collect()
}

/// What product files' handles became before other letters than a to z were read: a hyphen for each
/// stretch of them. `None` where the two agree, or nothing was left.
pub fn spelled_before(handle: &str) -> Option<String> {
    let mut before = String::new();
    for c in handle.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() {
            before.push(c);
        } else if !before.is_empty() && !before.ends_with('-') {
            before.push('-');
        }
    }
    before.truncate(before.trim_end_matches('-').len());
    (!before.is_empty() && before != spelled(handle)).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_looked_up_that_can_be_no_slug() {
        assert!(may_be_slug("rope") && may_be_slug(&"茶".repeat(MAX_SLUG)));
        assert!(!may_be_slug("ro\0pe") && !may_be_slug(&"a".repeat(4 * MAX_SLUG + 1)));
    }

    const SLUGS: [(&str, &str); 28] = [
        ("  Crème brûlée, 4 pcs. ", "creme-brulee-4-pcs"),
        ("crème-brûlée", "creme-brulee"),
        ("größe", "grosse"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Łódź", "lodz"),
        ("Smørrebrød", "smorrebrod"),
        ("Đà Nẵng", "da-nang"),
        ("Þórr Ægir", "thorr-aegir"),
        ("ışık", "isik"),
        ("IŞIK İĞDE", "isik-igde"),
        ("чайник", "чайник"),
        ("ЧАЙНИК Чаи\u{306}ник", "чайник-чайник"),
        ("緑茶", "緑茶"),
        ("茶", "茶"),
        ("Tシャツ", "tシャツ"),
        ("ｶﾞﾗｽ", "ガラス"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("กล้วย", "กล้วย"),
        ("हिन्दी", "हिन्दी"),
        ("شاي", "شاي"),
        ("김치", "김치"),
        ("Foo™ 5㎏ m²", "foo-5kg-m2"),
        ("C++", "c"),
        ("a--b_c", "a-b-c"),
        ("-", ""),
        ("!? 😀", ""),
        ("", ""),
    ];

    #[test]
    fn slugs_keep_or_transliterate_letters() {
        for (text, slug) in SLUGS {
            assert_eq!(spelled(text), slug, "{text}");
            assert_eq!(slugify(text), slug, "{text}");
            assert_eq!(spelled(slug), slug, "a slug stays as it is");
            assert_eq!(is_slug(slug), !slug.is_empty(), "{slug}");
        }
    }

    #[test]
    fn an_address_has_one_spelling() {
        for no_slug in [
            "-a",
            "a-",
            "a--b",
            "A",
            "é",
            "ß",
            "a b",
            "a/b",
            "..",
            "чаи\u{306}ник",
            "Я",
        ] {
            assert!(!is_slug(no_slug), "{no_slug}");
        }
        assert!(is_slug("a-1"));
        assert!(is_slug(&"茶".repeat(MAX_SLUG)));
        assert!(!is_slug(&"a".repeat(MAX_SLUG + 1)));
        let long = format!("{} b", "a".repeat(99));
        assert_eq!(slugify(&long), "a".repeat(99));
    }

    #[test]
    fn handles_are_known_as_they_were_read_before() {
        assert_eq!(spelled_before("größe").as_deref(), Some("gr-e"));
        assert_eq!(
            spelled_before("Crème-brûlée").as_deref(),
            Some("cr-me-br-l-e")
        );
        assert_eq!(spelled_before("Ocean Blue__Shirt! "), None, "both agree");
        assert_eq!(spelled_before("緑茶"), None, "it was refused");
    }
}
