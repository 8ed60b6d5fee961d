//! The shop's mail server.

use std::time::Duration;

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, transport::smtp::PoolConfig,
};
use tokio::{task::yield_now, time::timeout};

use super::send::{AT_ONCE, MailError, Transport};
use crate::error::Error;

/// A server that takes longer than this for one mail has failed.
const PATIENCE: Duration = Duration::from_secs(30);
/// After so long without a word a connection is dead.
const DEAD: Duration = Duration::from_secs(5 * 60);
/// How long a connection is kept that nobody needs. It is tried before it is used again: one that the mail
/// server has closed is opened again.
const KEPT: Duration = Duration::from_secs(60);

/// A mail server, with a connection for each mail that is on its way.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    patience: Duration,
}

impl Smtp {
    /// `smtps://USER:PASSWORD@HOST`, or `smtp://HOST:587?tls=required`.
    pub fn at(url: &str) -> Result<Self, Error> {
        // The error is not passed on: it may repeat the address with its password.
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| {
            Error::Setting(
                "SMTP_URL cannot be used; it must be like smtps://USER:PASSWORD@HOST or \
                 smtp://HOST:587?tls=required"
                    .to_owned(),
            )
        })?;
        let connections = u32::try_from(AT_ONCE).unwrap_or(u32::MAX);
        let pool = PoolConfig::new().max_size(connections).idle_timeout(KEPT);
        Ok(Self {
            transport: builder.timeout(Some(PATIENCE)).pool_config(pool).build(),
            patience: PATIENCE,
        })
    }

    /// The same with another patience.
    #[must_use]
    pub fn waiting(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }
}

#[async_trait]
impl Transport for Smtp {
    async fn carry(&self, _: &str, message: Message) -> Result<(), MailError> {
        let is_ascii = message.envelope().to().iter().all(|to| {
            let to: &str = to.as_ref();
            to.is_ascii()
        });
        let transport = self.transport.clone();
        // It goes on by itself when we lose patience. Given up in the middle, its connection would be used again, and
        // the late answer to this mail taken for that to the next.
        let sending = tokio::spawn(async move {
            let sent = timeout(DEAD, transport.send(message)).await;
            // The connection goes back by a task of its own. The next mail is to find it there.
            yield_now().await;
            sent
        });
        match timeout(self.patience, sending).await {
            Ok(Ok(Ok(Ok(_)))) => Ok(()),
            // The mail server was asked and offers no SMTPUTF8: waiting changes nothing.
            Ok(Ok(Ok(Err(error)))) if error.is_client() && !is_ascii => {
                Err(MailError::NotAscii(error))
            }
            Ok(Ok(Ok(Err(error)))) => Err(error.into()),
            Ok(Ok(Err(_))) | Err(_) => Err(MailError::TooLong),
            Ok(Err(stopped)) => Err(std::io::Error::other(stopped).into()),
        }
    }
}
