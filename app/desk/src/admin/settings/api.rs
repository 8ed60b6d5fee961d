//! `/api/admin/settings/…`. The function asks for the role itself; to others it does not exist.

use app::{error::ShopError, reply::go_to, visitor::confirmed_admin};
use leptos::prelude::*;

use super::{
    ports::{SettingsForm, settings_admin},
    types::{RateForm, SettingsSaved},
};

/// Saves all settings at once. `version` is that of the settings the form was made from: if they
/// were changed since, nothing is saved. `confirm_currency` must be ticked for another currency, in which
/// every price keeps its number; without it the refusal says by example what would become of prices.
/// Countries and languages stay as they are unless some are named.
#[server(endpoint = "admin/settings/save")]
pub async fn save_settings(
    #[server(default)] version: String,
    #[server(default)] name: String,
    #[server(default)] currency: String,
    #[server(default)] confirm_currency: String,
    #[server(default)] tax: String,
    #[server(default)] time_zone: String,
    #[server(default)] dispatch_by: String,
    #[server(default)] return_days: String,
    #[server(default)] return_cost: String,
    #[server(default)] mail_from: String,
    #[server(default)] payment_hold_minutes: String,
    #[server(default)] cart_days: String,
    #[server(default)] low_stock: String,
    #[server(default)] second_factor: String,
    #[server(default)] countries: Vec<String>,
    #[server(default)] add_regions: Vec<String>,
    #[server(default)] default_language: String,
    #[server(default)] languages: Vec<String>,
    #[server(default)] rates: Vec<RateForm>,
) -> Result<SettingsSaved, ShopError> {
    let actor = confirmed_admin()?;
    let form = SettingsForm {
        version,
        name,
        currency,
        confirm_currency,
        tax,
        time_zone,
        dispatch_by,
        return_days,
        return_cost,
        mail_from,
        payment_hold_minutes,
        cart_days,
        low_stock,
        second_factor,
        countries,
        add_regions,
        default_language,
        languages,
        rates,
    };
    let saved = settings_admin().save(&actor, form).await?;
    go_to("/admin/settings?saved=1");
    Ok(saved)
}
