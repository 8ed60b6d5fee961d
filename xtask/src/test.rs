//! All checks and tests, one suite after the other, and the lints beside those that wait and measure.

mod suites;

use std::{
    panic::resume_unwind,
    thread::{self, Scope},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};
use tempfile::TempDir;

pub use suites::Suite;
use suites::{Suite::*, TURNS, Turn, all};

use crate::{
    browsers::{Browsed, Browsers, Specs},
    cargo_test::{CargoTest, Part},
    counts::Counts,
    failures, lints, parity, process,
    services::{self, Postgres, Redis},
    settings::Workspace,
    shop::{self, Shop},
    site::{self, Site, Tests},
    toolchain::Tools,
};

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
    let turns: Vec<Turn> = match only {
        None => TURNS.to_vec(),
        Some(only) => all()
            .filter(|(suite, _)| *suite == only)
            .map(|(suite, name)| Turn::Alone(suite, name))
            .collect(),
    };
    let mut rows = Vec::new();
    for turn in turns {
        match turn {
            Turn::Alone(suite, name) => rows.push(run.alone(suite, name)),
            Turn::Together(all) => rows.extend(run.together(all)),
        }
        process::check_interrupted()?;
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
    fn alone(&mut self, suite: Suite, name: &'static str) -> Row {
        println!("\n==> suite {name}");
        let start = Instant::now();
        self.building = Duration::ZERO;
        let counts = self.suite(suite, name);
        Row {
            name,
            counts: self.counted(name, counts),
            time: start.elapsed(),
            building: self.building,
        }
    }

    fn together(&mut self, all: [(Specs, &'static str); 3]) -> Vec<Row> {
        let names = all.map(|(_, name)| name);
        println!("\n==> suites {} at the same time", names.join(", "));
        let start = Instant::now();
        self.building = Duration::ZERO;
        let open = all.map(|(specs, name)| (name, self.open(specs, name)));
        let building = self.building;
        let ended = thread::scope(|scope| {
            let running = open.map(|(name, browsers)| {
                scope.spawn(move || {
                    let browsed = browsers.and_then(Browsers::run_beside);
                    (name, browsed, start.elapsed())
                })
            });
            running.map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        let rows = ended.map(|(name, browsed, time)| {
            let counts = self.browsed(name, browsed);
            Row {
                name,
                counts: self.counted(name, counts),
                time,
                building,
            }
        });
        rows.into()
    }

    /// A suite that broke off has failed, for a reason that is told again at the end.
    fn counted(&mut self, name: &str, counts: Result<Counts>) -> Counts {
        counts.unwrap_or_else(|error| {
            eprintln!("{name}: {error:#}");
            self.note(name, &format!("{error:#}"));
            Counts::of(false)
        })
    }

    fn suite(&mut self, suite: Suite, name: &'static str) -> Result<Counts> {
        match suite {
            Format => lints::format(self.workspace, self.tools),
            Clippy => match self.beside.take() {
                Some(beside) => beside.ended(),
                None => lints::clippy(self.workspace, self.tools),
            },
            Rust => self.rust(),
            Build => self.build(),
            Parity => self.parity(),
            Browser(specs) => {
                let browsed = self.open(specs, name).and_then(Browsers::run);
                self.browsed(name, browsed)
            }
        }
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
        let tests = CargoTest {
            tools: self.tools,
            postgres,
            redis,
            folder: self.temp.path().to_owned(),
        };
        // When the shop's tests run, all is compiled, and the lints are in nobody's way.
        let begin = self.beside.as_ref().map(lints::Beside::signal);
        let mut counts = Counts::default();
        for part in Part::ALL {
            let start = Instant::now();
            let built = tests.build(part)?;
            self.building += start.elapsed();
            let Some(programs) = built else {
                counts += Counts::of(false);
                self.note("rust", &format!("`{}` failed", part.building()));
                continue;
            };
            let begun = || {
                if let Some(begin) = &begin {
                    // It may have ended by now, and hear nothing.
                    let _ = begin.send(());
                }
            };
            for (status, output) in tests.run(part, &programs, begun)? {
                counts += Counts::from_cargo_test(&output).judged(status.success());
                self.note("rust", &failures::of_cargo_test(&output));
            }
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

    /// The shop of a suite of browser tests.
    fn open(&mut self, specs: Specs, name: &'static str) -> Result<Browsers> {
        let (workspace, tools) = (self.workspace, self.tools);
        let data = self.temp.path().join(name);
        let (database, redis) = match specs {
            Specs::Data => {
                let (postgres, redis) = self.servers()?;
                (postgres.create("browser")?, Some(redis.url.clone()))
            }
            Specs::All | Specs::Texts | Specs::New | Specs::WebKit => {
                let file = data.with_extension("db");
                (format!("sqlite://{}", file.display()), None)
            }
        };
        let settings = shop::Settings {
            name,
            database: &database,
            redis: redis.as_deref(),
            data,
            kind: specs.shop(),
        };
        let shop = Shop::start(workspace, tools, self.site()?, settings)?;
        Browsers::of(workspace, tools, shop, specs, name)
    }

    fn browsed(&mut self, name: &str, browsed: Result<Browsed>) -> Result<Counts> {
        let Browsed { counts, failures } = browsed?;
        self.note(name, &failures);
        Ok(counts)
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
