//! A mail as a mail server is told of it.

use lettre::{
    Address, Message,
    address::Envelope,
    transport::smtp::{
        Error as SmtpError,
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt},
        extension::{Extension, MailBodyParameter, MailParameter, ServerInfo},
    },
};

use super::super::send::MailError;

pub struct Letter<'a> {
    envelope: &'a Envelope,
    text: Vec<u8>,
}

impl<'a> Letter<'a> {
    pub fn of(message: &'a Message) -> Self {
        Self {
            envelope: message.envelope(),
            text: message.formatted(),
        }
    }

    /// The command that begins it, if this server can take it.
    pub fn first(&self, server: &ServerInfo) -> Result<Mail, MailError> {
        let mut options = Vec::new();
        let is_from_ascii = self.envelope.from().is_none_or(is_ascii);
        if !is_from_ascii || !self.is_to_ascii() {
            if !server.supports_feature(Extension::SmtpUtfEight) {
                return Err(self.not_taken());
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if !self.text.is_ascii() {
            if !server.supports_feature(Extension::EightBitMime) {
                return Err(self.not_taken());
            }
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(Mail::new(self.envelope.from().cloned(), options))
    }

    /// All that follows.
    pub async fn rest(&self, connection: &mut AsyncSmtpConnection) -> Result<(), SmtpError> {
        for to in self.envelope.to() {
            connection
                .command(Rcpt::new(to.clone(), Vec::new()))
                .await?;
        }
        connection.command(Data).await?;
        connection.message(&self.text).await?;
        Ok(())
    }

    /// An address stays as it is; the sender's is the shop's to change.
    fn not_taken(&self) -> MailError {
        match self.is_to_ascii() {
            true => MailError::AsciiAlone,
            false => MailError::NotAscii,
        }
    }

    fn is_to_ascii(&self) -> bool {
        self.envelope.to().iter().all(is_ascii)
    }
}

fn is_ascii(address: &Address) -> bool {
    let address: &str = address.as_ref();
    address.is_ascii()
}
