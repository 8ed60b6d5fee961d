//! `/api/account/second-factor/…` and `/api/account/sign-in/code`.

use leptos::prelude::*;

use super::types::{RecoveryCodes, SetUp};
use crate::{error::ShopError, identity::Account};

#[cfg(feature = "ssr")]
mod ssr {
    pub use crate::account::second_factor::ports::second_factors;
    pub use crate::{
        account::{api::ssr::*, onward::after_code},
        visitor::{SECOND_FACTOR_PAGE as PAGE, confirmed},
    };
}

/// Makes a secret for an authenticator app. It counts from when a code of it was entered.
#[server(endpoint = "account/second-factor/begin")]
pub async fn begin_second_factor() -> Result<SetUp, ShopError> {
    use ssr::*;
    let account = signed_in(PAGE)?;
    let set_up = second_factors().begin(&account).await?;
    go_to(PAGE);
    Ok(set_up)
}

/// Switches the second factor on. The recovery codes are told here and never again.
#[server(endpoint = "account/second-factor/on")]
pub async fn switch_on_second_factor(
    #[server(default)] factor_code: String,
    #[server(default)] factor_password: String,
) -> Result<RecoveryCodes, ShopError> {
    use ssr::*;
    let account = signed_in(PAGE)?;
    let session = visitor().session.unwrap_or_default();
    let port = second_factors();
    port.switch_on(&account, &session, &factor_password, &factor_code)
        .await
}

#[server(endpoint = "account/second-factor/off")]
pub async fn switch_off_second_factor() -> Result<(), ShopError> {
    use ssr::*;
    let account = signed_in(PAGE)?;
    confirmed()?;
    second_factors().switch_off(&account).await?;
    go_to("/account/security?done=factor-off");
    Ok(())
}

/// New recovery codes, told here and never again.
#[server(endpoint = "account/second-factor/codes")]
pub async fn new_recovery_codes() -> Result<RecoveryCodes, ShopError> {
    use ssr::*;
    let account = signed_in(PAGE)?;
    confirmed()?;
    second_factors().new_codes(&account).await
}

/// Ends a sign-in whose password was right, with a code of the app or a recovery code.
#[server(endpoint = "account/sign-in/code")]
pub async fn finish_sign_in(
    #[server(default)] factor_code: String,
    #[server(default)] next: String,
) -> Result<Account, ShopError> {
    use crate::error::ErrorKind;
    use ssr::*;
    let visitor = visitor();
    let token = visitor.pending_sign_in.unwrap_or_default();
    let finished = second_factors()
        .finish_sign_in(&visitor.client, &token, &factor_code)
        .await;
    let (session, account) = match finished {
        Ok(finished) => finished,
        Err(error) => {
            if error.kind == ErrorKind::SignInFailed {
                go_to(&format!("{SIGN_IN_PAGE}?done=too-late"));
            }
            return Err(error);
        }
    };
    let merged = complete_sign_in(&session, &account).await?;
    set_cookie(Cookie::PENDING_SIGN_IN, "", 0);
    match (merged_page(&merged), after_code(&next)) {
        // Who wants to work is not sent to a cart.
        (Some(page), next) if !next.starts_with("/admin") => go_to(&page),
        (_, next) => go_to(next),
    }
    Ok(account)
}
