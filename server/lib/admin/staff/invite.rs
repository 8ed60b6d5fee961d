//! Invitations: from the admin's word to the new member's.

use app::{
    error::ShopError,
    identity::{Account, Role},
};
use desk::admin::staff::types::Invitation;
use serde_json::json;

use super::roles;
use crate::{
    account::store,
    admin::fetched::{self, Fetched},
    audit_log,
    db::{FromRow, Sql, Tx, from_row, only},
    error::{Error, Result},
    ids::{hash_secret, is_id, is_secret, new_id, new_secret},
    outbox::{Mail, queue},
    store::Store,
    text::email_key,
};

/// How long an invitation is good, in milliseconds.
const LIFETIME: i64 = 3 * 24 * 60 * 60 * 1000;

/// An invitation as it is found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub id: String,
    /// As the invited account has it; a new account gets the one spelling of the mailbox.
    pub email: String,
    pub role: Role,
}

from_row!(Found { id, email, role });

from_row!(Fetched(Invitation) {
    id,
    email,
    role,
    invited_by,
    expires_at,
});

/// Good ones, newest first.
pub async fn open(db: &Store, now: i64) -> Result<Vec<Invitation>> {
    let mut sql = Sql::new(
        "SELECT i.id, i.email, i.role, i.expires_at, a.email AS invited_by \
         FROM staff_invitations i JOIN accounts a ON a.id = i.invited_by WHERE i.expires_at > ",
    );
    sql.int(now).push(" ORDER BY i.created_at DESC, i.id DESC");
    Ok(fetched::all(sql.fetch_all_as(db.reader()).await?))
}

/// Notes an invitation and its mail. The log gets no address: people who never came are nobody's
/// to keep.
pub async fn invite(db: &Store, now: i64, actor: &Account, email: &str, role: Role) -> Result<()> {
    let mut tx = db.begin().await?;
    roles::lock_as_admin(&mut tx, db.dialect(), actor).await?;
    let id = new_id();
    withdraw_to(&mut tx, email).await?;
    sqlx::query(
        "INSERT INTO staff_invitations (id, email, role, invited_by, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&id)
    .bind(email)
    .bind(role.as_str())
    .bind(&actor.id)
    .bind(now)
    .bind(now + LIFETIME)
    .execute(&mut *tx)
    .await?;
    audit_log::record(
        &mut tx,
        now,
        &actor.email,
        "staff.invite",
        ("invitation", &id),
        None,
        Some(json!({ "role": role.as_str() })),
    )
    .await?;
    let mail = Mail::StaffInvitation { invitation_id: id };
    queue(&mut tx, db.dialect(), now, &mail).await?;
    tx.commit().await.map_err(Error::from)
}

pub async fn withdraw(db: &Store, now: i64, actor: &Account, id: &str) -> Result<()> {
    if !is_id(id) {
        return Err(ShopError::not_found().into());
    }
    let mut tx = db.begin().await?;
    roles::lock_as_admin(&mut tx, db.dialect(), actor).await?;
    let row = sqlx::query("DELETE FROM staff_invitations WHERE id = $1 RETURNING role")
        .bind(id)
        .fetch_optional(&mut *tx)
        .await?
        .ok_or_else(ShopError::not_found)?;
    audit_log::record(
        &mut tx,
        now,
        &actor.email,
        "staff.withdraw",
        ("invitation", id),
        Some(json!({ "role": only::<Role>(&row)?.as_str() })),
        None,
    )
    .await?;
    tx.commit().await.map_err(Error::from)
}

/// Withdraws an address's invitations, without a word in the log.
pub async fn withdraw_to(tx: &mut Tx, email: &str) -> Result<()> {
    sqlx::query("DELETE FROM staff_invitations WHERE email = $1")
        .bind(email)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The secret of an invitation's mail, which only the mail gets to hold; a mail that is written
/// again has a new one, and the one before is void. `None` if the invitation is not good (any more).
pub async fn issue(db: &Store, now: i64, id: &str) -> Result<Option<(String, Found)>> {
    let token = new_secret();
    let mut tx = db.begin().await?;
    let row = sqlx::query(
        "UPDATE staff_invitations SET token_hash = $1 WHERE id = $2 AND expires_at > $3 \
         RETURNING id, email, role",
    )
    .bind(hash_secret(&token))
    .bind(id)
    .bind(now)
    .fetch_optional(&mut *tx)
    .await?;
    tx.commit().await.map_err(Error::from)?;
    row.map(|row| Ok((token, Found::from_row(&row)?)))
        .transpose()
}

/// What a link offers, without using it up.
pub async fn find(db: &Store, now: i64, token: &str) -> Result<Option<Found>> {
    if !is_secret(token) {
        return Ok(None);
    }
    let mut sql = Sql::new("SELECT id, email, role FROM staff_invitations WHERE token_hash = ");
    sql.text(hash_secret(token));
    sql.push(" AND expires_at > ").int(now);
    let row = sql.fetch_optional(db.reader()).await?;
    row.as_ref().map(Found::from_row).transpose()
}

/// Who takes an invitation up.
#[derive(Debug, Clone, Copy)]
pub enum As<'a> {
    /// The account with the invitation's address; its password is checked already.
    Known(&'a Account),
    New {
        name: &'a str,
        hash: &'a str,
    },
}

/// Uses an invitation up and gives its role. `None` if it is not good (any more), or is another
/// address's. A role that is higher already stays.
pub async fn accept(db: &Store, now: i64, token: &str, who: As<'_>) -> Result<Option<Account>> {
    let mut tx = db.begin().await?;
    // The admins first, as everything does that changes roles.
    roles::lock_admins(&mut tx, db.dialect()).await?;
    let mut sql = Sql::new("DELETE FROM staff_invitations WHERE token_hash = ");
    sql.text(hash_secret(token));
    sql.push(" AND expires_at > ").int(now);
    sql.push(" RETURNING id, email, role");
    let Some(row) = sql.fetch_optional(&mut *tx).await? else {
        return Ok(None);
    };
    let offer = Found::from_row(&row)?;
    let (account, was) = match who {
        As::New { name, hash } => {
            let account = store::insert(&mut tx, now, &offer.email, hash, offer.role).await?;
            store::set_name(&mut tx, &account.id, name).await?;
            store::verify(&mut tx, now, &account.id).await?;
            let name = name.to_owned();
            (Account { name, ..account }, None)
        }
        As::Known(account) => {
            let mut sql = Sql::new("SELECT id, email, name, role FROM accounts WHERE id = ");
            sql.text(&account.id).push(db.dialect().for_update());
            let row = sql.fetch_optional(&mut *tx).await?;
            let now_is = row.as_ref().map(Account::from_row).transpose()?;
            let is_theirs =
                |account: &Account| email_key(&account.email) == email_key(&offer.email);
            let Some(now_is) = now_is.filter(is_theirs) else {
                return Ok(None);
            };
            let role = now_is.role.max(offer.role);
            roles::change(&mut tx, &now_is.id, role).await?;
            store::verify(&mut tx, now, &now_is.id).await?;
            if role == Role::Admin {
                store::end_set_up(&mut tx).await?;
            }
            let was = now_is.role;
            (Account { role, ..now_is }, Some(was))
        }
    };
    audit_log::record(
        &mut tx,
        now,
        &account.email,
        "staff.join",
        ("account", &account.id),
        was.map(|role| json!({ "role": role.as_str() })),
        Some(json!({ "role": account.role.as_str(), "invitation": offer.id })),
    )
    .await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(Some(account))
}
