//! The browser's way back from the provider's page: to the order, as long as it waits to be paid.

use super::{declined::ordered, opened, paid_on};
use crate::support::{TestShop, on_both_databases};

on_both_databases!(
    the_way_back_leads_to_the_order_while_it_waits,
    a_cart_that_is_filled_again_is_checked_out,
);

async fn the_way_back_leads_to_the_order_while_it_waits(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let (token, page) = ordered(&browser, &rope).await;
    let order = format!("/orders/{token}");
    for step in ["/checkout", "/checkout?step=review"] {
        let back = browser.page(step).await.expect(303);
        assert_eq!(back.location(), order, "{step}");
    }
    let shown = browser.page(&order).await.expect(200);
    assert!(shown.body.contains("action=\"/api/checkout/pay\""));
    let stranger = site.browser().page("/checkout").await.expect(303);
    assert_eq!(stranger.location(), "/cart");

    paid_on(&provider, &page).await;
    shop.shop().orders.returned(&token).await.unwrap();
    let back = browser.page("/checkout?step=review").await.expect(303);
    assert_eq!(back.location(), "/cart");
}

async fn a_cart_that_is_filled_again_is_checked_out(shop: TestShop) {
    let (_provider, shop, rope) = opened(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    ordered(&browser, &rope).await;
    browser.add(rope.variant(), 1).await.expect(200);
    browser.page("/checkout?step=contact").await.expect(200);
}
