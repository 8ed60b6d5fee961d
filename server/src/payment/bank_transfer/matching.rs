//! Which order a transfer is for, and whether it is enough.

use super::reference::{Reference, references_in};
use crate::payment::port::Money;

/// An order that waits for its money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub reference: Reference,
    pub total: Money,
    /// What has arrived before, in minor units.
    pub received_minor: i64,
}

/// A line of the bank's statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub amount: Money,
    /// What the sender has written.
    pub text: String,
}

/// How what arrived compares to what an order costs. Amounts are in minor units and above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    Nothing,
    Partial { missing_minor: i64 },
    Exact,
    Over { surplus_minor: i64 },
}

impl Received {
    pub fn of(total_minor: i64, received_minor: i64) -> Self {
        match received_minor.saturating_sub(total_minor) {
            0 => Self::Exact,
            surplus_minor @ 1.. => Self::Over { surplus_minor },
            _ if received_minor <= 0 => Self::Nothing,
            missing => Self::Partial {
                missing_minor: missing.saturating_neg(),
            },
        }
    }

    /// Whether the order is paid. What is over is owed back and does not hold the order up.
    pub fn is_enough(self) -> bool {
        matches!(self, Self::Exact | Self::Over { .. })
    }
}

/// What a transfer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matched {
    /// For this order, which has `received` with it.
    Order {
        reference: Reference,
        received: Received,
    },
    /// It names an order that does not wait for money: unknown, paid, or cancelled.
    NotExpected(Reference),
    /// It names several orders, and how it is to be shared out is for people to say.
    Several(Vec<Reference>),
    OtherCurrency(Reference),
    /// It names no order. These are the orders that lack exactly this sum.
    Unnamed {
        same_sum: Vec<Reference>,
    },
    /// Nothing came in: a fee, or money that the shop has sent.
    NotIncoming,
}

/// Matches by the reference alone. A sum that happens to fit is told, never taken for proof: two
/// orders may cost the same.
pub fn match_transfer(expected: &[Expected], transfer: &Transfer) -> Matched {
    if transfer.amount.minor <= 0 {
        return Matched::NotIncoming;
    }
    let named: Vec<_> = references_in(&transfer.text).into_iter().collect();
    let [reference] = named.as_slice() else {
        return if named.is_empty() {
            Matched::Unnamed {
                same_sum: lacking(expected, &transfer.amount),
            }
        } else {
            Matched::Several(named)
        };
    };
    let Some(order) = expected.iter().find(|order| order.reference == *reference) else {
        return Matched::NotExpected(reference.clone());
    };
    if order.total.currency != transfer.amount.currency {
        return Matched::OtherCurrency(reference.clone());
    }
    let received_minor = order.received_minor.saturating_add(transfer.amount.minor);
    Matched::Order {
        reference: reference.clone(),
        received: Received::of(order.total.minor, received_minor),
    }
}

fn lacking(expected: &[Expected], amount: &Money) -> Vec<Reference> {
    let lacks = |order: &&Expected| {
        order.total.currency == amount.currency
            && order.total.minor.saturating_sub(order.received_minor) == amount.minor
    };
    let orders = expected.iter().filter(lacks);
    orders.map(|order| order.reference.clone()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIRST: &str = "HF-7K3M0-9Q21A";
    const SECOND: &str = "HF-00000-00001";

    fn reference(number: &str) -> Reference {
        Reference::of_order(number).unwrap()
    }

    fn euros(minor: i64) -> Money {
        Money {
            minor,
            currency: "EUR".to_owned(),
        }
    }

    fn expected() -> [Expected; 2] {
        [(FIRST, 0), (SECOND, 1000)].map(|(number, received_minor)| Expected {
            reference: reference(number),
            total: euros(4900),
            received_minor,
        })
    }

    fn matched(amount: Money, text: &str) -> Matched {
        let text = text.to_owned();
        match_transfer(&expected(), &Transfer { amount, text })
    }

    #[test]
    fn a_transfer_is_exact_partial_or_more_than_the_order_costs() {
        for (number, minor, received) in [
            (FIRST, 4900, Received::Exact),
            (FIRST, 4899, Received::Partial { missing_minor: 1 }),
            (FIRST, 5000, Received::Over { surplus_minor: 100 }),
            // With what came before.
            (SECOND, 3900, Received::Exact),
            (
                SECOND,
                900,
                Received::Partial {
                    missing_minor: 3000,
                },
            ),
            (
                SECOND,
                4900,
                Received::Over {
                    surplus_minor: 1000,
                },
            ),
        ] {
            let order = Matched::Order {
                reference: reference(number),
                received,
            };
            let text = format!("Order {}", reference(number));
            assert_eq!(matched(euros(minor), &text), order, "{number} {minor}");
        }
    }

    #[test]
    fn a_sum_alone_matches_no_order() {
        let same_sum = vec![reference(FIRST)];
        assert_eq!(
            matched(euros(4900), "thanks"),
            Matched::Unnamed { same_sum }
        );
        assert_eq!(
            matched(euros(1), "thanks"),
            Matched::Unnamed { same_sum: vec![] }
        );
    }

    #[test]
    fn what_people_have_to_decide_is_left_to_them() {
        let francs = Money {
            minor: 4900,
            currency: "CHF".to_owned(),
        };
        let first = reference(FIRST);
        assert_eq!(
            matched(francs, FIRST),
            Matched::OtherCurrency(first.clone())
        );
        let other = reference("HF-ZZZZZ-ZZZZZ");
        assert_eq!(
            matched(euros(1), other.as_str()),
            Matched::NotExpected(other)
        );
        let both = matched(euros(9800), &format!("{FIRST} {SECOND}"));
        let Matched::Several(both) = both else {
            panic!("{both:?}")
        };
        assert!(both.contains(&first) && both.len() == 2);
        for minor in [0, -4900] {
            assert_eq!(matched(euros(minor), FIRST), Matched::NotIncoming);
        }
    }

    #[test]
    fn an_order_with_too_much_is_paid_and_one_with_too_little_is_not() {
        assert!(Received::of(4900, 4900).is_enough());
        assert!(Received::of(4900, 5000).is_enough());
        assert!(!Received::of(4900, 4899).is_enough());
        assert_eq!(Received::of(4900, 0), Received::Nothing);
        assert_eq!(Received::of(0, 0), Received::Exact);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_between_what_came_and_what_is_told(
            total in 1..1_000_000_000i64,
            received in 0..2_000_000_000i64,
        ) {
            let back = match Received::of(total, received) {
                Received::Nothing => 0,
                Received::Partial { missing_minor } => total - missing_minor,
                Received::Exact => total,
                Received::Over { surplus_minor } => total + surplus_minor,
            };
            prop_assert_eq!(back, received);
        }
    }
}
