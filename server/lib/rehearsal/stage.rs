//! The server of a rehearsal, put together as the shop's, and the drop that is played on it.

use std::{future::pending, sync::Arc, time::Duration};

use app::{
    countries::DeliveryCountries,
    shop::{Opening, PaymentMode, ShopSettings},
};
use tokio::{net::TcpListener, time::Instant};
use tokio_util::task::AbortOnDropHandle;

use super::{
    Installation, Plan, RoomPlay, Step, Tell,
    buyers::{Buyer, Rush},
    figures::{Figures, millis},
    findings::{Expected, findings},
    goods::{self, Variants},
    loopback,
    mails::Nowhere,
    pools::PoolWatch,
    report::Report,
};
use crate::{
    cart::filled,
    clock::Clock,
    coordination::{
        connect::{self, connect},
        freshness::Freshness,
    },
    db::{Db, time::DatabaseClock},
    drops::{
        rehearsed::{self, Original, OriginalLine, OriginalRoom},
        room::mover,
    },
    error::Result,
    http::{ConnectionLimits, Network, SITEMAP_ADDRESSES, Site, Timeouts, router, serve},
    mail::send::MailWorker,
    orders::{check::check, sums},
    outbox::sender,
    payment::cash::rules::{self as cash, CashSettings},
    settings::{self, currency, currency::Unknown, opening},
    shop::Services,
    store::Store,
};

/// From when the drop is written until it starts: the buyers open their connections meanwhile.
const LEAD: Duration = Duration::from_secs(3);
/// How much longer that is for each buyer, if they take places in the waiting room meanwhile.
const LEAD_OF_PLACE: Duration = Duration::from_millis(4);
/// What buyers wait in the room besides: several looks.
const ROOM_PATIENCE: Duration = Duration::from_secs(30);
/// The clock that the server uses may be this much behind the database's.
const BEHIND: Duration = Duration::from_millis(20);
/// As on a server: see `serve`.
const SUMMED_EVERY: Duration = Duration::from_secs(10);

pub struct Stage<'a> {
    pub live: &'a Store,
    pub shop: &'a Installation,
    pub plan: &'a Plan,
    pub original: &'a Original,
    /// Of keys in Redis.
    pub namespace: &'a str,
}

/// What a server does besides answering; it ends with this.
struct Server {
    services: Services,
    mails: Nowhere,
    _work: Vec<AbortOnDropHandle<()>>,
}

impl Stage<'_> {
    /// In a database that is empty and the rehearsal's own.
    pub async fn play(&self, db: &Db, tell: Tell<'_>) -> Result<Report> {
        tell(Step::Preparing);
        db.migrate().await?;
        let store = self.connected(db).await?;
        let time = DatabaseClock::of(&store).await?;
        let lines: Vec<OriginalLine<'_>> = self.original.lines().collect();
        let shared = goods::shared_out(&lines, self.plan.buyers);
        let settings = settings::read(self.live, &self.shop.settings).await?;
        opened(&store, &settings.settings).await?;
        let variants = goods::copy(self.live, &store, time.now(), self.original).await?;
        let buyers = buyers(&store, time.now(), &shared, &variants).await?;
        let listener = TcpListener::bind(loopback()).await?;
        let address = listener.local_addr()?;
        let settings = ShopSettings {
            base_url: format!("http://{address}"),
            payment_mode: PaymentMode::Real,
            // Where the ghosts live.
            delivers_to: DeliveryCountries::default(),
            ..settings.settings
        };
        let limits = ConnectionLimits::of_this_process(Network::BehindProxy);
        let server = self
            .serve(store, time.clone(), settings, listener, limits)
            .await?;
        let store = &server.services.db;

        let room = self.room();
        let wanted = goods::wanted(&lines, &shared);
        let lead = self.lead();
        let opens_at = time.now() + i64::try_from(lead.as_millis()).unwrap_or_default();
        let original = (self.original, room);
        let drop_id = rehearsed::write(store, time.now(), original, &variants, opens_at).await?;
        let rush = Rush {
            address,
            slug: self.original.slug().to_owned(),
            buyers,
            within: self.plan.within,
            connections: limits.with_files(),
            room_patience: room.map(|room| patience(room, wanted)),
        };
        let mut gathered = rush.gather().await?;
        tell(Step::Waiting(lead.as_secs()));
        if room.is_some() {
            gathered = gathered.take_places().await;
        }
        let left = u64::try_from(opens_at - time.now()).unwrap_or_default();
        tokio::time::sleep(Duration::from_millis(left) + BEHIND).await;

        tell(Step::Begun);
        let mut figures = Figures {
            buyers: self.plan.buyers,
            units: lines.iter().map(|line| line.units).sum(),
            wanted,
            came_within_ms: millis(self.plan.within),
            connections: gathered.connections(),
            ..Figures::default()
        };
        let (watch, began) = (PoolWatch::begin(db), Instant::now());
        gathered.play(began, &mut figures).await;
        figures.pools = watch.end();
        tell(Step::Answered);
        figures.mails = server.mails.written(figures.placed, began.into_std()).await;
        figures.sold = rehearsed::sold(store, &drop_id).await?;
        sums::add_up(store, time.now()).await?;
        let broken = check(store).await?;
        figures.broken = broken.iter().map(|one| one.rule.to_owned()).collect();
        figures.broken.dedup();
        let expected = Expected {
            p99_ms: self.plan.p99_ms,
            mails_per_minute: self.plan.mails_per_minute,
            per_minute: match self.plan.room {
                RoomPlay::LeftOut => self.original.room.map(|room| room.per_minute),
                RoomPlay::Played => None,
            },
        };
        Ok(Report {
            drop: self.original.title().to_owned(),
            findings: findings(&figures, &expected),
            figures,
        })
    }

    /// The waiting room that is played.
    fn room(&self) -> Option<OriginalRoom> {
        match self.plan.room {
            RoomPlay::LeftOut => None,
            RoomPlay::Played => self.original.room,
        }
    }

    /// How long before the start the drop is there.
    fn lead(&self) -> Duration {
        match self.plan.room {
            RoomPlay::LeftOut => LEAD,
            RoomPlay::Played => {
                let buyers = u32::try_from(self.plan.buyers).unwrap_or(u32::MAX);
                LEAD + LEAD_OF_PLACE.saturating_mul(buyers)
            }
        }
    }

    /// The store of a node, coordinated as the shop's nodes are.
    async fn connected(&self, db: &Db) -> Result<Store> {
        let coordination = connect(connect::Settings {
            redis_url: self.shop.redis_url.as_deref(),
            namespace: self.namespace,
            nodes: self.shop.nodes,
            dialect: db.dialect(),
        });
        Ok(Store::new(db.clone(), Freshness::new(coordination.await?)))
    }

    /// Opens the server on a port that only this machine reaches.
    async fn serve(
        &self,
        store: Store,
        time: DatabaseClock,
        settings: ShopSettings,
        listener: TcpListener,
        limits: ConnectionLimits,
    ) -> Result<Server> {
        let clock: Arc<dyn Clock> = Arc::new(time.clone());
        let media = self.shop.media.clone();
        let services = Services::new(store, clock.clone(), settings, media, Vec::new());
        let mails = Nowhere::default();
        let mail_worker = MailWorker::new(
            services.db.clone(),
            clock,
            services.settings.clone(),
            sender(&self.shop.mail_from)?,
            Box::new(mails.clone()),
        );
        let router = router(Site {
            services: services.clone(),
            document: self.shop.document,
            leptos: self.shop.leptos.clone(),
            islands: self.shop.islands.clone(),
            network: Network::BehindProxy,
            metrics_token: None,
            timeouts: Timeouts::default(),
            sitemap_addresses: SITEMAP_ADDRESSES,
        })
        .await;
        let (watched, timed) = (services.db.clone(), services.db.clone());
        let (summed, summing) = (services.db.clone(), services.clock.clone());
        let (moved, moving) = (services.db.clone(), services.clock.clone());
        let (checkout, queued) = (services.checkout.clone(), services.checkout.clone());
        let work = vec![
            spawn(async move {
                if let Err(error) = serve(listener, router, limits, pending()).await {
                    tracing::error!(%error, "the server of the rehearsal ended");
                }
            }),
            spawn(async move { watched.freshness().watch(&watched).await }),
            spawn(async move { time.follow(&timed).await }),
            spawn(mail_worker.run(move || checkout.is_busy())),
            spawn(async move {
                mover::keep_moving(&moved, &*moving, move || queued.lags()).await;
            }),
            spawn(async move {
                let mut every = tokio::time::interval(SUMMED_EVERY);
                loop {
                    every.tick().await;
                    if let Err(error) = sums::add_up(&summed, summing.now()).await {
                        tracing::warn!(%error, "sums of orders are added up later");
                    }
                }
            }),
        ];
        Ok(Server {
            services,
            mails,
            _work: work,
        })
    }
}

/// How long buyers wait for their turn: twice as long as the room takes at its pace. What is left then is kept for places that
/// nobody has, until their time to order is over: there is no more to be seen.
fn patience(room: OriginalRoom, wanted: i64) -> Duration {
    let seconds = wanted.saturating_mul(2 * 60) / room.per_minute.max(1);
    ROOM_PATIENCE + Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}

fn spawn(work: impl Future<Output = ()> + Send + 'static) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(work))
}

/// Opens the shop of the rehearsal: it has the currency of the other, and orders that are paid on delivery wait for
/// no e-mail, since nobody reads one.
async fn opened(store: &Store, settings: &ShopSettings) -> Result<()> {
    currency::settle(store, Some(&settings.currency), Unknown::Euro).await?;
    let mut tx = store.begin().await?;
    opening::turn(&mut tx, Opening::Preparing, Opening::Open).await?;
    let before = cash::read(&mut *tx).await?;
    let settings = CashSettings {
        confirmation: false,
        most_open: None,
        ..before
    };
    cash::write(&mut tx, &settings).await?;
    tx.commit().await?;
    Ok(())
}

/// With their carts, which are filled already.
async fn buyers(
    store: &Store,
    now: i64,
    shared: &[OriginalLine<'_>],
    variants: &Variants,
) -> Result<Vec<Buyer>> {
    let wanted = shared.iter();
    let wanted = wanted.map(|line| goods::in_cart(line, variants, now));
    let wanted = wanted.collect::<Result<Vec<_>>>()?;
    let carts = filled::fill(store, now, &wanted).await?;
    let buyers = carts.into_iter().zip(&wanted).map(|(cart, line)| Buyer {
        cart,
        total_minor: line.unit_price_minor,
    });
    Ok(buyers.collect())
}
