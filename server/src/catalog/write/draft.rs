//! A product as it is to be stored, checked.

use std::collections::{BTreeMap, HashSet};

pub use app::catalog::limits::{MAX_AMOUNT, MAX_COUNT};
use app::{
    catalog::{
        gtin::gtin,
        limits::{
            MAX_CATEGORY, MAX_DESCRIPTION, MAX_OPTION, MAX_SEO_DESCRIPTION, MAX_SEO_TITLE, MAX_SKU,
            MAX_SLUG, MAX_TAG, MAX_TAGS, MAX_TITLE, MAX_VARIANTS, MAX_VENDOR,
        },
    },
    error::{FieldError, ShopError},
    locale::{Locale, locale},
};
use desk::admin::products::text::Text;

use crate::{
    text::is_slug,
    translations::{DESCRIPTION, SEO_DESCRIPTION, SEO_TITLE, TITLE, alt_field},
};

/// What a product is to look like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// Whether it has to be paid before: not on delivery.
    pub prepaid: bool,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    /// Up to three names.
    pub options: Vec<String>,
    pub variants: Vec<VariantDraft>,
    pub pictures: Vec<PictureDraft>,
    pub translations: ProductTranslations,
}

/// Of a product's own texts, none empty, by language and field: see [`ProductDraft::originals`].
pub type ProductTranslations = BTreeMap<(Locale, &'static str), String>;

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
    /// A GTIN: see [`gtin`].
    pub barcode: Option<String>,
    /// What the shop pays for it: shown to its staff alone.
    pub cost_minor: Option<i64>,
    /// Whether its units are counted; without that it is never sold out.
    pub tracked: bool,
    /// So many more are sold than there are.
    pub backorder_limit: i64,
    pub stock: StockTarget,
}

impl Default for VariantDraft {
    /// A new one: counted, and sold as far as there are units.
    fn default() -> Self {
        Self {
            row: 0,
            id: None,
            options: Default::default(),
            sku: None,
            price_minor: 0,
            compare_at_minor: None,
            grams: 0,
            picture_src: None,
            barcode: None,
            cost_minor: None,
            tracked: true,
            backorder_limit: 0,
            stock: StockTarget::Keep,
        }
    }
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

impl ProductDraft {
    /// What is translated, by field.
    pub fn originals(&self) -> [(&'static str, &str); 4] {
        [
            (TITLE, &self.title),
            (DESCRIPTION, &self.description_html),
            (SEO_TITLE, self.seo_title.as_deref().unwrap_or_default()),
            (
                SEO_DESCRIPTION,
                self.seo_description.as_deref().unwrap_or_default(),
            ),
        ]
    }

    /// What the pictures show, by field. It is translated, too.
    pub fn alts(&self) -> Vec<(String, &str)> {
        let pictures = self.pictures.iter();
        pictures
            .map(|picture| (alt_field(&picture.src), picture.alt.as_str()))
            .collect()
    }

    /// Says which fields of a form cannot be right. Rows of variants are named as in the form:
    /// `variants[0][price]`.
    ///
    /// `found` is what was found wrong before; all of it is told at once.
    pub fn check(&self, found: Vec<FieldError>) -> Result<(), ShopError> {
        refuse([found, self.faults()].concat())
    }

    /// All that cannot be right, by the fields of a form.
    pub fn faults(&self) -> Vec<FieldError> {
        let says = Text::from(locale());
        let mut errors = Vec::new();
        let mut wrong = |field: String, message: String| errors.push(FieldError { field, message });
        let at_most = |max: usize| says.up_to_characters(&max.to_string());
        if self.title.is_empty() || is_longer(&self.title, MAX_TITLE) {
            let words = says.title_wanted(&MAX_TITLE.to_string());
            wrong("title".into(), words);
        }
        let slug_is_owed = self.slug.is_empty() && self.title.is_empty();
        if !is_slug(&self.slug) && !slug_is_owed {
            wrong("slug".into(), says.slug_wrong(&MAX_SLUG.to_string()));
        }
        let empty = String::new();
        for (field, text, max) in [
            ("vendor", &self.vendor, MAX_VENDOR),
            ("category", &self.category, MAX_CATEGORY),
            ("description_html", &self.description_html, MAX_DESCRIPTION),
            (
                "seo_title",
                self.seo_title.as_ref().unwrap_or(&empty),
                MAX_SEO_TITLE,
            ),
            (
                "seo_description",
                self.seo_description.as_ref().unwrap_or(&empty),
                MAX_SEO_DESCRIPTION,
            ),
        ] {
            if is_longer(text, max) {
                wrong(field.into(), at_most(max));
            }
        }
        if self.tags.len() > MAX_TAGS || self.tags.iter().any(|tag| is_longer(tag, MAX_TAG)) {
            let words = says.tags_wrong(&MAX_TAG.to_string(), &MAX_TAGS.to_string());
            wrong("tags".into(), words);
        }
        for (i, name) in self.options.iter().enumerate() {
            let twice = self.options[..i]
                .iter()
                .any(|other| other.to_lowercase() == name.to_lowercase());
            let field = format!("option{}_name", i + 1);
            if name.is_empty() || twice {
                wrong(field, says.own_option_name().into());
            } else if is_longer(name, MAX_OPTION) {
                wrong(field, at_most(MAX_OPTION));
            }
        }
        if self.variants.is_empty() {
            wrong("variants[0][price]".into(), says.variant_wanted().into());
        }
        if self.variants.len() > MAX_VARIANTS {
            let words = says.too_many_variants(&MAX_VARIANTS.to_string());
            wrong("variants".into(), words);
        }
        let (mut options, mut skus) = (HashSet::new(), HashSet::new());
        for variant in &self.variants {
            let mut wrong = |name: &str, message: &str| {
                let field = format!("variants[{}][{name}]", variant.row);
                wrong(field, message.to_owned());
            };
            variant.check(self.options.len(), &mut wrong);
            if !options.insert(&variant.options) {
                wrong("option1", says.same_options());
            }
            if let Some(sku) = &variant.sku
                && !skus.insert(sku)
            {
                wrong("sku", says.same_sku());
            }
        }
        errors
    }
}

impl VariantDraft {
    /// Tells `wrong` of fields that cannot be right in a product with so many options.
    fn check(&self, options: usize, wrong: &mut impl FnMut(&str, &str)) {
        let says = Text::from(locale());
        if !(0..=MAX_AMOUNT).contains(&self.price_minor) {
            wrong("price", says.too_dear());
        }
        if self
            .compare_at_minor
            .is_some_and(|price| !(0..=MAX_AMOUNT).contains(&price))
        {
            wrong("compare_at", says.too_dear());
        }
        if !(0..=MAX_COUNT).contains(&self.grams) {
            wrong("grams", says.too_heavy());
        }
        if !(0..=MAX_COUNT).contains(&self.backorder_limit) {
            wrong("backorder_limit", says.too_many_units());
        } else if let StockTarget::Set(stock) = self.stock {
            if stock > MAX_COUNT {
                wrong("stock", says.too_many_units());
            } else if stock < 0 - self.backorder_limit {
                wrong("stock", says.units_wanted());
            }
        }
        if self
            .cost_minor
            .is_some_and(|cost| !(0..=MAX_AMOUNT).contains(&cost))
        {
            wrong("cost", says.too_dear());
        }
        if let Some(barcode) = &self.barcode
            && gtin(barcode).as_ref() != Some(barcode)
        {
            wrong("barcode", says.barcode_wrong());
        }
        for (n, value) in self.options.iter().enumerate() {
            let field = format!("option{}", n + 1);
            match n < options {
                true if value.is_empty() => wrong(&field, says.option_value_wanted()),
                true if is_longer(value, MAX_OPTION) => {
                    wrong(&field, &says.up_to_characters(&MAX_OPTION.to_string()));
                }
                false if !value.is_empty() => wrong(&field, says.option_nameless()),
                _ => {}
            }
        }
        if self.sku.as_ref().is_some_and(|sku| is_longer(sku, MAX_SKU)) {
            wrong("sku", &says.up_to_characters(&MAX_SKU.to_string()));
        }
    }
}

fn is_longer(text: &str, max: usize) -> bool {
    text.chars().nth(max).is_some()
}

/// A refusal that names all these fields, if there are any.
pub fn refuse(faults: Vec<FieldError>) -> Result<(), ShopError> {
    match faults.is_empty() {
        true => Ok(()),
        false => Err(ShopError::fields(faults)),
    }
}
