//! What happens at the provider itself: time goes by, banks ask and decide, and someone uses its dashboard.

use std::{collections::BTreeMap, sync::atomic::Ordering, time::Duration};

use super::{
    Provider,
    books::{DisputeStatus, IntentStatus},
    hooks, locked,
};

impl Provider {
    /// Moves the provider's clock on: pages and authorisations end, keys are forgotten.
    pub fn advance(&self, by: Duration) {
        let seconds = i64::try_from(by.as_secs()).expect("a time that tests wait for");
        self.rig.ahead.fetch_add(seconds, Ordering::SeqCst);
        let now = self.rig.now();
        locked(&self.rig.books).sweep(now);
        hooks::publish(&self.rig);
    }

    /// The owner of the card that a payment was made with wants the money back. The dispute's name.
    pub fn dispute(&self, intent: &str, reason: &str) -> String {
        let now = self.rig.now();
        let id = locked(&self.rig.books).dispute(intent, reason, now);
        hooks::publish(&self.rig);
        id
    }

    /// The bank of the card that a payment was made with asks about it. The dispute's name.
    pub fn inquire(&self, intent: &str, reason: &str) -> String {
        let now = self.rig.now();
        let id = locked(&self.rig.books).inquire(intent, reason, now);
        hooks::publish(&self.rig);
        id
    }

    /// The same as a dispute of a part of a payment.
    pub fn dispute_part(&self, intent: &str, amount: i64) -> String {
        let now = self.rig.now();
        let id = locked(&self.rig.books).dispute_part(intent, amount, now);
        hooks::publish(&self.rig);
        id
    }

    /// A dispute that was lost is looked at once more.
    pub fn appeal(&self, id: &str) {
        let now = self.rig.now();
        locked(&self.rig.books).appeal(id, now);
        hooks::publish(&self.rig);
    }

    /// Someone refunds a payment in the provider's dashboard.
    pub fn refund(&self, intent: &str) {
        let now = self.rig.now();
        let sent = locked(&self.rig.books).refund(intent, None, None, BTreeMap::new(), now);
        sent.expect("it can be refunded");
        hooks::publish(&self.rig);
    }

    /// The same of a part of it.
    pub fn refund_part(&self, intent: &str, amount: i64) {
        let now = self.rig.now();
        let mut books = locked(&self.rig.books);
        let sent = books.refund(intent, Some(amount), None, BTreeMap::new(), now);
        sent.expect("it can be refunded");
        drop(books);
        hooks::publish(&self.rig);
    }

    /// A payment is captured as a shop does that never comes to write it down.
    pub fn capture(&self, intent: &str) {
        let now = self.rig.now();
        let captured = locked(&self.rig.books).capture(intent, None, now);
        captured.expect("it is authorised");
        hooks::publish(&self.rig);
    }

    /// Someone captures a part of a payment in the provider's dashboard. The rest is let go.
    pub fn capture_part(&self, intent: &str, amount: i64) {
        let now = self.rig.now();
        let captured = locked(&self.rig.books).capture(intent, Some(amount), now);
        captured.expect("it is authorised");
        hooks::publish(&self.rig);
    }

    /// A payment is let go at the provider, as when its authorisation has lapsed.
    pub fn cancel(&self, intent: &str) {
        let now = self.rig.now();
        // That it was before is no failure.
        let _ = locked(&self.rig.books).cancel(intent, now);
        hooks::publish(&self.rig);
    }

    /// What a bank has asked about becomes a dispute.
    pub fn escalate(&self, id: &str) {
        let now = self.rig.now();
        locked(&self.rig.books).escalate(id, now);
        hooks::publish(&self.rig);
    }

    pub fn close_dispute(&self, id: &str, status: DisputeStatus) {
        let now = self.rig.now();
        locked(&self.rig.books).close_dispute(id, status, now);
        hooks::publish(&self.rig);
    }

    pub fn settle_refunds(&self) {
        let now = self.rig.now();
        locked(&self.rig.books).settle_refunds(now);
        hooks::publish(&self.rig);
    }

    /// Refunds that are on their way do not arrive.
    pub fn fail_refunds(&self) {
        let now = self.rig.now();
        locked(&self.rig.books).fail_refunds(None, now);
        hooks::publish(&self.rig);
    }

    /// The same of those of this amount alone.
    pub fn fail_refunds_of(&self, amount: i64) {
        let now = self.rig.now();
        locked(&self.rig.books).fail_refunds(Some(amount), now);
        hooks::publish(&self.rig);
    }

    /// A payment is with its bank from now on, or has come back from it.
    pub fn set_status(&self, intent: &str, status: IntentStatus) {
        let mut books = locked(&self.rig.books);
        let intent = books.intents.get_mut(intent);
        intent.expect("it is in the books").status = status;
    }
}
