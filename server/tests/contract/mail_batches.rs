//! Mails of a batch, which are written from what is read for all of them.

use app::orders::types::Order;

use super::mail::in_state;
use crate::support::{Goods, MINUTE, Stocked, TestShop, cash, counted, on_both_databases, order};

on_both_databases!(
    however_many_mails_a_batch_has_it_asks_the_database_as_often,
    each_mail_of_a_batch_is_of_its_own_order,
    each_link_of_a_batch_confirms_its_own_order,
    a_mail_whose_order_cannot_be_read_fails_alone,
);

const PEOPLE: usize = 12;

async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").units(100)).await
}

/// An order by each of so many people, who have mailboxes of their own.
async fn ordered(shop: &TestShop, rope: &Stocked, name: &str, people: usize) -> Vec<Order> {
    let mut orders = Vec::new();
    for n in 0..people {
        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        let total = shop.subtotal(&cart).await;
        let mut placing = order(cash(), total);
        placing.contact.email = format!("{name}{n}@example.com");
        let placed = shop.place(&cart, placing).await.unwrap();
        orders.push(shop.order(&placed).await);
    }
    orders
}

/// As a new shop has it.
async fn ask(shop: &TestShop) {
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
}

async fn however_many_mails_a_batch_has_it_asks_the_database_as_often(shop: TestShop) {
    let (rope, post) = (rope(&shop).await, shop.post());
    // What a node keeps is read with the first.
    ordered(&shop, &rope, "first", 1).await;
    post.the_mail().await;
    // It looks twice for mails and claims them, reads orders, events, lines and pages, and notes what became of them.
    for (name, people) in [("one", 1), ("many", PEOPLE)] {
        ordered(&shop, &rope, name, people).await;
        let (sent, ran) = counted(post.deliver()).await;
        assert_eq!(sent.len(), people);
        assert!(ran.len() <= 8, "{name}: {ran:#?}");
    }
    // All links together.
    ask(&shop).await;
    for (name, people) in [("unsure", 1), ("others", PEOPLE)] {
        ordered(&shop, &rope, name, people).await;
        let (sent, ran) = counted(post.deliver()).await;
        assert_eq!(sent.len(), people);
        assert!(ran.len() <= 10, "{name}: {ran:#?}");
    }
}

async fn each_mail_of_a_batch_is_of_its_own_order(shop: TestShop) {
    let (rope, post) = (rope(&shop).await, shop.post());
    let orders = ordered(&shop, &rope, "kim", PEOPLE).await;
    let sent = post.deliver().await;
    assert_eq!(sent.len(), PEOPLE);
    for mail in sent {
        let to = mail.header("To");
        let body = mail.body();
        for order in &orders {
            let is_own = order.contact.email == to;
            assert_eq!(mail.subject.contains(&order.number), is_own, "{to}");
            let page = format!("http://shop.test/orders/{}", order.token);
            assert_eq!(body.contains(&page), is_own, "{to}");
        }
    }
}

async fn each_link_of_a_batch_confirms_its_own_order(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let orders = ordered(&shop, &rope, "kim", PEOPLE).await;
    let sent = post.deliver().await;
    assert_eq!(sent.len(), PEOPLE);
    for mail in sent {
        let to = mail.header("To");
        let own = orders.iter().find(|order| order.contact.email == to);
        let token = mail.link("/orders/confirm/");
        let confirmed = shop.shop().orders.confirm(&token).await.unwrap();
        assert_eq!(Some(&confirmed.id), own.map(|order| &order.id), "{to}");
    }
}

async fn a_mail_whose_order_cannot_be_read_fails_alone(shop: TestShop) {
    let (rope, post) = (rope(&shop).await, shop.post());
    let orders = ordered(&shop, &rope, "kim", 3).await;
    let spoilt = &orders[1];
    // As a newer node might write it.
    let says = |word: &str| {
        let id = &spoilt.id;
        format!("UPDATE orders SET cancel_reason = {word} WHERE id = '{id}'")
    };
    shop.execute(&says("'eaten'")).await;
    let sent = post.deliver().await;
    let mut to: Vec<&str> = sent.iter().map(|mail| mail.header("To")).collect();
    to.sort_unstable();
    assert_eq!(to, ["kim0@example.com", "kim2@example.com"]);
    assert_eq!(in_state(&shop, "sent").await, 2);
    let waits = "SELECT COUNT(*) AS n FROM mails WHERE state = 'waiting' AND tries = 1 \
                 AND error LIKE '%cancel_reason%'";
    assert_eq!(shop.number(waits).await, 1);
    shop.execute(&says("NULL")).await;
    shop.clock.advance(MINUTE);
    let mail = post.the_mail().await;
    assert_eq!(mail.header("To"), spoilt.contact.email);
}
