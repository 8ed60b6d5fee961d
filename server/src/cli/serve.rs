//! `serve`: the shop on its address, with its mails and its maintenance, until it is stopped.

use std::{io::Write, net::SocketAddr, sync::Arc, time::Duration};

use app::shop::ShopSettings;
use clap::Args;
use leptos::config::LeptosOptions;
use server::{
    account,
    clock::Clock,
    config::Config,
    error::{Error, Result},
    http::{ConnectionLimits, Network, SITEMAP_ADDRESSES, Site, Timeouts, router, serve},
    mail::send::MailWorker,
    menus,
    pictures::media::MediaStore,
    seed,
    settings::currency::Unknown,
    shop::Services,
    store::Store,
};

#[derive(Args, Default)]
pub struct ServeArgs {
    /// Fill an empty shop with the demo catalogue first
    #[arg(long)]
    seed_if_empty: bool,
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

pub async fn serve_shop(
    config: &Config,
    db: Store,
    clock: Arc<dyn Clock>,
    args: ServeArgs,
) -> Result<()> {
    let leptos = site_options()?;
    let settings = config.shop_settings(leptos.site_addr)?;
    let settings = ShopSettings {
        currency: config.currency(&db, Unknown::Euro).await?,
        ..settings
    };
    if args.seed_if_empty && seed::is_empty(&db).await? {
        seed::seed_demo(&db, &*clock, &settings.currency).await?;
        let language = settings.languages.default_language().locale;
        menus::demo::seed(&db, &*clock, language).await?;
    }
    let media = match config.s3()? {
        Some(settings) => MediaStore::s3(&settings)?,
        None => MediaStore::local(&config.data_dir)?,
    };
    let services = Services::new(db.clone(), clock.clone(), settings, media);
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
    let address = leptos.site_addr;
    let router = router(Site {
        services: services.clone(),
        leptos,
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
    let checkout = services.checkout.clone();
    let watched = db.clone();
    let watching = tokio::spawn(async move { watched.freshness().watch(&watched).await });
    let mailing = tokio::spawn(mail_worker.run(move || checkout.is_busy()));
    let tidying = tokio::spawn(async move {
        let mut every = tokio::time::interval(Duration::from_secs(60));
        loop {
            every.tick().await;
            services.run_maintenance().await;
        }
    });
    serve(listener, router, limits, until_stopped()).await?;
    tidying.abort();
    mailing.abort();
    watching.abort();
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

async fn until_stopped() {
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
    tracing::info!("shutting down: finishing running requests first");
}
