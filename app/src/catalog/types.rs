//! What pages and the API show of the catalogue.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How much there is, in words. Pages are cached, so numbers have no place in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    InStock,
    FewLeft,
    /// It can be ordered, and is not there: it is sold when it is out of stock.
    BackOrder,
    SoldOut,
}

impl Availability {
    /// Shoppers never read of more units than this that only a few are left. What an owner calls low is
    /// for reordering, too, and may be hundreds: told to shoppers, that would hurry them with what is
    /// not true.
    pub const MOST_FEW: i64 = 4;

    /// Of so many units, where stock is low at `low_stock` and below: the setting that marks stock for
    /// the staff says from when shoppers read of few, too.
    pub const fn of(stock: i64, low_stock: i64) -> Self {
        if stock <= 0 {
            Self::SoldOut
        } else if stock <= low_stock && stock <= Self::MOST_FEW {
            Self::FewLeft
        } else {
            Self::InStock
        }
    }

    pub const fn class(self) -> &'static str {
        match self {
            Self::InStock => "in-stock",
            Self::FewLeft => "few-left",
            Self::BackOrder => "back-order",
            Self::SoldOut => "sold-out",
        }
    }
}

/// How many units of a variant can be bought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Units {
    pub available: i64,
    /// How many are there. Below zero, so many are owed; what can be bought beyond it is sold before it is there.
    pub on_shelf: i64,
}

impl Units {
    /// Whether more can be bought than is there.
    pub const fn sells_ahead(self) -> bool {
        self.on_shelf < self.available
    }

    /// Where more can be ordered than there is, nobody has to hurry for the last ones.
    pub const fn availability(self, low_stock: i64) -> Availability {
        match Availability::of(self.available, low_stock) {
            Availability::SoldOut => Availability::SoldOut,
            _ if self.on_shelf <= 0 => Availability::BackOrder,
            _ if self.sells_ahead() => Availability::InStock,
            word => word,
        }
    }
}

/// All of them are there.
impl From<i64> for Units {
    fn from(available: i64) -> Self {
        Self {
            available,
            on_shelf: available,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub src: String,
    pub alt: String,
    /// Whether parts of it can be seen through: it then stands on its frame and does not fill it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut_out: bool,
    /// That of its widest file, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<PictureSize>,
}

/// In pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureSize {
    pub width: i64,
    pub height: i64,
}

/// The picture, if there is one, that is shown small beside what names it: its address never comes
/// without its look.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumb {
    #[serde(rename = "picture_src")]
    src: Option<String>,
    #[serde(
        rename = "picture_cut_out",
        default,
        skip_serializing_if = "std::ops::Not::not"
    )]
    cut_out: bool,
}

impl Thumb {
    pub fn of(picture: Option<(String, bool)>) -> Self {
        match picture {
            Some((src, cut_out)) => Self {
                src: Some(src),
                cut_out,
            },
            None => Self::default(),
        }
    }

    pub fn src(&self) -> Option<&str> {
        self.src.as_deref()
    }

    /// Of a cut-out, which stands on its frame, or of a photograph, which fills it.
    pub const fn class(&self) -> &'static str {
        match self.cut_out {
            true => "cut-out",
            false => "photo",
        }
    }
}

/// A colour that a product is sold in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colour {
    pub value: String,
    /// A picture of a variant in it.
    pub picture_src: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub id: String,
    pub slug: String,
    pub name: String,
    /// Its own, or that of one of its products, for tiles.
    pub picture: Option<Picture>,
}

/// A product as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub vendor: String,
    pub picture: Option<Picture>,
    /// Another one, to see more of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_picture: Option<Picture>,
    /// In the order of its variants; none if colour is not one of its options.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub colours: Vec<Colour>,
    pub price_min_minor: i64,
    pub price_max_minor: i64,
    pub compare_at_minor: Option<i64>,
    pub availability: Availability,
    pub variants: i64,
    /// How many options a shopper chooses by; a product without any has one variant.
    pub options: i64,
    /// Nothing of it can be had before this time, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sold_from: Option<i64>,
}

/// Forms and addresses name an option and its values as they are stored; what is shown may be
/// translated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductOption {
    pub name: String,
    /// Distinct values in the order of the variants.
    pub values: Vec<String>,
    /// The name in the language that was asked for, if it is translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Those of the values that are translated.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub value_labels: BTreeMap<String, String>,
}

impl ProductOption {
    pub fn label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }

    pub fn label_of<'a>(&'a self, value: &'a str) -> &'a str {
        self.value_labels.get(value).map_or(value, String::as_str)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    pub id: String,
    pub sku: Option<String>,
    /// One value per option of the product, in the same order.
    pub options: Vec<String>,
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
    pub availability: Availability,
    pub picture_src: Option<String>,
    /// A GTIN: see [`gtin`](super::gtin).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barcode: Option<String>,
    /// It cannot be had before this time, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sold_from: Option<i64>,
}

pub fn variant_title(options: &[String]) -> String {
    options.join(" / ")
}

/// A product as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub id: String,
    pub slug: String,
    pub title: String,
    /// Sanitised when it was stored.
    pub description_html: String,
    pub description_text: String,
    pub vendor: String,
    pub category: Option<Category>,
    pub tags: Vec<String>,
    /// Those of the tags that are translated.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tag_labels: BTreeMap<String, String>,
    pub options: Vec<ProductOption>,
    /// At least one.
    pub variants: Vec<Variant>,
    pub pictures: Vec<Picture>,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    pub currency: String,
    /// Milliseconds since 1970.
    pub created_at: i64,
    pub updated_at: i64,
    /// The drop that sells it, or will.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop: Option<OfDrop>,
}

/// The drop that something is sold by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfDrop {
    pub id: String,
    pub slug: String,
    pub title: String,
    /// Milliseconds since 1970.
    pub opens_at: i64,
    pub closes_at: Option<i64>,
}

impl Product {
    pub fn availability(&self) -> Availability {
        let best = |a, b| match (a, b) {
            (Availability::InStock, _) | (_, Availability::InStock) => Availability::InStock,
            (Availability::FewLeft, _) | (_, Availability::FewLeft) => Availability::FewLeft,
            (Availability::BackOrder, _) | (_, Availability::BackOrder) => Availability::BackOrder,
            (Availability::SoldOut, Availability::SoldOut) => Availability::SoldOut,
        };
        self.variants
            .iter()
            .map(|v| v.availability)
            .fold(Availability::SoldOut, best)
    }

    /// `M / Navy`, as pages show it; empty for a product without options.
    pub fn title_of(&self, variant: &Variant) -> String {
        let values = self.options.iter().zip(&variant.options);
        let labels: Vec<String> = values
            .map(|(option, value)| option.label_of(value).to_owned())
            .collect();
        variant_title(&labels)
    }

    /// When it can be had, if nothing of it can be before.
    pub fn sold_from(&self) -> Option<i64> {
        let waits = self.variants.iter().map(|variant| variant.sold_from);
        waits.collect::<Option<Vec<_>>>()?.into_iter().min()
    }

    pub fn variant(&self, id: &str) -> Option<&Variant> {
        self.variants.iter().find(|v| v.id == id)
    }

    /// The variant a visitor sees first: the asked-for one, else the first that can be bought.
    pub fn shown_variant(&self, asked: Option<&str>) -> Option<&Variant> {
        asked
            .and_then(|id| self.variant(id))
            .or_else(|| {
                self.variants
                    .iter()
                    .find(|v| v.availability != Availability::SoldOut)
            })
            .or_else(|| self.variants.first())
    }
}

/// How often something occurs under the present filters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    pub value: String,
    pub label: String,
    pub count: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionFacet {
    /// Lower case, as it is in addresses.
    pub name: String,
    pub label: String,
    pub values: Vec<Facet>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    pub categories: Vec<Facet>,
    pub tags: Vec<Facet>,
    pub options: Vec<OptionFacet>,
    pub price_min_minor: i64,
    pub price_max_minor: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductList {
    pub products: Vec<Card>,
    pub total: i64,
    pub page: i64,
    pub pages: i64,
    pub facets: Facets,
    pub currency: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    pub categories: Vec<Category>,
    pub newest: Vec<Card>,
    pub popular: Vec<Card>,
    pub hero: Vec<Card>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub slug: String,
    pub title: String,
    pub price: String,
    #[serde(flatten)]
    pub picture: Thumb,
}
