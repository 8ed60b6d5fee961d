//! A mail server behind TLS, which takes everything.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, WriteHalf},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
    server::TlsStream,
};

use crate::rig::Identity;

pub struct MailServer {
    pub url: String,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    mails: AtomicUsize,
    /// Clients that hung up when they saw the certificate.
    distrusted: AtomicUsize,
}

impl MailServer {
    pub async fn start(identity: &Identity) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("some port is free");
        let address = listener.local_addr().expect("it listens");
        let counts: Arc<Counts> = Arc::default();
        let (acceptor, counted) = (acceptor(identity), counts.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, counts) = (acceptor.clone(), counted.clone());
                tokio::spawn(async move {
                    match acceptor.accept(stream).await {
                        // A client that hangs up is done.
                        Ok(stream) => drop(talk(stream, &counts.mails).await),
                        Err(_) => {
                            counts.distrusted.fetch_add(1, Ordering::SeqCst);
                        }
                    }
                });
            }
        });
        Self {
            url: format!("smtps://{address}"),
            counts,
        }
    }

    pub fn mails(&self) -> usize {
        self.counts.mails.load(Ordering::SeqCst)
    }

    pub fn distrusted(&self) -> usize {
        self.counts.distrusted.load(Ordering::SeqCst)
    }
}

fn acceptor(identity: &Identity) -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_file(identity.certificate());
    let certificate = certificate.expect("it is a certificate");
    let key = PrivateKeyDer::from_pem_file(identity.key()).expect("it is a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("they are ring's")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("one is of the other");
    TlsAcceptor::from(Arc::new(config))
}

async fn talk(stream: TlsStream<TcpStream>, mails: &AtomicUsize) -> io::Result<()> {
    let (read, mut write) = tokio::io::split(stream);
    let mut lines = BufReader::new(read).lines();
    say(&mut write, "220 hello\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        if line != "DATA" {
            say(&mut write, "250 fine\r\n").await?;
            continue;
        }
        say(&mut write, "354 go on\r\n").await?;
        while lines.next_line().await?.is_some_and(|line| line != ".") {}
        mails.fetch_add(1, Ordering::SeqCst);
        say(&mut write, "250 taken\r\n").await?;
    }
    Ok(())
}

async fn say(write: &mut WriteHalf<TlsStream<TcpStream>>, line: &str) -> io::Result<()> {
    write.write_all(line.as_bytes()).await?;
    write.flush().await
}
