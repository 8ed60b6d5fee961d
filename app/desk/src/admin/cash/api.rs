//! `/api/admin/cash/…`. The function asks for the role itself; to others it does not exist.

use app::{error::ShopError, reply::go_to, visitor::confirmed_admin};
use leptos::prelude::*;

use super::{
    page::HERE,
    ports::{CashForm, cash_admin},
    types::CashSaved,
};

/// Saves the settings of cash on delivery. `confirmation` is `asked` or `off`; an empty
/// `most_open` is no limit. `version` is that of the settings the form was made from: if they were changed
/// since, nothing is saved.
#[server(endpoint = "admin/cash/save")]
pub async fn save_cash(
    #[server(default)] version: String,
    #[server(default)] confirmation: String,
    #[server(default)] minutes: String,
    #[server(default)] most_open: String,
) -> Result<CashSaved, ShopError> {
    let actor = confirmed_admin()?;
    let form = CashForm {
        version,
        confirmation,
        minutes,
        most_open,
    };
    let saved = cash_admin().save(&actor, form).await?;
    go_to(&format!("{HERE}?done=saved"));
    Ok(saved)
}
