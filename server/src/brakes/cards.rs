//! Cards that were declined, by any shopper from anywhere.
//!
//! A card is known once it is tried, so it is no visitor who is told to wait: the card pays nothing for a while, and
//! the page says that it was declined.

use app::brakes::Brake;

use super::{BrakeService, Drawing, Who, met};

/// Whether a card may pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardStanding {
    Free,
    /// It was declined too often lately.
    Braked,
}

impl BrakeService {
    /// Counts a card that was declined, by its provider's name of it.
    pub async fn card_declined(&self, card: &str) {
        let who = self.of_card(card).await;
        let settings = self.settings.now_or_last().await;
        let counted = [(Brake::Declines, Drawing::Count)];
        self.draw(&settings.brakes, &counted, &who).await;
    }

    pub async fn standing_of_card(&self, card: &str) -> CardStanding {
        let who = self.of_card(card).await;
        let settings = self.settings.now_or_last().await;
        let looked_at = [(Brake::Declines, Drawing::Look)];
        match self.draw(&settings.brakes, &looked_at, &who).await {
            None => CardStanding::Free,
            Some((brake, _)) => {
                met(brake).increment(1);
                CardStanding::Braked
            }
        }
    }

    async fn of_card(&self, card: &str) -> Who {
        Who {
            card: self.name_of(Some(card)).await,
            ..Who::default()
        }
    }

    /// The keyed hash of a card; none while there is no key.
    pub(super) async fn name_of(&self, card: Option<&str>) -> Option<String> {
        match self.card_key.hash(&self.db, card?).await {
            Ok(name) => Some(name),
            Err(error) => {
                tracing::warn!(%error, "a declined card is not counted");
                None
            }
        }
    }
}
