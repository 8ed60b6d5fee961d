//! What an admin sets for the shop as a whole.
//!
//! The database holds it; what is not set there is as the command line or the environment says. A
//! save makes everything that was kept under the old settings unreachable, on all nodes, before it
//! is answered.

pub mod brakes;
pub mod carriers;
pub mod currencies;
pub mod currency;
mod currency_history;
pub mod demo_rates;
pub mod look;
pub mod opening;
mod rate;
pub mod seller;
pub mod sentences;
pub mod store;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/settings_text.rs"));
}

use std::sync::{Arc, PoisonError, RwLock};

use app::{error::ShopError, shop::ShopSettings};
use futures_util::future::FutureExt;

pub use currency_history::CurrencyHistory;
pub use rate::Rate;
pub use store::{delivers_to, read};

use crate::{cache::ReadThrough, coordination::Topic, store::Store};

/// How long a cart, or a device's wishlist, lives from when it was last changed, in milliseconds: part
/// of a statement.
macro_rules! cart_lifetime {
    () => {
        "(SELECT cart_days * 86400000 FROM shop_settings WHERE id = 1)"
    };
}
pub(crate) use cart_lifetime;

/// One entry.
const MAX_BYTES: u64 = 64 * 1024;

/// The settings of one node's services. Cheap to clone.
#[derive(Clone)]
pub struct Settings {
    db: Store,
    defaults: Arc<ShopSettings>,
    kept: ReadThrough<ShopSettings>,
    last: Arc<RwLock<Arc<ShopSettings>>>,
}

impl Settings {
    pub fn new(db: Store, defaults: ShopSettings) -> Self {
        let defaults = Arc::new(defaults);
        let kept = ReadThrough::new("settings", MAX_BYTES, db.freshness().clone());
        Self {
            kept: kept.of_this_process(),
            last: Arc::new(RwLock::new(defaults.clone())),
            defaults,
            db,
        }
    }

    /// As new as the last save that was answered before this call.
    pub async fn now(&self) -> Result<Arc<ShopSettings>, ShopError> {
        let (db, defaults) = (self.db.clone(), self.defaults.clone());
        let load = move || {
            let (db, defaults) = (db.clone(), defaults.clone());
            async move { Ok(store::read(&db, &defaults).await?.settings) }.boxed()
        };
        let settings = self.kept.get("shop", &[Topic::settings()], load).await?;
        let mut last = self.last.write().unwrap_or_else(PoisonError::into_inner);
        *last = settings.clone();
        Ok(settings)
    }

    /// As they were when this node looked last, without looking: for pages that say what is wrong,
    /// and for what is decided by newer ones anyway.
    pub fn last_known(&self) -> Arc<ShopSettings> {
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        last.clone()
    }

    /// The present ones, or the last known where the database does not answer.
    pub async fn now_or_last(&self) -> Arc<ShopSettings> {
        match self.now().await {
            Ok(settings) => settings,
            Err(_) => self.last_known(),
        }
    }

    /// What the command line and the environment say.
    pub fn defaults(&self) -> &Arc<ShopSettings> {
        &self.defaults
    }

    /// Where shoppers reach the shop, without a trailing slash. No admin changes it.
    pub fn base_url(&self) -> &str {
        &self.defaults.base_url
    }
}
