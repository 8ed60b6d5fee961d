//! TLS to servers that prove who they are to those whom this machine trusts.

use std::{io, net::SocketAddr, pin::Pin, sync::Arc, task};

use lettre::transport::smtp::client::AsyncTokioStream;
use rustls::{ClientConfig, Error as TlsError, RootCertStore, crypto::ring, pki_types::ServerName};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Certificates of those whom this machine trusts, or who are in the file that `SSL_CERT_FILE` names. One that cannot be
/// read is left out.
pub fn trusted() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

/// Encrypts connections to one server, which has to prove its name.
pub struct Encryptor {
    connector: TlsConnector,
    name: String,
}

impl Encryptor {
    pub fn for_server(name: String) -> Result<Self, TlsError> {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(trusted())
            .with_no_client_auth();
        Ok(Self {
            connector: TlsConnector::from(Arc::new(config)),
            name,
        })
    }

    pub async fn encrypt(&self, stream: TcpStream) -> io::Result<Encrypted<TcpStream>> {
        let name = ServerName::try_from(self.name.clone()).map_err(io::Error::other)?;
        let stream = self.connector.connect(name, stream).await?;
        Ok(stream.into())
    }
}

/// An encrypted connection. A type of our own, for the traits of others.
#[derive(Debug)]
pub struct Encrypted<S>(TlsStream<S>);

impl<S> From<TlsStream<S>> for Encrypted<S> {
    fn from(stream: TlsStream<S>) -> Self {
        Self(stream)
    }
}

impl AsyncTokioStream for Encrypted<TcpStream> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        let (stream, _) = self.0.get_ref();
        stream.peer_addr()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Encrypted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> task::Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Encrypted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
        bytes: &[u8],
    ) -> task::Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> task::Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> task::Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
