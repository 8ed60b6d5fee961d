//! Changing the limits: the port behind the pages.

use std::sync::Arc;

use app::{
    digest::fnv1a,
    error::{ShopError, ShopResult},
    identity::Account,
};
use async_trait::async_trait;
use desk::admin::limits::{
    ports::{LimitAdmin, LimitRow, LimitedProduct, LimitsView, StandingLimit},
    types::{LimitForm, LimitsSaved},
};
use serde_json::{Map, Value, json};

use super::{
    check::{Wish, checked},
    store::{self, Named},
};
use crate::{
    admin::saving::{Saving, Shown, overtaken},
    buyer_limits::{
        decide::{Limit, Scope},
        edit as limits,
    },
    clock::Clock,
    db::{Connection, Tx},
    error::{Error, Result},
    facts::{self, Fact},
    ids::{is_id, new_secret},
    store::Store,
};

pub struct LimitService {
    saving: Saving,
}

/// What limits are set for: the shop or a product, with the limits it has.
struct LimitedSubject {
    product: Option<LimitedProduct>,
    variants: Vec<Named>,
    limits: Vec<Limit>,
}

impl LimitedSubject {
    async fn read(connection: &mut Connection, product: Option<&str>) -> ShopResult<Self> {
        let (of, variants) = match product {
            None => (None, Vec::new()),
            Some(id) if is_id(id) => {
                let found = store::product(connection, id).await?;
                let found = found.ok_or_else(ShopError::not_found)?;
                (Some(found), store::variants(connection, id).await?)
            }
            Some(_) => return Err(ShopError::not_found()),
        };
        Ok(Self {
            product: of,
            variants,
            limits: limits::standing(connection, product).await?,
        })
    }

    /// The one of a variant, or of the whole.
    fn of(&self, variant: Option<&str>) -> Option<&Limit> {
        let of = |limit: &&Limit| match (&limit.scope, variant) {
            (Scope::Variant(id), Some(variant)) => id == variant,
            (Scope::Shop | Scope::Product(_), None) => true,
            // Those of drops are set with the drop.
            (Scope::OfDrop { .. }, _) => false,
            (Scope::Variant(_), None) | (Scope::Shop | Scope::Product(_), Some(_)) => false,
        };
        self.limits.iter().find(of)
    }

    fn row(&self, variant: Option<&Named>) -> LimitRow {
        let id = variant.map(|variant| variant.id.as_str());
        LimitRow {
            variant: id.unwrap_or_default().to_owned(),
            name: variant.map_or_else(String::new, |variant| variant.name.clone()),
            current: self.of(id).map(current),
        }
    }

    /// The only variant of a product is the whole of it, unless it has a limit of its own.
    fn rows(&self) -> Vec<LimitRow> {
        let variants: &[Named] = match self.variants.as_slice() {
            [only] if self.of(Some(&only.id)).is_none() => &[],
            variants => variants,
        };
        let whole = std::iter::once(self.row(None));
        whole
            .chain(variants.iter().map(|variant| self.row(Some(variant))))
            .collect()
    }

    /// Another one whenever a limit is another.
    fn version(&self) -> String {
        let said: Vec<String> = self
            .limits
            .iter()
            .map(|limit| format!("{} {} {}", limit.id, limit.units, limit.days))
            .collect();
        format!("{:016x}", fnv1a(said.join("\n").as_bytes()))
    }

    /// What an entry of the trail says.
    fn summary(&self) -> Value {
        let mut said = Map::new();
        if let Some(product) = &self.product {
            said.insert("title".to_owned(), json!(product.title));
        }
        for row in self.rows() {
            if let Some(StandingLimit { units, days }) = row.current {
                let of = match row.name.as_str() {
                    "" => "whole",
                    name => name,
                };
                said.insert(format!("{of} units"), json!(units));
                said.insert(format!("{of} days"), json!(days));
            }
        }
        Value::Object(said)
    }
}

fn current(limit: &Limit) -> StandingLimit {
    StandingLimit {
        units: limit.units,
        days: limit.days,
    }
}

impl LimitService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            saving: Saving::new(db, clock),
        }
    }

    /// Makes one limit what it is wished to be; tells whether that changes anything.
    async fn set(
        &self,
        tx: &mut Tx,
        key: &str,
        subject: &LimitedSubject,
        wish: &Wish,
    ) -> Result<bool> {
        let before = subject.of(wish.variant.as_deref());
        match (before, wish.limit) {
            (None, None) => return Ok(false),
            (Some(before), Some(after)) if current(before) == after => return Ok(false),
            // What counts is the same.
            (Some(before), Some(after)) if before.days == after.days => {
                limits::set_units(tx, &before.id, after.units).await?;
            }
            (before, after) => {
                if let Some(before) = before {
                    limits::remove(tx, &before.id).await?;
                }
                if let Some(StandingLimit { units, days }) = after {
                    let scope = match (&wish.variant, &subject.product) {
                        (Some(id), _) => Scope::Variant(id.clone()),
                        (None, Some(product)) => Scope::Product(product.id.clone()),
                        (None, None) => Scope::Shop,
                    };
                    let (dialect, now) = (self.saving.db().dialect(), self.saving.now());
                    limits::add(tx, dialect, now, key, (scope, units, days)).await?;
                }
            }
        }
        Ok(true)
    }
}

#[async_trait]
impl LimitAdmin for LimitService {
    async fn limits(&self, product: Option<&str>) -> ShopResult<LimitsView> {
        let mut connection = self.saving.db().connection().await?;
        let subject = LimitedSubject::read(&mut connection, product).await?;
        let limited = match product {
            None => store::limited(&mut connection).await?,
            Some(_) => Vec::new(),
        };
        Ok(LimitsView {
            rows: subject.rows(),
            version: subject.version(),
            product: subject.product,
            limited,
        })
    }

    async fn save(
        &self,
        actor: &Account,
        product: Option<&str>,
        version: &str,
        forms: Vec<LimitForm>,
    ) -> ShopResult<LimitsSaved> {
        let dialect = self.saving.db().dialect();
        let mut tx = self.saving.db().begin().await?;
        store::take_time(&mut tx, dialect).await?;
        if product.is_none_or(is_id) {
            limits::lock_variants(&mut tx, dialect, product).await?;
        }
        let before = LimitedSubject::read(&mut tx, product).await?;
        if version.trim() != before.version() {
            return Err(overtaken());
        }
        let variants: Vec<&str> = before.variants.iter().map(|v| v.id.as_str()).collect();
        let wishes = checked(&forms, &variants)?;
        let key = facts::settle_in(&mut tx, Fact::BuyerKey, &new_secret()).await?;
        let mut is_changed = false;
        for wish in &wishes {
            is_changed |= self.set(&mut tx, &key, &before, wish).await?;
        }
        if !is_changed {
            tx.rollback().await.map_err(Error::from)?;
            return Ok(LimitsSaved {
                version: before.version(),
            });
        }
        let after = LimitedSubject::read(&mut tx, product).await?;
        let subject = ("limits", product.unwrap_or("shop"));
        let said = (before.summary(), after.summary());
        // Carts and orders read them each time.
        self.saving
            .commit(tx, actor, subject, said, Shown::Nowhere)
            .await?;
        Ok(LimitsSaved {
            version: after.version(),
        })
    }
}
