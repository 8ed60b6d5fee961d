//! Another sum is taken than the order costs: it goes back, and the order is as if nobody had paid.

use app::{
    error::ErrorKind,
    orders::{
        payment::PaymentStatus,
        ports::{MoneyFilter, OrderFilter},
        types::OrderStatus,
    },
};
use server::orders::check::check;

use super::{
    books, connect, opened, paid_on, placed,
    provider::{Fate, Provider, Visit, cards},
    status,
};
use crate::support::{MINUTE, Stocked, TestShop, on_both_databases};

on_both_databases!(
    a_part_that_was_captured_goes_back_and_the_order_can_be_paid_again,
    a_part_that_was_captured_of_an_order_that_is_cancelled_goes_back,
    an_order_whose_part_was_captured_ends_with_its_hold,
    the_owner_is_told_once_of_a_part_that_goes_back,
    staffs_cancel_returns_a_part_that_could_not_go_back_before,
    a_part_that_cannot_go_back_is_to_do_until_somebody_has_returned_it,
    a_part_that_did_not_go_back_and_is_refunded_in_the_dashboard_is_done,
    what_went_back_of_a_part_is_what_the_provider_says,
    what_may_be_on_its_way_is_not_paid_by_hand,
    what_somebody_has_returned_is_not_sent,
);

const TOLD: &str = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'payment_trouble'";

/// The orders that are to do, as the dashboard and the list count them.
async fn to_do(shop: &TestShop) -> i64 {
    let todo = shop.shop().dashboard.todo().await.unwrap();
    let filter = OrderFilter {
        money: Some(MoneyFilter::OtherSums),
        ..OrderFilter::default()
    };
    let found = shop.shop().orders.list(&filter).await.unwrap();
    assert_eq!(todo.other_sums.count, found.found.count);
    todo.other_sums.count
}

async fn settled(shop: &TestShop, minutes: i64) {
    shop.clock.advance(minutes * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
}

async fn a_part_that_was_captured_goes_back_and_the_order_can_be_paid_again(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.capture_part(&provider.accounts()[0].intent.clone(), 500);
    for _ in 0..3 {
        shop.clock.advance(2 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
        let waits = (OrderStatus::PendingPayment, PaymentStatus::Pending);
        assert_eq!(status(&shop, &placed).await, waits);
        assert_eq!(books(&provider), (500, 500, 0));
    }
    let again = shop.shop().checkout.pay(&placed.token).await.unwrap();
    let page = again.pay_at.expect("there is a page to pay on");
    paid_on(&provider, &page).await;
    shop.clock.advance(2 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    let paid = (OrderStatus::Paid, PaymentStatus::Captured);
    assert_eq!(status(&shop, &placed).await, paid);
    assert_eq!(books(&provider), (2500, 500, 0));
    shop.clock.advance(31 * MINUTE);
    let compared = shop.services.payment_books.compare_at_once().await.unwrap();
    assert_eq!(compared[0].differences, [], "the books are equal");
}

async fn a_part_that_was_captured_of_an_order_that_is_cancelled_goes_back(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.capture_part(&provider.accounts()[0].intent.clone(), 500);
    let (admin, id) = (shop.admin().await, shop.order(&placed).await.id);
    shop.shop().orders.cancel(&admin, &id).await.unwrap();
    for _ in 0..2 {
        let ended = (OrderStatus::Cancelled, PaymentStatus::Voided);
        assert_eq!(status(&shop, &placed).await, ended);
        assert_eq!(books(&provider), (500, 500, 0));
        assert_eq!(shop.units(rope.variant()).await, 10);
        shop.clock.advance(2 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
    }
}

async fn an_order_whose_part_was_captured_ends_with_its_hold(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.capture_part(&provider.accounts()[0].intent.clone(), 500);
    shop.clock.advance(31 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    let ended = (OrderStatus::Cancelled, PaymentStatus::Voided);
    assert_eq!(status(&shop, &placed).await, ended);
    assert_eq!(books(&provider), (500, 500, 0));
    assert_eq!(shop.units(rope.variant()).await, 10);
}

async fn the_owner_is_told_once_of_a_part_that_goes_back(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let admin = shop.admin().await;
    let (order, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.capture_part(&provider.accounts()[0].intent.clone(), 500);
    for _ in 0..3 {
        settled(&shop, 2).await;
        assert_eq!(shop.number(TOLD).await, 1);
        assert_eq!(to_do(&shop).await, 0, "it is on its way");
    }
    let told = shop.post().deliver().await;
    let told = told
        .iter()
        .find(|mail| mail.subject.contains("Another sum"));
    let told = told.expect("the owner is told").body();
    assert!(told.contains("€5.00") && told.contains("€20.00"), "{told}");
    let staff = site.browser();
    staff.sign_in(&admin.email).await.expect(200);
    let id = shop.order(&order).await.id;
    let page = staff.page(&format!("/admin/orders/{id}")).await;
    let page = page.expect(200).body;
    for words in [
        "€5.00 captured, though the order costs €20.00",
        "€5.00 returned by the payment provider",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Mark €5.00 as returned"), "{page}");
    assert_eq!(check(shop.db()).await.unwrap(), []);
}

async fn staffs_cancel_returns_a_part_that_could_not_go_back_before(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let (order, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    provider.capture_part(&provider.accounts()[0].intent.clone(), 500);
    // As often as it is tried at once.
    provider.plan("POST /v1/refunds", &[Fate::Failure; 3]);
    settled(&shop, 2).await;
    assert_eq!(books(&provider), (500, 0, 0));
    assert_eq!((to_do(&shop).await, shop.number(TOLD).await), (1, 1));
    let id = shop.order(&order).await.id;
    shop.shop().orders.cancel(&admin, &id).await.unwrap();
    let ended = (OrderStatus::Cancelled, PaymentStatus::Voided);
    for _ in 0..2 {
        assert_eq!(status(&shop, &order).await, ended);
        assert_eq!(books(&provider), (500, 500, 0));
        assert_eq!((to_do(&shop).await, shop.number(TOLD).await), (0, 1));
        settled(&shop, 2).await;
    }
    assert_eq!(check(shop.db()).await.unwrap(), []);
}

/// A part of an order that its provider has taken, whose refund does not arrive. The order's id.
async fn kept((provider, shop, rope): (&Provider, &TestShop, &Stocked)) -> String {
    let (order, page) = placed(shop, rope).await;
    let visit = provider.pay(&page, cards::REFUNDS_SLOWLY).await;
    assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
    provider.capture_part(&provider.accounts()[0].intent.clone(), 500);
    provider.quiet().await;
    settled(shop, 2).await;
    assert_eq!((to_do(shop).await, shop.number(TOLD).await), (0, 1));
    provider.fail_refunds();
    provider.quiet().await;
    settled(shop, 61).await;
    assert_eq!(to_do(shop).await, 1);
    assert_eq!(shop.number(TOLD).await, 2, "now someone has to act");
    shop.order(&order).await.id
}

async fn a_part_that_cannot_go_back_is_to_do_until_somebody_has_returned_it(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let admin = shop.admin().await;
    let id = kept((&provider, &shop, &rope)).await;
    // However often it is looked at.
    for _ in 0..2 {
        settled(&shop, 61).await;
        assert_eq!((to_do(&shop).await, shop.number(TOLD).await), (1, 2));
    }
    let staff = site.browser();
    staff.sign_in(&admin.email).await.expect(200);
    let address = format!("/admin/orders/{id}");
    let page = staff.page(&address).await.expect(200).body;
    for words in ["€5.00 to be returned", "Mark €5.00 as returned"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let form = [("id", id.as_str()), ("attempt", "1"), ("page", &address)];
    let done = "/api/admin/orders/sum-returned";
    staff.submit(done, &form).await.expect(303);
    let page = staff.page(&address).await.expect(200).body;
    assert!(page.contains("€5.00 returned by hand"), "{page}");
    let again = shop.shop().order_desk.sum_returned(&admin, &id, 1).await;
    assert_eq!(again.unwrap_err().kind, ErrorKind::Conflict);
    settled(&shop, 61).await;
    assert_eq!((to_do(&shop).await, shop.number(TOLD).await), (0, 2));
    assert_eq!(books(&provider), (500, 0, 0), "it is not sent once more");
    let compared = shop.services.payment_books.compare_at_once().await.unwrap();
    assert_eq!(compared[0].differences, []);
    assert_eq!(check(shop.db()).await.unwrap(), []);
}

async fn a_part_that_did_not_go_back_and_is_refunded_in_the_dashboard_is_done(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    shop.admin().await;
    let id = kept((&provider, &shop, &rope)).await;
    let intent = provider.accounts()[0].intent.clone();
    provider.refund(&intent);
    // Its refund is slow, too.
    provider.settle_refunds();
    settled(&shop, 61).await;
    assert_eq!((to_do(&shop).await, shop.number(TOLD).await), (0, 2));
    assert_eq!(books(&provider), (500, 500, 0));
    let desk = shop.shop().order_desk.order(&id).await.unwrap();
    let sum = &desk.other_sums[0];
    assert_eq!((sum.returned_minor, sum.by_hand_minor), (500, 0));
    assert_eq!(desk.refunds, [], "the order was never paid");
}

/// Some of it was refunded in the dashboard, so the shop sent the rest; and what the dashboard sent does not arrive.
async fn what_went_back_of_a_part_is_what_the_provider_says(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    shop.admin().await;
    let (order, page) = placed(&shop, &rope).await;
    let visit = provider.pay(&page, cards::REFUNDS_SLOWLY).await;
    assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
    let intent = provider.accounts()[0].intent.clone();
    provider.capture_part(&intent, 500);
    provider.refund_part(&intent, 200);
    settled(&shop, 2).await;
    assert_eq!(books(&provider), (500, 500, 0));
    provider.fail_refunds_of(200);
    provider.settle_refunds();
    settled(&shop, 61).await;
    assert_eq!(books(&provider), (500, 300, 0));
    let id = shop.order(&order).await.id;
    let desk = shop.shop().order_desk.order(&id).await.unwrap();
    let sum = &desk.other_sums[0];
    let stands = (sum.returned_minor, sum.pending_minor, sum.open_minor());
    assert_eq!(stands, (300, 0, 200));
    assert_eq!(to_do(&shop).await, 1, "someone has to return the rest");
}

/// An order of whose payment a part was captured, and what came of sending that back. The order's id.
async fn part_of((provider, shop, rope): (&Provider, &TestShop, &Stocked), sent: Fate) -> String {
    let (order, page) = placed(shop, rope).await;
    paid_on(provider, &page).await;
    provider.capture_part(&provider.accounts()[0].intent.clone(), 500);
    // As often as it is tried at once.
    provider.plan("POST /v1/refunds", &[sent; 3]);
    settled(shop, 2).await;
    assert_eq!(books(provider), (500, 0, 0));
    shop.order(&order).await.id
}

const BY_HAND: &str = "SELECT COUNT(*) AS n FROM other_sums WHERE by_hand_minor > 0";

async fn what_may_be_on_its_way_is_not_paid_by_hand(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let id = part_of((&provider, &shop, &rope), Fate::Failure).await;
    let desk = &shop.shop().order_desk;
    let assert_refused = async |words: &str| {
        let refused = desk.sum_returned(&admin, &id, 1).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Conflict);
        assert!(refused.message.contains(words), "{refused}");
        assert_eq!(shop.number(BY_HAND).await, 0);
    };
    assert_refused("isn’t known yet").await;
    // The retry has sent it, and its answer has not come.
    let held = provider.hold("POST /v1/refunds");
    let meanwhile = async {
        held.done().await;
        assert_refused("isn’t known yet").await;
        held.let_go();
    };
    tokio::join!(settled(&shop, 2), meanwhile);
    assert_eq!(books(&provider), (500, 500, 0));
    assert_eq!(to_do(&shop).await, 0);
    assert_refused("no sum of this payment left").await;
    assert_eq!(check(shop.db()).await.unwrap(), []);
}

async fn what_somebody_has_returned_is_not_sent(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    // Nothing was done, so it may be returned by hand.
    let id = part_of((&provider, &shop, &rope), Fate::RateLimit).await;
    let desk = &shop.shop().order_desk;
    desk.sum_returned(&admin, &id, 1).await.unwrap();
    for minutes in [2, 61] {
        settled(&shop, minutes).await;
        assert_eq!(books(&provider), (500, 0, 0), "{minutes}");
        assert_eq!((shop.number(BY_HAND).await, to_do(&shop).await), (1, 0));
    }
    assert_eq!(check(shop.db()).await.unwrap(), []);
}
