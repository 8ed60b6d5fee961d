//! The tests' payment provider as a server of its own.

use std::time::Duration;

use anyhow::Result;

use crate::{
    process::{self, Background},
    services,
    settings::{Profile, Workspace},
    toolchain::Tools,
};

/// The key that it takes.
pub const SECRET_KEY: &str = "sk_test_rig";
const START: Duration = Duration::from_secs(60);
/// An example of the server's, which every build of all its tests brings along.
pub const EXAMPLE: &str = "payment_provider";

pub fn build(tools: &Tools) -> Result<()> {
    process::run(&mut tools.cargo_debug(&["build", "--package", "server", "--example", EXAMPLE]))
}

/// Starts what has been built on a free port. It sends its events to `hook`, signed with `secret`.
pub fn start(
    workspace: &Workspace,
    tools: &Tools,
    hook: &str,
    secret: &str,
) -> Result<(u16, Background)> {
    let port = services::free_port()?;
    let examples = workspace
        .target
        .join(Profile::Debug.folder())
        .join("examples");
    // Not by cargo, which may have to wait until another has done its work.
    let mut command = tools.command(examples.join(EXAMPLE));
    command.args([&port.to_string(), hook, secret]);
    let mut process = process::spawn(&mut command, "the payment provider")?;
    process.wait_until(START, || services::answers_ok(port, "/"))?;
    Ok((port, process))
}
