//! `/api/account/second-factor/…`, `/api/account/sign-in/code`, and `/api/admin/second-factor/reset`
//! for admins.

use leptos::prelude::*;

use super::types::{RecoveryCodes, SetUp};
use crate::{account::types::Account, admin::types::Done, error::ShopError};

#[cfg(feature = "ssr")]
mod ssr {
    pub use super::super::{page::HERE as PAGE, sign_in::after_code};
    pub use crate::{
        account::{api::ssr::*, types::Role},
        ports::{admin_by_code, confirmed},
    };
}

/// Makes a secret for an authenticator app. It counts from when a code of it was entered.
#[server(endpoint = "account/second-factor/begin")]
pub async fn begin_second_factor() -> Result<SetUp, ShopError> {
    use ssr::*;
    let account = signed_in(PAGE)?;
    let set_up = shop().second_factors.begin(&account).await?;
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
    let port = shop().second_factors;
    port.switch_on(&account, &session, &factor_password, &factor_code)
        .await
}

#[server(endpoint = "account/second-factor/off")]
pub async fn switch_off_second_factor() -> Result<(), ShopError> {
    use ssr::*;
    let account = signed_in(PAGE)?;
    confirmed()?;
    shop().second_factors.switch_off(&account).await?;
    go_to("/account/security?done=factor-off");
    Ok(())
}

/// New recovery codes, told here and never again.
#[server(endpoint = "account/second-factor/codes")]
pub async fn new_recovery_codes() -> Result<RecoveryCodes, ShopError> {
    use ssr::*;
    let account = signed_in(PAGE)?;
    confirmed()?;
    shop().second_factors.new_codes(&account).await
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
    let finished = shop()
        .second_factors
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
    let merged = arrive(&session, &account).await?;
    set_cookie(Cookie::PendingSignIn, "", 0);
    match (merged_page(&merged), after_code(&next)) {
        // Who wants to work is not sent to a cart.
        (Some(page), next) if !next.starts_with("/admin") => go_to(&page),
        (_, next) => go_to(next),
    }
    Ok(account)
}

/// Takes the second factor of another account away, for somebody who lost phone and recovery codes.
#[server(endpoint = "admin/second-factor/reset")]
pub async fn reset_second_factor(#[server(default)] id: String) -> Result<Done, ShopError> {
    use ssr::*;
    let actor = admin_by_code()?;
    match shop().staff.reset_second_factor(&actor, &id).await? {
        Role::Customer => go_to(&format!("/admin/customers/{id}?done=factor")),
        Role::Staff | Role::Admin => go_to("/admin/staff?done=factor"),
    }
    Ok(Done { ok: true })
}
