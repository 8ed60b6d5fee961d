//! The tests' payment provider as a server of its own.

use std::time::Duration;

use anyhow::Result;

use crate::{
    process::{self, Background},
    services,
    toolchain::Tools,
};

/// The key that it takes.
pub const SECRET_KEY: &str = "sk_test_rig";
const START: Duration = Duration::from_secs(60);
const EXAMPLE: [&str; 4] = ["--package", "server", "--example", "payment_provider"];

/// Builds and starts it on a free port. It sends its events to `hook`, signed with `secret`.
pub fn start(tools: &Tools, hook: &str, secret: &str) -> Result<(u16, Background)> {
    process::run(tools.cargo_debug(&["build"]).args(EXAMPLE))?;
    let port = services::free_port()?;
    let mut command = tools.cargo_debug(&["run", "--quiet"]);
    command
        .args(EXAMPLE)
        .args(["--", &port.to_string(), hook, secret]);
    let mut process = process::spawn(&mut command, "the payment provider")?;
    process.wait_until(START, || services::answers_ok(port, "/"))?;
    Ok((port, process))
}
