//! How a server proves who it is.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

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

    fn folder(&self) -> &Path {
        self.folder.path()
    }
}
