//! Settings, typed, from the command line and the environment.

use std::path::PathBuf;

use app::{locale::Languages, shop::ShopSettings, text::line_fault};
use lettre::message::Mailbox;
use secrecy::{ExposeSecret, SecretString};

use crate::{
    error::{Error, Result},
    mail::send::{Folder, Smtp, Transport},
    outbox::sender,
    payment::stripe::StripeSettings,
    pictures::media::S3Settings,
    settings::currency::{self, Unknown},
    store::Store,
};

/// Settings that every command needs. `Debug` shows no secret: the database's address may hold a
/// password.
#[derive(Debug, Clone, clap::Args)]
pub struct Config {
    /// Database: sqlite://FILE, created if it is missing, or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://.data/holdfast.db",
        hide_env_values = true
    )]
    pub database_url: SecretString,

    /// Redis, which coordinates several nodes: redis://HOST, redis-sentinel://… or redis-cluster://…
    ///
    /// With rediss in place of redis, the connection is encrypted and certificates are checked.
    #[arg(long, env = "REDIS_URL", hide_env_values = true)]
    pub redis_url: Option<SecretString>,

    /// Prefix of all keys in Redis; shops that share a Redis need one each
    #[arg(long, env = "HOLDFAST_REDIS_NAMESPACE", default_value = "holdfast")]
    pub redis_namespace: String,

    /// Number of servers that share the database
    #[arg(long, env = "HOLDFAST_NODES", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub nodes: u32,

    /// Folder for uploaded pictures, and for e-mails while there is no mail server
    ///
    /// Pictures are in its folder media, e-mails in its folder mail.
    #[arg(long, env = "HOLDFAST_DATA_DIR", default_value = ".data")]
    pub data_dir: PathBuf,

    /// Bucket for uploaded pictures in S3-compatible storage, instead of the data folder
    ///
    /// Several nodes need one, or share the data folder.
    #[arg(long, env = "HOLDFAST_S3_BUCKET")]
    pub s3_bucket: Option<String>,

    /// Region of the bucket
    #[arg(long, env = "HOLDFAST_S3_REGION", default_value = "us-east-1")]
    pub s3_region: String,

    /// Address of the storage if it is not Amazon's, such as https://storage.example
    #[arg(long, env = "HOLDFAST_S3_ENDPOINT")]
    pub s3_endpoint: Option<String>,

    /// Id of the access key; required with a bucket
    #[arg(
        long,
        env = "HOLDFAST_S3_KEY_ID",
        default_value = "",
        hide_env_values = true
    )]
    pub s3_key_id: String,

    /// Secret of the access key; required with a bucket
    #[arg(long, env = "HOLDFAST_S3_SECRET", hide_env_values = true)]
    pub s3_secret: Option<SecretString>,

    /// Name of the shop, until an admin sets another
    #[arg(long, env = "HOLDFAST_NAME", default_value = "Holdfast")]
    pub name: String,

    /// Currency of all prices, an ISO 4217 code such as EUR
    ///
    /// The shop remembers it from its first start; after that only an admin changes it.
    #[arg(long, env = "HOLDFAST_CURRENCY")]
    pub currency: Option<String>,

    /// Address at which shoppers reach the shop, such as https://shop.example; the listening address
    /// if left out
    ///
    /// With https, cookies are limited to this host (__Host-, Secure) and browsers are told to use TLS
    /// only (HSTS).
    #[arg(long, env = "HOLDFAST_BASE_URL")]
    pub base_url: Option<String>,

    /// Tax included in prices, in percent, until an admin sets another
    #[arg(long, env = "HOLDFAST_TAX_PERCENT", default_value = "19")]
    pub tax_percent: String,

    /// Languages of the shop's pages until an admin sets others, the default first: en, de, or both
    /// with a comma between
    ///
    /// Pages of the others have addresses that begin with the language, such as /de/products.
    #[arg(long, env = "HOLDFAST_LANGUAGES", default_value = "en")]
    pub languages: String,

    /// Take the client's address from X-Forwarded-For; only behind a proxy that sets it
    ///
    /// One address, the proxy's, may then have all connections.
    #[arg(long, env = "HOLDFAST_BEHIND_PROXY", default_value_t = false)]
    pub behind_proxy: bool,

    /// Mail server: smtps://USER:PASSWORD@HOST or smtp://HOST:587?tls=required
    ///
    /// Without one, e-mails are written as files to the folder mail in the data folder.
    #[arg(long, env = "SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<SecretString>,

    /// Sender of e-mails, such as Shop <orders@shop.example>; required with a mail server
    #[arg(long, env = "HOLDFAST_MAIL_FROM")]
    pub mail_from: Option<String>,

    /// Bearer token that opens /metrics; without one nobody can read them
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
    pub fn mail(&self) -> Result<(Mailbox, Box<dyn Transport>)> {
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
                    "no SMTP_URL: e-mails are written as files to this folder"
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

    /// Stripe, if its key is set. What it takes comes from the environment alone: other users of the
    /// machine can see a command line.
    pub fn stripe() -> Result<Option<StripeSettings>> {
        let Some(key) = variable("HOLDFAST_STRIPE_SECRET_KEY") else {
            return Ok(None);
        };
        let webhook = variable("HOLDFAST_STRIPE_WEBHOOK_SECRET").unwrap_or_default();
        let settings = StripeSettings::new(&SecretString::from(key), &SecretString::from(webhook))?;
        match variable("HOLDFAST_STRIPE_API") {
            Some(api) => Ok(Some(settings.at(&api, &api)?)),
            None => Ok(Some(settings)),
        }
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
    pub async fn currency(&self, db: &Store, unknown: Unknown) -> Result<String> {
        let wanted = self.wanted_currency()?;
        currency::settle(db, wanted.as_deref(), unknown).await
    }

    /// The name of the shop in this database.
    pub async fn name_of(&self, db: &Store) -> Result<String> {
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
        let languages = Languages::parse(&self.languages).ok_or_else(|| {
            Error::Setting(format!(
                "HOLDFAST_LANGUAGES is {:?}; it must be en, de, or both with a comma between",
                self.languages
            ))
        })?;
        Ok(ShopSettings {
            name: self.name.clone(),
            base_url: base_url.trim_end_matches('/').to_owned(),
            tax_basis_points,
            mail_from: self.mail_from.clone().unwrap_or_default(),
            written_in: languages.default_language().locale,
            languages,
            ..ShopSettings::default()
        })
    }
}

/// A variable that is set to something.
fn variable(name: &str) -> Option<String> {
    std::env::var(name)
        .ok()
        .filter(|value| !value.trim().is_empty())
}
