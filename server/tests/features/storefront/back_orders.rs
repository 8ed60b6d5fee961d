//! What is sold while it is out of stock. Tests begin on a Thursday, 9 October 2025, at 08:53 UTC.

use serde_json::json;

use crate::{
    delivery_dates::{PICKUP, dates, set},
    support::{APPROVES, CONTACT_FORM, Goods, TestShop, cash, on_both_databases, test_card},
};

on_both_databases!(
    what_is_not_there_is_available_to_order_and_not_in_stock,
    no_date_is_named_for_what_is_not_there,
    the_last_unit_there_makes_it_available_to_order,
    live_stock_tells_what_is_there,
);

/// What is read of a page, with a line between its parts: islands have all their words in attributes.
fn read(page: String) -> String {
    let page = page.replace('\u{a0}', " ").replace("&nbsp;", " ");
    let parts = page
        .split('<')
        .map(|part| part.split_once('>').map_or("", |(_, text)| text));
    parts.collect::<Vec<_>>().join("\n")
}

async fn what_is_not_there_is_available_to_order_and_not_in_stock(shop: TestShop) {
    let admin = shop.admin().await;
    set(&shop, &admin, 0, ["2", "4"], "").await;
    let rope = Goods::named("Rope").units(0).sold_ahead(5);
    shop.stock(rope).await;
    shop.stock(Goods::named("Lamp")).await;
    let shop = shop.speaking("en,de");
    let site = shop.open().await;
    let shopper = site.browser();
    let page = async |path: &str| read(shopper.page(path).await.expect(200).body);
    let shown = page("/products/rope").await;
    for words in [
        "\nAvailable to order\n",
        "It takes longer than the delivery time shown.",
        "https://schema.org/BackOrder",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    for words in ["\nIn stock\n", "schema.org/InStock", "ShippingDeliveryTime"] {
        assert!(!shown.contains(words), "{words}: {shown}");
    }
    let shown = page("/de/products/rope").await;
    assert!(shown.contains("\nAuf Bestellung\n"), "{shown}");
    let shown = page("/products/lamp").await;
    assert!(shown.contains("schema.org/InStock"), "{shown}");
    assert!(shown.contains("ShippingDeliveryTime"), "{shown}");
    assert!(!shown.contains("It takes longer"), "{shown}");
    let list = page("/products?in_stock=1").await;
    assert_eq!(list.matches("\nTo order\n").count(), 1, "{list}");
    assert!(list.contains("Hide sold-out items"), "{list}");
}

async fn no_date_is_named_for_what_is_not_there(shop: TestShop) {
    let admin = shop.admin().await;
    set(&shop, &admin, 0, ["2", "4"], "").await;
    set(&shop, &admin, PICKUP, ["1", "2"], "").await;
    let rope = shop
        .stock(Goods::named("Rope").units(2).sold_ahead(5))
        .await;
    let site = shop.open().await;
    let shopper = site.browser();
    let page = async |path: &str| read(shopper.page(path).await.expect(200).body);
    shopper.add(rope.variant(), 2).await.expect(200);
    let cart = page("/cart").await;
    assert!(cart.contains("Arrives Mon 13 – Wed 15 Oct"), "{cart}");
    assert!(!cart.contains("to order"), "{cart}");
    shopper.add(rope.variant(), 1).await.expect(200);
    let cart = page("/cart").await;
    assert!(cart.contains("2 in stock, the rest to order"), "{cart}");
    let late = "Not everything is in stock, so we can’t name a delivery date yet.";
    assert!(cart.contains(late) && !cart.contains("Arrives"), "{cart}");
    let told = shopper.call("/api/checkout/contact", &CONTACT_FORM).await;
    told.expect(200);
    let step = page("/checkout?step=shipping").await;
    assert!(step.contains(late), "{step}");
    assert!(
        !step.contains("Arrives") && !step.contains("Ready "),
        "{step}"
    );

    let there = shop.bought(&[(rope.variant(), 2)], cash()).await;
    assert_eq!(dates(there.promise.as_ref()), "2025-10-10 2025-10-13");
    let late = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    assert_eq!(dates(late.promise.as_ref()), "nothing");
    let order = page(&format!("/orders/{}", late.token)).await;
    assert!(!order.contains("Ready Fri"), "{order}");
}

async fn the_last_unit_there_makes_it_available_to_order(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope").units(1).sold_ahead(1))
        .await;
    let site = shop.open().await;
    let shopper = site.browser();
    let page = async |path: &str| read(shopper.page(path).await.expect(200).body);
    for (words, marked) in [("In stock", 0), ("Available to order", 1)] {
        let shown = page("/products/rope").await;
        assert!(shown.contains(&format!("\n{words}\n")), "{words}: {shown}");
        let list = page("/products").await;
        assert_eq!(list.matches("\nTo order\n").count(), marked, "{list}");
        shop.bought(&[(rope.variant(), 1)], cash()).await;
    }
    for path in ["/products/rope", "/products"] {
        let shown = page(path).await;
        assert!(shown.contains("\nSold out\n"), "{path}: {shown}");
    }
}

async fn live_stock_tells_what_is_there(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope").units(0).sold_ahead(5))
        .await;
    let site = shop.open().await;
    let path = format!("/api/stock?variants={}", rope.variant());
    let told = site.browser().page(&path).await.expect(200).json();
    assert_eq!(
        told["variants"][0],
        json!({
            "variant_id": rope.variant(), "available": 5, "availability": "back_order", "on_shelf": 0,
        })
    );
}
