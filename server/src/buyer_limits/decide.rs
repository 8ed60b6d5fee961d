//! What a limit leaves of what is wanted. Pure, so that the property test of batches holds with limits.

use std::collections::BTreeMap;

use app::error::BuyerLimit;

use super::buyer::Buyer;

/// What a limit is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    Shop,
    /// By its id.
    Product(String),
    Variant(String),
    /// Of a variant, as far as a drop sells it.
    OfDrop {
        drop_id: String,
        variant_id: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    pub id: String,
    pub scope: Scope,
    pub units: i64,
    /// How long an order counts; 0: for ever.
    pub days: i64,
}

impl Limit {
    pub fn is_about(&self, line: &LimitedLine<'_>) -> bool {
        match &self.scope {
            Scope::Shop => true,
            Scope::Product(id) => id == line.product_id,
            Scope::Variant(id) => id == line.variant_id,
            Scope::OfDrop {
                drop_id,
                variant_id,
            } => variant_id == line.variant_id && Some(drop_id.as_str()) == line.drop_id,
        }
    }
}

/// A line of an order or a cart.
#[derive(Debug, Clone, Copy)]
pub struct LimitedLine<'a> {
    pub variant_id: &'a str,
    pub product_id: &'a str,
    /// The drop that sells it.
    pub drop_id: Option<&'a str>,
    pub quantity: i64,
}

/// A line that a limit stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Units of the line that can be had, as far as its shopper may know.
    pub available: i64,
    pub limit: BuyerLimit,
}

/// Units of one order that count against a limit, for one of its buyer's names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    pub limit_id: String,
    pub buyer: String,
    pub units: i64,
}

/// The limits on what is wanted, with what counts against them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    pub limits: Vec<Limit>,
    /// Units by limit and buyer.
    pub used: BTreeMap<(String, String), i64>,
}

impl Limits {
    fn used_by<'a>(&self, limit: &Limit, names: impl Iterator<Item = &'a String>) -> i64 {
        // An order is in the sum of each of its names: the largest is what was had.
        let used = names.filter_map(|name| self.used.get(&(limit.id.clone(), name.clone())));
        used.copied().max().unwrap_or(0)
    }

    /// For each line what stops it, if a limit does. All lines that a limit is about share it,
    /// in their order.
    ///
    /// Nobody is told what was ordered with an address that they only typed: then nothing can be had,
    /// and the number is left out.
    pub fn stops(&self, lines: &[LimitedLine<'_>], buyer: &Buyer) -> Vec<Option<Stop>> {
        let mut stops: Vec<Option<Stop>> = vec![None; lines.len()];
        for limit in &self.limits {
            let wanted: i64 = wanted(limit, lines);
            let own = self.used_by(limit, buyer.account.iter());
            if wanted + self.used_by(limit, buyer.names()) <= limit.units {
                continue;
            }
            let (mut left, ordered) = match wanted + own > limit.units {
                true => ((limit.units - own).max(0), Some(own)),
                false => (0, None),
            };
            let told = BuyerLimit {
                units: limit.units,
                ordered: ordered.filter(|own| *own > 0),
            };
            for (line, stop) in lines.iter().zip(&mut stops) {
                if !limit.is_about(line) {
                    continue;
                }
                let available = line.quantity.min(left);
                left -= available;
                let is_tighter = stop.as_ref().is_none_or(|stop| available < stop.available);
                if available < line.quantity && is_tighter {
                    *stop = Some(Stop {
                        available,
                        limit: told.clone(),
                    });
                }
            }
        }
        stops
    }

    /// Counts an order that was granted.
    pub fn take(&mut self, lines: &[LimitedLine<'_>], buyer: &Buyer) -> Vec<Use> {
        let mut uses = Vec::new();
        for limit in &self.limits {
            let units = wanted(limit, lines);
            if units == 0 {
                continue;
            }
            for name in buyer.names() {
                let key = (limit.id.clone(), name.clone());
                *self.used.entry(key).or_default() += units;
                uses.push(Use {
                    limit_id: limit.id.clone(),
                    buyer: name.clone(),
                    units,
                });
            }
        }
        uses
    }
}

fn wanted(limit: &Limit, lines: &[LimitedLine<'_>]) -> i64 {
    let lines = lines.iter().filter(|line| limit.is_about(line));
    lines.map(|line| line.quantity).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(id: &str, scope: Scope, units: i64) -> Limit {
        Limit {
            id: id.to_owned(),
            scope,
            units,
            days: 0,
        }
    }

    fn limits<const N: usize>(limits: [Limit; N], used: &[(&str, &str, i64)]) -> Limits {
        let used = used.iter().map(|(limit, buyer, units)| {
            let key = ((*limit).to_owned(), (*buyer).to_owned());
            (key, *units)
        });
        Limits {
            limits: limits.to_vec(),
            used: used.collect(),
        }
    }

    fn line<'a>(variant_id: &'a str, product_id: &'a str, quantity: i64) -> LimitedLine<'a> {
        LimitedLine {
            variant_id,
            product_id,
            drop_id: None,
            quantity,
        }
    }

    fn guest() -> Buyer {
        Buyer {
            account: None,
            typed: vec!["mail".to_owned(), "street".to_owned()],
        }
    }

    fn signed_in() -> Buyer {
        Buyer {
            account: Some("account".to_owned()),
            ..guest()
        }
    }

    /// What can be had of each line, and what is told of it.
    fn told(
        limits: &Limits,
        lines: &[LimitedLine<'_>],
        buyer: &Buyer,
    ) -> Vec<Option<(i64, Option<i64>)>> {
        let stops = limits.stops(lines, buyer).into_iter();
        stops
            .map(|stop| stop.map(|stop| (stop.available, stop.limit.ordered)))
            .collect()
    }

    #[test]
    fn lines_share_a_limit_in_their_order() {
        let of_product = limits([limit("a", Scope::Product("p".to_owned()), 3)], &[]);
        let lines = [line("v1", "p", 2), line("x", "q", 9), line("v2", "p", 2)];
        assert_eq!(
            told(&of_product, &lines, &guest()),
            [None, None, Some((1, None))]
        );
        let of_shop = limits([limit("a", Scope::Shop, 11)], &[]);
        assert_eq!(
            told(&of_shop, &lines, &guest()),
            [None, None, Some((0, None))]
        );
        let of_variant = limits([limit("a", Scope::Variant("v1".to_owned()), 1)], &[]);
        assert_eq!(
            told(&of_variant, &lines, &guest()),
            [Some((1, None)), None, None]
        );
    }

    #[test]
    fn a_limit_of_a_drop_is_about_what_that_drop_sells() {
        let of_drop = Scope::OfDrop {
            drop_id: "d".to_owned(),
            variant_id: "v".to_owned(),
        };
        let limits = limits([limit("a", of_drop, 1)], &[]);
        let by = |drop_id| LimitedLine {
            drop_id,
            ..line("v", "p", 2)
        };
        let stops = |drop_id| told(&limits, &[by(drop_id)], &guest());
        assert_eq!(stops(Some("d")), [Some((1, None))]);
        assert_eq!(stops(Some("other")), [None]);
        assert_eq!(stops(None), [None]);
    }

    #[test]
    fn of_two_limits_the_tighter_is_told() {
        let both = [
            limit("a", Scope::Shop, 3),
            limit("b", Scope::Variant("v".to_owned()), 1),
        ];
        let stops = limits(both, &[]).stops(&[line("v", "p", 4)], &guest());
        let stop = stops[0].as_ref().unwrap();
        assert_eq!((stop.available, stop.limit.units), (1, 1));
    }

    #[test]
    fn the_largest_sum_over_a_buyers_names_counts() {
        let used = [("a", "mail", 1), ("a", "street", 2), ("a", "other", 9)];
        let limits = limits([limit("a", Scope::Shop, 3)], &used);
        assert_eq!(told(&limits, &[line("v", "p", 1)], &guest()), [None]);
        // What was ordered with an address is not told to those who type it.
        assert_eq!(
            told(&limits, &[line("v", "p", 2)], &guest()),
            [Some((0, None))]
        );
        // More than anybody gets.
        assert_eq!(
            told(&limits, &[line("v", "p", 4)], &guest()),
            [Some((3, None))]
        );
    }

    #[test]
    fn who_is_signed_in_is_told_of_their_own_orders_alone() {
        let one = || [limit("a", Scope::Shop, 3)];
        let own = limits(one(), &[("a", "account", 2), ("a", "street", 2)]);
        assert_eq!(
            told(&own, &[line("v", "p", 2)], &signed_in()),
            [Some((1, Some(2)))]
        );
        let others = limits(one(), &[("a", "account", 1), ("a", "street", 3)]);
        assert_eq!(
            told(&others, &[line("v", "p", 1)], &signed_in()),
            [Some((0, None))]
        );
        let over = limits(one(), &[("a", "account", 5)]);
        assert_eq!(
            told(&over, &[line("v", "p", 1)], &signed_in()),
            [Some((0, Some(5)))]
        );
    }

    #[test]
    fn what_is_taken_counts_for_every_name() {
        let mut limits = limits(
            [
                limit("a", Scope::Shop, 3),
                limit("b", Scope::Product("q".to_owned()), 1),
            ],
            &[("a", "mail", 1)],
        );
        let uses = limits.take(&[line("v", "p", 2)], &guest());
        assert_eq!(uses.len(), 2);
        assert!(
            uses.iter()
                .all(|used| used.limit_id == "a" && used.units == 2)
        );
        assert_eq!(
            told(&limits, &[line("v", "p", 1)], &guest()),
            [Some((0, None))]
        );
    }
}
