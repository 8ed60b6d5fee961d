//! Everything a bare machine lacks. Each step says what it does before it does it, and is skipped
//! when its outcome is there.

use std::{env, fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    debian,
    needs::Needs,
    process,
    services::{self, HEADLESS},
    settings::Workspace,
    toolchain::{self, CARGO_LEPTOS, NPM_PACKAGES, Toolchain, Tools, WASM},
};

pub fn ensure(workspace: &Workspace, needs: Needs) -> Result<Tools> {
    let toolchain = wasm_target()?;
    let tools = Tools::new(workspace, toolchain)?;
    if needs.lints {
        lints(&tools)?;
    }
    wasm_bindgen(workspace, &tools)?;
    if needs.optimizers {
        optimizers(&tools)?;
    }
    if needs.cargo_leptos {
        cargo_leptos(&tools)?;
    }
    if needs.services {
        let missing = [
            ("redis-server", tools.which("redis-server").is_none()),
            ("postgresql", services::postgres_bin().is_none()),
        ];
        packages(
            "Redis and PostgreSQL",
            "the tests run against real ones, started by xtask",
            "1 minute",
            &missing,
        )?;
    }
    if needs.browser {
        browser(workspace, &tools)?;
    }
    if needs.webkit {
        packages(
            "WebKit and Xvfb",
            "a browser that is not Chromium is led to a payment provider",
            "1 minute",
            &[
                (
                    "webkit2gtk-driver",
                    tools.which("WebKitWebDriver").is_none(),
                ),
                ("xvfb", tools.which("Xvfb").is_none()),
            ],
        )?;
    }
    if needs.nginx {
        // Debian keeps it off other users' PATH.
        let is_there = tools.which("nginx").is_some() || Path::new("/usr/sbin/nginx").exists();
        packages(
            "nginx",
            "a bench holds the shop's pages against the same bytes from it",
            "20 seconds",
            &[("nginx", !is_there)],
        )?;
    }
    Ok(tools)
}

/// For `--skip-setup`: what is there, or an error.
pub fn existing(workspace: &Workspace) -> Result<Tools> {
    Tools::new(
        workspace,
        Toolchain::find().ok_or_else(toolchain::missing_toolchain)?,
    )
}

fn wasm_target() -> Result<Toolchain> {
    let label = "wasm target";
    if let Some(found) = Toolchain::find() {
        present(label);
        return Ok(found);
    }
    announce(
        label,
        "the islands run in the browser as WebAssembly",
        "10 seconds with rustup",
    );
    let mut rustup = Command::new("rustup");
    if process::output(rustup.args(["target", "add", WASM])).is_ok()
        && let Some(found) = Toolchain::find()
    {
        return Ok(found);
    }
    announce(
        label,
        "rustup cannot add it, so Debian's second Rust takes its place",
        "3 minutes",
    );
    debian::install()?;
    Toolchain::find().ok_or_else(toolchain::missing_toolchain)
}

fn lints(tools: &Tools) -> Result<()> {
    let label = "clippy and rustfmt";
    let works = || {
        tools.answers("cargo", &["clippy", "--version"]).is_some()
            && tools.answers("cargo", &["fmt", "--version"]).is_some()
    };
    if works() {
        present(label);
        return Ok(());
    }
    announce(label, "the test suite checks style", "20 seconds");
    match tools.toolchain {
        Toolchain::Active => {
            process::run(
                tools
                    .command("rustup")
                    .args(["component", "add", "clippy", "rustfmt"]),
            )?
        }
        Toolchain::Linked | Toolchain::System => {
            debian::apt_install(&["rust-web-clippy", "rustfmt-web"])?
        }
    }
    works()
        .then_some(())
        .context("clippy or rustfmt still does not start")
}

fn wasm_bindgen(workspace: &Workspace, tools: &Tools) -> Result<()> {
    let version = workspace.locked_version("wasm-bindgen")?;
    let label = format!("wasm-bindgen {version}");
    let expected = format!("wasm-bindgen {version}");
    if tools
        .answers("wasm-bindgen", &["--version"])
        .is_some_and(|answer| answer.trim() == expected)
    {
        present(&label);
        return Ok(());
    }
    announce(
        &label,
        "it writes the script that loads the islands; Cargo.lock fixes its version",
        "2 minutes",
    );
    let root = toolchain::bindgen_root(&toolchain::tools_dir()?, &version);
    // Without --locked: its lock file may name a version that a registry no longer has.
    cargo_install(
        tools,
        &root,
        &[
            "wasm-bindgen-cli",
            "--version",
            &version,
            "--bin",
            "wasm-bindgen",
        ],
    )
}

fn cargo_leptos(tools: &Tools) -> Result<()> {
    let label = format!("cargo-leptos {CARGO_LEPTOS}");
    let found = tools.answers("cargo-leptos", &["--version"]);
    if found.is_some_and(|answer| answer.split_whitespace().any(|word| word == CARGO_LEPTOS)) {
        present(&label);
        return Ok(());
    }
    announce(
        &label,
        "watch mode is its work, and a test compares its site with xtask's",
        "5 minutes",
    );
    let root = toolchain::cargo_leptos_root(&toolchain::tools_dir()?);
    // One locked library declares a newer Rust than it needs.
    cargo_install(
        tools,
        &root,
        &[
            "cargo-leptos",
            "--version",
            CARGO_LEPTOS,
            "--locked",
            "--ignore-rust-version",
        ],
    )
}

fn cargo_install(tools: &Tools, root: &Path, args: &[&str]) -> Result<()> {
    // Kept until it succeeds, so that an interrupted build goes on where it was.
    let build = toolchain::tools_dir()?.join("build");
    let mut install = tools.cargo(&["install", "--debug"]);
    install.args(args).arg("--root").arg(root);
    install
        .env("CARGO_TARGET_DIR", &build)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .current_dir(env::temp_dir());
    process::run(&mut install)?;
    fs::remove_dir_all(&build).with_context(|| build.display().to_string())
}

fn optimizers(tools: &Tools) -> Result<()> {
    let label = "wasm-opt and esbuild";
    let root = toolchain::npm_root(&toolchain::tools_dir()?);
    if ["wasm-opt", "esbuild"]
        .iter()
        .all(|name| root.join("bin").join(name).exists())
    {
        present(label);
        return Ok(());
    }
    node(tools)?;
    announce(
        label,
        "a release is less than half as much to load",
        "20 seconds",
    );
    let mut npm = tools.command("npm");
    npm.args(["install", "--global", "--no-audit", "--no-fund"])
        .args(NPM_PACKAGES);
    process::run(npm.arg("--prefix").arg(root))
}

fn browser(workspace: &Workspace, tools: &Tools) -> Result<()> {
    node(tools)?;
    chromium(tools)?;
    let end2end = workspace.root.join(&workspace.site.end2end_dir);
    if !end2end.join("package-lock.json").exists() {
        bail!("{} has no package-lock.json", end2end.display());
    }
    let label = "Playwright";
    // npm writes this file last, with what it installed.
    let installed = modified(&end2end.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&end2end.join("package-lock.json")) {
        present(label);
        return Ok(());
    }
    announce(label, "the browser tests are written for it", "20 seconds");
    process::run(
        tools
            .command("npm")
            .args(["ci", "--no-audit", "--no-fund"])
            .current_dir(&end2end),
    )
}

/// The one without windows, where there is a package of it; any other does.
fn chromium(tools: &Tools) -> Result<()> {
    let label = "Chromium";
    let is_there = services::chromium(tools).is_some();
    let is_known = process::output(Command::new("apt-cache").args(["show", HEADLESS])).is_ok();
    if tools.which(HEADLESS).is_some() || (is_there && !is_known) {
        present(label);
        return Ok(());
    }
    announce(label, "the browser tests drive it", "1 minute");
    let installed = debian::apt_install(&[HEADLESS]);
    process::check_interrupted()?;
    match installed {
        Err(error) if is_there => {
            println!("setup: {label}: the one that is there is used. {error:#}");
            Ok(())
        }
        Err(_) => debian::apt_install(&["chromium"]),
        Ok(()) => Ok(()),
    }
}

fn node(tools: &Tools) -> Result<()> {
    let missing = [
        ("nodejs", tools.which("node").is_none()),
        ("npm", tools.which("npm").is_none()),
    ];
    packages(
        "Node.js and npm",
        "wasm-opt and Playwright come from npm",
        "1 minute",
        &missing,
    )
}

fn packages(label: &str, why: &str, duration: &str, packages: &[(&str, bool)]) -> Result<()> {
    let missing: Vec<_> = packages
        .iter()
        .filter(|(_, missing)| *missing)
        .map(|(name, _)| *name)
        .collect();
    if missing.is_empty() {
        present(label);
        return Ok(());
    }
    announce(label, why, duration);
    debian::apt_install(&missing)
}

fn modified(path: &Path) -> Option<std::time::SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

fn present(label: &str) {
    println!("setup: {label}: present");
}

fn announce(label: &str, why: &str, duration: &str) {
    println!("setup: {label}: installing, because {why}. This usually takes {duration}.");
}
