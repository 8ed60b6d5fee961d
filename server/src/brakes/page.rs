//! Cards that are declined at a provider's page, where nobody is refused by us: the one who went there with the order tried
//! them.

use app::brakes::Brake;

use super::{BrakeService, Drawing, Who, met, payers};
use crate::error::Result;

/// Whether who pays for an order may try another card at the provider's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayerStanding {
    Free,
    /// They were declined too often lately.
    Braked,
}

/// An attempt to pay an order at a provider's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtPage<'a> {
    pub order_id: &'a str,
    /// 1 for the first.
    pub attempt: i64,
}

/// A try there that was declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeclinedCard<'a> {
    /// What the provider calls the try.
    pub called: &'a str,
    /// What it calls the card, if it tells.
    pub card: Option<&'a str>,
}

impl BrakeService {
    /// Counts what was declined of an attempt: all of it as the provider has it, the oldest first. Each try counts
    /// once, however often it is told of.
    pub async fn declined_at_page(&self, at: AtPage<'_>, declined: &[DeclinedCard<'_>]) {
        if let Err(error) = self.note_declined(at, declined).await {
            tracing::warn!(%error, order = %at.order_id, "declined payments are not counted");
        }
    }

    async fn note_declined(&self, at: AtPage<'_>, declined: &[DeclinedCard<'_>]) -> Result<()> {
        let called: Vec<&str> = declined.iter().map(|declined| declined.called).collect();
        let Some((who, counted)) = payers::uncounted(&self.db, at, &called).await? else {
            return Ok(());
        };
        let settings = self.settings.now_or_last().await;
        for declined in declined.iter().skip(counted) {
            let who = Who {
                card: self.name_of(declined.card).await,
                ..who.clone()
            };
            let noted = [(Brake::Declines, Drawing::Count)];
            self.draw(&settings.brakes, &noted, &who).await;
        }
        Ok(())
    }

    /// Whether who pays for an order may try another card.
    pub async fn standing_of_payer(&self, order_id: &str) -> PayerStanding {
        let who = match payers::of(&self.db, order_id).await {
            Ok(Some(who)) => who,
            Ok(None) => return PayerStanding::Free,
            Err(error) => {
                tracing::warn!(%error, order = %order_id, "who pays is not known");
                return PayerStanding::Free;
            }
        };
        let settings = self.settings.now_or_last().await;
        let looked_at = [(Brake::Declines, Drawing::Look)];
        match self.draw(&settings.brakes, &looked_at, &who).await {
            None => PayerStanding::Free,
            Some((brake, _)) => {
                met(brake).increment(1);
                PayerStanding::Braked
            }
        }
    }
}
