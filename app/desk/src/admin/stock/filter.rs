//! What the table of stock is narrowed to and sorted by, as its address has it.

use app::catalog::{limits::MAX_SKU, query::encode};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::admin::product_filter::Cursor;

pub const HERE: &str = "/admin/stock";

app::words! {
    /// Variants by what there is of them.
    pub enum StockTab {
        /// Counted, and none can be bought.
        SoldOut = "sold-out",
        /// There are some, but few by the shop's settings; they are in stock as well.
        Low = "low",
        InStock = "in-stock",
        /// Nobody counts their units.
        Untracked = "untracked",
    }
}

app::words! {
    #[derive(Default)]
    pub enum StockSort {
        /// Products that came last first, each with its variants in their order.
        #[default]
        Newest = "newest",
        Title = "title",
        Fewest = "fewest",
        Most = "most",
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StockFilter {
    /// Beginnings of words of the product, or a whole SKU.
    pub text: Option<String>,
    pub tab: Option<StockTab>,
    pub sort: StockSort,
    pub cursor: Option<Cursor>,
}

impl StockFilter {
    /// What the page's address asks for.
    pub fn of_address() -> Self {
        let query = use_query_map().get_untracked();
        let pairs: Vec<(String, String)> = query
            .into_iter()
            .map(|(name, value)| (name.into_owned(), value))
            .collect();
        Self::parse(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())))
    }

    /// Reads what it understands and leaves the rest.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match name {
                "q" => filter.text = Some(value.chars().take(MAX_SKU).collect()),
                "stock" => filter.tab = StockTab::parse(value),
                "sort" => filter.sort = StockSort::parse(value).unwrap_or_default(),
                "after" => filter.cursor = Some(Cursor::After(value.to_owned())),
                "before" => filter.cursor = Some(Cursor::Before(value.to_owned())),
                _ => {}
            }
        }
        filter
    }

    /// The parts of the address but for its page, without what goes without saying.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let sort = (self.sort != StockSort::default()).then(|| self.sort.as_str().to_owned());
        [
            ("q", self.text.clone()),
            ("stock", self.tab.map(|tab| tab.as_str().to_owned())),
            ("sort", sort),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    pub fn href(&self) -> String {
        let mut pairs = self.pairs();
        if let Some((name, at)) = self.cursor.as_ref().map(Cursor::pair) {
            pairs.push((name, at.to_owned()));
        }
        let pairs: Vec<_> = pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        match pairs.is_empty() {
            true => HERE.to_owned(),
            false => format!("{HERE}?{}", encode(&pairs)),
        }
    }

    pub fn at(&self, cursor: Option<Cursor>) -> Self {
        Self {
            cursor,
            ..self.clone()
        }
    }

    pub fn in_tab(&self, tab: Option<StockTab>) -> Self {
        Self {
            tab,
            ..self.at(None)
        }
    }

    pub fn sorted(&self, sort: StockSort) -> Self {
        Self {
            sort,
            ..self.at(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_the_table_shows_and_back() {
        let filter = StockFilter {
            text: Some("ä b".to_owned()),
            tab: Some(StockTab::SoldOut),
            sort: StockSort::Fewest,
            cursor: Some(Cursor::Before("0~x".to_owned())),
        };
        let href = "/admin/stock?q=%C3%A4+b&stock=sold-out&sort=fewest&before=0%7Ex";
        assert_eq!(filter.href(), href);
        let pairs = filter.pairs();
        let pairs = pairs.iter().map(|(n, v)| (*n, v.as_str()));
        assert_eq!(StockFilter::parse(pairs), filter.at(None));
        assert_eq!(StockFilter::default().href(), HERE);
        let strange = [("stock", "some"), ("sort", "colour"), ("q", " ")];
        assert_eq!(StockFilter::parse(strange), StockFilter::default());
    }
}
