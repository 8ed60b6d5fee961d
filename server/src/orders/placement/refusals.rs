//! Refusals that would be given again: who asks once more for what is sold out is answered from
//! memory.
//!
//! A refusal is remembered for one cart and one checkout key, under the stamp that was taken before
//! it was decided. Anything that could change it raises a generation: the cart when its lines
//! change, the lists when a product is edited or comes back into stock. The key is part of it
//! because an order that stands under another key must still be found by that key.

use std::time::Duration;

use app::error::{ErrorKind, ShopError};
use moka::sync::Cache;

use crate::{
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
}

/// A moment before an order is decided.
pub struct Before(Option<VersionStamp>);

impl Refusals {
    pub fn new(freshness: Freshness) -> Self {
        Self {
            freshness,
            known: Cache::builder()
                .max_capacity(MOST)
                .time_to_live(TTL)
                .build(),
        }
    }

    /// The refusal that this cart and key have got and would get again; otherwise what is needed to
    /// remember the one that may come.
    pub async fn known(&self, cart_hash: &str, key: &str) -> Result<Before, ShopError> {
        let topics = [Topic::cart(cart_hash), Topic::lists()];
        let stamp = self.freshness.stamp(&topics).await.ok();
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
        if let (Some(stamp), true) = (before.0, is_final) {
            let cart_and_key = (cart_hash.to_owned(), key.to_owned());
            self.known.insert(cart_and_key, (stamp, refusal.clone()));
        }
    }
}
