//! What the shop settles once and then keeps, the same for all its nodes.

use crate::{
    db::{Columns, Db, Get, Session, Sql},
    error::{Error, Result},
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

/// What [`asked`] is answered.
pub fn told<R: Columns>(rows: &[R]) -> Result<Option<String>> {
    rows.first().map(|row| row.text("value")).transpose()
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
