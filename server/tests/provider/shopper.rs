//! What shoppers do on the provider's pages.

use super::{Provider, Visit, books::SessionStatus, locked, pages};

impl Provider {
    /// What was typed on a page is with a bank, which takes its time.
    pub fn leave_processing(&self, page: &str) {
        let session = page.rsplit('/').next().unwrap_or_default();
        let mut books = locked(&self.rig.books);
        let session = books.sessions.get_mut(session);
        session.expect("the page is in the books").status = SessionStatus::Complete;
    }

    /// Whether the shopper who pays on this page closes it instead of coming back.
    pub fn closes_page(&self, page: &str) -> bool {
        let session = page.rsplit('/').next().unwrap_or_default();
        self.rig.settings.mischief.closes_page(session)
    }

    /// A shopper types a card on a page.
    pub async fn pay(&self, page: &str, card: &str) -> Visit {
        pages::send(&self.rig, page, &[("card", card)]).await
    }

    /// A shopper answers the question of the card's bank.
    pub async fn answer(&self, question: &str, word: &str) -> Visit {
        pages::send(&self.rig, question, &[("answer", word)]).await
    }
}
