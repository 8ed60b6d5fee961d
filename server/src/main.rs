//! The command line: serve, migrate, seed, import, export, admin, payments.

use std::{
    io::{IsTerminal, Read, Write},
    net::SocketAddr,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use app::{
    admin::jobs::types::{ImportChoices, RepeatedSkus, UntrackedQuantities},
    catalog::limits::MAX_COUNT,
    identity::Role,
    shop::ShopSettings,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use leptos::config::LeptosOptions;
use server::{
    account::{self, second_factor},
    clock::{Clock, SystemClock},
    config::Config,
    coordination::{
        Coordination,
        connect::{self, connect},
        freshness::Freshness,
        uncoordinated::Uncoordinated,
    },
    db::{Db, Purpose},
    error::{Error, Result},
    http::{
        ConnectionLimits, Network, SITEMAP_ADDRESSES, Site, Timeouts, check_site, router, serve,
    },
    mail::send::MailWorker,
    orders::check::check,
    payment::stripe::{Stripe, Weight},
    pictures::media::MediaStore,
    product_files::{
        export::export,
        import::{BadRows, Import, Trail, terminal::Preview},
    },
    seed,
    settings::currency::Unknown,
    shop::Services,
    store::Store,
    telemetry,
};
use tracing_subscriber::EnvFilter;

#[cfg(test)]
mod configuration_page;

/// Rendering and answering allocate a lot on all threads at once, over which glibc's allocator
/// makes them wait for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Holdfast: an online shop whose orders hold when everybody buys at once.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the shop
    Serve(ServeArgs),
    /// Update the database to the current schema, and do nothing else
    Migrate,
    /// Add the demo catalogue, or many made-up products for load tests
    Seed {
        /// Number of products to make up, instead of the demo catalogue
        #[arg(long)]
        products: Option<usize>,
        /// Seed of made-up products: the same seed gives the same products
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Import a Shopify product CSV: shows what would change, and asks first
    Import(ImportArgs),
    /// Export all products as a Shopify product CSV
    Export {
        /// The file to write; standard output if left out
        file: Option<PathBuf>,
    },
    /// Check that stock, orders and payments agree
    #[command(visible_alias = "audit")]
    Check,
    /// Manage admins
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Look after payment providers
    #[command(subcommand)]
    Payments(PaymentsCommand),
}

#[derive(Args)]
struct ImportArgs {
    /// The file to read
    file: PathBuf,
    /// Import without asking
    #[arg(long)]
    yes: bool,
    /// Skip products with bad rows instead of refusing the file
    #[arg(long)]
    skip_bad: bool,
    /// What to do with a variant whose SKU another product or an earlier row already has
    #[arg(long, value_enum, default_value_t = Repeated::LeaveOut)]
    repeated_skus: Repeated,
    /// Units of new variants whose stock the file does not track, or has no quantity for
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..=MAX_COUNT))]
    untracked_units: i64,
    /// Use the file's quantities for new variants whose stock it does not track
    #[arg(long)]
    file_quantities: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Repeated {
    /// Import it without a SKU
    DropSku,
    /// Skip its product, as with a bad row
    LeaveOut,
}

impl ImportArgs {
    fn choices(&self) -> ImportChoices {
        ImportChoices {
            repeated_skus: match self.repeated_skus {
                Repeated::DropSku => RepeatedSkus::DropSku,
                Repeated::LeaveOut => RepeatedSkus::LeaveOut,
            },
            untracked_units: self.untracked_units,
            untracked: match self.file_quantities {
                true => UntrackedQuantities::Use,
                false => UntrackedQuantities::Ignore,
            },
        }
    }
}

#[derive(Args, Default)]
struct ServeArgs {
    /// Fill an empty shop with the demo catalogue first
    #[arg(long)]
    seed_if_empty: bool,
}

impl Default for Command {
    fn default() -> Self {
        Self::Serve(ServeArgs::default())
    }
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Create an admin; asks for the password
    Create {
        /// E-mail address to sign in with
        email: String,
        /// Read the password from standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Remove the second factor of an account whose owner lost both phone and recovery codes
    ResetFactor {
        /// E-mail address of the account
        email: String,
        /// Do it without asking
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Subcommand)]
enum PaymentsCommand {
    /// Ask the payment provider whether all is set up, and say what is wrong
    Check,
}

#[tokio::main]
async fn main() -> std::process::ExitCode {
    let filter = EnvFilter::try_from_env("HOLDFAST_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,fred=error"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        log.compact().init();
    } else {
        log.json().init();
    }
    match run(Cli::parse()).await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("holdfast: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<()> {
    telemetry::install();
    let config = cli.config;
    let command = cli.command.unwrap_or_default();
    if let Command::Serve(_) = &command {
        // Before anything is written: who deploys half a build has changed no database.
        check_site(&site_options()?)?;
    }
    let purpose = match &command {
        Command::Serve(_) => Purpose::Serve,
        _ => Purpose::Command,
    };
    let db = Db::connect_for(purpose, config.database_url()).await?;
    let freshness = Freshness::new(coordination(&config, &db, &command).await?);
    let db = Store::new(db, freshness);
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    db.migrate().await?;
    let outcome = match command {
        Command::Serve(args) => serve_shop(&config, db.clone(), clock, args).await,
        Command::Migrate => Ok(()),
        Command::Seed { products: None, .. } => {
            let currency = config.currency(&db, Unknown::Refused).await?;
            let report = seed::seed_demo(&db, &*clock, &currency).await?;
            println!(
                "{} products made, {} brought up to date",
                report.created, report.updated
            );
            Ok(())
        }
        Command::Seed {
            products: Some(count),
            seed,
        } => {
            config.currency(&db, Unknown::Refused).await?;
            seed::seed_many(&db, &*clock, count, seed, |done| {
                eprintln!("{done} of {count} products")
            })
            .await
        }
        Command::Import(args) => {
            let currency = config.currency(&db, Unknown::Refused).await?;
            import_file(&db, &*clock, &args, &currency).await
        }
        Command::Export { file } => {
            let currency = config.currency(&db, Unknown::Refused).await?;
            let written = match file {
                Some(file) => {
                    let out = std::io::BufWriter::new(std::fs::File::create(file)?);
                    export(&db, out, &currency).await?
                }
                None => export(&db, std::io::stdout().lock(), &currency).await?,
            };
            eprintln!("{written} products written");
            Ok(())
        }
        Command::Check => check_books(&db).await,
        Command::Admin(AdminCommand::Create {
            email,
            password_stdin,
        }) => {
            let password = read_password(password_stdin)?;
            let shop = config.name_of(&db).await?;
            let account =
                account::create(&db, &*clock, &shop, &email, &password, Role::Admin).await?;
            println!("{} may now sign in at /admin/sign-in", account.email);
            Ok(())
        }
        Command::Admin(AdminCommand::ResetFactor { email, yes }) => {
            if !yes && !says_yes(&email)? {
                return Err(Error::Setting("nothing was changed".into()));
            }
            let account = second_factor::reset_by_command(&db, &*clock, &email).await?;
            println!(
                "{} is signed out everywhere and signs in with the password alone",
                account.email
            );
            Ok(())
        }
        Command::Payments(PaymentsCommand::Check) => check_payments(&config, &*clock).await,
    };
    db.close().await;
    outcome
}

/// Who is told of what this process commits.
async fn coordination(
    config: &Config,
    db: &Db,
    command: &Command,
) -> Result<Arc<dyn Coordination>> {
    match (command, config.redis_url()) {
        // No node: what it changes, nodes without Redis find in the database.
        (command, None) if !matches!(command, Command::Serve(_)) => {
            Ok(Arc::new(Uncoordinated::cli()))
        }
        (_, redis_url) => {
            connect(connect::Settings {
                redis_url,
                namespace: &config.redis_namespace,
                nodes: config.nodes,
                dialect: db.dialect(),
            })
            .await
        }
    }
}

/// Shows what the file would change, asks, and imports it.
async fn import_file(
    db: &Store,
    clock: &dyn Clock,
    args: &ImportArgs,
    currency: &str,
) -> Result<()> {
    let open = || std::fs::File::open(&args.file).map(std::io::BufReader::new);
    let name = args.file.file_name().unwrap_or(args.file.as_os_str());
    let name = name.to_string_lossy();
    let choices = args.choices();
    let import = Import {
        db,
        clock,
        currency,
        file: &name,
        bad_rows: match args.skip_bad {
            true => BadRows::Skip,
            false => BadRows::Refuse,
        },
        choices,
        trail: Trail::EachProduct,
    };
    let mut preview = Preview::default();
    let counts = import
        .preview(open()?, |finding| preview.take(finding))
        .await?;
    println!("{}", preview.text(&counts, &choices));
    if counts.bad > 0 && !args.skip_bad {
        return Err(Error::Setting(
            "nothing was changed: correct the rows named above, or leave their products out with --skip-bad".into(),
        ));
    }
    if counts.created + counts.updated == 0 {
        return Ok(());
    }
    if !args.yes && !is_wanted()? {
        println!("Nothing was changed.");
        return Ok(());
    }
    let progress = |done: usize| eprintln!("{done} products done");
    let report = import.write(open()?, progress).await?;
    println!(
        "{} products made, {} updated, {} unchanged, {} bad rows left out",
        report.created,
        report.updated,
        report.unchanged,
        report.bad.len()
    );
    Ok(())
}

/// Asks at the terminal.
fn is_wanted() -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Err(Error::Setting(
            "nothing was changed: there is no terminal to ask at; import with --yes".into(),
        ));
    }
    print!("Import this? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    let answer = answer.trim().to_ascii_lowercase();
    Ok(["y", "yes"].contains(&answer.as_str()))
}

async fn check_books(db: &Store) -> Result<()> {
    let findings = check(db).await?;
    for finding in &findings {
        println!("{}: {} ({})", finding.rule, finding.subject, finding.detail);
    }
    if findings.is_empty() {
        println!("Stock, orders and payments agree.");
        return Ok(());
    }
    Err(Error::Invariant(format!("{} findings", findings.len())))
}

async fn check_payments(config: &Config, clock: &dyn Clock) -> Result<()> {
    let Some(settings) = Config::stripe()? else {
        return Err(Error::Setting(
            "no payment provider is set up: HOLDFAST_STRIPE_SECRET_KEY is not set".into(),
        ));
    };
    let base_url = config.base_url.as_deref().filter(|url| !url.is_empty());
    let base_url = base_url.ok_or_else(|| {
        Error::Setting(
            "HOLDFAST_BASE_URL is not set, so the address of the webhook is not known".into(),
        )
    })?;
    let hook = format!("{}/hooks/stripe", base_url.trim_end_matches('/'));
    let findings = Stripe::new(settings)?.check(&hook, clock.now()).await;
    let mut faults = 0;
    for finding in &findings {
        let mark = match finding.weight {
            Weight::Good => "ok",
            Weight::Note => "note",
            Weight::Fault => {
                faults += 1;
                "FAULT"
            }
        };
        println!("{mark:<6} {}", finding.words);
    }
    match faults {
        0 => Ok(()),
        faults => Err(Error::Setting(format!(
            "payments are not set up right: {faults} of {} findings are faults",
            findings.len()
        ))),
    }
}

fn read_password(from_stdin: bool) -> Result<String> {
    if !from_stdin && std::io::stdin().is_terminal() {
        return Ok(rpassword::prompt_password("Password: ")?);
    }
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

/// Asks whoever sits at the terminal; where nobody does, nobody has said yes.
fn says_yes(email: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Err(Error::Setting(
            "this takes the second factor of the account away: add --yes".into(),
        ));
    }
    eprint!("Take the second factor of {email} away and sign it out everywhere? Type yes: ");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(answer.trim() == "yes")
}

/// A deployed server has Leptos.toml beside it; in development cargo-leptos and xtask set the same
/// settings in the environment.
fn site_options() -> Result<LeptosOptions> {
    let file = std::path::Path::new("Leptos.toml")
        .exists()
        .then_some("Leptos.toml");
    let read = leptos::config::get_configuration(file);
    let read = read.map_err(|error| Error::Setting(format!("Leptos.toml: {error}")))?;
    Ok(read.leptos_options)
}

async fn serve_shop(
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

/// Tells whoever started the shop where it is, and how to become its admin.
async fn announce(
    db: &Store,
    clock: &dyn Clock,
    base_url: &str,
    address: SocketAddr,
) -> Result<()> {
    println!("Holdfast is open at http://{address}");
    if !account::store::has_admin(db).await? {
        let token = account::store::new_setup_token(db, clock.now()).await?;
        println!("No admin yet. Make one within a day at {base_url}/admin/set-up/{token}");
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
    tracing::info!("closing: running requests are finished first");
}
