//! What the bank has given back, and what is left to the shop.

use app::orders::{
    payment::{PaymentStatus, RefundStatus},
    types::EventKind,
};

use super::rig::{Rig, Way};
use crate::{
    hosted_payments::provider::{books::DisputeStatus, cards},
    support::{TestShop, on_both_databases},
};

on_both_databases!(
    what_a_bank_has_given_back_is_nobodys_to_pay,
    what_the_bank_gives_back_in_part_leaves_the_rest_to_staff,
    a_refund_of_nothing_is_no_banks,
);

async fn what_a_bank_has_given_back_is_nobodys_to_pay(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    let (id, intent) = rig.paid(cards::REFUNDS_SLOWLY).await;
    rig.decide(Way::Staff, &id).await.unwrap();
    let mails = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_refunded'";
    assert_eq!(rig.shop.number(mails).await, 1, "it is sent");
    let post = rig.shop.post();
    post.deliver().await;
    let dispute = rig.dispute(&intent).await;
    let told = post.deliver().await;
    let failed = told
        .iter()
        .find(|mail| mail.subject.contains("A refund for order"));
    let failed = failed.expect("staff is told").body();
    assert!(failed.contains("Don’t pay it back yet"), "{failed}");
    assert!(
        !failed.contains("Pay the money back another way"),
        "{failed}"
    );
    let browser = rig.site.browser();
    browser.sign_in(&rig.admin.email).await.expect(200);
    let page = async || {
        let page = browser.page(&format!("/admin/orders/{id}")).await;
        page.expect(200).body
    };
    let shown = page().await;
    assert!(
        shown.contains("hasn’t decided about this payment yet"),
        "{shown}"
    );
    assert!(!shown.contains("Mark €20.00 as refunded"), "{shown}");
    rig.close(&dispute, DisputeStatus::Lost).await;
    let shown = page().await;
    for words in [
        "returned by the customer’s bank",
        "€20.00 no longer to be refunded",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!shown.contains("Mark €20.00 as refunded"), "{shown}");
    let desk = rig.desk(&id).await;
    let kinds = desk.events.iter().map(|event| event.kind);
    assert_eq!(
        kinds
            .filter(|kind| *kind == EventKind::RefundByBank)
            .count(),
        1
    );
    let todo = rig.shop.shop().dashboard.todo().await.unwrap();
    assert_eq!((todo.to_hand_over.count, todo.disputed.count), (0, 0));
    let seen = format!("/orders/{}", desk.order.token);
    let seen = rig.site.browser().page(&seen).await.expect(200).body;
    for words in [
        "Your bank has returned your money",
        "€20.00 returned by the bank",
    ] {
        assert!(seen.contains(words), "{words}: {seen}");
    }
    assert_eq!(
        post.deliver().await.len(),
        0,
        "nobody is told anything else"
    );
    // Won on appeal after all, it is due again.
    rig.provider.appeal(&dispute);
    rig.provider.quiet().await;
    rig.close(&dispute, DisputeStatus::Won).await;
    let desk = rig.desk(&id).await;
    assert_eq!(desk.order.payment_status, PaymentStatus::Captured);
    let refund = &desk.refunds[0];
    assert_eq!(
        (refund.status, refund.by_bank_minor),
        (RefundStatus::ByHand, 0)
    );
    let todo = rig.shop.shop().dashboard.todo().await.unwrap();
    assert_eq!(todo.to_hand_over.count, 1);
}

async fn what_the_bank_gives_back_in_part_leaves_the_rest_to_staff(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    let (id, intent) = rig.paid(cards::APPROVES).await;
    let dispute = rig.provider.dispute_part(&intent, 500);
    rig.provider.quiet().await;
    rig.decide(Way::Cancelled, &id).await.unwrap();
    let post = rig.shop.post();
    post.deliver().await;
    rig.close(&dispute, DisputeStatus::Lost).await;
    rig.tidy().await;
    let desk = rig.desk(&id).await;
    let refund = &desk.refunds[0];
    assert_eq!(
        (refund.status, refund.by_shop_minor()),
        (RefundStatus::ByHand, 1500)
    );
    let told = post.deliver().await;
    assert_eq!(told.len(), 1, "staff is told");
    let told = told[0].body();
    assert!(
        told.contains("€5.00") && told.contains("€15.00 of the refund remains"),
        "{told}"
    );
    let browser = rig.site.browser();
    browser.sign_in(&rig.admin.email).await.expect(200);
    let page = browser.page(&format!("/admin/orders/{id}")).await;
    let page = page.expect(200).body;
    for words in [
        "€5.00 of it returned by the customer’s bank",
        "Mark €15.00 as refunded",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let order_desk = &rig.shop.shop().order_desk;
    order_desk.paid_back(&rig.admin, &id, 1).await.unwrap();
    let mails = post.deliver().await;
    assert!(
        mails[0].body().contains("paid €15.00 back"),
        "{}",
        mails[0].body()
    );
    assert_eq!(rig.refunded(&intent), 0);
}

async fn a_refund_of_nothing_is_no_banks(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    let (id, intent) = rig.paid(cards::APPROVES).await;
    let now = rig.shop.now();
    let sql = format!(
        "INSERT INTO refunds (id, order_id, number, cause, status, amount_minor, shipping_minor, \
         created_at) VALUES ('r0', '{id}', 1, 'staff', 'owed', 0, 0, {now})"
    );
    rig.shop.execute(&sql).await;
    let dispute = rig.dispute(&intent).await;
    rig.close(&dispute, DisputeStatus::Lost).await;
    let refund = async || rig.desk(&id).await.refunds[0].clone();
    assert_eq!(refund().await.status, RefundStatus::Owed);
    rig.tidy().await;
    assert_eq!(refund().await.status, RefundStatus::Returned);
    assert_eq!(rig.refunded(&intent), 0);
}
