//! Changing the carriers: the port behind the admin's page.

use std::sync::Arc;

use app::{carriers::Carriers, error::ShopResult, identity::Account};
use async_trait::async_trait;
use desk::admin::carriers::{
    ports::{CarrierAdmin, CarriersView},
    types::{CarrierForm, CarriersSaved},
};
use serde_json::{Map, Value};

use super::check::checked;
use crate::{
    admin::saving::{Kept, Saving, Shown, Stored},
    clock::Clock,
    db::Tx,
    error::Result,
    settings::carriers,
    store::Store,
};

pub struct CarrierService {
    saving: Saving,
}

impl CarrierService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            saving: Saving::new(db, clock),
        }
    }
}

/// All carriers as one.
struct TheCarriers;

#[async_trait]
impl Kept for TheCarriers {
    type Value = Carriers;

    const NAME: &'static str = "carriers";
    const SHOWN: Shown = Shown::Everywhere;

    async fn read(&self, tx: &mut Tx) -> Result<Stored<Carriers>> {
        Ok(Stored {
            version: carriers::version(&mut **tx).await?,
            value: carriers::read(&mut **tx).await?,
        })
    }

    async fn write(
        &self,
        tx: &mut Tx,
        before: &Stored<Carriers>,
        after: &Carriers,
    ) -> Result<bool> {
        if !carriers::take(tx, before.version).await? {
            return Ok(false);
        }
        carriers::write(tx, after).await?;
        Ok(true)
    }

    fn summary(carriers: &Carriers) -> Value {
        let entries = carriers.0.iter();
        let entries = entries.map(|carrier| {
            let pattern = Value::from(carrier.pattern.as_str());
            (carrier.name.clone(), pattern)
        });
        Value::Object(entries.collect::<Map<String, Value>>())
    }
}

#[async_trait]
impl CarrierAdmin for CarrierService {
    async fn carriers(&self) -> ShopResult<CarriersView> {
        let mut connection = self.saving.db().connection().await?;
        Ok(CarriersView {
            version: carriers::version(&mut *connection).await?,
            carriers: carriers::read(&mut *connection).await?,
        })
    }

    async fn save(
        &self,
        actor: &Account,
        version: &str,
        typed: Vec<CarrierForm>,
    ) -> ShopResult<CarriersSaved> {
        let after = checked(&typed)?;
        let saved = self
            .saving
            .save(&TheCarriers, actor, version, |_| Ok(after));
        Ok(CarriersSaved {
            version: saved.await?,
        })
    }
}
