//! Attempts to pay at a provider, as they are written down.

use app::orders::types::OrderStatus;

use super::{Hosted, fate::Release, interrupted};
use crate::{
    brakes::declined_column,
    buyer_limits::cards::key_column,
    db::{FromRow, Sql, Tx, from_row, unindexed},
    error::{ProviderError, Result},
    ids::new_id,
    payment::port::{Money, Payment},
};

/// An attempt to pay an order, with what its provider is told of the order.
pub struct Tried {
    pub(super) attempt_id: String,
    pub(super) attempt: i64,
    pub(super) external_id: Option<String>,
    pub(super) payment_id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) expires_at: Option<i64>,
    pub(super) began_at: i64,
    /// What is written down as taken.
    pub(super) captured_minor: i64,
    /// And as being taken.
    pub(super) pending_minor: i64,
    /// When someone has asked for it to be released.
    pub(super) release_wanted_at: Option<i64>,
    pub(super) order_id: String,
    pub(super) number: String,
    pub(super) status: OrderStatus,
    pub(super) email: String,
    pub(super) language: String,
    pub(super) currency: String,
    pub(super) total_minor: i64,
    pub(super) placed_at: i64,
    /// What is counted of the order's declined tries, if it is known who pays: see [`declined_column`].
    pub(super) declined_counted: Option<String>,
    /// By which cards are known, if anything is limited: see [`key_column`].
    pub(super) card_key: Option<String>,
}

from_row!(Tried {
    attempt_id,
    attempt,
    external_id,
    payment_id,
    url,
    expires_at,
    began_at,
    captured_minor,
    pending_minor: "captured_pending_minor",
    release_wanted_at,
    order_id,
    number,
    status,
    email,
    language,
    currency,
    total_minor,
    placed_at,
    declined_counted,
    card_key,
});

impl Tried {
    /// Adds its columns to a statement, in which the attempt is `p` and its order `o`.
    pub fn push_columns(sql: &mut Sql) {
        sql.push(
            "p.id AS attempt_id, p.attempt, p.external_id, p.payment_id, p.url, p.expires_at, \
             p.created_at AS began_at, p.captured_minor, p.captured_pending_minor, \
             p.release_wanted_at, o.id AS order_id, o.number, o.status, o.email, \
             o.locale AS language, o.currency, o.total_minor, o.created_at AS placed_at, ",
        )
        .push(declined_column("o.id"))
        .push(", ")
        .push(key_column());
    }

    pub(super) fn total(&self) -> Money {
        Money {
            minor: self.total_minor,
            currency: self.currency.clone(),
        }
    }

    /// Refuses what was taken or set aside at the provider because the order costs something else.
    pub(super) fn other_amount(&self, done: &str, minor: i64, currency: &str) -> ProviderError {
        ProviderError::Refused {
            code: "amount".to_owned(),
            message: format!(
                "{minor} {currency} were {done} for order {}, which costs {} {}",
                self.number, self.total_minor, self.currency
            ),
        }
    }

    /// What the provider calls the money, or else the attempt.
    pub(super) fn money(&self) -> &str {
        let money = self.payment_id.as_deref().or(self.reference());
        money.unwrap_or_default()
    }

    /// As it was when the attempt was read; what is captured is decided by what is so then.
    pub(super) const fn release(&self) -> Release {
        Release::of(self.release_wanted_at)
    }

    /// What the provider calls the attempt, once it was begun.
    pub(super) fn reference(&self) -> Option<&str> {
        self.external_id.as_deref()
    }
}

/// Whether something of an attempt is written down: where the shopper pays, or that the next one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noted {
    Written,
    /// Another attempt has taken its place.
    AttemptEnded,
    OrderEnded,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Last,
    Charged,
    /// The one with this number if another has taken its place.
    Earlier(i64),
}

impl Hosted {
    /// An attempt to pay an order in this way.
    pub(super) async fn tried(&self, order_id: &str, which: Which) -> Result<Option<Tried>> {
        let mut sql = Sql::new("SELECT ");
        Tried::push_columns(&mut sql);
        sql.push(" FROM payment_attempts p JOIN orders o ON o.id = p.order_id WHERE p.order_id = ")
            .text(order_id)
            .push(" AND p.provider = ")
            .text(self.provider.name());
        match which {
            Which::Last => {}
            Which::Charged => {
                sql.push(" AND p.captured_minor > 0");
            }
            Which::Earlier(attempt) => {
                sql.push(" AND p.captured_minor = 0 AND p.attempt = ")
                    .int(attempt)
                    .push(
                        " AND EXISTS (SELECT 1 FROM payment_attempts n \
                         WHERE n.order_id = p.order_id AND n.attempt > p.attempt)",
                    );
            }
        }
        sql.push(" ORDER BY p.attempt DESC LIMIT 1");
        let row = sql.fetch_optional(self.db.reader()).await?;
        row.as_ref().map(Tried::from_row).transpose()
    }

    pub(super) async fn last(&self, order_id: &str) -> Result<Tried, ProviderError> {
        let tried = self.tried(order_id, Which::Last).await;
        let tried = tried.map_err(interrupted)?;
        tried.ok_or_else(|| ProviderError::Refused {
            code: "no_attempt".to_owned(),
            message: format!("nobody has tried to pay order {order_id} here"),
        })
    }

    /// The state of the order, locked until the transaction ends.
    pub(super) async fn locked_status(&self, tx: &mut Tx, tried: &Tried) -> Result<OrderStatus> {
        let mut sql = Sql::new("SELECT status FROM orders WHERE id = ");
        sql.text(&tried.order_id)
            .push(self.db.dialect().for_update());
        sql.fetch_value(&mut **tx).await
    }

    /// Adds the order's id to a statement, if it waits for its payment, and locks it.
    pub(super) fn push_waiting_order(&self, sql: &mut Sql, tried: &Tried) {
        sql.push("(SELECT o.id FROM orders o WHERE o.status = 'pending_payment' AND o.id = ")
            .text(&tried.order_id)
            .push(self.db.dialect().for_update())
            .push(")");
    }

    /// Writes down where the shopper pays, unless the order has ended meanwhile. That is decided under
    /// its lock: from then on what ends it finds what to void.
    pub(super) async fn note_page(
        &self,
        tried: &Tried,
        reference: &str,
        url: Option<&str>,
        until: Option<i64>,
    ) -> Result<Noted> {
        let mut sql = Sql::new("UPDATE payment_attempts SET external_id = ");
        sql.text(reference).push(", url = ");
        match url {
            Some(url) => sql.text(url),
            None => sql.push("NULL"),
        };
        sql.push(", expires_at = ");
        match until {
            Some(until) => sql.int(until),
            None => sql.push("NULL"),
        };
        sql.push(", updated_at = ").int(self.clock.now());
        sql.push(" WHERE id = ").text(&tried.attempt_id);
        // One statement: the order is locked by it before the attempt is written.
        sql.push(concat!(
            " AND ",
            unindexed!("status"),
            " = 'pending' AND order_id = "
        ));
        self.push_waiting_order(&mut sql, tried);
        if self.db.write(sql).await? > 0 {
            return Ok(Noted::Written);
        }
        let mut sql = Sql::new("SELECT status FROM orders WHERE id = ");
        sql.text(&tried.order_id);
        let status: OrderStatus = sql.fetch_value(self.db.reader()).await?;
        Ok(match status == OrderStatus::PendingPayment {
            true => Noted::AttemptEnded,
            false => Noted::OrderEnded,
        })
    }

    /// Begins the next attempt in place of one that was given up, unless the order has ended meanwhile:
    /// that is decided under its lock. Of several who try, one does.
    pub(super) async fn next(&self, tried: &Tried) -> Result<Noted> {
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        if self.locked_status(&mut tx, tried).await? != OrderStatus::PendingPayment {
            tx.rollback().await?;
            return Ok(Noted::OrderEnded);
        }
        let given_up = sqlx::query(concat!(
            "UPDATE payment_attempts SET status = 'voided', updated_at = $1, voided_at = $1, \
             authorised_minor = 0, captured_pending_minor = 0 WHERE id = $2 AND ",
            unindexed!("status"),
            " = 'pending' AND COALESCE(external_id, '') = $3",
        ))
        .bind(now)
        .bind(&tried.attempt_id)
        .bind(tried.reference().unwrap_or_default())
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if given_up > 0 {
            sqlx::query(
                "INSERT INTO payment_attempts (id, order_id, attempt, provider, status, \
                 amount_minor, created_at, updated_at) VALUES ($1, $2, $3, $4, 'pending', $5, $6, $6)",
            )
            .bind(new_id())
            .bind(&tried.order_id)
            .bind(tried.attempt + 1)
            .bind(self.provider.name())
            .bind(tried.total_minor)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(match given_up {
            0 => Noted::AttemptEnded,
            _ => Noted::Written,
        })
    }

    /// Keeps what the provider calls the money of an attempt that it has taken.
    pub(super) async fn note_taken(&self, tried: &Tried, payment: &Payment) -> Result<()> {
        let Some(payment_id) = payment.payment_id.as_deref() else {
            return Ok(());
        };
        if tried.payment_id.as_deref() == Some(payment_id) {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        sqlx::query("UPDATE payment_attempts SET payment_id = $1 WHERE id = $2")
            .bind(payment_id)
            .bind(&tried.attempt_id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps what a bank has still to confirm.
    pub(super) async fn note_pending(&self, tried: &Tried, payment: &Payment) -> Result<()> {
        let pending_minor = payment.authorised.pending_minor + payment.captured.pending_minor;
        if pending_minor == tried.pending_minor {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        sqlx::query(concat!(
            "UPDATE payment_attempts SET captured_pending_minor = $1, updated_at = $2 \
             WHERE id = $3 AND ",
            unindexed!("status"),
            " = 'pending'",
        ))
        .bind(pending_minor)
        .bind(self.clock.now())
        .bind(&tried.attempt_id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps what the provider holds and calls the money; what became of it is noted with the order.
    pub(super) async fn note_authorised(&self, tried: &Tried, payment: &Payment) -> Result<()> {
        let mut tx = self.db.begin().await?;
        self.keep_authorised(&mut tx, tried, payment).await?;
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn keep_authorised(
        &self,
        tx: &mut Tx,
        tried: &Tried,
        payment: &Payment,
    ) -> Result<()> {
        sqlx::query(concat!(
            "UPDATE payment_attempts SET authorised_minor = $1, \
             authorised_at = COALESCE(authorised_at, $4), \
             payment_id = COALESCE($2, payment_id) WHERE id = $3 AND ",
            unindexed!("status"),
            " = 'pending'",
        ))
        .bind(payment.authorised.minor)
        .bind(payment.payment_id.as_deref())
        .bind(&tried.attempt_id)
        .bind(self.clock.now())
        .execute(&mut **tx)
        .await?;
        Ok(())
    }
}
