//! Ways in and out: `/api/admin/sign-in`, `/api/admin/sign-out`, `/api/admin/set-up`,
//! `/api/account/sign-in`, `/api/account/sign-out`

use leptos::prelude::*;

use crate::{error::ShopError, identity::Account};

#[cfg(feature = "ssr")]
pub mod ssr {
    pub use super::super::ports::SignedIn;
    use super::super::types::MergedCart;
    pub use crate::account::{
        onward::{after_customer_sign_in, after_sign_in},
        ports::accounts,
    };
    use crate::{
        account::{onward::code_page, text::Text},
        error::{ErrorKind, ShopError},
        features,
        locale::locale,
        reply::{SESSION_LIFETIME, cart_lifetime},
    };
    pub use crate::{
        cookie::{Cookie, Holds},
        identity::Account,
        reply::{go_to, set_cookie},
        visitor::visitor,
    };

    /// How long browsers keep the cookie of a sign-in that waits for its code, in seconds.
    const PENDING_LIFETIME: i64 = 10 * 60;
    pub const SIGN_IN_PAGE: &str = "/account/sign-in";

    /// The session that the right password has opened. Who has a second factor is asked for a code
    /// first, and goes on to `next` from there.
    pub fn opened(signed_in: SignedIn, next: &str) -> Result<(String, Account), ShopError> {
        match signed_in {
            SignedIn::Open(session, account) => Ok((session, account)),
            SignedIn::CodeNeeded(pending) => {
                set_cookie(Cookie::PENDING_SIGN_IN, &pending, PENDING_LIFETIME);
                go_to(&code_page(next));
                let words = Text::from(locale()).code_needed();
                Err(ShopError::new(ErrorKind::CodeNeeded, words))
            }
        }
    }

    /// What every way of signing in ends with. A session begins again at sign-in, so that nobody
    /// else can have known its token.
    pub async fn complete_sign_in(
        session: &str,
        account: &Account,
    ) -> Result<MergedCart, ShopError> {
        let visitor = visitor();
        let merged = accounts()
            .complete_sign_in(&visitor, session, account)
            .await?;
        set_cookie(Cookie::SESSION, session, SESSION_LIFETIME);
        // From now on what the device had is the account's.
        for cookie in features::cookies().filter(|cookie| cookie.holds == Holds::OfDevice) {
            if visitor.of_device(cookie).is_some() {
                set_cookie(cookie, "", 0);
            }
        }
        for cookie in hints() {
            match (cookie, merged.count) {
                (Cookie::CART_HINT, 0) => set_cookie(cookie, "", 0),
                (Cookie::CART_HINT, _) => set_cookie(cookie, "1", cart_lifetime()),
                // Of other features it is not known: one that is asked and has nothing takes the hint away.
                _ => set_cookie(cookie, "1", SESSION_LIFETIME),
            }
        }
        Ok(merged)
    }

    /// The cart's page, which says what became of two carts; none if there is nothing to say.
    pub fn merged_page(merged: &MergedCart) -> Option<String> {
        merged.from_both.then(|| {
            format!(
                "/cart?merged=1&lowered={}&left_out={}",
                merged.lowered.join(","),
                merged.left_out
            )
        })
    }

    pub async fn leave() -> Result<(), ShopError> {
        if let Some(session) = visitor().session {
            accounts().sign_out(&session).await?;
        }
        forget_session();
        Ok(())
    }

    /// The browser is nobody's any more; what the account holds stays with the account.
    pub fn forget_session() {
        set_cookie(Cookie::SESSION, "", 0);
        set_cookie(Cookie::PENDING_SIGN_IN, "", 0);
        for cookie in hints() {
            set_cookie(cookie, "", 0);
        }
    }

    fn hints() -> impl Iterator<Item = Cookie> {
        features::cookies().filter(|cookie| cookie.holds == Holds::Hint)
    }

    /// Who is signed in; a form goes on to the sign-in page otherwise, and from there to `back`.
    pub fn signed_in(back: &str) -> Result<Account, ShopError> {
        visitor().account.ok_or_else(|| {
            go_to(&format!("{SIGN_IN_PAGE}?next={back}"));
            let words = Text::from(locale()).please_sign_in();
            ShopError::new(ErrorKind::SignInFailed, words)
        })
    }
}

#[server(endpoint = "admin/sign-in")]
pub async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<Account, ShopError> {
    use ssr::*;
    let signed_in = accounts()
        .sign_in(&visitor().client, &email, &password)
        .await?;
    let next = after_sign_in(&next);
    let (session, account) = opened(signed_in, next)?;
    complete_sign_in(&session, &account).await?;
    go_to(next);
    Ok(account)
}

#[server(endpoint = "admin/sign-out")]
pub async fn sign_out() -> Result<(), ShopError> {
    use ssr::*;
    leave().await?;
    go_to("/admin/sign-in");
    Ok(())
}

/// Makes the first admin from a one-time address.
#[server(endpoint = "admin/set-up")]
pub async fn set_up(
    #[server(default)] token: String,
    #[server(default)] email: String,
    #[server(default)] password: String,
) -> Result<Account, ShopError> {
    use ssr::*;
    let (session, account) = accounts().set_up(&token, &email, &password).await?;
    complete_sign_in(&session, &account).await?;
    go_to("/admin");
    Ok(account)
}

#[server(endpoint = "account/sign-in")]
pub async fn customer_sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<Account, ShopError> {
    use ssr::*;
    let signed_in = accounts()
        .sign_in(&visitor().client, &email, &password)
        .await?;
    let next = after_customer_sign_in(&next);
    let (session, account) = opened(signed_in, next)?;
    let merged = complete_sign_in(&session, &account).await?;
    match merged_page(&merged) {
        Some(page) => go_to(&page),
        None => go_to(next),
    }
    Ok(account)
}

#[server(endpoint = "account/sign-out")]
pub async fn customer_sign_out() -> Result<(), ShopError> {
    use ssr::*;
    leave().await?;
    go_to("/account/sign-in?done=signed-out");
    Ok(())
}
