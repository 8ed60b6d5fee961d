//! `/api/admin/stock/…` and `/api/admin/prices/…`. Every function asks for the role itself; to others
//! it does not exist.

use app::{
    error::ShopError,
    locale::locale,
    reply::{admin_address, back_to, go_to},
    visitor::{admin, staff},
};
use leptos::prelude::*;

use super::{
    filter::HERE,
    ports::stock_admin,
    text::Text,
    types::{PriceSet, StockAdjusted, StockRowForm, StockSaved},
};

/// Books `delta` units in or out of a variant's stock; of calls with the same `key`, one does.
#[server(endpoint = "admin/stock/adjust")]
pub async fn adjust_stock(
    #[server(default)] variant_id: String,
    #[server(default)] delta: String,
    #[server(default)] reason: String,
    #[server(default)] key: String,
    #[server(default)] next: String,
) -> Result<StockAdjusted, ShopError> {
    let actor = staff()?;
    let delta = delta
        .trim()
        .parse::<i64>()
        .ok()
        .filter(|delta| *delta != 0)
        .ok_or_else(|| ShopError::field("delta", Text::from(locale()).delta_wanted()))?;
    let adjusted = stock_admin()
        .adjust_stock(&actor, &variant_id, delta, &reason, &key)
        .await?;
    go_to(&back_to(&next, "/admin/products".to_owned()));
    Ok(adjusted)
}

/// Sets a variant's stock to what was counted.
#[server(endpoint = "admin/stock/set")]
pub async fn set_stock(
    #[server(default)] variant_id: String,
    #[server(default)] units: String,
    #[server(default)] reason: String,
    #[server(default)] next: String,
) -> Result<StockAdjusted, ShopError> {
    let actor = staff()?;
    let units = units
        .trim()
        .parse::<i64>()
        .map_err(|_| ShopError::field("units", Text::from(locale()).units_wanted()))?;
    let port = stock_admin();
    let set = port.set_stock(&actor, &variant_id, units, &reason).await?;
    let here = format!("/admin/stock/{variant_id}?saved=1");
    go_to(admin_address(&next).unwrap_or(&here));
    Ok(set)
}

/// Saves what was typed into the rows of the table, all of it or nothing. Prices are the admins'.
#[server(endpoint = "admin/stock/save")]
pub async fn save_stock(
    #[server(default)] rows: Vec<StockRowForm>,
    #[server(default)] reason: String,
    #[server(default)] key: String,
    #[server(default)] next: String,
) -> Result<StockSaved, ShopError> {
    let actor = match rows.iter().any(StockRowForm::changes_price) {
        true => admin()?,
        false => staff()?,
    };
    let port = stock_admin();
    let saved = port.save_rows(&actor, rows, &reason, &key).await?;
    go_to(&back_to(&next, format!("{HERE}?done=saved")));
    Ok(saved)
}

/// Sets a variant's price, unless it is not `price_was` any more.
#[server(endpoint = "admin/prices/set")]
pub async fn set_price(
    #[server(default)] variant_id: String,
    #[server(default)] price: String,
    #[server(default)] price_was: String,
    #[server(default)] next: String,
) -> Result<PriceSet, ShopError> {
    let actor = admin()?;
    let port = stock_admin();
    let set = port
        .set_price(&actor, &variant_id, &price, &price_was)
        .await?;
    go_to(admin_address(&next).unwrap_or(HERE));
    Ok(set)
}
