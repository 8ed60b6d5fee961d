//! The shop's mail server.

mod address;
mod kept;
mod letter;
mod opening;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use lettre::{
    Message,
    transport::smtp::{Error as SmtpError, client::AsyncSmtpConnection},
};
use tokio::time::timeout;

use self::{address::SmtpAddress, kept::Kept, letter::Letter, opening::Opener};
use super::send::{MailError, Transport};
use crate::error::Error;

/// A server that takes longer than this for one mail has failed.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a server may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(5);
/// A server that ends the connection says so in place of an answer.
const CLOSING: u16 = 421;

/// A mail server, with a connection for each mail that is on its way.
///
/// `lettre` speaks SMTP, and connections are ours: its own leave Nagle's algorithm on and are asked each time whether
/// they are still there.
pub struct Smtp {
    opener: Opener,
    kept: Arc<Kept<AsyncSmtpConnection>>,
    patience: Duration,
}

impl Smtp {
    /// `smtps://USER:PASSWORD@HOST`, or `smtp://HOST:587?tls=required`.
    pub fn at(url: &str) -> Result<Self, Error> {
        // What is wrong with it is not said: that may repeat the address with its password.
        let opener = SmtpAddress::read(url).and_then(Opener::to);
        let opener = opener.ok_or_else(|| {
            Error::Setting(
                "SMTP_URL cannot be used; it must be like smtps://USER:PASSWORD@HOST or \
                 smtp://HOST:587?tls=required"
                    .to_owned(),
            )
        })?;
        Ok(Self {
            opener,
            kept: Kept::new(part),
            patience: PATIENCE,
        })
    }

    /// The same with another patience.
    #[must_use]
    pub fn waiting(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    async fn send(&self, letter: &Letter<'_>) -> Result<(), MailError> {
        let connection = match self.kept.take() {
            Some(kept) => self.begin_on_kept(kept, letter).await?,
            None => self.begin_on_new(letter).await?,
        };
        self.finish(connection, letter).await
    }

    /// Nobody asks first whether the connection is still there: that would take as long as the mail's first command, which
    /// shows it as well. Only a mail that has not begun is sent on another: of a later one it is not known what has arrived.
    async fn begin_on_kept(
        &self,
        connection: AsyncSmtpConnection,
        letter: &Letter<'_>,
    ) -> Result<AsyncSmtpConnection, MailError> {
        match self.begin(connection, letter).await {
            Err(MailError::Smtp(error)) if is_gone(&error) => self.begin_on_new(letter).await,
            begun => begun,
        }
    }

    async fn begin_on_new(&self, letter: &Letter<'_>) -> Result<AsyncSmtpConnection, MailError> {
        self.begin(self.opener.open().await?, letter).await
    }

    async fn begin(
        &self,
        mut connection: AsyncSmtpConnection,
        letter: &Letter<'_>,
    ) -> Result<AsyncSmtpConnection, MailError> {
        let first = match letter.first(connection.server_info()) {
            Ok(first) => first,
            Err(error) => {
                // The server has heard nothing of this mail.
                self.kept.put(connection);
                return Err(error);
            }
        };
        match connection.command(first).await {
            Ok(_) => Ok(connection),
            Err(error) => Err(failed(connection, error)),
        }
    }

    async fn finish(
        &self,
        mut connection: AsyncSmtpConnection,
        letter: &Letter<'_>,
    ) -> Result<(), MailError> {
        match letter.rest(&mut connection).await {
            Ok(()) => {
                self.kept.put(connection);
                Ok(())
            }
            Err(error) => Err(failed(connection, error)),
        }
    }
}

#[async_trait]
impl Transport for Smtp {
    async fn carry(&self, _: &str, message: Message) -> Result<(), MailError> {
        let letter = Letter::of(&message);
        // When we lose patience the connection ends in the middle of the mail. Used again, it would take the late answer for
        // that to the next.
        let sent = timeout(self.patience, self.send(&letter)).await;
        sent.unwrap_or(Err(MailError::TooLong))
    }
}

/// Whether the server had ended the connection before it heard of the mail.
fn is_gone(error: &SmtpError) -> bool {
    match error.status() {
        Some(code) => u16::from(code) == CLOSING,
        None => true,
    }
}

/// Ends a connection on which a mail has failed.
fn failed(connection: AsyncSmtpConnection, error: SmtpError) -> MailError {
    // Who answers is told. On others it is not known what comes next.
    if error.status().is_some() {
        part(connection);
    }
    error.into()
}

/// Says goodbye, for which nobody waits.
fn part(mut connection: AsyncSmtpConnection) {
    tokio::spawn(async move { timeout(GOODBYE, connection.abort()).await });
}
