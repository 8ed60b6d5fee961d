//! Links that the owner of the shop has typed.

use super::text::Text;
use crate::locale::{href, locale};

/// What is wrong with a link that is refused.
pub fn no_link() -> &'static str {
    Text::from(locale()).no_link()
}

/// Where a stored link leads: within the shop it keeps the language of the page at hand.
pub fn target(link: &str) -> String {
    match link.starts_with('/') {
        true => href(link),
        false => link.to_owned(),
    }
}
