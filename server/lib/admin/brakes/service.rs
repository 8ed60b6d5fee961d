//! Changing the brakes: the port behind the admin's page.

use std::sync::Arc;

use app::{
    brakes::{Brake, Brakes, CountedBy, HeldBy, HoldLimits, MAX_HELD, MAX_TIMES, SetRate},
    error::{FieldError, ShopError, ShopResult},
    identity::Account,
    locale::locale,
};
use async_trait::async_trait;
use desk::admin::brakes::{
    ports::{BrakeAdmin, BrakesView},
    types::{BrakesSaved, HeldForm, RateForm},
};
use serde_json::{Map, Value};

use super::text::Text;
use crate::{
    admin::saving::{Kept, Saving, Shown, Stored},
    clock::Clock,
    db::Tx,
    error::Result,
    settings::brakes,
    store::Store,
};

pub struct BrakeService {
    saving: Saving,
}

impl BrakeService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            saving: Saving::new(db, clock),
        }
    }
}

/// The brake that a row of the form names, if it is counted by what it says.
fn named(form: &RateForm) -> Option<(Brake, CountedBy)> {
    let (brake, by) = Brake::parse(&form.brake).zip(CountedBy::parse(&form.by))?;
    brake.standard(by).map(|_| (brake, by))
}

/// A number as typed; an empty one is no limit, which is kept as 0.
fn number<N: std::str::FromStr + PartialOrd + From<bool>>(typed: &str, most: N) -> Option<N> {
    let (none, least) = (N::from(false), N::from(true));
    match typed.trim() {
        "" => Some(none),
        number => number.parse().ok().filter(|n| (least..=most).contains(n)),
    }
}

/// What was typed, as it is to be set.
struct Wish {
    rates: Vec<SetRate>,
    held: Vec<(HeldBy, i64)>,
}

impl Wish {
    fn over(self, before: &AllBrakes) -> AllBrakes {
        let held = self.held.into_iter();
        AllBrakes {
            brakes: self
                .rates
                .into_iter()
                .fold(before.brakes.clone(), Brakes::with),
            held: held.fold(before.held, |limits, (by, units)| limits.with(by, units)),
        }
    }
}

/// What was typed, or everything that is wrong with it.
fn checked(typed: &[RateForm], typed_held: &[HeldForm]) -> ShopResult<Wish> {
    let text = Text::from(locale());
    let (mut rates, mut held, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for (at, form) in typed_held.iter().take(HeldBy::ALL.len()).enumerate() {
        let message = match (HeldBy::parse(&form.by), number(&form.units, MAX_HELD)) {
            (Some(by), Some(units)) => {
                held.push((by, units));
                continue;
            }
            (None, _) => text.no_such_rate().to_owned(),
            (Some(_), None) => text.number(&MAX_HELD.to_string()),
        };
        wrong.push(FieldError {
            field: format!("held[{at}][units]"),
            message,
        });
    }
    // There is a field for each, and no more.
    for (at, form) in typed.iter().take(Brakes::all().count()).enumerate() {
        let message = match (named(form), number(&form.times, MAX_TIMES)) {
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
        true => Ok(Wish { rates, held }),
        false => Err(ShopError::fields(wrong)),
    }
}

/// All that is set of them.
#[derive(PartialEq)]
struct AllBrakes {
    brakes: Brakes,
    held: HoldLimits,
}

/// All of it as one.
struct TheBrakes;

#[async_trait]
impl Kept for TheBrakes {
    type Value = AllBrakes;

    const NAME: &'static str = "brakes";
    const SHOWN: Shown = Shown::Everywhere;

    async fn read(&self, tx: &mut Tx) -> Result<Stored<AllBrakes>> {
        let stored = brakes::read(&mut **tx).await?;
        Ok(Stored {
            version: stored.version,
            value: AllBrakes {
                brakes: stored.brakes,
                held: stored.held,
            },
        })
    }

    async fn write(
        &self,
        tx: &mut Tx,
        before: &Stored<AllBrakes>,
        after: &AllBrakes,
    ) -> Result<bool> {
        brakes::write(tx, before.version, &after.brakes, &after.held).await
    }

    /// How often, and nothing where that is off.
    fn summary(AllBrakes { brakes, held }: &AllBrakes) -> Value {
        let held = HeldBy::ALL.into_iter().map(|by| {
            let name = format!("held_{}", by.as_str());
            (name, Value::from(held.most(by)))
        });
        let entries = Brakes::all().map(|(brake, by, _)| {
            let name = format!("{}_{}", brake.as_str(), by.as_str());
            let times = brakes.rate(brake, by).map(|rate| rate.times);
            (name, Value::from(times))
        });
        let entries = entries.chain(held);
        Value::Object(entries.collect::<Map<String, Value>>())
    }
}

#[async_trait]
impl BrakeAdmin for BrakeService {
    async fn brakes(&self) -> ShopResult<BrakesView> {
        let stored = brakes::read(self.saving.db().reader()).await?;
        Ok(BrakesView {
            brakes: stored.brakes,
            held: stored.held,
            version: stored.version,
        })
    }

    async fn save(
        &self,
        actor: &Account,
        version: &str,
        typed: Vec<RateForm>,
        held: Vec<HeldForm>,
    ) -> ShopResult<BrakesSaved> {
        let typed = checked(&typed, &held)?;
        let saved = self
            .saving
            .save(&TheBrakes, actor, version, |before| Ok(typed.over(before)));
        Ok(BrakesSaved {
            version: saved.await?,
        })
    }
}
