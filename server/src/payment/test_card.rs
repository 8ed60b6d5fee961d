//! A card for trying the shop. Its "bank" keeps books in a table of its own, so charging,
//! giving up and refunding behave as they would with a real provider.

use app::{checkout::types::PaymentChoice, error::ShopError};
use async_trait::async_trait;

use super::{Charge, PaymentProvider, ProviderError, Refunded, Settlement};
use crate::{
    clock::Clock,
    db::{Get, stored_words},
    error::{Error, Result},
    store::Store,
};

pub struct TestCard {
    db: Store,
    clock: std::sync::Arc<dyn Clock>,
}

/// What each test number does. The numbers are those of Stripe's test cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behaviour {
    Approves,
    Declines,
    /// Breaks off before anything is charged.
    FailsBefore,
    /// Charges, and breaks off before saying so.
    FailsAfter,
}

const CARDS: [(&str, &str, Behaviour); 4] = [
    ("4242424242424242", "test_approve", Behaviour::Approves),
    ("4000000000000002", "test_decline", Behaviour::Declines),
    (
        "4000000000000119",
        "test_fail_before",
        Behaviour::FailsBefore,
    ),
    ("4000000000000127", "test_fail_after", Behaviour::FailsAfter),
];

app::words! {
    /// What the "bank" says of a charge.
    pub enum ChargeStatus {
        Captured = "captured",
        Declined = "declined",
        /// It was given up and is never made.
        Void = "void",
    }
}

stored_words!(ChargeStatus);

impl TestCard {
    pub fn new(db: Store, clock: std::sync::Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    /// Enters a result for a key unless there is one, and returns the one that counts.
    async fn enter(
        &self,
        key: &str,
        status: ChargeStatus,
        amount_minor: i64,
    ) -> Result<ChargeStatus> {
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "INSERT INTO test_card_charges (idempotency_key, status, amount_minor, created_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (idempotency_key) DO NOTHING",
        )
        .bind(key)
        .bind(status.as_str())
        .bind(amount_minor)
        .bind(self.clock.now())
        .execute(&mut *tx)
        .await?;
        let row = sqlx::query("SELECT status FROM test_card_charges WHERE idempotency_key = $1")
            .bind(key)
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        row.read("status")
    }
}

impl TestCard {
    async fn pay_back(&self, charge: &str, key: &str, amount_minor: i64) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let entered = sqlx::query(
            "INSERT INTO test_card_refunds (idempotency_key, charge_key, amount_minor, created_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (idempotency_key) DO NOTHING",
        )
        .bind(key)
        .bind(charge)
        .bind(amount_minor)
        .bind(self.clock.now())
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if entered == 0 {
            return Ok(());
        }
        let paid_back = sqlx::query(
            "UPDATE test_card_charges SET refunded_minor = refunded_minor + $1 \
             WHERE idempotency_key = $2 AND status = 'captured' \
             AND refunded_minor + $1 <= amount_minor",
        )
        .bind(amount_minor)
        .bind(charge)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if paid_back == 0 {
            return Err(Error::Invariant(format!(
                "a refund of {amount_minor} is more than the rest of charge {charge}"
            )));
        }
        tx.commit().await?;
        Ok(())
    }
}

fn interrupted(error: impl std::fmt::Display) -> ProviderError {
    ProviderError::Interrupted(error.to_string())
}

fn captured(order_id: &str) -> Charge {
    Charge::Captured {
        reference: format!("test-{order_id}"),
    }
}

#[async_trait]
impl PaymentProvider for TestCard {
    fn method(&self) -> &'static str {
        "test_card"
    }

    fn settlement(&self) -> Settlement {
        Settlement::Online
    }

    fn choose(
        &self,
        card_number: &str,
        kept: Option<&PaymentChoice>,
    ) -> Result<PaymentChoice, ShopError> {
        let digits: String = card_number
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect();
        if digits.is_empty() {
            return kept
                .filter(|kept| kept.method == self.method())
                .cloned()
                .ok_or_else(|| ShopError::field("card_number", "Enter the card number."));
        }
        let Some((number, token, _)) = CARDS.iter().find(|(number, ..)| *number == digits) else {
            return Err(ShopError::field(
                "card_number",
                "This shop takes test cards only, such as 4242 4242 4242 4242.",
            ));
        };
        Ok(PaymentChoice {
            method: self.method().to_owned(),
            token: (*token).to_owned(),
            label: format!("Test card ending {}", &number[12..]),
        })
    }

    async fn charge(
        &self,
        order_id: &str,
        amount_minor: i64,
        token: &str,
    ) -> Result<Charge, ProviderError> {
        let behaviour = CARDS
            .iter()
            .find(|(_, known, _)| *known == token)
            .map(|card| card.2);
        let status = match behaviour {
            Some(Behaviour::FailsBefore) => {
                return Err(interrupted("connection closed before the charge"));
            }
            Some(Behaviour::Approves | Behaviour::FailsAfter) => ChargeStatus::Captured,
            Some(Behaviour::Declines) | None => ChargeStatus::Declined,
        };
        let status = self
            .enter(order_id, status, amount_minor)
            .await
            .map_err(interrupted)?;
        if behaviour == Some(Behaviour::FailsAfter) {
            return Err(interrupted("connection closed after the charge"));
        }
        Ok(match status {
            ChargeStatus::Captured => captured(order_id),
            ChargeStatus::Void => Charge::Declined {
                reason: "The payment was abandoned.".to_owned(),
            },
            ChargeStatus::Declined => Charge::Declined {
                reason: "The card was declined.".to_owned(),
            },
        })
    }

    async fn abandon(&self, order_id: &str) -> Result<Option<Charge>, ProviderError> {
        let status = self
            .enter(order_id, ChargeStatus::Void, 0)
            .await
            .map_err(interrupted)?;
        Ok(match status {
            ChargeStatus::Captured => Some(captured(order_id)),
            ChargeStatus::Declined | ChargeStatus::Void => None,
        })
    }

    async fn capture(&self, order_id: &str, _: i64) -> Result<Charge, ProviderError> {
        // A card is charged at once, so there is nothing left to take in.
        let status = self
            .enter(order_id, ChargeStatus::Void, 0)
            .await
            .map_err(interrupted)?;
        Ok(match status {
            ChargeStatus::Captured => captured(order_id),
            ChargeStatus::Declined | ChargeStatus::Void => Charge::Declined {
                reason: "The card was not charged.".to_owned(),
            },
        })
    }

    async fn refund(
        &self,
        order_id: &str,
        refund_id: &str,
        amount_minor: i64,
    ) -> Result<Refunded, ProviderError> {
        self.pay_back(order_id, refund_id, amount_minor)
            .await
            .map_err(interrupted)?;
        Ok(Refunded::Sent)
    }
}
