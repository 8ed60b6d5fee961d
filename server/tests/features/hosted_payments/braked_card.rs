//! A card that was declined too often pays nothing for a while, no matter who tries it and from where.

use app::orders::{payment::PaymentStatus, types::OrderStatus};
use server::brakes::CardStanding;

use super::{
    books, connect,
    declined::ordered,
    opened, opened_with, paid_on, placed,
    provider::{Settings, Visit, cards},
    status,
};
use crate::support::{Goods, MINUTE, TestShop, on_both_databases};

on_both_databases!(
    what_is_declined_at_the_page_counts_for_its_card,
    a_card_that_was_declined_too_often_pays_nothing_and_another_does,
);

const OTHER: &str = "5555555555554444";

pub fn fingerprint(number: &str) -> String {
    cards::Card::typed(number).unwrap().fingerprint()
}

async fn what_is_declined_at_the_page_counts_for_its_card(shop: TestShop) {
    let ropes = Goods::named("Rope").price(1000).units(100);
    let (provider, shop, rope) = opened_with(&shop, Settings::default(), ropes).await;
    let site = shop.open().await;
    connect(&provider, &site);
    let brakes = &shop.services.brakes;
    // Of carts that have nothing to do with each other.
    for tries in 0..10 {
        let card = fingerprint(cards::DECLINES);
        assert_eq!(
            brakes.standing_of_card(&card).await,
            CardStanding::Free,
            "{tries}"
        );
        let (_, page) = ordered(&site.browser(), &rope).await;
        let visit = provider.pay(&page, cards::DECLINES).await;
        assert!(matches!(visit, Visit::Again(_)), "{visit:?}");
        provider.quiet().await;
    }
    for (number, standing) in [
        (cards::DECLINES, CardStanding::Braked),
        (cards::APPROVES, CardStanding::Free),
    ] {
        assert_eq!(
            brakes.standing_of_card(&fingerprint(number)).await,
            standing
        );
    }
}

async fn a_card_that_was_declined_too_often_pays_nothing_and_another_does(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    for _ in 0..10 {
        shop.services
            .brakes
            .card_declined(&fingerprint(cards::APPROVES))
            .await;
    }
    let (order, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    let orders = &shop.shop().orders;
    for _ in 0..2 {
        orders.returned(&order.token).await.unwrap();
        shop.clock.advance(MINUTE);
    }
    let waits = (OrderStatus::PendingPayment, PaymentStatus::Pending);
    assert_eq!(status(&shop, &order).await, waits);
    assert_eq!(books(&provider), (0, 0, 0), "it is let go");
    assert_eq!(shop.units(rope.variant()).await, 8);
    // With another card on another page.
    let again = shop.shop().checkout.pay(&order.token).await.unwrap();
    let page = again.pay_at.expect("there is a page to pay on");
    let visit = provider.pay(&page, OTHER).await;
    assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
    // It was looked at a moment ago.
    shop.clock.advance(MINUTE);
    let paid = orders.returned(&order.token).await.unwrap();
    assert_eq!(paid.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (2000, 0, 0));
    assert_eq!(server::orders::check::check(shop.db()).await.unwrap(), []);
}
