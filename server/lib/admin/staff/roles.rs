//! The roles people have.

use app::{
    error::{ErrorKind, ShopError},
    identity::{Account, Role},
};
use desk::admin::staff::types::Member;
use serde_json::json;

use super::said;
use crate::{
    account::{session_list, store},
    admin::fetched::{self, Fetched},
    audit_log,
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    store::Store,
};

/// Everybody on the staff: admins first, then by address.
pub async fn members(db: &Store) -> Result<Vec<Member>> {
    let members = Sql::new(
        "SELECT a.id, a.email, a.name, a.role, a.created_at, \
         (SELECT MAX(s.last_seen_at) FROM sessions s WHERE s.account_id = a.id) AS last_seen_at, \
         (SELECT COUNT(*) FROM second_factors f WHERE f.account_id = a.id \
         AND f.confirmed_at IS NOT NULL) AS second_factor \
         FROM accounts a WHERE a.role <> 'customer' ORDER BY a.role, a.email",
    )
    .fetch_all_as(db.reader())
    .await?;
    Ok(fetched::all(members))
}

from_row!(Fetched(Member) {
    id,
    email,
    name,
    role,
    created_at,
    last_seen_at,
    has_second_factor: "second_factor",
});

/// Ids of all admins, locked: of two who take each other's role away one comes second.
pub async fn lock_admins(tx: &mut Tx, dialect: Dialect) -> Result<Vec<String>> {
    let mut sql = Sql::new("SELECT id FROM accounts WHERE role = 'admin' ORDER BY id");
    sql.push(dialect.for_update());
    sql.fetch_values(&mut **tx).await
}

/// Refused where the one who asks is no admin any more.
pub async fn lock_as_admin(tx: &mut Tx, dialect: Dialect, actor: &Account) -> Result<Vec<String>> {
    let admins = lock_admins(tx, dialect).await?;
    match admins.contains(&actor.id) {
        true => Ok(admins),
        false => Err(ShopError::not_found().into()),
    }
}

/// Gives someone on the staff another role, or none, and ends their sessions. `false` if they have
/// it already.
pub async fn set(db: &Store, now: i64, actor: &Account, id: &str, role: Role) -> Result<bool> {
    let mut tx = db.begin().await?;
    let admins = lock_as_admin(&mut tx, db.dialect(), actor).await?;
    let mut sql = Sql::new("SELECT id, email, name, role FROM accounts WHERE id = ");
    sql.text(id).push(db.dialect().for_update());
    let account: Option<Account> = sql.fetch_optional_as(&mut *tx).await?;
    let was = account.ok_or_else(ShopError::not_found)?.role;
    if was == role {
        return Ok(false);
    }
    if was == Role::Customer {
        return Err(ShopError::new(ErrorKind::Conflict, said().not_on_the_staff()).into());
    }
    if was == Role::Admin && admins.len() < 2 {
        return Err(ShopError::new(ErrorKind::Conflict, said().only_admin()).into());
    }
    change(&mut tx, id, role).await?;
    if role < Role::Admin {
        sqlx::query("DELETE FROM staff_invitations WHERE invited_by = $1")
            .bind(id)
            .execute(&mut *tx)
            .await?;
    }
    audit_log::record(
        &mut tx,
        now,
        &actor.email,
        "staff.role",
        ("account", id),
        Some(json!({ "role": was.as_str() })),
        Some(json!({ "role": role.as_str() })),
    )
    .await?;
    tx.commit().await?;
    Ok(true)
}

/// Whatever the account is signed in with ends: a session never outlives the role it began with.
pub async fn change(tx: &mut Tx, id: &str, role: Role) -> Result<()> {
    store::set_role(tx, id, role).await?;
    session_list::end_all(tx, id).await?;
    Ok(())
}
