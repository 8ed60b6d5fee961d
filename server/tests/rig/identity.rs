//! How a server proves who it is.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use tempfile::TempDir;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
};

/// A certificate for 127.0.0.1 that only those trust who are told of it.
pub struct Identity {
    folder: TempDir,
}

impl Identity {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a certificate");
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])
            .expect("a certificate can be made");
        let this = Self { folder };
        fs::write(this.certificate(), made.cert.pem()).expect("it can be written");
        fs::write(this.key(), made.signing_key.serialize_pem()).expect("it can be written");
        this
    }

    /// Also what clients are told to trust.
    pub fn certificate(&self) -> PathBuf {
        self.folder().join("certificate.pem")
    }

    pub fn key(&self) -> PathBuf {
        self.folder().join("key.pem")
    }

    /// For a server of the tests' own.
    pub fn acceptor(&self) -> TlsAcceptor {
        let certificate = CertificateDer::from_pem_file(self.certificate());
        let certificate = certificate.expect("it is a certificate");
        let key = PrivateKeyDer::from_pem_file(self.key()).expect("it is a key");
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("they are ring's")
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .expect("one is of the other");
        TlsAcceptor::from(Arc::new(config))
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }
}
