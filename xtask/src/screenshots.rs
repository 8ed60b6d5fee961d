//! The documents' pictures of the shop, taken from a fresh demo shop.

use anyhow::Result;

use crate::{
    process, services,
    settings::Workspace,
    shop::{Kind, Settings, Shop},
    site::Site,
    toolchain::Tools,
};

/// Takes all of them again; Playwright's exit code is ours.
pub fn take(workspace: &Workspace, tools: &Tools, site: &Site) -> Result<i32> {
    let temp = services::folder()?;
    let database = temp.path().join("shop.db");
    let shop = Shop::start(
        workspace,
        tools,
        site,
        Settings {
            name: "screenshots",
            database: &format!("sqlite://{}", database.display()),
            redis: None,
            data: temp.path().join("data"),
            kind: Kind::Shown,
        },
    )?;
    let mut playwright = shop.playwright(workspace, tools, "screenshots.config.ts")?;
    // The specs of a run of the tests have nothing to say here.
    playwright.env_remove("SPECS");
    let status = process::status(&mut playwright)?;
    match status.success() {
        true => println!("look at what changed: `git status end2end/screenshots`"),
        false => eprintln!("the server's log is {}", shop.log.display()),
    }
    Ok(process::exit_code(status))
}
