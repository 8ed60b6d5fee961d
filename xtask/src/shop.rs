//! The shop that the browser tests visit.

use std::{fs, path::PathBuf, process::Command, time::Duration};

use anyhow::{Context, Result, anyhow};

use crate::{
    process::{self, Background},
    provider, run, services,
    settings::Workspace,
    site::Site,
    toolchain::Tools,
};

const ADMIN_EMAIL: &str = "admin@example.com";
const ADMIN_PASSWORD: &str = "only for the browser tests";

const WEBHOOK_SECRET: &str = "whsec_browser_tests";
/// Turns the marks of `app::locale` on.
const MARK_TEXTS: &str = "HOLDFAST_MARK_TEXTS";

pub struct Settings<'a> {
    pub name: &'a str,
    pub database: &'a str,
    pub redis: Option<&'a str>,
    pub data: PathBuf,
    pub kind: Kind,
}

/// Which shop it is.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// With the demo's products and pages.
    Demo,
    /// The same as `cargo xtask run` starts it, in English: for the documents' pictures.
    Shown,
    /// An empty one, with marks around all that comes from the catalogues.
    Marked,
    /// An empty one in English, as its owner finds it.
    New,
}

/// The built server with its shop and one administrator.
pub struct Shop {
    port: u16,
    /// Where the payment provider sends its events: the tests listen there and hand them on, or lose them.
    hooks: Option<u16>,
    pub log: PathBuf,
    mail: PathBuf,
    _process: Background,
    _provider: Option<Background>,
}

impl Shop {
    pub fn start(
        workspace: &Workspace,
        tools: &Tools,
        site: &Site,
        settings: Settings,
    ) -> Result<Self> {
        fs::create_dir_all(&settings.data).with_context(|| settings.data.display().to_string())?;
        // Outside of the temporary directory: it is wanted afterwards.
        let log = workspace.target.join(format!("{}.log", settings.name));
        let log_file = fs::File::create(&log).with_context(|| log.display().to_string())?;
        let port = services::free_port()?;
        let languages = match settings.kind {
            Kind::Demo | Kind::Marked => "en,de",
            Kind::Shown | Kind::New => "en",
        };
        let (hooks, provider) = match settings.kind {
            Kind::Demo => {
                let hooks = services::free_port()?;
                let hook = format!("http://127.0.0.1:{hooks}/hooks/stripe");
                let provider = provider::start(workspace, tools, &hook, WEBHOOK_SECRET)?;
                (Some(hooks), Some(provider))
            }
            Kind::Shown | Kind::Marked | Kind::New => (None, None),
        };
        let server = || {
            let mut server = run::server(workspace, tools, site, &format!("127.0.0.1:{port}"));
            server
                .env("DATABASE_URL", settings.database)
                .env("HOLDFAST_DATA_DIR", &settings.data)
                .env("HOLDFAST_LANGUAGES", languages)
                // Mails go into files, which the tests read.
                .env_remove("SMTP_URL")
                .env_remove("HOLDFAST_DEMO_PAYMENTS")
                .env_remove(MARK_TEXTS);
            if settings.kind == Kind::Marked {
                server.env(MARK_TEXTS, "1");
            }
            match &provider {
                Some((pages, _)) => server
                    .env("HOLDFAST_STRIPE_SECRET_KEY", provider::SECRET_KEY)
                    .env("HOLDFAST_STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET)
                    .env("HOLDFAST_STRIPE_API", format!("http://127.0.0.1:{pages}")),
                None => server.env_remove("HOLDFAST_STRIPE_SECRET_KEY"),
            };
            match settings.redis {
                Some(redis) => server.env("REDIS_URL", redis),
                None => server.env_remove("REDIS_URL"),
            };
            server
        };
        let mut serve = server();
        serve.arg("serve");
        match settings.kind {
            Kind::Demo | Kind::Shown => serve.args(["--seed-if-empty", "--demo-payments"]),
            Kind::Marked => serve.arg("--demo-payments"),
            // Its owner has to open it first.
            Kind::New => &mut serve,
        };
        serve
            .stdout(
                log_file
                    .try_clone()
                    .with_context(|| log.display().to_string())?,
            )
            .stderr(log_file);
        let mut process = process::spawn(&mut serve, "the server")?;
        process
            .wait_until(Duration::from_secs(60), || {
                services::answers_ok(port, "/readyz")
            })
            .map_err(|error| {
                anyhow!(
                    "{error:#}\n{}",
                    fs::read_to_string(&log).unwrap_or_default()
                )
            })?;
        process::feed(
            server().args(["admin", "create", ADMIN_EMAIL, "--password-stdin"]),
            ADMIN_PASSWORD,
        )?;
        Ok(Self {
            port,
            hooks,
            log,
            mail: settings.data.join("mail"),
            _process: process,
            _provider: provider.map(|(_, process)| process),
        })
    }

    /// Playwright with a configuration of the tests' folder, for this shop.
    pub fn playwright(
        &self,
        workspace: &Workspace,
        tools: &Tools,
        config: &str,
    ) -> Result<Command> {
        let chromium = services::chromium(tools)
            .context("Chromium is not installed: run `cargo xtask setup --for test`")?;
        let mut playwright = tools.command("npx");
        playwright
            .args(["playwright", "test", "--config", config])
            .current_dir(workspace.root.join(&workspace.site.end2end_dir))
            .env("BASE_URL", format!("http://127.0.0.1:{}", self.port))
            .env("CHROMIUM", chromium)
            .env("ADMIN_EMAIL", ADMIN_EMAIL)
            .env("ADMIN_PASSWORD", ADMIN_PASSWORD)
            .env("MAIL_FOLDER", &self.mail);
        match self.hooks {
            Some(hooks) => playwright.env("HOOK_PORT", hooks.to_string()),
            None => playwright.env_remove("HOOK_PORT"),
        };
        Ok(playwright)
    }
}
