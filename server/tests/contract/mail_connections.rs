//! Connections to the mail server, which are kept from one mail to the next.

use std::{
    sync::{
        Arc,
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
    a_late_answer_is_not_taken_for_that_to_the_next_mail,
);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Stays,
    /// After each mail.
    HangsUp,
    /// To the first mail, when it is told to.
    AnswersLate,
}

struct MailServer {
    manner: Manner,
    connections: AtomicUsize,
    mails: AtomicUsize,
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
        while let Some(line) = lines.next_line().await? {
            if line != "DATA" {
                write.write_all(b"250 fine\r\n").await?;
                continue;
            }
            write.write_all(b"354 go on\r\n").await?;
            while lines.next_line().await?.is_some_and(|line| line != ".") {}
            let before = self.mails.fetch_add(1, Ordering::SeqCst);
            if self.manner == Manner::AnswersLate && before == 0 {
                self.may_answer.notified().await;
            }
            write.write_all(b"250 taken\r\n").await?;
            if self.manner == Manner::HangsUp {
                return Ok(());
            }
        }
        Ok(())
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
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
