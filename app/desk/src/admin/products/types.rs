//! What the admin area reads and writes.

use app::catalog::types::Thumb;
use serde::{Deserialize, Serialize};

/// A row of the product table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminProductRow {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub vendor: String,
    #[serde(flatten)]
    pub picture: Thumb,
    pub category: Option<String>,
    pub active: bool,
    pub variants: i64,
    pub stock: i64,
    pub price_min_minor: i64,
    pub price_max_minor: i64,
    pub version: i64,
}

/// A page of the product table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductTable {
    pub rows: Vec<AdminProductRow>,
    /// How many there are on all pages, as far as they are counted.
    pub total: i64,
    pub has_more_than_counted: bool,
    /// Cursors of the pages before and after this one.
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A product as its editor shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminProduct {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub description_html: String,
    pub vendor: String,
    /// Name of the category; empty for none.
    pub category: String,
    pub tags: Vec<String>,
    pub active: bool,
    /// Whether it cannot be paid for on delivery.
    pub prepaid: bool,
    pub seo_title: String,
    pub seo_description: String,
    pub version: i64,
    pub options: Vec<String>,
    pub variants: Vec<AdminVariant>,
    pub pictures: Vec<AdminPicture>,
    /// In how many carts it is.
    pub in_carts: i64,
    pub updated_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminVariant {
    pub id: String,
    pub options: Vec<String>,
    pub sku: String,
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
    pub stock: i64,
    pub grams: i64,
    /// The picture that is shown for it, one of the product's.
    pub picture_src: Option<String>,
    /// A GTIN: see [`gtin`](app::catalog::gtin).
    pub barcode: Option<String>,
    /// What the shop pays for it. For its staff alone.
    pub cost_minor: Option<i64>,
    /// Whether its units are counted; without that it is never sold out.
    pub tracked: bool,
    /// So many more are sold than there are.
    pub backorder_limit: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminPicture {
    pub id: String,
    pub src: String,
    pub alt: String,
    /// It has nothing around what it shows, so it stands on its frame.
    #[serde(default)]
    pub cut_out: bool,
}

/// What a form says of a variant without a picture of its own.
pub const NO_PICTURE: &str = "none";

/// A row of the variant table as typed. Amounts are texts in the shop's currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VariantForm {
    /// Empty for a new variant.
    pub id: String,
    pub option1: String,
    pub option2: String,
    pub option3: String,
    pub sku: String,
    pub price: String,
    pub compare_at: String,
    /// The stock wanted.
    pub stock: String,
    /// The stock the form was made with: the difference is what is booked, so that sales made
    /// while the form was open are not undone.
    pub stock_was: String,
    pub grams: String,
    /// Address of one of the product's pictures, or [`NO_PICTURE`]; empty: as it is.
    pub picture: String,
    /// These four stay as they are if they are not sent: programs made before them go on working.
    pub barcode: Sent,
    pub cost: Sent,
    /// `1` or `0`.
    pub tracked: Sent,
    pub backorder_limit: Sent,
    /// `1` to take the variant out.
    pub remove: String,
}

impl VariantForm {
    /// An empty row of the table is no variant.
    pub fn is_blank(&self) -> bool {
        [
            &self.id,
            &self.option1,
            &self.option2,
            &self.option3,
            &self.sku,
            &self.price,
            &self.compare_at,
        ]
        .into_iter()
        .chain(&self.barcode.0)
        .chain(&self.cost.0)
        .all(|text| text.trim().is_empty())
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureForm {
    pub id: String,
    pub alt: String,
    pub position: String,
}

/// A text of a form that may be left out. The decoder of forms takes an empty `Option<String>` for
/// one that was not sent, so that nothing could ever be emptied; this tells the two apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct Sent(pub Option<String>);

impl From<String> for Sent {
    fn from(text: String) -> Self {
        Self(Some(text))
    }
}

/// The fields of a product to change; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductChange {
    pub title: Option<String>,
    pub slug: Option<String>,
    pub description_html: Option<String>,
    pub vendor: Option<String>,
    /// Name of the category, made if there is none; empty for none.
    pub category: Option<String>,
    /// Separated by commas.
    pub tags: Option<String>,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    pub active: Option<bool>,
    pub prepaid: Option<bool>,
    pub options: Option<[String; 3]>,
    pub variants: Option<Vec<VariantForm>>,
    pub pictures: Option<Vec<PictureForm>>,
    /// Key of the form of a new product, which pictures were uploaded for.
    pub form_key: Option<String>,
    /// The version the form was made from; `None` changes whatever is there.
    pub version: Option<i64>,
}

impl ProductChange {
    /// Whether the product is to be for sale, if nothing else is to change.
    pub fn only_active(&self) -> Option<bool> {
        let rest = Self {
            active: None,
            version: None,
            ..self.clone()
        };
        self.active.filter(|_| rest == Self::default())
    }

    /// Which fields are to change.
    pub fn sent(&self) -> SentFields {
        let mut names = Vec::new();
        for (name, is_sent) in [
            ("title", self.title.is_some()),
            ("slug", self.slug.is_some()),
            ("description_html", self.description_html.is_some()),
            ("vendor", self.vendor.is_some()),
            ("category", self.category.is_some()),
            ("tags", self.tags.is_some()),
            ("prepaid", self.prepaid.is_some()),
            ("seo_title", self.seo_title.is_some()),
            ("seo_description", self.seo_description.is_some()),
            ("option", self.options.is_some()),
            // The values of options are with the variants.
            (
                "variants",
                self.variants.is_some() || self.options.is_some(),
            ),
        ] {
            if is_sent {
                names.push(name);
            }
        }
        SentFields(names)
    }
}

/// Fields of a product that were sent, by the beginnings of their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFields(Vec<&'static str>);

impl SentFields {
    /// Whether a field of the form, such as `variants[0][sku]`, is one of them.
    pub fn is_about(&self, field: &str) -> bool {
        self.0.iter().any(|name| field.starts_with(name))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductSaved {
    pub id: String,
    pub slug: String,
    pub version: i64,
    pub active: bool,
}

/// What a product was at some version, as the audit trail knows it. Amounts are in minor units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductSnapshot {
    pub version: i64,
    pub slug: String,
    pub title: String,
    pub vendor: String,
    pub category: String,
    pub tags: Vec<String>,
    pub active: bool,
    pub prepaid: bool,
    pub description_html: String,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    pub options: Vec<String>,
    /// Addresses.
    pub pictures: Vec<String>,
    /// What is said of each picture; entries of other times do not say.
    pub picture_alts: Vec<String>,
    pub variants: Vec<VariantSnapshot>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VariantSnapshot {
    pub id: Option<String>,
    pub sku: Option<String>,
    pub options: Vec<String>,
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
    pub grams: i64,
    pub picture_src: Option<String>,
    pub barcode: Option<String>,
    pub cost_minor: Option<i64>,
    /// Nothing in entries of other times, when all were counted and none sold ahead.
    pub tracked: Option<bool>,
    pub backorder_limit: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_judged_by_what_was_sent() {
        let active = ProductChange {
            active: Some(false),
            version: Some(3),
            ..ProductChange::default()
        };
        assert_eq!(active.only_active(), Some(false));
        assert_eq!(ProductChange::default().only_active(), None);
        let renamed = ProductChange {
            options: Some(["Size", "", ""].map(str::to_owned)),
            ..active.clone()
        };
        assert_eq!(renamed.only_active(), None);
        let sent = renamed.sent();
        assert!(sent.is_about("option1_name") && sent.is_about("variants[3][option1]"));
        assert!(!sent.is_about("title") && !sent.is_about("tags"));
        let titled = ProductChange {
            title: Some("Rope".to_owned()),
            ..ProductChange::default()
        };
        assert!(titled.sent().is_about("title") && !titled.sent().is_about("variants[0][sku]"));
    }
}
