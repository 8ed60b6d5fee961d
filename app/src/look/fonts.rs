//! The fonts that a shop can be set in, beside those of the visitor's system. `style/fonts` tells
//! where they are from and how they were made.

use std::sync::LazyLock;

use super::types::Font;
use crate::digest::fnv1a;

/// A file with some letters of a font.
pub struct FontFile {
    /// `inter-latin.0123456789abcdef.woff2`: it changes with the content.
    pub name: String,
    pub woff2: &'static [u8],
}

impl FontFile {
    fn new(stem: &str, woff2: &'static [u8]) -> Self {
        Self {
            name: format!("{stem}.{:016x}.woff2", fnv1a(woff2)),
            woff2,
        }
    }

    pub fn src(&self) -> String {
        format!("/look/{}", self.name)
    }
}

/// A font with its files.
pub struct Face {
    pub font: Font,
    /// As the style sheet calls it.
    pub family: &'static str,
    /// Letters of Western European languages: what every page needs.
    pub latin: FontFile,
    /// Latin Extended-A: loaded only if a page has such letters.
    pub extended: FontFile,
    /// What is shown until the files are there.
    pub fallback: Fallback,
    /// Whether texts are set in it, too, and not headings alone.
    pub sets_text: bool,
}

/// A font of most systems, made to take the same room, so that nothing moves when the files arrive.
/// In percent, as `style/fonts/subset.py` prints them.
pub struct Fallback {
    pub local: &'static str,
    pub size: &'static str,
    pub ascent: &'static str,
    pub descent: &'static str,
    /// Behind the two, in the list of families.
    pub generic: &'static str,
}

/// The letters in the files called `latin`; `style/fonts/subset.py` has the same.
pub const LATIN: &str = "U+0020-007E, U+00A0-00FF, U+0131, U+0152-0153, U+0178, U+02C6, U+02DA, U+02DC, U+2013-2014, U+2018-201A, U+201C-201E, U+2020, U+2022, U+2026, U+2039-203A, U+2044, U+20AC, U+2122, U+2190, U+2192, U+2212, U+2215";
/// Those in the files called `latin-ext`.
pub const EXTENDED: &str =
    "U+0100-0130, U+0132-0151, U+0154-0177, U+0179-017F, U+0218-021B, U+1E9E";

static FACES: LazyLock<[Face; 4]> = LazyLock::new(|| {
    macro_rules! file {
        ($stem:literal) => {
            FontFile::new(
                $stem,
                include_bytes!(concat!("../../../style/fonts/", $stem, ".woff2")),
            )
        };
    }
    [
        Face {
            font: Font::Inter,
            family: "Inter",
            latin: file!("inter-latin"),
            extended: file!("inter-latin-ext"),
            fallback: Fallback {
                local: "Arial",
                size: "108.23%",
                ascent: "89.51%",
                descent: "22.29%",
                generic: "sans-serif",
            },
            sets_text: true,
        },
        Face {
            font: Font::Outfit,
            family: "Outfit",
            latin: file!("outfit-latin"),
            extended: file!("outfit-latin-ext"),
            fallback: Fallback {
                local: "Arial",
                size: "100.69%",
                ascent: "99.32%",
                descent: "25.82%",
                generic: "sans-serif",
            },
            sets_text: true,
        },
        Face {
            font: Font::Literata,
            family: "Literata",
            latin: file!("literata-latin"),
            extended: file!("literata-latin-ext"),
            fallback: Fallback {
                local: "Times New Roman",
                size: "118.32%",
                ascent: "99.48%",
                descent: "26.03%",
                generic: "serif",
            },
            sets_text: true,
        },
        Face {
            font: Font::Fraunces,
            family: "Fraunces",
            latin: file!("fraunces-latin"),
            extended: file!("fraunces-latin-ext"),
            fallback: Fallback {
                local: "Times New Roman",
                size: "115.78%",
                ascent: "84.47%",
                descent: "22.02%",
                generic: "serif",
            },
            sets_text: false,
        },
    ]
});

/// What a font is made of; nothing for the system's.
pub fn face(font: Font) -> Option<&'static Face> {
    FACES.iter().find(|face| face.font == font)
}

/// A file by its name below `/look/`.
pub fn file(name: &str) -> Option<&'static FontFile> {
    FACES
        .iter()
        .flat_map(|face| [&face.latin, &face.extended])
        .find(|file| file.name == name)
}

#[cfg(test)]
mod tests {
    use std::ops::RangeInclusive;

    use super::*;

    #[test]
    fn every_font_but_the_systems_has_its_files() {
        for font in Font::ALL {
            let Some(face) = face(font) else {
                assert_eq!(font, Font::System);
                continue;
            };
            for file in [&face.latin, &face.extended] {
                assert_eq!(&file.woff2[..4], b"wOF2", "{}", file.name);
                assert!(file.woff2.len() <= 40 * 1024, "{}", file.name);
                let found = self::file(&file.name).expect("it is found by its name");
                assert_eq!(found.woff2.as_ptr(), file.woff2.as_ptr());
            }
            assert!(face.latin.woff2.len() >= 25 * 1024, "{}", face.family);
        }
        assert!(file("inter-latin.woff2").is_none());
    }

    #[test]
    fn no_letter_is_in_two_files() {
        let ranges = |text: &str| -> Vec<RangeInclusive<u32>> {
            let number = |text: &str| u32::from_str_radix(text, 16).expect("a code point");
            let ranges = text.split(", ").map(|range| {
                let range = range.strip_prefix("U+").expect("a range");
                let (first, last) = range.split_once('-').unwrap_or((range, range));
                number(first)..=number(last)
            });
            ranges.collect()
        };
        for one in ranges(LATIN) {
            for other in ranges(EXTENDED) {
                let apart = one.end() < other.start() || other.end() < one.start();
                assert!(apart, "{one:x?} {other:x?}");
            }
        }
    }
}
