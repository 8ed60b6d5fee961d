//! What waits for its payment at the provider's page holds no more units than other orders do.

use super::{opened, stripe};
use crate::{
    support::{TestShop, on_both_databases},
    unpaid_units::is_stopped_at_the_first,
};

on_both_databases!(
    what_emptied_the_shop_by_card_is_stopped_at_the_first,
    what_is_paid_on_the_page_holds_nothing_any_more,
);

async fn what_emptied_the_shop_by_card_is_stopped_at_the_first(shop: TestShop) {
    let (_provider, shop, _) = opened(&shop).await;
    is_stopped_at_the_first(&shop, stripe()).await;
}

async fn what_is_paid_on_the_page_holds_nothing_any_more(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    shop.execute("UPDATE brakes SET held_by_network = 2, held_by_address = 2")
        .await;
    for _ in 0..2 {
        let (placed, page) = super::placed(&shop, &rope).await;
        shop.buy(&[(rope.variant(), 1)], stripe())
            .await
            .1
            .unwrap_err();
        super::paid_on(&provider, &page).await;
        shop.shop().orders.returned(&placed.token).await.unwrap();
    }
}
