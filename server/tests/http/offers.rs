//! What the shop says of shipping and payment before the checkout follows what is set.

use crate::support::{ADMIN, Goods, TestShop, on_both_databases};

on_both_databases!(
    product_pages_and_carts_of_all_nodes_say_what_the_rates_are,
    a_shop_in_german_says_it_in_german,
);

const SAVE: &str = "/api/admin/settings/save";

/// The settings of a new shop, with these shipping methods.
fn form<'a>(version: &'a str, rates: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("version", version),
        ("name", "Holdfast"),
        ("currency", "EUR"),
        ("tax", "19"),
        ("time_zone", "UTC"),
        ("payment_hold_minutes", "30"),
        ("cart_days", "30"),
        ("low_stock", "5"),
    ];
    fields.extend(rates);
    fields
}

async fn product_pages_and_carts_of_all_nodes_say_what_the_rates_are(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(2000)).await;
    shop.admin().await;
    let (site, other) = (shop.open().await, shop.second_node().open().await);
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let shopper = other.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    let product = format!("/products/{}", rope.slug);
    shopper.page(&product).await.expect(200);
    let bike = [
        ("rates[0][name]", "By bike"),
        ("rates[0][description]", "Tomorrow"),
        ("rates[0][price]", "3.50"),
        ("rates[0][free_from]", "40.00"),
    ];
    admin.call(SAVE, &form("0", &bike)).await.expect(200);
    let page = shopper.page(&product).await.expect(200).body;
    assert!(
        page.contains("By bike: €3.50, free from €40.00 (Tomorrow)"),
        "{page}"
    );
    assert!(!page.contains("Standard:"), "{page}");
    assert!(page.contains("Pay by card or in cash on delivery."));
    let cart = shopper.page("/cart").await.expect(200).body;
    assert!(
        cart.contains("€20.00 more for free shipping (By bike)."),
        "{cart}"
    );
    shopper.add(rope.variant(), 1).await.expect(200);
    let cart = shopper.page("/cart").await.expect(200).body;
    assert!(cart.contains("Shipping is free with “By bike”."), "{cart}");
    // A name is text, and what is not set is not said.
    let plain = [
        ("rates[0][name]", "<b>Boat</b>"),
        ("rates[0][price]", "9.00"),
    ];
    admin.call(SAVE, &form("1", &plain)).await.expect(200);
    let page = shopper.page(&product).await.expect(200).body;
    assert!(page.contains("&lt;b&gt;Boat&lt;/b&gt;: €9.00"), "{page}");
    assert!(
        !page.contains("<b>Boat") && !page.contains("free from"),
        "{page}"
    );
    let cart = shopper.page("/cart").await.expect(200).body;
    assert!(!cart.contains("ree shipping") && !cart.contains("Shipping is free"));
}

async fn a_shop_in_german_says_it_in_german(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.speaking("de").open().await;
    let product = format!("/products/{}", rope.slug);
    let page = site.browser().page(&product).await.expect(200).body;
    assert!(page.contains("kostenlos ab 75,00"), "{page}");
    assert!(page.contains("Zahlung per Karte oder bar bei Lieferung."));
}
