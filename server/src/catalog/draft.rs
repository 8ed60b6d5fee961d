//! A product as it is to be stored, checked.

use app::error::{FieldError, ShopError};

use crate::text::is_slug;

/// What a product is to look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductDraft {
    pub slug: String,
    pub title: String,
    pub description_html: String,
    pub vendor: String,
    /// Name of its category; empty for none.
    pub category: String,
    /// Lower case, sorted, each once.
    pub tags: Vec<String>,
    pub active: bool,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    /// Up to three names.
    pub options: Vec<String>,
    pub variants: Vec<VariantDraft>,
    pub pictures: Vec<PictureDraft>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantDraft {
    /// Row of the form or file it came from: what is wrong is said of that row.
    pub row: usize,
    /// `None` for a new variant.
    pub id: Option<String>,
    /// Empty beyond the product's options.
    pub options: [String; 3],
    pub sku: Option<String>,
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
    pub grams: i64,
    pub picture_src: Option<String>,
    pub stock: StockTarget,
}

/// What is to become of a variant's stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockTarget {
    Keep,
    /// This many units, whatever there are.
    Set(i64),
    /// This many more, or fewer if negative.
    Change(i64),
}

impl StockTarget {
    /// Units there are to be where there are `units` now.
    pub fn from(self, units: i64) -> i64 {
        match self {
            Self::Keep => units,
            Self::Set(target) => target,
            Self::Change(by) => units + by,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureDraft {
    /// `None` for a new picture.
    pub id: Option<String>,
    pub src: String,
    pub alt: String,
}

/// The most a variant may cost, in minor units: more than any till takes, and far from where sums of
/// prices overflow.
pub const MAX_AMOUNT: i64 = 1_000_000_000_000;
/// The most units a variant may have in stock, and grams it may weigh.
pub const MAX_COUNT: i64 = 1_000_000_000;
pub const TOO_DEAR: &str = "This is more than a price can be.";
pub const TOO_MANY_UNITS: &str = "There can be up to 1,000,000,000 units.";
pub const TOO_HEAVY: &str = "There can be up to 1,000,000,000 grams.";
pub const MAX_VARIANTS: usize = 100;

impl ProductDraft {
    /// Says which fields of a form cannot be right. Rows of variants are named as in the form:
    /// `variants[0][price]`.
    ///
    /// `found` is what was found wrong before; all of it is told at once.
    pub fn check(&self, found: Vec<FieldError>) -> Result<(), ShopError> {
        let mut errors = found;
        let mut wrong = |field: String, message: &str| {
            errors.push(FieldError {
                field,
                message: message.to_owned(),
            });
        };
        if self.title.is_empty() || self.title.chars().count() > 255 {
            wrong("title".into(), "Enter a title of up to 255 characters.");
        }
        let slug_is_owed = self.slug.is_empty() && self.title.is_empty();
        if !is_slug(&self.slug) && !slug_is_owed {
            wrong(
                "slug".into(),
                "Use lower-case letters, digits and single hyphens, up to 120 of them.",
            );
        }
        for (field, text, max) in [
            ("vendor", &self.vendor, 120),
            ("category", &self.category, 120),
            ("description_html", &self.description_html, 200_000),
        ] {
            if text.chars().count() > max {
                wrong(field.into(), "This is too long.");
            }
        }
        if self.tags.len() > 50 || self.tags.iter().any(|tag| tag.chars().count() > 60) {
            wrong("tags".into(), "Use up to 50 tags of up to 60 characters.");
        }
        for (field, text) in [
            ("seo_title", &self.seo_title),
            ("seo_description", &self.seo_description),
        ] {
            if text.as_ref().is_some_and(|text| text.chars().count() > 400) {
                wrong(field.into(), "Use up to 400 characters.");
            }
        }
        if self.variants.is_empty() {
            wrong(
                "variants[0][price]".into(),
                "A product needs at least one variant with a price.",
            );
        }
        if self.variants.len() > MAX_VARIANTS {
            wrong("variants".into(), "A product can have up to 100 variants.");
        }
        for (i, name) in self.options.iter().enumerate() {
            let twice = self.options[..i]
                .iter()
                .any(|other| other.eq_ignore_ascii_case(name));
            if name.is_empty() || name.chars().count() > 60 || twice {
                wrong(
                    format!("option{}_name", i + 1),
                    "Give each option a name of its own.",
                );
            }
        }
        for (i, variant) in self.variants.iter().enumerate() {
            let field = |name: &str| format!("variants[{}][{name}]", variant.row);
            if !(0..=MAX_AMOUNT).contains(&variant.price_minor) {
                wrong(field("price"), TOO_DEAR);
            }
            if variant
                .compare_at_minor
                .is_some_and(|price| !(0..=MAX_AMOUNT).contains(&price))
            {
                wrong(field("compare_at"), TOO_DEAR);
            }
            if !(0..=MAX_COUNT).contains(&variant.grams) {
                wrong(field("grams"), TOO_HEAVY);
            }
            if let StockTarget::Set(stock) = variant.stock
                && !(0..=MAX_COUNT).contains(&stock)
            {
                wrong(field("stock"), TOO_MANY_UNITS);
            }
            for (n, value) in variant.options.iter().enumerate() {
                let wanted = n < self.options.len();
                if wanted && (value.is_empty() || value.chars().count() > 120) {
                    wrong(
                        field(&format!("option{}", n + 1)),
                        "Enter a value for this option.",
                    );
                } else if !wanted && !value.is_empty() {
                    wrong(
                        field(&format!("option{}", n + 1)),
                        "This option has no name.",
                    );
                }
            }
            let before = &self.variants[..i];
            if before.iter().any(|other| other.options == variant.options) {
                wrong(field("option1"), "Another variant has the same options.");
            }
            if variant.sku.is_some() && before.iter().any(|other| other.sku == variant.sku) {
                wrong(field("sku"), "Another variant has the same SKU.");
            }
            if variant
                .sku
                .as_ref()
                .is_some_and(|sku| sku.chars().count() > 120)
            {
                wrong(field("sku"), "Use up to 120 characters.");
            }
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(ShopError::fields(errors))
        }
    }
}
