//! What `cargo test` runs: the programs whose tests wait for each other, for clocks and for what dies, and all others
//! beside them, with what they leave of the processors.

use std::{
    env,
    num::NonZero,
    panic::resume_unwind,
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
    sync::mpsc,
    thread,
};

use anyhow::{Result, ensure};

use crate::{
    counts::plain,
    process::{self, Patience},
    site::Tests,
    toolchain::Tools,
};

/// They have real servers of their own, and share nothing with the others that one of them could harm. Their tests are
/// about moments, so they go first.
const WAITING: [&str; 3] = ["caching", "concurrency", "coordination"];

const TEST_THREADS: &str = "RUST_TEST_THREADS";

/// What a command came to, and what it said.
pub type Said = (ExitStatus, String);

/// Whose tests.
#[derive(Clone, Copy)]
pub enum Part {
    /// As it was compiled to run this.
    Xtask,
    /// As its debug build has it.
    Shop,
}

impl Part {
    pub const ALL: [Self; 2] = [Self::Xtask, Self::Shop];

    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Xtask => &["--package", "xtask"],
            Self::Shop => Tests::All.args(),
        }
    }

    fn cargo(self, tools: &Tools, args: &[&str]) -> Command {
        let mut cargo = match self {
            Self::Xtask => tools.cargo(args),
            Self::Shop => tools.cargo_debug(args),
        };
        // What it says is read.
        cargo.env("CARGO_TERM_QUIET", "false");
        cargo
    }

    /// What compiles them.
    pub fn building(self) -> String {
        format!("cargo test --no-run {}", self.packages().join(" "))
    }
}

/// How tests are run.
pub struct CargoTest<'a> {
    pub tools: &'a Tools,
    pub postgres: String,
    pub redis: String,
    /// Where they write.
    pub folder: PathBuf,
}

impl CargoTest<'_> {
    /// Compiles the tests. The names of their programs, besides those of unit tests; `None` if they do not compile.
    pub fn build(&self, part: Part) -> Result<Option<Vec<String>>> {
        let mut build = part.cargo(self.tools, &["test", "--no-run"]);
        let (status, output) = process::tee(build.args(part.packages()), |_| ())?;
        Ok(status
            .success()
            .then(|| output.lines().filter_map(program).collect()))
    }

    /// Runs tests that are compiled, which are of these programs. Tells `begun` when cargo needs its target folder no
    /// more for those of the shop.
    pub fn run(
        &self,
        part: Part,
        programs: &[String],
        begun: impl FnMut() + Send,
    ) -> Result<Vec<Said>> {
        match part {
            Part::Xtask => Ok(vec![process::tee(&mut self.command(part, &[]), |_| ())?]),
            Part::Shop => self.run_beside(programs, begun),
        }
    }

    fn run_beside(&self, programs: &[String], begun: impl FnMut() + Send) -> Result<Vec<Said>> {
        let (waiting, others) = in_two(programs)?;
        let mut waiting = self.command(Part::Shop, &waiting);
        let mut others = self.command(Part::Shop, &others);
        thread::scope(|scope| {
            let (begins, hears) = mpsc::channel();
            let waiting = scope.spawn(move || {
                let begun = move || {
                    // Somebody listens until they hear of it.
                    let _ = begins.send(());
                };
                process::listen(&mut waiting, told_of_the_first(begun))
            });
            // Also if it has ended without having begun.
            let _ = hears.recv();
            let others = process::patient(&mut others, Patience::Little);
            let others = process::tee(others, told_of_the_first(begun));
            let waiting = waiting.join().unwrap_or_else(|panic| resume_unwind(panic));
            if let Ok((_, output)) = &waiting {
                // In one piece: the others have shown what they say.
                println!("\n==> {}\n{output}", WAITING.join(", "));
            }
            Ok(vec![waiting?, others?])
        })
    }

    fn command(&self, part: Part, targets: &[&str]) -> Command {
        let mut test = part.cargo(self.tools, &["test", "--no-fail-fast"]);
        test.args(part.packages())
            .args(targets)
            .env("HOLDFAST_TEST_POSTGRES_URL", &self.postgres)
            .env("HOLDFAST_TEST_REDIS_URL", &self.redis)
            .env("TMPDIR", &self.folder)
            // Snapshots are compared, never written.
            .env("INSTA_UPDATE", "no");
        if env::var_os(TEST_THREADS).is_none() {
            test.env(TEST_THREADS, test_threads().to_string());
        }
        test
    }
}

/// Tests wait for their database about as long as they compute, so two share a core. There are no more
/// than have room in the connections of Postgres, of which a test may take forty.
fn test_threads() -> usize {
    let cores = thread::available_parallelism().map_or(2, NonZero::get);
    (2 * cores).min(16)
}

/// Hears lines of cargo's and tells once that it runs its first program.
fn told_of_the_first(mut begun: impl FnMut() + Send) -> impl FnMut(&str) + Send {
    let mut is_told = false;
    move |line: &str| {
        if !is_told && plain(line).trim_start().starts_with("Running ") {
            is_told = true;
            begun();
        }
    }
}

/// The name of the program of which cargo says `Executable tests/http/main.rs (target/debug/deps/http-0f9c)`.
fn program(line: &str) -> Option<String> {
    let line = plain(line);
    let told = line.trim().strip_prefix("Executable tests/")?;
    let (_, file) = told.strip_suffix(')')?.rsplit_once(" (")?;
    let file = Path::new(file).file_name()?.to_str()?;
    let (name, _hash) = file.rsplit_once('-')?;
    Some(name.to_owned())
}

/// How cargo is told to run the programs that wait, and how all others, those of unit tests among them.
fn in_two(programs: &[String]) -> Result<(Vec<&str>, Vec<&str>)> {
    for name in WAITING {
        ensure!(
            programs.iter().any(|program| program == name),
            "no test program is called `{name}`; there are {}",
            programs.join(", ")
        );
    }
    let (waiting, others): (Vec<&str>, Vec<&str>) = programs
        .iter()
        .map(String::as_str)
        .partition(|program| WAITING.contains(program));
    let others = [vec!["--lib", "--bins"], named(others)].concat();
    Ok((named(waiting), others))
}

fn named(programs: Vec<&str>) -> Vec<&str> {
    let programs = programs.into_iter();
    programs.flat_map(|name| ["--test", name]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "    Finished `test` profile [unoptimized] target(s) in 0.60s\n  \
        Executable unittests src/lib.rs (/target/debug/deps/app-948e9abb6607289c)\n  \
        Executable tests/catalogue.rs (/target/debug/deps/catalogue-3c1d9c732b06ed86)\n\
        \u{1b}[1m\u{1b}[92m  Executable\u{1b}[0m tests/concurrency/main.rs (/target/debug/deps/concurrency-9039)\n  \
        Executable tests/last_unit.rs (/target/debug/deps/last_unit-2528e626a9e2297b)\n";

    fn programs() -> Vec<String> {
        SAID.lines().filter_map(program).collect()
    }

    #[test]
    fn programs_are_named_as_cargo_names_them() {
        assert_eq!(programs(), ["catalogue", "concurrency", "last_unit"]);
    }

    #[test]
    fn each_program_runs_once_and_unit_tests_beside_those_that_wait() {
        let mut programs = programs();
        programs.extend(["caching".to_owned(), "coordination".to_owned()]);
        let (waiting, others) = in_two(&programs).unwrap();
        assert_eq!(
            waiting.join(" "),
            "--test concurrency --test caching --test coordination"
        );
        assert_eq!(
            others.join(" "),
            "--lib --bins --test catalogue --test last_unit"
        );
    }

    #[test]
    fn a_program_that_is_gone_is_missed() {
        let error = in_two(&programs()).unwrap_err().to_string();
        let words = "`caching`; there are catalogue, concurrency";
        assert!(error.contains(words), "{error}");
    }

    #[test]
    fn only_the_first_program_is_told_of() {
        let mut told = 0;
        {
            let mut hear = told_of_the_first(|| told += 1);
            hear("   Compiling app v0.1.0");
            hear("     Running unittests src/lib.rs (target/debug/deps/app-948e)");
            hear("     Running tests/catalogue.rs (target/debug/deps/catalogue-3c1d)");
        }
        assert_eq!(told, 1);
    }
}
