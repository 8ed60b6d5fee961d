//! What the shop settles once and then keeps, the same for all its nodes.

use tokio::sync::OnceCell;

use crate::{
    db::{Columns, Db, Session, Sql, only},
    error::{Error, Result},
    ids::{keyed_hash, new_secret},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// 256 random bits by which the log tells mail addresses apart.
    LogKey,
    /// Since when the names of cookies say that they belong to the host, in milliseconds since 1970.
    HostCookiesSince,
    /// 256 random bits by which limits know buyers: see `buyer_limits::buyer`.
    BuyerKey,
    /// 256 random bits by which forms are sealed that browsers keep: see `kept_forms::seal`.
    FormKey,
    /// 256 random bits by which it is known who holds unpaid units: see `buyer_limits::holders`.
    HolderKey,
    /// 256 random bits by which brakes know declined cards: see `brakes::cards`.
    BrakedCardKey,
    /// 256 random bits by which brakes know networks, and the ceiling of mails knows mailboxes.
    BrakeKey,
    /// 256 random bits by which tickets of waiting rooms are signed: see `admission::ticket`.
    TicketKey,
}

impl Fact {
    const fn as_str(self) -> &'static str {
        match self {
            Self::LogKey => "log_key",
            Self::HostCookiesSince => "host_cookies_since",
            Self::BuyerKey => "buyer_key",
            Self::FormKey => "form_key",
            Self::HolderKey => "holder_key",
            Self::BrakedCardKey => "braked_card_key",
            Self::BrakeKey => "brake_key",
            Self::TicketKey => "ticket_key",
        }
    }
}

/// What was settled, if anything was.
pub async fn known(mut session: impl Session, fact: Fact) -> Result<Option<String>> {
    let rows = session.rows(asked(fact)).await?;
    told(&rows)
}

pub fn asked(fact: Fact) -> Sql {
    let mut known = Sql::new("SELECT value FROM shop_facts WHERE name = ");
    known.text(fact.as_str());
    known
}

/// The same as a part of another statement; NULL if nothing was.
pub fn value(fact: Fact) -> String {
    let name = fact.as_str();
    format!("(SELECT f.value FROM shop_facts f WHERE f.name = '{name}')")
}

/// What [`asked`] is answered.
pub fn told<R: Columns>(rows: &[R]) -> Result<Option<String>> {
    rows.first().map(only).transpose()
}

/// What was settled; `value` from now on if nothing was. Of nodes that ask at once, one is heard.
pub async fn settle(db: &Db, fact: Fact, value: &str) -> Result<String> {
    if let Some(settled) = known(db.reader(), fact).await? {
        return Ok(settled);
    }
    let mut tx = db.begin().await?;
    let settled = settle_in(&mut tx, fact, value).await?;
    tx.commit().await?;
    Ok(settled)
}

/// The same as part of a transaction, which others that settle it wait for.
pub async fn settle_in(tx: &mut impl Session, fact: Fact, value: &str) -> Result<String> {
    let mut settle = Sql::new("INSERT INTO shop_facts (name, value) VALUES (");
    settle.text(fact.as_str()).push(", ").text(value);
    settle.push(") ON CONFLICT (name) DO NOTHING");
    tx.changed(settle).await?;
    let settled = known(tx, fact).await?;
    settled.ok_or_else(|| Error::Invariant(format!("{fact:?} was just settled")))
}

/// A secret of the shop that is settled when it is first needed. A node reads it once: it never changes.
pub struct SecretKey {
    fact: Fact,
    read: OnceCell<String>,
}

impl SecretKey {
    pub const fn of(fact: Fact) -> Self {
        Self {
            fact,
            read: OnceCell::const_new(),
        }
    }

    pub async fn get(&self, db: &Db) -> Result<&str> {
        if let Some(key) = self.read.get() {
            return Ok(key);
        }
        let settled = || async { settle(db, self.fact, &new_secret()).await };
        // Boxed: it happens once, and takes no room of those who ask later.
        let key = Box::pin(self.read.get_or_try_init(settled)).await?;
        Ok(key.as_str())
    }

    /// What the key makes of a text: see [`keyed_hash`].
    pub async fn hash(&self, db: &Db, text: &str) -> Result<String> {
        keyed_hash(self.get(db).await?, text)
            .map_err(|error| Error::Invariant(format!("{:?}: {error}", self.fact)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn a_key_is_the_same_on_all_nodes_and_read_once() {
        let planner = Planner::new().await;
        let one = SecretKey::of(Fact::FormKey);
        let key = one.get(&planner.db).await.unwrap().to_owned();
        assert!(!key.is_empty());
        let other_node = SecretKey::of(Fact::FormKey);
        assert_eq!(other_node.get(&planner.db).await.unwrap(), key);
        let other_key = SecretKey::of(Fact::LogKey);
        assert_ne!(other_key.get(&planner.db).await.unwrap(), key);
        let mut tx = planner.db.begin().await.unwrap();
        let forgotten = sqlx::query("DELETE FROM shop_facts");
        forgotten.execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(one.get(&planner.db).await.unwrap(), key);
        planner.db.close().await;
    }
}
