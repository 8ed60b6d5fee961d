//! The outbox: what is mailed, when, and how often.

use app::{contact::Contact, error::ErrorKind, orders::types::Parcel};
use server::{
    db::Sql,
    outbox::{self, Mail, Outcome, queue, queue_all},
};

use super::settings::set;
use crate::support::{
    APPROVES, DAY, DECLINES, Goods, HOUR, MINUTE, Sent, TestShop, cash, contact, on_both_databases,
    order, test_card,
};

on_both_databases!(
    a_mail_goes_out_if_and_only_if_its_transaction_commits,
    a_failed_mail_is_tried_again_and_at_last_given_up,
    a_mail_that_nobody_can_read_is_given_up,
    nodes_do_not_send_a_mail_twice,
    what_is_too_much_for_a_mailbox_waits_and_is_not_lost,
    a_mail_of_a_node_that_died_is_sent_by_another,
    an_order_is_confirmed_once_it_is_due_or_paid,
    a_cancelled_order_is_told_of_once,
    a_parcel_on_its_way_can_be_followed,
    an_address_is_written_as_in_its_country_and_tax_only_if_there_is_any,
    values_are_escaped_in_html_and_plain_in_text,
    what_was_sent_is_forgotten_after_a_month,
    however_many_were_sent_all_are_forgotten,
);

pub const KIM: &str = "kim@example.com";

pub async fn note(shop: &TestShop, mails: &[Mail]) {
    let mut tx = shop.db().begin().await.unwrap();
    queue_all(&mut tx, shop.db().dialect(), shop.now(), mails)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

pub fn sign_up(email: &str) -> Mail {
    Mail::SignUp {
        email: email.to_owned(),
    }
}

pub async fn in_state(shop: &TestShop, state: &str) -> i64 {
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

async fn a_mail_that_nobody_can_read_is_given_up(shop: TestShop) {
    note(&shop, &[sign_up(KIM)]).await;
    let mut tx = shop.db().begin().await.unwrap();
    Sql::new("UPDATE mails SET about = '{}'")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for _ in 0..16 {
        assert_eq!(in_state(&shop, "failed").await, 0, "a newer node may");
        let claimed = outbox::claim(shop.db(), shop.now(), 20).await.unwrap();
        assert_eq!(claimed, []);
        shop.clock.advance(5 * MINUTE);
    }
    assert_eq!(in_state(&shop, "failed").await, 1);
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

/// However the address is spelt, and no matter who orders with it.
async fn what_is_too_much_for_a_mailbox_waits_and_is_not_lost(shop: TestShop) {
    const ORDERS: usize = 14;
    const AT_ONCE: usize = 10;
    let rope = shop.stock(Goods::named("Rope").units(100)).await;
    let line = [(rope.variant(), 1)];
    for n in 0..ORDERS {
        let cart = shop.cart(&line).await;
        let mut order = order(cash(), 4900);
        order.contact.email = match n % 2 {
            0 => "kim@example.com".to_owned(),
            _ => "KIM@example.com".to_owned(),
        };
        shop.place(&cart, order).await.unwrap();
    }
    let cart = shop.cart(&line).await;
    let mut other = order(cash(), 4900);
    other.contact.email = "lou@example.com".to_owned();
    shop.place(&cart, other).await.unwrap();
    let post = shop.post();
    let to = |sent: &[Sent], who: &str| {
        let to = sent
            .iter()
            .filter(|mail| mail.header("To").to_lowercase() == who);
        to.count()
    };
    let sent = post.deliver().await;
    assert_eq!(to(&sent, "lou@example.com"), 1, "others wait for nobody");
    assert_eq!(to(&sent, KIM), AT_ONCE);
    let waiting = (ORDERS - AT_ONCE) as i64;
    assert_eq!(in_state(&shop, "waiting").await, waiting);
    let tries = "SELECT MAX(tries) AS n FROM mails WHERE state = 'waiting'";
    assert_eq!(shop.number(tries).await, 0, "waiting is no try");
    assert_eq!(post.deliver().await.len(), 0, "it is not yet time");
    // Its own mails, which nobody else can cause, do not wait.
    note(&shop, &[sign_up(KIM)]).await;
    assert_eq!(to(&post.deliver().await, KIM), 1);
    // A node that has sent none to it goes on.
    shop.clock.advance(2 * HOUR);
    let later = shop.with_buckets_of_its_own().post();
    assert_eq!(to(&later.deliver().await, KIM), ORDERS - AT_ONCE);
    assert_eq!(in_state(&shop, "waiting").await, 0);
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
    assert!(post.the_mail().await.body().contains("has gone through"));
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
    assert!(mail.body().contains("We’ll refund"), "{}", mail.body());
}

async fn a_parcel_on_its_way_can_be_followed(shop: TestShop) {
    let admin = shop.admin().await;
    let goods = shop.stock(Goods::named("Rope")).await;
    let (desk, post) = (&shop.shop().order_desk, shop.post());
    for (carrier, page) in [
        (
            "GLS",
            Some("https://gls-group.eu/EU/en/parcel-tracking?match=501234"),
        ),
        ("By bike", None),
    ] {
        let order = shop.bought(&[(goods.variant(), 1)], cash()).await;
        post.the_mail().await;
        desk.pack(&admin, &order.id).await.unwrap();
        let parcel = Parcel {
            carrier: carrier.to_owned(),
            tracking_number: "501234".to_owned(),
        };
        desk.ship(&admin, &order.id, parcel).await.unwrap();
        let body = post.the_mail().await.body();
        assert!(body.contains(&format!("by {carrier}. Tracking number: 501234")));
        assert_eq!(body.contains("Track your parcel"), page.is_some(), "{body}");
        if let Some(page) = page {
            assert!(
                body.contains(&format!("Track your parcel:\r\n{page}")),
                "{body}"
            );
            assert!(body.contains(&format!("href=\"{page}\"")), "{body}");
        }
    }
}

async fn an_address_is_written_as_in_its_country_and_tax_only_if_there_is_any(shop: TestShop) {
    let admin = shop.admin().await;
    let goods = shop.stock(Goods::named("Rope").price(1000)).await;
    let post = shop.post();
    let buy = async || {
        let cart = shop.cart(&[(goods.variant(), 1)]).await;
        let mut placing = order(cash(), 1000);
        placing.contact = Contact {
            address_line1: "350 Fifth Avenue".to_owned(),
            postal_code: "10118".to_owned(),
            city: "New York".to_owned(),
            state: "new york".to_owned(),
            country: "us".to_owned(),
            ..contact()
        };
        shop.place(&cart, placing).await.unwrap();
        post.the_mail().await.body()
    };
    let body = buy().await;
    let lines = "Kim Marten\r\n350 Fifth Avenue\r\nNew York, NY 10118\r\nUnited States\r\n";
    assert!(body.contains(lines), "{body}");
    assert!(
        body.contains("New York, NY 10118<br>United States"),
        "{body}"
    );
    assert!(body.contains("Includes tax"), "{body}");
    set(&shop, &admin, |form| form.tax = "0".to_owned()).await;
    let body = buy().await;
    assert!(!body.contains("Includes tax"), "{body}");
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

/// As many as are sent within minutes while a drop sells.
async fn however_many_were_sent_all_are_forgotten(shop: TestShop) {
    let ended = shop.now() - 30 * DAY;
    shop.execute(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3500) \
         INSERT INTO mails (id, kind, about, state, next_try_at, created_at, ended_at) \
         SELECT CAST(i AS TEXT), 'sign_up', '', 'sent', {ended}, {ended}, {ended} FROM n"
    ))
    .await;
    note(&shop, &[sign_up(KIM)]).await;
    shop.post().the_mail().await;
    outbox::drop_old(shop.db(), shop.now()).await.unwrap();
    assert_eq!(in_state(&shop, "sent").await, 1);
}
