//! A mail server with manners, good or bad.

use std::{
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::JoinHandle,
    time::sleep,
};
use tokio_rustls::TlsAcceptor;

/// How it treats its clients. It offers no extension to any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Any number of mails on a connection.
    TakesAll,
    /// The same, and each mail takes so long; it has any number at once.
    TakesItsTime(Duration),
    /// Answers this to each recipient.
    Refuses(&'static str),
    /// Hangs up when a second mail begins on a connection, and says so.
    TakesOne,
    /// After each mail.
    HangsUp,
    /// In place of its answer to the second mail.
    HangsUpInTheEnd,
    /// To the first mail, when it is told to.
    AnswersLate,
}

pub struct MailServer {
    pub url: String,
    heard: Arc<Heard>,
    accepting: JoinHandle<()>,
}

#[derive(Default)]
struct Heard {
    connections: AtomicUsize,
    mails: AtomicUsize,
    /// Clients that hung up when they saw the certificate.
    distrusted: AtomicUsize,
    /// All that clients said; `None` where it is only counted.
    lines: Option<Mutex<Vec<String>>>,
    may_answer: Notify,
}

impl Heard {
    fn word_for_word() -> Self {
        Self {
            lines: Some(Mutex::default()),
            ..Self::default()
        }
    }
}

impl MailServer {
    pub async fn start(manner: Manner) -> Self {
        Self::begin(manner, None, Heard::word_for_word()).await
    }

    /// The same behind TLS.
    pub async fn start_encrypted(manner: Manner, tls: TlsAcceptor) -> Self {
        Self::begin(manner, Some(tls), Heard::word_for_word()).await
    }

    /// It keeps none of the lines: a benchmark sends more than there is memory for.
    pub async fn start_counting(manner: Manner) -> Self {
        Self::begin(manner, None, Heard::default()).await
    }

    async fn begin(manner: Manner, tls: Option<TlsAcceptor>, heard: Heard) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.expect("some port is free");
        let address = listener.local_addr().expect("it listens");
        let scheme = match &tls {
            Some(_) => "smtps",
            None => "smtp",
        };
        let heard = Arc::new(heard);
        let hearing = heard.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                hearing.connections.fetch_add(1, Ordering::SeqCst);
                let (tls, heard) = (tls.clone(), hearing.clone());
                // A client that hangs up is done.
                tokio::spawn(async move { serve(stream, tls, manner, &heard).await.ok() });
            }
        });
        Self {
            url: format!("{scheme}://{address}"),
            heard,
            accepting,
        }
    }

    pub fn connections(&self) -> usize {
        self.heard.connections.load(Ordering::SeqCst)
    }

    /// Also those whose clients were not told that they arrived.
    pub fn mails(&self) -> usize {
        self.heard.mails.load(Ordering::SeqCst)
    }

    /// Clients that hung up when they saw the certificate.
    pub fn distrusted(&self) -> usize {
        self.heard.distrusted.load(Ordering::SeqCst)
    }

    /// All that it was sent, commands and mails.
    pub fn lines(&self) -> Vec<String> {
        let lines = self.heard.lines.as_ref();
        let lines = lines.expect("a server that only counts is not asked for lines");
        lines.lock().unwrap().clone()
    }

    /// How many lines began with this command.
    pub fn heard(&self, command: &str) -> usize {
        let lines = self.lines();
        lines.iter().filter(|line| word(line) == command).count()
    }

    /// Lets one that answers late do so.
    pub fn answer(&self) {
        self.heard.may_answer.notify_one();
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn serve(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    manner: Manner,
    heard: &Heard,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let Some(tls) = tls else {
        return talk(stream, manner, heard).await;
    };
    match tls.accept(stream).await {
        Ok(stream) => talk(stream, manner, heard).await,
        Err(error) => {
            heard.distrusted.fetch_add(1, Ordering::SeqCst);
            Err(error)
        }
    }
}

async fn talk<S>(stream: S, manner: Manner, heard: &Heard) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut client = Client {
        stream: BufReader::new(stream),
        heard,
    };
    client.say("220 hello").await?;
    let mut has_taken = false;
    while let Some(line) = client.line().await? {
        let answer = match (word(&line), manner) {
            ("MAIL", Manner::TakesOne) if has_taken => {
                return client.say("421 one is enough").await;
            }
            ("RCPT", Manner::Refuses(answer)) => answer,
            ("DATA", _) => {
                client.say("354 go on").await?;
                while client.line().await?.is_some_and(|line| line != ".") {}
                if let Manner::TakesItsTime(time) = manner {
                    sleep(time).await;
                }
                let before = heard.mails.fetch_add(1, Ordering::SeqCst);
                if manner == Manner::AnswersLate && before == 0 {
                    heard.may_answer.notified().await;
                }
                if manner == Manner::HangsUpInTheEnd && before == 1 {
                    return Ok(());
                }
                has_taken = true;
                "250 taken"
            }
            ("QUIT", _) => return client.say("221 bye").await,
            _ => "250 fine",
        };
        client.say(answer).await?;
        if has_taken && manner == Manner::HangsUp {
            return Ok(());
        }
    }
    Ok(())
}

/// The command that a line begins with.
fn word(line: &str) -> &str {
    line.split(' ').next().unwrap_or_default()
}

struct Client<'a, S> {
    stream: BufReader<S>,
    heard: &'a Heard,
}

impl<S> Client<'_, S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    /// What the client says next; `None` when it has hung up.
    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let without_end = line.trim_end_matches(['\r', '\n']).len();
        line.truncate(without_end);
        if let Some(lines) = &self.heard.lines {
            lines.lock().unwrap().push(line.clone());
        }
        Ok(Some(line))
    }

    async fn say(&mut self, line: &str) -> io::Result<()> {
        self.stream
            .write_all(format!("{line}\r\n").as_bytes())
            .await?;
        self.stream.flush().await
    }
}
