//! What the product table is asked for, as it is in its address.

use serde::{Deserialize, Serialize};

use crate::admin::columns::{self, Columns};
pub use app::answers::Cursor;
use app::{
    catalog::{limits::MAX_SKU, query::encode},
    locale::Locale,
};

pub const TABLE: &str = "/admin/products";
/// Letters of a search or filter that are looked at: a whole SKU can be looked for.
const MAX_TEXT: usize = MAX_SKU;

/// How the table is sorted; each way has an index of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductSort {
    #[default]
    Newest,
    Edited,
    Title,
    PriceUp,
    PriceDown,
    Status,
    /// By what there is of all variants together.
    StockUp,
    StockDown,
    Category,
}

impl ProductSort {
    pub const ALL: [Self; 9] = [
        Self::Newest,
        Self::Edited,
        Self::Title,
        Self::PriceUp,
        Self::PriceDown,
        Self::Status,
        Self::StockUp,
        Self::StockDown,
        Self::Category,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Edited => "edited",
            Self::Title => "title",
            Self::PriceUp => "price",
            Self::PriceDown => "price-down",
            Self::Status => "status",
            Self::StockUp => "stock",
            Self::StockDown => "stock-down",
            Self::Category => "category",
        }
    }
}

/// What there is of a product, over all its variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StockState {
    InStock,
    /// At least one variant is nearly gone.
    Low,
    SoldOut,
}

impl StockState {
    pub const ALL: [Self; 3] = [Self::InStock, Self::Low, Self::SoldOut];

    pub const fn key(self) -> &'static str {
        match self {
            Self::InStock => "in-stock",
            Self::Low => "low",
            Self::SoldOut => "sold-out",
        }
    }
}

/// How far a translation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TranslationGap {
    /// The title, or a description that there is, is not translated.
    Missing,
    /// Something was translated from a text that has changed since.
    Stale,
}

impl TranslationGap {
    pub const ALL: [Self; 2] = [Self::Missing, Self::Stale];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale => "stale",
        }
    }
}

/// Products whose translation into a language is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Untranslated {
    pub gap: TranslationGap,
    pub language: Locale,
}

impl Untranslated {
    /// `stale-de`.
    pub fn key(self) -> String {
        format!("{}-{}", self.gap.key(), self.language.code())
    }

    pub fn parse(text: &str) -> Option<Self> {
        let (gap, language) = text.split_once('-')?;
        Some(Self {
            gap: TranslationGap::ALL.into_iter().find(|g| g.key() == gap)?,
            language: Locale::of_code(language)?,
        })
    }
}

app::words! {
    /// What the table shows beside the product.
    pub enum ProductColumn {
        Status = "status",
        Stock = "stock",
        Price = "price",
        Category = "category",
    }
}

/// Which products the table shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Beginnings of words of title, vendor, category, tags or SKU.
    pub text: Option<String>,
    pub active: Option<bool>,
    /// Name of the category.
    pub category: Option<String>,
    pub tag: Option<String>,
    pub vendor: Option<String>,
    pub stock: Option<StockState>,
    pub translation: Option<Untranslated>,
    pub sort: ProductSort,
    pub columns: Columns<ProductColumn>,
    pub cursor: Option<Cursor>,
}

impl ProductFilter {
    /// Reads what it understands and leaves the rest.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        let mut columns = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let text = || Some(value.chars().take(MAX_TEXT).collect::<String>());
            match name {
                "q" => filter.text = text(),
                "active" => filter.active = value.parse().ok(),
                "category" => filter.category = text(),
                "tag" => filter.tag = text().map(|tag| tag.to_lowercase()),
                "vendor" => filter.vendor = text(),
                "stock" => {
                    filter.stock = StockState::ALL.into_iter().find(|s| s.key() == value);
                }
                "translation" => filter.translation = Untranslated::parse(value),
                "sort" => {
                    let known = ProductSort::ALL.into_iter().find(|s| s.key() == value);
                    filter.sort = known.unwrap_or_default();
                }
                columns::NAME => columns.push(value),
                "after" => filter.cursor = Some(Cursor::After(value.to_owned())),
                "before" => filter.cursor = Some(Cursor::Before(value.to_owned())),
                _ => {}
            }
        }
        filter.columns = Columns::named(columns);
        filter
    }

    /// The parts of the address, without what goes without saying.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                pairs.push((name.to_owned(), value));
            }
        };
        add("q", self.text.clone());
        add("active", self.active.map(|active| active.to_string()));
        add("category", self.category.clone());
        add("tag", self.tag.clone());
        add("vendor", self.vendor.clone());
        add("stock", self.stock.map(|stock| stock.key().to_owned()));
        add("translation", self.translation.map(Untranslated::key));
        let sort = (self.sort != ProductSort::default()).then(|| self.sort.key().to_owned());
        add("sort", sort);
        for column in self.columns.keys() {
            add(columns::NAME, Some(column.to_owned()));
        }
        if let Some((name, at)) = self.cursor.as_ref().map(Cursor::pair) {
            add(name, Some(at.to_owned()));
        }
        pairs
    }

    pub fn query(&self) -> String {
        encode(&self.pairs())
    }

    /// The address of the table that shows this.
    pub fn href(&self) -> String {
        match self.query() {
            query if query.is_empty() => TABLE.to_owned(),
            query => format!("{TABLE}?{query}"),
        }
    }

    /// The same products from the first one on.
    pub fn from_start(&self) -> Self {
        Self {
            cursor: None,
            ..self.clone()
        }
    }

    /// Whether it shows fewer products than there are.
    pub fn narrows(&self) -> bool {
        let all = Self {
            sort: self.sort,
            columns: self.columns.clone(),
            cursor: self.cursor.clone(),
            ..Self::default()
        };
        *self != all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_the_table_shows_and_back() {
        let filter = ProductFilter {
            text: Some("ä b".to_owned()),
            active: Some(false),
            tag: Some("new".to_owned()),
            stock: Some(StockState::Low),
            translation: Untranslated::parse("stale-de"),
            sort: ProductSort::PriceDown,
            columns: Columns::named(["stock", "price"]),
            cursor: Some(Cursor::After("4900~x".to_owned())),
            ..ProductFilter::default()
        };
        let pairs = filter.pairs();
        let read = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        assert_eq!(ProductFilter::parse(read), filter);
        assert!(
            filter
                .href()
                .starts_with("/admin/products?q=%C3%A4+b&active=false")
        );
        assert_eq!(ProductFilter::default().href(), TABLE);
        assert!(filter.narrows() && !ProductFilter::default().narrows());
        let with_columns = ProductFilter {
            columns: Columns::named(["price"]),
            ..ProductFilter::default()
        };
        assert_eq!(with_columns.href(), "/admin/products?column=price");
        assert!(!with_columns.narrows(), "it shows all products");
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let read = ProductFilter::parse([
            ("q", "  "),
            ("active", "perhaps"),
            ("stock", "some"),
            ("translation", "stale-xx"),
            ("sort", "colour"),
            ("page", "7"),
        ]);
        assert_eq!(read, ProductFilter::default());
    }
}
