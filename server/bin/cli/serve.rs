//! `serve`: the shop on its address, with its mails and its maintenance, until it is stopped.

use std::{io::Write, net::SocketAddr, sync::Arc, time::Duration};

use app::shop::{PaymentMode, ShopSettings};
use clap::{Args, ValueEnum};
use leptos::config::LeptosOptions;
use server::{
    account,
    admin::{drops::pulse, opening, products::waiting},
    clock::Clock,
    config::Config,
    db::time::DatabaseClock,
    drops::room,
    error::{Error, Result},
    http::{
        ConnectionLimits, Network, SITEMAP_ADDRESSES, Site, Timeouts, check_site, router, serve,
    },
    mail::send::MailWorker,
    menus,
    orders::{search::fill, sums},
    payment::{
        port::Provider,
        stripe::{Mode, Stripe, StripeSettings},
        test_card_was_used,
    },
    picture_facts,
    pictures::media::MediaStore,
    seed,
    settings::currency::Unknown,
    shop::Services,
    store::Store,
};
use storefront::shell::shell;

/// How often sums of orders are added up, and orders indexed: seldom enough for many changes to become few rows. What
/// is not there yet is read one by one.
const SUMMED_EVERY: Duration = Duration::from_secs(10);

#[derive(Args, Default)]
pub struct ServeArgs {
    /// Fill an empty shop with the demo catalogue first
    #[arg(long)]
    seed_if_empty: bool,

    /// Let test cards buy, and say on every page that this is a demonstration
    ///
    /// A shop that is reached over https needs --demo-payments=public.
    #[arg(
        long,
        env = "HOLDFAST_DEMO_PAYMENTS",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "local"
    )]
    demo_payments: Option<DemoPayments>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DemoPayments {
    /// On this machine, or in a test
    Local,
    /// Where anybody can buy
    Public,
}

/// Whether what is paid is money. A real shop is not opened with test cards by mistake.
fn payment_mode(
    base_url: &str,
    demo: Option<DemoPayments>,
    stripe: Option<&StripeSettings>,
) -> Result<PaymentMode> {
    match (demo, stripe.map(StripeSettings::mode)) {
        (Some(DemoPayments::Local), _) if base_url.starts_with("https://") => {
            Err(Error::Setting(format!(
                "--demo-payments lets test cards buy, and {base_url} may be a real shop: leave it out, \
                 or set --demo-payments=public if this is a public demonstration"
            )))
        }
        (Some(_), Some(Mode::Live)) => Err(Error::Setting(
            "--demo-payments lets test cards buy, and HOLDFAST_STRIPE_SECRET_KEY is a live key: \
             leave one of them out"
                .into(),
        )),
        (Some(_), _) => Ok(PaymentMode::Demo),
        (None, Some(Mode::Test)) => Ok(PaymentMode::Test),
        (None, Some(Mode::Live) | None) => Ok(PaymentMode::Real),
    }
}

/// The same for a server that is about to start.
pub fn payment_mode_of(config: &Config, args: &ServeArgs) -> Result<PaymentMode> {
    let settings = config.shop_settings(site_options()?.site_addr)?;
    let stripe = Config::stripe()?;
    payment_mode(&settings.base_url, args.demo_payments, stripe.as_ref())
}

/// A shop that took test cards before is told why it does not any more.
async fn tell_of_test_cards(db: &Store, mode: PaymentMode) -> Result<()> {
    if mode == PaymentMode::Demo || !test_card_was_used(db).await? {
        return Ok(());
    }
    println!(
        "This shop has orders that were paid with test cards. Test cards do not buy any more: set \
         HOLDFAST_STRIPE_SECRET_KEY to take cards (docs/payments.md), or --demo-payments for a \
         demonstration. Orders that are there are settled and refunded as before."
    );
    Ok(())
}

/// A deployed server has Leptos.toml beside it; in development cargo-leptos and xtask set the same
/// settings in the environment.
pub fn site_options() -> Result<LeptosOptions> {
    let file = std::path::Path::new("Leptos.toml")
        .exists()
        .then_some("Leptos.toml");
    let read = leptos::config::get_configuration(file);
    let read = read.map_err(|error| Error::Setting(format!("Leptos.toml: {error}")))?;
    Ok(read.leptos_options)
}

/// Where pictures are.
pub fn media(config: &Config) -> Result<MediaStore> {
    match config.s3()? {
        Some(settings) => MediaStore::s3(&settings),
        None => MediaStore::local(&config.data_dir),
    }
}

pub async fn serve_shop(
    config: &Config,
    db: Store,
    time: DatabaseClock,
    args: ServeArgs,
) -> Result<()> {
    let clock: Arc<dyn Clock> = Arc::new(time.clone());
    let leptos = site_options()?;
    // As it is once the database is migrated, which may have taken minutes.
    let islands = check_site(&leptos)?;
    let settings = config.shop_settings(leptos.site_addr)?;
    let stripe = Config::stripe()?;
    let payment_mode = payment_mode(&settings.base_url, args.demo_payments, stripe.as_ref())?;
    let settings = ShopSettings {
        currency: config.currency(&db, Unknown::Euro).await?,
        payment_mode,
        ..settings
    };
    tell_of_test_cards(&db, payment_mode).await?;
    if args.seed_if_empty && seed::is_empty(&db).await? {
        seed::seed_demo(&db, &*clock, &settings.currency).await?;
        let language = settings.languages.default_language().locale;
        menus::demo::seed(&db, &*clock, language).await?;
        opening::demo::begin(&db, &*clock).await?;
    }
    let mut providers: Vec<Arc<dyn Provider>> = Vec::new();
    if let Some(stripe) = stripe {
        providers.push(Arc::new(Stripe::new(stripe)?));
    }
    let media = media(config)?;
    let services = Services::new(db.clone(), clock.clone(), settings, media, providers);
    let (from, carrier) = config.mail()?;
    let mail_worker = MailWorker::new(
        db.clone(),
        clock.clone(),
        services.settings.clone(),
        from,
        carrier,
    );
    let network = if config.behind_proxy {
        Network::BehindProxy
    } else {
        Network::Direct
    };
    let limits = ConnectionLimits::of_this_process(network);
    let services = services.with_connections(limits.without_files());
    let address = leptos.site_addr;
    let router = router(Site {
        services: services.clone(),
        document: shell,
        leptos,
        islands: Arc::new(islands),
        network,
        metrics_token: config.metrics_token(),
        timeouts: Timeouts::default(),
        sitemap_addresses: SITEMAP_ADDRESSES,
    })
    .await;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .map_err(|error| Error::Setting(format!("cannot listen on {address}: {error}")))?;

    announce(
        &db,
        &*clock,
        services.settings.base_url(),
        listener.local_addr()?,
    )
    .await?;
    for method in services.checkout.missing_providers().await? {
        println!(
            "Orders need the payment provider {method}, which is not set up: until it is, they are \
             neither settled nor refunded."
        );
    }
    let checkout = services.checkout.clone();
    let watched = db.clone();
    let watching = tokio::spawn(async move { watched.freshness().watch(&watched).await });
    let timed = db.clone();
    let timing = tokio::spawn(async move { time.follow(&timed).await });
    let mailing = tokio::spawn(mail_worker.run(move || checkout.is_busy()));
    // Apart from the rest, which must not wait for a thousand files.
    let (pictured, media) = (services.db.clone(), services.media.clone());
    let waiting_clock = services.clock.clone();
    let looking = tokio::spawn(async move {
        let mut every = tokio::time::interval(Duration::from_secs(60));
        loop {
            every.tick().await;
            if let Err(error) = picture_facts::catch_up(&pictured, &media).await {
                tracing::warn!(%error, "pictures are looked at later");
            }
            let now = waiting_clock.now();
            if let Err(error) = waiting::drop_expired(&pictured, &media, now).await {
                tracing::warn!(%error, "pictures of forms are taken away later");
            }
        }
    });
    // Apart as well: however long something else takes, what waits to be added up stays little.
    let (summed, summing_clock) = (services.db.clone(), services.clock.clone());
    let summing = tokio::spawn(async move {
        let mut every = tokio::time::interval(SUMMED_EVERY);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            every.tick().await;
            if let Err(error) = sums::add_up(&summed, summing_clock.now()).await {
                tracing::warn!(%error, "sums of orders are added up later");
            }
            if let Err(error) = fill::fill(&summed, summing_clock.now()).await {
                tracing::warn!(%error, "orders are indexed for the search later");
            }
        }
    });
    // Apart as well, and every second.
    let (moved, moving_clock) = (services.db.clone(), services.clock.clone());
    let queued = services.checkout.clone();
    let moving = tokio::spawn(async move {
        room::mover::keep_moving(&moved, &*moving_clock, move || queued.lags()).await;
    });
    let (told, telling_clock) = (services.db.clone(), services.clock.clone());
    let telling = tokio::spawn(async move { pulse::keep_telling(&told, &*telling_clock).await });
    let maintaining = tokio::spawn(async move {
        let mut every = tokio::time::interval(Duration::from_secs(60));
        loop {
            every.tick().await;
            services.run_maintenance().await;
        }
    });
    let stopped = async {
        until_stopped().await;
        tracing::info!("shutting down: finishing running requests first");
    };
    serve(listener, router, limits, stopped).await?;
    maintaining.abort();
    moving.abort();
    telling.abort();
    summing.abort();
    looking.abort();
    mailing.abort();
    watching.abort();
    timing.abort();
    Ok(())
}

/// Prints where the shop is, and how to become its admin.
async fn announce(
    db: &Store,
    clock: &dyn Clock,
    base_url: &str,
    address: SocketAddr,
) -> Result<()> {
    println!("Holdfast is open at http://{address}");
    if !account::store::has_admin(db).await? {
        let token = account::store::new_setup_token(db, clock.now()).await?;
        println!("No admin yet. Create one within a day at {base_url}/admin/set-up/{token}");
    }
    std::io::stdout().flush()?;
    Ok(())
}

/// Until someone wants this process to end.
pub async fn until_stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => {
                let _ = interrupt.await;
            }
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    fn stripe(key: &str) -> StripeSettings {
        let (key, secret) = (SecretString::from(key), SecretString::from("whsec_1"));
        StripeSettings::new(&key, &secret).unwrap()
    }

    #[test]
    fn test_cards_buy_in_a_demonstration_alone() {
        let (test, live) = (stripe("sk_test_1"), stripe("sk_live_1"));
        let mode = |url, demo, stripe| payment_mode(url, demo, stripe).ok();
        let (http, https) = ("http://localhost:3000", "https://shop.example");
        let (local, public) = (Some(DemoPayments::Local), Some(DemoPayments::Public));
        for (url, demo, stripe, expected) in [
            (http, None, None, Some(PaymentMode::Real)),
            (https, None, None, Some(PaymentMode::Real)),
            (http, local, None, Some(PaymentMode::Demo)),
            (http, public, Some(&test), Some(PaymentMode::Demo)),
            (https, local, None, None),
            (https, public, None, Some(PaymentMode::Demo)),
            (http, local, Some(&live), None),
            (https, public, Some(&live), None),
            (https, None, Some(&live), Some(PaymentMode::Real)),
            (https, None, Some(&test), Some(PaymentMode::Test)),
        ] {
            assert_eq!(mode(url, demo, stripe), expected, "{url} {demo:?}");
        }
    }
}
