//! Streams of events: a connection each, on which a server tells what is new.

use std::{io, net::SocketAddr};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Of what was heard so much is looked through for a word.
const KEPT: usize = 2 * 1024;
const READ: usize = 512;

pub struct Events {
    stream: TcpStream,
    heard: Vec<u8>,
}

impl Events {
    /// Opens a stream.
    ///
    /// # Errors
    /// The status if the server has another answer, 0 if it has none.
    pub async fn open(address: SocketAddr, request: &[u8]) -> Result<Self, u16> {
        let opened = TcpStream::connect(address).await;
        let mut this = Self {
            stream: opened.map_err(|_| 0_u16)?,
            heard: Vec::new(),
        };
        let sent = this.stream.write_all(request).await;
        sent.map_err(|_| 0_u16)?;
        let head = this.until("\r\n\r\n").await;
        let head = head.map_err(|_| 0_u16)?;
        let status = head.get(9..12).and_then(|digits| digits.parse().ok());
        match status.unwrap_or_default() {
            200 => Ok(this),
            other => Err(other),
        }
    }

    /// Waits for a word, and returns what was heard up to it.
    pub async fn until(&mut self, word: &str) -> io::Result<String> {
        loop {
            let found = self
                .heard
                .windows(word.len())
                .position(|window| window == word.as_bytes());
            if let Some(at) = found {
                let rest = self.heard.split_off(at + word.len());
                let heard = std::mem::replace(&mut self.heard, rest);
                return Ok(String::from_utf8_lossy(&heard).into_owned());
            }
            let too_many = self.heard.len().saturating_sub(KEPT);
            self.heard.drain(..too_many);
            self.more().await?;
        }
    }

    /// Hears what comes, and forgets it; how often something came is told as it comes.
    pub async fn hear(mut self, mut told: impl FnMut()) -> io::Result<()> {
        loop {
            self.more().await?;
            self.heard.clear();
            told();
        }
    }

    async fn more(&mut self) -> io::Result<()> {
        let mut read = [0; READ];
        match self.stream.read(&mut read).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            count => {
                self.heard.extend_from_slice(&read[..count]);
                Ok(())
            }
        }
    }
}
