//! Connections to the mail server, which are kept from one mail to the next.

use std::time::Duration;

use server::mail::send::Smtp;

use super::{
    mail::{in_state, note, sign_up},
    mail_transport::carried_by,
};
use crate::support::{MailServer, Manner, TestShop, on_both_databases};

on_both_databases!(
    mails_one_after_another_take_one_connection,
    a_connection_that_the_mail_server_has_closed_is_opened_again,
    a_mail_server_that_takes_one_mail_a_connection_gets_all,
    a_mail_that_may_have_arrived_is_not_sent_again_at_once,
    no_mail_goes_in_the_clear_where_encryption_is_required,
    a_late_answer_is_not_taken_for_that_to_the_next_mail,
);

async fn mails_one_after_another_take_one_connection(shop: TestShop) {
    let server = MailServer::start(Manner::TakesAll).await;
    let postman = carried_by(&shop, Box::new(Smtp::at(&server.url).unwrap()));
    for n in 0..5 {
        note(&shop, &[sign_up(&format!("kim{n}@example.com"))]).await;
        assert_eq!(postman.send_due().await.unwrap(), 1);
    }
    assert_eq!(server.connections(), 1);
    assert_eq!(server.heard("NOOP"), 0, "that would be a round trip more");
}

async fn a_connection_that_the_mail_server_has_closed_is_opened_again(shop: TestShop) {
    let server = MailServer::start(Manner::HangsUp).await;
    let postman = carried_by(&shop, Box::new(Smtp::at(&server.url).unwrap()));
    for n in 0..3 {
        note(&shop, &[sign_up(&format!("kim{n}@example.com"))]).await;
        assert_eq!(postman.send_due().await.unwrap(), 1);
    }
    assert_eq!(server.connections(), 3);
}

async fn a_mail_server_that_takes_one_mail_a_connection_gets_all(shop: TestShop) {
    let server = MailServer::start(Manner::TakesOne).await;
    let postman = carried_by(&shop, Box::new(Smtp::at(&server.url).unwrap()));
    for n in 0..3 {
        note(&shop, &[sign_up(&format!("kim{n}@example.com"))]).await;
        assert_eq!(postman.send_due().await.unwrap(), 1);
    }
    assert_eq!(server.connections(), 3);
    assert_eq!(server.mails(), 3);
}

async fn a_mail_that_may_have_arrived_is_not_sent_again_at_once(shop: TestShop) {
    let server = MailServer::start(Manner::HangsUpInTheEnd).await;
    let postman = carried_by(&shop, Box::new(Smtp::at(&server.url).unwrap()));
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
    let server = MailServer::start(Manner::TakesAll).await;
    let url = format!("{}?tls=required", server.url);
    let postman = carried_by(&shop, Box::new(Smtp::at(&url).unwrap()));
    note(&shop, &[sign_up("kim@example.com")]).await;
    assert_eq!(postman.send_due().await.unwrap(), 0);
    assert_eq!(in_state(&shop, "waiting").await, 1);
    assert_eq!(server.heard("MAIL"), 0);
}

async fn a_late_answer_is_not_taken_for_that_to_the_next_mail(shop: TestShop) {
    let server = MailServer::start(Manner::AnswersLate).await;
    let smtp = Smtp::at(&server.url)
        .unwrap()
        .waiting(Duration::from_secs(3));
    let postman = carried_by(&shop, Box::new(smtp));
    note(&shop, &[sign_up("kim@example.com")]).await;
    assert_eq!(postman.send_due().await.unwrap(), 0);
    assert_eq!(in_state(&shop, "waiting").await, 1);
    // The first connection is still in the middle of its mail.
    note(&shop, &[sign_up("lou@example.com")]).await;
    assert_eq!(postman.send_due().await.unwrap(), 1);
    assert_eq!(server.connections(), 2);
    server.answer();
}
