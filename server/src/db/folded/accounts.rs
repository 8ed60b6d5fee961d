//! Keys of accounts, and of what was mailed to their addresses.

use std::collections::HashSet;

use serde_json::json;

use super::{next, write};
use crate::{
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    text::{email_key, search_key},
};

pub(super) async fn accounts(tx: &mut Tx, dialect: Dialect, after: &str) -> Result<Vec<String>> {
    let select = "SELECT id, email, name FROM accounts";
    let rows: Vec<Named> = next(tx, dialect, select, "id", after).await?;
    let mut ids = Vec::new();
    let mut keys = Vec::new();
    for row in rows {
        let Named {
            id,
            email: typed,
            name,
        } = row;
        let email = email_key(&typed);
        if email != typed {
            // The mailbox may have two accounts: then each keeps the spelling it has, and is found by
            // it. No address goes into the log.
            let written = sqlx::query(
                "UPDATE accounts SET email = $1 WHERE id = $2 AND NOT EXISTS \
                 (SELECT 1 FROM accounts o WHERE o.email = $1)",
            )
            .bind(&email)
            .bind(&id)
            .execute(&mut **tx)
            .await?;
            if written.rows_affected() == 0 {
                tracing::warn!(
                    account = %id,
                    "another account has the same e-mail address: this one keeps its address as \
                     typed"
                );
            }
        }
        keys.push(json!({ "id": id, "search_key": search_key(&[&email, &name]) }));
        ids.push(id);
    }
    write(tx, dialect, "accounts", "id", &["search_key"], &keys).await?;
    Ok(ids)
}

struct Named {
    id: String,
    email: String,
    name: String,
}

from_row!(Named { id, email, name });

/// Links live for a day at most: they are few. What is found and erased by an address is found and
/// erased in any spelling of it.
pub(super) async fn links(tx: &mut Tx) -> Result<()> {
    let links: Vec<Link> = Sql::new("SELECT token_hash, email FROM mail_links ORDER BY token_hash")
        .fetch_all_as(&mut **tx)
        .await?;
    for Link {
        token_hash,
        email: typed,
    } in links
    {
        let email = email_key(&typed);
        if email != typed {
            sqlx::query("UPDATE mail_links SET email = $1 WHERE token_hash = $2")
                .bind(&email)
                .bind(token_hash)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

struct Link {
    token_hash: String,
    email: String,
}

from_row!(Link { token_hash, email });

/// So are invitations. One for an account that keeps its spelling keeps it, too; of several for one
/// mailbox the newest stays, as if all had been sent in the same spelling.
pub(super) async fn invitations(tx: &mut Tx) -> Result<()> {
    let newest_first = "SELECT id, email FROM staff_invitations ORDER BY created_at DESC, id DESC";
    let invitations: Vec<Invitation> = Sql::new(newest_first).fetch_all_as(&mut **tx).await?;
    let mut seen = HashSet::new();
    for Invitation { id, email: typed } in invitations {
        let email = email_key(&typed);
        if email != typed && has_account(tx, &typed).await? {
            continue;
        }
        if !seen.insert(email.clone()) {
            sqlx::query("DELETE FROM staff_invitations WHERE id = $1")
                .bind(&id)
                .execute(&mut **tx)
                .await?;
        } else if email != typed {
            // An older one that has the spelling already.
            sqlx::query("DELETE FROM staff_invitations WHERE email = $1")
                .bind(&email)
                .execute(&mut **tx)
                .await?;
            sqlx::query("UPDATE staff_invitations SET email = $1 WHERE id = $2")
                .bind(&email)
                .bind(&id)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

struct Invitation {
    id: String,
    email: String,
}

from_row!(Invitation { id, email });

async fn has_account(tx: &mut Tx, email: &str) -> Result<bool> {
    let found = sqlx::query("SELECT id FROM accounts WHERE email = $1")
        .bind(email)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}
