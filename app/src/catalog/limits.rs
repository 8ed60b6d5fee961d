//! How much a product may hold. Product files, the editor and its forms share these, so that whatever
//! came in with a file can be edited. Shopify's own limits, where it has one: a file of its export
//! comes in whole.
//!
//! Lengths are in characters.

pub const MAX_SLUG: usize = 255;
pub const MAX_TITLE: usize = 255;
pub const MAX_DESCRIPTION: usize = 200 * 1024;
pub const MAX_VENDOR: usize = 255;
pub const MAX_CATEGORY: usize = 255;
pub const MAX_TAGS: usize = 250;
pub const MAX_TAG: usize = 255;
pub const MAX_SEO_TITLE: usize = 400;
pub const MAX_SEO_DESCRIPTION: usize = 1000;
pub const MAX_OPTIONS: usize = 3;
/// Of an option's name, and of each of its values.
pub const MAX_OPTION: usize = 255;
pub const MAX_VARIANTS: usize = 2048;
pub const MAX_SKU: usize = 255;
/// As typed: fourteen digits, and blanks or hyphens between them.
pub const MAX_BARCODE: usize = 40;
pub const MAX_PICTURES: usize = 250;
/// Of what is said of a picture.
pub const MAX_ALT: usize = 512;

/// The most a variant may cost, in minor units: more than any till takes, and far from where sums of
/// prices overflow.
pub const MAX_AMOUNT: i64 = 1_000_000_000_000;
/// The most units a variant may have in stock, and grams it may weigh.
pub const MAX_COUNT: i64 = 1_000_000_000;
