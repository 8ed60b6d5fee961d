//! A card for trying the shop. Its "bank" keeps books in a table of its own, so charging,
//! giving up and refunding behave as they would with a real provider.

mod books;

use app::{
    checkout::types::{
        PaymentChoice, PaymentField, PaymentOffer, PaymentSample, PaymentSign, TEST_CARD,
    },
    error::ShopError,
    locale::locale,
    text::in_fours,
};
use async_trait::async_trait;
use books::Books;

use super::{Charge, Decline, PaymentProvider, ProviderError, Refunded, Settlement, text::Text};
use crate::{
    brakes::{BrakeService, CardStanding},
    clock::Clock,
    db::stored_words,
    error::{Error, Result},
    store::Store,
};

pub struct TestCard {
    books: Books,
    db: Store,
    clock: std::sync::Arc<dyn Clock>,
    brakes: BrakeService,
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

/// Whether test cards have bought in this shop.
pub async fn test_card_was_used(db: &Store) -> Result<bool> {
    let charged = sqlx::query("SELECT 1 AS n FROM test_card_charges LIMIT 1")
        .fetch_optional(db.reader())
        .await?;
    Ok(charged.is_some())
}

impl TestCard {
    pub fn new(db: Store, clock: std::sync::Arc<dyn Clock>, brakes: BrakeService) -> Self {
        Self {
            books: Books::new(db.clone(), clock.clone()),
            db,
            clock,
            brakes,
        }
    }

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

/// How a card is named, by its last digits.
fn label(number: &str) -> String {
    Text::from(locale()).test_card_ending(&number[12..])
}

fn captured(order_id: &str) -> Charge {
    Charge::Captured {
        reference: format!("test-{order_id}"),
    }
}

#[async_trait]
impl PaymentProvider for TestCard {
    fn method(&self) -> &'static str {
        TEST_CARD
    }

    fn settlement(&self) -> Settlement {
        Settlement::Online
    }

    fn offer(&self, _: &str) -> Option<PaymentOffer> {
        let text = Text::from(locale());
        let samples = CARDS.map(|(number, _, behaviour)| PaymentSample {
            value: in_fours(number),
            text: match behaviour {
                Behaviour::Approves => text.card_is_approved(),
                Behaviour::Declines => text.card_is_declined(),
                Behaviour::FailsBefore => text.fails_before(),
                Behaviour::FailsAfter => text.fails_after(),
            }
            .to_owned(),
        });
        Some(PaymentOffer {
            method: self.method().to_owned(),
            title: text.test_card().to_owned(),
            text: text.test_card_why().to_owned(),
            unavailable: None,
            sign: PaymentSign::Card,
            field: Some(PaymentField {
                label: text.card_number().to_owned(),
                placeholder: in_fours(CARDS[0].0),
                about_samples: text.test_card_numbers().to_owned(),
                samples: samples.to_vec(),
            }),
        })
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
            let kept = kept.filter(|kept| kept.method == self.method());
            let kept = kept.ok_or_else(|| {
                let words = Text::from(locale()).card_number_missing();
                ShopError::field("card_number", words)
            })?;
            let card = CARDS.iter().find(|(_, token, _)| *token == kept.token);
            return Ok(PaymentChoice {
                // The language may be another one than it was chosen in.
                label: card.map_or_else(|| kept.label.clone(), |(number, ..)| label(number)),
                ..kept.clone()
            });
        }
        let Some((number, token, _)) = CARDS.iter().find(|(number, ..)| *number == digits) else {
            let words = Text::from(locale()).test_cards_only();
            return Err(ShopError::field("card_number", words));
        };
        Ok(PaymentChoice {
            method: self.method().to_owned(),
            token: (*token).to_owned(),
            label: label(number),
        })
    }

    async fn charge(
        &self,
        order_id: &str,
        amount_minor: i64,
        token: &str,
    ) -> Result<Charge, ProviderError> {
        let card = CARDS.iter().find(|(_, known, _)| *known == token);
        let (number, behaviour) = card.map(|card| (card.0, card.2)).unzip();
        let standing = match number {
            Some(number) => self.brakes.standing_of_card(number).await,
            None => CardStanding::Free,
        };
        // The bank is not asked; what it said before stays.
        let behaviour = behaviour.filter(|_| standing == CardStanding::Free);
        let status = match behaviour {
            Some(Behaviour::FailsBefore) => {
                return Err(interrupted("connection closed before the charge"));
            }
            Some(Behaviour::Approves | Behaviour::FailsAfter) => ChargeStatus::Captured,
            Some(Behaviour::Declines) | None => ChargeStatus::Declined,
        };
        let status = self
            .books
            .enter(order_id, status, amount_minor)
            .await
            .map_err(interrupted)?;
        if behaviour == Some(Behaviour::FailsAfter) {
            return Err(interrupted("connection closed after the charge"));
        }
        Ok(match status {
            ChargeStatus::Captured => captured(order_id),
            ChargeStatus::Void => Charge::Declined {
                reason: Decline::Abandoned,
            },
            ChargeStatus::Declined => {
                if let Some(number) = number.filter(|_| standing == CardStanding::Free) {
                    self.brakes.card_declined(number).await;
                }
                Charge::Declined {
                    reason: Decline::Card,
                }
            }
        })
    }

    async fn abandon(&self, order_id: &str) -> Result<Option<Charge>, ProviderError> {
        let status = self
            .books
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
            .books
            .enter(order_id, ChargeStatus::Void, 0)
            .await
            .map_err(interrupted)?;
        Ok(match status {
            ChargeStatus::Captured => captured(order_id),
            ChargeStatus::Declined | ChargeStatus::Void => Charge::Declined {
                reason: Decline::NotCharged,
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
