//! The format of all sources, and lints.

use std::{
    fs,
    panic::resume_unwind,
    sync::mpsc::{self, Sender},
    thread::{Scope, ScopedJoinHandle},
    time::Instant,
};

use anyhow::{Context, Result};

use crate::{
    counts::Counts,
    process::{self, Patience},
    settings::{Settings, Workspace},
    toolchain::{Tools, WASM},
};

/// What else runs at the same time.
#[derive(Clone, Copy)]
enum Pace {
    Alone,
    /// Other suites, which go first and whose output is not mixed with ours.
    Beside,
}

/// With the tests of features, which no `mod` names, so that rustfmt does not find them by itself.
pub fn format(workspace: &Workspace, tools: &Tools) -> Result<Counts> {
    let folder = workspace.root.join("server/tests/features");
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path.display().to_string());
        }
    }
    files.sort();
    let mut args = vec!["fmt", "--all", "--check", "--"];
    args.extend(files.iter().map(String::as_str));
    check(tools, &args, Pace::Alone)
}

pub fn clippy(workspace: &Workspace, tools: &Tools) -> Result<Counts> {
    check_all(workspace, tools, Pace::Alone)
}

/// The workspace in parts: together, the browser's features would be mixed with the server's, and
/// xtask's libraries would be compiled for each combination again. The server comes twice, with
/// its tests and as a shop gets it: tests could add to the features of libraries, and what only those
/// additions let compile would be no server. As long as they add nothing, all is known the second time:
/// to clippy, that is. `cargo check` would go through all crates of the workspace again. Views have their
/// types here, as in a release.
fn check_all(workspace: &Workspace, tools: &Tools, pace: Pace) -> Result<Counts> {
    let front = workspace.front_target();
    let front = front
        .to_str()
        .with_context(|| front.display().to_string())?;
    let Settings {
        bin_package: bin,
        lib_package: lib,
        ..
    } = &workspace.site;
    let deny = ["--", "-D", "warnings"];
    let native = ["clippy", "--all-targets", "--package"];
    let libraries = ["server-lib", "server-core", "app", "storefront", "desk"];
    let libraries = libraries.map(|package| ["--package", package]);
    let checks = [
        [&native[..], &[bin], libraries.as_flattened(), &deny].concat(),
        [
            &["clippy", "--no-default-features", "--package", bin][..],
            &deny,
        ]
        .concat(),
        [&native[..], &["xtask"], &deny].concat(),
        [
            &["clippy", "--target", WASM, "--target-dir", front][..],
            &["--package", lib],
            &deny,
        ]
        .concat(),
    ];
    let mut counts = Counts::default();
    for args in &checks {
        counts += check(tools, args, pace)?;
    }
    Ok(counts)
}

fn check(tools: &Tools, args: &[&str], pace: Pace) -> Result<Counts> {
    let words = format!("cargo {}", args.join(" "));
    let mut cargo = tools.cargo(args);
    let status = match pace {
        Pace::Alone => {
            println!("{words}");
            process::status(&mut cargo)?
        }
        Pace::Beside => {
            let start = Instant::now();
            let cargo = cargo.env("CARGO_TERM_QUIET", "true");
            let (status, said) = process::unseen(process::patient(cargo, Patience::Much))?;
            let seconds = start.elapsed().as_secs();
            // In one piece, between two lines of the others.
            println!("==> {words}: {status} after {seconds} s\n{said}");
            status
        }
    };
    Ok(Counts::of(status.success()))
}

/// Clippy, which begins when it is told to and then has the processors while others wait for something.
pub struct Beside<'scope> {
    begin: Sender<()>,
    checking: ScopedJoinHandle<'scope, Result<Counts>>,
}

impl<'scope> Beside<'scope> {
    pub fn of<'env>(
        scope: &'scope Scope<'scope, 'env>,
        workspace: &'env Workspace,
        tools: &'env Tools,
    ) -> Self {
        let (begin, begun) = mpsc::channel();
        let checking = scope.spawn(move || match begun.recv() {
            Ok(()) => check_all(workspace, tools, Pace::Beside),
            // The run has ended before.
            Err(_) => Ok(Counts::default()),
        });
        Self { begin, checking }
    }

    /// What lets it begin. From then on it keeps the target folder to itself for minutes: no other cargo builds.
    pub fn signal(&self) -> Sender<()> {
        self.begin.clone()
    }

    pub fn ended(self) -> Result<Counts> {
        // It may have ended by now, and hear nothing.
        let _ = self.begin.send(());
        self.checking
            .join()
            .unwrap_or_else(|panic| resume_unwind(panic))
    }
}
