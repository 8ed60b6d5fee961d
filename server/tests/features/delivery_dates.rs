//! When orders arrive: in working days and as dates as long as these hold, and kept with the order.

mod collected;
mod pages;
mod promise;
mod upgrade;

use app::{
    delivery::{Dates, Promise},
    identity::Account,
};

use crate::{support::TestShop, translated::names::change_settings};

/// Saves the settings with these working days, `["2", "4"]`, for the shipping method at a place in their list,
/// and with this dispatch time.
pub async fn set(shop: &TestShop, admin: &Account, at: usize, days: [&str; 2], dispatch_by: &str) {
    let [from, to] = days.map(str::to_owned);
    change_settings(shop, admin, |_, form| {
        dispatch_by.clone_into(&mut form.dispatch_by);
        form.rates[at].days_from = from;
        form.rates[at].days_to = to;
    })
    .await;
}

/// Where the shipping method is that orders of tests are fetched by.
pub const PICKUP: usize = 2;

/// `2025-10-10 2025-10-13`, or what there is instead.
pub fn dates(promise: Option<&Promise>) -> String {
    let dates = promise.map(|promise| promise.dates.as_ref());
    match dates {
        Some(Some(Dates { from, to })) => format!("{from} {to}"),
        Some(None) => "not yet".to_owned(),
        None => "nothing".to_owned(),
    }
}
