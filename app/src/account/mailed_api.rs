//! What begins or ends with a mailed link: `/api/account/ask-sign-up`, `…/sign-up`,
//! `…/ask-reset`, `…/reset`, `…/verify`

use leptos::prelude::*;

use crate::{error::ShopError, identity::Account};

#[cfg(feature = "ssr")]
use super::{api::ssr::*, ports::accounts};

/// Mails a link that makes an account. The answer does not tell whether there is one already.
#[server(endpoint = "account/ask-sign-up")]
pub async fn ask_sign_up(#[server(default)] email: String) -> Result<(), ShopError> {
    accounts().ask_sign_up(&visitor().client, &email).await?;
    go_to("/account/sign-up?done=sent");
    Ok(())
}

/// Makes the account a mailed link is for, and signs in.
#[server(endpoint = "account/sign-up")]
pub async fn sign_up(
    #[server(default)] token: String,
    #[server(default)] name: String,
    #[server(default)] password: String,
) -> Result<Account, ShopError> {
    let (session, account) = accounts().sign_up(&token, &name, &password).await?;
    complete_sign_in(&session, &account).await?;
    go_to("/account?done=welcome");
    Ok(account)
}

/// Mails a link for a new password. The answer does not tell whether there is an account.
#[server(endpoint = "account/ask-reset")]
pub async fn ask_reset(#[server(default)] email: String) -> Result<(), ShopError> {
    accounts().ask_reset(&visitor().client, &email).await?;
    go_to("/account/reset?done=sent");
    Ok(())
}

/// Sets a new password with a mailed link and ends all of the account's sessions.
#[server(endpoint = "account/reset")]
pub async fn reset(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ShopError> {
    let client = visitor().client;
    accounts().reset(&client, &token, &password).await?;
    forget_session();
    go_to("/account/sign-in?done=reset");
    Ok(())
}

/// Proves an e-mail address with a mailed link.
#[server(endpoint = "account/verify")]
pub async fn verify(#[server(default)] token: String) -> Result<(), ShopError> {
    let account = signed_in("/account")?;
    accounts().verify(&account, &token).await?;
    go_to("/account?done=verified");
    Ok(())
}
