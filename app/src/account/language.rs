//! The language of an account: that of the admin area, and of what the account is sent.

use super::text::Text;
use crate::{
    error::{ShopError, ShopResult},
    locale::{Languages, Locale, locale},
};

/// The field of its form.
pub const FIELD: &str = "language";

/// The language of the shop that has this code.
pub fn chosen(code: &str, languages: &Languages) -> ShopResult<Locale> {
    let mut spoken = languages.iter().map(|language| language.locale);
    spoken
        .find(|locale| locale.code() == code)
        .ok_or_else(|| ShopError::field(FIELD, Text::from(locale()).choose_a_language()))
}
