//! What may be set. Everything that is wrong is said at once, each with its field.

use app::{
    error::{FieldError, ShopError, ShopResult},
    locale::locale,
};
use desk::admin::limits::{ports::StandingLimit, text::Text, types::LimitForm};

/// More than a customer could order in a day.
const MOST_UNITS: i64 = 9999;
/// Ten years; what is longer is for ever.
const MOST_DAYS: i64 = 3650;

/// A limit to be set, or to be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// A variant's id; `None`: the product or the shop.
    pub variant: Option<String>,
    pub limit: Option<StandingLimit>,
}

/// What the forms mean. `variants` are those that limits can be set for.
pub fn checked(forms: &[LimitForm], variants: &[&str]) -> ShopResult<Vec<Wish>> {
    let text = Text::from(locale());
    let (mut wishes, mut wrong) = (Vec::new(), Vec::new());
    // There is a row for each, and no more.
    for (at, form) in forms.iter().take(variants.len() + 1).enumerate() {
        let mut says = |field: &str, message: String| {
            wrong.push(FieldError {
                field: format!("limits[{at}][{field}]"),
                message,
            });
        };
        let variant = Some(form.variant.trim()).filter(|id| !id.is_empty());
        let is_known = variant.is_none_or(|id| variants.contains(&id));
        let is_named = wishes
            .iter()
            .any(|wish: &Wish| wish.variant.as_deref() == variant);
        if !is_known || is_named {
            says("units", text.unknown_variant().to_owned());
            continue;
        }
        let units = number(&form.units, 1..=MOST_UNITS);
        let days = number(&form.days, 0..=MOST_DAYS);
        if units.is_err() {
            says("units", text.enter_units(&MOST_UNITS.to_string()));
        }
        if days.is_err() {
            says("days", text.enter_days(&MOST_DAYS.to_string()));
        }
        let (Ok(units), Ok(days)) = (units, days) else {
            continue;
        };
        let limit = match (units, days) {
            (None, Some(1..)) => {
                says("units", text.units_first().to_owned());
                continue;
            }
            (None, _) => None,
            (Some(units), days) => Some(StandingLimit {
                units,
                days: days.unwrap_or(0),
            }),
        };
        wishes.push(Wish {
            variant: variant.map(str::to_owned),
            limit,
        });
    }
    match wrong.is_empty() {
        true => Ok(wishes),
        false => Err(ShopError::fields(wrong)),
    }
}

/// What no number may be.
struct Wrong;

/// A number as typed; nothing if there is none.
fn number(typed: &str, range: std::ops::RangeInclusive<i64>) -> Result<Option<i64>, Wrong> {
    match typed.trim() {
        "" => Ok(None),
        number => match number.parse() {
            Ok(number) if range.contains(&number) => Ok(Some(number)),
            Ok(_) | Err(_) => Err(Wrong),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(variant: &str, units: &str, days: &str) -> LimitForm {
        LimitForm {
            variant: variant.to_owned(),
            units: units.to_owned(),
            days: days.to_owned(),
        }
    }

    #[test]
    fn what_is_typed_is_read_as_it_is_meant() {
        let read = |units, days| {
            let wishes = checked(&[form("", units, days)], &[]).unwrap();
            wishes[0].limit.map(|limit| (limit.units, limit.days))
        };
        assert_eq!(read(" 2 ", "30"), Some((2, 30)));
        assert_eq!(read("2", ""), Some((2, 0)));
        assert_eq!(read("9999", "0"), Some((9999, 0)));
        assert_eq!(read("", ""), None);
        assert_eq!(read("", "0"), None);
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let wrong = |variant, units, days| -> Vec<String> {
            match checked(&[form("", "1", ""), form(variant, units, days)], &["v"]) {
                Ok(_) => Vec::new(),
                Err(error) => error.fields.into_iter().map(|field| field.field).collect(),
            }
        };
        assert!(wrong("v", "1", "1").is_empty());
        for units in ["0", "-1", "x", "1.5", "10000", "99999999999999999999"] {
            assert_eq!(wrong("v", units, ""), ["limits[1][units]"], "{units}");
        }
        for days in ["-1", "x", "3651"] {
            assert_eq!(wrong("v", "1", days), ["limits[1][days]"], "{days}");
        }
        assert_eq!(wrong("v", "", "7"), ["limits[1][units]"]);
        assert_eq!(wrong("other", "1", ""), ["limits[1][units]"]);
    }
}
