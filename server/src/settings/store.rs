//! The settings in the database.

use app::{
    brakes::Brakes,
    carriers::Carriers,
    countries::DeliveryCountries,
    delivery::{WorkingDays, calendar::DispatchTime},
    locale::{Languages, Locale},
    look::Look,
    returns::{ReturnCost, ReturnPolicy},
    seller::Seller,
    sentences::Sentences,
    shop::{Opening, ShopSettings},
};
use desk::admin::settings::ports::Change;
use sqlx::any::AnyRow;

use crate::{
    db::{Dialect, FromRow, Sql, Tx, from_row, stored_words},
    error::{Error, Result},
    settings::{Rate, brakes, carriers, look, seller, sentences},
    store::Store,
};

stored_words!(ReturnCost);

/// What is set, and when that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSettings {
    pub settings: ShopSettings,
    pub version: i64,
    /// Who saved last, and when; nobody yet if none.
    pub changed: Option<Change>,
}

const ROW: &str = "SELECT version, name, currency, tax_basis_points, mail_from, time_zone, dispatch_by, \
     return_days, return_cost, payment_hold_minutes, cart_days, low_stock, second_factor_required, \
     delivers_to, languages, written_in, opening, changed_at, changed_by \
     FROM shop_settings";

pub async fn read(db: &Store, defaults: &ShopSettings) -> Result<StoredSettings> {
    let row = Sql::new(ROW).fetch_one(db.reader()).await?;
    let beside = Beside {
        look: look::read(db.reader()).await?.look,
        seller: seller::read(db.reader()).await?.seller,
        sentences: sentences::read(db.reader()).await?,
        brakes: brakes::read(db.reader()).await?.brakes,
        carriers: carriers::read(db.reader()).await?,
    };
    stored(&row, beside, defaults)
}

/// Reads what is to be changed, and keeps it from being changed by someone else meanwhile.
pub async fn lock(
    tx: &mut Tx,
    dialect: Dialect,
    defaults: &ShopSettings,
) -> Result<StoredSettings> {
    let mut sql = Sql::new(ROW);
    sql.push(dialect.for_update());
    let row = sql.fetch_one(&mut **tx).await?;
    let beside = Beside {
        look: look::read(&mut **tx).await?.look,
        seller: seller::read(&mut **tx).await?.seller,
        sentences: sentences::read(&mut **tx).await?,
        brakes: brakes::read(&mut **tx).await?.brakes,
        carriers: carriers::read(&mut **tx).await?,
    };
    stored(&row, beside, defaults)
}

/// Settings with tables of their own, and pages where they are changed.
struct Beside {
    look: Look,
    seller: Seller,
    sentences: Sentences,
    brakes: Brakes,
    carriers: Carriers,
}

/// The row as it is: what is NULL no admin has set.
struct SettingsRow {
    version: i64,
    name: Option<String>,
    currency: Option<String>,
    tax_basis_points: Option<i64>,
    mail_from: Option<String>,
    time_zone: String,
    dispatch_by: Option<i64>,
    return_days: Option<i64>,
    return_cost: ReturnCost,
    payment_hold_minutes: i64,
    cart_days: i64,
    low_stock: i64,
    second_factor_required: bool,
    delivers_to: Option<String>,
    languages: Option<String>,
    written_in: Option<String>,
    opening: Opening,
    changed_at: Option<i64>,
    changed_by: Option<String>,
}

from_row!(SettingsRow {
    version,
    name,
    currency,
    tax_basis_points,
    mail_from,
    time_zone,
    dispatch_by,
    return_days,
    return_cost,
    payment_hold_minutes,
    cart_days,
    low_stock,
    second_factor_required,
    delivers_to,
    languages,
    written_in,
    opening,
    changed_at,
    changed_by,
});

fn stored(row: &AnyRow, beside: Beside, defaults: &ShopSettings) -> Result<StoredSettings> {
    let Beside {
        look,
        seller,
        sentences,
        brakes,
        carriers,
    } = beside;
    let row = SettingsRow::from_row(row)?;
    // What another version of the server had texts for may be there.
    let languages = row.languages.as_deref().and_then(Languages::known);
    let languages = languages.unwrap_or_else(|| defaults.languages.clone());
    let written_in = row.written_in.as_deref().and_then(Locale::of_code);
    let or = |text: Option<String>, default: &str| text.unwrap_or_else(|| default.to_owned());
    Ok(StoredSettings {
        settings: ShopSettings {
            name: or(row.name, &defaults.name),
            currency: or(row.currency, &defaults.currency),
            base_url: defaults.base_url.clone(),
            payment_mode: defaults.payment_mode,
            payment_provider: defaults.payment_provider,
            tax_basis_points: row.tax_basis_points.unwrap_or(defaults.tax_basis_points),
            time_zone: row.time_zone,
            dispatch_by: row.dispatch_by.and_then(DispatchTime::of_minutes),
            returns: row
                .return_days
                .and_then(|days| ReturnPolicy::new(days, row.return_cost)),
            mail_from: or(row.mail_from, &defaults.mail_from),
            payment_hold_minutes: row.payment_hold_minutes,
            cart_days: row.cart_days,
            low_stock: row.low_stock,
            second_factor_required: row.second_factor_required,
            delivers_to: delivers_to(row.delivers_to.as_deref(), defaults),
            look,
            written_in: written_in.unwrap_or(languages.default_language().locale),
            languages,
            opening: row.opening,
            seller,
            sentences,
            brakes,
            carriers,
        },
        version: row.version,
        changed: match (row.changed_at, row.changed_by) {
            (Some(at), Some(by)) => Some(Change { at, by }),
            (None, _) | (_, None) => None,
        },
    })
}

/// The countries that are set, as stored, or else those of the command line.
pub fn delivers_to(stored: Option<&str>, defaults: &ShopSettings) -> DeliveryCountries {
    match stored {
        Some(stored) => DeliveryCountries::parse(stored),
        None => defaults.delivers_to.clone(),
    }
}

/// Writes settings over. What is as the command line says, and was, stays with the command line; a
/// currency that is on record stays there.
pub async fn write(
    tx: &mut Tx,
    (before, after): (&ShopSettings, &ShopSettings),
    defaults: &ShopSettings,
    by: &Change,
) -> Result<()> {
    let kept = |old: &str, new: &str, default: &str| {
        (new != default || old != default).then(|| new.to_owned())
    };
    let tax = (after.tax_basis_points, before.tax_basis_points);
    let default_tax = defaults.tax_basis_points;
    let tax = (tax != (default_tax, default_tax)).then_some(tax.0);
    let changed = sqlx::query(
        "UPDATE shop_settings SET version = version + 1, \
         name = $1, currency = COALESCE($2, currency), tax_basis_points = $3, mail_from = $4, time_zone = $5, \
         payment_hold_minutes = $6, cart_days = $7, low_stock = $8, second_factor_required = $9, \
         delivers_to = $10, languages = $11, written_in = $12, changed_at = $13, \
         changed_by = $14, dispatch_by = $15, return_days = $16, \
         return_cost = COALESCE($17, return_cost)",
    )
    .bind(kept(&before.name, &after.name, &defaults.name))
    .bind(kept(&before.currency, &after.currency, &defaults.currency))
    .bind(tax)
    .bind(kept(
        &before.mail_from,
        &after.mail_from,
        &defaults.mail_from,
    ))
    .bind(&after.time_zone)
    .bind(after.payment_hold_minutes)
    .bind(after.cart_days)
    .bind(after.low_stock)
    .bind(i64::from(after.second_factor_required))
    .bind(kept(
        &before.delivers_to.stored(),
        &after.delivers_to.stored(),
        &defaults.delivers_to.stored(),
    ))
    .bind(kept(
        &before.languages.stored(),
        &after.languages.stored(),
        &defaults.languages.stored(),
    ))
    .bind(written_in(after))
    .bind(by.at)
    .bind(&by.by)
    .bind(after.dispatch_by.map(DispatchTime::minutes))
    .bind(after.returns.map(ReturnPolicy::days))
    .bind(after.returns.map(|policy| policy.cost.as_str()))
    .execute(&mut **tx)
    .await?;
    match changed.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::Invariant("there is one row of settings".to_owned())),
    }
}

/// As it is kept: nothing while it is the default language.
fn written_in(settings: &ShopSettings) -> Option<&'static str> {
    let default = settings.languages.default_language().locale;
    (settings.written_in != default).then_some(settings.written_in.code())
}

/// Puts these rates in place of all there are. Orders keep the names of rates that are gone.
pub async fn write_rates(tx: &mut Tx, rates: &[Rate]) -> Result<()> {
    sqlx::query("DELETE FROM shipping_rates")
        .execute(&mut **tx)
        .await?;
    for (position, rate) in (1_i64..).zip(rates) {
        sqlx::query(
            "INSERT INTO shipping_rates \
             (id, name, description, price_minor, free_from_minor, position, handover, days_from, days_to) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&rate.id)
        .bind(&rate.name)
        .bind(&rate.description)
        .bind(rate.price_minor)
        .bind(rate.free_from_minor)
        .bind(position)
        .bind(rate.handover.as_str())
        .bind(rate.days.map(WorkingDays::from))
        .bind(rate.days.map(WorkingDays::to))
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
