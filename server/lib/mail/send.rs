//! Sending what waits in the outbox: through SMTP, or into a folder where there is none.

use std::{path::PathBuf, sync::Arc, time::Duration};

use app::email::Email;
use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use lettre::{
    Address, Message,
    address::AddressError,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

pub use super::smtp::Smtp;
use super::{batch::Batch, compose::compose, mailboxes::Mailboxes, message::OutgoingMail};
use crate::{
    clock::Clock,
    coordination::buckets::Bucket,
    error::Error,
    outbox::{self, Claimed, Outcome, sender},
    private_files,
    settings::Settings,
    store::Store,
};

/// Mails of one claim. With the patience there is with a mail server they are done long before it ends.
const BATCH: i64 = 64;
/// Mails that are on their way at once: most of the time the mail server is waited for.
pub(super) const AT_ONCE: usize = 32;
/// Mails that are written at once: those of no order take connections to the database from shoppers.
const WRITTEN_AT_ONCE: usize = 4;
/// How often it is looked whether there is mail to send.
const EVERY: Duration = Duration::from_secs(2);

/// Replies about the shop's sign-in at the mail server, and of one that takes no mail at all.
const OF_ACCESS: [u16; 7] = [502, 503, 521, 530, 534, 535, 538];

#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("SMTP: {0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    #[error("e-mail cannot be sent to this address: {0}")]
    Address(#[from] AddressError),
    #[error("the mail server cannot be reached: {0}")]
    Unreachable(#[source] std::io::Error),
    #[error("the mail server does not accept non-ASCII characters before the @")]
    NotAscii,
    #[error("the mail server accepts ASCII alone, which the sender or the text is not")]
    AsciiAlone,
    #[error("the e-mail cannot be composed: {0}")]
    Message(#[from] lettre::error::Error),
    #[error("the e-mail cannot be written: {0}")]
    Folder(#[from] std::io::Error),
    #[error("the mail server took too long")]
    TooLong,
    #[error(transparent)]
    Compose(#[from] Error),
}

impl MailError {
    /// Whether trying again is pointless. A mail server that says so of a mailbox is believed, or it
    /// takes us for a sender of junk. What it says of the shop's own access is mended by the shop,
    /// and no mail is to be lost until then.
    fn is_final(&self) -> bool {
        match self {
            Self::Address(_) | Self::NotAscii | Self::Message(_) => true,
            Self::Smtp(error) => {
                let code = error.status().map(u16::from);
                error.is_permanent() && !code.is_some_and(|code| OF_ACCESS.contains(&code))
            }
            Self::Unreachable(_)
            | Self::AsciiAlone
            | Self::Folder(_)
            | Self::TooLong
            | Self::Compose(_) => false,
        }
    }
}

/// What takes a finished mail on.
#[async_trait]
pub trait Transport: Send + Sync {
    async fn carry(&self, id: &str, message: Message) -> Result<(), MailError>;
}

/// A folder of `.eml` files, for shops without a mail server.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// Mails that are there already become the shop's own user's, as new ones are.
    pub fn new(path: PathBuf) -> Self {
        private_files::tighten(&path);
        let files = std::fs::read_dir(&path).into_iter().flatten().flatten();
        for file in files {
            private_files::tighten(&file.path());
        }
        Self(path)
    }

    /// The links in mails are as good as keys: only the shop's own user reads them.
    fn write(&self, id: &str, mail: &[u8]) -> std::io::Result<PathBuf> {
        private_files::make_folder(&self.0)?;
        // Ids begin with the time, so the files sort by it. Whole or not there at all.
        let (file, part) = (
            self.0.join(format!("{id}.eml")),
            self.0.join(format!("{id}.part")),
        );
        private_files::make_file(&part)?;
        std::fs::write(&part, mail)?;
        std::fs::rename(&part, &file)?;
        Ok(file)
    }
}

#[async_trait]
impl Transport for Folder {
    async fn carry(&self, id: &str, message: Message) -> Result<(), MailError> {
        let (folder, id) = (self.clone(), id.to_owned());
        let write = move || folder.write(&id, &message.formatted());
        let file = tokio::task::spawn_blocking(write).await;
        let file = file.map_err(std::io::Error::other)??;
        tracing::info!(file = %file.display(), "no SMTP_URL: an e-mail was written to a file");
        Ok(())
    }
}

/// An address as mail servers know it, whatever they can do: its domain in ASCII.
fn on_the_wire(address: &str) -> Result<Address, AddressError> {
    match Email::parse(address) {
        Some(email) => email.on_the_wire().parse(),
        // Such as that of a server without a domain, or one that is refused for what it is.
        None => address.parse(),
    }
}

/// What all mails of a batch are written from.
struct Together {
    from: Mailbox,
    batch: Batch,
}

/// A mail as it goes out.
struct Written {
    message: Message,
    /// The share of its mailbox that it takes.
    mailbox: Option<Bucket>,
}

/// Sends the shop's mail. Any number of nodes may each have one.
pub struct MailWorker {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    /// Unless an admin has set another.
    from: Mailbox,
    transport: Box<dyn Transport>,
    mailboxes: Mailboxes,
}

impl MailWorker {
    pub fn new(
        db: Store,
        clock: Arc<dyn Clock>,
        settings: Settings,
        from: Mailbox,
        transport: Box<dyn Transport>,
    ) -> Self {
        Self {
            mailboxes: Mailboxes::new(&db),
            db,
            clock,
            settings,
            from,
            transport,
        }
    }

    /// Sends for ever. While `is_busy`, one batch at a time: letters are written from the database
    /// that orders are placed in, and can wait.
    pub async fn run(self, is_busy: impl Fn() -> bool + Send) {
        let mut every = tokio::time::interval(EVERY);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            every.tick().await;
            loop {
                match self.send_batch().await {
                    Ok(Some(_)) if !is_busy() => {}
                    Ok(_) => break,
                    Err(error) => {
                        tracing::warn!(%error, "the outbox cannot be read and will be retried");
                        break;
                    }
                }
            }
        }
    }

    /// Sends what is due now and returns how many mails were sent.
    ///
    /// A crash between sending and noting it means that the mail is sent again, with the same
    /// message id: better twice than never.
    pub async fn send_due(&self) -> Result<usize, Error> {
        let mut sent = 0;
        while let Some(more) = self.send_batch().await? {
            sent += more;
        }
        Ok(sent)
    }

    /// The same for one batch; `None` if nothing is due.
    async fn send_batch(&self) -> Result<Option<usize>, Error> {
        let claimed = outbox::claim(&self.db, self.clock.now(), BATCH).await?;
        if claimed.is_empty() {
            return Ok(None);
        }
        let together = match self.read(&claimed).await {
            Ok(together) => Some(together),
            Err(error) => {
                tracing::warn!(%error, "the e-mails of a batch are read one by one");
                None
            }
        };
        let together = together.as_ref();
        let done: Vec<(Claimed, Outcome)> = stream::iter(claimed)
            .map(|claimed| async move {
                let written = self.write(&claimed, together).await;
                (claimed, written)
            })
            .buffer_unordered(WRITTEN_AT_ONCE)
            .map(|(claimed, written)| async {
                let outcome = self.send(&claimed, written).await;
                (claimed, outcome)
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let sent = done
            .iter()
            .filter(|(_, outcome)| *outcome == Outcome::Sent)
            .count();
        outbox::finish(&self.db, self.clock.now(), &done).await?;
        Ok(Some(sent))
    }

    async fn send(
        &self,
        claimed: &Claimed,
        written: Result<Option<Written>, MailError>,
    ) -> Outcome {
        let outcome = match written {
            Ok(Some(written)) => self.carry(claimed, written).await,
            Ok(None) => Ok(Outcome::Dropped),
            Err(error) => Err(error),
        };
        match outcome {
            Ok(outcome) => outcome,
            Err(error) => {
                let (mail, kind) = (&claimed.id, claimed.mail.kind());
                tracing::warn!(%error, %mail, kind, "an e-mail could not be sent");
                let (is_final, error) = (error.is_final(), error.to_string());
                match is_final {
                    true => Outcome::Impossible { error },
                    false => Outcome::Failed { error },
                }
            }
        }
    }

    /// What these are written from.
    async fn read(&self, claimed: &[Claimed]) -> Result<Together, Error> {
        let settings = self.settings.now().await?;
        Ok(Together {
            from: match settings.mail_from.as_str() {
                "" => self.from.clone(),
                from => sender(from)?,
            },
            batch: Batch::read(&self.db, self.clock.now(), settings, claimed).await?,
        })
    }

    /// Nothing if there is nobody to write to any more. Without what was read together a mail is read alone:
    /// one that cannot be read is not the end of the others.
    async fn write(
        &self,
        claimed: &Claimed,
        together: Option<&Together>,
    ) -> Result<Option<Written>, MailError> {
        // Mails that wait for nothing are not to keep others from a processor, all one behind the other.
        tokio::task::yield_now().await;
        let alone;
        let together = match together {
            Some(together) => together,
            None => {
                alone = self.read(std::slice::from_ref(claimed)).await?;
                &alone
            }
        };
        let mail = compose(&self.db, self.clock.now(), &together.batch, claimed).await?;
        let Some(mail) = mail else {
            return Ok(None);
        };
        Ok(Some(Written {
            mailbox: self.mailboxes.bucket(&self.db, claimed, &mail.to).await?,
            message: self.message(&claimed.id, together.from.clone(), mail)?,
        }))
    }

    async fn carry(&self, claimed: &Claimed, written: Written) -> Result<Outcome, MailError> {
        let Written { message, mailbox } = written;
        if let Some(wait_ms) = self.mailboxes.wait(mailbox.as_ref()).await {
            return Ok(Outcome::Later { wait_ms });
        }
        let carried = self.transport.carry(&claimed.id, message).await;
        if carried.is_err() {
            self.mailboxes.give_back(mailbox).await;
        }
        carried.map(|()| Outcome::Sent)
    }

    fn message(&self, id: &str, from: Mailbox, mail: OutgoingMail) -> Result<Message, MailError> {
        let now = std::time::UNIX_EPOCH
            + Duration::from_millis(u64::try_from(self.clock.now()).unwrap_or_default());
        // No "out of office" should come back.
        let automatic = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        );
        let from = Mailbox::new(from.name, on_the_wire(from.email.as_ref())?);
        let domain = from.email.domain().to_owned();
        let mut message = Message::builder().from(from);
        if let Some(reply_to) = &mail.reply_to {
            message = message.reply_to(Mailbox::new(None, on_the_wire(reply_to)?));
        }
        Ok(message
            .to(Mailbox::new(None, on_the_wire(&mail.to)?))
            .subject(mail.subject)
            .date(now)
            .message_id(Some(format!("<{id}@{domain}>")))
            .raw_header(automatic)
            .multipart(MultiPart::alternative_plain_html(mail.text, mail.html))?)
    }
}
