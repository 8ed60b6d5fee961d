//! Events of providers, each kept in the transaction of its effect: sent twice, it has one.

use std::sync::Arc;

use crate::{
    db::{Db, Dialect, Ending, Rows, Sql, Tx, unindexed},
    error::Result,
    payment::port::AttemptId,
};

/// How long an event is kept, in milliseconds. Providers give up sending one after some days, and
/// what an event leads to is safe to repeat.
const KEPT_MS: i64 = 90 * 24 * 60 * 60 * 1000;

app::words! {
    /// What came of an event.
    pub enum Effect {
        /// The order was paid, or its money is to go back.
        Settled = "settled",
        /// The order's time line says so.
        Noted = "noted",
        Nothing = "none",
        /// It is about no order of this shop.
        Foreign = "foreign",
    }
}

/// How a provider names the payment that an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    Attempt(&'a AttemptId),
    /// By the provider's name of the attempt, or of the money itself.
    Money(&'a str),
}

/// An event as it came.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    pub provider: &'a str,
    /// The provider's own.
    pub id: &'a str,
    /// The provider's word for what happened.
    pub kind: &'a str,
    pub body: &'a str,
}

impl Event<'_> {
    /// Whether it had its effect before.
    pub async fn is_known(&self, db: &Db) -> Result<bool> {
        let found =
            sqlx::query("SELECT 1 AS n FROM provider_events WHERE provider = $1 AND event_id = $2")
                .bind(self.provider)
                .bind(self.id)
                .fetch_optional(db.reader())
                .await?;
        Ok(found.is_some())
    }

    /// Adds a column that says the same to another statement: `is_kept`.
    pub fn push_is_kept(&self, sql: &mut Sql) {
        sql.push("CASE WHEN EXISTS (SELECT 1 FROM provider_events e WHERE e.provider = ")
            .text(self.provider)
            .push(" AND e.event_id = ")
            .text(self.id)
            .push(") THEN 1 ELSE 0 END AS is_kept");
    }

    /// Keeps it if the money that it is about is written down as taken, for an order that has it: then nothing of it is
    /// news. `false` if it is not so, or it is kept already.
    pub async fn keep_of_taken(&self, db: &Db, now: i64, named: Named<'_>) -> Result<bool> {
        let mut sql = Sql::new(
            "INSERT INTO provider_events \
             (provider, event_id, kind, effect, received_at, order_id, body) SELECT ",
        );
        sql.text(self.provider).push(", ");
        sql.text(self.id).push(", ");
        sql.text(self.kind).push(", ");
        sql.text(Effect::Nothing.as_str()).push(", CAST(");
        sql.int(now)
            .push(" AS BIGINT), o.id, CASE WHEN o.email <> '' THEN ");
        sql.text(self.body).push(concat!(
            " ELSE '' END FROM payment_attempts p JOIN orders o ON o.id = p.order_id WHERE ",
            unindexed!("p.status"),
            " = 'captured' AND ",
            unindexed!("o.status"),
            " IN ('paid', 'packed', 'shipped', 'delivered', 'refunded') AND p.provider = ",
        ));
        sql.text(self.provider);
        match named {
            Named::Attempt(attempt) => sql
                .push(" AND p.order_id = ")
                .text(&attempt.order_id)
                .push(" AND p.attempt = ")
                .int(attempt.attempt.into()),
            Named::Money(reference) => sql
                .push(" AND (p.external_id = ")
                .text(reference)
                .push(" OR p.payment_id = ")
                .text(reference)
                .push(")"),
        };
        sql.push(" ON CONFLICT (provider, event_id) DO NOTHING");
        Ok(db.write(sql).await? > 0)
    }

    /// Keeps it with its effect. `false` if it is kept already: then the transaction is to leave no
    /// effect.
    pub async fn keep(
        &self,
        tx: &mut Tx,
        now: i64,
        order_id: Option<&str>,
        effect: Effect,
    ) -> Result<bool> {
        let kept = self.keeping(now, order_id, effect).execute(&mut **tx);
        Ok(kept.await? > 0)
    }

    /// Of what is about no order of this shop, or about one whose customer is erased, the text is not kept: it may tell of
    /// people, and would be erased with nobody.
    fn keeping(&self, now: i64, order_id: Option<&str>, effect: Effect) -> Sql {
        let mut sql = Sql::new(
            "INSERT INTO provider_events \
             (provider, event_id, kind, effect, received_at, order_id, body) VALUES (",
        );
        sql.text(self.provider).push(", ");
        sql.text(self.id).push(", ");
        sql.text(self.kind).push(", ");
        sql.text(effect.as_str()).push(", ");
        sql.int(now).push(", ");
        match order_id {
            Some(order_id) => sql
                .text(order_id)
                .push(", CASE WHEN EXISTS (SELECT 1 FROM orders o WHERE o.email <> '' AND o.id = ")
                .text(order_id)
                .push(") THEN ")
                .text(self.body)
                .push(" ELSE '' END"),
            None => sql.push("NULL, ''"),
        };
        sql.push(") ON CONFLICT (provider, event_id) DO NOTHING");
        sql
    }

    /// Keeps one that changes nothing.
    pub async fn keep_alone(
        &self,
        db: &Db,
        now: i64,
        order_id: Option<&str>,
        effect: Effect,
    ) -> Result<()> {
        db.write(self.keeping(now, order_id, effect)).await?;
        Ok(())
    }
}

/// An event that is kept with others.
#[derive(Debug, Clone)]
pub struct OwnedEvent {
    provider: String,
    id: String,
    kind: String,
    body: Arc<str>,
}

impl From<Event<'_>> for OwnedEvent {
    fn from(event: Event<'_>) -> Self {
        Self {
            provider: event.provider.to_owned(),
            id: event.id.to_owned(),
            kind: event.kind.to_owned(),
            body: event.body.into(),
        }
    }
}

impl OwnedEvent {
    pub fn event(&self) -> Event<'_> {
        Event {
            provider: &self.provider,
            id: &self.id,
            kind: &self.kind,
            body: &self.body,
        }
    }
}

/// The statement that keeps events, each of an order and with the same effect, as [`Event::keep`] does.
pub fn keeping<'a>(
    dialect: Dialect,
    now: i64,
    effect: Effect,
    told: impl Iterator<Item = (&'a OwnedEvent, &'a str)> + Clone,
) -> Sql {
    let all = || told.clone();
    let mut rows = Rows::default();
    rows.text("provider", all().map(|(told, _)| &told.provider))
        .text("event_id", all().map(|(told, _)| &told.id))
        .text("kind", all().map(|(told, _)| &told.kind))
        .text("order_id", all().map(|(_, order_id)| order_id))
        .int("received_at", all().map(|_| now))
        .text("body", all().map(|(told, _)| &told.body))
        .text("effect", all().map(|_| effect.as_str()));
    let mut sql = Sql::insert(dialect, "provider_events", rows);
    sql.push(" ON CONFLICT (provider, event_id) DO NOTHING");
    sql
}

const RECEIVED: Ending = Ending {
    table: "provider_events",
    key: "provider, event_id",
    at: "received_at",
};

/// Forgets events that no provider sends again.
pub async fn drop_old(db: &Db, now: i64) -> Result<()> {
    RECEIVED.drop_until(db, now - KEPT_MS - 1).await.map(drop)
}

/// An order's customer is erased: what the provider said of them is, too.
pub async fn forget(tx: &mut Tx, order_id: &str) -> Result<()> {
    sqlx::query("UPDATE provider_events SET body = '' WHERE order_id = $1")
        .bind(order_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
