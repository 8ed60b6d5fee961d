//! The tests' payment provider is held against what others have written: Stripe's own library for
//! Node as its client, and localstripe as another server of the same API.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result};

use crate::{
    process::{self, Background},
    provider, services,
    settings::Workspace,
    toolchain::Tools,
};

const LIBRARY: &str = "stripe@23.1.0";
const SERVER: &str = "localstripe==1.15.10";
const SCRIPT: &str = "server/tests/provider/peers.mjs";
const WEBHOOK_SECRET: &str = "whsec_peers";
const START: Duration = Duration::from_secs(60);

/// Installs both into a temporary folder, compares, and returns the exit code.
pub fn check(workspace: &Workspace, tools: &Tools) -> Result<i32> {
    let temp = services::folder()?;
    let (modules, python) = (temp.path().join("node"), temp.path().join("python"));
    install(tools, &modules, &python)?;
    let hook = services::free_port()?;
    let address = format!("http://127.0.0.1:{hook}/hook");
    provider::build(tools)?;
    let (ours, _provider) = provider::start(workspace, tools, &address, WEBHOOK_SECRET)?;
    let (theirs, _localstripe) = localstripe(tools, &python)?;
    let mut script = tools.command("node");
    script
        .arg(SCRIPT)
        .env("STRIPE_LIBRARY", modules.join("node_modules/stripe"))
        .env("PROVIDER_PORT", ours.to_string())
        .env("LOCALSTRIPE_PORT", theirs.to_string())
        .env("HOOK_PORT", hook.to_string())
        .env("WEBHOOK_SECRET", WEBHOOK_SECRET);
    let status = process::status(&mut script)?;
    Ok(process::exit_code(status))
}

fn install(tools: &Tools, modules: &Path, python: &Path) -> Result<()> {
    println!("installing {LIBRARY} and {SERVER}");
    let mut npm = tools.command("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund"])
        .args(["--ignore-scripts", "--prefix"])
        .arg(modules)
        .arg(LIBRARY);
    process::run(&mut npm).context("npm installs Stripe's library")?;
    let mut pip = tools.command("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--target"])
        .arg(python)
        .arg(SERVER);
    process::run(&mut pip).context("pip installs localstripe")
}

fn localstripe(tools: &Tools, python: &Path) -> Result<(u16, Background)> {
    let port = services::free_port()?;
    let mut command = tools.command("python3");
    command
        .args(["-m", "localstripe", "--from-scratch", "--port"])
        .arg(port.to_string())
        .env("PYTHONPATH", python);
    let mut process = process::spawn(&mut command, "localstripe")?;
    // The one address that it gives without a key.
    let ready = || services::answers_ok(port, "/js.stripe.com/v3/");
    process.wait_until(START, ready)?;
    Ok((port, process))
}
