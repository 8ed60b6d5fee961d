//! Money that came is told apart from money that someone is to collect.

use desk::admin::dashboard::ports::{Figures, Period, Span};
use server::orders::check::{Takings, takings};

use super::{ask, rope, waiting};
use crate::support::{APPROVES, TestShop, cash, on_both_databases, test_card};

on_both_databases!(
    an_order_that_waits_counts_nowhere_and_one_on_delivery_is_to_be_collected,
    money_moves_over_once_it_is_received,
);

async fn figures(shop: &TestShop) -> Figures {
    let figures = shop
        .shop()
        .dashboard
        .figures(Period::Last(Span::Today))
        .await;
    figures.unwrap()
}

fn sums(received_minor: i64, to_collect_minor: i64, unconfirmed_minor: i64) -> Vec<Takings> {
    vec![Takings {
        currency: "EUR".to_owned(),
        received_minor,
        returning_minor: 0,
        to_collect_minor,
        unconfirmed_minor,
        awaited_minor: 0,
    }]
}

async fn an_order_that_waits_counts_nowhere_and_one_on_delivery_is_to_be_collected(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let (_, token) = waiting(&shop, &post, &rope).await;
    let before = figures(&shop).await;
    assert_eq!((before.total().orders, before.total().gross_minor), (0, 0));
    assert_eq!((before.received_minor, before.to_collect_minor), (0, 0));
    assert!(before.top.is_empty());
    assert_eq!(takings(shop.db()).await.unwrap(), sums(0, 0, 1000));
    shop.shop().orders.confirm(&token).await.unwrap();
    let after = figures(&shop).await;
    assert_eq!((after.total().orders, after.total().gross_minor), (1, 1000));
    assert_eq!((after.received_minor, after.to_collect_minor), (0, 1000));
    assert_eq!(takings(shop.db()).await.unwrap(), sums(0, 1000, 0));
}

async fn money_moves_over_once_it_is_received(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    assert_eq!(takings(shop.db()).await.unwrap(), sums(2000, 1000, 0));
    let desk = &shop.shop().order_desk;
    desk.receive(&admin, &order.id).await.unwrap();
    let figures = figures(&shop).await;
    assert_eq!(
        (figures.received_minor, figures.to_collect_minor),
        (3000, 0)
    );
    assert_eq!(takings(shop.db()).await.unwrap(), sums(3000, 0, 0));
}
