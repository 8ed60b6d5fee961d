//! TLS to Postgres, with as much proof as sqlx asks for under the same `sslmode`.

use std::{future::Future, io, pin::Pin, sync::Arc};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, RootCertStore,
    SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime, pem::PemObject as _},
};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_rustls::TlsConnector;

use crate::{
    error::{Error, Result},
    tls::{self, Encrypted},
};

/// What a server has to prove.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Trust {
    /// Nothing: it is only kept from listeners.
    #[default]
    Any,
    /// That its certificate was signed by one of those who are trusted.
    Signed,
    /// The same, and that it has the name it was called by.
    Named,
}

/// Files are named, or are there as PEM themselves.
#[derive(Clone, Default)]
pub(super) struct Encryption {
    pub trust: Trust,
    /// Who is trusted beside those whom the machine trusts.
    pub roots: Option<String>,
    /// By what this side proves who it is.
    pub certificate: Option<String>,
    pub key: Option<String>,
}

impl Encryption {
    pub fn connector(&self) -> Result<Connector> {
        let provider = Arc::new(ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(broken)?;
        let config = match self.trust {
            Trust::Named => config.with_root_certificates(self.trusted()?),
            Trust::Signed => {
                let roots = Arc::new(self.trusted()?);
                let verifier = WebPkiServerVerifier::builder_with_provider(roots, provider);
                let verifier = AnyName(verifier.build().map_err(broken)?);
                let config = config.dangerous();
                config.with_custom_certificate_verifier(Arc::new(verifier))
            }
            Trust::Any => {
                let config = config.dangerous();
                config.with_custom_certificate_verifier(Arc::new(Anybody(provider)))
            }
        };
        let config = match (&self.certificate, &self.key) {
            (Some(certificate), Some(key)) => {
                let key = PrivateKeyDer::from_pem_slice(&pem(key)?).map_err(broken)?;
                let chain = certificates(certificate)?;
                config.with_client_auth_cert(chain, key).map_err(broken)?
            }
            (None, None) => config.with_no_client_auth(),
            (Some(_), None) | (None, Some(_)) => {
                return Err(Error::Setting(
                    "sslcert and sslkey must be given together".to_owned(),
                ));
            }
        };
        Ok(Connector(TlsConnector::from(Arc::new(config))))
    }

    fn trusted(&self) -> Result<RootCertStore> {
        let mut roots = tls::trusted();
        if let Some(named) = &self.roots {
            for certificate in certificates(named)? {
                roots.add(certificate).map_err(broken)?;
            }
        }
        Ok(roots)
    }
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Database(sqlx::Error::Tls(Box::new(error)))
}

fn pem(named: &str) -> Result<Vec<u8>> {
    match named.trim_start().starts_with("-----BEGIN ") {
        true => Ok(named.as_bytes().to_vec()),
        false => Ok(std::fs::read(named)?),
    }
}

fn certificates(named: &str) -> Result<Vec<CertificateDer<'static>>> {
    let pem = pem(named)?;
    let all = CertificateDer::pem_slice_iter(&pem);
    all.map(|one| one.map_err(broken)).collect()
}

/// Takes any certificate, as long as the server has its key.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// Takes a certificate for whatever name.
#[derive(Debug)]
struct AnyName(Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for AnyName {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        use CertificateError::{NotValidForName, NotValidForNameContext};
        let verified = self
            .0
            .verify_server_cert(certificate, between, name, ocsp, now);
        match verified {
            Err(TlsError::InvalidCertificate(NotValidForName | NotValidForNameContext { .. })) => {
                Ok(ServerCertVerified::assertion())
            }
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.0.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.0.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

#[derive(Clone)]
pub(super) struct Connector(TlsConnector);

/// To one server.
pub(super) struct ToServer {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl<S> MakeTlsConnect<S> for Connector
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type TlsConnect = ToServer;
    type Error = io::Error;

    fn make_tls_connect(&mut self, host: &str) -> io::Result<ToServer> {
        // A socket of this machine has none, and is not encrypted.
        let host = if host.is_empty() { "localhost" } else { host };
        let name = ServerName::try_from(host.to_owned());
        Ok(ToServer {
            connector: self.0.clone(),
            name: name.map_err(io::Error::other)?,
        })
    }
}

impl<S> TlsConnect<S> for ToServer
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Encrypted<S>>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move {
            let stream = self.connector.connect(self.name, stream).await?;
            Ok(Encrypted::from(stream))
        })
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream for Encrypted<S> {
    /// As sqlx, which binds no password to the channel either.
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}
