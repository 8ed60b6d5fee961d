//! The outbox: what is mailed, when, and how often.

use app::{account::types::Role, error::ErrorKind};
use server::mail::{
    outbox::{self, Mail, Outcome, queue, queue_all},
    send::{Folder, Postman, sender},
};

use crate::support::{
    APPROVES, DAY, DECLINES, Goods, HOUR, MINUTE, TestShop, cash, contact, on_both_databases,
    order, test_card,
};

on_both_databases!(
    a_mail_goes_out_if_and_only_if_its_transaction_commits,
    a_failed_mail_is_tried_again_and_at_last_given_up,
    nodes_do_not_send_a_mail_twice,
    a_mail_of_a_node_that_died_is_sent_by_another,
    an_order_is_confirmed_once_it_is_due_or_paid,
    a_cancelled_order_is_told_of_once,
    values_are_escaped_in_html_and_plain_in_text,
    addresses_that_cannot_be_written_to_are_given_up_at_once,
    without_a_mail_server_mails_are_files,
    what_was_sent_is_forgotten_after_a_month,
);

const KIM: &str = "kim@example.com";

async fn note(shop: &TestShop, mails: &[Mail]) {
    let mut tx = shop.db().begin().await.unwrap();
    queue_all(&mut tx, shop.db().dialect(), shop.now(), mails)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn sign_up(email: &str) -> Mail {
    Mail::SignUp {
        email: email.to_owned(),
    }
}

async fn in_state(shop: &TestShop, state: &str) -> i64 {
    shop.number(&format!(
        "SELECT COUNT(*) AS n FROM mails WHERE state = '{state}'"
    ))
    .await
}

async fn a_mail_goes_out_if_and_only_if_its_transaction_commits(shop: TestShop) {
    let post = shop.post();
    let mut tx = shop.db().begin().await.unwrap();
    queue(&mut tx, shop.db().dialect(), shop.now(), &sign_up(KIM))
        .await
        .unwrap();
    tx.rollback().await.unwrap();
    assert!(post.deliver().await.is_empty());

    note(&shop, &[sign_up(KIM)]).await;
    let mail = post.the_mail().await;
    assert_eq!(mail.header("To"), KIM);
    assert_eq!(mail.header("From"), "Holdfast <orders@shop.test>");
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert!(mail.header("Message-ID").ends_with("@shop.test>"));
    assert!(post.deliver().await.is_empty(), "once");
    let kept = shop
        .number("SELECT COUNT(*) AS n FROM mails WHERE about LIKE '%kim%'")
        .await;
    assert_eq!(kept, 0, "whom it went to is not kept");
}

async fn a_failed_mail_is_tried_again_and_at_last_given_up(shop: TestShop) {
    let post = shop.post();
    note(&shop, &[sign_up(KIM)]).await;
    post.set_down(true);
    assert!(post.deliver().await.is_empty());
    post.set_down(false);
    shop.clock.advance(MINUTE - 1);
    assert!(post.deliver().await.is_empty(), "there is a pause");
    shop.clock.advance(1);
    assert_eq!(post.deliver().await.len(), 1);

    note(&shop, &[sign_up("lou@example.com")]).await;
    post.set_down(true);
    for _ in 0..16 {
        assert_eq!(in_state(&shop, "failed").await, 0);
        post.deliver().await;
        shop.clock.advance(6 * HOUR);
    }
    assert_eq!(in_state(&shop, "failed").await, 1);
    post.set_down(false);
    assert!(post.deliver().await.is_empty());
}

async fn nodes_do_not_send_a_mail_twice(shop: TestShop) {
    let mails: Vec<Mail> = (0..60)
        .map(|n| sign_up(&format!("kim{n}@example.com")))
        .collect();
    note(&shop, &mails).await;
    let nodes = [shop.clone(), shop.second_node(), shop.second_node()];
    let sending = nodes.map(|node| tokio::spawn(async move { node.post().deliver().await }));
    let mut to = Vec::new();
    for sent in sending {
        let sent = sent.await.unwrap();
        to.extend(sent.iter().map(|mail| mail.header("To").to_owned()));
    }
    assert_eq!(to.len(), 60);
    to.sort();
    to.dedup();
    assert_eq!(to.len(), 60);
}

async fn a_mail_of_a_node_that_died_is_sent_by_another(shop: TestShop) {
    note(&shop, &[sign_up(KIM)]).await;
    let claimed = outbox::claim(shop.db(), shop.now(), 20).await.unwrap();
    assert_eq!(claimed.len(), 1);
    let post = shop.post();
    assert!(post.deliver().await.is_empty());
    shop.clock.advance(5 * MINUTE);
    assert_eq!(post.deliver().await.len(), 1);
    // The dead one comes back and knows nothing of it.
    let late: Vec<_> = claimed
        .into_iter()
        .map(|mail| {
            let error = "late".to_owned();
            (mail, Outcome::Failed { error })
        })
        .collect();
    outbox::finish(shop.db(), shop.now(), &late).await.unwrap();
    assert_eq!(in_state(&shop, "sent").await, 1);
}

async fn an_order_is_confirmed_once_it_is_due_or_paid(shop: TestShop) {
    let goods = shop.stock(Goods::named("Rope").price(1250)).await;
    let lines = [(goods.variant(), 2)];
    let post = shop.post();

    let (cart, placed) = shop.buy(&lines, cash()).await;
    let placed = placed.unwrap();
    let mail = post.the_mail().await;
    assert_eq!(mail.header("To"), KIM);
    let body = mail.body();
    for words in [
        placed.order_number.as_str(),
        "2 × Rope",
        "2 x Rope: €25.00",
        "You pay on delivery.",
        &format!("http://shop.test/orders/{}", placed.token),
    ] {
        assert!(body.contains(words), "{words}: {body}");
    }
    drop(cart);

    let (cart, placed) = shop.buy(&lines, test_card(APPROVES)).await;
    let key = order(test_card(APPROVES), 0);
    placed.unwrap();
    assert!(post.the_mail().await.body().contains("has come through"));
    shop.place(&cart, key).await.unwrap_err();

    let (_, declined) = shop.buy(&lines, test_card(DECLINES)).await;
    assert_eq!(declined.unwrap_err().kind, ErrorKind::PaymentDeclined);
    assert!(post.deliver().await.is_empty(), "the page has said it");
}

async fn a_cancelled_order_is_told_of_once(shop: TestShop) {
    let admin = shop.admin().await;
    let goods = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(goods.variant(), 1)], test_card(APPROVES)).await;
    let post = shop.post();
    post.the_mail().await;
    let order = shop.order(&placed.unwrap()).await;
    for _ in 0..2 {
        shop.shop().orders.cancel(&admin, &order.id).await.ok();
    }
    let mail = post.the_mail().await;
    assert!(mail.body().contains("was cancelled"));
    assert!(mail.body().contains("goes back to you"), "{}", mail.body());
}

async fn values_are_escaped_in_html_and_plain_in_text(shop: TestShop) {
    let goods = shop.stock(Goods::named("<b>Knot</b> & \"Rope\"")).await;
    let cart = shop.cart(&[(goods.variant(), 1)]).await;
    let total = shop.subtotal(&cart).await;
    let mut placing = order(cash(), total);
    placing.contact.name = "<img src=x onerror=alert(1)>".to_owned();
    shop.place(&cart, placing).await.unwrap();
    let body = shop.post().the_mail().await.body();
    let (text, html) = body.split_once("text/html").expect("both versions");
    assert!(text.contains("1 x <b>Knot</b> & \"Rope\":"), "{text}");
    assert!(!html.contains("<img") && !html.contains("<b>"), "{html}");
    assert!(html.contains("&#60;b&#62;Knot"), "{html}");
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
    let postman = Postman::new(
        shop.db().clone(),
        shop.clock.clone(),
        shop.services.settings.clone(),
        sender("shop@localhost").unwrap(),
        Box::new(Folder::new(folder.clone())),
    );
    let nobody = "nobody@example.com".to_owned();
    let reset = |email| Mail::PasswordReset { email };
    note(&shop, &[reset(KIM.to_owned()), reset(nobody)]).await;
    assert_eq!(postman.send_due().await.unwrap(), 1);
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().collect();
    assert_eq!(files.len(), 1);
    let path = files[0].as_ref().unwrap().path();
    assert_eq!(path.extension().unwrap(), "eml");
    let mail = std::fs::read_to_string(path).unwrap();
    assert!(mail.contains("\r\nTo: kim@example.com\r\n"), "{mail}");
    assert_eq!(in_state(&shop, "dropped").await, 1);
}

async fn what_was_sent_is_forgotten_after_a_month(shop: TestShop) {
    note(&shop, &[sign_up(KIM)]).await;
    shop.post().the_mail().await;
    for (days, left) in [(29, 1), (1, 0)] {
        shop.clock.advance(days * DAY);
        outbox::drop_old(shop.db(), shop.now()).await.unwrap();
        assert_eq!(in_state(&shop, "sent").await, left);
    }
    assert_eq!(contact().email, KIM);
}
