//! The state of a product list, which lives in its address and nowhere else.
//!
//! `read` takes anything and ignores what it does not know, but tells of amounts that it cannot read;
//! `pairs` writes the one normal form. Equal lists have equal normal forms, so a cache may be keyed by
//! it.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::{address, text::Text};
use crate::{
    locale::locale,
    money::{AmountError, parse_amount, plain_amount},
};

/// Products on one page of a list.
pub const PAGE_SIZE: i64 = 24;
/// Pages past this are not offered: nobody reads them and they make a database count.
const MAX_PAGE: i64 = 10_000;
const MAX_TEXT: usize = 100;
const MAX_VALUES: usize = 20;
/// Options that may be filtered by at once; each costs a count of its own.
const MAX_OPTIONS: usize = 5;

crate::words! {
    #[derive(Default)]
    pub enum Sort {
        /// A list's own order: the best match first in a search; otherwise what is in stock, then what sells
        /// most, then what is new.
        #[default]
        Featured = "featured",
        Newest = "newest",
        PriceUp = "price-up",
        PriceDown = "price-down",
        Name = "name",
        BestSelling = "best-selling",
    }
}

impl Sort {
    /// As it is in addresses. Searches call their own order by relevance, and every list once did.
    fn read(word: &str) -> Self {
        match word {
            "relevance" => Self::Featured,
            _ => Self::parse(word).unwrap_or_default(),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    pub q: Option<String>,
    /// Slug.
    pub category: Option<String>,
    pub tags: BTreeSet<String>,
    pub price_min_minor: Option<i64>,
    pub price_max_minor: Option<i64>,
    pub in_stock: bool,
    /// Lower-case option name to the values of which a variant must have one.
    pub options: BTreeMap<String, BTreeSet<String>>,
    pub sort: Sort,
    /// From 1.
    pub page: i64,
}

/// A filter that could not be read. A page shows the list without it; a program is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub field: &'static str,
    /// As it was typed.
    pub text: String,
    /// What is wrong with it.
    pub words: String,
}

/// A list's address as it is to be: what could be read in its normal form, and behind it, as typed,
/// what could not.
pub fn normal_pairs(query: &ListQuery, unread: &[Unread], currency: &str) -> Vec<(String, String)> {
    let mut pairs = query.pairs(currency);
    let typed = unread.iter();
    pairs.extend(typed.map(|unread| (unread.field.to_owned(), unread.text.clone())));
    pairs
}

fn clean(text: &str) -> Option<String> {
    let text: String = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_TEXT)
        .collect();
    let text = text.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Prices of a filter are rounded outwards to two digits, such as 7.30 or 250: every other price would
/// be another list to count and to keep, and anybody could ask for any number of them.
fn step(price_minor: i64) -> i64 {
    let digits = price_minor.checked_ilog10().unwrap_or_default();
    10_i64.pow(digits.saturating_sub(1))
}

/// Why a text is not an amount, for the field it was typed into.
fn amount_words(error: &AmountError) -> String {
    let locale = locale();
    let text = Text::from(locale);
    let readings = match error {
        AmountError::NotAmount | AmountError::TooLarge => return text.amount_wanted().to_owned(),
        AmountError::Decimals(0) => return text.no_decimals().to_owned(),
        AmountError::Decimals(digits) => return text.too_many_decimals(&digits.to_string()),
        AmountError::Ambiguous(readings) => readings,
    };
    let written = |number: &str| locale.separated(number);
    let [small, large] = readings.amounts();
    let instead = match (readings.unmistakable(), readings.digits()) {
        ((large, Some(small)), _) => text.amount_or(&large, &written(&small)),
        ((large, None), 0) => large,
        ((large, None), digits) => text.amount_or_decimals(&digits.to_string(), &large),
    };
    let (small, large) = (written(&small), written(&large));
    text.amount_ambiguous(&large, &instead, &small, readings.typed())
}

impl ListQuery {
    /// [`ListQuery::read`], without what could not be read.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>, currency: &str) -> Self {
        Self::read(pairs, currency).0
    }

    /// Reads decoded name and value pairs of an address. Later single values replace earlier ones.
    pub fn read<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        currency: &str,
    ) -> (Self, Vec<Unread>) {
        let mut query = Self {
            page: 1,
            ..Self::default()
        };
        let (mut min, mut max) = (None, None);
        for (name, value) in pairs {
            let Some(value) = clean(value) else { continue };
            match name {
                "q" => query.q = Some(value),
                "category" => query.category = Some(value.to_lowercase()),
                "tag" if query.tags.len() < MAX_VALUES => {
                    query.tags.insert(value.to_lowercase());
                }
                "min" => min = Some(value),
                "max" => max = Some(value),
                "in_stock" => query.in_stock = matches!(value.as_str(), "1" | "true" | "on"),
                "sort" => query.sort = Sort::read(&value),
                "page" => query.page = value.parse().unwrap_or(1).clamp(1, MAX_PAGE),
                _ => {
                    if let Some(option) = name.strip_prefix("opt.").and_then(clean) {
                        let option = option.to_lowercase();
                        let known = query.options.contains_key(&option);
                        if known || query.options.len() < MAX_OPTIONS {
                            let values = query.options.entry(option).or_default();
                            if values.len() < MAX_VALUES {
                                values.insert(value);
                            }
                        }
                    }
                }
            }
        }
        let mut unread = Vec::new();
        for (field, text, bound) in [
            ("min", min, &mut query.price_min_minor),
            ("max", max, &mut query.price_max_minor),
        ] {
            let Some(text) = text else { continue };
            match parse_amount(&text, currency) {
                Ok(minor) => *bound = Some(minor),
                Err(error) => {
                    let words = amount_words(&error);
                    unread.push(Unread { field, text, words });
                }
            }
        }
        if let (Some(min), Some(max)) = (query.price_min_minor, query.price_max_minor)
            && min > max
        {
            (query.price_min_minor, query.price_max_minor) = (Some(max), Some(min));
        }
        query.price_min_minor = query
            .price_min_minor
            .map(|price| price / step(price) * step(price));
        query.price_max_minor = query.price_max_minor.map(|price| {
            let steps = (price as u64).div_ceil(step(price) as u64);
            i64::try_from(steps * step(price) as u64).unwrap_or(price)
        });
        (query, unread)
    }

    /// The normal form: fixed order, defaults left out.
    pub fn pairs(&self, currency: &str) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut push = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if let Some(q) = &self.q {
            push("q", q.clone());
        }
        if let Some(category) = &self.category {
            push("category", category.clone());
        }
        for tag in &self.tags {
            push("tag", tag.clone());
        }
        for (name, minor) in [("min", self.price_min_minor), ("max", self.price_max_minor)] {
            if let Some(minor) = minor {
                let plain = plain_amount(minor, currency);
                let short = match plain.split_once('.') {
                    Some((whole, decimals)) if decimals.bytes().all(|d| d == b'0') => whole,
                    _ => &plain,
                };
                push(name, short.to_owned());
            }
        }
        if self.in_stock {
            push("in_stock", "1".to_owned());
        }
        for (option, values) in &self.options {
            for value in values {
                push(&format!("opt.{option}"), value.clone());
            }
        }
        if self.sort != Sort::default() {
            push("sort", self.sort.as_str().to_owned());
        }
        if self.page > 1 {
            push("page", self.page.to_string());
        }
        pairs
    }

    /// Whether anything narrows the list down.
    pub fn is_filtered(&self) -> bool {
        self.q.is_some()
            || !self.tags.is_empty()
            || self.price_min_minor.is_some()
            || self.price_max_minor.is_some()
            || self.in_stock
            || !self.options.is_empty()
    }

    /// Whether the list is of everything there is: no category and no search narrows it down.
    pub fn is_of_everything(&self) -> bool {
        self.category.is_none() && self.q.is_none()
    }

    /// The address of this list: a category's own page when there is no search text.
    pub fn href(&self, currency: &str) -> String {
        let mut pairs = self.pairs(currency);
        let base = match (&self.category, &self.q) {
            (Some(category), None) => {
                pairs.retain(|(name, _)| name != "category");
                address::category(category)
            }
            _ => "/products".to_owned(),
        };
        if pairs.is_empty() {
            return base;
        }
        format!("{base}?{}", encode(&pairs))
    }
}

/// Form encoding as browsers do it: what a form without script asks for has the same address.
pub fn encode(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}
