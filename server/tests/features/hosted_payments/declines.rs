//! Cards that are declined at the provider's page count, each try once, however many come between two looks.

use app::orders::types::OrderStatus;
use server::brakes::CardStanding;

use super::{
    braked_card::fingerprint,
    connect,
    declined::ordered,
    opened, paid_on,
    provider::{Fate, Provider, Visit, cards},
};
use crate::support::{Browser, MINUTE, TestShop, on_both_databases};

on_both_databases!(
    several_declines_between_two_looks_each_count,
    a_decline_that_an_event_and_looks_tell_of_counts_once,
    declines_before_a_card_that_is_good_count_for_their_card,
    a_payment_goes_on_while_its_declines_cannot_be_asked_for,
    declines_on_an_earlier_page_count_after_those_of_the_next,
    declines_before_a_release_by_hand_count,
);

async fn declined(provider: &Provider, page: &str, times: usize) {
    for _ in 0..times {
        let visit = provider.pay(page, cards::DECLINES).await;
        assert!(matches!(visit, Visit::Again(_)), "{visit:?}");
    }
}

/// The look that is taken now and then.
async fn looked(shop: &TestShop) {
    shop.clock.advance(2 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
}

/// What the button to pay is answered.
async fn goes_on(browser: &Browser, token: &str) -> u16 {
    let token = [("token", token)];
    browser.call("/api/checkout/pay", &token).await.status
}

/// A cart has five.
async fn several_declines_between_two_looks_each_count(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let (token, page) = ordered(&browser, &rope).await;
    declined(&provider, &page, 4).await;
    for _ in 0..3 {
        looked(&shop).await;
    }
    assert_eq!(goes_on(&browser, &token).await, 200, "one is left");
    declined(&provider, &page, 1).await;
    looked(&shop).await;
    assert_eq!(provider.pay(&page, cards::APPROVES).await, Visit::Ended);
    assert_eq!(goes_on(&browser, &token).await, 429);
    let order = shop.shop().orders.by_token(&token).await.unwrap();
    assert_eq!(order.status, OrderStatus::PendingPayment);
    let attempts = "SELECT COUNT(*) AS n FROM payment_attempts";
    assert_eq!(shop.number(attempts).await, 2, "the next page can be begun");
}

async fn a_decline_that_an_event_and_looks_tell_of_counts_once(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let browser = site.browser();
    let (token, page) = ordered(&browser, &rope).await;
    declined(&provider, &page, 3).await;
    provider.quiet().await;
    // Events are taken for five minutes.
    for _ in 0..2 {
        looked(&shop).await;
    }
    for status in [200, 429] {
        declined(&provider, &page, 1).await;
        provider.quiet().await;
        assert_eq!(goes_on(&browser, &token).await, status);
    }
}

async fn declines_before_a_card_that_is_good_count_for_their_card(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let (token, page) = ordered(&site.browser(), &rope).await;
    declined(&provider, &page, 9).await;
    paid_on(&provider, &page).await;
    let paid = shop.shop().orders.returned(&token).await.unwrap();
    assert_eq!(paid.status, OrderStatus::Paid);
    let brakes = &shop.services.brakes;
    let card = fingerprint(cards::DECLINES);
    assert_eq!(brakes.standing_of_card(&card).await, CardStanding::Free);
    let (_, page) = ordered(&site.browser(), &rope).await;
    declined(&provider, &page, 1).await;
    looked(&shop).await;
    assert_eq!(brakes.standing_of_card(&card).await, CardStanding::Braked);
    let good = fingerprint(cards::APPROVES);
    assert_eq!(brakes.standing_of_card(&good).await, CardStanding::Free);
}

async fn a_payment_goes_on_while_its_declines_cannot_be_asked_for(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let (token, page) = ordered(&site.browser(), &rope).await;
    declined(&provider, &page, 1).await;
    paid_on(&provider, &page).await;
    provider.plan("GET /v1/charges", &[Fate::Failure; 9]);
    let paid = shop.shop().orders.returned(&token).await.unwrap();
    assert_eq!(paid.status, OrderStatus::Paid);
}

/// The page that the order of this token is paid on now.
async fn page_now(shop: &TestShop, token: &str) -> String {
    let paying = shop.shop().checkout.pay(token).await.unwrap();
    paying.pay_at.expect("there is a page to pay on")
}

/// Five in all, as many as a cart has.
async fn declines_on_an_earlier_page_count_after_those_of_the_next(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let (token, first) = ordered(&browser, &rope).await;
    declined(&provider, &first, 2).await;
    // As if the first page had ended, and the provider knew nothing of that.
    let id = shop.shop().orders.by_token(&token).await.unwrap().id;
    shop.execute("UPDATE payment_attempts SET status = 'voided'")
        .await;
    let next = format!(
        "INSERT INTO payment_attempts (id, order_id, attempt, provider, status, amount_minor, \
         created_at, updated_at) VALUES ('next', '{id}', 2, 'stripe', 'pending', 2000, {0}, {0})",
        shop.now()
    );
    shop.execute(&next).await;
    let page = page_now(&shop, &token).await;
    assert_ne!(page, first);
    declined(&provider, &page, 2).await;
    looked(&shop).await;
    assert_eq!(goes_on(&browser, &token).await, 200, "two are counted");
    connect(&provider, &site);
    declined(&provider, &first, 1).await;
    provider.quiet().await;
    assert_eq!(provider.pay(&first, cards::APPROVES).await, Visit::Ended);
    assert_eq!(goes_on(&browser, &token).await, 429, "all of them are");
}

async fn declines_before_a_release_by_hand_count(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let (token, page) = ordered(&browser, &rope).await;
    declined(&provider, &page, 4).await;
    paid_on(&provider, &page).await;
    let admin = shop.admin().await;
    let id = shop.shop().orders.by_token(&token).await.unwrap().id;
    let desk = &shop.shop().order_desk;
    desk.void_payment(&admin, &id, "").await.unwrap();
    assert_eq!(goes_on(&browser, &token).await, 200, "one is left");
    let page = page_now(&shop, &token).await;
    declined(&provider, &page, 1).await;
    looked(&shop).await;
    assert_eq!(goes_on(&browser, &token).await, 429);
}
