//! Changing the carriers: the port behind the admin's page.

use std::sync::Arc;

use app::{
    admin::carriers::{
        ports::{CarrierAdmin, CarriersView},
        types::{CarrierForm, CarriersSaved},
    },
    carriers::Carriers,
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::locale,
};
use async_trait::async_trait;
use serde_json::{Map, Value};

use super::{check::checked, text::Text};
use crate::{
    audit_log,
    clock::Clock,
    error::Error,
    settings::carriers,
    store::{ChangeSet, Store},
};

pub struct CarrierService {
    db: Store,
    clock: Arc<dyn Clock>,
}

impl CarrierService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }
}

/// What an entry of the trail says.
fn summary(carriers: &Carriers) -> Value {
    let entries = carriers.0.iter();
    let entries = entries.map(|carrier| {
        let pattern = Value::from(carrier.pattern.as_str());
        (carrier.name.clone(), pattern)
    });
    Value::Object(entries.collect::<Map<String, Value>>())
}

fn overtaken() -> ShopError {
    let words = Text::from(locale()).changed_since();
    ShopError::new(ErrorKind::Conflict, words)
}

#[async_trait]
impl CarrierAdmin for CarrierService {
    async fn carriers(&self) -> ShopResult<CarriersView> {
        let mut connection = self.db.reader().acquire().await.map_err(Error::from)?;
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
        let version: i64 = version.trim().parse().map_err(|_| overtaken())?;
        let mut tx = self.db.begin().await?;
        if !carriers::take(&mut tx, version).await? {
            return Err(overtaken());
        }
        let before = carriers::read(&mut *tx).await?;
        if after == before {
            tx.rollback().await.map_err(Error::from)?;
            return Ok(CarriersSaved { version });
        }
        carriers::write(&mut tx, &after).await?;
        audit_log::record(
            &mut tx,
            self.clock.now(),
            &actor.email,
            "carriers.save",
            ("carriers", "shop"),
            Some(summary(&before)),
            Some(summary(&after)),
        )
        .await?;
        // They are among the settings, which every page may need.
        let mut changes = ChangeSet::default();
        changes.everything();
        changes.commit(tx, &self.db).await?;
        Ok(CarriersSaved {
            version: version + 1,
        })
    }
}
