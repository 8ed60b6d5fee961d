//! Live stock: how many there are right now, for the islands that show it.
//!
//! Cached pages say it in words ([`Availability`]); the numbers come from `/api/stock/events`.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::types::{Availability, Units};
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
    /// How many of `available` are there, if more can be ordered than that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_shelf: Option<i64>,
    /// Units that are being paid for, of what is sold out. Left out of the JSON if there are none.
    #[serde(default, skip_serializing_if = "is_none_of")]
    pub paying: i64,
    /// In how many minutes at the latest the first of them is paid for or comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
}

fn is_not(more: &bool) -> bool {
    !more
}

fn is_none_of(units: &i64) -> bool {
    *units == 0
}

impl VariantStock {
    /// Stock is low at `low_stock` units and below.
    pub fn of(variant_id: &str, units: impl Into<Units>, low_stock: i64) -> Self {
        let units = units.into();
        let is_told = units.sells_ahead() && units.available > 0 && units.on_shelf <= MOST_TOLD;
        Self {
            variant_id: variant_id.to_owned(),
            available: units.available.clamp(0, MOST_TOLD),
            availability: units.availability(low_stock),
            more: units.available > MOST_TOLD,
            on_shelf: is_told.then_some(units.on_shelf.max(0)),
            paying: 0,
            minutes: None,
        }
    }

    /// With what is being paid for, which is told of what is sold out.
    #[must_use]
    pub fn being_paid(mut self, units: i64, minutes: Option<i64>) -> Self {
        if self.available == 0 && units > 0 {
            self.paying = units;
            self.minutes = minutes;
        }
        self
    }

    /// `Only 3 left`, `12 in stock`, `More than 20 in stock`, `Available to order`, `Sold out`, `All taken. 7 being paid
    /// for …`
    pub fn words(&self, words: &StockWords) -> String {
        let (text, units) = match (self.availability, self.on_shelf) {
            (Availability::SoldOut, _) if self.paying > 0 => match self.minutes {
                Some(minutes) => {
                    return counted(&counted(&words.paying_for, self.paying), minutes);
                }
                None => (&words.paying, self.paying),
            },
            (Availability::SoldOut, _) => (&words.sold_out, 0),
            (Availability::BackOrder, _) => (&words.back_order, 0),
            (Availability::FewLeft, _) => (&words.only, self.available),
            (Availability::InStock, Some(on_shelf)) => (&words.count, on_shelf),
            (Availability::InStock, None) if self.more => (&words.more, self.available),
            (Availability::InStock, None) => (&words.count, self.available),
        };
        counted(text, units)
    }
}

/// What islands say of stock, in the language of the page. In the last four, `#` is where the number
/// goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockWords {
    pub in_stock: String,
    pub few_left: String,
    pub back_order: String,
    pub sold_out: String,
    pub only: String,
    pub count: String,
    pub more: String,
    /// Units that are being paid for; and the same with how many minutes that takes, behind a second `#`.
    pub paying: String,
    pub paying_for: String,
    /// Where more is wanted than is there.
    pub rest: String,
}

impl StockWords {
    /// Without a number.
    pub fn of(&self, availability: Availability) -> &str {
        match availability {
            Availability::InStock => &self.in_stock,
            Availability::FewLeft => &self.few_left,
            Availability::BackOrder => &self.back_order,
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
            back_order: text.back_order().to_owned(),
            sold_out: text.sold_out().to_owned(),
            only: text.stock_only().to_owned(),
            count: text.stock_count().to_owned(),
            more: text.stock_more().to_owned(),
            paying: text.stock_paying().to_owned(),
            paying_for: text.stock_paying_for().to_owned(),
            rest: text.stock_rest().to_owned(),
        }
    }
}

/// How available a variant is.
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
            Availability::FewLeft | Availability::BackOrder => "status status-warn",
            Availability::SoldOut => "status status-out",
        };
        Self {
            class,
            word: words.of(availability).to_owned(),
        }
    }
}

/// How available it is, with the number where it is known, and a voice for those who cannot see it.
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

    #[cfg(feature = "ssr")]
    #[test]
    fn what_is_being_paid_for_is_told_of_what_cannot_be_had() {
        let told = |units, minutes| VariantStock::of("v", 0, 5).being_paid(units, minutes);
        let words = |stock: VariantStock| stock.words(&StockWords::here());
        assert_eq!(words(told(0, None)), "Sold out");
        assert_eq!(words(told(7, None)), "All taken. 7 being paid for.");
        assert_eq!(
            words(told(7, Some(4))),
            "All taken. 7 being paid for; the first is paid for or free again in 4 min at the latest."
        );
        let there = VariantStock::of("v", 3, 5);
        assert_eq!(there.clone().being_paid(7, Some(4)), there);
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn what_can_be_ordered_is_not_told_as_stock() {
        let told = |on_shelf: i64| {
            let units = Units {
                available: on_shelf + 10,
                on_shelf,
            };
            let told = VariantStock::of("v", units, 5);
            (
                told.words(&StockWords::here()),
                told.available,
                told.on_shelf,
            )
        };
        let words = |text: &str, available, on_shelf| (text.to_owned(), available, on_shelf);
        assert_eq!(told(-10), words("Sold out", 0, None));
        assert_eq!(told(-3), words("Available to order", 7, Some(0)));
        assert_eq!(told(0), words("Available to order", 10, Some(0)));
        assert_eq!(told(2), words("2 in stock", 12, Some(2)));
        assert_eq!(told(12), words("12 in stock", 20, Some(12)));
        assert_eq!(told(50), words("More than 20 in stock", 20, None));
    }
}
