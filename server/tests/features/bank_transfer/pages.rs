//! The same in a browser without script: the order's page and the staff's.

use app::{identity::Role, orders::types::OrderStatus};

use super::{rope, set_up, transfer};
use crate::support::{STAFF, TestShop, contact, on_both_databases};

on_both_databases!(
    the_page_of_an_order_says_where_to_pay,
    staff_matches_a_payment_and_returns_what_is_too_much,
);

async fn the_page_of_an_order_says_where_to_pay(shop: TestShop) {
    set_up(&shop).await;
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    let site = shop.open().await;
    let page = site
        .browser()
        .page(&format!("/orders/{}", order.token))
        .await;
    let page = page.expect(200).body;
    let mailed = format!("We’ve e-mailed the bank details to {}.", contact().email);
    for told in [
        mailed.as_str(),
        "Lamp &amp; Rope Ltd",
        super::IBAN,
        "Harbour Bank",
        "Payment reference",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("/api/checkout/pay"), "{page}");
}

async fn staff_matches_a_payment_and_returns_what_is_too_much(shop: TestShop) {
    set_up(&shop).await;
    shop.account(STAFF, Role::Staff).await;
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(STAFF).await.expect(200);
    shop.services.run_maintenance().await;
    let list = browser.page("/admin/transfers").await.expect(200).body;
    assert!(list.contains(&order.number), "{list}");
    assert!(list.contains("#1001"), "as the staff calls it: {list}");
    let today = browser.page("/admin").await.expect(200).body;
    assert!(today.contains("payment to match"), "{today}");
    let page = format!("/admin/transfers/{}", order.id);
    let refused = [
        ("id", order.id.as_str()),
        ("amount", "1.000"),
        ("day", "2026-11-28"),
        ("page", page.as_str()),
    ];
    let shown = browser
        .submit("/api/admin/transfers/record", &refused)
        .await;
    let shown = shown.refused().body;
    assert!(shown.contains("value=\"1.000\""), "{shown}");
    let typed = [
        ("id", order.id.as_str()),
        ("amount", "11,00"),
        ("day", "2026-11-28"),
        ("page", page.as_str()),
    ];
    let answer = browser
        .submit("/api/admin/transfers/record", &typed)
        .await
        .expect(303);
    let shown = browser.page(answer.location()).await.expect(200).body;
    assert!(shown.contains("Payment recorded."), "{shown}");
    assert!(shown.contains("Mark €1.00 as returned"), "{shown}");
    let seen = shop.shop().orders.by_id(&order.id).await.unwrap();
    assert_eq!(seen.status, OrderStatus::Paid);
    let today = browser.page("/admin").await.expect(200).body;
    assert!(today.contains("transfer to return"), "{today}");
}
