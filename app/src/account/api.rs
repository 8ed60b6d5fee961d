//! `/api/admin/sign-in`, `/api/admin/sign-out`, `/api/admin/set-up`

use leptos::prelude::*;

use super::types::Account;
use crate::error::ShopError;

#[cfg(feature = "ssr")]
mod ssr {
    pub use super::super::types::Role;
    pub use crate::{
        ports::{shop, visitor},
        reply::{CookieKind::*, SESSION_COOKIE, go_to, set_cookie},
    };

    /// Absolute lifetime of a session in seconds.
    pub const SESSION_LIFETIME: i64 = 14 * 24 * 60 * 60;

    /// Only addresses of the admin area are gone on to.
    pub fn after_sign_in(next: &str, role: Role) -> &str {
        crate::reply::admin_address(next).unwrap_or(match role {
            Role::Admin => "/admin/products",
            _ => "/admin/orders",
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
    let visitor = visitor();
    let (session, account) = shop()
        .accounts
        .sign_in(&visitor.client, &email, &password)
        .await?;
    // A session begins anew at sign-in, so that nobody else can have known its token.
    if let Some(old) = visitor.session {
        shop().accounts.sign_out(&old).await?;
    }
    set_cookie(SESSION_COOKIE, &session, SESSION_LIFETIME, Secret);
    go_to(after_sign_in(&next, account.role));
    Ok(account)
}

#[server(endpoint = "admin/sign-out")]
pub async fn sign_out() -> Result<(), ShopError> {
    use ssr::*;
    if let Some(session) = visitor().session {
        shop().accounts.sign_out(&session).await?;
    }
    set_cookie(SESSION_COOKIE, "", 0, Secret);
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
    let (session, account) = shop().accounts.set_up(&token, &email, &password).await?;
    set_cookie(SESSION_COOKIE, &session, SESSION_LIFETIME, Secret);
    go_to("/admin/products");
    Ok(account)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::ssr::{Role, after_sign_in};

    #[test]
    fn sign_in_goes_on_to_our_own_admin_pages_only() {
        assert_eq!(
            after_sign_in("/admin/orders?page=2", Role::Admin),
            "/admin/orders?page=2"
        );
        for foreign in [
            "",
            "//evil.example",
            "https://evil.example",
            "/admin/\r\nX: y",
            "/admin/..//x",
        ] {
            assert_eq!(
                after_sign_in(foreign, Role::Admin),
                "/admin/products",
                "{foreign:?}"
            );
        }
    }
}
