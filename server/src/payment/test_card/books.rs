//! What the "bank" has said of each charge. Charges of the same moment are entered in one transaction, as a
//! bank that is not in this database costs the shop none of its own.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;

use super::ChargeStatus;
use crate::{
    clock::Clock,
    db::{Dialect, FromRow as _, PlacingTx, Rows, Sql, Transaction},
    error::{Error, Result},
    store::Store,
    together::{Together, Work},
};

/// The books, to enter charges.
pub(super) struct Books(Together<Entering>);

struct Entering {
    db: Store,
    clock: Arc<dyn Clock>,
}

#[derive(Debug, Clone)]
struct Charged {
    key: String,
    status: ChargeStatus,
    amount_minor: i64,
}

impl Books {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self(Together::new(Entering { db, clock }))
    }

    /// Enters a result for a key unless there is one, and returns the one that counts.
    pub async fn enter(
        &self,
        key: &str,
        status: ChargeStatus,
        amount_minor: i64,
    ) -> Result<ChargeStatus> {
        let charged = Charged {
            key: key.to_owned(),
            status,
            amount_minor,
        };
        self.0.ask(charged).await
    }
}

#[async_trait]
impl Work for Entering {
    type Request = Charged;
    type Answer = ChargeStatus;

    async fn all(&self, charges: Vec<Charged>) -> Result<Vec<Result<ChargeStatus>>> {
        let (dialect, now) = (self.db.dialect(), self.clock.now());
        let entered = match self.db.begin_by_key().await? {
            PlacingTx::Alone(tx) => {
                tx.aside(move |tx| async move { enter(tx, dialect, now, &charges).await })
                    .await?
            }
            PlacingTx::Pipelined(tx) => enter(tx, dialect, now, &charges).await?,
        };
        Ok(entered.into_iter().map(Ok).collect())
    }
}

fn unanswered() -> Error {
    Error::Invariant("every charge has an answer".to_owned())
}

async fn enter(
    mut tx: impl Transaction,
    dialect: Dialect,
    now: i64,
    charges: &[Charged],
) -> Result<Vec<ChargeStatus>> {
    // Nobody waits for a key while another waits for theirs: they are entered in one order. Of the same
    // key, the one that came first counts.
    let mut sorted: Vec<&Charged> = charges.iter().collect();
    sorted.sort_by_key(|charge| &charge.key);
    let all = || sorted.iter();
    let mut rows = Rows::default();
    rows.text("idempotency_key", all().map(|charge| &charge.key))
        .text("status", all().map(|charge| charge.status.as_str()))
        .int("amount_minor", all().map(|charge| charge.amount_minor))
        .int("created_at", all().map(|_| now));
    let mut insert = Sql::insert(dialect, "test_card_charges", rows);
    insert.push(" ON CONFLICT (idempotency_key) DO NOTHING");
    let mut read =
        Sql::new("SELECT idempotency_key, status FROM test_card_charges WHERE idempotency_key");
    read.among(dialect, all().map(|charge| &charge.key));

    let answers = tx.run(vec![insert, read]).await?;

    let entered = answers.last().map(|answer| answer.rows.as_slice());
    let entered = entered.unwrap_or_default().iter();
    let entered: BTreeMap<String, ChargeStatus> = entered
        .map(<(String, ChargeStatus)>::from_row)
        .collect::<Result<_>>()?;
    let answers = charges.iter().map(|charge| {
        let status = entered.get(&charge.key).copied();
        status.ok_or_else(unanswered)
    });
    let answers = answers.collect::<Result<_>>()?;
    tx.commit().await?;
    Ok(answers)
}
