//! Refusals that would be given again: who asks once more for what is sold out is answered from
//! memory.
//!
//! A refusal is remembered for one cart and one checkout key, under the stamp that was taken before
//! it was decided. Anything that could change it raises a generation: the cart when its lines
//! change, the lists when a product is edited or comes back into stock. The key is part of it
//! because an order that was placed under another key must still be found by that key.
//!
//! A stamp is a question to Redis, so none is taken while this node has refused nobody so lately: then there is nothing
//! to find, and the first who is refused is decided again when they ask again.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::error::{ErrorKind, ShopError};
use moka::sync::Cache;
use tokio::time::Instant;

use crate::{
    cart::token,
    coordination::{Topic, VersionStamp, freshness::Freshness},
    sale::tally,
};

/// Refusals remembered at most.
const MOST: u64 = 100_000;
const TTL: Duration = Duration::from_secs(60);

#[derive(Clone)]
pub struct Refusals {
    freshness: Freshness,
    known: Cache<(String, String), (VersionStamp, ShopError)>,
    /// When a refusal was given last that would be given again.
    last: Arc<Mutex<Option<Instant>>>,
}

/// A moment before an order is decided, if it may be needed.
pub struct Before(Option<VersionStamp>);

impl Refusals {
    pub fn new(freshness: Freshness) -> Self {
        Self {
            freshness,
            known: Cache::builder()
                .max_capacity(MOST)
                .time_to_live(TTL)
                .build(),
            last: Arc::default(),
        }
    }

    fn are_given_lately(&self) -> bool {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| last.elapsed() < TTL)
    }

    /// Whether the order of a cart, by its token, with this key was refused and would be again, unless something has
    /// changed since.
    pub fn has_given(&self, cart: &str, key: &str) -> bool {
        self.are_given_lately() && self.known.contains_key(&(token::key(cart), key.to_owned()))
    }

    /// The refusal that this cart and key have got and would get again; otherwise what is needed to
    /// remember the one that may come.
    pub async fn known(&self, cart_hash: &str, key: &str) -> Result<Before, ShopError> {
        if !self.are_given_lately() {
            return Ok(Before(None));
        }
        let topics = [Topic::cart(cart_hash), Topic::lists()];
        // Boxed: orders that wait for their batch keep no room for it.
        let stamp = Box::pin(self.freshness.stamp(&topics)).await.ok();
        if let Some(stamp) = &stamp
            && let Some((under, refusal)) = self.known.get(&(cart_hash.to_owned(), key.to_owned()))
            && under == *stamp
        {
            metrics::counter!("holdfast_orders_total", "outcome" => "known_sold_out").increment(1);
            let variants = refusal.lines.iter().map(|line| line.variant_id.as_str());
            tally::refused_again(variants, refusal.kind.into());
            // In the language it is asked in now.
            return Err(refusal.retold());
        }
        Ok(Before(stamp))
    }

    /// Remembers a refusal if everything that is wrong is that something is sold out.
    pub fn remember(&self, before: Before, cart_hash: &str, key: &str, refusal: &ShopError) {
        let is_final = refusal.kind == ErrorKind::SoldOut
            && !refusal.lines.is_empty()
            && refusal
                .lines
                .iter()
                .all(|line| line.kind == ErrorKind::SoldOut && line.available == 0);
        if !is_final {
            return;
        }
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        if let Some(stamp) = before.0 {
            let cart_and_key = (cart_hash.to_owned(), key.to_owned());
            self.known.insert(cart_and_key, (stamp, refusal.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use app::error::LineProblem;

    use super::*;

    fn sold_out() -> ShopError {
        ShopError::lines(vec![LineProblem {
            variant_id: "v".to_owned(),
            kind: ErrorKind::SoldOut,
            title: "Rope".to_owned(),
            available: 0,
            price_minor: 100,
            seen_price_minor: 100,
            limit: None,
        }])
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_refused_again_is_told_from_memory_and_nobody_asks_before_anybody_was() {
        let freshness = Freshness::default();
        let refusals = Refusals::new(freshness.clone());
        let ask = async |cart: &str| refusals.known(cart, "key").await;
        let first = ask("cart").await.expect("nobody was");
        assert!(first.0.is_none(), "no stamp is taken");
        refusals.remember(first, "cart", "key", &sold_out());

        let second = ask("cart").await.expect("it is decided again");
        assert!(second.0.is_some(), "from now on they are");
        refusals.remember(second, "cart", "key", &sold_out());
        let known = ask("cart").await.err().map(|refusal| refusal.kind);
        assert_eq!(known, Some(ErrorKind::SoldOut));
        assert!(ask("another").await.is_ok());

        freshness
            .coordination()
            .bump(&[Topic::lists()])
            .await
            .expect("it is here");
        assert!(ask("cart").await.is_ok(), "it may be back");
        tokio::time::advance(TTL).await;
        let later = ask("cart").await.expect("it is decided again");
        assert!(later.0.is_none(), "it is over");
    }
}
