//! The suites of browser tests: each visits a shop of its own.

use std::process::{Command, ExitStatus};

use anyhow::Result;

use crate::{
    counts::Counts,
    failures, process,
    settings::Workspace,
    shop::{self, Shop},
    toolchain::Tools,
};

/// Which browser tests a suite runs: end2end/playwright.config.ts says which specs those are.
#[derive(Clone, Copy, PartialEq)]
pub enum Specs {
    All,
    /// Those in which a database and a cache have a say.
    Data,
    /// Those that visit an empty shop, with marks around all that comes from the catalogues.
    Texts,
    /// The one that visits an empty shop as its owner finds it.
    New,
    /// Those that WebKit runs by its own driver.
    WebKit,
}

impl Specs {
    /// As `SPECS` has it.
    fn value(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Data => "data",
            Self::Texts => "texts",
            Self::New => "new",
            Self::WebKit => "webkit",
        }
    }

    fn config(self) -> &'static str {
        match self {
            Self::All | Self::Data | Self::Texts | Self::New => "playwright.config.ts",
            Self::WebKit => "webkit.config.ts",
        }
    }

    pub fn shop(self) -> shop::Kind {
        match self {
            Self::All | Self::Data | Self::WebKit => shop::Kind::Demo,
            Self::Texts => shop::Kind::Marked,
            Self::New => shop::Kind::New,
        }
    }
}

/// A suite whose shop is open.
pub struct Browsers {
    name: &'static str,
    shop: Shop,
    playwright: Command,
}

/// What a suite came to.
pub struct Browsed {
    pub counts: Counts,
    /// What Playwright said of them.
    pub failures: String,
}

impl Browsers {
    pub fn of(
        workspace: &Workspace,
        tools: &Tools,
        shop: Shop,
        specs: Specs,
        name: &'static str,
    ) -> Result<Self> {
        let mut playwright = shop.playwright(workspace, tools, specs.config())?;
        playwright.env("SPECS", specs.value());
        // Playwright empties the folder when it begins, also of what another suite has left there.
        playwright.args(["--output", &format!("test-results/{name}")]);
        Ok(Self {
            name,
            shop,
            playwright,
        })
    }

    /// Shows what the tests say while they run.
    pub fn run(mut self) -> Result<Browsed> {
        let (status, output) = process::tee(&mut self.playwright, |_| ())?;
        Ok(self.came_to(status, &output))
    }

    /// Shows it at the end, in one piece: another suite runs at the same time.
    pub fn run_beside(mut self) -> Result<Browsed> {
        let (status, output) = process::unseen(&mut self.playwright)?;
        println!("==> {}\n{output}", self.name);
        Ok(self.came_to(status, &output))
    }

    fn came_to(&self, status: ExitStatus, output: &str) -> Browsed {
        if !status.success() {
            let log = self.shop.log.display();
            eprintln!("{}: the server's log is {log}", self.name);
        }
        Browsed {
            counts: Counts::from_playwright(output).judged(status.success()),
            failures: failures::of_playwright(output),
        }
    }
}
