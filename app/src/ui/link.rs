//! Links that the owner of the shop has typed.

use crate::locale::href;

/// Where a stored link leads: within the shop it keeps the language of the page at hand.
pub fn target(link: &str) -> String {
    match link.starts_with('/') {
        true => href(link),
        false => link.to_owned(),
    }
}
