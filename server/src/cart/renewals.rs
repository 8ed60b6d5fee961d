//! Carts that get a [new token](super::renew) at the same moment are renewed in one transaction: of a sale's shoppers each
//! says once who they are. As with [what else is told](super::many), nobody waits for the cart of another.

use std::{collections::BTreeMap, sync::Arc};

use app::checkout::types::Draft;
use async_trait::async_trait;

use super::{
    draft::told_email_key,
    many::{Locked, Outcome, locking, meeting, outcomes},
    renew::{COPY_MS, impersonal},
    token::{key, renewed},
};
use crate::{
    db::{Dialect, Rows, Sql, from_row},
    error::Result,
    ids::{new_checkout_key, new_id},
    store::{ChangeSet, Store},
    together::{Together, Work},
};

/// Renews carts.
#[derive(Clone)]
pub struct Renewals {
    db: Store,
    together: Together<Renewing>,
}

struct Renewing {
    db: Store,
}

/// A cart that is to go on under another token, with what was typed.
#[derive(Debug)]
struct Renewal {
    cart_id: String,
    /// Hashes of the two tokens.
    was: String,
    next: String,
    draft: String,
    email_key: String,
    /// What its copy keeps of that.
    of_copy: String,
    now: i64,
}

impl Renewals {
    pub fn new(db: Store) -> Self {
        let together = Together::new(Renewing { db: db.clone() });
        Self { db, together }
    }

    /// Stores what was `typed` in a cart and gives it a new token, which is returned, with all others of this moment. `None`,
    /// and nothing is done, if this token names another cart meanwhile: someone else renewed it.
    pub async fn renew(
        &self,
        now: i64,
        token: &str,
        cart_id: &str,
        typed: &Draft,
    ) -> Result<Option<String>> {
        let new_token = renewed(token);
        let renewal = Arc::new(Renewal {
            cart_id: cart_id.to_owned(),
            was: key(token),
            next: key(&new_token),
            draft: serde_json::to_string(typed)?,
            email_key: told_email_key(typed),
            of_copy: serde_json::to_string(&impersonal(typed))?,
            now,
        });
        let is_renewed = match self.together.ask(renewal.clone()).await? {
            Outcome::Stored => true,
            Outcome::NotMet => {
                let alone = renew(&self.db, Locked::WaitedFor, vec![renewal.as_ref()]);
                !alone.await?.is_empty()
            }
        };
        Ok(is_renewed.then_some(new_token))
    }
}

#[async_trait]
impl Work for Renewing {
    type Request = Arc<Renewal>;
    type Answer = Outcome;

    async fn all(&self, asked: Vec<Arc<Renewal>>) -> Result<Vec<Result<Outcome>>> {
        let renewed = renew(&self.db, Locked::PassedOver, firsts(&asked)).await?;
        Ok(outcomes(&asked, &renewed, |renewal| &renewal.next))
    }
}

/// Renews these carts, and answers with the hashes of their new tokens.
async fn renew(db: &Store, locked: Locked, all: Vec<&Renewal>) -> Result<Vec<String>> {
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    let left: Vec<Left> = renewing(dialect, locked, &all)
        .fetch_all_as(&mut *tx)
        .await?;
    let mut left: BTreeMap<String, Left> = left
        .into_iter()
        .map(|left| (left.token_hash.clone(), left))
        .collect();
    let met: Vec<(&Renewal, Left)> = all
        .into_iter()
        .filter_map(|renewal| Some((renewal, left.remove(&renewal.next)?)))
        .collect();
    if met.is_empty() {
        tx.rollback().await?;
        return Ok(Vec::new());
    }
    copying(dialect, &met).execute(&mut *tx).await?;
    let mut changes = ChangeSet::default();
    for (renewal, _) in &met {
        changes.cart(&renewal.was);
        changes.cart(&renewal.next);
    }
    changes.commit(tx, db).await?;
    Ok(met.into_iter().map(|(_, left)| left.token_hash).collect())
}

/// The first of each cart: the others find what it left.
fn firsts(asked: &[Arc<Renewal>]) -> Vec<&Renewal> {
    let mut firsts: BTreeMap<&str, &Renewal> = BTreeMap::new();
    for renewal in asked {
        firsts.entry(&renewal.cart_id).or_insert(renewal);
    }
    firsts.into_values().collect()
}

fn renewing(dialect: Dialect, locked: Locked, all: &[&Renewal]) -> Sql {
    let mut rows = Rows::default();
    rows.text("called", all.iter().map(|renewal| &renewal.cart_id))
        .text("was", all.iter().map(|renewal| &renewal.was))
        .text("next_hash", all.iter().map(|renewal| &renewal.next))
        .text("told", all.iter().map(|renewal| &renewal.draft))
        .text("address", all.iter().map(|renewal| &renewal.email_key))
        .text("next_key", all.iter().map(|_| new_checkout_key()))
        .int("told_at", all.iter().map(|renewal| renewal.now));
    let called = all.iter().map(|renewal| &*renewal.cart_id);
    let mut sql = locking(dialect, locked, "id", called);
    sql.push("UPDATE carts SET draft = t.told, email_key = t.address, draft_at = t.told_at, ");
    sql.push("checkout_key = COALESCE(checkout_key, t.next_key), ");
    sql.push("token_hash = t.next_hash, is_copy = 0 FROM ");
    sql.given(dialect, rows);
    meeting(&mut sql, dialect, "id");
    sql.push(" AND carts.token_hash = t.was RETURNING token_hash, expires_at, lines, lines_at");
    sql
}

/// What the old tokens lead to.
fn copying(dialect: Dialect, met: &[(&Renewal, Left)]) -> Sql {
    let all = || met.iter().map(|(renewal, _)| *renewal);
    let left = || met.iter().map(|(_, left)| left);
    let ends = met
        .iter()
        .map(|(renewal, left)| left.expires_at.min(renewal.now + COPY_MS));
    let mut rows = Rows::default();
    rows.text("id", all().map(|_| new_id()))
        .text("token_hash", all().map(|renewal| &renewal.was))
        .int("is_copy", all().map(|_| 1))
        .text("lines", left().map(|left| &left.lines))
        .int("lines_at", left().map(|left| left.lines_at))
        .text("checkout_key", all().map(|_| new_checkout_key()))
        .text("draft", all().map(|renewal| &renewal.of_copy))
        .int("draft_at", all().map(|renewal| renewal.now))
        .int("created_at", all().map(|renewal| renewal.now))
        .int("expires_at", ends);
    Sql::insert(dialect, "carts", rows)
}

/// What was in a cart that has this token now.
struct Left {
    token_hash: String,
    expires_at: i64,
    lines: String,
    lines_at: i64,
}

from_row!(Left {
    token_hash,
    expires_at,
    lines,
    lines_at,
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn carts_are_looked_up_for_their_new_tokens() {
        let planner = Planner::new().await;
        let renewal = Renewal {
            cart_id: "c".to_owned(),
            was: "a".to_owned(),
            next: "b".to_owned(),
            draft: "{}".to_owned(),
            email_key: String::new(),
            of_copy: "{}".to_owned(),
            now: 1,
        };
        let sql = renewing(Dialect::Sqlite, Locked::PassedOver, &[&renewal]);
        planner.begins_with_given(sql, "carts").await;
        planner.db.close().await;
    }
}
