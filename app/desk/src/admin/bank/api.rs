//! `/api/admin/bank/…`. The function asks for the role itself; to others it does not exist.

use app::{error::ShopError, reply::go_to, visitor::confirmed_admin};
use leptos::prelude::*;

use super::{
    page::HERE,
    ports::{BankForm, bank_admin},
    types::BankSaved,
};

/// Saves the settings of bank transfers. `bic` and `bank` may be empty.
/// `version` is that of the settings the form was made from: if they were changed since, nothing is saved.
#[server(endpoint = "admin/bank/save")]
pub async fn save_bank(
    #[server(default)] version: String,
    #[server(default)] holder: String,
    #[server(default)] iban: String,
    #[server(default)] bic: String,
    #[server(default)] bank: String,
    #[server(default)] days: String,
) -> Result<BankSaved, ShopError> {
    let actor = confirmed_admin()?;
    let form = BankForm {
        version,
        holder,
        iban,
        bic,
        bank,
        days,
    };
    let saved = bank_admin().save(&actor, form).await?;
    go_to(&format!("{HERE}?done=saved"));
    Ok(saved)
}
