//! What people change in their own account: `/api/account/…`

use leptos::prelude::*;

use super::types::{Address, Profile, SessionRow};
use crate::{contact::Contact, error::ShopError};

#[cfg(feature = "ssr")]
mod ssr {
    pub use super::super::{api::ssr::*, ports::AddressRole};
    pub use crate::account::ports::own_account;

    pub const SECURITY: &str = "/account/security";
    pub const ADDRESSES: &str = "/account/addresses";

    pub fn session() -> String {
        visitor().session.unwrap_or_default()
    }
}

/// Who is signed in.
#[server(endpoint = "account", input = server_fn::codec::GetUrl)]
pub async fn own_profile() -> Result<Profile, ShopError> {
    use ssr::*;
    let account = signed_in("/account")?;
    own_account().profile(&account).await
}

#[server(endpoint = "account/rename")]
pub async fn rename(#[server(default)] name: String) -> Result<(), ShopError> {
    use ssr::*;
    let account = signed_in("/account")?;
    own_account().rename(&account, &name).await?;
    go_to("/account?done=saved");
    Ok(())
}

/// Sets what the admin area and e-mails are in.
#[server(endpoint = "account/language")]
pub async fn choose_language(#[server(default)] language: String) -> Result<(), ShopError> {
    use ssr::*;
    let account = signed_in("/account")?;
    own_account().choose_language(&account, &language).await?;
    go_to("/account?done=saved");
    Ok(())
}

/// Mails a link that proves the account's address.
#[server(endpoint = "account/ask-verify")]
pub async fn ask_verify() -> Result<(), ShopError> {
    use ssr::*;
    let account = signed_in("/account")?;
    own_account().ask_verify(&account).await?;
    go_to("/account?done=sent");
    Ok(())
}

/// Mails a link to a new address, which counts from when it is opened.
#[server(endpoint = "account/email")]
pub async fn change_email(
    #[server(default)] email: String,
    #[server(default)] email_password: String,
) -> Result<(), ShopError> {
    use ssr::*;
    let account = signed_in(SECURITY)?;
    own_account()
        .ask_email(&account, &email_password, &email)
        .await?;
    go_to("/account/security?done=sent");
    Ok(())
}

/// Sets another password and signs all other devices out.
#[server(endpoint = "account/password")]
pub async fn change_password(
    #[server(default)] current_password: String,
    #[server(default)] new_password: String,
) -> Result<(), ShopError> {
    use ssr::*;
    let account = signed_in(SECURITY)?;
    let session = own_account()
        .change_password(&account, &current_password, &new_password)
        .await?;
    complete_sign_in(&session, &account).await?;
    go_to("/account/security?done=password");
    Ok(())
}

#[server(endpoint = "account/sessions", input = server_fn::codec::GetUrl)]
pub async fn sessions() -> Result<Vec<SessionRow>, ShopError> {
    use ssr::*;
    let account = signed_in(SECURITY)?;
    own_account().sessions(&account, &session()).await
}

/// Signs one device out.
#[server(endpoint = "account/sessions/end")]
pub async fn end_session(
    #[server(default)] session_id: String,
    #[server(default)] sessions_password: String,
) -> Result<(), ShopError> {
    use ssr::*;
    let account = signed_in(SECURITY)?;
    let port = own_account();
    port.end_session(&account, &session_id, &sessions_password)
        .await?;
    go_to("/account/security?done=ended");
    Ok(())
}

/// Signs all devices out but this one.
#[server(endpoint = "account/sessions/end-others")]
pub async fn end_other_sessions(
    #[server(default)] sessions_password: String,
) -> Result<(), ShopError> {
    use ssr::*;
    let account = signed_in(SECURITY)?;
    let port = own_account();
    port.end_other_sessions(&account, &session(), &sessions_password)
        .await?;
    go_to("/account/security?done=ended");
    Ok(())
}

#[server(endpoint = "account/addresses", input = server_fn::codec::GetUrl)]
pub async fn addresses() -> Result<Vec<Address>, ShopError> {
    use ssr::*;
    let account = signed_in(ADDRESSES)?;
    own_account().addresses(&account).await
}

/// Changes the address named by `id`, or adds one without it.
#[server(endpoint = "account/addresses/save")]
pub async fn save_address(
    #[server(default)] id: String,
    #[server(flatten)] contact: Contact,
    #[server(default)] is_default: String,
) -> Result<String, ShopError> {
    use ssr::*;
    let account = signed_in(ADDRESSES)?;
    let contact = Contact {
        email: account.email.clone(),
        ..contact
    };
    let standing = match is_default.as_str() {
        "" | "0" => AddressRole::Unchanged,
        _ => AddressRole::Default,
    };
    let id = Some(id.as_str()).filter(|id| !id.is_empty());
    let saved = own_account()
        .save_address(&account, id, contact, standing)
        .await?;
    go_to("/account/addresses?done=saved");
    Ok(saved)
}

#[server(endpoint = "account/addresses/delete")]
pub async fn delete_address(#[server(default)] id: String) -> Result<(), ShopError> {
    use ssr::*;
    let account = signed_in(ADDRESSES)?;
    own_account().delete_address(&account, &id).await?;
    go_to("/account/addresses?done=deleted");
    Ok(())
}

/// Erases the account with all that is kept of it besides its orders.
#[server(endpoint = "account/close")]
pub async fn close_account(#[server(default)] close_password: String) -> Result<(), ShopError> {
    use ssr::*;
    let account = signed_in(SECURITY)?;
    own_account().close(&account, &close_password).await?;
    forget_session();
    go_to("/account/sign-in?done=closed");
    Ok(())
}
