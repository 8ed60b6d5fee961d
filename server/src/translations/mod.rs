//! Translations of the shop's texts.
//!
//! The original of a text is kept with what it belongs to, and a translation by its kind, the id of
//! its subject, its language and its field. What is not translated shows the original. Each
//! translation keeps the digest of the original that it was made from: once the original says
//! something else, the translation is stale. It is still shown until someone looks at it.

mod lines;
mod read;
mod write;

use sha2::{Digest, Sha256};

pub use lines::{LineName, NamesOf, line_names};
pub use read::{Kept, Stored, Translated, Translations, kept, of, of_catalog, of_subject, stored};
pub use write::{Change, forget, forget_alts, forget_text, mark_stale, set};

app::words! {
    /// What has texts that are translated.
    pub enum Kind {
        Product = "product",
        Category = "category",
        Collection = "collection",
        /// Title and text of a drop.
        Drop = "drop",
        /// The name of an option and its values, wherever they are used; its id is the option's key.
        Option = "option",
        Page = "page",
        MenuItem = "menu_item",
        Block = "block",
        Announcement = "announcement",
        Words = "words",
        /// Name and description of a shipping method; its id is the rate's.
        ShippingRate = "shipping_rate",
        /// Name and description of a payment method; its id is the method.
        PaymentMethod = "payment_method",
        /// A tag, wherever it is used; its id is the tag as it is written.
        Tag = "tag",
    }
}

pub const TITLE: &str = "title";
pub const DESCRIPTION: &str = "description";
pub const SEO_TITLE: &str = "seo_title";
pub const SEO_DESCRIPTION: &str = "seo_description";
/// Markdown of a page.
pub const BODY: &str = "body";
/// Of an item of a menu.
pub const LABEL: &str = "label";
/// Of an announcement.
pub const TEXT: &str = "text";
/// Of a category, a collection, a drop, an option, a tag, a shipping or a payment method.
pub const NAME: &str = "name";

/// The field of an option's value.
pub fn value_field(value: &str) -> String {
    format!("value:{value}")
}

/// The field of what a picture of a product shows.
pub fn alt_field(src: &str) -> String {
    format!("alt:{src}")
}

/// What a translation keeps of the original it was made from.
pub fn digest(original: &str) -> String {
    hex::encode(Sha256::digest(original))
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn another_original_has_another_digest() {
        assert_eq!(digest("Rope"), digest("Rope"));
        assert_ne!(digest("Rope"), digest("Rope "));
        assert_eq!(digest("").len(), 64);
    }
}
