//! A drop, played before it starts: by this server, with its pools, its Redis and its database machine, in a place of
//! its own, with ghosts of its goods and of its buyers. The shop's own rows are only read, and when it is over, or
//! stopped, nothing of it is left.

mod buyers;
mod client;
mod figures;
mod findings;
mod goods;
mod ground;
mod mails;
mod pools;
mod report;
mod requests;
mod room;
mod stage;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use app::{
    document::{Document, IslandFiles},
    shop::ShopSettings,
};
use leptos::config::LeptosOptions;
use tokio::time::timeout;

pub use figures::{Figures, MailFigures, PoolFigures, RoomFigures, Times};
pub use findings::{Expected, Finding, Weight, findings};
pub use ground::{MARK, NAMESPACE, SCHEMA, SUFFIX};
pub use report::Report;

use crate::{
    clock::Clock,
    coordination::{freshness::Freshness, uncoordinated::Uncoordinated},
    db::{Db, Dialect, time::DatabaseClock},
    drops::rehearsed::{self, Original},
    error::{Error, Result},
    pictures::media::MediaStore,
    store::Store,
};
use ground::Ground;

/// How long connections that are in use are waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// The shop whose drop it is, as a server of it would be set up.
pub struct Installation {
    pub database_url: String,
    pub redis_url: Option<String>,
    pub redis_namespace: String,
    pub nodes: u32,
    /// What counts where no admin has set something else.
    pub settings: ShopSettings,
    pub document: Document,
    pub leptos: LeptosOptions,
    pub islands: Arc<IslandFiles>,
    pub media: MediaStore,
    /// Sender of e-mails.
    pub mail_from: String,
}

/// Whether the buyers go through the drop's waiting room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomPlay {
    /// All come at once, which is more than a room lets in.
    LeftOut,
    /// At its own pace, so that it takes as long as the drop.
    Played,
}

/// What is rehearsed.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Address part of the drop.
    pub slug: String,
    pub buyers: usize,
    /// They come within this time.
    pub within: Duration,
    pub room: RoomPlay,
    pub p99_ms: u64,
    pub mails_per_minute: Option<u64>,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What one before had left is gone.
    ClearedBefore,
    /// Goods and carts are made.
    Preparing,
    /// The server is open, and everybody waits for this many seconds.
    Waiting(u64),
    Begun,
    /// The buyers have had their answers.
    Answered,
    Clearing,
}

/// Told of each step.
pub type Tell<'a> = &'a (dyn Fn(Step) + Send + Sync);

/// Plays the drop and says what would happen. If `stopped` is done first, it ends at once.
pub async fn rehearse(
    shop: &Installation,
    plan: &Plan,
    tell: Tell<'_>,
    stopped: impl Future<Output = ()>,
) -> Result<Report> {
    let live = open(shop).await?;
    let outcome = on_ground(&live, shop, plan, tell, stopped).await;
    live.close().await;
    outcome
}

/// Takes away what a rehearsal has left that was killed; whether there was something.
pub async fn clean(shop: &Installation) -> Result<bool> {
    let live = open(shop).await?;
    let outcome = async {
        let mut ground = Ground::claim(&live, shop).await?;
        let cleared = ground.clear().await;
        ground.leave().await?;
        cleared
    };
    let outcome = outcome.await;
    live.close().await;
    outcome
}

/// The shop's own database, which is only read.
async fn open(shop: &Installation) -> Result<Store> {
    let url = &shop.database_url;
    if Dialect::of(url)? == Dialect::Sqlite && !ground::file(url).is_file() {
        let file = ground::file(url);
        return Err(Error::Setting(format!(
            "there is no shop in {}",
            file.display()
        )));
    }
    let db = Db::connect(url).await?;
    let freshness = Freshness::new(Arc::new(Uncoordinated::cli()));
    let live = Store::new(db, freshness);
    match live.schema_versions().await {
        Ok((found, known)) if found == known => Ok(live),
        Ok((found, known)) => {
            live.close().await;
            Err(Error::Setting(format!(
                "the database has schema version {found}, and this server has {known}: rehearse with the \
                 server that serves the shop"
            )))
        }
        Err(error) => {
            live.close().await;
            Err(error)
        }
    }
}

async fn on_ground(
    live: &Store,
    shop: &Installation,
    plan: &Plan,
    tell: Tell<'_>,
    stopped: impl Future<Output = ()>,
) -> Result<Report> {
    let original = wanted(live, plan).await?;
    let mut ground = Ground::claim(live, shop).await?;
    let played = on_claimed(&mut ground, live, (shop, plan), &original, tell, stopped).await;
    tell(Step::Clearing);
    let cleared = ground.clear().await;
    ground.leave().await?;
    let report = played?;
    cleared?;
    Ok(report)
}

async fn on_claimed(
    ground: &mut Ground<'_>,
    live: &Store,
    (shop, plan): (&Installation, &Plan),
    original: &Original,
    tell: Tell<'_>,
    stopped: impl Future<Output = ()>,
) -> Result<Report> {
    if ground.clear().await? {
        tell(Step::ClearedBefore);
    }
    let namespace = ground.namespace();
    let db = ground.open().await?;
    let stage = stage::Stage {
        live,
        shop,
        plan,
        original,
        namespace: &namespace,
    };
    let played = tokio::select! {
        played = stage.play(&db, tell) => played,
        () = stopped => Err(Error::Setting("the rehearsal was stopped".to_owned())),
    };
    // Before its tables go: nothing that was begun waits for them.
    if timeout(PATIENCE, db.close()).await.is_err() {
        tracing::warn!("connections of the rehearsal are still in use");
    }
    played
}

/// The drop, unless it is not the time to rehearse it.
async fn wanted(live: &Store, plan: &Plan) -> Result<Original> {
    let now = DatabaseClock::of(live).await?.now();
    if let Some(title) = rehearsed::near(live, now).await? {
        return Err(Error::Setting(format!(
            "the drop \"{title}\" is near: from an hour before a start until an hour after it nothing is \
             rehearsed, since that takes database and processors from shoppers"
        )));
    }
    let slug = &plan.slug;
    let original = rehearsed::original(live, slug).await?;
    let original = original
        .ok_or_else(|| Error::Setting(format!("there is no drop at the address /drops/{slug}")))?;
    if !original.is_to_come(now) {
        return Err(Error::Setting(format!(
            "the drop \"{}\" has begun or was called off: only one that is to come is rehearsed",
            original.title()
        )));
    }
    if plan.room == RoomPlay::Played && original.room.is_none() {
        return Err(Error::Setting(format!(
            "the drop \"{}\" has no waiting room: turn it on, or rehearse it without",
            original.title()
        )));
    }
    if original.lines().next().is_none() {
        return Err(Error::Setting(format!(
            "nothing is in the drop \"{}\"",
            original.title()
        )));
    }
    Ok(original)
}

/// Nobody else reaches it.
fn loopback() -> SocketAddr {
    ([127, 0, 0, 1], 0).into()
}
