//! Keeps strangers from being faster than people are: buckets of tokens by network and by cart, which all
//! nodes share while Redis is up, and each node has for itself otherwise.

mod cards;
mod counted;
mod feature;
mod page;
mod payers;
pub use cards::CardStanding;
pub use page::{AtPage, DeclinedCard, PayerStanding};
pub use payers::{awaits_declines, declined_column};

pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/brakes_text.rs"));
}

use std::{sync::Arc, time::Duration};

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
    facts::{Fact, SecretKey},
    ids::{cart_line, hash_secret, order_of_token},
    settings::Settings,
    store::Store,
};
use text::Text;

/// The brakes of one node. Cheap to clone.
#[derive(Clone)]
pub struct BrakeService {
    db: Store,
    settings: Settings,
    buckets: Shared,
    /// By which cards are hashed: see [`cards`].
    card_key: Arc<SecretKey>,
    /// By which networks are.
    network_key: Arc<SecretKey>,
}

impl BrakeService {
    pub fn new(db: &Store, settings: Settings) -> Self {
        // One that was never met is 0, not missing.
        for brake in Brake::ALL {
            met(brake).absolute(0);
        }
        let buckets = Shared::remembering(db.freshness().coordination().clone());
        let db = db.clone();
        Self {
            db,
            settings,
            buckets,
            card_key: Arc::new(SecretKey::of(Fact::BrakedCardKey)),
            network_key: Arc::new(SecretKey::of(Fact::BrakeKey)),
        }
    }

    /// Lets a visitor do what this brake is for, or says when to try again.
    pub async fn pass(&self, brakes: &Brakes, brake: Brake, visitor: &Visitor) -> ShopResult<()> {
        self.pass_as(brakes, brake, &self.who(visitor).await).await
    }

    /// The same for whom it is known already by what they are counted.
    pub async fn pass_as(&self, brakes: &Brakes, brake: Brake, who: &Who) -> ShopResult<()> {
        use Drawing::{Look, Take};
        let wanted: &[(Brake, Drawing)] = match brake {
            // One who was declined too often tries no further card for a while.
            Brake::Orders => &[
                (Brake::Orders, Take),
                (Brake::Steps, Take),
                (Brake::Declines, Look),
            ],
            Brake::Begun | Brake::Changes | Brake::Steps | Brake::Declines | Brake::LookUps => {
                &[(brake, Take)]
            }
        };
        self.pass_with(brakes, wanted, who).await
    }

    /// Lets an order pass that was refused before. Most likely it is again, and then nothing has to be given back: it
    /// counts as one once it is placed, by [`BrakeService::placed_again`].
    pub async fn pass_again(&self, brakes: &Brakes, who: &Who) -> ShopResult<()> {
        use Drawing::{Look, Take};
        let wanted = [
            (Brake::Orders, Look),
            (Brake::Steps, Take),
            (Brake::Declines, Look),
        ];
        self.pass_with(brakes, &wanted, who).await
    }

    /// What [`BrakeService::pass`] would certainly refuse to anybody from this network, told before anything is known
    /// of them. `None` if it is not certain.
    pub async fn certain_refusal(
        &self,
        brakes: &Brakes,
        brake: Brake,
        client: &str,
    ) -> Option<ShopError> {
        let who = Who {
            network: self.network_key.hash(&self.db, client).await.ok(),
            ..Who::default()
        };
        let keys = CountedBy::ALL.map(|by| who.key(by));
        let draws: Vec<Draw> = draws(brakes, brake, &keys, Drawing::Take).collect();
        match self.buckets.certain(&draws)? {
            Drawn::Empty { wait, .. } => {
                met(brake).increment(1);
                Some(too_fast(wait))
            }
            Drawn::All => None,
        }
    }

    /// Whether anything is refused for certain at the moment, which is seldom.
    pub fn refuses_any(&self) -> bool {
        self.buckets.knows_any_empty()
    }

    async fn pass_with(
        &self,
        brakes: &Brakes,
        wanted: &[(Brake, Drawing)],
        who: &Who,
    ) -> ShopResult<()> {
        match self.draw(brakes, wanted, who).await {
            None => Ok(()),
            Some((brake, wait)) => {
                met(brake).increment(1);
                Err(too_fast(wait))
            }
        }
    }

    /// Takes note of what came of an order that passed by [`BrakeService::pass_again`] and was placed after all.
    pub async fn placed_again(&self, brakes: &Brakes, who: &Who) {
        let noted = [(Brake::Orders, Drawing::Count)];
        self.draw(brakes, &noted, who).await;
    }

    /// The same if it was refused once more.
    pub async fn refused_again(&self, brakes: &Brakes, who: &Who, refusal: &ShopError) {
        use Drawing::{Count, Return};
        let noted = match refusal.kind {
            ErrorKind::PaymentDeclined => (Brake::Declines, Count),
            ErrorKind::Busy | ErrorKind::Unavailable | ErrorKind::PaymentAway => {
                (Brake::Steps, Return)
            }
            _ => return,
        };
        self.draw(brakes, &[noted], who).await;
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
        let who = self.who(visitor).await;
        self.refused_as(brakes, brake, &who, refusal).await;
    }

    /// The same for whom it is known already by what they are counted.
    pub async fn refused_as(&self, brakes: &Brakes, brake: Brake, who: &Who, refusal: &ShopError) {
        use Drawing::{Count, Return};
        let noted: &[(Brake, Drawing)] = match (brake, refusal.kind) {
            (Brake::Orders, ErrorKind::PaymentDeclined) => {
                &[(Brake::Orders, Return), (Brake::Declines, Count)]
            }
            (Brake::Orders, ErrorKind::Busy | ErrorKind::Unavailable | ErrorKind::PaymentAway) => {
                &[(Brake::Orders, Return), (Brake::Steps, Return)]
            }
            (Brake::Orders, _) => &[(Brake::Orders, Return)],
            (_, ErrorKind::Busy | ErrorKind::Unavailable) => &[(brake, Return)],
            (_, _) => &[],
        };
        self.draw(brakes, noted, who).await;
    }

    /// By what a visitor is counted.
    pub async fn who(&self, visitor: &Visitor) -> Who {
        let network = match self.network_key.hash(&self.db, &visitor.client).await {
            Ok(network) => Some(network),
            // Nothing is sold then, either.
            Err(error) => {
                tracing::warn!(%error, "a network is not counted");
                None
            }
        };
        Who {
            network,
            // A cart that gets a new token is as fast as it was. Its token is too long to be tried.
            cart: visitor.cart.as_deref().map(cart_line).map(hash_secret),
            card: None,
        }
    }

    /// Which brake is on, and for how long, if one of the buckets lacks a token.
    async fn draw(
        &self,
        brakes: &Brakes,
        wanted: &[(Brake, Drawing)],
        who: &Who,
    ) -> Option<(Brake, Duration)> {
        let (of, draws): (Vec<Brake>, Vec<Draw>) = {
            let keys = CountedBy::ALL.map(|by| who.key(by));
            let drawn = wanted.iter().flat_map(|(brake, how)| {
                let draws = draws(brakes, *brake, &keys, *how);
                draws.map(|draw| (*brake, draw))
            });
            drawn.unzip()
        };
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

    async fn goes_to_pay(&self, visitor: &Visitor, token: &str) {
        let Some(order_id) = order_of_token(token) else {
            return;
        };
        if let Err(error) = payers::note(&self.db, &order_id, &self.who(visitor).await).await {
            tracing::warn!(%error, order = %order_id, "declined payments will not be counted");
        }
    }
}

/// By what someone is counted. Hashed, because it says where they are, and opens their cart: the network by a key of
/// the shop's, because there are so few that each could be tried.
#[derive(Default, Clone)]
pub struct Who {
    network: Option<String>,
    cart: Option<String>,
    card: Option<String>,
}

impl Who {
    /// What all buckets are kept under in which they are counted by this.
    fn key(&self, by: CountedBy) -> Option<Arc<str>> {
        let counted = match by {
            CountedBy::Network => self.network.as_deref()?,
            CountedBy::Cart => self.cart.as_deref()?,
            CountedBy::Card => self.card.as_deref()?,
        };
        Some(format!("{}:{counted}", by.as_str()).into())
    }
}

/// The buckets that a brake has for someone, whose `keys` are in the order of what is counted by.
fn draws<'a>(
    brakes: &'a Brakes,
    brake: Brake,
    keys: &'a [Option<Arc<str>>],
    how: Drawing,
) -> impl Iterator<Item = Draw> + 'a {
    let keyed = CountedBy::ALL.into_iter().zip(keys);
    keyed.filter_map(move |(by, key)| {
        let key = key.clone()?;
        let rate = brakes.rate(brake, by)?;
        let bucket = Bucket {
            key,
            name: brake.as_str(),
            holds: rate.times,
            each: rate.per.duration() / rate.times,
        };
        Some(Draw { bucket, how })
    })
}

/// The same words whatever was too fast: who tries cards learns nothing of them.
fn too_fast(wait: Duration) -> ShopError {
    let seconds = wait.as_millis().div_ceil(1000).max(1);
    let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
    let minutes = seconds.div_ceil(60);
    let words = Text::from(locale()).too_fast(minutes.into());
    ShopError::new(ErrorKind::TooManyRequests, words).after(seconds)
}
