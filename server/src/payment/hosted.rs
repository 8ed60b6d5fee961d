//! Providers that shoppers pay at: finds what they call an order, and asks them about it.

use std::sync::Arc;

use app::{
    checkout::types::{PaymentChoice, PaymentOffer, PaymentSign},
    error::ShopError,
    locale::locale,
    orders::types::OrderStatus,
};
use async_trait::async_trait;

use super::{
    Charge, Decline, PaymentProvider, ProviderError, Refunded, Settlement, Start, ToPay,
    port::{
        Attempt, AttemptId, Begun, Money, Payment, PaymentState, Provider, RefundRequest,
        RefundState, Unfit,
    },
    text::Text,
};
use crate::{
    clock::Clock,
    db::{FromRow, Get, Sql, from_row},
    error::{Error, Result},
    ids::new_id,
    store::Store,
};

/// A provider with pages of its own.
pub struct Hosted {
    provider: Arc<dyn Provider>,
    db: Store,
    clock: Arc<dyn Clock>,
}

/// The last attempt to pay an order, with what its provider is told of the order.
struct Tried {
    attempt_id: String,
    attempt: i64,
    external_id: Option<String>,
    payment_id: Option<String>,
    url: Option<String>,
    expires_at: Option<i64>,
    began_at: i64,
    order_id: String,
    number: String,
    status: OrderStatus,
    email: String,
    language: String,
    currency: String,
    total_minor: i64,
    placed_at: i64,
}

from_row!(Tried {
    attempt_id,
    attempt,
    external_id,
    payment_id,
    url,
    expires_at,
    began_at,
    order_id,
    number,
    status,
    email,
    language,
    currency,
    total_minor,
    placed_at,
});

impl Tried {
    fn total(&self) -> Money {
        Money {
            minor: self.total_minor,
            currency: self.currency.clone(),
        }
    }

    /// Refuses what was taken or set aside at the provider because the order costs something else.
    fn other_amount(&self, done: &str, minor: i64, currency: &str) -> ProviderError {
        ProviderError::Refused {
            code: "amount".to_owned(),
            message: format!(
                "{minor} {currency} were {done} for order {}, which costs {} {}",
                self.number, self.total_minor, self.currency
            ),
        }
    }

    /// What the provider calls the attempt, once it was begun.
    fn reference(&self) -> Option<&str> {
        self.external_id.as_deref()
    }
}

fn interrupted(error: impl std::fmt::Display) -> ProviderError {
    ProviderError::Interrupted(error.to_string())
}

fn ended() -> ProviderError {
    ProviderError::Refused {
        code: "order_ended".to_owned(),
        message: "the order does not wait for its payment any more".to_owned(),
    }
}

impl Hosted {
    pub fn new(provider: Arc<dyn Provider>, db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            provider,
            db,
            clock,
        }
    }

    /// An attempt to pay an order in this way.
    async fn tried(&self, order_id: &str, which: Which) -> Result<Option<Tried>> {
        let mut sql = Sql::new(
            "SELECT p.id AS attempt_id, p.attempt, p.external_id, p.payment_id, p.url, \
             p.expires_at, p.created_at AS began_at, o.id AS order_id, o.number, o.status, o.email, \
             o.locale AS language, o.currency, o.total_minor, o.created_at AS placed_at \
             FROM payment_attempts p JOIN orders o ON o.id = p.order_id WHERE p.order_id = ",
        );
        sql.text(order_id)
            .push(" AND p.provider = ")
            .text(self.provider.name());
        if which == Which::Charged {
            sql.push(" AND p.captured_minor > 0");
        }
        sql.push(" ORDER BY p.attempt DESC LIMIT 1");
        let row = sql.fetch_optional(self.db.reader()).await?;
        row.as_ref().map(Tried::from_row).transpose()
    }

    async fn last(&self, order_id: &str) -> Result<Tried, ProviderError> {
        let tried = self.tried(order_id, Which::Last).await;
        let tried = tried.map_err(interrupted)?;
        tried.ok_or_else(|| ProviderError::Refused {
            code: "no_attempt".to_owned(),
            message: format!("nobody has tried to pay order {order_id} here"),
        })
    }

    /// Writes down where the shopper pays, unless the order has ended meanwhile. That is decided under
    /// its lock: from then on what ends it finds what to void.
    async fn note_page(
        &self,
        tried: &Tried,
        reference: &str,
        url: Option<&str>,
        until: Option<i64>,
    ) -> Result<Noted> {
        let mut tx = self.db.begin().await?;
        let mut sql = Sql::new("SELECT status FROM orders WHERE id = ");
        sql.text(&tried.order_id)
            .push(self.db.dialect().for_update());
        let row = sql.fetch_one(&mut *tx).await?;
        if row.read::<OrderStatus>("status")? != OrderStatus::PendingPayment {
            tx.rollback().await?;
            return Ok(Noted::OrderEnded);
        }
        let noted = sqlx::query(
            "UPDATE payment_attempts SET external_id = $1, url = $2, expires_at = $3, \
             updated_at = $4 WHERE id = $5 AND status = 'pending'",
        )
        .bind(reference)
        .bind(url)
        .bind(until)
        .bind(self.clock.now())
        .bind(&tried.attempt_id)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        tx.commit().await?;
        Ok(match noted {
            0 => Noted::AttemptEnded,
            _ => Noted::Written,
        })
    }

    /// Begins the next attempt in place of one that was given up. Of several who try, one does.
    async fn next(&self, tried: &Tried) -> Result<()> {
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        let given_up = sqlx::query(
            "UPDATE payment_attempts SET status = 'voided', updated_at = $1 \
             WHERE id = $2 AND status = 'pending' AND COALESCE(external_id, '') = $3",
        )
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
        Ok(())
    }

    /// The page of the last attempt while it is there; after that a new attempt's.
    async fn attempt(&self, order_id: &str) -> Result<Tried, ProviderError> {
        let tried = self.last(order_id).await?;
        let now = self.clock.now();
        let has_page = tried.expires_at.is_none_or(|until| until > now);
        let Some(reference) = tried.reference().filter(|_| !has_page) else {
            return Ok(tried);
        };
        match self.provider.void(reference).await?.state {
            PaymentState::Voided => {
                self.next(&tried).await.map_err(interrupted)?;
                self.last(order_id).await
            }
            PaymentState::Open
            | PaymentState::Processing
            | PaymentState::Authorised
            | PaymentState::Captured => Err(interrupted("the attempt before is being paid")),
        }
    }

    /// Keeps what the provider holds and calls the money; what became of it is noted with the order.
    async fn note_authorised(&self, tried: &Tried, payment: &Payment) -> Result<()> {
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "UPDATE payment_attempts SET authorised_minor = $1, \
             payment_id = COALESCE($2, payment_id) WHERE id = $3 AND status = 'pending'",
        )
        .bind(payment.authorised.minor)
        .bind(payment.payment_id.as_deref())
        .bind(&tried.attempt_id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    fn charged(tried: &Tried, payment: &Payment) -> Result<Charge, ProviderError> {
        let is_all =
            payment.captured.minor == tried.total_minor && payment.currency == tried.currency;
        match (is_all, tried.reference()) {
            (true, Some(reference)) => Ok(Charge::Captured {
                reference: reference.to_owned(),
            }),
            _ => Err(tried.other_amount("taken", payment.captured.minor, &payment.currency)),
        }
    }

    /// Captures what is set aside while the order holds its units.
    async fn take(&self, tried: &Tried, payment: &Payment) -> Result<Charge, ProviderError> {
        let (reference, total) = (tried.reference().unwrap_or_default(), tried.total());
        if tried.status != OrderStatus::PendingPayment {
            let voided = self.provider.void(reference).await?;
            return match voided.state {
                PaymentState::Captured => Self::charged(tried, &voided),
                PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                    Err(interrupted("the payment is not given up yet"))
                }
                PaymentState::Voided => Ok(Charge::Declined {
                    reason: Decline::Abandoned,
                }),
            };
        }
        if payment.authorised.minor != total.minor || payment.currency != total.currency {
            let (minor, currency) = (payment.authorised.minor, &payment.currency);
            return Err(tried.other_amount("set aside", minor, currency));
        }
        let noted = self.note_authorised(tried, payment).await;
        noted.map_err(interrupted)?;
        let captured = self.provider.capture(reference, &total).await?;
        match captured.state {
            PaymentState::Captured => Self::charged(tried, &captured),
            PaymentState::Voided => Ok(Charge::Declined {
                reason: Decline::Abandoned,
            }),
            PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                Ok(Charge::Awaited)
            }
        }
    }
}

/// Whether it is written down where the shopper pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noted {
    Written,
    /// Another attempt has taken its place.
    AttemptEnded,
    OrderEnded,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Last,
    Charged,
}

#[async_trait]
impl PaymentProvider for Hosted {
    fn method(&self) -> &'static str {
        self.provider.name()
    }

    fn settlement(&self) -> Settlement {
        Settlement::Online
    }

    fn offer(&self, currency: &str) -> Option<PaymentOffer> {
        let choice = self.provider.choice(currency)?;
        Some(PaymentOffer {
            method: self.method().to_owned(),
            title: choice.title,
            text: choice.text,
            unavailable: None,
            sign: PaymentSign::Card,
            field: None,
        })
    }

    fn fits(&self, total: &Money, country: &str) -> Result<(), Unfit> {
        match self.provider.choice(&total.currency) {
            // What costs nothing needs no provider.
            Some(_) if total.minor == 0 => Ok(()),
            Some(choice) => choice.fits(total, country),
            None => Err(Unfit::Country),
        }
    }

    fn provider(&self) -> Option<&dyn Provider> {
        Some(&*self.provider)
    }

    fn choose(&self, _: &str, _: Option<&PaymentChoice>) -> Result<PaymentChoice, ShopError> {
        Ok(PaymentChoice {
            method: self.method().to_owned(),
            token: String::new(),
            label: Text::from(locale()).card().to_owned(),
        })
    }

    async fn begin(&self, order: ToPay<'_>) -> Result<Start, ProviderError> {
        let tried = self.attempt(order.order_id).await?;
        if tried.reference().is_some() {
            return Ok(match tried.url {
                Some(url) => Start::Page { url },
                None => Start::Charge,
            });
        }
        let attempt = Attempt {
            id: AttemptId {
                order_id: tried.order_id.clone(),
                attempt: u32::try_from(tried.attempt).map_err(interrupted)?,
            },
            order_number: tried.number.clone(),
            total: tried.total(),
            email: tried.email.clone(),
            return_url: order.return_url.to_owned(),
            cancel_url: order.cancel_url.to_owned(),
            began_at: tried.began_at,
            until: tried.placed_at + order.hold_ms,
            locale: Some(tried.language.clone()),
        };
        let begun = match self.provider.begin(&attempt).await {
            Ok(begun) => begun,
            Err(error) => {
                // Providers keep a failure under the attempt's name, so the next try has another. The
                // page that there may be was shown to nobody.
                if let ProviderError::Interrupted(_) = error {
                    self.next(&tried).await.map_err(interrupted)?;
                }
                return Err(error);
            }
        };
        let (reference, start, until) = match begun {
            Begun::Settled(payment) => (payment.reference, Start::Charge, None),
            Begun::Awaited { reference } => (reference, Start::Awaited, None),
            Begun::Redirect {
                reference,
                url,
                until,
            } => (reference, Start::Page { url }, Some(until)),
        };
        let url = match &start {
            Start::Page { url } => Some(url.as_str()),
            Start::Charge | Start::Awaited => None,
        };
        let noted = self.note_page(&tried, &reference, url, until).await;
        let error = match noted.map_err(interrupted)? {
            Noted::Written => return Ok(start),
            Noted::AttemptEnded => interrupted("another attempt has begun"),
            Noted::OrderEnded => ended(),
        };
        self.provider.void(&reference).await?;
        Err(error)
    }

    async fn charge(&self, order_id: &str, _: i64, _: &str) -> Result<Charge, ProviderError> {
        let tried = self.last(order_id).await?;
        let Some(reference) = tried.reference() else {
            return Ok(Charge::Awaited);
        };
        let payment = self.provider.look(reference).await?;
        match payment.state {
            PaymentState::Open | PaymentState::Processing => Ok(Charge::Awaited),
            PaymentState::Voided => Ok(Charge::Declined {
                reason: Decline::Abandoned,
            }),
            PaymentState::Captured => Self::charged(&tried, &payment),
            PaymentState::Authorised => self.take(&tried, &payment).await,
        }
    }

    async fn abandon(&self, order_id: &str) -> Result<Option<Charge>, ProviderError> {
        let tried = self.last(order_id).await?;
        // A page that is not written down was shown to nobody.
        let Some(reference) = tried.reference() else {
            return Ok(None);
        };
        let payment = self.provider.void(reference).await?;
        match payment.state {
            PaymentState::Voided => Ok(None),
            PaymentState::Captured => Self::charged(&tried, &payment).map(Some),
            PaymentState::Open | PaymentState::Processing | PaymentState::Authorised => {
                Err(interrupted("the payment is not given up yet"))
            }
        }
    }

    async fn capture(&self, order_id: &str, amount_minor: i64) -> Result<Charge, ProviderError> {
        self.charge(order_id, amount_minor, "").await
    }

    async fn refund(
        &self,
        order_id: &str,
        refund_id: &str,
        amount_minor: i64,
    ) -> Result<Refunded, ProviderError> {
        let tried = self.tried(order_id, Which::Charged).await;
        let tried = tried.map_err(interrupted)?.ok_or_else(|| {
            interrupted(Error::Invariant(format!(
                "order {order_id} has no payment that could be refunded"
            )))
        })?;
        let reference = tried.payment_id.as_deref().or(tried.reference());
        let request = RefundRequest {
            reference: reference.unwrap_or_default().to_owned(),
            refund_id: refund_id.to_owned(),
            amount: Money {
                minor: amount_minor,
                currency: tried.currency.clone(),
            },
        };
        Ok(match self.provider.refund(&request).await? {
            RefundState::Pending { .. } | RefundState::Sent { .. } => Refunded::Sent,
            RefundState::Failed {
                provider_id,
                reason,
            } => {
                tracing::error!(refund = %provider_id, %reason, order = %tried.number,
                    "the provider could not send a refund: somebody has to");
                Refunded::ByHand
            }
            RefundState::ByHand => Refunded::ByHand,
        })
    }
}
