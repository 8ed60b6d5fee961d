//! What the owner has set and a checkout asks for until an order is placed: placing reads it once more.

use std::sync::Arc;

use app::{
    brakes::HoldLimits,
    error::{ShopError, ShopResult},
    shop::ShopSettings,
};
use futures_util::future::FutureExt;
use serde::{Deserialize, Serialize};

use crate::{
    cache::ReadThrough,
    coordination::Topic,
    error::Result,
    payment::{
        cash::rules::{self, CashSettings},
        methods::{Methods, store},
    },
    pricing::{self, Pricing},
    settings::brakes,
    store::Store,
};

/// One entry.
const MAX_BYTES: u64 = 256 * 1024;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Set {
    pub pricing: Pricing,
    /// In the owner's words.
    pub methods: Methods,
    pub cash: CashSettings,
    /// How many units may be held until they are paid for.
    pub held: HoldLimits,
}

/// Kept by this node; a save of any of it is announced before it is answered.
pub(super) struct KeptSet(ReadThrough<Set>);

impl KeptSet {
    pub fn new(db: &Store) -> Self {
        let kept = ReadThrough::new("checkout", MAX_BYTES, db.freshness().clone());
        Self(kept.of_this_process())
    }

    /// As new as the last save that was answered before this call.
    pub async fn now(&self, db: &Store, defaults: &Arc<ShopSettings>) -> ShopResult<Arc<Set>> {
        let (db, defaults) = (db.clone(), defaults.clone());
        let load = move || {
            let (db, defaults) = (db.clone(), defaults.clone());
            async move { read(&db, &defaults).await.map_err(ShopError::from) }.boxed()
        };
        self.0.get("set", &[Topic::settings()], load).await
    }
}

async fn read(db: &Store, defaults: &ShopSettings) -> Result<Set> {
    let mut connection = db.connection().await?;
    Ok(Set {
        pricing: pricing::pricing(&mut connection, defaults).await?,
        methods: store::read(&mut connection).await?,
        cash: rules::read(&mut *connection).await?,
        held: brakes::read(&mut *connection).await?.held,
    })
}
