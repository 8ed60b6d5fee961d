//! Mail that a test's shop sends.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use lettre::message::header::Subject;
use server::{
    mail::send::{MailError, MailWorker, Transport},
    outbox::sender,
};

use super::TestShop;

/// A mail as it would go to the mail server.
#[derive(Debug, Clone)]
pub struct Sent {
    /// As on the wire.
    pub raw: String,
    /// As its reader sees it.
    pub subject: String,
}

impl Sent {
    /// A header's value.
    pub fn header(&self, name: &str) -> &str {
        let head = self.raw.split("\r\n\r\n").next().unwrap_or_default();
        head.split("\r\n")
            .find_map(|line| line.strip_prefix(&format!("{name}: ")))
            .unwrap_or_default()
    }

    /// Both bodies, decoded: text, then HTML.
    pub fn body(&self) -> String {
        unquoted(&self.raw)
    }

    /// The same, each by itself and with the line ends of files.
    pub fn parts(&self) -> [String; 2] {
        let (_, parts) = self.raw.split_once("\r\n\r\n").expect("a head");
        let boundary = parts.lines().next().expect("parts");
        let mut parts = parts.split(boundary).skip(1).map(|part| {
            let (head, body) = part.split_once("\r\n\r\n").expect("a part's head");
            assert!(!head.contains("base64"), "{part}");
            let body = match head.contains("quoted-printable") {
                true => decoded(body),
                false => body.to_owned(),
            };
            body.replace("\r\n", "\n").trim_end().to_owned()
        });
        let mut next = || parts.next().expect("a text and HTML");
        [next(), next()]
    }

    /// What is behind `path` in the link of the mail, such as `/account/reset/`.
    pub fn link(&self, path: &str) -> String {
        let body = self.body();
        let (_, rest) = body.split_once(path).expect("the mail holds the link");
        rest.chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .collect()
    }
}

/// Quoted-printable text as it is meant; other text is left as it is.
fn unquoted(text: &str) -> String {
    match text.contains("quoted-printable") {
        true => decoded(text),
        false => text.to_owned(),
    }
}

fn decoded(text: &str) -> String {
    let text = text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        match (
            byte,
            code.and_then(|code| u8::from_str_radix(code, 16).ok()),
        ) {
            (b'=', Some(decoded)) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The sender of a shop, and what it sent until now.
pub struct Post {
    postman: MailWorker,
    sent: Arc<Mutex<Vec<Sent>>>,
    is_down: Arc<AtomicBool>,
}

struct Keeper {
    sent: Arc<Mutex<Vec<Sent>>>,
    is_down: Arc<AtomicBool>,
}

#[async_trait]
impl Transport for Keeper {
    async fn carry(&self, _: &str, message: lettre::Message) -> Result<(), MailError> {
        // Lets others have a turn, as a network would.
        tokio::task::yield_now().await;
        if self.is_down.load(Ordering::SeqCst) {
            return Err(MailError::TooLong);
        }
        let subject = message.headers().get::<Subject>().expect("it has one");
        let sent = Sent {
            raw: String::from_utf8(message.formatted()).expect("mail is ASCII"),
            subject: subject.as_ref().to_owned(),
        };
        self.sent.lock().unwrap().push(sent);
        Ok(())
    }
}

impl Post {
    /// Sends what is due and returns it.
    pub async fn deliver(&self) -> Vec<Sent> {
        self.postman.send_due().await.expect("the outbox is there");
        std::mem::take(&mut *self.sent.lock().unwrap())
    }

    /// The one mail that is due.
    pub async fn the_mail(&self) -> Sent {
        let mut sent = self.deliver().await;
        assert_eq!(sent.len(), 1, "{sent:#?}");
        sent.remove(0)
    }

    /// Whether the mail server fails from now on.
    pub fn set_down(&self, is_down: bool) {
        self.is_down.store(is_down, Ordering::SeqCst);
    }
}

impl TestShop {
    pub fn post(&self) -> Post {
        let (sent, is_down) = (Arc::default(), Arc::default());
        let keeper = Keeper {
            sent: Arc::clone(&sent),
            is_down: Arc::clone(&is_down),
        };
        let postman = MailWorker::new(
            self.db().clone(),
            self.clock.clone(),
            self.services.settings.clone(),
            sender("Holdfast <orders@shop.test>").unwrap(),
            Box::new(keeper),
        );
        Post {
            postman,
            sent,
            is_down,
        }
    }
}
