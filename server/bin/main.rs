//! The command line: serve, migrate, seed, import, export, check, rehearse, admin, payments.

use std::{io::IsTerminal, path::PathBuf, sync::Arc};

use app::{
    identity::Role,
    locale::{Languages, mark_texts},
    money::plain_amount,
};
use clap::{Parser, Subcommand};
use cli::{
    import::{ImportArgs, import_file},
    payments::{check_payments, compare_payments},
    rehearse::{RehearseArgs, rehearse_drop},
    serve::{ServeArgs, payment_mode_of, serve_shop, site_options},
    terminal::{ask_password, is_factor_reset_wanted, read_password},
};
use server::{
    account::{self, second_factor},
    admin::opening,
    ahead,
    clock::Clock,
    config::Config,
    coordination::{
        Coordination,
        connect::{self, connect},
        freshness::Freshness,
        uncoordinated::Uncoordinated,
    },
    db::{Db, Purpose, time::DatabaseClock},
    error::{Error, Result},
    http::check_site,
    menus,
    orders::{
        check::{MOST_OF_A_RULE, check, takings},
        sums,
    },
    product_files::export::export,
    seed,
    settings::currency::Unknown,
    store::Store,
    telemetry,
};
use tracing_subscriber::EnvFilter;

mod cli;
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
    Check {
        /// Compare the payments of the last 60 days with the payment provider's list, too
        #[arg(long)]
        provider: bool,
    },
    /// Play a drop before it starts, in a database of its own, and say what would happen
    Rehearse(RehearseArgs),
    /// Make the sums that the dashboard shows from the orders again, if the check finds that they differ
    CorrectSums,
    /// Manage admins
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Look after payment providers
    #[command(subcommand)]
    Payments(PaymentsCommand),
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
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,tokio_postgres=warn,fred=error"));
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

/// For the browser tests alone: see `app::locale::mark_texts`.
const MARK_TEXTS: &str = "HOLDFAST_MARK_TEXTS";

async fn run(cli: Cli) -> Result<()> {
    telemetry::install();
    if std::env::var_os(MARK_TEXTS).is_some_and(|value| value == "1") {
        tracing::warn!("texts are marked, which is for tests alone");
        mark_texts();
    }
    let config = cli.config;
    let command = cli.command.unwrap_or_default();
    if let Command::Serve(args) = &command {
        // Before anything is written: who deploys half a build has changed no database.
        check_site(&site_options()?)?;
        payment_mode_of(&config, args)?;
        ahead::begin()?;
    }
    if let Command::Rehearse(args) = &command {
        // Before anything is written: the shop's own database stays as it is, its schema too.
        return rehearse_drop(&config, args).await;
    }
    let purpose = match &command {
        Command::Serve(_) => Purpose::Serve,
        _ => Purpose::Command,
    };
    let db = Db::connect_for(purpose, config.database_url()).await?;
    let freshness = Freshness::new(coordination(&config, &db, &command).await?);
    let db = Store::new(db, freshness);
    db.migrate().await?;
    let time = DatabaseClock::of(&db).await?;
    let clock: Arc<dyn Clock> = Arc::new(time.clone());
    let outcome = match command {
        Command::Serve(args) => serve_shop(&config, db.clone(), time, args).await,
        Command::Migrate | Command::Rehearse(_) => Ok(()),
        Command::Seed { products: None, .. } => {
            let currency = config.currency(&db, Unknown::Refused).await?;
            let report = seed::seed_demo(&db, &*clock, &currency).await?;
            let languages = Languages::parse(&config.languages).unwrap_or_default();
            menus::demo::seed(&db, &*clock, languages.default_language().locale).await?;
            opening::demo::begin(&db, &*clock).await?;
            println!(
                "{} products created, {} updated",
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
            .await?;
            opening::demo::begin(&db, &*clock).await
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
        Command::Check { provider: false } => check_books(&db).await,
        Command::Check { provider: true } => {
            let books = check_books(&db).await;
            compare_payments(&config, &db, clock).await.and(books)
        }
        Command::CorrectSums => {
            match sums::correct(&db, clock.now()).await? {
                0 => println!("All sums are those of the orders."),
                wrong => println!("{wrong} sums were wrong. All are made from the orders again."),
            }
            Ok(())
        }
        Command::Admin(AdminCommand::Create {
            email,
            password_stdin,
        }) => {
            let password = match password_stdin {
                true => read_password(),
                false => ask_password(),
            };
            let password = password?;
            let shop = config.name_of(&db).await?;
            let account =
                account::create(&db, &*clock, &shop, &email, &password, Role::Admin).await?;
            println!("{} can now sign in at /admin/sign-in", account.email);
            Ok(())
        }
        Command::Admin(AdminCommand::ResetFactor { email, yes }) => {
            if !yes && !is_factor_reset_wanted(&email)? {
                return Err(Error::Setting("nothing was changed".into()));
            }
            let account = second_factor::reset_by_command(&db, &*clock, &email).await?;
            println!(
                "{} is signed out everywhere and can sign in with the password alone",
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

async fn check_books(db: &Store) -> Result<()> {
    let findings = check(db).await?;
    for of_rule in findings.chunk_by(|one, next| one.rule == next.rule) {
        for finding in of_rule {
            println!("{}: {} ({})", finding.rule, finding.subject, finding.detail);
        }
        if of_rule.len() >= MOST_OF_A_RULE {
            println!(
                "{}: there may be more than these {MOST_OF_A_RULE}",
                of_rule[0].rule
            );
        }
    }
    if findings.is_empty() {
        println!("Stock, orders and payments agree.");
        for sum in takings(db).await? {
            let money = |minor| plain_amount(minor, &sum.currency);
            println!(
                "{}: {} received, {} of it on its way back, {} to be collected on delivery, {} not confirmed yet, \
                 {} awaited by bank transfer.",
                sum.currency,
                money(sum.received_minor),
                money(sum.returning_minor),
                money(sum.to_collect_minor),
                money(sum.unconfirmed_minor),
                money(sum.awaited_minor),
            );
        }
        return Ok(());
    }
    Err(Error::Invariant(format!("{} findings", findings.len())))
}
