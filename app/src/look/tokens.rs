//! A hue, turned into the colours that the style sheets use.
//!
//! Accent texts are on every ground of `style/tokens.css` and on those that are made here, so an
//! accent is made darker, or on dark grounds lighter, until it is read on the hardest of them. So an
//! owner can choose any hue and nothing becomes unreadable.

use super::colour::{AA, Colour};

/// Names of tokens, without `--`, with their colours.
pub type Tokens = Vec<(&'static str, Colour)>;

/// Some above [`AA`], for what is drawn with softened edges.
const AIM: f64 = AA + 0.1;
/// A step of lightness.
const STEP: f64 = 0.005;
/// Chroma of the accent: strong on light grounds, softer on dark ones.
const CHROMA: (f64, f64) = (0.13, 0.10);

/// The darkest ground of the light scheme: `--ground-strong`. A test compares it with the file.
pub(super) const DARKEST_LIGHT: Colour = Colour([0xe4, 0xe1, 0xd8]);
/// The lightest of the dark scheme: `--ground-high`.
pub(super) const LIGHTEST_DARK: Colour = Colour([0x34, 0x42, 0x3d]);

/// For light grounds. `hue` is in degrees.
pub fn light(hue: f64) -> Tokens {
    let of = |lightness, chroma| Colour::oklch(lightness, chroma, hue);
    let (soft, sky) = (of(0.935, 0.025), of(0.915, 0.016));
    let on_accent = Colour::WHITE;
    let lightness = readable(
        |lightness| of(lightness, CHROMA.0),
        &[DARKEST_LIGHT, soft, sky, on_accent],
        0.52,
        -STEP,
    );
    vec![
        ("accent", of(lightness, CHROMA.0)),
        ("accent-hover", of(lightness - 0.08, CHROMA.0)),
        ("accent-soft", soft),
        ("on-accent", on_accent),
        ("deep", of(0.32, 0.055)),
        ("on-deep", of(0.96, 0.008)),
        ("on-deep-soft", of(0.82, 0.03)),
        ("hero-sky", sky),
        ("hero-sky-high", of(0.955, 0.008)),
        ("plinth-top", of(0.985, 0.003)),
        ("plinth-mid", of(0.915, 0.012)),
        ("plinth-side", of(0.83, 0.02)),
    ]
}

/// For dark grounds.
pub fn dark(hue: f64) -> Tokens {
    let of = |lightness, chroma| Colour::oklch(lightness, chroma, hue);
    let (soft, sky_high) = (of(0.295, 0.04), of(0.315, 0.035));
    let on_accent = of(0.235, 0.045);
    let lightness = readable(
        |lightness| of(lightness, CHROMA.1),
        &[LIGHTEST_DARK, soft, sky_high, on_accent],
        0.78,
        STEP,
    );
    vec![
        ("accent", of(lightness, CHROMA.1)),
        ("accent-hover", of(lightness + 0.06, CHROMA.1)),
        ("accent-soft", soft),
        ("on-accent", on_accent),
        ("deep", of(0.285, 0.04)),
        ("on-deep", of(0.95, 0.01)),
        ("on-deep-soft", of(0.78, 0.03)),
        ("hero-sky", of(0.245, 0.025)),
        ("hero-sky-high", sky_high),
        ("hero-disc", of(0.46, 0.05)),
        ("plinth-top", of(0.59, 0.04)),
        ("plinth-mid", of(0.43, 0.04)),
        ("plinth-side", of(0.3, 0.03)),
    ]
}

/// The first lightness from `begin` on, in steps, whose colour is read on all `grounds`. Black and
/// white end the search, where it is.
fn readable(colour: impl Fn(f64) -> Colour, grounds: &[Colour], begin: f64, step: f64) -> f64 {
    let mut lightness = begin;
    while (0.0..=1.0).contains(&lightness) {
        let colour = colour(lightness);
        if grounds.iter().all(|ground| colour.contrast(*ground) >= AIM) {
            break;
        }
        lightness += step;
    }
    lightness
}
