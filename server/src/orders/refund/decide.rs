//! Working out a refund. Pure: what may be given back follows from what was bought and what was
//! refunded before.

use app::error::FieldError;
use desk::admin::orders::types::{Quote, RefundRequest, RefundUnits, ShippingRefund};

use crate::orders::admin::said;

/// A line as it was bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoughtLine {
    pub unit_price_minor: i64,
    pub quantity: i64,
    pub refunded: i64,
    /// None if the product was deleted since.
    pub variant_id: Option<String>,
}

/// What refunds are worked out from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bought {
    pub lines: Vec<BoughtLine>,
    /// What of the price of delivery was not refunded before.
    pub shipping_left_minor: i64,
    /// What went back at the payment provider itself, and no refund has counted yet.
    pub elsewhere_left_minor: i64,
}

/// What a request comes to; or what is wrong with it, by field.
pub fn decide(bought: &Bought, request: &RefundRequest) -> Result<Quote, Vec<FieldError>> {
    let units = match &request.units {
        RefundUnits::Rest => rest(bought),
        RefundUnits::Some(asked) => some(bought, asked)?,
    };
    let shipping_minor = match request.shipping {
        ShippingRefund::Include => bought.shipping_left_minor,
        ShippingRefund::LeaveOut => 0,
    };
    if units.is_empty() && shipping_minor == 0 {
        return Err(vec![FieldError {
            field: "lines[0][units]".to_owned(),
            message: said().choose_units().to_owned(),
        }]);
    }
    let goods_minor: i64 = units
        .iter()
        .map(|(at, units)| bought.lines[*at].unit_price_minor * units)
        .sum();
    let elsewhere_minor = bought
        .elsewhere_left_minor
        .clamp(0, goods_minor + shipping_minor);
    let taken = |at: usize| {
        units
            .iter()
            .find(|(line, _)| *line == at)
            .map_or(0, |u| u.1)
    };
    let ends_order = bought
        .lines
        .iter()
        .enumerate()
        .all(|(at, line)| line.refunded + taken(at) == line.quantity);
    Ok(Quote {
        goods_minor,
        shipping_minor,
        elsewhere_minor,
        amount_minor: goods_minor + shipping_minor - elsewhere_minor,
        ends_order,
        units,
    })
}

fn rest(bought: &Bought) -> Vec<(usize, i64)> {
    let left = bought
        .lines
        .iter()
        .map(|line| line.quantity - line.refunded);
    left.enumerate().filter(|(_, units)| *units > 0).collect()
}

fn some(bought: &Bought, asked: &[(usize, i64)]) -> Result<Vec<(usize, i64)>, Vec<FieldError>> {
    let mut units: Vec<(usize, i64)> = Vec::new();
    let mut wrong = Vec::new();
    for (at, wanted) in asked {
        let left = bought
            .lines
            .get(*at)
            .map_or(0, |line| line.quantity - line.refunded);
        let named_before = units.iter().any(|(line, _)| line == at);
        match wanted {
            0 => {}
            n if (1..=left).contains(n) && !named_before => units.push((*at, *n)),
            _ => wrong.push(FieldError {
                field: format!("lines[{at}][units]"),
                message: match left {
                    0 => said().nothing_left().to_owned(),
                    left => said().number_up_to(&left.to_string()),
                },
            }),
        }
    }
    units.sort_unstable();
    if wrong.is_empty() {
        Ok(units)
    } else {
        Err(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::admin::orders::types::Restock;
    use proptest::prelude::*;

    fn line(unit_price_minor: i64, quantity: i64, refunded: i64) -> BoughtLine {
        BoughtLine {
            unit_price_minor,
            quantity,
            refunded,
            variant_id: None,
        }
    }

    fn request(units: RefundUnits, shipping: ShippingRefund) -> RefundRequest {
        RefundRequest {
            units,
            shipping,
            restock: Restock::Not,
            note: String::new(),
        }
    }

    #[test]
    fn amounts_are_prices_times_units() {
        let bought = Bought {
            lines: vec![line(1000, 3, 1), line(250, 2, 0)],
            shipping_left_minor: 490,
            elsewhere_left_minor: 0,
        };
        let some = |units: &[(usize, i64)], shipping| {
            decide(
                &bought,
                &request(RefundUnits::Some(units.to_vec()), shipping),
            )
        };
        let quote = some(&[(0, 1), (1, 0)], ShippingRefund::LeaveOut).unwrap();
        assert_eq!((quote.amount_minor, quote.ends_order), (1000, false));
        assert_eq!(quote.units, [(0, 1)]);
        let quote = some(&[(1, 2), (0, 2)], ShippingRefund::Include).unwrap();
        assert_eq!((quote.amount_minor, quote.ends_order), (2990, true));
        let rest = decide(
            &bought,
            &request(RefundUnits::Rest, ShippingRefund::Include),
        );
        assert_eq!(rest.unwrap(), quote);
        // What went back at the provider does not go back once more.
        for (elsewhere, amount) in [(90, 2900), (2990, 0), (9000, 0)] {
            let bought = Bought {
                elsewhere_left_minor: elsewhere,
                ..bought.clone()
            };
            let rest = request(RefundUnits::Rest, ShippingRefund::Include);
            let quote = decide(&bought, &rest).unwrap();
            assert_eq!(quote.amount_minor, amount, "{elsewhere}");
            assert_eq!(quote.elsewhere_minor, 2990 - amount, "{elsewhere}");
        }
        // Delivery alone, such as for a late parcel.
        let quote = some(&[], ShippingRefund::Include).unwrap();
        assert_eq!((quote.amount_minor, quote.ends_order), (490, false));
    }

    #[test]
    fn more_than_is_left_is_refused_by_line() {
        let bought = Bought {
            lines: vec![line(1000, 3, 1), line(250, 2, 2)],
            shipping_left_minor: 0,
            elsewhere_left_minor: 0,
        };
        let max = i64::MAX;
        for asked in [
            vec![(0, 3)],
            vec![(0, -1)],
            vec![(0, max)],
            vec![(0, i64::MIN)],
            vec![(1, 1)],
            vec![(2, 1)],
            vec![(usize::MAX, 1)],
            vec![(0, 1), (0, 1)],
        ] {
            let asked = request(RefundUnits::Some(asked), ShippingRefund::Include);
            let wrong = decide(&bought, &asked).unwrap_err();
            assert!(wrong[0].field.starts_with("lines["), "{asked:?}");
        }
        let nothing = request(RefundUnits::Some(vec![(0, 0)]), ShippingRefund::Include);
        assert!(decide(&bought, &nothing).is_err());
    }

    proptest! {
        /// However the refunds of an order are cut, they never come to more than was paid, and
        /// exactly to it once nothing is left.
        #[test]
        fn refunds_together_are_never_more_than_was_paid(
            lines in prop::collection::vec((0i64..100_000, 1i64..20), 1..5),
            shipping in 0i64..2000,
            elsewhere in 0i64..500_000,
            asked in prop::collection::vec((prop::collection::vec((0usize..6, -1i64..22), 0..4), any::<bool>()), 0..12),
        ) {
            let mut bought = Bought {
                lines: lines.iter().map(|(price, quantity)| line(*price, *quantity, 0)).collect(),
                shipping_left_minor: shipping,
                elsewhere_left_minor: 0,
            };
            let paid = lines.iter().map(|(price, quantity)| price * quantity).sum::<i64>() + shipping;
            bought.elsewhere_left_minor = elsewhere.min(paid);
            let mut refunded = bought.elsewhere_left_minor;
            let mut make = |bought: &mut Bought, request: &RefundRequest| {
                if let Ok(quote) = decide(bought, request) {
                    refunded += quote.amount_minor;
                    for (at, units) in &quote.units {
                        bought.lines[*at].refunded += units;
                        prop_assert!(bought.lines[*at].refunded <= bought.lines[*at].quantity);
                    }
                    bought.shipping_left_minor -= quote.shipping_minor;
                    bought.elsewhere_left_minor -= quote.elsewhere_minor;
                    let left = bought.lines.iter().any(|line| line.refunded < line.quantity);
                    prop_assert_eq!(quote.ends_order, !left);
                }
                prop_assert!(refunded <= paid);
                Ok(())
            };
            for (units, include) in asked {
                let shipping = if include { ShippingRefund::Include } else { ShippingRefund::LeaveOut };
                make(&mut bought, &request(RefundUnits::Some(units), shipping))?;
            }
            make(&mut bought, &request(RefundUnits::Rest, ShippingRefund::Include))?;
            prop_assert_eq!(refunded, paid);
        }
    }
}
