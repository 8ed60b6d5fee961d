//! The style sheet: the files of `style/`, in the order of their cascade, as one.
//!
//! It is embedded, so both ways of building the site serve the same bytes, and its address
//! carries a hash, so browsers may keep it for ever.

use std::sync::LazyLock;

/// All of `style/*.css`. Tokens first, pages last.
pub const CSS: &str = concat!(
    include_str!("../../../style/tokens.css"),
    include_str!("../../../style/base.css"),
    include_str!("../../../style/layout.css"),
    include_str!("../../../style/header.css"),
    include_str!("../../../style/controls.css"),
    include_str!("../../../style/forms.css"),
    include_str!("../../../style/feedback.css"),
    include_str!("../../../style/wayfinding.css"),
    include_str!("../../../style/home.css"),
    include_str!("../../../style/catalog.css"),
    include_str!("../../../style/product.css"),
    include_str!("../../../style/cart.css"),
    include_str!("../../../style/checkout.css"),
    include_str!("../../../style/order.css"),
    include_str!("../../../style/account.css"),
    include_str!("../../../style/admin.css"),
    include_str!("../../../style/admin-table.css"),
    include_str!("../../../style/admin-palette.css"),
    include_str!("../../../style/admin-orders.css"),
    include_str!("../../../style/admin-people.css"),
    include_str!("../../../style/sheet.css"),
    include_str!("../../../style/admin-products.css"),
    include_str!("../../../style/admin-desk.css"),
    include_str!("../../../style/states.css"),
);

/// `/style/holdfast.0123456789abcdef.css`
pub static HREF: LazyLock<String> =
    LazyLock::new(|| format!("/style/holdfast.{:016x}.css", fnv1a(CSS.as_bytes())));

/// FNV-1a: names a version of our own file, protects nothing.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
