//! The style sheet of a look: what it sets differently from `style/tokens.css`.
//!
//! It is made of its address, `/look/210.round.inter.0123456789abcdef.css`, which holds all that was
//! chosen and a digest of what becomes of it. So a changed look has another address, and browsers may
//! keep a sheet for ever.

use std::fmt::Write;

use super::{
    fonts::{EXTENDED, Face, LATIN, face},
    tokens,
    types::{Accent, Corners, Font, Look},
};
use crate::digest::fnv1a;

const TOKENS: &str = include_str!("../../../style/tokens.css");
const PREVIEW: &str = "preview";

/// What a sheet is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choice {
    pub accent: Accent,
    pub corners: Corners,
    pub font: Font,
}

/// A sheet that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub css: String,
    /// Whether its address is that of its content: then it never changes.
    pub is_for_ever: bool,
}

impl From<&Look> for Choice {
    fn from(look: &Look) -> Self {
        Self {
            accent: look.accent,
            corners: look.corners,
            font: look.font,
        }
    }
}

impl Choice {
    /// Where the sheet is; none is needed where nothing was chosen.
    pub fn href(self) -> Option<String> {
        (self != Self::default()).then(|| {
            let digest = fnv1a(self.css().as_bytes());
            format!("/look/{}.{digest:016x}.css", self.words())
        })
    }

    /// Where the sheet of a preview is: for what has the class `look-light` or `look-dark`.
    pub fn preview_href(self) -> String {
        format!("/look/{PREVIEW}.{}.css", self.words())
    }

    fn words(self) -> String {
        let (corners, font) = (self.corners.as_str(), self.font.as_str());
        format!("{}.{corners}.{font}", self.accent.word())
    }

    fn parse(words: &str) -> Option<Self> {
        let mut words = words.split('.');
        let choice = Self {
            accent: Accent::parse(words.next()?)?,
            corners: Corners::parse(words.next()?)?,
            font: Font::parse(words.next()?)?,
        };
        words.next().is_none().then_some(choice)
    }

    fn css(self) -> String {
        let [light, dark] = self.colours();
        let mut css = font_faces(self.font);
        rule(&mut css, ":root", &[&self.shapes(), &light]);
        if !dark.is_empty() {
            css.push_str("@media (prefers-color-scheme: dark) {\n");
            rule(&mut css, ":root", &[&dark]);
            css.push_str("}\n");
        }
        css
    }

    /// Both schemes beside each other, whatever the visitor's is.
    fn preview_css(self) -> String {
        let [light, dark] = self.colours();
        let [all, of_dark] = base();
        let shapes = self.shapes();
        let mut css = font_faces(self.font);
        let parts: [&str; 4] = [all, "\n  color-scheme: light;\n", &shapes, &light];
        rule(&mut css, ".look-light", &parts);
        let parts: [&str; 5] = [all, of_dark, "\n  color-scheme: dark;\n", &shapes, &dark];
        rule(&mut css, ".look-dark", &parts);
        css
    }

    /// What is the same in both schemes.
    fn shapes(self) -> String {
        let mut css = String::new();
        if self.corners != Corners::default() {
            let names = ["s", "m", "l", "xl"].into_iter();
            for (name, size) in names.zip(radii(self.corners)) {
                put(&mut css, &format!("radius-{name}"), size);
            }
        }
        if let Some(face) = face(self.font) {
            let families = format!(
                "\"{0}\", \"{0} fallback\", {1}",
                face.family, face.fallback.generic
            );
            if face.sets_text {
                put(&mut css, "font-sans", &families);
            }
            put(&mut css, "font-display", &families);
        }
        css
    }

    /// Those of the light scheme and those of the dark one.
    fn colours(self) -> [String; 2] {
        let Some(hue) = self.accent.hue().map(f64::from) else {
            return Default::default();
        };
        [tokens::light(hue), tokens::dark(hue)].map(|tokens| {
            let mut css = String::new();
            for (name, colour) in tokens {
                put(&mut css, name, &colour.to_string());
            }
            css
        })
    }
}

/// The sheet by its name below `/look/`. One that a former version made has the content of this
/// one.
pub fn sheet(name: &str) -> Option<Sheet> {
    let words = name.strip_suffix(".css")?;
    if let Some(words) = words
        .strip_prefix(PREVIEW)
        .and_then(|rest| rest.strip_prefix('.'))
    {
        return Some(Sheet {
            css: Choice::parse(words)?.preview_css(),
            is_for_ever: false,
        });
    }
    let (words, digest) = words.rsplit_once('.')?;
    let css = Choice::parse(words)?.css();
    Some(Sheet {
        is_for_ever: digest == format!("{:016x}", fnv1a(css.as_bytes())),
        css,
    })
}

/// What `style/tokens.css` sets for all, and what it sets differently on dark grounds.
pub(super) fn base() -> [&'static str; 2] {
    let block = |text: &'static str| {
        let (_, rest) = text.split_once(":root {").unwrap_or_default();
        rest.split_once('}').unwrap_or_default().0
    };
    let (light, dark) = TOKENS
        .split_once("@media (prefers-color-scheme: dark)")
        .unwrap_or((TOKENS, ""));
    [block(light), block(dark)]
}

const fn radii(corners: Corners) -> [&'static str; 4] {
    match corners {
        Corners::Square => ["0", "0", "0", "0"],
        Corners::Slight => ["0.1875rem", "0.3125rem", "0.5rem", "0.75rem"],
        Corners::Rounded => ["0.375rem", "0.625rem", "1rem", "1.5rem"],
        Corners::Round => ["0.75rem", "1rem", "1.5rem", "2rem"],
    }
}

fn put(css: &mut String, name: &str, value: &str) {
    let _ = writeln!(css, "  --{name}: {value};");
}

fn rule(css: &mut String, selector: &str, parts: &[&str]) {
    let _ = writeln!(css, "{selector} {{\n{}}}", parts.concat());
}

fn font_faces(font: Font) -> String {
    let Some(Face {
        family,
        latin,
        extended,
        fallback,
        ..
    }) = face(font)
    else {
        return String::new();
    };
    let file = |src: String, letters: &str| {
        format!(
            "@font-face {{\n  font-family: \"{family}\";\n  font-style: normal;\n  \
             font-weight: 400 700;\n  font-display: swap;\n  \
             src: url(\"{src}\") format(\"woff2\");\n  unicode-range: {letters};\n}}\n"
        )
    };
    let fallback_face = format!(
        "@font-face {{\n  font-family: \"{family} fallback\";\n  src: local(\"{}\");\n  \
         size-adjust: {};\n  ascent-override: {};\n  descent-override: {};\n  \
         line-gap-override: 0%;\n}}\n",
        fallback.local, fallback.size, fallback.ascent, fallback.descent
    );
    [
        file(latin.src(), LATIN),
        file(extended.src(), EXTENDED),
        fallback_face,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = Choice> {
        let accents = [Accent::Standard, Accent::Hue(0), Accent::Hue(359)].into_iter();
        accents.flat_map(|accent| {
            Corners::ALL.into_iter().flat_map(move |corners| {
                Font::ALL.into_iter().map(move |font| Choice {
                    accent,
                    corners,
                    font,
                })
            })
        })
    }

    #[test]
    fn a_sheet_is_found_at_its_address_and_says_only_what_was_chosen() {
        assert_eq!(Choice::default().href(), None);
        for choice in all() {
            let Some(href) = choice.href() else {
                assert_eq!(choice, Choice::default());
                continue;
            };
            let name = href.strip_prefix("/look/").expect("below /look/");
            let found = sheet(name).expect("it is found");
            assert!(found.is_for_ever, "{href}");
            let says = |what: &str| found.css.contains(what);
            assert_eq!(
                says("--accent:"),
                choice.accent != Accent::Standard,
                "{href}"
            );
            assert_eq!(says("--radius-m:"), choice.corners != Corners::Rounded);
            assert_eq!(says("@font-face"), choice.font != Font::System);
            let (open, close) = (found.css.matches('{'), found.css.matches('}'));
            assert_eq!(open.count(), close.count(), "{}", found.css);
            let other = format!("{}.0000000000000000.css", choice.words());
            let former = sheet(&other).expect("of a former version");
            assert_eq!((former.css, former.is_for_ever), (found.css, false));
        }
    }

    #[test]
    fn every_look_has_an_address_of_its_own() {
        let hrefs: std::collections::BTreeSet<_> = all().map(Choice::href).collect();
        assert_eq!(hrefs.len(), all().count());
    }

    #[test]
    fn a_preview_has_all_tokens_of_both_schemes() {
        for choice in all() {
            let name = choice.preview_href();
            let name = name.strip_prefix("/look/").expect("below /look/");
            let css = sheet(name).expect("it is found").css;
            let (light, dark) = css.split_once(".look-dark").expect("both");
            for token in [
                "--bg:",
                "--ink:",
                "--accent:",
                "--radius-m:",
                "--font-sans:",
            ] {
                assert!(
                    light.contains(token) && dark.contains(token),
                    "{token} {css}"
                );
            }
            assert!(dark.contains("--bg: #0d1412") && !light.contains("#0d1412"));
        }
    }

    #[test]
    fn what_is_no_look_has_no_sheet() {
        for name in [
            "",
            ".css",
            "preview.css",
            "210.round.inter",
            "210.round.inter.css",
            "360.round.inter.0.css",
            "210.round.comic.0.css",
            "210.oval.inter.0.css",
            "preview.210.round.inter.x.css",
            "210.round.inter.x.0.css",
            "red;}body{display:none.round.inter.0.css",
        ] {
            assert_eq!(sheet(name), None, "{name:?}");
        }
    }
}
