//! What shoppers tell at their checkouts at the same moment is stored by [one statement](super::many).

use std::{collections::BTreeMap, sync::Arc};

use app::checkout::types::Draft;
use async_trait::async_trait;

use super::{
    draft::told_email_key,
    many::{Locked, Outcome, locking, meeting, outcomes},
    token::{is_token, key},
};
use crate::{
    db::{Dialect, Rows, Sql},
    error::Result,
    ids::new_checkout_key,
    store::Store,
    together::{Together, Work},
};

/// Stores what is told at checkouts.
#[derive(Clone)]
pub struct Telling {
    db: Store,
    shipping: Together<Shipping>,
    drafts: Together<Drafts>,
}

struct Shipping {
    db: Store,
}

struct Drafts {
    db: Store,
}

/// What is told of one cart.
trait OfCart {
    /// As the statement finds the cart.
    fn cart(&self) -> &str;
}

/// How the parcel of a cart is to travel.
#[derive(Debug)]
struct Chosen {
    token_hash: String,
    rate: String,
    now: i64,
}

impl OfCart for Chosen {
    fn cart(&self) -> &str {
        &self.token_hash
    }
}

/// All that was told at the checkout of a cart.
#[derive(Debug)]
struct Told {
    cart_id: String,
    draft: String,
    email_key: String,
    now: i64,
}

impl Told {
    fn new(now: i64, cart_id: &str, draft: &Draft) -> Result<Self> {
        Ok(Self {
            cart_id: cart_id.to_owned(),
            draft: serde_json::to_string(draft)?,
            email_key: told_email_key(draft),
            now,
        })
    }
}

impl OfCart for Told {
    fn cart(&self) -> &str {
        &self.cart_id
    }
}

impl Telling {
    pub fn new(db: Store) -> Self {
        Self {
            shipping: Together::new(Shipping { db: db.clone() }),
            drafts: Together::new(Drafts { db: db.clone() }),
            db,
        }
    }

    /// Stores how the parcel is to travel, in the cart of a token that something is in; whether there is one. It needs to
    /// know nothing else of the cart.
    pub async fn shipping(&self, now: i64, token: Option<&str>, rate: &str) -> Result<bool> {
        let Some(token) = token.filter(|token| is_token(token)) else {
            return Ok(false);
        };
        let chosen = Arc::new(Chosen {
            token_hash: key(token),
            rate: rate.to_owned(),
            now,
        });
        match self.shipping.ask(chosen.clone()).await? {
            Outcome::Stored => Ok(true),
            Outcome::NotMet => {
                let alone = choosing(self.db.dialect(), Locked::WaitedFor, &[chosen.as_ref()]);
                Ok(self.db.write(alone).await? > 0)
            }
        }
    }

    /// Stores what was told at the checkout of a cart.
    pub async fn draft(&self, now: i64, cart_id: &str, draft: &Draft) -> Result<()> {
        let told = Arc::new(Told::new(now, cart_id, draft)?);
        match self.drafts.ask(told.clone()).await? {
            Outcome::Stored => Ok(()),
            Outcome::NotMet => {
                let alone = telling(self.db.dialect(), Locked::WaitedFor, &[told.as_ref()]);
                self.db.write(alone).await?;
                Ok(())
            }
        }
    }

    /// The same if this token still leads to the cart; whether it does.
    pub async fn draft_under(
        &self,
        now: i64,
        (token, cart_id): (&str, &str),
        draft: &Draft,
    ) -> Result<bool> {
        let told = Told::new(now, cart_id, draft)?;
        let mut sql = telling(self.db.dialect(), Locked::WaitedFor, &[&told]);
        sql.push(" AND carts.token_hash = ").text(key(token));
        Ok(self.db.write(sql).await? > 0)
    }
}

#[async_trait]
impl Work for Shipping {
    type Request = Arc<Chosen>;
    type Answer = Outcome;

    async fn all(&self, asked: Vec<Arc<Chosen>>) -> Result<Vec<Result<Outcome>>> {
        let sql = choosing(self.db.dialect(), Locked::PassedOver, &lasts(&asked));
        let stored: Vec<String> = self.db.write_returning(sql).await?;
        Ok(outcomes(&asked, &stored, OfCart::cart))
    }
}

#[async_trait]
impl Work for Drafts {
    type Request = Arc<Told>;
    type Answer = Outcome;

    async fn all(&self, asked: Vec<Arc<Told>>) -> Result<Vec<Result<Outcome>>> {
        let mut sql = telling(self.db.dialect(), Locked::PassedOver, &lasts(&asked));
        sql.push(" RETURNING id");
        let stored: Vec<String> = self.db.write_returning(sql).await?;
        Ok(outcomes(&asked, &stored, OfCart::cart))
    }
}

/// What was told last of each cart.
fn lasts<T: OfCart>(asked: &[Arc<T>]) -> Vec<&T> {
    let lasts = asked.iter().map(|one| (one.cart(), &**one));
    let lasts: BTreeMap<&str, &T> = lasts.collect();
    lasts.into_values().collect()
}

/// Answers with the hashes of tokens.
fn choosing(dialect: Dialect, locked: Locked, all: &[&Chosen]) -> Sql {
    let mut rows = Rows::default();
    rows.text("called", all.iter().map(|chosen| &chosen.token_hash))
        .text("rate", all.iter().map(|chosen| &chosen.rate))
        .text("next_key", all.iter().map(|_| new_checkout_key()))
        .int("told_at", all.iter().map(|chosen| chosen.now));
    let called = all.iter().map(|chosen| chosen.cart());
    let mut sql = locking(dialect, locked, "token_hash", called);
    sql.push("UPDATE carts SET draft = ");
    sql.push(dialect.json_with("COALESCE(draft, '{}')", "shipping", "t.rate"));
    sql.push(", draft_at = t.told_at, checkout_key = COALESCE(checkout_key, t.next_key) FROM ");
    sql.given(dialect, rows);
    meeting(&mut sql, dialect, "token_hash");
    sql.push(" AND carts.lines <> '[]' AND carts.expires_at > t.told_at RETURNING token_hash");
    sql
}

/// The carts' next orders get keys, unless they have some.
fn telling(dialect: Dialect, locked: Locked, all: &[&Told]) -> Sql {
    let mut rows = Rows::default();
    rows.text("called", all.iter().map(|told| &told.cart_id))
        .text("told", all.iter().map(|told| &told.draft))
        .text("address", all.iter().map(|told| &told.email_key))
        .text("next_key", all.iter().map(|_| new_checkout_key()))
        .int("told_at", all.iter().map(|told| told.now));
    let called = all.iter().map(|told| told.cart());
    let mut sql = locking(dialect, locked, "id", called);
    sql.push("UPDATE carts SET draft = t.told, email_key = t.address, draft_at = t.told_at, ");
    sql.push("checkout_key = COALESCE(checkout_key, t.next_key) FROM ");
    sql.given(dialect, rows);
    meeting(&mut sql, dialect, "id");
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn carts_are_looked_up_for_what_is_told_of_them() {
        let planner = Planner::new().await;
        let chosen = Chosen {
            token_hash: "t".to_owned(),
            rate: "pickup".to_owned(),
            now: 1,
        };
        let told = Told {
            cart_id: "c".to_owned(),
            draft: "{}".to_owned(),
            email_key: String::new(),
            now: 1,
        };
        for sql in [
            choosing(Dialect::Sqlite, Locked::PassedOver, &[&chosen]),
            telling(Dialect::Sqlite, Locked::PassedOver, &[&told]),
        ] {
            planner.begins_with_given(sql, "carts").await;
        }
        planner.db.close().await;
    }

    #[test]
    fn of_one_cart_what_was_told_last_is_stored() {
        use Outcome::{NotMet, Stored};
        let chosen = |token_hash: &str, rate: &str| {
            Arc::new(Chosen {
                token_hash: token_hash.to_owned(),
                rate: rate.to_owned(),
                now: 1,
            })
        };
        let asked = [
            chosen("b", "pickup"),
            chosen("a", "express"),
            chosen("b", "express"),
            chosen("c", "pickup"),
        ];
        let lasts = lasts(&asked);
        let lasts: Vec<_> = lasts.iter().map(|one| (one.cart(), &*one.rate)).collect();
        assert_eq!(lasts, [("a", "express"), ("b", "express"), ("c", "pickup")]);
        let outcomes = outcomes(&asked, &["a".to_owned(), "b".to_owned()], OfCart::cart);
        let outcomes: Vec<Outcome> = outcomes.into_iter().map(Result::unwrap).collect();
        assert_eq!(outcomes, [Stored, Stored, Stored, NotMet]);
    }
}
