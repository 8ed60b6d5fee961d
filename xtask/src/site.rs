//! The site as cargo-leptos builds it: server, WebAssembly and its script.

use std::{
    panic::resume_unwind,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::Result;

use crate::{
    bundle, process, provider,
    settings::{Profile, Workspace},
    toolchain::{Tools, WASM},
};

/// What a site for tests is compiled with: any one of them brings the server along.
#[derive(Clone, Copy)]
pub enum Tests {
    All,
    /// The smallest of the files in `server/tests` that are programs of their own.
    One,
}

impl Tests {
    /// What of the workspace cargo is to look at.
    pub fn args(self) -> &'static [&'static str] {
        match self {
            Self::All => &[
                "--package",
                "server",
                "--package",
                "server-lib",
                "--package",
                "server-core",
                "--package",
                "app",
                "--package",
                "storefront",
                "--package",
                "desk",
            ],
            // With what the browser tests start besides.
            Self::One => &[
                "--package",
                "server",
                "--test",
                "last_unit",
                "--example",
                provider::EXAMPLE,
            ],
        }
    }
}

pub struct Site {
    pub server: PathBuf,
    pub root: PathBuf,
    pub hash_file: PathBuf,
    pub profile: Profile,
}

pub fn build(workspace: &Workspace, tools: &Tools, profile: Profile) -> Result<Site> {
    let server = &workspace.site.bin_package;
    let mut cargo = cargo_build(workspace, tools, server, profile);
    cargo
        .args(["--bin", server, "--target-dir"])
        .arg(&workspace.target);
    cargo.args((profile == Profile::Release).then_some("--release"));
    let wasm = both_halves(workspace, tools, profile, &mut cargo)?;
    bundled(workspace, tools, profile, &wasm)
}

/// A debug site for tests. Its server is the one that `server/tests` start: what tests add to the
/// libraries' features would otherwise mean to compile most of them, the pages and the server twice.
pub fn build_for_tests(workspace: &Workspace, tools: &Tools, tests: Tests) -> Result<Site> {
    let profile = Profile::Debug;
    let mut cargo = tools.cargo_debug(&["test", "--no-run"]);
    cargo.args(tests.args());
    cargo.arg("--target-dir").arg(&workspace.target);
    let wasm = both_halves(workspace, tools, profile, &mut cargo)?;
    bundled(workspace, tools, profile, &wasm)
}

/// Compiles the browser's half beside the server's: they share no artefact and have target folders of their own, and a
/// small edit leaves most cores idle in either. Only the server's shows its progress.
fn both_halves(
    workspace: &Workspace,
    tools: &Tools,
    profile: Profile,
    server: &mut Command,
) -> Result<PathBuf> {
    println!("==> the server and the browser's half");
    thread::scope(|scope| {
        let front = scope.spawn(|| front(workspace, tools, profile));
        let server = process::run(server);
        let front = front.join().unwrap_or_else(|panic| resume_unwind(panic));
        server.and(front)
    })
}

fn front(workspace: &Workspace, tools: &Tools, profile: Profile) -> Result<PathBuf> {
    let settings = &workspace.site;
    let own_profile = match profile {
        Profile::Debug => &settings.lib_profile_dev,
        Profile::Release => &settings.lib_profile_release,
    };
    let front = workspace.front_target();
    let mut cargo = cargo_build(workspace, tools, &settings.lib_package, profile);
    cargo
        .args(["--quiet", "--lib", "--target", WASM, "--target-dir"])
        .arg(&front);
    match (own_profile, profile) {
        (Some(own), _) => cargo.args(["--profile", own]),
        (None, Profile::Release) => cargo.arg("--release"),
        (None, Profile::Debug) => &mut cargo,
    };
    process::run(&mut cargo)?;
    let folder = own_profile
        .as_deref()
        .map_or(profile.folder(), profile_folder);
    Ok(front
        .join(WASM)
        .join(folder)
        .join(settings.lib_package.replace('-', "_"))
        .with_extension("wasm"))
}

/// The site of what has been compiled.
fn bundled(workspace: &Workspace, tools: &Tools, profile: Profile, wasm: &Path) -> Result<Site> {
    let folder = workspace.target.join(profile.folder());
    let site = Site {
        server: folder.join(&workspace.site.bin_package),
        root: workspace.site_root(profile),
        hash_file: folder.join(&workspace.site.hash_file),
        profile,
    };
    bundle::update(workspace, tools, &site, wasm)?;
    Ok(site)
}

fn cargo_build(workspace: &Workspace, tools: &Tools, package: &str, profile: Profile) -> Command {
    let build = ["build", "--package", package, "--no-default-features"];
    let mut cargo = match profile {
        Profile::Debug => tools.cargo_debug(&build),
        Profile::Release => tools.cargo(&build),
    };
    let site_root = workspace.site_root(profile);
    cargo.envs(workspace.site.environment(&site_root, profile));
    cargo
}

fn profile_folder(profile: &str) -> &str {
    match profile {
        "dev" | "test" => "debug",
        "bench" => "release",
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_profiles_have_other_folders() {
        assert_eq!(profile_folder("dev"), "debug");
        assert_eq!(profile_folder("wasm-release"), "wasm-release");
    }
}
