//! Changing the brakes: the port behind the admin's page.

use std::sync::Arc;

use app::{
    admin::brakes::{
        ports::{BrakeAdmin, BrakesView},
        types::{BrakesSaved, RateForm},
    },
    brakes::{Brake, Brakes, CountedBy, MAX_TIMES, SetRate},
    error::{ErrorKind, FieldError, ShopError, ShopResult},
    identity::Account,
    locale::locale,
};
use async_trait::async_trait;
use serde_json::{Map, Value};

use super::text::Text;
use crate::{
    audit_log,
    clock::Clock,
    error::Error,
    settings::brakes,
    store::{ChangeSet, Store},
};

pub struct BrakeDesk {
    db: Store,
    clock: Arc<dyn Clock>,
}

impl BrakeDesk {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }
}

/// The brake that a row of the form names, if it is counted by what it says.
fn named(form: &RateForm) -> Option<(Brake, CountedBy)> {
    let (brake, by) = Brake::parse(&form.brake).zip(CountedBy::parse(&form.by))?;
    brake.standard(by).map(|_| (brake, by))
}

/// A number as typed; an empty one is no limit, which is kept as 0.
fn times(typed: &str) -> Option<u32> {
    match typed.trim() {
        "" => Some(0),
        number => number.parse().ok().filter(|n| (1..=MAX_TIMES).contains(n)),
    }
}

/// What was typed, or everything that is wrong with it.
fn checked(typed: &[RateForm]) -> ShopResult<Vec<SetRate>> {
    let text = Text::from(locale());
    let (mut rates, mut wrong) = (Vec::new(), Vec::new());
    // There is a field for each, and no more.
    for (at, form) in typed.iter().take(Brakes::all().count()).enumerate() {
        let message = match (named(form), times(&form.times)) {
            (Some((brake, by)), Some(times)) => {
                rates.push(SetRate { brake, by, times });
                continue;
            }
            (None, _) => text.no_such_rate().to_owned(),
            (Some(_), None) => text.number(&MAX_TIMES.to_string()),
        };
        wrong.push(FieldError {
            field: format!("rates[{at}][times]"),
            message,
        });
    }
    match wrong.is_empty() {
        true => Ok(rates),
        false => Err(ShopError::fields(wrong)),
    }
}

/// What an entry of the trail says: how often, and nothing where that is off.
fn summary(brakes: &Brakes) -> Value {
    let entries = Brakes::all().map(|(brake, by, _)| {
        let name = format!("{}_{}", brake.as_str(), by.as_str());
        let times = brakes.rate(brake, by).map(|rate| rate.times);
        (name, Value::from(times))
    });
    Value::Object(entries.collect::<Map<String, Value>>())
}

fn overtaken() -> ShopError {
    let words = Text::from(locale()).changed_since();
    ShopError::new(ErrorKind::Conflict, words)
}

#[async_trait]
impl BrakeAdmin for BrakeDesk {
    async fn brakes(&self) -> ShopResult<BrakesView> {
        let stored = brakes::read(self.db.reader()).await?;
        Ok(BrakesView {
            brakes: stored.brakes,
            version: stored.version,
        })
    }

    async fn save(
        &self,
        actor: &Account,
        version: &str,
        typed: Vec<RateForm>,
    ) -> ShopResult<BrakesSaved> {
        let typed = checked(&typed)?;
        let version: i64 = version.trim().parse().map_err(|_| overtaken())?;
        let mut tx = self.db.begin().await?;
        let before = brakes::read(&mut *tx).await?;
        if before.version != version {
            return Err(overtaken());
        }
        let before = before.brakes;
        let after = typed.into_iter().fold(before.clone(), Brakes::with);
        if after == before {
            tx.rollback().await.map_err(Error::from)?;
            return Ok(BrakesSaved { version });
        }
        if !brakes::write(&mut tx, version, &after).await? {
            return Err(overtaken());
        }
        audit_log::record(
            &mut tx,
            self.clock.now(),
            &actor.email,
            "brakes.save",
            ("brakes", "shop"),
            Some(summary(&before)),
            Some(summary(&after)),
        )
        .await?;
        // They are part of the settings, which every node keeps.
        let mut changes = ChangeSet::default();
        changes.everything();
        changes.commit(tx, &self.db).await?;
        Ok(BrakesSaved {
            version: version + 1,
        })
    }
}
