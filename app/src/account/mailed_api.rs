//! What begins or ends with a mailed link: `/api/account/ask-sign-up`, `…/ask-sign-up-of-order`, `…/sign-up`,
//! `…/ask-reset`, `…/reset`, `…/verify`

use leptos::prelude::*;

use crate::{error::ShopError, identity::Account};

#[cfg(feature = "ssr")]
use super::{api::ssr::*, ports::accounts};
#[cfg(feature = "ssr")]
use crate::orders::ports::orders;

/// As long as the mailed link is good, in seconds.
#[cfg(feature = "ssr")]
const NEW_ACCOUNT_LIFETIME: i64 = 24 * 60 * 60;

/// Mails a link that makes an account. The answer does not tell whether there is one already.
#[server(endpoint = "account/ask-sign-up")]
pub async fn ask_sign_up(#[server(default)] email: String) -> Result<(), ShopError> {
    accounts().ask_sign_up(&visitor().client, &email).await?;
    go_to("/account/sign-up?done=sent");
    Ok(())
}

/// Mails a link that makes an account for who has ordered as a guest; `token` is the order's. The password
/// counts once the link is opened in this browser. The answer does not tell whether there is an account.
#[server(endpoint = "account/ask-sign-up-of-order")]
pub async fn ask_sign_up_of_order(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ShopError> {
    let order = orders().by_token(&token).await?;
    if !orders().is_of_guest(&order.id).await? {
        return Err(ShopError::not_found());
    }
    let client = visitor().client;
    let secret = accounts()
        .ask_sign_up_with(&client, &order.contact, &password)
        .await?;
    set_cookie(Cookie::NEW_ACCOUNT, &secret, NEW_ACCOUNT_LIFETIME);
    go_to(&format!("/orders/{}?done=account#new-account", order.token));
    Ok(())
}

/// Makes the account a mailed link is for, and signs in. Without a password it is the one that was chosen
/// in this browser with an order.
#[server(endpoint = "account/sign-up")]
pub async fn sign_up(
    #[server(default)] token: String,
    #[server(default)] name: String,
    #[server(default)] password: String,
) -> Result<Account, ShopError> {
    let secret = visitor().new_account;
    let made = match &secret {
        Some(secret) if password.is_empty() => accounts().sign_up_as_chosen(&token, secret).await?,
        _ => None,
    };
    let (session, account) = match made {
        Some(made) => made,
        None => accounts().sign_up(&token, &name, &password).await?,
    };
    complete_sign_in(&session, &account).await?;
    if secret.is_some() {
        set_cookie(Cookie::NEW_ACCOUNT, "", 0);
    }
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
