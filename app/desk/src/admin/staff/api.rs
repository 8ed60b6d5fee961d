//! `/api/admin/staff/…` for admins, and `/api/admin/invitation/accept` for those who hold a mailed
//! invitation.

use app::{
    account::api::ssr::{after_sign_in, complete_sign_in, opened},
    answers::Done,
    error::ShopError,
    identity::{Account, Role},
    reply::go_to,
    visitor::{admin, admin_by_code, confirmed_admin},
};
use leptos::prelude::*;

use super::{ports::staff_admin, said, types::RoleChanged};

const PAGE: &str = "/admin/staff";

fn parse_role(text: &str) -> Result<Role, ShopError> {
    Role::parse(text).ok_or_else(|| ShopError::field("role", said().choose_a_role()))
}

/// Mails a link that makes someone `staff` or `admin`.
#[server(endpoint = "admin/staff/invite")]
pub async fn invite_staff(
    #[server(default)] email: String,
    #[server(default)] role: String,
) -> Result<Done, ShopError> {
    let actor = confirmed_admin()?;
    let role = parse_role(&role)?;
    staff_admin().invite(&actor, &email, role).await?;
    go_to(&format!("{PAGE}?done=invited"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/staff/withdraw")]
pub async fn withdraw_invitation(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    staff_admin().withdraw(&actor, &id).await?;
    go_to(&format!("{PAGE}?done=withdrawn"));
    Ok(Done { ok: true })
}

/// `customer` takes the role away.
#[server(endpoint = "admin/staff/role")]
pub async fn change_role(
    #[server(default)] id: String,
    #[server(default)] role: String,
) -> Result<RoleChanged, ShopError> {
    let actor = confirmed_admin()?;
    let role = parse_role(&role)?;
    let changed = staff_admin().set_role(&actor, &id, role).await?;
    go_to(&format!("{PAGE}?done=role"));
    Ok(changed)
}

/// Takes on the role that a mailed invitation offers, and signs in.
#[server(endpoint = "admin/invitation/accept")]
pub async fn accept_invitation(
    #[server(default)] token: String,
    #[server(default)] name: String,
    #[server(default)] password: String,
) -> Result<Account, ShopError> {
    let signed_in = staff_admin().accept(&token, &name, &password).await?;
    let next = after_sign_in("");
    let (session, account) = opened(signed_in, next)?;
    complete_sign_in(&session, &account).await?;
    go_to(next);
    Ok(account)
}

/// Takes the second factor of another account away, for someone who lost phone and recovery codes.
#[server(endpoint = "admin/second-factor/reset")]
pub async fn reset_second_factor(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin_by_code()?;
    match staff_admin().reset_second_factor(&actor, &id).await? {
        Role::Customer => go_to(&format!("/admin/customers/{id}?done=factor")),
        Role::Staff | Role::Admin => go_to("/admin/staff?done=factor"),
    }
    Ok(Done { ok: true })
}
