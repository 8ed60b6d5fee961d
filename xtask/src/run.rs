//! The shop on this machine, for people.

use std::{env, fs, process::Command};

use anyhow::{Context, Result};

use crate::{
    process,
    settings::{Profile, Workspace},
    site::Site,
    toolchain::Tools,
};

pub struct Options {
    pub database_url: Option<String>,
    pub redis_url: Option<String>,
    pub addr: Option<String>,
}

const SERVE: [&str; 3] = ["serve", "--seed-if-empty", "--demo-payments"];

/// Serves until it is stopped; the server's exit code is ours.
pub fn serve(workspace: &Workspace, tools: &Tools, site: &Site, options: Options) -> Result<i32> {
    let addr = options.addr.as_deref().unwrap_or(&workspace.site.site_addr);
    let mut server = server(workspace, tools, site, addr);
    give_data(&mut server, workspace, &options)?;
    if site.profile == Profile::Release {
        server.env("LEPTOS_ENV", "PROD");
    }
    println!("==> the shop");
    Ok(process::exit_code(process::status(server.args(SERVE))?))
}

/// Rebuilds, restarts and reloads the page at every change, which is cargo-leptos' work.
pub fn watch(workspace: &Workspace, tools: &Tools, options: Options) -> Result<i32> {
    let mut leptos = tools.command("cargo-leptos");
    leptos.args(["leptos", "watch", "--"]).args(SERVE);
    leptos.env("LEPTOS_SITE_ROOT", workspace.site_root(Profile::Debug));
    if let Some(addr) = &options.addr {
        leptos.env("LEPTOS_SITE_ADDR", addr);
    }
    give_data(&mut leptos, workspace, &options)?;
    Ok(process::exit_code(process::status(&mut leptos)?))
}

/// The built server with the site's settings; the shop's own are up to the caller.
pub fn server(workspace: &Workspace, tools: &Tools, site: &Site, addr: &str) -> Command {
    let mut server = tools.command(&site.server);
    server.envs(workspace.site.environment(&site.root, site.profile));
    server.env("LEPTOS_SITE_ADDR", addr);
    server
}

fn give_data(command: &mut Command, workspace: &Workspace, options: &Options) -> Result<()> {
    let data = workspace.root.join(".data");
    fs::create_dir_all(&data).with_context(|| data.display().to_string())?;
    let database = options
        .database_url
        .clone()
        .or_else(|| env::var("DATABASE_URL").ok());
    let database =
        database.unwrap_or_else(|| format!("sqlite://{}", data.join("holdfast.db").display()));
    command
        .env("DATABASE_URL", database)
        .env("HOLDFAST_DATA_DIR", data);
    if let Some(redis) = &options.redis_url {
        command.env("REDIS_URL", redis);
    }
    Ok(())
}
