//! All checks and tests, one suite after the other, and the lints beside those that wait and measure.

use std::{
    env,
    num::NonZero,
    process::Command,
    thread::{self, Scope},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};
use tempfile::TempDir;

use crate::{
    counts::{Counts, plain},
    failures, lints,
    needs::Needs,
    parity, process,
    services::{self, Postgres, Redis},
    settings::Workspace,
    shop::{self, Shop},
    site::{self, Site, Tests},
    toolchain::Tools,
};

#[derive(Clone, Copy, PartialEq)]
pub enum Suite {
    Format,
    Clippy,
    Rust,
    Build,
    Parity,
    BrowserSqlite,
    BrowserPostgres,
    BrowserTexts,
    BrowserNew,
    BrowserWebkit,
}

use Suite::*;

/// Once tests run, nothing is compiled but what the lints are told of.
const ALL: [(Suite, &str); 9] = [
    (Format, "format"),
    (Build, "build"),
    (Parity, "parity"),
    (Rust, "rust"),
    (BrowserSqlite, "browser-sqlite"),
    (BrowserPostgres, "browser-postgres"),
    (BrowserTexts, "browser-texts"),
    (BrowserNew, "browser-new"),
    (Clippy, "clippy"),
];

/// Run only when they are named.
const BY_NAME: [(Suite, &str); 1] = [(BrowserWebkit, "browser-webkit")];

impl Suite {
    pub fn named(name: &str) -> Result<Self> {
        let mut all = ALL.into_iter().chain(BY_NAME);
        let names = all.clone().map(|(_, name)| name).collect::<Vec<_>>();
        all.find(|(_, known)| *known == name)
            .map(|(suite, _)| suite)
            .with_context(|| {
                format!(
                    "no suite is called `{name}`; there are {}",
                    names.join(", ")
                )
            })
    }

    pub fn needs(only: Option<Self>) -> Needs {
        let Some(suite) = only else {
            return Needs::TEST;
        };
        Needs {
            lints: matches!(suite, Format | Clippy),
            optimizers: false,
            cargo_leptos: suite == Parity,
            services: matches!(suite, Rust | BrowserPostgres),
            browser: matches!(
                suite,
                BrowserSqlite | BrowserPostgres | BrowserTexts | BrowserNew | BrowserWebkit
            ),
            webkit: suite == BrowserWebkit,
            nginx: false,
        }
    }
}

/// Runs the suites, prints what they came to and returns the exit code.
pub fn run(workspace: &Workspace, tools: &Tools, only: Option<Suite>) -> Result<i32> {
    thread::scope(|scope| run_in(scope, workspace, tools, only))
}

fn run_in<'scope, 'env>(
    scope: &'scope Scope<'scope, 'env>,
    workspace: &'env Workspace,
    tools: &'env Tools,
    only: Option<Suite>,
) -> Result<i32> {
    let (tests, beside) = match only {
        None => (Tests::All, Some(lints::Beside::of(scope, workspace, tools))),
        Some(_) => (Tests::One, None),
    };
    let mut run = Run {
        workspace,
        tools,
        tests,
        beside,
        site: None,
        servers: None,
        temp: services::folder()?,
        building: Duration::ZERO,
        failures: String::new(),
    };
    let mut rows = Vec::new();
    let chosen: Vec<_> = match only {
        None => ALL.to_vec(),
        Some(only) => ALL
            .into_iter()
            .chain(BY_NAME)
            .filter(|(suite, _)| *suite == only)
            .collect(),
    };
    for (suite, name) in chosen {
        println!("\n==> suite {name}");
        let start = Instant::now();
        run.building = Duration::ZERO;
        let counts = run.suite(suite).unwrap_or_else(|error| {
            eprintln!("{name}: {error:#}");
            run.note(name, &format!("{error:#}"));
            Counts::of(false)
        });
        process::check_interrupted()?;
        rows.push(Row {
            name,
            counts,
            time: start.elapsed(),
            building: run.building,
        });
    }
    let failures = std::mem::take(&mut run.failures);
    drop(run);
    print!("{failures}");
    Ok(summary(&rows))
}

/// What a suite came to.
struct Row {
    name: &'static str,
    counts: Counts,
    time: Duration,
    /// Of that time: compiling tests or the site.
    building: Duration,
}

fn summary(rows: &[Row]) -> i32 {
    println!(
        "\n{:<18} {:>7} {:>8} {:>7} {:>8} {:>8} {:>9}",
        "suite", "passed", "retried", "failed", "skipped", "seconds", "to build"
    );
    let mut total = Counts::default();
    for row in rows {
        let Counts {
            passed,
            failed,
            skipped,
            retried,
        } = row.counts;
        println!(
            "{:<18} {passed:>7} {retried:>8} {failed:>7} {skipped:>8} {:>8} {:>9}",
            row.name,
            row.time.as_secs(),
            row.building.as_secs()
        );
        total += row.counts;
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    i32::from(total.failed > 0)
}

/// Which browser tests a suite runs: end2end/playwright.config.ts says which specs those are.
#[derive(Clone, Copy)]
enum Specs {
    All,
    /// Those in which a database and a cache have a say.
    Data,
    /// Those that visit an empty shop, with marks around all that comes from the catalogues.
    Texts,
    /// The one that visits an empty shop as its owner finds it.
    New,
    /// Those that WebKit runs by its own driver.
    WebKit,
}

impl Specs {
    /// As `SPECS` has it.
    fn value(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Data => "data",
            Self::Texts => "texts",
            Self::New => "new",
            Self::WebKit => "webkit",
        }
    }

    fn config(self) -> &'static str {
        match self {
            Self::All | Self::Data | Self::Texts | Self::New => "playwright.config.ts",
            Self::WebKit => "webkit.config.ts",
        }
    }

    fn shop(self) -> shop::Kind {
        match self {
            Self::All | Self::Data | Self::WebKit => shop::Kind::Demo,
            Self::Texts => shop::Kind::Marked,
            Self::New => shop::Kind::New,
        }
    }
}

const TEST_THREADS: &str = "RUST_TEST_THREADS";

/// Tests wait for their database about as long as they compute, so two share a core. There are no more
/// than have room in the connections of Postgres, of which a test may take forty.
fn test_threads() -> usize {
    let cores = thread::available_parallelism().map_or(2, NonZero::get);
    (2 * cores).min(16)
}

struct Run<'scope> {
    workspace: &'scope Workspace,
    tools: &'scope Tools,
    /// What is compiled with the site.
    tests: Tests,
    /// The lints, if other suites run besides.
    beside: Option<lints::Beside<'scope>>,
    site: Option<Result<Site>>,
    // Before the directory that they write to.
    servers: Option<(Postgres, Redis)>,
    temp: TempDir,
    /// How much of the present suite's time went into compiling what it tests.
    building: Duration,
    /// What the suites said of what failed in them, for the end of the run.
    failures: String,
}

impl Run<'_> {
    fn suite(&mut self, suite: Suite) -> Result<Counts> {
        match suite {
            Format => lints::format(self.workspace, self.tools),
            Clippy => match self.beside.take() {
                Some(beside) => beside.ended(),
                None => lints::clippy(self.workspace, self.tools),
            },
            Rust => self.rust(),
            Build => self.build(),
            Parity => self.parity(),
            BrowserSqlite => {
                let database = self.file("browser.db");
                self.browser("browser-sqlite", &database, None, Specs::All)
            }
            BrowserTexts => {
                let database = self.file("texts.db");
                self.browser("browser-texts", &database, None, Specs::Texts)
            }
            BrowserNew => {
                let database = self.file("new.db");
                self.browser("browser-new", &database, None, Specs::New)
            }
            BrowserWebkit => {
                let database = self.file("webkit.db");
                self.browser("browser-webkit", &database, None, Specs::WebKit)
            }
            BrowserPostgres => {
                let (postgres, redis) = self.servers()?;
                let (database, redis) = (postgres.create("browser")?, redis.url.clone());
                self.browser("browser-postgres", &database, Some(&redis), Specs::Data)
            }
        }
    }

    /// The address of a new database of SQLite.
    fn file(&self, name: &str) -> String {
        format!("sqlite://{}", self.temp.path().join(name).display())
    }

    /// With all tests, if they are to run: their many pieces keep all cores busy, those of the site do not.
    fn build(&mut self) -> Result<Counts> {
        let built = self.site().map(|_| Counts::of(true));
        if built.is_err() {
            // It may be a test that does not compile: the site is tried again without.
            (self.tests, self.site) = (Tests::One, None);
        }
        built
    }

    fn rust(&mut self) -> Result<Counts> {
        let (postgres, redis) = self.servers()?;
        let (postgres, redis) = (postgres.url("postgres"), redis.url.clone());
        let mut counts = Counts::default();
        // Xtask as it was compiled to run this, the shop as its debug build has it. When the shop's tests run,
        // all is compiled, and the lints are in nobody's way.
        type Cargo = fn(&Tools, &[&str]) -> Command;
        let begin = self.beside.as_ref().map(lints::Beside::signal);
        let parts: [(Cargo, &[&str], _); 2] = [
            (Tools::cargo, &["--package", "xtask"], None),
            (Tools::cargo_debug, Tests::All.args(), begin),
        ];
        for (cargo, packages, begin) in parts {
            let start = Instant::now();
            let is_built =
                process::status(cargo(self.tools, &["test", "--no-run"]).args(packages))?.success();
            self.building += start.elapsed();
            if !is_built {
                counts += Counts::of(false);
                let command = format!("cargo test --no-run {}", packages.join(" "));
                self.note("rust", &format!("`{command}` failed"));
                continue;
            }
            let mut test = cargo(self.tools, &["test", "--no-fail-fast"]);
            test.args(packages);
            test.env("HOLDFAST_TEST_POSTGRES_URL", &postgres)
                .env("HOLDFAST_TEST_REDIS_URL", &redis)
                .env("TMPDIR", self.temp.path())
                // Snapshots are compared, never written.
                .env("INSTA_UPDATE", "no");
            if env::var_os(TEST_THREADS).is_none() {
                test.env(TEST_THREADS, test_threads().to_string());
            }
            let (status, output) = process::tee(&mut test, |line| {
                if let Some(begin) = &begin
                    && plain(line).trim_start().starts_with("Running ")
                {
                    // It may have ended by now, and hear nothing.
                    let _ = begin.send(());
                }
            })?;
            counts += Counts::from_cargo_test(&output).judged(status.success());
            self.note("rust", &failures::of_cargo_test(&output));
        }
        Ok(counts)
    }

    fn parity(&mut self) -> Result<Counts> {
        let (workspace, tools) = (self.workspace, self.tools);
        let differences = parity::differences(workspace, tools, self.site()?)?;
        for difference in &differences {
            eprintln!("{difference}");
        }
        self.note("parity", &differences.join("\n"));
        Ok(Counts::of(differences.is_empty()))
    }

    fn browser(
        &mut self,
        name: &str,
        database: &str,
        redis: Option<&str>,
        specs: Specs,
    ) -> Result<Counts> {
        let (workspace, tools) = (self.workspace, self.tools);
        let data = self.temp.path().join(name);
        let shop = Shop::start(
            workspace,
            tools,
            self.site()?,
            shop::Settings {
                name,
                database,
                redis,
                data,
                kind: specs.shop(),
            },
        )?;
        let mut playwright = shop.playwright(workspace, tools, specs.config())?;
        playwright.env("SPECS", specs.value());
        let (status, output) = process::tee(&mut playwright, |_| ())?;
        if !status.success() {
            eprintln!("{name}: the server's log is {}", shop.log.display());
        }
        self.note(name, &failures::of_playwright(&output));
        Ok(Counts::from_playwright(&output).judged(status.success()))
    }

    fn note(&mut self, suite: &str, failures: &str) {
        if !failures.is_empty() {
            self.failures += &format!("\n==> failures of {suite}\n{failures}\n");
        }
    }

    fn site(&mut self) -> Result<&Site> {
        let (workspace, tools, tests) = (self.workspace, self.tools, self.tests);
        let building = &mut self.building;
        let site = self.site.get_or_insert_with(|| {
            let start = Instant::now();
            let site = site::build_for_tests(workspace, tools, tests);
            *building += start.elapsed();
            site
        });
        site.as_ref()
            .map_err(|error| anyhow!("there is no site to test: {error:#}"))
    }

    fn servers(&mut self) -> Result<(&Postgres, &Redis)> {
        if self.servers.is_none() {
            let postgres = Postgres::start(self.temp.path())?;
            self.servers = Some((postgres, Redis::start(self.tools, self.temp.path())?));
        }
        let (postgres, redis) = self
            .servers
            .as_ref()
            .context("the test servers did not start")?;
        Ok((postgres, redis))
    }
}
