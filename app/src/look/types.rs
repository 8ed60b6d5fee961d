//! A look, as it is stored and as settings hold it.

use serde::{Deserialize, Serialize};

/// How the shop looks. The default is what a shop looks like whose owner has chosen nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Look {
    pub accent: Accent,
    pub corners: Corners,
    pub font: Font,
    pub logo: Option<LookPicture>,
    /// On dark grounds; the other one if there is none.
    pub logo_dark: Option<LookPicture>,
    pub icon: Option<LookPicture>,
}

/// The colour of what can be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Accent {
    /// Holdfast's green.
    #[default]
    Standard,
    /// Degrees of OKLCH, below 360. How light and how strong it is follows from what has to be read.
    Hue(u16),
}

/// The word for [`Accent::Standard`] in forms and addresses.
pub const STANDARD: &str = "standard";

impl Accent {
    pub const fn hue(self) -> Option<u16> {
        match self {
            Self::Standard => None,
            Self::Hue(hue) => Some(hue),
        }
    }

    /// As it is in forms and addresses.
    pub fn word(self) -> String {
        match self {
            Self::Standard => STANDARD.to_owned(),
            Self::Hue(hue) => hue.to_string(),
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        match text {
            STANDARD => Some(Self::Standard),
            _ => text
                .parse::<u16>()
                .ok()
                .filter(|hue| *hue < 360)
                .map(Self::Hue)
                // One address for each: neither `007` nor `+7`.
                .filter(|accent| accent.word() == text),
        }
    }
}

crate::words! {
    /// How round boxes and buttons are.
    #[derive(Default)]
    pub enum Corners {
        Square = "square",
        Slight = "slight",
        #[default]
        Rounded = "rounded",
        Round = "round",
    }
}

crate::words! {
    #[derive(Default)]
    pub enum Font {
        /// What the visitor's system has.
        #[default]
        System = "system",
        Inter = "inter",
        Outfit = "outfit",
        Literata = "literata",
        /// For headings alone.
        Fraunces = "fraunces",
    }
}

crate::words! {
    /// What a picture was drawn as.
    pub enum Shape {
        /// As wide as it is, up to [`LOGO`]: WebP.
        Logo = "logo",
        /// A square, from [`ICON`] up to [`LARGE_ICON`]: PNG, and one for home screens.
        Icon = "icon",
    }
}

/// Most pixels of a logo, wide and high: four for each that a page shows.
pub const LOGO: (u32, u32) = (640, 160);
/// Pixels of an icon's sides, for the browser's tab.
pub const ICON: u32 = 192;
/// The most that are kept of it: as many as phones show while the shop starts from their home screen.
pub const LARGE_ICON: u32 = 512;
/// Of the icon that phones put on a home screen.
pub const TOUCH_ICON: u32 = 180;

/// A picture that this shop has drawn. It never changes: another one has another id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookPicture {
    /// 32 digits of a hash of its content.
    pub id: String,
    /// In pixels.
    pub width: u32,
    pub height: u32,
}

impl LookPicture {
    /// The address of a logo.
    pub fn logo_src(&self) -> String {
        format!("/look/{}.webp", self.id)
    }

    /// The address of an icon, for the browser's tab.
    pub fn icon_src(&self) -> String {
        format!("/look/{}.png", self.id)
    }

    /// The address of an icon as large as it is kept, if that is larger.
    pub fn large_src(&self) -> Option<String> {
        (self.width > ICON).then(|| format!("/look/{}.large.png", self.id))
    }

    /// The address of an icon, for a home screen.
    pub fn touch_src(&self) -> String {
        format!("/look/{}.touch.png", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_is_written_in_one_way() {
        for accent in [Accent::Standard, Accent::Hue(0), Accent::Hue(359)] {
            assert_eq!(Accent::parse(&accent.word()), Some(accent));
        }
        for other in [
            "", "360", "-1", "+7", "007", " 7", "7.5", "Standard", "#fff",
        ] {
            assert_eq!(Accent::parse(other), None, "{other:?}");
        }
    }
}
