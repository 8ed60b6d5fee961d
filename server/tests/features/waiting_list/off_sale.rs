//! A product that is taken off sale in the middle of its drop: nobody is offered what they could not order, and who waits is
//! first once it is back.

use app::{
    cart::ports::CartItem, error::ErrorKind, orders::types::CancelReason,
    waiting_list::types::WaitStep,
};
use server::{
    catalog::write::{CatalogWrite, StockReason},
    orders::cancel::Restore,
};

use super::{held, link, list, numbers, open, units, wait};
use crate::{
    drops::kind,
    support::{HOUR, Stocked, TestShop, on_both_databases},
};

on_both_databases!(
    what_comes_back_while_it_is_off_sale_is_offered_once_it_is_on_sale,
    an_offer_that_lapses_while_it_is_off_sale_goes_on_once_it_is_on_sale,
    who_leaves_while_it_is_off_sale_passes_it_on_later,
);

/// A drop of so many units that unpaid orders hold, and three who wait.
async fn taken(shop: &TestShop, count: i64) -> (Stocked, Vec<String>) {
    let (drop_id, rope) = open(shop, count, "").await;
    let mut orders = Vec::new();
    for n in 0..count {
        orders.push(held(shop, &rope, n).await);
    }
    wait(shop, &drop_id, &rope, 3).await;
    (rope, orders)
}

async fn give_up(shop: &TestShop, order_id: &str) {
    let cancellations = shop.cancellations();
    let ended = cancellations.cancel_unpaid(order_id, CancelReason::Declined, Restore::Nothing);
    assert!(ended.await.unwrap());
}

/// As the table of products does it, and jobs that change many.
async fn switch_on(shop: &TestShop, rope: &Stocked) {
    let begun = CatalogWrite::begin(shop.db(), shop.now(), "test", StockReason::Adjustment);
    let mut write = begun.await.unwrap();
    let stored = write.stored(&rope.id).await.unwrap().unwrap();
    write.set_active(&stored, true).await.unwrap();
    write.commit().await.unwrap();
}

async fn why_it_cannot_be_bought(shop: &TestShop, rope: &Stocked) -> ErrorKind {
    let item = CartItem::Variant(rope.variant().to_owned());
    kind(shop.shop().cart.add(None, item, 1).await)
}

async fn what_comes_back_while_it_is_off_sale_is_offered_once_it_is_on_sale(shop: TestShop) {
    let (rope, orders) = taken(&shop, 2).await;
    shop.set_active(&rope, false).await;
    for order_id in &orders {
        give_up(&shop, order_id).await;
    }
    assert_eq!(units(&shop).await, (2, 0), "nobody could order it");
    shop.services.run_maintenance().await;
    assert!(numbers(&shop, "offered").await.is_empty());
    let offers = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'unit_offered'";
    assert_eq!(shop.number(offers).await, 0);
    shop.set_active(&rope, true).await;
    assert_eq!(numbers(&shop, "offered").await, [1, 2]);
    assert_eq!(units(&shop).await, (0, 2));
    assert_eq!(shop.number(offers).await, 2);
    assert_eq!(
        why_it_cannot_be_bought(&shop, &rope).await,
        ErrorKind::SoldOut
    );
}

async fn an_offer_that_lapses_while_it_is_off_sale_goes_on_once_it_is_on_sale(shop: TestShop) {
    let (rope, orders) = taken(&shop, 1).await;
    give_up(&shop, &orders[0]).await;
    shop.set_active(&rope, false).await;
    shop.clock.advance(4 * HOUR);
    shop.services.run_maintenance().await;
    assert_eq!(numbers(&shop, "lapsed").await, [1]);
    assert_eq!(
        numbers(&shop, "waiting").await,
        [2, 3],
        "their turn is to come"
    );
    assert_eq!(units(&shop).await, (1, 0));
    switch_on(&shop, &rope).await;
    assert_eq!(numbers(&shop, "offered").await, [2]);
    assert_eq!(units(&shop).await, (0, 1));
}

async fn who_leaves_while_it_is_off_sale_passes_it_on_later(shop: TestShop) {
    let (rope, orders) = taken(&shop, 1).await;
    give_up(&shop, &orders[0]).await;
    shop.set_active(&rope, false).await;
    list(&shop).leave(&link(1)).await.unwrap();
    assert_eq!(units(&shop).await, (1, 0));
    shop.set_active(&rope, true).await;
    let next = list(&shop).of_token(&link(2)).await.unwrap();
    assert!(matches!(next.step, WaitStep::Offered { .. }));
    assert_eq!(
        why_it_cannot_be_bought(&shop, &rope).await,
        ErrorKind::SoldOut
    );
}
