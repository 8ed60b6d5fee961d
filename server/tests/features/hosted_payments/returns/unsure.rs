//! Refunds while it is not known what the bank decides, or whether they were sent.

use app::{
    error::ErrorKind,
    orders::{
        payment::{DisputeState, PaymentStatus, RefundStatus},
        types::OrderStatus,
    },
};

use super::rig::{Rig, Way};
use crate::{
    hosted_payments::{
        opened,
        provider::{books::DisputeStatus, cards, mischief::Fate},
        refunds::{paid_with, rest},
    },
    support::{MINUTE, TestShop, on_both_databases},
};

on_both_databases!(
    a_refund_by_hand_waits_for_a_bank_that_only_asks,
    a_refund_whose_answer_was_lost_is_found_before_the_bank_decides,
    what_was_sent_while_the_bank_decided_is_nobodys_to_pay,
    a_lost_event_of_a_dispute_costs_time_alone,
    a_dispute_that_nobody_tells_of_is_found_at_night,
);

async fn a_refund_by_hand_waits_for_a_bank_that_only_asks(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    let (id, intent) = rig.paid(cards::LOSES_REFUNDS).await;
    rig.decide(Way::Staff, &id).await.unwrap();
    rig.provider.settle_refunds();
    rig.provider.quiet().await;
    let asked = rig.provider.inquire(&intent, "general");
    rig.provider.quiet().await;
    let order_desk = &rig.shop.shop().order_desk;
    let refused = order_desk.paid_back(&rig.admin, &id, 1).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert!(
        refused.message.contains("hasn’t decided"),
        "{}",
        refused.message
    );
    rig.close(&asked, DisputeStatus::WarningClosed).await;
    let paid = order_desk.paid_back(&rig.admin, &id, 1).await.unwrap();
    assert_eq!(paid.payment_status, PaymentStatus::Refunded);
    assert_eq!(rig.desk(&id).await.disputes[0].state, DisputeState::Closed);
}

async fn a_refund_whose_answer_was_lost_is_found_before_the_bank_decides(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    let (id, intent) = rig.paid(cards::APPROVES).await;
    // As often as it is tried at once.
    rig.provider
        .plan("POST /v1/refunds", &[Fate::LostAnswer; 3]);
    rig.decide(Way::Cancelled, &id).await.unwrap();
    assert_eq!(rig.desk(&id).await.refunds[0].status, RefundStatus::Owed);
    assert_eq!(rig.refunded(&intent), 2000, "it was sent");
    let dispute = rig.provider.dispute_part(&intent, 500);
    rig.provider.quiet().await;
    rig.close(&dispute, DisputeStatus::Lost).await;
    rig.tidy().await;
    let refund = rig.desk(&id).await.refunds[0].clone();
    assert_eq!(
        (refund.status, refund.by_bank_minor),
        (RefundStatus::Returned, 0)
    );
    let todo = rig.shop.shop().dashboard.todo().await.unwrap();
    assert_eq!(todo.to_hand_over.count, 0, "nobody is to pay it once more");
    assert_eq!(rig.refunded(&intent), 2000);
}

async fn what_was_sent_while_the_bank_decided_is_nobodys_to_pay(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    for (meanwhile, after) in [
        ("by_hand", RefundStatus::Returned),
        ("by_bank", RefundStatus::Returned),
        ("paid_back", RefundStatus::PaidBack),
    ] {
        let (id, intent) = rig.paid(cards::APPROVES).await;
        let held = rig.provider.hold("POST /v1/refunds");
        let bank = async {
            held.done().await;
            let sql = format!(
                "UPDATE refunds SET status = '{meanwhile}', by_bank_minor = 500 WHERE order_id = '{id}'"
            );
            rig.shop.execute(&sql).await;
            held.let_go();
        };
        let (decided, ()) = tokio::join!(rig.decide(Way::Cancelled, &id), bank);
        decided.unwrap();
        assert_eq!(rig.desk(&id).await.refunds[0].status, after, "{meanwhile}");
        assert_eq!(rig.refunded(&intent), 2000);
    }
}

async fn a_lost_event_of_a_dispute_costs_time_alone(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let paid = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let id = paid.order.id;
    let intent = provider.accounts()[0].intent.clone();
    let dispute = provider.dispute(&intent, "fraudulent");
    let desk = &shop.shop().order_desk;
    desk.refund(&admin, &id, rest(1)).await.unwrap();
    let owed = async || {
        let refund = desk.order(&id).await.unwrap().refunds[0].clone();
        assert_eq!(
            (refund.status, refund.fault.as_str()),
            (RefundStatus::Owed, "")
        );
    };
    let refunds = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_refunded'";
    owed().await;
    // It is refused once more, so the provider is asked why.
    for _ in 0..2 {
        shop.clock.advance(2 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
        owed().await;
    }
    let known = desk.order(&id).await.unwrap();
    assert_eq!(known.disputes[0].state, DisputeState::NeedsAnswer);
    assert_eq!(known.order.payment_status, PaymentStatus::Disputed);
    let told = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'payment_trouble'";
    assert_eq!(
        (shop.number(told).await, shop.number(refunds).await),
        (1, 0)
    );
    provider.close_dispute(&dispute, DisputeStatus::Won);
    for _ in 0..2 {
        shop.clock.advance(61 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
    }
    let order = desk.order(&id).await.unwrap();
    assert_eq!(order.disputes[0].state, DisputeState::Won);
    assert_eq!(order.refunds[0].status, RefundStatus::Returned);
    assert_eq!(order.order.status, OrderStatus::Refunded);
    assert_eq!(provider.accounts()[0].refunded, 2000);
    assert_eq!(shop.number(refunds).await, 1);
}

async fn a_dispute_that_nobody_tells_of_is_found_at_night(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    shop.admin().await;
    let paid = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let id = paid.order.id;
    let dispute = provider.dispute(&provider.accounts()[0].intent.clone(), "fraudulent");
    let told = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'payment_trouble'";
    assert_eq!(shop.number(told).await, 0);
    for _ in 0..2 {
        shop.services.payment_books.compare_at_once().await.unwrap();
        let order = shop.shop().order_desk.order(&id).await.unwrap();
        assert_eq!(order.disputes.len(), 1);
        assert_eq!(order.disputes[0].state, DisputeState::NeedsAnswer);
        assert_eq!(order.order.payment_status, PaymentStatus::Disputed);
        assert_eq!(shop.number(told).await, 1);
    }
    provider.close_dispute(&dispute, DisputeStatus::Lost);
    shop.services.payment_books.compare_at_once().await.unwrap();
    let order = shop.shop().order_desk.order(&id).await.unwrap();
    assert_eq!(order.disputes[0].state, DisputeState::Lost);
}
