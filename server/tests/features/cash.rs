//! Cash on delivery, which is not money yet: whose orders are confirmed first, and how many there may be.

mod confirming;
mod known;
mod limits;
mod money;
mod pages;
mod settings;
mod upgrade;

use app::orders::types::Order;

use crate::support::{Goods, Post, Stocked, TestShop, cash};

/// Ten ropes at 10.00.
pub async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000)).await
}

/// As a new shop has it.
pub async fn ask(shop: &TestShop) {
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
}

/// A guest's order of one unit, and the token in its mail.
pub async fn waiting(shop: &TestShop, post: &Post, rope: &Stocked) -> (Order, String) {
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let mail = post.the_mail().await;
    (order, mail.link("/orders/confirm/"))
}
