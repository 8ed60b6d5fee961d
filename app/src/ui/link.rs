//! Links that the owner of the shop has typed.

use crate::locale::href;

/// What is wrong with a link that is refused.
pub const NO_LINK: &str =
    "Enter a page of the shop, such as /products, or an address that begins with https://.";

/// Where a stored link leads: within the shop it keeps the language of the page at hand.
pub fn target(link: &str) -> String {
    match link.starts_with('/') {
        true => href(link),
        false => link.to_owned(),
    }
}
