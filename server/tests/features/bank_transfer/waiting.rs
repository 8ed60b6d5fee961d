//! An order holds its units until its money comes, or its days are over.

use app::orders::{
    payment::PaymentStatus,
    types::{CancelReason, OrderStatus},
};

use super::{came, rope, set_up, transfer};
use crate::support::{Goods, MINUTE, TestShop, on_both_databases, order};

on_both_databases!(
    it_is_offered_only_once_it_is_set_up_and_on,
    an_order_waits_for_its_days_and_is_told_where_to_pay,
    what_is_not_paid_lapses_once_and_gives_its_units_back,
    who_paid_in_part_is_not_told_that_nothing_was_paid,
    one_guest_has_three_orders_however_the_address_is_spelled,
    an_order_of_nothing_waits_for_no_transfer,
    one_buyer_has_three_orders_that_wait,
);

const DAY: i64 = 24 * 60 * MINUTE;

async fn it_is_offered_only_once_it_is_set_up_and_on(shop: TestShop) {
    let rope = rope(&shop).await;
    let refused = shop
        .buy(&[(rope.variant(), 1)], transfer())
        .await
        .1
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "payment");
    set_up(&shop).await;
    shop.bought(&[(rope.variant(), 1)], transfer()).await;
    shop.execute("UPDATE payment_methods SET is_on = 0 WHERE method = 'bank_transfer'")
        .await;
    let refused = shop
        .buy(&[(rope.variant(), 1)], transfer())
        .await
        .1
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "payment");
    assert_eq!(shop.units(rope.variant()).await, 9);
}

async fn an_order_waits_for_its_days_and_is_told_where_to_pay(shop: TestShop) {
    let admin = set_up(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let order = shop.bought(&[(rope.variant(), 2)], transfer()).await;
    assert_eq!(order.status, OrderStatus::PendingPayment);
    assert_eq!(order.payment_status, PaymentStatus::Pending);
    assert!(!order.waits_for_payer, "there is no page to pay at");
    let told = order.awaits_transfer().unwrap();
    let to = told.to.as_ref().unwrap();
    assert_eq!(to.iban, "DE89370400440532013000");
    assert_eq!(told.until, shop.now() + 7 * DAY);
    assert!(to.reference.starts_with("RF"), "{}", to.reference);
    let mail = post.the_mail().await;
    assert!(mail.subject.starts_with("Please pay"), "{}", mail.subject);
    // Whoever has lost it gets it again.
    let desk = &shop.shop().order_desk;
    desk.resend(&admin, &order.id, "", "").await.unwrap();
    let again = post.the_mail().await;
    assert_eq!(again.subject, mail.subject);
    shop.clock.advance(7 * DAY - 1);
    shop.services.checkout.settle_overdue().await.unwrap();
    assert_eq!(shop.units(rope.variant()).await, 8);
    assert_eq!(post.deliver().await.len(), 0);
}

async fn what_is_not_paid_lapses_once_and_gives_its_units_back(shop: TestShop) {
    let admin = set_up(&shop).await;
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 2)], transfer()).await;
    let desk = &shop.shop().transfers;
    desk.record(&admin, &order.id, came("5.00", ""))
        .await
        .unwrap();
    shop.clock.advance(7 * DAY + 1);
    for _ in 0..2 {
        shop.services.checkout.settle_overdue().await.unwrap();
        assert_eq!(shop.units(rope.variant()).await, 10);
    }
    let lapsed = shop.shop().orders.by_id(&order.id).await.unwrap();
    assert_eq!(lapsed.status, OrderStatus::Cancelled);
    assert_eq!(lapsed.cancel_reason, Some(CancelReason::Expired));
    assert_eq!(lapsed.payment_status, PaymentStatus::Voided);
    // What had come is to go back.
    let found = desk.to_match().await.unwrap();
    assert!(found.waiting.is_empty());
    assert_eq!(found.to_return[0].return_minor, 500);
    super::books_agree(&shop).await;
}

async fn who_paid_in_part_is_not_told_that_nothing_was_paid(shop: TestShop) {
    let admin = set_up(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let part = shop.bought(&[(rope.variant(), 2)], transfer()).await;
    post.the_mail().await;
    let none = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    post.the_mail().await;
    let orders = &shop.shop().orders;
    orders.cancel(&admin, &none.id).await.unwrap();
    let told_none = post.the_mail().await.body();
    let desk = &shop.shop().transfers;
    desk.record(&admin, &part.id, came("5.00", ""))
        .await
        .unwrap();
    shop.clock.advance(7 * DAY + 1);
    shop.services.checkout.settle_overdue().await.unwrap();
    let told_part = post.the_mail().await.body();
    let ended = orders.by_id(&part.id).await.unwrap();
    let sent = ended.transfer.unwrap();
    assert_eq!((sent.received_minor, sent.came_minor()), (0, 500));
    let site = shop.open().await;
    let browser = site.browser();
    for (order, mail, is_back) in [(part, told_part, true), (none, told_none, false)] {
        let page = browser.page(&format!("/orders/{}", order.token)).await;
        let page = page.expect(200).body;
        assert_eq!(mail.contains("refund what you paid"), is_back, "{mail}");
        assert_eq!(mail.contains("You were not charged"), !is_back, "{mail}");
        assert_eq!(
            page.contains("What you transferred goes back"),
            is_back,
            "{page}"
        );
        assert_eq!(page.contains("You were not charged"), !is_back, "{page}");
    }
}

async fn one_guest_has_three_orders_however_the_address_is_spelled(shop: TestShop) {
    set_up(&shop).await;
    let rope = rope(&shop).await;
    let mut refused = Vec::new();
    for email in [
        "kim@example.com",
        "Kim+1@example.com",
        "kim+2@Example.com",
        "kim+3@example.com",
    ] {
        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        let mut wanted = order(transfer(), 1000);
        wanted.contact.email = email.to_owned();
        refused.extend(shop.place(&cart, wanted).await.err().map(|_| email));
    }
    assert_eq!(refused, ["kim+3@example.com"]);
}

async fn an_order_of_nothing_waits_for_no_transfer(shop: TestShop) {
    set_up(&shop).await;
    let leaflet = shop.stock(Goods::named("Leaflet").price(0)).await;
    let post = shop.post();
    let order = shop.bought(&[(leaflet.variant(), 1)], transfer()).await;
    assert_eq!(order.status, OrderStatus::Paid);
    assert!(order.transfer.is_none());
    let mail = post.the_mail().await;
    assert!(mail.subject.starts_with("Thank you"), "{}", mail.subject);
    super::books_agree(&shop).await;
}

async fn one_buyer_has_three_orders_that_wait(shop: TestShop) {
    let admin = set_up(&shop).await;
    let rope = rope(&shop).await;
    let mut orders = Vec::new();
    for _ in 0..3 {
        orders.push(shop.bought(&[(rope.variant(), 1)], transfer()).await);
    }
    let refused = shop
        .buy(&[(rope.variant(), 1)], transfer())
        .await
        .1
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "payment");
    assert_eq!(shop.units(rope.variant()).await, 7);
    let desk = &shop.shop().transfers;
    desk.record(&admin, &orders[0].id, came("10.00", ""))
        .await
        .unwrap();
    shop.bought(&[(rope.variant(), 1)], transfer()).await;
}
