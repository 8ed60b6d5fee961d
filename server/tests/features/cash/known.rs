//! Who need not confirm an order.

use app::{cart::ports::CartItem, identity::Role, orders::types::OrderStatus};
use server::cart::token::of_account;

use super::{ask, rope};
use crate::support::{APPROVES, Stocked, TestShop, cash, on_both_databases, order, test_card};

on_both_databases!(
    only_a_proven_address_spares_the_confirmation,
    where_nobody_is_asked_orders_stand_at_once,
    a_demonstration_asks_nobody,
    what_is_paid_now_is_confirmed_by_that,
);

async fn signed_in(shop: &TestShop, account: &str, rope: &Stocked) -> OrderStatus {
    let cart = of_account(account);
    let item = CartItem::Variant(rope.variant().to_owned());
    shop.shop().cart.add(Some(&cart), item, 1).await.unwrap();
    let placed = shop.place(&cart, order(cash(), 1000)).await.unwrap();
    placed.status
}

async fn only_a_proven_address_spares_the_confirmation(shop: TestShop) {
    ask(&shop).await;
    let rope = rope(&shop).await;
    let kim = shop.account("kim@example.com", Role::Customer).await;
    shop.execute("UPDATE accounts SET verified_at = NULL").await;
    let status = signed_in(&shop, &kim.id, &rope).await;
    assert_eq!(status, OrderStatus::AwaitingConfirmation);
    shop.execute("UPDATE accounts SET verified_at = 1").await;
    let status = signed_in(&shop, &kim.id, &rope).await;
    assert_eq!(status, OrderStatus::Paid);
    // One who types the same address without signing in is not known by it.
    let guest = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(guest.status, OrderStatus::AwaitingConfirmation);
}

async fn where_nobody_is_asked_orders_stand_at_once(shop: TestShop) {
    let (rope, post) = (rope(&shop).await, shop.post());
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!((order.status, order.confirm_by), (OrderStatus::Paid, None));
    assert!(post.the_mail().await.subject.starts_with("Thank you"));
}

async fn a_demonstration_asks_nobody(shop: TestShop) {
    shop.execute("UPDATE cash_settings SET confirmation = 1, most_open = 1")
        .await;
    shop.execute("UPDATE shop_settings SET opening = 'demo'")
        .await;
    let rope = rope(&shop).await;
    for _ in 0..2 {
        let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
        assert_eq!(order.status, OrderStatus::Paid);
    }
}

async fn what_is_paid_now_is_confirmed_by_that(shop: TestShop) {
    ask(&shop).await;
    let rope = rope(&shop).await;
    let order = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    assert_eq!((order.status, order.confirm_by), (OrderStatus::Paid, None));
}
