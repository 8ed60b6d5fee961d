//! Payments that banks ask back: each dispute is told by itself, with its deadline, and what is disputed
//! is not refunded.

use app::{
    error::ErrorKind,
    orders::{
        payment::{DisputeState, PaymentStatus, RefundStatus},
        ports::{MoneyFilter, OrderFilter},
        types::{EventKind, OrderStatus},
    },
};

use super::{
    books, connect, opened, paid_on, placed,
    provider::{Provider, Service, books::DisputeStatus, cards},
    refunds::{paid_with, rest},
    status,
};
use crate::support::{MINUTE, Site, Stocked, TestShop, on_both_databases};

on_both_databases!(
    a_dispute_stands_in_the_time_line_once,
    a_second_dispute_is_told_and_shown_with_its_deadline,
    a_disputed_payment_is_not_refunded,
    a_bank_that_only_asks_leaves_the_refund_to_staff,
    a_dispute_of_a_refunded_order_is_to_be_answered,
    a_dispute_that_is_won_on_appeal_leaves_the_payment_free,
    disputes_are_not_looked_at_one_by_one_while_the_provider_is_down,
    an_old_dispute_that_no_provider_knows_is_over,
);

const TOLD: &str = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'payment_trouble'";

/// A paid order of €20 with events on their way, and what its payment is called.
async fn paid(shop: &TestShop) -> (Provider, TestShop, Stocked, Site, String, String) {
    let (provider, shop, rope) = opened(shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let desk = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let intent = provider.accounts()[0].intent.clone();
    (provider, shop, rope, site, desk.order.id, intent)
}

async fn told(shop: &TestShop, id: &str) -> Vec<EventKind> {
    let desk = shop.shop().order_desk.order(id).await.unwrap();
    let events = desk.events.iter().map(|event| event.kind);
    events.filter(|kind| *kind != EventKind::Paid).collect()
}

async fn in_the_list(shop: &TestShop) -> i64 {
    let filter = OrderFilter {
        money: Some(MoneyFilter::Disputed),
        ..OrderFilter::default()
    };
    shop.shop().orders.list(&filter).await.unwrap().found.count
}

async fn a_dispute_stands_in_the_time_line_once(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    shop.shop().orders.returned(&placed.token).await.unwrap();
    let site = shop.open().await;
    connect(&provider, &site);
    let intent = provider.accounts()[0].intent.clone();
    let dispute = provider.dispute(&intent, "fraudulent");
    provider.quiet().await;
    let disputed = (OrderStatus::Paid, PaymentStatus::Disputed);
    assert_eq!(status(&shop, &placed).await, disputed);
    provider.close_dispute(&dispute, DisputeStatus::Won);
    provider.quiet().await;
    let won = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &placed).await, won);
    for kind in ["disputed", "dispute_won"] {
        let noted = format!("SELECT COUNT(*) AS n FROM order_events WHERE kind = '{kind}'");
        assert_eq!(shop.number(&noted).await, 1, "{kind}");
    }
    let order = shop.order(&placed).await;
    assert_eq!(order.events.len(), 1, "shoppers see nothing of it");
}

async fn a_second_dispute_is_told_and_shown_with_its_deadline(shop: TestShop) {
    let admin = shop.admin().await;
    let (provider, shop, _rope, site, id, intent) = paid(&shop).await;
    let first = provider.dispute(&intent, "fraudulent");
    provider.quiet().await;
    assert_eq!(shop.number(TOLD).await, 1);
    provider.close_dispute(&first, DisputeStatus::Won);
    provider.quiet().await;
    assert_eq!(in_the_list(&shop).await, 0);
    shop.clock.advance(1000);
    provider.dispute(&intent, "product_not_received");
    provider.quiet().await;
    assert_eq!(shop.number(TOLD).await, 2);
    let expected = [
        EventKind::Disputed,
        EventKind::DisputeWon,
        EventKind::Disputed,
    ];
    assert_eq!(told(&shop, &id).await, expected);
    let desk = shop.shop().order_desk.order(&id).await.unwrap();
    assert_eq!(desk.order.payment_status, PaymentStatus::Disputed);
    let states: Vec<_> = desk.disputes.iter().map(|dispute| dispute.state).collect();
    assert_eq!(states, [DisputeState::Won, DisputeState::NeedsAnswer]);
    let until = desk.disputes[1].answer_by().expect("there is a deadline");
    let todo = shop.shop().dashboard.todo().await.unwrap();
    assert_eq!((todo.disputed.count, todo.answer_by), (1, Some(until)));
    assert_eq!(in_the_list(&shop).await, 1);
    let browser = site.browser();
    browser.sign_in(&admin.email).await.expect(200);
    let shown = browser.page(&format!("/admin/orders/{id}")).await;
    let shown = shown.expect(200).body;
    for words in ["product_not_received", "Answer by", "Answer the dispute"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let start = browser.page("/admin").await.expect(200).body;
    assert!(start.contains("open dispute, answer by"), "{start}");
    let mails = format!(
        "SELECT COUNT(*) AS n FROM mails WHERE kind = 'payment_trouble' \
         AND about LIKE '%product_not_received%' AND about LIKE '%{until}%'"
    );
    assert_eq!(
        shop.number(&mails).await,
        1,
        "the second mail has its deadline"
    );
}

async fn a_disputed_payment_is_not_refunded(shop: TestShop) {
    let admin = shop.admin().await;
    let (provider, shop, _rope, site, id, intent) = paid(&shop).await;
    let dispute = provider.dispute(&intent, "fraudulent");
    provider.quiet().await;
    let desk = &shop.shop().order_desk;
    let refused = desk.refund(&admin, &id, rest(1)).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert!(refused.message.contains("disputed"), "{}", refused.message);
    let refused = desk.quote(&id, &rest(1).request).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert!(desk.order(&id).await.unwrap().refunds.is_empty());
    let browser = site.browser();
    browser.sign_in(&admin.email).await.expect(200);
    let page = browser.page(&format!("/admin/orders/{id}/refund")).await;
    let page = page.expect(200).body;
    assert!(page.contains("The bank decides about the money"), "{page}");
    provider.close_dispute(&dispute, DisputeStatus::Lost);
    provider.quiet().await;
    let lost = desk.refund(&admin, &id, rest(1)).await.unwrap_err();
    assert_eq!(lost.kind, ErrorKind::Conflict, "the bank gave it back");
    assert_eq!(in_the_list(&shop).await, 0);
}

async fn a_bank_that_only_asks_leaves_the_refund_to_staff(shop: TestShop) {
    let admin = shop.admin().await;
    let (provider, shop, rope, site, id, intent) = paid(&shop).await;
    provider.inquire(&intent, "general");
    provider.quiet().await;
    let desk = &shop.shop().order_desk;
    let asked = desk.order(&id).await.unwrap();
    assert_eq!(asked.order.payment_status, PaymentStatus::Captured);
    assert_eq!(asked.disputes[0].state, DisputeState::Asked);
    assert_eq!((shop.number(TOLD).await, in_the_list(&shop).await), (1, 1));
    let browser = site.browser();
    browser.sign_in(&admin.email).await.expect(200);
    let page = browser.page(&format!("/admin/orders/{id}/refund")).await;
    let page = page.expect(200).body;
    assert!(page.contains("has asked about this payment"), "{page}");
    desk.refund(&admin, &id, rest(1)).await.unwrap();
    let refunded = desk.order(&id).await.unwrap();
    assert_eq!(refunded.refunds[0].status, RefundStatus::Returned);
    assert_eq!(books(&provider), (2000, 2000, 0));

    // Of another order, it becomes a dispute, which is told again.
    provider.quiet().await;
    let known = provider.accounts();
    let other = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let intents = provider.accounts().into_iter();
    let intent = intents
        .map(|account| account.intent)
        .find(|intent| known.iter().all(|account| account.intent != *intent))
        .expect("it was paid");
    let dispute = provider.inquire(&intent, "general");
    provider.quiet().await;
    provider.escalate(&dispute);
    provider.quiet().await;
    assert_eq!(shop.number(TOLD).await, 3);
    let disputed = desk.order(&other.order.id).await.unwrap();
    assert_eq!(disputed.order.payment_status, PaymentStatus::Disputed);
}

async fn a_dispute_of_a_refunded_order_is_to_be_answered(shop: TestShop) {
    let admin = shop.admin().await;
    let (provider, shop, _rope, _site, id, intent) = paid(&shop).await;
    let desk = &shop.shop().order_desk;
    desk.refund(&admin, &id, rest(1)).await.unwrap();
    provider.dispute(&intent, "credit_not_processed");
    provider.quiet().await;
    let order = desk.order(&id).await.unwrap().order;
    let expected = (OrderStatus::Refunded, PaymentStatus::Refunded);
    assert_eq!((order.status, order.payment_status), expected);
    let todo = shop.shop().dashboard.todo().await.unwrap();
    assert_eq!((todo.disputed.count, in_the_list(&shop).await), (1, 1));
    assert_eq!(shop.number(TOLD).await, 1);
}

async fn a_dispute_that_is_won_on_appeal_leaves_the_payment_free(shop: TestShop) {
    let admin = shop.admin().await;
    let (provider, shop, _rope, _site, id, intent) = paid(&shop).await;
    let dispute = provider.dispute(&intent, "fraudulent");
    provider.quiet().await;
    provider.close_dispute(&dispute, DisputeStatus::Lost);
    provider.quiet().await;
    // As it is kept of a dispute from before they were.
    shop.execute("UPDATE disputes SET dispute_id = order_id")
        .await;
    provider.appeal(&dispute);
    provider.quiet().await;
    let desk = &shop.shop().order_desk;
    let appealed = desk.order(&id).await.unwrap();
    assert_eq!(appealed.disputes.len(), 1, "it is the same");
    assert_eq!(appealed.disputes[0].state, DisputeState::NeedsAnswer);
    assert_eq!(in_the_list(&shop).await, 1);
    provider.close_dispute(&dispute, DisputeStatus::Won);
    provider.quiet().await;
    let won = desk.order(&id).await.unwrap();
    assert_eq!(won.order.payment_status, PaymentStatus::Captured);
    desk.refund(&admin, &id, rest(1)).await.unwrap();
    assert_eq!(books(&provider), (2000, 2000, 0));
}

async fn disputes_are_not_looked_at_one_by_one_while_the_provider_is_down(shop: TestShop) {
    let (provider, shop, rope, _site, _, _) = paid(&shop).await;
    paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    for account in provider.accounts() {
        provider.dispute(&account.intent, "general");
    }
    provider.quiet().await;
    shop.clock.advance(61 * MINUTE);
    let tidied = async |what: &str| {
        let before = provider.asked().len();
        shop.services.checkout.settle_overdue().await.unwrap();
        let asked = provider.asked();
        let since = asked[before..].iter();
        since.filter(|asked| asked.what.starts_with(what)).count()
    };
    provider.set_service(Service::Down);
    let tries = tidied("GET").await;
    assert!(
        (1..=3).contains(&tries),
        "one is tried, as often as any request: {tries}"
    );
    provider.set_service(Service::Up);
    for expected in [1, 0] {
        assert_eq!(
            tidied("GET /v1/disputes").await,
            expected,
            "the other has its turn"
        );
    }
}

async fn an_old_dispute_that_no_provider_knows_is_over(shop: TestShop) {
    let admin = shop.admin().await;
    let (provider, connected, rope) = opened(&shop).await;
    let desk = &connected.shop().order_desk;
    let setting = (&provider, &connected, &rope);
    let first = paid_with(setting, cards::APPROVES).await.order.id;
    let second = paid_with(setting, cards::APPROVES).await.order.id;
    // The second one is looked at where the provider is not set up any more.
    for (id, node) in [(first, &connected), (second, &shop)] {
        let now = shop.now();
        for sql in [
            format!(
                "INSERT INTO disputes (provider, dispute_id, order_id, amount_minor, state, reason, \
                 link, opened_at, updated_at) VALUES ('stripe', '{id}', '{id}', 2000, \
                 'needs_answer', '', '', {now}, {now})"
            ),
            format!("UPDATE orders SET payment_status = 'disputed' WHERE id = '{id}'"),
        ] {
            shop.execute(&sql).await;
        }
        provider.set_service(Service::Down);
        connected.services.checkout.settle_overdue().await.unwrap();
        let open = desk.order(&id).await.unwrap().disputes;
        assert_eq!(
            open[0].state,
            DisputeState::NeedsAnswer,
            "nobody has said that it is over"
        );
        provider.set_service(Service::Up);
        shop.clock.advance(61 * MINUTE);
        node.services.checkout.settle_overdue().await.unwrap();
        let over = desk.order(&id).await.unwrap();
        assert_eq!(over.disputes[0].state, DisputeState::Closed);
        assert_eq!(over.order.payment_status, PaymentStatus::Captured);
        assert_eq!(told(&connected, &id).await, [EventKind::DisputeWon]);
        desk.refund(&admin, &id, rest(1)).await.unwrap();
    }
    assert_eq!(books(&provider), (4000, 4000, 0));
}
