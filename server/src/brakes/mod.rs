//! Keeps strangers from being faster than people are: buckets of tokens by network and by cart, which all
//! nodes share while Redis is up, and each node has for itself otherwise.

pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/brakes_text.rs"));
}

use std::time::Duration;

use app::{
    brakes::{Brake, Brakes, CountedBy},
    braking::Braking,
    error::{ErrorKind, ShopError, ShopResult},
    locale::locale,
    visitor::Visitor,
};
use async_trait::async_trait;

use crate::{
    coordination::buckets::{Bucket, Draw, Drawing, Drawn, Shared},
    ids::hash_secret,
    settings::Settings,
    store::Store,
};
use text::Text;

/// The brakes of one node. Cheap to clone.
#[derive(Clone)]
pub struct BrakeService {
    settings: Settings,
    buckets: Shared,
}

impl BrakeService {
    pub fn new(db: &Store, settings: Settings) -> Self {
        // One that was never met is 0, not missing.
        for brake in Brake::ALL {
            met(brake).absolute(0);
        }
        let buckets = Shared::new(db.freshness().coordination().clone());
        Self { settings, buckets }
    }

    /// Lets a visitor do what this brake is for, or says when to try again.
    pub async fn pass(&self, brakes: &Brakes, brake: Brake, visitor: &Visitor) -> ShopResult<()> {
        use Drawing::{Look, Take};
        let wanted: &[(Brake, Drawing)] = match brake {
            // Whoever was declined too often tries no further card for a while.
            Brake::Orders => &[
                (Brake::Orders, Take),
                (Brake::Steps, Take),
                (Brake::Declines, Look),
            ],
            Brake::Begun | Brake::Changes | Brake::Steps | Brake::Declines | Brake::LookUps => {
                &[(brake, Take)]
            }
        };
        match self.draw(brakes, wanted, visitor).await {
            None => Ok(()),
            Some((brake, wait)) => {
                met(brake).increment(1);
                Err(too_fast(wait))
            }
        }
    }

    /// Takes note that what was let pass was refused: an order that was not placed is none, a payment
    /// that was declined counts, and what the shop had no room for counts for nothing.
    pub async fn refused(
        &self,
        brakes: &Brakes,
        brake: Brake,
        visitor: &Visitor,
        refusal: &ShopError,
    ) {
        use Drawing::{Count, Return};
        let noted: &[(Brake, Drawing)] = match (brake, refusal.kind) {
            (Brake::Orders, ErrorKind::PaymentDeclined) => {
                &[(Brake::Orders, Return), (Brake::Declines, Count)]
            }
            (Brake::Orders, ErrorKind::Busy | ErrorKind::Unavailable) => {
                &[(Brake::Orders, Return), (Brake::Steps, Return)]
            }
            (Brake::Orders, _) => &[(Brake::Orders, Return)],
            (_, ErrorKind::Busy | ErrorKind::Unavailable) => &[(brake, Return)],
            (_, _) => &[],
        };
        self.draw(brakes, noted, visitor).await;
    }

    /// Which brake is on, and for how long, if one of the buckets lacks a token.
    async fn draw(
        &self,
        brakes: &Brakes,
        wanted: &[(Brake, Drawing)],
        visitor: &Visitor,
    ) -> Option<(Brake, Duration)> {
        let (of, draws): (Vec<Brake>, Vec<Draw>) = wanted
            .iter()
            .flat_map(|(brake, how)| {
                let draws = draws(brakes, *brake, visitor, *how);
                draws.into_iter().map(|draw| (*brake, draw))
            })
            .unzip();
        match self.buckets.draw(&draws).await {
            Drawn::All => None,
            Drawn::Empty { at, wait } => of.get(at).map(|brake| (*brake, wait)),
        }
    }
}

fn met(brake: Brake) -> metrics::Counter {
    metrics::counter!("holdfast_brakes_total", "brake" => brake.as_str())
}

#[async_trait]
impl Braking for BrakeService {
    async fn may_begin(&self, visitor: &Visitor) -> ShopResult<()> {
        let settings = self.settings.now_or_last().await;
        self.pass(&settings.brakes, Brake::Begun, visitor).await
    }
}

/// The buckets that a brake has for a visitor.
fn draws(brakes: &Brakes, brake: Brake, visitor: &Visitor, how: Drawing) -> Vec<Draw> {
    let of = |by: CountedBy| {
        let who = match by {
            CountedBy::Network => visitor.client.as_str(),
            CountedBy::Cart => visitor.cart.as_deref()?,
        };
        let rate = brakes.rate(brake, by)?;
        // Hashed: it says where somebody is, or opens their cart.
        let key = format!("{}:{}:{}", brake.as_str(), by.as_str(), hash_secret(who));
        let bucket = Bucket {
            key,
            holds: rate.times,
            each: rate.per.duration() / rate.times,
        };
        Some(Draw { bucket, how })
    };
    CountedBy::ALL.into_iter().filter_map(of).collect()
}

/// The same words whatever was too fast: who tries cards learns nothing of them.
fn too_fast(wait: Duration) -> ShopError {
    let seconds = wait.as_millis().div_ceil(1000).max(1);
    let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
    let minutes = seconds.div_ceil(60);
    let words = Text::from(locale()).too_fast(minutes.into());
    ShopError::new(ErrorKind::TooManyRequests, words).after(seconds)
}
