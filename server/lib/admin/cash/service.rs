//! The port behind the admin's page.

use std::{ops::RangeInclusive, sync::Arc};

use app::{error::ShopResult, identity::Account};
use async_trait::async_trait;
use desk::admin::cash::{
    ports::{CashAdmin, CashForm, CashView, ConfirmationRule},
    types::CashSaved,
};
use serde_json::{Value, json};

use crate::{
    admin::saving::{Kept, Saving, Shown, Stored, Wrong},
    clock::Clock,
    db::Tx,
    error::Result,
    payment::cash::rules::{self, CashSettings},
    store::Store,
};

const MINUTES: RangeInclusive<i64> = 10..=1440;
const MOST_OPEN: RangeInclusive<i64> = 1..=1000;

pub struct CashService {
    saving: Saving,
}

impl CashService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            saving: Saving::new(db, clock),
        }
    }
}

/// What was typed as it is stored, over settings of this version.
fn checked(form: &CashForm, version: i64) -> ShopResult<CashSettings> {
    let mut wrong = Wrong::default();
    let asked = ConfirmationRule::Asked;
    let confirmation = ConfirmationRule::parse(form.confirmation.trim());
    let settings = CashSettings {
        version,
        confirmation: match wrong.choice("confirmation", confirmation, asked) {
            ConfirmationRule::Asked => true,
            ConfirmationRule::Off => false,
        },
        minutes: wrong.number("minutes", &form.minutes, MINUTES),
        most_open: match form.most_open.trim() {
            "" => None,
            typed => Some(wrong.number("most_open", typed, MOST_OPEN)),
        },
    };
    wrong.or(settings)
}

/// The one row of the settings.
struct TheRules;

#[async_trait]
impl Kept for TheRules {
    type Value = CashSettings;

    const NAME: &'static str = "cash";
    const SHOWN: Shown = Shown::AtCheckout;

    async fn read(&self, tx: &mut Tx) -> Result<Stored<CashSettings>> {
        let stored = rules::read(&mut **tx).await?;
        Ok(Stored {
            version: stored.version,
            value: stored,
        })
    }

    async fn write(
        &self,
        tx: &mut Tx,
        _before: &Stored<CashSettings>,
        after: &CashSettings,
    ) -> Result<bool> {
        // They are of the version that they were made from, and are written over no other.
        rules::write(tx, after).await
    }

    fn summary(settings: &CashSettings) -> Value {
        json!({
            "confirmation": ConfirmationRule::of(settings.confirmation).as_str(),
            "minutes": settings.minutes,
            "most_open": settings.most_open,
        })
    }
}

#[async_trait]
impl CashAdmin for CashService {
    async fn settings(&self) -> ShopResult<CashView> {
        let stored = rules::read(self.saving.db().reader()).await?;
        Ok(CashView {
            version: stored.version,
            confirmation: ConfirmationRule::of(stored.confirmation),
            minutes: stored.minutes,
            most_open: stored.most_open,
        })
    }

    async fn save(&self, actor: &Account, form: CashForm) -> ShopResult<CashSaved> {
        let saved = self.saving.save(&TheRules, actor, &form.version, |before| {
            checked(&form, before.version)
        });
        Ok(CashSaved {
            version: saved.await?,
        })
    }
}
