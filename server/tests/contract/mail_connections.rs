//! Connections to the mail server, which are kept from one mail to the next.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use server::mail::send::Smtp;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

use super::{
    mail::{in_state, note, sign_up},
    mail_transport::carried_by,
};
use crate::support::{TestShop, on_both_databases};

on_both_databases!(
    mails_one_after_another_take_one_connection,
    a_connection_that_the_mail_server_has_closed_is_opened_again,
    a_mail_server_that_takes_one_mail_a_connection_gets_all,
    a_mail_that_may_have_arrived_is_not_sent_again_at_once,
    no_mail_goes_in_the_clear_where_encryption_is_required,
    a_late_answer_is_not_taken_for_that_to_the_next_mail,
);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Stays,
    /// After each mail.
    HangsUp,
    /// When a second mail begins.
    TakesOne,
    /// In place of its answer to the second mail.
    HangsUpInTheEnd,
    /// To the first mail, when it is told to.
    AnswersLate,
}

struct MailServer {
    manner: Manner,
    connections: AtomicUsize,
    mails: AtomicUsize,
    /// The first words of what it was told outside of mails.
    commands: Mutex<Vec<String>>,
    may_answer: Notify,
}

impl MailServer {
    /// Its address, and what it hears.
    async fn start(manner: Manner) -> (String, Arc<Self>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let server = Arc::new(Self {
            manner,
            connections: AtomicUsize::new(0),
            mails: AtomicUsize::new(0),
            commands: Mutex::default(),
            may_answer: Notify::new(),
        });
        let accepting = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                accepting.connections.fetch_add(1, Ordering::SeqCst);
                let server = accepting.clone();
                // A client that hangs up is done.
                tokio::spawn(async move { server.talk(stream).await.ok() });
            }
        });
        (url, server)
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 hello\r\n").await?;
        let mut has_taken = false;
        while let Some(line) = lines.next_line().await? {
            let command = line.split(' ').next().unwrap_or_default();
            self.commands.lock().unwrap().push(command.to_owned());
            if command == "MAIL" && has_taken && self.manner == Manner::TakesOne {
                return write.write_all(b"421 one is enough\r\n").await;
            }
            if command != "DATA" {
                write.write_all(b"250 fine\r\n").await?;
                continue;
            }
            write.write_all(b"354 go on\r\n").await?;
            while lines.next_line().await?.is_some_and(|line| line != ".") {}
            let before = self.mails.fetch_add(1, Ordering::SeqCst);
            if self.manner == Manner::AnswersLate && before == 0 {
                self.may_answer.notified().await;
            }
            if self.manner == Manner::HangsUpInTheEnd && before == 1 {
                return Ok(());
            }
            write.write_all(b"250 taken\r\n").await?;
            has_taken = true;
            if self.manner == Manner::HangsUp {
                return Ok(());
            }
        }
        Ok(())
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    fn mails(&self) -> usize {
        self.mails.load(Ordering::SeqCst)
    }

    fn heard(&self, command: &str) -> bool {
        let commands = self.commands.lock().unwrap();
        commands.iter().any(|heard| heard == command)
    }
}

async fn mails_one_after_another_take_one_connection(shop: TestShop) {
    let (url, server) = MailServer::start(Manner::Stays).await;
    let postman = carried_by(&shop, Box::new(Smtp::at(&url).unwrap()));
    for n in 0..5 {
        note(&shop, &[sign_up(&format!("kim{n}@example.com"))]).await;
        assert_eq!(postman.send_due().await.unwrap(), 1);
    }
    assert_eq!(server.connections(), 1);
    assert!(!server.heard("NOOP"), "that would be a round trip more");
}

async fn a_connection_that_the_mail_server_has_closed_is_opened_again(shop: TestShop) {
    let (url, server) = MailServer::start(Manner::HangsUp).await;
    let postman = carried_by(&shop, Box::new(Smtp::at(&url).unwrap()));
    for n in 0..3 {
        note(&shop, &[sign_up(&format!("kim{n}@example.com"))]).await;
        assert_eq!(postman.send_due().await.unwrap(), 1);
    }
    assert_eq!(server.connections(), 3);
}

async fn a_mail_server_that_takes_one_mail_a_connection_gets_all(shop: TestShop) {
    let (url, server) = MailServer::start(Manner::TakesOne).await;
    let postman = carried_by(&shop, Box::new(Smtp::at(&url).unwrap()));
    for n in 0..3 {
        note(&shop, &[sign_up(&format!("kim{n}@example.com"))]).await;
        assert_eq!(postman.send_due().await.unwrap(), 1);
    }
    assert_eq!(server.connections(), 3);
    assert_eq!(server.mails(), 3);
}

async fn a_mail_that_may_have_arrived_is_not_sent_again_at_once(shop: TestShop) {
    let (url, server) = MailServer::start(Manner::HangsUpInTheEnd).await;
    let postman = carried_by(&shop, Box::new(Smtp::at(&url).unwrap()));
    for (n, sent) in [(0, 1), (1, 0)] {
        note(&shop, &[sign_up(&format!("kim{n}@example.com"))]).await;
        assert_eq!(postman.send_due().await.unwrap(), sent);
    }
    assert_eq!(server.mails(), 2);
    assert_eq!(in_state(&shop, "waiting").await, 1);
    // What its connection was used for is over.
    note(&shop, &[sign_up("lou@example.com")]).await;
    assert_eq!(postman.send_due().await.unwrap(), 1);
    assert_eq!(server.connections(), 2);
}

async fn no_mail_goes_in_the_clear_where_encryption_is_required(shop: TestShop) {
    let (url, server) = MailServer::start(Manner::Stays).await;
    let url = format!("{url}?tls=required");
    let postman = carried_by(&shop, Box::new(Smtp::at(&url).unwrap()));
    note(&shop, &[sign_up("kim@example.com")]).await;
    assert_eq!(postman.send_due().await.unwrap(), 0);
    assert_eq!(in_state(&shop, "waiting").await, 1);
    assert!(!server.heard("MAIL"));
}

async fn a_late_answer_is_not_taken_for_that_to_the_next_mail(shop: TestShop) {
    let (url, server) = MailServer::start(Manner::AnswersLate).await;
    let smtp = Smtp::at(&url).unwrap().waiting(Duration::from_secs(3));
    let postman = carried_by(&shop, Box::new(smtp));
    note(&shop, &[sign_up("kim@example.com")]).await;
    assert_eq!(postman.send_due().await.unwrap(), 0);
    assert_eq!(in_state(&shop, "waiting").await, 1);
    // The first connection is still in the middle of its mail.
    note(&shop, &[sign_up("lou@example.com")]).await;
    assert_eq!(postman.send_due().await.unwrap(), 1);
    assert_eq!(server.connections(), 2);
    server.may_answer.notify_one();
}
