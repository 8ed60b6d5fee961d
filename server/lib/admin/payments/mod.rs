//! Whether the shop's payments and its providers' agree: the provider's books are compared, not believed.

mod compare;
mod store;

use std::sync::Arc;

use app::error::{ShopError, ShopResult};
use async_trait::async_trait;
use desk::admin::payments::{
    ports::PaymentBooks,
    types::{Compared, Comparison, DifferenceKind, Progress},
};
use tokio::time::timeout;

use crate::{
    clock::Clock,
    error::Result,
    orders::{disputes::look_at_all, refund::failed::look},
    payment::{
        Payments,
        port::{PATIENCE, Provider},
    },
    store::Store,
};
use compare::{Outcome, Span, compare};

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
/// How far back payments are compared.
const SPAN_MS: i64 = 60 * DAY_MS;
/// What changed less long ago may not have arrived on both sides.
const SETTLING_MS: i64 = 30 * MINUTE_MS;
/// When the night's comparison is due, after midnight of UTC.
const NIGHT_MS: i64 = 2 * HOUR_MS;

/// See [`PaymentBooks`].
#[derive(Clone)]
pub struct PaymentBookService {
    db: Store,
    clock: Arc<dyn Clock>,
    payments: Payments,
}

impl PaymentBookService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, payments: Payments) -> Self {
        Self {
            db,
            clock,
            payments,
        }
    }

    /// Compares once a night, on one of the nodes.
    pub async fn run_nightly(&self) -> Result<()> {
        let now = self.clock.now();
        let last_night = now - (now - NIGHT_MS).rem_euclid(DAY_MS);
        self.compare_unless_begun(last_night).await
    }

    /// Compares now, no matter who has begun; a provider that does not answer is an error.
    pub async fn compare_at_once(&self) -> Result<Vec<Comparison>> {
        let mut all = Vec::new();
        for provider in self.payments.with_books() {
            store::claim(&self.db, provider.name(), self.clock.now(), i64::MAX).await?;
            self.compare_with(provider).await?;
            all.push(store::last(&self.db, provider.name()).await?);
        }
        Ok(all)
    }

    /// Compares with each provider that nobody has begun with since `before`.
    async fn compare_unless_begun(&self, before: i64) -> Result<()> {
        for provider in self.payments.with_books() {
            let now = self.clock.now();
            if !store::claim(&self.db, provider.name(), now, before).await? {
                continue;
            }
            if let Err(error) = self.compare_with(provider).await {
                tracing::warn!(%error, provider = provider.name(),
                    "payments could not be compared with the provider's");
                store::note_failure(&self.db, provider.name(), self.clock.now()).await?;
            }
        }
        Ok(())
    }

    async fn compare_with(&self, provider: &dyn Provider) -> Result<()> {
        let now = self.clock.now();
        let span = Span {
            since: now - SPAN_MS,
            settled_before: now - SETTLING_MS,
        };
        let disputes = look_at_all(&self.db, &self.payments, provider, now, span.since);
        if let Err(error) = disputes.await {
            tracing::warn!(%error, provider = provider.name(), "disputes could not be listed");
        }
        let theirs = provider.list(span.listed_since()).await?;
        let ours = store::ours(&self.db, provider.name(), span.tried_since()).await?;
        let mut outcome = compare(&ours, &theirs, span);
        if self.take_in_refunds(&outcome).await {
            let ours = store::ours(&self.db, provider.name(), span.tried_since()).await?;
            outcome = compare(&ours, &theirs, span);
        }
        for found in &outcome.differences {
            tracing::error!(provider = provider.name(), difference = found.kind.as_str(),
                order = found.order_number.as_deref().unwrap_or_default(),
                payment = %found.reference, ours = found.ours_minor, theirs = found.theirs_minor,
                currency = %found.currency, "our payments and the provider's differ");
        }
        store::note(&self.db, provider.name(), self.clock.now(), span, &outcome).await
    }
}

impl PaymentBookService {
    /// What went back at the provider and nobody has told of is taken in. Whether there was any.
    async fn take_in_refunds(&self, outcome: &Outcome) -> bool {
        let unknown = outcome
            .differences
            .iter()
            .filter(|found| found.kind == DifferenceKind::RefundUnknown)
            .filter_map(|found| found.order_id.as_deref());
        let mut was_any = false;
        for order_id in unknown {
            was_any = true;
            let now = self.clock.now();
            if let Err(error) = look(&self.db, &self.payments, now, order_id, None).await {
                tracing::warn!(%error, order = %order_id, "a refund could not be taken in");
            }
        }
        was_any
    }
}

#[async_trait]
impl PaymentBooks for PaymentBookService {
    async fn last(&self) -> ShopResult<Vec<Comparison>> {
        let mut all = Vec::new();
        for provider in self.payments.with_books() {
            all.push(store::last(&self.db, provider.name()).await?);
        }
        Ok(all)
    }

    async fn compare(&self) -> ShopResult<Compared> {
        let (service, before) = (self.clone(), self.clock.now() - MINUTE_MS);
        // Seen through, also if it takes longer than someone waits for it.
        let comparing = tokio::spawn(async move { service.compare_unless_begun(before).await });
        let progress = match timeout(PATIENCE, comparing).await {
            Ok(Ok(compared)) => {
                compared?;
                Progress::Done
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "a comparison of payments failed");
                return Err(ShopError::internal());
            }
            Err(_) => Progress::GoesOn,
        };
        let last = self.last().await?;
        Ok(Compared { last, progress })
    }
}
