//! Payments that their payers want back through the bank, as the time line and the order tell. A payment
//! may be disputed more than once; each dispute is told by itself.

mod look;

use app::orders::types::{EventKind, OrderStatus};
use desk::admin::orders::types::Dispute as Shown;

pub use look::{look, look_at_all, look_at_open};

use super::{
    events::{self, Event},
    owner,
    refund::{by_bank, pay_back::end_payment},
    step,
};
use crate::{
    db::{Connection, Dialect, FromRow, Sql, Tx, from_row},
    error::{Error, Result},
    outbox::Trouble,
    payment::{
        events::{Effect, Event as ProviderEvent},
        port::{Dispute, DisputeState},
    },
    store::Store,
};

/// What is told of a dispute. The states that say the same to the owner are one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Asked,
    Open,
    Won,
    Lost,
}

impl Stage {
    const fn of(state: DisputeState) -> Self {
        match state {
            DisputeState::Asked => Self::Asked,
            DisputeState::NeedsAnswer | DisputeState::UnderReview => Self::Open,
            DisputeState::Won | DisputeState::Closed => Self::Won,
            DisputeState::Lost => Self::Lost,
        }
    }

    const fn event(self) -> EventKind {
        match self {
            Self::Asked | Self::Open => EventKind::Disputed,
            Self::Won => EventKind::DisputeWon,
            Self::Lost => EventKind::DisputeLost,
        }
    }
}

/// Notes the state of a dispute. It says the same however often it is noted. `event` is what told of it, kept
/// with its effect.
pub async fn note(
    db: &Store,
    now: i64,
    (provider, order_id): (&str, &str),
    dispute: &Dispute,
    event: Option<ProviderEvent<'_>>,
) -> Result<()> {
    let mut tx = db.begin().await?;
    let is_kept = match event {
        Some(event) => {
            !event
                .keep(&mut tx, now, Some(order_id), Effect::Noted)
                .await?
        }
        None => false,
    };
    if is_kept {
        tx.rollback().await?;
        return Ok(());
    }
    let status = step::lock(&mut tx, db.dialect(), order_id).await?;
    // Its payment is being taken in: the provider tells again.
    if status == Some(OrderStatus::PendingPayment) {
        tx.rollback().await?;
        return Err(Error::Unavailable);
    }
    let before = before(&mut tx, provider, order_id, dispute).await?;
    let is_old_news = match before.map(Stage::of) {
        // The provider was asked before it ended. After a loss it may be opened once more.
        Some(Stage::Won) => dispute.state.is_open(),
        Some(Stage::Asked | Stage::Open | Stage::Lost) | None => false,
    };
    if status.is_none() || is_old_news {
        tx.commit().await?;
        return Ok(());
    }
    write(&mut tx, now, (provider, order_id), dispute).await?;
    let stage = Stage::of(dispute.state);
    if before.map(Stage::of) != Some(stage) {
        let text = format!("{}, {}", dispute.reason, dispute.link);
        let noted = Event {
            text: &text,
            ..Event::new(stage.event())
        };
        events::record(&mut tx, now, order_id, &noted).await?;
        if dispute.state.is_open() {
            let trouble = Trouble::Disputed {
                reason: dispute.reason.clone(),
                link: dispute.link.clone(),
                answer_until: dispute.answer_until,
            };
            let amount_minor = dispute.amount.minor;
            owner::tell(&mut tx, db.dialect(), now, order_id, amount_minor, &trouble).await?;
        }
    }
    settle(&mut tx, db.dialect(), now, order_id).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the order and its refunds what its disputes say.
async fn settle(tx: &mut Tx, dialect: Dialect, now: i64, order_id: &str) -> Result<()> {
    stand(tx, now, order_id).await?;
    by_bank::settle(tx, dialect, now, order_id).await?;
    end_payment(tx, now, order_id).await
}

/// The state a dispute had. The row of one that was noted before there were rows becomes its own.
async fn before(
    tx: &mut Tx,
    provider: &str,
    order_id: &str,
    dispute: &Dispute,
) -> Result<Option<DisputeState>> {
    if let Some(state) = state_of(tx, provider, &dispute.id).await? {
        return Ok(Some(state));
    }
    let nameless = state_of(tx, provider, order_id).await?;
    // One that the bank left with the shop is not the one that is open now. One that was lost is: all of the
    // money was gone, so what is asked for once more is the same, on appeal.
    let is_same = |state: &DisputeState| match state {
        DisputeState::Asked
        | DisputeState::NeedsAnswer
        | DisputeState::UnderReview
        | DisputeState::Lost => true,
        DisputeState::Won | DisputeState::Closed => !dispute.state.is_open(),
    };
    let Some(state) = nameless.filter(is_same) else {
        return Ok(None);
    };
    sqlx::query("UPDATE disputes SET dispute_id = $1 WHERE provider = $2 AND dispute_id = $3")
        .bind(&dispute.id)
        .bind(provider)
        .bind(order_id)
        .execute(&mut **tx)
        .await?;
    Ok(Some(state))
}

async fn state_of(tx: &mut Tx, provider: &str, dispute_id: &str) -> Result<Option<DisputeState>> {
    let mut sql = Sql::new("SELECT state FROM disputes WHERE provider = ");
    sql.text(provider)
        .push(" AND dispute_id = ")
        .text(dispute_id);
    sql.fetch_optional_value(&mut **tx).await
}

async fn write(
    tx: &mut Tx,
    now: i64,
    (provider, order_id): (&str, &str),
    dispute: &Dispute,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO disputes (provider, dispute_id, order_id, amount_minor, state, reason, link, \
         answer_until, opened_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) \
         ON CONFLICT (provider, dispute_id) DO UPDATE SET amount_minor = excluded.amount_minor, \
         state = excluded.state, reason = excluded.reason, link = excluded.link, \
         answer_until = excluded.answer_until, updated_at = excluded.updated_at",
    )
    .bind(provider)
    .bind(&dispute.id)
    .bind(order_id)
    .bind(dispute.amount.minor)
    .bind(dispute.state.as_str())
    .bind(&dispute.reason)
    .bind(&dispute.link)
    .bind(dispute.answer_until)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What banks say of an order's money: the states of its disputes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeStates(Vec<DisputeState>);

impl From<Vec<DisputeState>> for DisputeStates {
    fn from(states: Vec<DisputeState>) -> Self {
        Self(states)
    }
}

impl DisputeStates {
    pub async fn of(connection: &mut Connection, order_id: &str) -> Result<Self> {
        let mut sql = Sql::new("SELECT state FROM disputes WHERE order_id = ");
        sql.text(order_id);
        Ok(Self(sql.fetch_values(connection).await?))
    }

    pub fn is_undisputed(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a bank may still give the money back, or ask for it. What someone pays by hand until then,
    /// the bank knows nothing of, and would give back once more.
    pub fn is_open(&self) -> bool {
        self.0.iter().any(|state| state.is_open())
    }

    /// Whether a bank has the money, or has given it back. The provider refunds nothing of it then.
    pub fn is_taken(&self) -> bool {
        self.0.iter().any(|state| match state {
            DisputeState::NeedsAnswer | DisputeState::UnderReview | DisputeState::Lost => true,
            DisputeState::Asked | DisputeState::Won | DisputeState::Closed => false,
        })
    }

    /// Whether it is decided, and not for the shop.
    pub fn is_lost(&self) -> bool {
        !self.is_open() && self.0.contains(&DisputeState::Lost)
    }
}

/// A payment counts as disputed while a bank has its money, or has given it back.
pub async fn stand(tx: &mut Tx, now: i64, order_id: &str) -> Result<()> {
    for statement in [
        "UPDATE orders SET payment_status = 'disputed', updated_at = $1 \
         WHERE id = $2 AND payment_status = 'captured' AND EXISTS (SELECT 1 FROM disputes d \
         WHERE d.order_id = orders.id AND d.state IN ('needs_answer', 'under_review', 'lost'))",
        "UPDATE orders SET payment_status = 'captured', updated_at = $1 \
         WHERE id = $2 AND payment_status = 'disputed' AND NOT EXISTS (SELECT 1 FROM disputes d \
         WHERE d.order_id = orders.id AND d.state IN ('needs_answer', 'under_review', 'lost'))",
    ] {
        sqlx::query(statement)
            .bind(now)
            .bind(order_id)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

from_row!(Shown {
    amount_minor,
    state,
    reason,
    answer_until,
    link,
});

/// An order's disputes, oldest first.
pub async fn of_order(db: &Store, order_id: &str) -> Result<Vec<Shown>> {
    sqlx::query(
        "SELECT amount_minor, state, reason, answer_until, link FROM disputes \
         WHERE order_id = $1 ORDER BY opened_at, dispute_id",
    )
    .bind(order_id)
    .fetch_all(db.reader())
    .await?
    .iter()
    .map(Shown::from_row)
    .collect()
}
