//! Colours as people see them (OKLCH) and as screens show them (sRGB), and how well one is read on
//! another.
//!
//! The matrices are those of Björn Ottosson's Oklab, as CSS Color 4 has them; luminance and contrast
//! are those of WCAG 2.2.

use std::fmt;

/// The least contrast of text, by level AA.
pub const AA: f64 = 4.5;

/// A step of chroma, when a colour is brought to what a screen can show.
const STEP: f64 = 0.004;

/// Red, green and blue, 8 bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    pub const WHITE: Self = Self([255; 3]);

    /// Of lightness (0 to 1), chroma and hue in degrees. What a screen cannot show that strong is
    /// shown as strong as it can: its lightness and hue stay.
    pub fn oklch(lightness: f64, chroma: f64, hue: f64) -> Self {
        let mut chroma = chroma;
        let mut linear = linear(lightness, chroma, hue);
        while chroma > 0.0 && linear.iter().any(|part| !(-1e-4..=1.0001).contains(part)) {
            chroma = (chroma - STEP).max(0.0);
            linear = self::linear(lightness, chroma, hue);
        }
        Self(linear.map(|part| (encoded(part) * 255.0).round() as u8))
    }

    /// `#0a1b2c` or `#abc`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let digits: Vec<u8> = digits
            .chars()
            .map(|digit| {
                digit
                    .to_digit(16)
                    .and_then(|value| u8::try_from(value).ok())
            })
            .collect::<Option<_>>()?;
        match digits.as_slice() {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r, s, g, h, b, c] => Some(Self([r * 16 + s, g * 16 + h, b * 16 + c])),
            _ => None,
        }
    }

    /// Relative luminance, 0 to 1.
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|part| decoded(f64::from(part) / 255.0));
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// From 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

fn linear(lightness: f64, chroma: f64, hue: f64) -> [f64; 3] {
    let (sine, cosine) = hue.to_radians().sin_cos();
    let (a, b) = (chroma * cosine, chroma * sine);
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
    ]
}

fn encoded(part: f64) -> f64 {
    let part = part.clamp(0.0, 1.0);
    match part <= 0.003_130_8 {
        true => 12.92 * part,
        false => 1.055 * part.powf(1.0 / 2.4) - 0.055,
    }
}

fn decoded(part: f64) -> f64 {
    match part <= 0.040_45 {
        true => part / 12.92,
        false => ((part + 0.055) / 1.055).powf(2.4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_of_the_standards() {
        assert_eq!(Colour::oklch(1.0, 0.0, 0.0).to_string(), "#ffffff");
        assert_eq!(Colour::oklch(0.0, 0.0, 200.0).to_string(), "#000000");
        // Red, green and blue of sRGB in OKLCH.
        for (lightness, chroma, hue, shown) in [
            (0.627_96, 0.257_68, 29.233_9, "#ff0000"),
            (0.866_44, 0.294_83, 142.495_3, "#00ff00"),
            (0.452_01, 0.313_21, 264.052_0, "#0000ff"),
        ] {
            let Colour(found) = Colour::oklch(lightness, chroma, hue);
            let Colour(wanted) = Colour::parse(shown).expect("a colour");
            let is_near = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= 4;
            assert!(
                found.iter().zip(&wanted).all(is_near),
                "{found:?} for {shown}"
            );
        }
        let black = Colour::parse("#000").expect("a colour");
        assert!((Colour::WHITE.contrast(black) - 21.0).abs() < 1e-9);
        let grey = Colour::parse("#767676").expect("a colour");
        assert!(Colour::WHITE.contrast(grey) >= AA, "the known edge of AA");
        let lighter = Colour::parse("#777").expect("a colour");
        assert!(Colour::WHITE.contrast(lighter) < AA);
    }

    #[test]
    fn what_no_screen_shows_loses_its_strength_and_not_its_light() {
        let strong = Colour::oklch(0.5, 0.4, 145.0);
        let grey = Colour::oklch(0.5, 0.0, 145.0);
        assert_ne!(strong, grey);
        assert!((strong.luminance() - grey.luminance()).abs() < 0.05);
    }

    #[test]
    fn a_colour_is_read_as_it_is_written() {
        assert_eq!(Colour::parse("#0fC"), Some(Colour([0, 255, 204])));
        let colour = Colour([1, 35, 254]);
        assert_eq!(Colour::parse(&colour.to_string()), Some(colour));
        for other in ["", "#", "#12", "#12345", "#1234567", "#xyz", "abc"] {
            assert_eq!(Colour::parse(other), None, "{other:?}");
        }
    }
}
