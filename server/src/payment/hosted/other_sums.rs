//! Another sum was taken than the order costs, as when someone has captured a part of it at the provider. It goes back,
//! and is written down until it has. While the order waits it can be paid again.

use super::{Hosted, attempts::Tried, interrupted};
use crate::{
    db::{Sql, from_row},
    error::Result,
    payment::{
        Charge, ProviderError,
        port::{Money, Payment, RefundRequest, RefundState},
    },
};

/// An attempt that took another sum.
struct TakenSum {
    attempt_id: String,
    order_id: String,
    /// What the provider calls the money.
    reference: String,
}

from_row!(TakenSum {
    attempt_id,
    order_id,
    reference,
});

/// What of it is with the payer again.
#[derive(Debug, Default)]
struct Back {
    returned_minor: i64,
    pending_minor: i64,
    /// Why the rest is not.
    fault: String,
}

/// So long what is being sent is nobody else's, in milliseconds: longer than all that a provider is asked for it takes.
const SENDING_MS: i64 = 5 * 60 * 1000;

/// What is written down before something is sent.
struct Before {
    by_hand_minor: i64,
    sending_until: Option<i64>,
}

from_row!(Before {
    by_hand_minor,
    sending_until,
});

/// Whether it is known what became of all that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Earlier {
    Known,
    /// Something may be on its way.
    Unclear,
}

/// Something is being sent back, and by nobody else.
struct Sending {
    /// What of it someone has paid by hand, before that was held up.
    by_hand_minor: i64,
    until: i64,
    earlier: Earlier,
}

impl Sending {
    /// What is known after the provider was asked in vain.
    fn left(&self, error: &ProviderError) -> Earlier {
        match error {
            ProviderError::Interrupted(_) => Earlier::Unclear,
            // Nothing was done by this.
            ProviderError::Declined { .. }
            | ProviderError::RateLimited { .. }
            | ProviderError::Unavailable(_)
            | ProviderError::Misconfigured(_)
            | ProviderError::NotNow { .. }
            | ProviderError::Refused { .. } => self.earlier,
        }
    }
}

impl Hosted {
    /// Sends back what an attempt took, and gives the attempt up. What cannot be sent back now keeps nobody from
    /// paying the order: the owner is told of it.
    pub(super) async fn return_other_sum(
        &self,
        tried: &Tried,
        payment: &Payment,
    ) -> Result<Charge, ProviderError> {
        let captured = &payment.captured;
        // What the order was paid with stays.
        if tried.captured_minor > 0 {
            let (minor, currency) = (captured.minor, &payment.currency);
            return Err(tried.other_amount("taken", minor, currency));
        }
        tracing::error!(order = %tried.number, captured_minor = captured.minor, total_minor = tried.total_minor,
            currency = %payment.currency, "another sum was taken than the order costs, and goes back");
        let reference = payment.payment_id.as_deref().or(tried.reference());
        let taken = TakenSum {
            attempt_id: tried.attempt_id.clone(),
            order_id: tried.order_id.clone(),
            reference: reference.unwrap_or_default().to_owned(),
        };
        self.send_back(&taken, payment).await?;
        self.let_go(tried).await
    }

    /// The same of all attempts of an order that are given up: what could not be sent back before, or has not
    /// arrived. What someone has paid by hand is theirs.
    pub(super) async fn return_all_other_sums(&self, order_id: &str) -> Result<(), ProviderError> {
        for taken in self.other_sums(order_id).await.map_err(interrupted)? {
            let payment = self.provider.look(&taken.reference).await?;
            self.send_back(&taken, &payment).await?;
        }
        Ok(())
    }

    /// Repeated, it sends nothing twice: of a crash between, the provider's refunds tell. While one is at it, nobody else
    /// is, and nobody pays it by hand.
    async fn send_back(&self, taken: &TakenSum, payment: &Payment) -> Result<(), ProviderError> {
        let begun = self.begin_sending(taken, payment).await;
        let Some(sending) = begun.map_err(interrupted)? else {
            return Ok(());
        };
        let sent = self.send_rest(taken, payment, sending.by_hand_minor).await;
        let noted = match &sent {
            Ok(back) => self.note_back(taken, &sending, back).await,
            Err(error) => self.note_unsent(taken, &sending, error).await,
        };
        noted.map_err(interrupted)?;
        sent.map(drop)
    }

    /// Sends what neither the provider has sent back nor someone has paid by hand.
    async fn send_rest(
        &self,
        taken: &TakenSum,
        payment: &Payment,
        by_hand_minor: i64,
    ) -> Result<Back, ProviderError> {
        let (captured, refunded) = (&payment.captured, &payment.refunded);
        let mut back = Back {
            returned_minor: refunded.minor,
            pending_minor: refunded.pending_minor,
            fault: String::new(),
        };
        let left_minor = captured.minor - refunded.minor - refunded.pending_minor - by_hand_minor;
        if left_minor > 0 {
            let request = RefundRequest {
                reference: taken.reference.clone(),
                refund_id: taken.attempt_id.clone(),
                amount: Money {
                    minor: left_minor,
                    currency: payment.currency.clone(),
                },
            };
            match self.provider.refund(&request).await {
                // How much that is, the provider knows: the one of this name may be of before, and of another sum.
                Ok(RefundState::Sent { .. } | RefundState::Pending { .. }) => {
                    let looked = self.provider.look(&taken.reference).await;
                    let refunded = looked.map_err(ProviderError::after_effect)?.refunded;
                    back.returned_minor = refunded.minor;
                    back.pending_minor = refunded.pending_minor;
                }
                Ok(RefundState::Failed { fault, .. }) => back.fault = fault.reason,
                Ok(RefundState::ByHand) => {}
                Err(ProviderError::Refused { message, .. }) => back.fault = message,
                Err(ProviderError::NotNow { words, .. }) => back.fault = words,
                Err(error) => return Err(error),
            }
        }
        Ok(back)
    }

    async fn other_sums(&self, order_id: &str) -> Result<Vec<TakenSum>> {
        let mut sql = Sql::new(
            "SELECT s.attempt_id, s.order_id, \
             COALESCE(p.payment_id, p.external_id, '') AS reference \
             FROM other_sums s JOIN payment_attempts p ON p.id = s.attempt_id \
             WHERE s.captured_minor > s.by_hand_minor AND s.order_id = ",
        );
        sql.text(order_id)
            .push(" AND p.provider = ")
            .text(self.provider.name())
            .push(" ORDER BY p.attempt");
        sql.fetch_all_as(self.db.reader()).await
    }

    /// Writes down what was taken before anything is sent back, and that it is being sent: none if someone else is at it.
    async fn begin_sending(&self, taken: &TakenSum, payment: &Payment) -> Result<Option<Sending>> {
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "INSERT INTO other_sums (attempt_id, order_id, captured_minor, currency, found_at, \
             looked_at) VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (attempt_id) DO NOTHING",
        )
        .bind(&taken.attempt_id)
        .bind(&taken.order_id)
        .bind(payment.captured.minor)
        .bind(&payment.currency)
        .bind(now)
        .execute(&mut *tx)
        .await?;
        let mut sql =
            Sql::new("SELECT by_hand_minor, sending_until FROM other_sums WHERE attempt_id = ");
        sql.text(&taken.attempt_id)
            .push(self.db.dialect().for_update());
        let before: Before = sql.fetch_one_as(&mut *tx).await?;
        if before.sending_until.is_some_and(|until| until > now) {
            tx.rollback().await?;
            return Ok(None);
        }
        let until = now + SENDING_MS;
        sqlx::query("UPDATE other_sums SET sending_until = $1 WHERE attempt_id = $2")
            .bind(until)
            .bind(&taken.attempt_id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(Some(Sending {
            by_hand_minor: before.by_hand_minor,
            until,
            earlier: match before.sending_until {
                Some(_) => Earlier::Unclear,
                None => Earlier::Known,
            },
        }))
    }

    /// The owner is told once more if it cannot be sent back after all. Nothing if another has gone on with it.
    async fn note_back(&self, taken: &TakenSum, sending: &Sending, back: &Back) -> Result<()> {
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "UPDATE other_sums SET returned_minor = $1, pending_minor = $2, looked_at = $3, \
             told_at = CASE WHEN fault = '' AND $4 <> '' THEN NULL ELSE told_at END, fault = $4, \
             sending_until = NULL WHERE attempt_id = $5 AND sending_until = $6",
        )
        .bind(back.returned_minor)
        .bind(back.pending_minor)
        .bind(self.clock.now())
        .bind(&back.fault)
        .bind(&taken.attempt_id)
        .bind(sending.until)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// What may have been sent stays so, and anybody may go on with it at once.
    async fn note_unsent(
        &self,
        taken: &TakenSum,
        sending: &Sending,
        error: &ProviderError,
    ) -> Result<()> {
        let mut sql = Sql::new("UPDATE other_sums SET sending_until = ");
        match sending.left(error) {
            Earlier::Known => sql.push("NULL"),
            Earlier::Unclear => sql.int(self.clock.now()),
        };
        sql.push(" WHERE attempt_id = ").text(&taken.attempt_id);
        sql.push(" AND sending_until = ").int(sending.until);
        self.db.write(sql).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_have_been_sent_stays_unclear_until_the_provider_says() {
        let sending = |earlier| Sending {
            by_hand_minor: 0,
            until: 1,
            earlier,
        };
        let limited = ProviderError::RateLimited { retry_after: None };
        let lost = ProviderError::Interrupted(String::new());
        for (earlier, error, left) in [
            (Earlier::Known, &limited, Earlier::Known),
            (Earlier::Known, &lost, Earlier::Unclear),
            (Earlier::Unclear, &limited, Earlier::Unclear),
            (Earlier::Unclear, &lost, Earlier::Unclear),
        ] {
            assert_eq!(sending(earlier).left(error), left, "{earlier:?} {error}");
        }
    }
}
