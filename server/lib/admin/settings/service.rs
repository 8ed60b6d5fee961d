//! Changing the settings: the port behind the admin's page.

use std::sync::Arc;

use app::{
    delivery::{Handover, WorkingDays},
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    money::plain_amount,
    returns::ReturnPolicy,
    shop::ShopSettings,
};
use async_trait::async_trait;
use desk::admin::settings::{
    ports::{Change, SettingsAdmin, SettingsForm, SettingsView},
    types::{RateForm, SettingsSaved},
};
use serde_json::{Value, json};

use super::{check, currency_change::CurrencyChange, languages, rate_texts, said};
use crate::{
    audit_log,
    clock::Clock,
    error::Error,
    feature::Parts,
    pricing::pricing,
    settings::{Rate, Settings, store},
    store::{ChangeSet, Store},
};

pub struct SettingsService {
    db: Store,
    settings: Settings,
    clock: Arc<dyn Clock>,
}

impl SettingsService {
    pub fn new(parts: Parts) -> Self {
        Self {
            db: parts.db,
            settings: parts.settings,
            clock: parts.clock,
        }
    }
}

/// What an entry of the trail says.
fn summary(settings: &ShopSettings, rates: &[Rate]) -> Value {
    json!({
        "name": settings.name, "currency": settings.currency,
        "tax_basis_points": settings.tax_basis_points, "time_zone": settings.time_zone,
        "dispatch_by": settings.dispatch_by.map(|time| time.to_string()),
        "return_days": settings.returns.map(ReturnPolicy::days),
        "return_cost": settings.returns.map(|policy| policy.cost.as_str()),
        "mail_from": settings.mail_from,
        "payment_hold_minutes": settings.payment_hold_minutes,
        "cart_days": settings.cart_days, "low_stock": settings.low_stock,
        "second_factor_required": settings.second_factor_required,
        "delivers_to": settings.delivers_to.stored(),
        "languages": settings.languages.stored(),
        "shipping_rates": rates.iter().map(|rate| json!({
            "id": rate.id, "name": rate.name, "description": rate.description,
            "price_minor": rate.price_minor, "free_from_minor": rate.free_from_minor,
            "handover": rate.handover.as_str(),
            "days_from": rate.days.map(WorkingDays::from),
            "days_to": rate.days.map(WorkingDays::to),
        })).collect::<Vec<_>>(),
    })
}

fn typed(rate: Rate, currency: &str) -> RateForm {
    let days = |end: fn(WorkingDays) -> i64| {
        let days = rate.days.map(end);
        days.map(|days| days.to_string()).unwrap_or_default()
    };
    RateForm {
        days_from: days(WorkingDays::from),
        days_to: days(WorkingDays::to),
        // As the form says the usual one.
        handover: match rate.handover {
            Handover::Delivery => String::new(),
            Handover::Collection => rate.handover.as_str().to_owned(),
        },
        price: plain_amount(rate.price_minor, currency),
        free_from: rate
            .free_from_minor
            .map(|minor| plain_amount(minor, currency))
            .unwrap_or_default(),
        id: rate.id,
        name: rate.name,
        description: rate.description,
    }
}

#[async_trait]
impl SettingsAdmin for SettingsService {
    async fn settings(&self) -> ShopResult<SettingsView> {
        let (db, defaults) = (&self.db, self.settings.defaults());
        let stored = store::read(db, defaults).await?;
        let mut connection = db.connection().await?;
        let pricing = pricing(&mut connection, defaults).await?;
        let currency = &stored.settings.currency;
        let rates = pricing.rates.into_iter();
        Ok(SettingsView {
            rates: rates.map(|rate| typed(rate, currency)).collect(),
            version: stored.version,
            changed: stored.changed,
            zones: zones(),
            settings: Arc::new(stored.settings),
        })
    }

    async fn save(&self, actor: &Account, form: SettingsForm) -> ShopResult<SettingsSaved> {
        let (db, defaults) = (&self.db, self.settings.defaults());
        let mut tx = db.begin().await?;
        let current = store::lock(&mut tx, db.dialect(), defaults).await?;
        if form.version.trim().parse() != Ok(current.version) {
            return Err(ShopError::new(ErrorKind::Conflict, said().changed_since()));
        }
        let before = pricing(&mut tx, defaults).await?.rates;
        let wanted = check::currency_of(&form);
        let change = CurrencyChange::planned(&mut tx, &current.settings.currency, &wanted).await?;
        let standing = check::SettingsBefore {
            settings: &current.settings,
            rates: &before,
            change: change.as_ref(),
        };
        let (mut settings, rates) = check::checked(&form, &standing)?;
        settings.written_in = languages::written_in(&mut tx, &current.settings, &settings).await?;
        if settings == current.settings && rates == before {
            tx.rollback().await.map_err(Error::from)?;
            return Ok(SettingsSaved {
                version: current.version,
            });
        }
        let by = Change {
            at: self.clock.now(),
            by: actor.email.clone(),
        };
        store::write(&mut tx, (&current.settings, &settings), defaults, &by).await?;
        if rates != before {
            store::write_rates(&mut tx, &rates).await?;
            rate_texts::follow(&mut tx, db.dialect(), (&before, &rates)).await?;
        }
        let mut after = summary(&settings, &rates);
        if let Some(change) = &change {
            let version = current.version + 1;
            change
                .carry_out(&mut tx, db.dialect(), by.at, version)
                .await?;
            if change.rounded > 0 {
                after["rounded_prices"] = json!(change.rounded);
            }
        }
        audit_log::record(
            &mut tx,
            by.at,
            &by.by,
            "settings.save",
            ("settings", "shop"),
            Some(summary(&current.settings, &before)),
            Some(after),
        )
        .await?;
        let mut changes = ChangeSet::default();
        changes.everything();
        changes.commit(tx, db).await?;
        Ok(SettingsSaved {
            version: current.version + 1,
        })
    }
}

/// All zones there are, in the order of the alphabet.
fn zones() -> Vec<String> {
    let names = jiff::tz::db().available();
    let mut names: Vec<String> = names.map(|name| name.to_string()).collect();
    names.sort_unstable();
    names
}
