//! Changes to many products at once.

use app::catalog::limits::MAX_AMOUNT;
use serde::{Deserialize, Serialize};

use crate::admin::jobs::text::Text;
use app::{
    catalog::limits::MAX_TAG,
    error::ShopError,
    faults::amount_words,
    locale::{Locale, locale},
    money::{AmountError, parse_amount, parse_percent},
};

/// What is done to each of many products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum BulkAction {
    Activate,
    Deactivate,
    /// Prices rise by `minor` units, or fall if it is negative.
    PriceBy {
        minor: i64,
    },
    /// Prices rise by hundredths of a percent, or fall if it is negative.
    PricePercent {
        basis_points: i64,
    },
    AddTag {
        tag: String,
    },
    RemoveTag {
        tag: String,
    },
    /// It cannot be paid for on delivery any more.
    PrepaidOnly,
    AnyPayment,
    /// Units of all variants are counted, or not any more.
    Track,
    Untrack,
    Delete,
}

impl BulkAction {
    /// Names and words of the kinds there are, for a form.
    pub fn kinds(locale: Locale) -> [(&'static str, &'static str); 11] {
        let text = Text::from(locale);
        [
            ("activate", text.activate()),
            ("deactivate", text.deactivate()),
            ("price_by", text.change_by_amount()),
            ("price_percent", text.change_by_percentage()),
            ("add_tag", text.add_a_tag()),
            ("remove_tag", text.remove_a_tag()),
            ("prepaid_only", text.prepaid_only()),
            ("any_payment", text.any_payment()),
            ("track", text.track()),
            ("untrack", text.untrack()),
            ("delete", text.delete()),
        ]
    }

    /// From a form's two fields.
    pub fn parse(kind: &str, value: &str, currency: &str) -> Result<Self, ShopError> {
        let text = Text::from(locale());
        let value = value.trim();
        let tag = || {
            let tag = value.to_lowercase();
            let good = !tag.is_empty() && !tag.contains(',') && tag.chars().count() <= MAX_TAG;
            good.then_some(tag)
                .ok_or_else(|| ShopError::field("value", text.one_tag_wanted(&MAX_TAG.to_string())))
        };
        let (sign, unsigned) = match value.strip_prefix(['-', '−']) {
            Some(digits) => (-1, digits),
            None => (1, value.strip_prefix('+').unwrap_or(value)),
        };
        let signed = |read: Result<i64, AmountError>, wanted: &str| {
            let amount =
                read.map_err(|error| ShopError::field("value", amount_words(&error, wanted)))?;
            match (1..=MAX_AMOUNT).contains(&amount) {
                true => Ok(sign * amount),
                false => Err(ShopError::field("value", wanted)),
            }
        };
        Ok(match kind {
            "activate" => Self::Activate,
            "deactivate" => Self::Deactivate,
            "prepaid_only" => Self::PrepaidOnly,
            "any_payment" => Self::AnyPayment,
            "track" => Self::Track,
            "untrack" => Self::Untrack,
            "delete" => Self::Delete,
            "add_tag" => Self::AddTag { tag: tag()? },
            "remove_tag" => Self::RemoveTag { tag: tag()? },
            "price_by" => Self::PriceBy {
                minor: signed(parse_amount(unsigned, currency), text.amount_wanted())?,
            },
            "price_percent" => {
                let wanted = text.percentage_wanted();
                let basis_points = signed(parse_percent(unsigned), wanted)?;
                if !(-10_000..=1_000_000).contains(&basis_points) {
                    return Err(ShopError::field("value", wanted));
                }
                Self::PricePercent { basis_points }
            }
            _ => return Err(ShopError::field("action", text.choose_an_action())),
        })
    }

    /// What is done, in the language of the request at hand.
    pub fn words(&self, currency: &str) -> String {
        let (locale, text) = (locale(), Text::from(locale()));
        let prices = |by: i64, amount: &str| match by {
            ..0 => text.prices_down(amount),
            _ => text.prices_up(amount),
        };
        match self {
            Self::Activate => text.activate().to_owned(),
            Self::Deactivate => text.deactivate().to_owned(),
            Self::PrepaidOnly => text.prepaid_only().to_owned(),
            Self::AnyPayment => text.any_payment().to_owned(),
            Self::Track => text.track().to_owned(),
            Self::Untrack => text.untrack().to_owned(),
            Self::Delete => text.delete().to_owned(),
            Self::AddTag { tag } => text.add_tag(tag),
            Self::RemoveTag { tag } => text.remove_tag(tag),
            Self::PriceBy { minor } => prices(*minor, &locale.money(minor.abs(), currency)),
            Self::PricePercent { basis_points } => {
                let points = basis_points.saturating_abs();
                let percent = format!("{}\u{a0}%", locale.percent(points));
                prices(*basis_points, &percent)
            }
        }
    }

    /// What is done to take back what was done before.
    pub fn undo_words(&self, currency: &str) -> String {
        let text = Text::from(locale());
        match self {
            Self::Activate => text.undo_activate().to_owned(),
            Self::Deactivate => text.undo_deactivate().to_owned(),
            other => text.undo_what(&other.words(currency)),
        }
    }
}

impl BulkAction {
    /// A price after the change: rounded half away from zero, never below zero. Other kinds change
    /// no price.
    pub fn priced(&self, minor: i64) -> i64 {
        match self {
            Self::PriceBy { minor: by } => minor.saturating_add(*by).clamp(0, MAX_AMOUNT),
            Self::PricePercent { basis_points } => {
                let new =
                    (i128::from(minor) * (10_000 + i128::from(*basis_points)) + 5_000) / 10_000;
                i64::try_from(new.clamp(0, i128::from(MAX_AMOUNT))).unwrap_or(MAX_AMOUNT)
            }
            _ => minor,
        }
    }

    /// The highest price that becomes zero, if any does.
    pub fn free_up_to(&self) -> Option<i64> {
        let most = match self {
            Self::PriceBy { minor } => -minor,
            Self::PricePercent { basis_points } => match 10_000 + basis_points {
                0 => MAX_AMOUNT,
                // Below half a minor unit.
                share => 4_999 / share,
            },
            _ => 0,
        };
        Some(most).filter(|most| *most > 0)
    }

    /// What takes it back, if it can be.
    pub fn undone_by(&self) -> Option<Self> {
        match self {
            Self::Activate => Some(Self::Deactivate),
            Self::Deactivate => Some(Self::Activate),
            Self::PrepaidOnly => Some(Self::AnyPayment),
            Self::AnyPayment => Some(Self::PrepaidOnly),
            _ => None,
        }
    }
}

/// Which products a change is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkSelection {
    Ids(Vec<String>),
    /// All that the table shows for this, on whatever page.
    Matching(crate::admin::product_filter::ProductFilter),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_rounded_to_minor_units_and_never_fall_below_zero() {
        let percent = |basis_points| BulkAction::PricePercent { basis_points };
        assert_eq!(percent(-1500).priced(999), 849, "849.15");
        assert_eq!(percent(1000).priced(995), 1095, "1094.5 goes up");
        assert_eq!(percent(-10_000).priced(995), 0);
        assert_eq!(percent(1_000_000).priced(MAX_AMOUNT), MAX_AMOUNT);
        assert_eq!(BulkAction::PriceBy { minor: -250 }.priced(200), 0);
        assert_eq!(BulkAction::PriceBy { minor: 250 }.priced(200), 450);
        assert_eq!(BulkAction::Delete.priced(200), 200);
    }

    #[test]
    fn it_is_known_up_to_which_price_something_becomes_free() {
        let percent = |basis_points| BulkAction::PricePercent { basis_points };
        for action in [
            BulkAction::PriceBy { minor: -250 },
            percent(-9_900),
            percent(-9_990),
            percent(-9_999),
        ] {
            let most = action.free_up_to().unwrap();
            assert_eq!(action.priced(most), 0, "{action:?}");
            assert!(action.priced(most + 1) > 0, "{action:?}");
        }
        assert_eq!(percent(-10_000).free_up_to(), Some(MAX_AMOUNT));
        for action in [
            BulkAction::PriceBy { minor: 250 },
            percent(-4_999),
            percent(1_000),
            BulkAction::Delete,
        ] {
            assert_eq!(action.free_up_to(), None, "{action:?}");
            assert!(action.priced(1) > 0);
        }
    }

    #[test]
    fn a_form_says_what_is_to_be_done() {
        let parse = |kind, value| BulkAction::parse(kind, value, "EUR");
        assert_eq!(
            parse("price_by", "-2.50"),
            Ok(BulkAction::PriceBy { minor: -250 })
        );
        assert_eq!(
            parse("price_percent", "+12.5"),
            Ok(BulkAction::PricePercent { basis_points: 1250 })
        );
        assert_eq!(
            parse("add_tag", " Sale "),
            Ok(BulkAction::AddTag {
                tag: "sale".to_owned()
            })
        );
        for (kind, _) in BulkAction::kinds(Locale::En) {
            let value = match kind {
                "add_tag" | "remove_tag" => "sale",
                "price_by" | "price_percent" => "5",
                _ => "",
            };
            assert!(parse(kind, value).is_ok(), "{kind}");
        }
        for (kind, value) in [
            ("price_by", ""),
            ("price_by", "0"),
            ("price_by", "cheap"),
            ("price_by", "1.000"),
            ("price_by", "-1,500"),
            ("price_percent", "1.000"),
            ("price_percent", "33.333"),
            ("price_percent", "-101"),
            ("price_percent", "10001"),
            ("add_tag", "a, b"),
            ("add_tag", " "),
            ("burn", "1"),
        ] {
            assert!(parse(kind, value).is_err(), "{kind} {value:?}");
        }
        let refused = parse("price_by", "-1.000").unwrap_err();
        assert_eq!(
            refused.fields[0].message,
            "1.000 could mean 1.00 or 1,000.00. Write 1000 or 1.00."
        );
        assert_eq!(
            parse("price_percent", "33,33 %"),
            Ok(BulkAction::PricePercent { basis_points: 3333 })
        );
    }

    #[test]
    fn changes_have_words() {
        let words = |action: BulkAction| action.words("EUR");
        assert_eq!(
            words(BulkAction::PricePercent {
                basis_points: -1250
            }),
            "Prices down by 12.5\u{a0}%"
        );
        assert_eq!(words(BulkAction::Delete), "Delete");
    }

    #[test]
    fn changes_have_words_in_the_language_of_the_request() {
        use leptos::prelude::{Owner, provide_context};

        use app::locale::Languages;

        Owner::new().with(|| {
            provide_context(Languages::parse("de").unwrap().default_language());
            let words = |action: BulkAction| action.words("EUR");
            assert_eq!(
                words(BulkAction::PricePercent {
                    basis_points: -1250
                }),
                "Preise um 12,5\u{a0}% senken"
            );
            assert_eq!(
                words(BulkAction::PriceBy { minor: 123_450 }),
                "Preise um 1.234,50\u{a0}€ erhöhen"
            );
            assert_eq!(
                BulkAction::Activate.undo_words("EUR"),
                "Rückgängig: aktivieren"
            );
        });
    }
}
