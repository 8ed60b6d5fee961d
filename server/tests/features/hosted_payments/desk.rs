//! What staff sees of money at a provider, takes and lets go by hand, and what is found when the books
//! are compared.

use app::{
    error::ErrorKind,
    orders::{payment::PaymentStatus, types::OrderStatus},
};
use desk::admin::payments::types::DifferenceKind;

use super::{
    books, opened, paid_on, placed,
    provider::{Service, Visit, cards},
    status,
};
use crate::support::{MINUTE, TestShop, on_both_databases};

on_both_databases!(
    money_that_is_held_is_captured_by_hand_once,
    money_that_is_held_is_released_by_hand_and_the_order_can_be_paid_again,
    what_the_providers_state_does_not_allow_is_refused_and_not_wanted_any_more,
    equal_books_are_told_and_kept,
    each_difference_with_the_provider_is_named,
    one_comparison_a_night_and_another_after_one_that_failed,
    the_order_shows_what_became_of_its_money,
);

const KEY: &str = "0123456789abcdef0123456789abcdef";
const AUDITED: &str =
    "SELECT COUNT(*) AS n FROM audit_entries WHERE action IN ('order.capture', 'order.void')";

async fn money_that_is_held_is_captured_by_hand_once(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    let (admin, id) = (shop.admin().await, shop.order(&placed).await.id);
    let desk = &shop.shop().order_desk;
    for _ in 0..2 {
        let order = desk.capture_payment(&admin, &id, KEY).await.unwrap();
        assert_eq!(order.status, OrderStatus::Paid);
    }
    assert_eq!(books(&provider), (2000, 0, 0));
    assert_eq!(shop.number(AUDITED).await, 1);
    let another = desk.capture_payment(&admin, &id, "").await.unwrap_err();
    assert_eq!(another.kind, ErrorKind::Conflict);
    let released = desk.void_payment(&admin, &id, "").await.unwrap_err();
    assert_eq!(released.kind, ErrorKind::Conflict);
    assert_eq!(shop.number(AUDITED).await, 1);
    let attempts = desk.order(&id).await.unwrap().attempts;
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0].asked_by.as_deref(), Some(admin.email.as_str()));
    assert!(attempts[0].authorised_at.is_some() && attempts[0].captured_at.is_some());
    let link = attempts[0].link.as_deref().unwrap_or_default();
    assert!(link.contains(&provider.accounts()[0].intent), "{link}");
}

async fn money_that_is_held_is_released_by_hand_and_the_order_can_be_paid_again(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    let (admin, id) = (shop.admin().await, shop.order(&placed).await.id);
    let desk = &shop.shop().order_desk;
    for _ in 0..2 {
        let order = desk.void_payment(&admin, &id, KEY).await.unwrap();
        assert_eq!(order.status, OrderStatus::PendingPayment);
        assert!(order.waits_for_payer);
    }
    assert_eq!(books(&provider), (0, 0, 0));
    assert_eq!(shop.number(AUDITED).await, 1);
    assert_eq!(
        shop.units(rope.variant()).await,
        8,
        "it still holds its units"
    );
    let again = shop.shop().checkout.pay(&placed.token).await.unwrap();
    let page = again.pay_at.expect("there is another page");
    paid_on(&provider, &page).await;
    shop.clock.advance(MINUTE);
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (2000, 0, 0));
    let attempts = desk.order(&id).await.unwrap().attempts;
    assert_eq!(attempts.len(), 2);
    assert!(attempts[0].voided_at.is_some() && attempts[0].captured_at.is_none());
    assert!(attempts[1].captured_at.is_some() && attempts[1].asked_by.is_none());
}

async fn what_the_providers_state_does_not_allow_is_refused_and_not_wanted_any_more(
    shop: TestShop,
) {
    let (provider, shop, rope) = opened(&shop).await;
    let (first, page) = placed(&shop, &rope).await;
    let (admin, id) = (shop.admin().await, shop.order(&first).await.id);
    let desk = &shop.shop().order_desk;
    let unpaid = desk.capture_payment(&admin, &id, KEY).await.unwrap_err();
    assert_eq!(unpaid.kind, ErrorKind::Conflict);
    let unpaid = desk.void_payment(&admin, &id, KEY).await.unwrap_err();
    assert_eq!(unpaid.kind, ErrorKind::Conflict);
    let wanted = "SELECT COUNT(*) AS n FROM payment_attempts WHERE release_wanted_at IS NOT NULL \
                  OR asked_by IS NOT NULL OR form_key IS NOT NULL";
    assert_eq!(shop.number(wanted).await, 0);
    provider.set_service(Service::Down);
    desk.capture_payment(&admin, &id, KEY).await.unwrap_err();
    provider.set_service(Service::Up);
    let visit = provider.pay(&page, cards::APPROVES).await;
    assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
    shop.shop().orders.cancel(&admin, &id).await.unwrap();
    let ended = desk.capture_payment(&admin, &id, KEY).await.unwrap_err();
    assert_eq!(ended.kind, ErrorKind::Conflict);
    let expected = (OrderStatus::Cancelled, PaymentStatus::Voided);
    assert_eq!(status(&shop, &first).await, expected);
    let unknown = server::ids::new_id();
    let missing = desk.capture_payment(&admin, &unknown, KEY).await;
    assert_eq!(missing.unwrap_err().kind, ErrorKind::NotFound);
    // That a release was asked for is told.
    assert_eq!(shop.number(AUDITED).await, 1);
    assert_eq!(books(&provider), (0, 0, 0));
}

async fn equal_books_are_told_and_kept(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (paid, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    shop.shop().orders.returned(&paid.token).await.unwrap();
    let (cancelled, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    let order = shop.shop().orders.returned(&cancelled.token).await.unwrap();
    let admin = shop.admin().await;
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    shop.clock.advance(31 * MINUTE);
    let compared = shop.services.payment_books.compare_at_once().await.unwrap();
    assert_eq!(compared.len(), 1);
    assert_eq!(compared[0].compared, 2);
    assert_eq!(compared[0].differences, []);
    assert_eq!(compared[0].at, Some(shop.now()));
}

async fn each_difference_with_the_provider_is_named(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let mut orders = Vec::new();
    for _ in 0..3 {
        let (placed, page) = placed(&shop, &rope).await;
        paid_on(&provider, &page).await;
        shop.shop().orders.returned(&placed.token).await.unwrap();
        orders.push(shop.order(&placed).await);
    }
    let change = async |sql: &str, id: &str| {
        let sql = format!("UPDATE {sql} WHERE order_id = '{id}'");
        shop.execute(&sql).await;
    };
    change("payment_attempts SET captured_minor = 1999", &orders[0].id).await;
    change("payment_attempts SET captured_minor = 0", &orders[1].id).await;
    shop.clock.advance(31 * MINUTE);
    let compared = shop.services.payment_books.compare_at_once().await.unwrap();
    let mut found: Vec<_> = compared[0]
        .differences
        .iter()
        .map(|found| (found.order_id.clone().unwrap(), found.kind))
        .collect();
    found.sort_by_key(|(id, _)| orders.iter().position(|order| order.id == *id));
    let expected = [
        (orders[0].id.clone(), DifferenceKind::CapturedDiffers),
        (orders[1].id.clone(), DifferenceKind::NotTakenIn),
    ];
    assert_eq!(found, expected);
    let site = shop.open().await;
    let browser = site.browser();
    let admin = shop.admin().await;
    browser.sign_in(&admin.email).await;
    let shown = browser.page("/admin/payments").await.expect(200).body;
    assert!(shown.contains(&orders[0].number), "{shown}");
    assert!(shown.contains("2 differences"), "{shown}");
    assert!(shown.contains("€19.99"), "{shown}");
    // The books are whole at the end of every test.
    for order in &orders[..2] {
        change("payment_attempts SET captured_minor = 2000", &order.id).await;
    }
}

async fn one_comparison_a_night_and_another_after_one_that_failed(shop: TestShop) {
    let (provider, shop, _) = opened(&shop).await;
    let lists = || {
        let asked = provider.asked();
        let lists = asked.iter().map(|asked| asked.what.as_str());
        lists
            .filter(|what| what.starts_with("GET /v1/payment_intents"))
            .count()
    };
    let books = &shop.services.payment_books;
    books.run_nightly().await.unwrap();
    books.run_nightly().await.unwrap();
    assert_eq!(lists(), 1);
    shop.clock.advance(24 * 60 * MINUTE);
    provider.set_service(Service::Down);
    books.run_nightly().await.unwrap();
    let last = shop.services.payment_books.as_ref();
    let last = desk::admin::payments::ports::PaymentBooks::last(last)
        .await
        .unwrap();
    assert_eq!(last[0].failed_at, Some(shop.now()));
    assert!(last[0].at.is_some(), "what was found before stays");
    provider.set_service(Service::Up);
    let before = lists();
    books.run_nightly().await.unwrap();
    assert_eq!(lists(), before, "not at once");
    shop.clock.advance(61 * MINUTE);
    books.run_nightly().await.unwrap();
    assert_eq!(lists(), before + 1);
}

async fn the_order_shows_what_became_of_its_money(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    let (admin, id) = (shop.admin().await, shop.order(&placed).await.id);
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(&admin.email).await;
    let address = format!("/admin/orders/{id}");
    let waiting = browser.page(&address).await.expect(200).body;
    assert!(waiting.contains("/api/admin/orders/capture-payment"));
    assert!(waiting.contains("/api/admin/orders/void-payment"));
    let form = [("id", id.as_str()), ("key", KEY), ("page", &address)];
    let sent = browser
        .submit("/api/admin/orders/capture-payment", &form)
        .await;
    assert_eq!(sent.expect(303).location(), address);
    let shown = browser.page(&address).await.expect(200).body;
    assert!(!shown.contains("/api/admin/orders/capture-payment"));
    for words in [
        "Payment 1 started",
        "€20.00 authorised",
        "€20.00 captured",
        "/payments/pi_",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}
