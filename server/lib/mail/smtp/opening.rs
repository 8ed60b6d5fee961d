//! Opening connections to the mail server.

use std::{io, time::Duration};

use lettre::transport::smtp::{
    authentication::DEFAULT_MECHANISMS,
    client::{AsyncSmtpConnection, AsyncTokioStream, TlsParameters},
};
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::{
    super::send::MailError,
    address::{Encryption, SmtpAddress},
};
use crate::tls::Encryptor;

/// A machine that is not reached in this time is given up for the next of the same name.
const REACHED: Duration = Duration::from_secs(10);

enum Tls {
    Never,
    IfOffered(TlsParameters),
    Required(TlsParameters),
    FromTheStart(Encryptor),
}

pub struct Opener {
    address: SmtpAddress,
    tls: Tls,
}

impl Opener {
    pub fn to(address: SmtpAddress) -> Option<Self> {
        let host = address.host.clone();
        let tls = match address.encryption {
            Encryption::Never => Tls::Never,
            Encryption::IfOffered => Tls::IfOffered(TlsParameters::new(host).ok()?),
            Encryption::Required => Tls::Required(TlsParameters::new(host).ok()?),
            Encryption::FromTheStart => Tls::FromTheStart(Encryptor::for_server(host).ok()?),
        };
        Some(Self { address, tls })
    }

    /// Encrypted and signed in, as the address asks for.
    pub async fn open(&self) -> Result<AsyncSmtpConnection, MailError> {
        let SmtpAddress {
            host,
            port,
            hello,
            credentials,
            encryption: _,
        } = &self.address;
        let stream = reach(host, *port).await.map_err(MailError::Unreachable)?;
        let stream: Box<dyn AsyncTokioStream> = match &self.tls {
            Tls::FromTheStart(encryptor) => {
                let encrypted = encryptor.encrypt(stream).await;
                Box::new(encrypted.map_err(MailError::Unreachable)?)
            }
            Tls::Never | Tls::IfOffered(_) | Tls::Required(_) => Box::new(stream),
        };
        let mut connection = AsyncSmtpConnection::connect_with_transport(stream, hello).await?;
        match &self.tls {
            Tls::IfOffered(tls) if connection.can_starttls() => {
                connection.starttls(tls.clone(), hello).await?;
            }
            Tls::Required(tls) => connection.starttls(tls.clone(), hello).await?,
            Tls::Never | Tls::IfOffered(_) | Tls::FromTheStart(_) => {}
        }
        if let Some(credentials) = credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

/// The first machine of this name that answers.
async fn reach(host: &str, port: u16) -> io::Result<TcpStream> {
    let mut failed = io::Error::other("there is no machine of its name");
    for machine in lookup_host((host, port)).await? {
        match timeout(REACHED, TcpStream::connect(machine)).await {
            Ok(Ok(stream)) => {
                // The end of a mail is written by itself. By Nagle's algorithm it would wait until the text before it
                // is acknowledged, which a server may put off for 40 ms.
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Ok(Err(error)) => failed = error,
            Err(too_long) => failed = too_long.into(),
        }
    }
    Err(failed)
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn the_end_of_a_mail_waits_for_no_acknowledgement() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let stream = reach("127.0.0.1", port).await.unwrap();
        assert!(stream.nodelay().unwrap());
    }
}
