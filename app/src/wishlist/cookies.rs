//! The cookies of wishlists.

use crate::cookie::{Cookie, Holds};

/// Names the list of this device.
pub const WISHLIST: Cookie = Cookie::named(
    "holdfast_wishlist",
    "__Host-holdfast_wishlist",
    Holds::OfDevice,
);
/// There is something in the list.
pub const WISHLIST_HINT: Cookie = Cookie::named(
    "holdfast_has_wishlist",
    "__Host-holdfast_has_wishlist",
    Holds::Hint,
);
