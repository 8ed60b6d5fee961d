//! Settings, typed, from the command line and the environment.

use std::path::PathBuf;

use app::{ports::ShopSettings, text::line_fault};
use lettre::message::Mailbox;
use secrecy::{ExposeSecret, SecretString};

use crate::{
    catalog::media::S3Settings,
    db::Db,
    error::{Error, Result},
    mail::send::{Carrier, Folder, Smtp, sender},
    settings::currency::{self, Unknown},
};

/// Settings that every command needs. `Debug` shows no secret: the database's address may hold a
/// password.
#[derive(Debug, Clone, clap::Args)]
pub struct Config {
    /// sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://.data/holdfast.db",
        hide_env_values = true
    )]
    pub database_url: SecretString,

    /// redis://HOST, redis-sentinel://… or redis-cluster://…; what coordinates several nodes
    #[arg(long, env = "REDIS_URL", hide_env_values = true)]
    pub redis_url: Option<SecretString>,

    /// Beginning of all keys in Redis; shops that share a server need one each
    #[arg(long, env = "HOLDFAST_REDIS_NAMESPACE", default_value = "holdfast")]
    pub redis_namespace: String,

    /// How many nodes share the database
    #[arg(long, env = "HOLDFAST_NODES", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub nodes: u32,

    /// Folder for uploaded pictures
    #[arg(long, env = "HOLDFAST_DATA_DIR", default_value = ".data")]
    pub data_dir: PathBuf,

    /// Bucket for uploaded pictures in storage that speaks S3; without it they go into the data folder
    #[arg(long, env = "HOLDFAST_S3_BUCKET")]
    pub s3_bucket: Option<String>,

    /// Region of the bucket
    #[arg(long, env = "HOLDFAST_S3_REGION", default_value = "us-east-1")]
    pub s3_region: String,

    /// Address of the storage, if it is not Amazon's
    #[arg(long, env = "HOLDFAST_S3_ENDPOINT")]
    pub s3_endpoint: Option<String>,

    /// Name of the key that opens the bucket
    #[arg(
        long,
        env = "HOLDFAST_S3_KEY_ID",
        default_value = "",
        hide_env_values = true
    )]
    pub s3_key_id: String,

    /// The key itself
    #[arg(long, env = "HOLDFAST_S3_SECRET", hide_env_values = true)]
    pub s3_secret: Option<SecretString>,

    /// Name of the shop
    #[arg(long, env = "HOLDFAST_NAME", default_value = "Holdfast")]
    pub name: String,

    /// Currency of all prices, ISO 4217, such as EUR: the shop remembers it from its first start, and
    /// after that only an admin changes it
    #[arg(long, env = "HOLDFAST_CURRENCY")]
    pub currency: Option<String>,

    /// Address at which shoppers reach the shop; https:// makes cookies Secure
    #[arg(long, env = "HOLDFAST_BASE_URL")]
    pub base_url: Option<String>,

    /// Tax contained in prices, in percent
    #[arg(long, env = "HOLDFAST_TAX_PERCENT", default_value = "19")]
    pub tax_percent: String,

    /// Take the client's address from X-Forwarded-For: only behind a proxy that sets it
    #[arg(long, env = "HOLDFAST_BEHIND_PROXY", default_value_t = false)]
    pub behind_proxy: bool,

    /// Mail server: smtps://USER:PASSWORD@HOST or smtp://HOST:587?tls=required; without it mails
    /// are written as files to the folder mail in the data folder
    #[arg(long, env = "SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<SecretString>,

    /// Who mails come from, such as Shop <orders@shop.example>; needed with a mail server
    #[arg(long, env = "HOLDFAST_MAIL_FROM")]
    pub mail_from: Option<String>,

    /// Who sends this as a bearer token may read /metrics; nobody may until it is set
    #[arg(long, env = "HOLDFAST_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<SecretString>,
}

impl Config {
    pub fn database_url(&self) -> &str {
        self.database_url.expose_secret()
    }

    pub fn redis_url(&self) -> Option<&str> {
        self.redis_url
            .as_ref()
            .map(ExposeSecret::expose_secret)
            .filter(|url| !url.is_empty())
    }

    fn smtp_url(&self) -> Option<&str> {
        self.smtp_url
            .as_ref()
            .map(ExposeSecret::expose_secret)
            .filter(|url| !url.is_empty())
    }

    /// Who mails come from, and what takes them on.
    pub fn mail(&self) -> Result<(Mailbox, Box<dyn Carrier>)> {
        let from = self.mail_from.as_deref().filter(|from| !from.is_empty());
        Ok(match (self.smtp_url(), from) {
            (Some(url), Some(from)) => (sender(from)?, Box::new(Smtp::at(url)?)),
            (Some(_), None) => {
                return Err(Error::Setting(
                    "SMTP_URL is set, so HOLDFAST_MAIL_FROM must be too, such as \
                     Shop <orders@shop.example>"
                        .to_owned(),
                ));
            }
            (None, from) => {
                let folder = self.data_dir.join("mail");
                tracing::info!(
                    folder = %folder.display(),
                    "no SMTP_URL: mails are written as files to this folder"
                );
                let from = sender(from.unwrap_or("shop@localhost"))?;
                (from, Box::new(Folder::new(folder)))
            }
        })
    }

    pub fn metrics_token(&self) -> Option<SecretString> {
        self.metrics_token
            .clone()
            .filter(|token| !token.expose_secret().is_empty())
    }

    /// Where pictures go, if not into the data folder.
    pub fn s3(&self) -> Result<Option<S3Settings>> {
        let Some(bucket) = self.s3_bucket.clone().filter(|bucket| !bucket.is_empty()) else {
            return Ok(None);
        };
        let secret = self
            .s3_secret
            .clone()
            .filter(|_| !self.s3_key_id.is_empty());
        let secret = secret.ok_or_else(|| {
            Error::Setting(
                "HOLDFAST_S3_BUCKET is set, so HOLDFAST_S3_KEY_ID and HOLDFAST_S3_SECRET must be"
                    .to_owned(),
            )
        })?;
        Ok(Some(S3Settings {
            bucket,
            region: self.s3_region.clone(),
            endpoint: self.s3_endpoint.clone().filter(|url| !url.is_empty()),
            key_id: self.s3_key_id.clone(),
            secret,
        }))
    }

    /// The currency that the shop in this database keeps its prices in, on record from now on.
    pub async fn currency(&self, db: &Db, unknown: Unknown) -> Result<String> {
        let wanted = self.wanted_currency()?;
        currency::settle(db, wanted.as_deref(), unknown).await
    }

    /// The name of the shop in this database.
    pub async fn name_of(&self, db: &Db) -> Result<String> {
        let defaults = ShopSettings {
            name: self.name.clone(),
            ..ShopSettings::default()
        };
        Ok(crate::settings::read(db, &defaults).await?.settings.name)
    }

    fn wanted_currency(&self) -> Result<Option<String>> {
        let Some(text) = self.currency.as_deref().filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let currency = text.to_ascii_uppercase();
        if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(Error::Setting(format!(
                "HOLDFAST_CURRENCY is {text:?}; it must be an ISO 4217 code such as EUR"
            )));
        }
        Ok(Some(currency))
    }

    /// What counts until an admin sets something else, but for the currency, which the database knows.
    /// `site_addr` is taken for a base address that is not set.
    pub fn shop_settings(&self, site_addr: std::net::SocketAddr) -> Result<ShopSettings> {
        let name = self.name.trim();
        if line_fault(name, usize::MAX).is_some() && !name.is_empty() {
            return Err(Error::Setting(format!(
                "HOLDFAST_NAME is {:?}; it must be one line without characters that cannot be seen",
                self.name
            )));
        }
        let base_url = self
            .base_url
            .clone()
            .unwrap_or_else(|| format!("http://{site_addr}"));
        let parsed = url::Url::parse(&base_url).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https") && url.has_host() && url.path() == "/"
        });
        if parsed.is_none() {
            return Err(Error::Setting(format!(
                "HOLDFAST_BASE_URL is {base_url:?}; it must be like https://shop.example"
            )));
        }
        let tax_basis_points = app::money::parse_percent(&self.tax_percent)
            .ok()
            .filter(|tax| *tax <= 10_000)
            .ok_or_else(|| {
                Error::Setting(format!(
                    "HOLDFAST_TAX_PERCENT is {:?}; it must be a number from 0 to 100",
                    self.tax_percent
                ))
            })?;
        Ok(ShopSettings {
            name: self.name.clone(),
            base_url: base_url.trim_end_matches('/').to_owned(),
            tax_basis_points,
            mail_from: self.mail_from.clone().unwrap_or_default(),
            ..ShopSettings::default()
        })
    }
}
