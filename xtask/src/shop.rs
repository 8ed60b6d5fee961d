//! The shop that the browser tests visit.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::{Context, Result, anyhow};

use crate::{
    process::{self, Background},
    provider, run, services,
    settings::Workspace,
    site::Site,
    toolchain::Tools,
};

pub const ADMIN_EMAIL: &str = "admin@example.com";
pub const ADMIN_PASSWORD: &str = "only for the browser tests";

const WEBHOOK_SECRET: &str = "whsec_browser_tests";

pub struct Settings<'a> {
    pub name: &'a str,
    pub database: &'a str,
    pub redis: Option<&'a str>,
    pub data: PathBuf,
}

/// The built server with a full shop and one administrator.
pub struct Shop {
    pub port: u16,
    pub log: PathBuf,
    _process: Background,
    _provider: Background,
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
        let hook = format!("http://127.0.0.1:{port}/hooks/stripe");
        let (pages, provider) = provider::start(tools, &hook, WEBHOOK_SECRET)?;
        let server = || {
            let mut server = run::server(workspace, tools, site, &format!("127.0.0.1:{port}"));
            server
                .env("DATABASE_URL", settings.database)
                .env("HOLDFAST_DATA_DIR", &settings.data)
                .env("HOLDFAST_LANGUAGES", "en,de")
                .env("HOLDFAST_STRIPE_SECRET_KEY", provider::SECRET_KEY)
                .env("HOLDFAST_STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET)
                .env("HOLDFAST_STRIPE_API", format!("http://127.0.0.1:{pages}"))
                // Mails go into files, which the tests read.
                .env_remove("SMTP_URL");
            match settings.redis {
                Some(redis) => server.env("REDIS_URL", redis),
                None => server.env_remove("REDIS_URL"),
            };
            server
        };
        let mut serve = server();
        serve.args(["serve", "--seed-if-empty", "--demo-payments"]);
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
            log,
            _process: process,
            _provider: provider,
        })
    }
}
