//! The port behind the admin's page.

use std::{ops::RangeInclusive, sync::Arc};

use app::{error::ShopResult, identity::Account as Person, locale::locale};
use async_trait::async_trait;
use desk::admin::bank::{
    ports::{BankAdmin, BankForm, BankView},
    types::BankSaved,
};
use serde_json::{Value, json};

use super::text::Text;
use crate::{
    admin::saving::{Kept, Saving, Shown, Stored, Wrong},
    clock::Clock,
    db::Tx,
    error::Result,
    payment::bank_transfer::{
        Account, AccountFault,
        settings::{self, BankSettings},
    },
    store::Store,
};

const DAYS: RangeInclusive<i64> = 1..=30;
/// Longest name of a bank, in characters.
const MAX_BANK: usize = 70;

pub struct BankService {
    saving: Saving,
}

impl BankService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            saving: Saving::new(db, clock),
        }
    }
}

/// What was typed as it is stored, over settings of this version.
fn checked(form: &BankForm, version: i64) -> ShopResult<BankSettings> {
    let text = Text::from(locale());
    let mut wrong = Wrong::default();
    let days = wrong.number("days", &form.days, DAYS);
    let bank = wrong.line("bank", &form.bank, MAX_BANK);
    let (account, faults) = Account::typed_or_faults(&form.holder, &form.iban, &form.bic);
    for fault in faults {
        match fault {
            AccountFault::Holder => wrong.says("holder", text.enter_the_holder()),
            AccountFault::Iban => wrong.says("iban", text.check_the_iban()),
            AccountFault::Bic => wrong.says("bic", text.check_the_bic()),
        }
    }
    let Account { holder, iban, bic } = account;
    wrong.or(BankSettings {
        version,
        holder,
        iban,
        bic,
        bank,
        days,
    })
}

/// The one row of the settings.
struct TheAccount;

#[async_trait]
impl Kept for TheAccount {
    type Value = BankSettings;

    const NAME: &'static str = "bank";
    const SHOWN: Shown = Shown::AtCheckout;

    async fn read(&self, tx: &mut Tx) -> Result<Stored<BankSettings>> {
        let stored = settings::read(&mut **tx).await?;
        Ok(Stored {
            version: stored.version,
            value: stored,
        })
    }

    async fn write(
        &self,
        tx: &mut Tx,
        _before: &Stored<BankSettings>,
        after: &BankSettings,
    ) -> Result<bool> {
        // They are of the version that they were made from, and are written over no other.
        settings::write(tx, after).await
    }

    fn summary(settings: &BankSettings) -> Value {
        json!({
            "holder": settings.holder,
            "iban": settings.iban,
            "bic": settings.bic,
            "bank": settings.bank,
            "days": settings.days,
        })
    }
}

#[async_trait]
impl BankAdmin for BankService {
    async fn settings(&self) -> ShopResult<BankView> {
        let stored = settings::read(self.saving.db().reader()).await?;
        Ok(BankView {
            version: stored.version,
            holder: stored.holder,
            iban: stored.iban,
            bic: stored.bic,
            bank: stored.bank,
            days: stored.days,
        })
    }

    async fn save(&self, actor: &Person, form: BankForm) -> ShopResult<BankSaved> {
        let saved = self
            .saving
            .save(&TheAccount, actor, &form.version, |before| {
                checked(&form, before.version)
            });
        Ok(BankSaved {
            version: saved.await?,
        })
    }
}
