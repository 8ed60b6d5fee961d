//! What can be wrong with a look or with a picture for it.

use app::locale::Locale;

use super::text::Text;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookFault {
    /// No accent was chosen.
    Accent,
    /// It is no number of degrees.
    Hue,
    Corners,
    Font,
    /// The picture that a form names is not there any more.
    Gone,
    /// Someone else saved another look.
    Overtaken,
    /// No file was sent.
    NoFile,
    /// What was sent is no form with files.
    NotAForm,
    /// The file did not arrive whole.
    Interrupted,
    /// It is no picture of a kind the shop takes.
    Kind,
    TooLarge,
    TooWide,
    Damaged,
    /// There is something besides the picture.
    More,
    /// An SVG refers to what is not in it, or holds pictures.
    Outside,
    /// An SVG has scripts or is animated.
    Active,
    /// An SVG declares entities.
    Entities,
    /// An SVG has texts, whose fonts are not in it.
    Text,
    /// Its style sheet refers to more than gradients.
    StyleSheet,
    /// Drawing it would take too long.
    Complex,
    /// There is nothing to be seen.
    Empty,
    /// An SVG uses something that is not drawn here.
    Element(String),
}

impl LookFault {
    pub fn words(&self, locale: Locale) -> String {
        let text = Text::from(locale);
        let words = match self {
            Self::Accent => text.choose_an_accent(),
            Self::Hue => text.enter_a_hue(),
            Self::Corners => text.choose_corners(),
            Self::Font => text.choose_a_font(),
            Self::Gone => text.upload_again(),
            Self::Overtaken => text.conflict(),
            Self::NoFile => text.choose_a_file(),
            Self::NotAForm => text.send_as_form(),
            Self::Interrupted => text.interrupted(),
            Self::Kind => text.not_a_picture(),
            Self::TooLarge => text.too_large(),
            Self::TooWide => text.too_wide(),
            Self::Damaged => text.damaged(),
            Self::More => text.more_than_a_picture(),
            Self::Outside => text.svg_outside(),
            Self::Active => text.svg_active(),
            Self::Entities => text.svg_entities(),
            Self::Text => text.svg_text(),
            Self::StyleSheet => text.svg_style_sheet(),
            Self::Complex => text.svg_complex(),
            Self::Empty => text.svg_empty(),
            Self::Element(name) => return text.svg_element(&shortened(name)),
        };
        words.to_owned()
    }
}

/// A name out of a file: only as much as can be told.
fn shortened(name: &str) -> String {
    name.chars()
        .filter(|letter| !letter.is_control())
        .take(40)
        .collect()
}
