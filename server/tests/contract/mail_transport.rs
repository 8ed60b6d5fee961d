//! What becomes of an e-mail on its way: mail servers that refuse it, and files where there is none.

use std::time::Duration;

use app::{account::types::MailedLink, identity::Role};
use async_trait::async_trait;
use lettre::{Address, Message};
use server::{
    mail::send::{Folder, MailError, MailWorker, Smtp, Transport},
    outbox::{Mail, sender},
};
use tokio::sync::Barrier;

use super::mail::{KIM, in_state, note, sign_up};
use crate::support::{HOUR, MINUTE, MailServer, Manner, TestShop, on_both_databases};

on_both_databases!(
    a_link_outlives_a_long_failure_of_the_mail_server,
    what_the_mail_server_refuses_for_good_is_not_tried_again,
    a_mail_to_a_domain_beyond_ascii_goes_to_any_server,
    what_the_mail_server_cannot_take_is_given_up_at_once,
    addresses_that_cannot_be_written_to_are_given_up_at_once,
    without_a_mail_server_mails_are_files,
    thirty_two_mails_are_on_their_way_at_once,
    each_mail_of_a_batch_ends_in_its_own_way,
);

/// With the pauses there really are, as long as the mail is not given up.
async fn a_link_outlives_a_long_failure_of_the_mail_server(shop: TestShop) {
    shop.account(KIM, Role::Customer).await;
    let post = shop.post();
    let reset = Mail::PasswordReset {
        email: KIM.to_owned(),
        typed: None,
    };
    note(&shop, &[reset.clone(), sign_up("lou@example.com")]).await;
    post.set_down(true);
    let mut pause = MINUTE;
    for tries in 1..16 {
        assert!(post.deliver().await.is_empty());
        assert_eq!(in_state(&shop, "waiting").await, 2, "after {tries} tries");
        let links = "SELECT COUNT(*) AS n FROM mail_links";
        assert_eq!(shop.number(links).await, 2, "one of each mail");
        shop.clock.advance(pause);
        pause = (2 * pause).min(6 * HOUR);
    }
    post.set_down(false);
    let sent = post.deliver().await;
    assert_eq!(sent.len(), 2);
    let accounts = &shop.shop().accounts;
    for mail in &sent {
        let (link, path) = match mail.header("To") {
            KIM => (MailedLink::Reset, "/account/reset/"),
            _ => (MailedLink::SignUp, "/account/sign-up/"),
        };
        let token = mail.link(path);
        accounts.mailed_to(link, &token).await.unwrap();
    }
    // Who asked again and again while nothing went out is not locked out either.
    post.set_down(true);
    shop.clock.advance(HOUR);
    for _ in 0..8 {
        note(&shop, std::slice::from_ref(&reset)).await;
    }
    for minutes in [1, 2, 4] {
        assert!(post.deliver().await.is_empty());
        shop.clock.advance(minutes * MINUTE);
    }
    post.set_down(false);
    let sent = post.deliver().await;
    assert_eq!(sent.len(), 5);
    for mail in sent {
        let token = mail.link("/account/reset/");
        accounts.mailed_to(MailedLink::Reset, &token).await.unwrap();
    }
}

async fn what_the_mail_server_refuses_for_good_is_not_tried_again(shop: TestShop) {
    for (answer, state) in [
        ("550 5.1.1 no such mailbox", "failed"),
        ("553 5.1.3 no such address", "failed"),
        ("450 4.2.1 come again", "waiting"),
        // Of the shop's own access: someone will mend it, and the mail is not lost until then.
        ("530 5.7.0 sign in first", "waiting"),
    ] {
        let before = in_state(&shop, state).await;
        let server = MailServer::start(Manner::Refuses(answer)).await;
        let postman = postman(&shop, &server.url, "shop@localhost");
        note(&shop, &[sign_up(KIM)]).await;
        assert_eq!(postman.send_due().await.unwrap(), 0, "{answer}");
        assert_eq!(server.heard("RCPT"), 1, "{answer}");
        assert_eq!(in_state(&shop, state).await, before + 1, "{answer}");
    }
}

fn postman(shop: &TestShop, url: &str, from: &str) -> MailWorker {
    MailWorker::new(
        shop.db().clone(),
        shop.clock.clone(),
        shop.services.settings.clone(),
        sender(from).unwrap(),
        Box::new(Smtp::at(url).unwrap()),
    )
}

async fn a_mail_to_a_domain_beyond_ascii_goes_to_any_server(shop: TestShop) {
    let server = MailServer::start(Manner::TakesAll).await;
    let postman = postman(&shop, &server.url, "Käufer <orders@läden.test>");
    // As it was kept before there was one spelling, too.
    for to in ["kim@exämple.de", "lou@exa\u{308}mple.de"] {
        note(&shop, &[sign_up(to)]).await;
    }
    assert_eq!(postman.send_due().await.unwrap(), 2);
    let heard = server.lines();
    for line in [
        "MAIL FROM:<orders@xn--lden-loa.test>",
        "RCPT TO:<kim@xn--exmple-cua.de>",
        "RCPT TO:<lou@xn--exmple-cua.de>",
        "To: kim@xn--exmple-cua.de",
    ] {
        assert!(
            heard.iter().any(|heard| heard.trim_end() == line),
            "{line}: {heard:#?}"
        );
    }
    assert!(heard.iter().all(|line| line.is_ascii()));
}

async fn what_the_mail_server_cannot_take_is_given_up_at_once(shop: TestShop) {
    let server = MailServer::start(Manner::TakesAll).await;
    let postman = postman(&shop, &server.url, "shop@localhost");
    note(&shop, &[sign_up("künstler@example.com")]).await;
    assert_eq!(postman.send_due().await.unwrap(), 0);
    assert_eq!(in_state(&shop, "failed").await, 1);
    let heard = server.lines();
    assert!(!heard.iter().any(|line| line.starts_with("MAIL")));
}

async fn addresses_that_cannot_be_written_to_are_given_up_at_once(shop: TestShop) {
    for address in [
        "kim@example.com\r\nBcc: lou@example.com",
        "kim@example.com, lou@example.com",
        "nobody",
    ] {
        note(&shop, &[sign_up(address)]).await;
        assert!(shop.post().deliver().await.is_empty(), "{address}");
    }
    assert_eq!(in_state(&shop, "failed").await, 3);
}

async fn without_a_mail_server_mails_are_files(shop: TestShop) {
    shop.account(KIM, Role::Customer).await;
    let folder = shop.folder.path().join("mail");
    #[cfg(unix)]
    let mode = |path: &std::path::Path| {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    std::fs::create_dir(&folder).unwrap();
    let earlier = folder.join("earlier.eml");
    std::fs::write(&earlier, "kept").unwrap();
    let postman = MailWorker::new(
        shop.db().clone(),
        shop.clock.clone(),
        shop.services.settings.clone(),
        sender("shop@localhost").unwrap(),
        Box::new(Folder::new(folder.clone())),
    );
    let nobody = "nobody@example.com".to_owned();
    let reset = |email| Mail::PasswordReset { email, typed: None };
    note(&shop, &[reset(KIM.to_owned()), reset(nobody)]).await;
    assert_eq!(postman.send_due().await.unwrap(), 1);
    let files = std::fs::read_dir(&folder).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.retain(|path| *path != earlier);
    assert_eq!(files.len(), 1);
    let path = files.remove(0);
    assert_eq!(path.extension().unwrap(), "eml");
    // What opens accounts is nobody else's to read, on a machine that has other users.
    #[cfg(unix)]
    assert_eq!(
        [mode(&folder), mode(&path), mode(&earlier)],
        [0o700, 0o600, 0o600]
    );
    let mail = std::fs::read_to_string(path).unwrap();
    assert!(mail.contains("\r\nTo: kim@example.com\r\n"), "{mail}");
    assert_eq!(in_state(&shop, "dropped").await, 1);
}

/// A mail server that answers once so many mails are on their way to it.
struct Together(Barrier);

#[async_trait]
impl Transport for Together {
    async fn carry(&self, _: &str, _: Message) -> Result<(), MailError> {
        self.0.wait().await;
        Ok(())
    }
}

async fn thirty_two_mails_are_on_their_way_at_once(shop: TestShop) {
    let mails: Vec<Mail> = (0..64)
        .map(|n| sign_up(&format!("kim{n}@example.com")))
        .collect();
    note(&shop, &mails).await;
    let postman = carried_by(&shop, Box::new(Together(Barrier::new(32))));
    let sent = tokio::time::timeout(Duration::from_secs(60), postman.send_due()).await;
    assert_eq!(sent.expect("none waits for one before it").unwrap(), 64);
    assert_eq!(in_state(&shop, "sent").await, 64);
}

pub fn carried_by(shop: &TestShop, transport: Box<dyn Transport>) -> MailWorker {
    MailWorker::new(
        shop.db().clone(),
        shop.clock.clone(),
        shop.services.settings.clone(),
        sender("shop@localhost").unwrap(),
        transport,
    )
}

/// A mail server that is as the address says.
struct AsAsked;

#[async_trait]
impl Transport for AsAsked {
    async fn carry(&self, _: &str, message: Message) -> Result<(), MailError> {
        let to = message.envelope().to()[0].to_string();
        if to.starts_with("slow") {
            return Err(MailError::TooLong);
        }
        if to.starts_with("never") {
            return Err("no address".parse::<Address>().unwrap_err().into());
        }
        Ok(())
    }
}

async fn each_mail_of_a_batch_ends_in_its_own_way(shop: TestShop) {
    let mails: Vec<Mail> = (0..40)
        .map(|n| match n % 4 {
            0 => sign_up(&format!("slow{n}@example.com")),
            1 => sign_up(&format!("never{n}@example.com")),
            // There is nobody of this address.
            2 => Mail::PasswordReset {
                email: format!("nobody{n}@example.com"),
                typed: None,
            },
            _ => sign_up(&format!("kim{n}@example.com")),
        })
        .collect();
    note(&shop, &mails).await;
    let postman = carried_by(&shop, Box::new(AsAsked));
    assert_eq!(postman.send_due().await.unwrap(), 10);
    for state in ["sent", "waiting", "failed", "dropped"] {
        assert_eq!(in_state(&shop, state).await, 10, "{state}");
    }
    // Of those that are given up the links are void.
    let links = "SELECT COUNT(*) AS n FROM mail_links l JOIN mails m ON m.id = l.mail_id \
                 WHERE m.state IN ('sent', 'waiting')";
    assert_eq!(shop.number(links).await, 20);
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM mail_links").await,
        20
    );
    let again = format!(
        "SELECT COUNT(*) AS n FROM mails WHERE tries = 1 AND next_try_at = {} AND about <> '' \
         AND ended_at IS NULL AND error <> '' AND claim = '' AND state = 'waiting'",
        shop.now() + MINUTE
    );
    assert_eq!(shop.number(&again).await, 10);
    let over = format!(
        "SELECT COUNT(*) AS n FROM mails WHERE ended_at = {} AND about = '' AND claim = ''",
        shop.now()
    );
    assert_eq!(shop.number(&over).await, 30);
}
