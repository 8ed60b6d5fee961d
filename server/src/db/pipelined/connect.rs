//! Where the database is and who asks for it: read by sqlx, so that both drivers understand one address, its
//! environment variables and password file alike.

use std::str::FromStr as _;

use percent_encoding::percent_decode_str;
use sqlx::{
    ConnectOptions as _,
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::task::{JoinHandle, spawn_blocking};
use tokio_postgres::{Client, Config, SimpleQueryMessage, config::SslMode};
use tokio_util::task::AbortOnDropHandle;

use super::{
    errors::error,
    tls::{Encryption, Trust},
};
use crate::{
    ahead,
    error::{Error, Result},
};

pub(super) struct Address {
    config: Config,
    encryption: Encryption,
    /// Of every connection.
    settings: &'static str,
}

impl Address {
    pub fn new(url: &str, settings: &'static str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|error| Error::Setting(format!("DATABASE_URL cannot be used: {error}")))?;
        let secrets = Secrets::of(&options);
        let mut config = Config::new();
        config
            .user(options.get_username())
            .port(options.get_port())
            .ssl_mode(match options.get_ssl_mode() {
                // As sqlx takes it.
                PgSslMode::Disable | PgSslMode::Allow => SslMode::Disable,
                PgSslMode::Prefer => SslMode::Prefer,
                PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull => {
                    SslMode::Require
                }
            });
        match options.get_socket() {
            #[cfg(unix)]
            Some(folder) => config.host_path(folder),
            #[cfg(not(unix))]
            Some(_) => return Err(Error::Setting("there are no such sockets here".to_owned())),
            None => config.host(options.get_host()),
        };
        if let Some(database) = options.get_database() {
            config.dbname(database);
        }
        if let Some(name) = options.get_application_name() {
            config.application_name(name);
        }
        if let Some(given) = options.get_options() {
            config.options(given);
        }
        if let Some(password) = &secrets.password {
            config.password(password);
        }
        Ok(Self {
            config,
            encryption: Encryption {
                trust: match options.get_ssl_mode() {
                    PgSslMode::VerifyFull => Trust::Named,
                    PgSslMode::VerifyCa => Trust::Signed,
                    PgSslMode::Disable
                    | PgSslMode::Allow
                    | PgSslMode::Prefer
                    | PgSslMode::Require => Trust::Any,
                },
                roots: secrets.roots,
                certificate: secrets.certificate,
                key: secrets.key,
            },
            settings,
        })
    }

    /// A new connection, and what drives it. It leads to a server that writes: after a failover an address may
    /// lead to a standby.
    pub async fn connect(&self) -> Result<(Client, JoinHandle<()>)> {
        let encryption = self.encryption.clone();
        let tls = match self.config.get_ssl_mode() {
            SslMode::Disable => Encryption::default().connector()?,
            // It reads files.
            _ => spawn_blocking(move || encryption.connector())
                .await
                .map_err(|error| Error::Invariant(format!("TLS is not set up: {error}")))??,
        };
        let config = self.config.clone();
        let connecting = ahead::spawn(async move {
            let (client, connection) = config.connect(tls).await.map_err(error)?;
            let driver = tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "a connection for orders ended");
                }
            });
            Ok::<_, Error>((client, driver))
        });
        let (client, driver) = AbortOnDropHandle::new(connecting)
            .await
            .map_err(|error| Error::Invariant(format!("a connection was not tried: {error}")))??;
        client.batch_execute(self.settings).await.map_err(error)?;
        let told = client.simple_query("SHOW transaction_read_only").await;
        let read_only = told.map_err(error)?.into_iter().find_map(|one| match one {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        });
        match read_only.as_deref() {
            Some("off") => Ok((client, driver)),
            _ => Err(Error::Database(sqlx::Error::Protocol(
                "this Postgres server is read-only".into(),
            ))),
        }
    }
}

/// What sqlx keeps to itself, but for an address that it writes.
struct Secrets {
    password: Option<String>,
    roots: Option<String>,
    certificate: Option<String>,
    key: Option<String>,
}

impl Secrets {
    fn of(options: &PgConnectOptions) -> Self {
        // Names that such an address may have; it does not write all of them so that they can be read.
        let plain = options.clone().username("shop").host("localhost");
        let url = plain.database("shop").to_url_lossy();
        let told = |name: &str| {
            let mut pairs = url.query_pairs();
            let found = pairs.find(|(key, _)| key == name);
            found.map(|(_, value)| value.into_owned())
        };
        // sqlx writes a file so; what has no such word before it is the certificate itself.
        let certificate = |name: &str| {
            let told = told(name)?;
            Some(match told.strip_prefix("file: ") {
                Some(path) => path.to_owned(),
                None => told,
            })
        };
        Self {
            password: url
                .password()
                .map(|text| percent_decode_str(text).decode_utf8_lossy().into_owned()),
            roots: certificate("sslrootcert"),
            certificate: certificate("sslcert"),
            key: certificate("sslkey"),
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio_postgres::config::Host;

    use super::*;

    fn address(url: &str) -> Address {
        Address::new(url, "").unwrap()
    }

    #[test]
    fn an_address_is_read_as_sqlx_reads_it() {
        let read = address(
            "postgres://sh%40p:p%40ss%3A%2F%25w%C3%B6rd@db.example:6543/sh%2Fop?application_name=node-1&options[geqo]=off",
        );
        let config = &read.config;
        assert_eq!(config.get_hosts(), [Host::Tcp("db.example".to_owned())]);
        assert_eq!(config.get_ports(), [6543]);
        assert_eq!(config.get_user(), Some("sh@p"));
        assert_eq!(config.get_password(), Some("p@ss:/%wörd".as_bytes()));
        assert_eq!(config.get_dbname(), Some("sh/op"));
        assert_eq!(config.get_application_name(), Some("node-1"));
        assert_eq!(config.get_options(), Some("-c geqo=off"));
    }

    #[cfg(unix)]
    #[test]
    fn an_address_may_be_a_socket() {
        let read = address("postgres:///shop?host=/var/run/postgresql&user=shop");
        let hosts = read.config.get_hosts();
        assert_eq!(hosts, [Host::Unix("/var/run/postgresql".into())]);
    }

    #[test]
    fn how_much_a_server_has_to_prove_is_said_as_to_sqlx() {
        for (mode, asked, trust) in [
            ("disable", SslMode::Disable, Trust::Any),
            ("allow", SslMode::Disable, Trust::Any),
            ("prefer", SslMode::Prefer, Trust::Any),
            ("require", SslMode::Require, Trust::Any),
            ("verify-ca", SslMode::Require, Trust::Signed),
            ("verify-full", SslMode::Require, Trust::Named),
        ] {
            let url = format!("postgres://db.example/shop?sslmode={mode}&sslrootcert=/etc/ca.pem");
            let read = address(&url);
            assert_eq!(read.config.get_ssl_mode(), asked, "{mode}");
            assert_eq!(read.encryption.trust, trust, "{mode}");
            assert_eq!(read.encryption.roots.as_deref(), Some("/etc/ca.pem"));
        }
    }
}
