//! Tests: what the style sheets write on what, in every accent.
//!
//! The pairs are read from the sheets themselves, so a new rule is held to the same.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use proptest::prelude::*;

use super::{
    colour::{AA, Colour},
    sheet::base,
    tokens::{self, DARKEST_LIGHT, LIGHTEST_DARK, Tokens},
};
use crate::style::CSS;

type Scheme = BTreeMap<String, Colour>;
type Pairs = BTreeSet<(String, String)>;

static SCHEMES: LazyLock<[Scheme; 2]> = LazyLock::new(schemes);
static PAIRS: LazyLock<Pairs> = LazyLock::new(|| pairs(&CSS));

/// Where texts without a ground of their own may be.
const GROUNDS: [&str; 8] = [
    "bg",
    "surface",
    "ground",
    "ground-high",
    "ground-strong",
    "accent-soft",
    "hero-sky",
    "hero-sky-high",
];
/// What is written and drawn on any of them.
const ACCENTS: [&str; 2] = ["accent", "accent-hover"];
/// What texts are written in that say no colour of their own, or one of a state.
const TEXTS: [&str; 5] = ["ink", "ink-soft", "good", "warn", "bad"];
/// Grounds that an accent tints.
const TINTED: [&str; 3] = ["accent-soft", "hero-sky", "hero-sky-high"];

/// Colours of a block of `style/tokens.css`.
fn colours(block: &str) -> Scheme {
    let tokens = block.lines().filter_map(|line| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": ")?;
        let colour = Colour::parse(value.strip_suffix(';')?)?;
        Some((name.to_owned(), colour))
    });
    tokens.collect()
}

/// The light scheme and the dark one, as the file has them.
fn schemes() -> [Scheme; 2] {
    let [light, dark] = base().map(colours);
    let mut all = light.clone();
    all.extend(dark);
    [light, all]
}

fn with(scheme: &Scheme, tokens: Tokens) -> Scheme {
    let mut scheme = scheme.clone();
    for (name, colour) in tokens {
        let before = scheme.insert(name.to_owned(), colour);
        assert!(before.is_some(), "--{name} is in tokens.css");
    }
    scheme
}

/// The tokens that a declaration names.
fn named(value: &str) -> impl Iterator<Item = &str> {
    let behind = value.split("var(--").skip(1);
    behind.filter_map(|rest| rest.split_once(')').map(|(name, _)| name))
}

/// Texts with their grounds, wherever one rule says both, and accent texts on all grounds.
fn pairs(css: &str) -> Pairs {
    let css: String = css
        .split("/*")
        .map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest))
        .collect();
    let mut found = BTreeSet::new();
    let blocks = css.split('{').skip(1);
    for block in blocks.filter_map(|rest| rest.split_once('}').map(|(block, _)| block)) {
        let of = |properties: &[&str]| -> Vec<String> {
            let declarations = block.split(';').filter_map(|part| part.split_once(':'));
            declarations
                .filter(|(property, _)| properties.contains(&property.trim()))
                .flat_map(|(_, value)| named(value).map(str::to_owned).collect::<Vec<_>>())
                .collect()
        };
        let texts = of(&["color"]);
        let grounds = of(&["background", "background-color"]);
        for text in &texts {
            for ground in &grounds {
                found.insert((text.clone(), ground.clone()));
            }
        }
        let strokes = of(&["color", "fill", "stroke", "outline", "border-color"]);
        for accent in strokes
            .iter()
            .filter(|name| ACCENTS.contains(&name.as_str()))
        {
            for ground in GROUNDS {
                found.insert((accent.clone(), ground.to_owned()));
            }
        }
    }
    for text in TEXTS {
        found.extend(TINTED.map(|ground| (text.to_owned(), ground.to_owned())));
    }
    let on_colour = [
        ("on-accent", "accent"),
        ("on-accent", "accent-hover"),
        ("on-deep", "deep"),
        ("on-deep-soft", "deep"),
    ];
    found.extend(on_colour.map(|(text, ground)| (text.to_owned(), ground.to_owned())));
    found
}

fn too_faint(scheme: &Scheme, pairs: &Pairs) -> Vec<String> {
    let colour = |name: &str| scheme.get(name).copied();
    pairs
        .iter()
        .filter_map(|(text, ground)| {
            let contrast = colour(text)?.contrast(colour(ground)?);
            (contrast < AA).then(|| format!("{text} on {ground}: {contrast:.2}"))
        })
        .collect()
}

#[test]
fn the_grounds_that_accents_are_held_to_are_the_hardest() {
    let [light, dark] = &*SCHEMES;
    let plain = GROUNDS.iter().filter(|name| !TINTED.contains(name));
    for name in plain {
        let (on_light, on_dark) = (light[*name], dark[*name]);
        assert!(on_light.luminance() >= DARKEST_LIGHT.luminance(), "{name}");
        assert!(on_dark.luminance() <= LIGHTEST_DARK.luminance(), "{name}");
    }
}

#[test]
fn pairs_are_found_in_the_sheets() {
    let found = &*PAIRS;
    for (text, ground) in [
        ("on-accent", "accent"),
        ("warn", "warn-soft"),
        ("bg", "ink"),
        ("accent", "ground-strong"),
        ("accent-hover", "bg"),
    ] {
        let pair = (text.to_owned(), ground.to_owned());
        assert!(found.contains(&pair), "{text} on {ground}");
    }
    let faint: Scheme = [
        ("on-accent".to_owned(), Colour([120; 3])),
        ("accent".to_owned(), Colour([90; 3])),
    ]
    .into();
    assert_eq!(too_faint(&faint, found).len(), 1, "it can fail");
}

#[test]
fn the_standard_look_is_read() {
    for scheme in &*SCHEMES {
        assert_eq!(too_faint(scheme, &PAIRS), Vec::<String>::new());
    }
}

/// Of goods that are nearly black, such as a charcoal coat.
const DARK_GOODS: Colour = Colour([32, 36, 39]);

#[test]
fn dark_goods_are_seen_on_their_plates_in_both_schemes() {
    for scheme in &*SCHEMES {
        for plate in ["plate", "plate-high"] {
            let contrast = scheme[plate].contrast(DARK_GOODS);
            assert!(contrast >= AA, "{plate}: {contrast:.2}");
        }
    }
}

#[test]
fn every_hue_that_can_be_chosen_is_read() {
    let [light, dark] = &*SCHEMES;
    for hue in (0..360).map(f64::from) {
        let faint = too_faint(&with(light, tokens::light(hue)), &PAIRS);
        assert_eq!(faint, Vec::<String>::new(), "{hue}");
        let faint = too_faint(&with(dark, tokens::dark(hue)), &PAIRS);
        assert_eq!(faint, Vec::<String>::new(), "{hue}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_hue_is_read(hue in 0.0..360.0_f64) {
        let [light, dark] = &*SCHEMES;
        let faint = too_faint(&with(light, tokens::light(hue)), &PAIRS);
        prop_assert!(faint.is_empty(), "{} {:?}", hue, faint);
        let faint = too_faint(&with(dark, tokens::dark(hue)), &PAIRS);
        prop_assert!(faint.is_empty(), "{} {:?}", hue, faint);
    }
}
