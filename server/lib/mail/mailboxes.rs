//! How many mails go to one mailbox that anybody can have sent there, by ordering with its address. What
//! is too much waits.

use std::time::Duration;

use rand::Rng;

use crate::{
    coordination::buckets::{Bucket, Draw, Drawing, Drawn, Shared},
    error::Result,
    facts::{Fact, SecretKey},
    outbox::{CausedBy, Claimed},
    store::Store,
    text::mailbox,
};

/// So many at once, and as many in an hour.
const MAILS: u32 = 10;
const EACH: Duration = Duration::from_secs(60 * 60 / MAILS as u64);
/// Those that wait come back at different times, however many they are.
const SPREAD_MS: std::ops::Range<i64> = 0..60 * 60 * 1000;

pub struct Mailboxes {
    buckets: Shared,
    /// By which they are hashed: whose address it is could be found by trying otherwise.
    key: SecretKey,
}

impl Mailboxes {
    pub fn new(db: &Store) -> Self {
        Self {
            buckets: Shared::new(db.freshness().coordination().clone()),
            key: SecretKey::of(Fact::BrakeKey),
        }
    }

    /// The bucket of a mailbox, if this mail counts there.
    pub async fn bucket(&self, db: &Store, claimed: &Claimed, to: &str) -> Result<Option<Bucket>> {
        match claimed.mail.caused_by() {
            CausedBy::Known => Ok(None),
            CausedBy::Anybody => {
                let name = self.key.hash(db, &mailbox(to)).await?;
                Ok(Some(Bucket {
                    key: format!("mailbox:{name}").into(),
                    name: "mails",
                    holds: MAILS,
                    each: EACH,
                }))
            }
        }
    }

    /// Takes one, or says how long to wait, in milliseconds.
    pub async fn wait(&self, bucket: Option<&Bucket>) -> Option<i64> {
        let bucket = bucket?.clone();
        let how = Drawing::Take;
        match self.buckets.draw(&[Draw { bucket, how }]).await {
            Drawn::All => None,
            Drawn::Empty { wait, .. } => {
                let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
                Some(wait.saturating_add(rand::rng().random_range(SPREAD_MS)))
            }
        }
    }

    /// The mail was not sent.
    pub async fn give_back(&self, bucket: Option<Bucket>) {
        if let Some(bucket) = bucket {
            let how = Drawing::Return;
            self.buckets.draw(&[Draw { bucket, how }]).await;
        }
    }
}
