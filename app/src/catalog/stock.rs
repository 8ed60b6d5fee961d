//! Live stock: how many there are right now, for the islands that show it.
//!
//! Cached pages say it in words ([`Availability`]); the numbers come from `/api/stock/events`.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::types::Availability;
use crate::ui::counted::counted;

/// The most variants that are watched at once: as many as a product may have.
pub const MAX_WATCHED: usize = 100;
/// Larger numbers are told as this one: shoppers do not need them, and competitors are not to
/// count what is sold.
pub const MOST_TOLD: i64 = 20;

/// How many there are of some variants:
/// `{"variants":[{"variant_id":"…","available":3,"availability":"few_left"}]}`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockUpdate {
    pub variants: Vec<VariantStock>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantStock {
    pub variant_id: String,
    /// Units that can be had, at most [`MOST_TOLD`]; 0 for what is not on sale.
    pub available: i64,
    pub availability: Availability,
    /// Whether there are more than `available`. Left out of the JSON if not.
    #[serde(default, skip_serializing_if = "is_not")]
    pub more: bool,
}

fn is_not(more: &bool) -> bool {
    !more
}

impl VariantStock {
    /// Stock is low at `low_stock` units and below.
    pub fn of(variant_id: &str, stock: i64, low_stock: i64) -> Self {
        Self {
            variant_id: variant_id.to_owned(),
            available: stock.clamp(0, MOST_TOLD),
            availability: Availability::of(stock, low_stock),
            more: stock > MOST_TOLD,
        }
    }

    /// `Only 3 left`, `12 in stock`, `More than 20 in stock`, `Sold out`
    pub fn words(&self, words: &StockWords) -> String {
        let text = match self.availability {
            Availability::SoldOut => &words.sold_out,
            Availability::FewLeft => &words.only,
            Availability::InStock if self.more => &words.more,
            Availability::InStock => &words.count,
        };
        counted(text, self.available)
    }
}

/// What islands say of stock, in the language of the page. In the last three, `#` is where the number
/// goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockWords {
    pub in_stock: String,
    pub few_left: String,
    pub sold_out: String,
    pub only: String,
    pub count: String,
    pub more: String,
}

impl StockWords {
    /// Without a number.
    pub fn of(&self, availability: Availability) -> &str {
        match availability {
            Availability::InStock => &self.in_stock,
            Availability::FewLeft => &self.few_left,
            Availability::SoldOut => &self.sold_out,
        }
    }
}

#[cfg(feature = "ssr")]
impl StockWords {
    /// In the language of the request at hand.
    pub fn here() -> Self {
        let text = super::text::Text::from(crate::locale::locale());
        Self {
            in_stock: text.in_stock().to_owned(),
            few_left: text.few_left().to_owned(),
            sold_out: text.sold_out().to_owned(),
            only: text.stock_only().to_owned(),
            count: text.stock_count().to_owned(),
            more: text.stock_more().to_owned(),
        }
    }
}

/// How things stand with a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineStock {
    pub class: &'static str,
    /// In words without a number: only when these change are they spoken.
    pub word: String,
}

impl LineStock {
    pub fn of(availability: Availability, words: &StockWords) -> Self {
        let class = match availability {
            Availability::InStock => "status status-good",
            Availability::FewLeft => "status status-warn",
            Availability::SoldOut => "status status-out",
        };
        Self {
            class,
            word: words.of(availability).to_owned(),
        }
    }
}

/// How things stand, with the number where it is known, and a voice for those who cannot see it.
/// `about` goes before what is spoken.
pub fn status(
    standing: Memo<LineStock>,
    words: impl Fn() -> String + Send + Sync + 'static,
    about: String,
) -> impl IntoView {
    let spoken = RwSignal::new(String::new());
    Effect::new(move |before: Option<LineStock>| {
        let now = standing.get();
        if before.is_some_and(|before| before != now) {
            spoken.set([about.as_str(), &now.word].concat());
        }
        now
    });
    view! {
        <p class=move || standing.get().class>{words}</p>
        <span class="visually-hidden" role="status">{spoken}</span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_not_told() {
        let told = |stock| serde_json::to_string(&VariantStock::of("v", stock, 5)).unwrap();
        assert_eq!(
            told(3),
            r#"{"variant_id":"v","available":3,"availability":"few_left"}"#
        );
        assert_eq!(
            told(20),
            r#"{"variant_id":"v","available":20,"availability":"in_stock"}"#
        );
        assert_eq!(
            told(5_000),
            r#"{"variant_id":"v","available":20,"availability":"in_stock","more":true}"#
        );
        assert_eq!(told(21), told(5_000));
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_number_is_told_in_words() {
        let words = |stock| VariantStock::of("v", stock, 5).words(&StockWords::here());
        assert_eq!(words(0), "Sold out");
        assert_eq!(words(3), "Only 3 left");
        assert_eq!(words(12), "12 in stock");
        assert_eq!(words(21), "More than 20 in stock");
    }
}
