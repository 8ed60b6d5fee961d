//! Which variants many want at once: only those are worth a lock.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    cart::lines,
    db::{Sql, from_row},
    error::Result,
    store::Store,
};

/// Orders of one batch that make a variant hot.
const MANY: usize = 2;
/// How long it stays so.
const COOLS_AFTER: Duration = Duration::from_secs(2);

/// What is in the carts of a batch: variants by the hash of the cart's token.
pub(super) struct Demand(BTreeMap<String, BTreeSet<String>>);

struct Filled {
    token_hash: String,
    lines: String,
}

from_row!(Filled { token_hash, lines });

impl Demand {
    pub async fn read(db: &Store, carts: &BTreeSet<&str>) -> Result<Self> {
        let mut sql = Sql::new("SELECT token_hash, lines FROM carts WHERE token_hash");
        sql.among(db.dialect(), carts);
        let filled: Vec<Filled> = db.look_by_key(sql).await?;
        let wants = filled.into_iter().map(|cart| {
            let variants = lines::variants(&cart.lines)?;
            Ok((cart.token_hash, variants.into_iter().collect()))
        });
        Ok(Self(wants.collect::<Result<_>>()?))
    }

    /// Those of `variants` that are in a cart.
    pub fn of_cart(&self, cart: &str, variants: &BTreeSet<String>) -> BTreeSet<String> {
        let lines = self.0.get(cart);
        let both = lines.map(|lines| lines.intersection(variants).cloned().collect());
        both.unwrap_or_default()
    }
}

/// When each variant was last wanted by many.
#[derive(Default)]
pub(super) struct HotVariants(Mutex<HashMap<String, Instant>>);

impl HotVariants {
    /// Takes note of a batch and tells which of its variants are hot.
    pub fn note(&self, wants: &Demand, now: Instant) -> BTreeSet<String> {
        let mut orders: BTreeMap<&str, usize> = BTreeMap::new();
        for variant in wants.0.values().flatten() {
            *orders.entry(variant).or_default() += 1;
        }
        let mut since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        since.retain(|_, last| now.duration_since(*last) < COOLS_AFTER);
        for (variant, orders) in &orders {
            if *orders >= MANY {
                since.insert((*variant).to_owned(), now);
            }
        }
        let is_hot = |variant: &&str| since.contains_key(*variant);
        orders
            .into_keys()
            .filter(is_hot)
            .map(str::to_owned)
            .collect()
    }

    /// All that are hot, in any cart.
    pub fn all(&self, now: Instant) -> BTreeSet<String> {
        let since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let hot = since
            .iter()
            .filter(|(_, last)| now.duration_since(**last) < COOLS_AFTER);
        hot.map(|(variant, _)| variant.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wants(carts: &[(&str, &[&str])]) -> Demand {
        let lines = |of: &[&str]| of.iter().map(|v| (*v).to_owned()).collect();
        Demand(
            carts
                .iter()
                .map(|(cart, of)| ((*cart).to_owned(), lines(of)))
                .collect(),
        )
    }

    #[test]
    fn what_two_want_at_once_is_hot_and_cools_down() {
        let hot = HotVariants::default();
        let begin = Instant::now();
        let both = wants(&[("a", &["lamp", "rope"]), ("b", &["lamp"])]);
        assert_eq!(hot.note(&both, begin), BTreeSet::from(["lamp".to_owned()]));
        let one = wants(&[("c", &["lamp", "rope"])]);
        assert_eq!(
            hot.note(&one, begin + COOLS_AFTER / 2),
            BTreeSet::from(["lamp".to_owned()])
        );
        let just_before = begin + COOLS_AFTER - Duration::from_millis(1);
        assert_eq!(hot.all(just_before), BTreeSet::from(["lamp".to_owned()]));
        assert!(hot.all(begin + COOLS_AFTER).is_empty());
        assert!(hot.note(&one, begin + COOLS_AFTER).is_empty());
    }

    #[test]
    fn what_of_a_cart_is_hot_is_told_by_its_lines() {
        let wants = wants(&[("a", &["lamp", "rope"]), ("b", &["rope"])]);
        let hot = BTreeSet::from(["lamp".to_owned(), "tarp".to_owned()]);
        assert_eq!(
            wants.of_cart("a", &hot),
            BTreeSet::from(["lamp".to_owned()])
        );
        assert!(wants.of_cart("b", &hot).is_empty());
        assert!(wants.of_cart("c", &hot).is_empty());
    }
}
