//! Addresses that products had lead on to the ones they have.

use desk::admin::products::{ports::ProductAdmin, types::ProductChange};
use server::catalog::read::moved_to;

use crate::support::{Goods, Stocked, TestShop, on_both_databases};

on_both_databases!(
    every_address_a_product_had_leads_to_the_present_one,
    an_address_in_use_leads_nowhere_else,
    nobody_is_led_to_what_shoppers_cannot_see,
);

async fn rename(shop: &TestShop, product: &Stocked, slug: &str) {
    let change = ProductChange {
        slug: Some(slug.to_owned()),
        ..ProductChange::default()
    };
    let admin = super::an_admin();
    shop.services
        .admin
        .update_product(&admin, &product.id, change)
        .await
        .unwrap();
}

async fn leads(shop: &TestShop, slug: &str) -> Option<String> {
    moved_to(shop.db(), slug).await.unwrap()
}

async fn every_address_a_product_had_leads_to_the_present_one(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let catalog = &shop.shop().catalog;
    catalog.product("rope").await.unwrap();
    assert!(catalog.product("cord").await.is_err());
    rename(&shop, &rope, "cord").await;
    assert!(
        catalog.product("rope").await.is_err(),
        "both addresses were announced"
    );
    catalog.product("cord").await.unwrap();
    rename(&shop, &rope, "line").await;
    assert_eq!(leads(&shop, "rope").await.as_deref(), Some("line"));
    assert_eq!(leads(&shop, "cord").await.as_deref(), Some("line"));
    assert_eq!(leads(&shop, "line").await, None);
    rename(&shop, &rope, "rope").await;
    assert_eq!(leads(&shop, "rope").await, None, "it is in use again");
    assert_eq!(leads(&shop, "line").await.as_deref(), Some("rope"));
}

async fn an_address_in_use_leads_nowhere_else(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    rename(&shop, &rope, "cord").await;
    let new = shop.stock(Goods::named("Rope")).await;
    assert_eq!(leads(&shop, "rope").await, None);
    let found = shop.shop().catalog.product("rope").await.unwrap();
    assert_eq!(found.id, new.id);
    // The first one's old address belongs to the second now, and stays with it.
    rename(&shop, &new, "hawser").await;
    assert_eq!(leads(&shop, "rope").await.as_deref(), Some("hawser"));
}

async fn nobody_is_led_to_what_shoppers_cannot_see(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    rename(&shop, &rope, "cord").await;
    shop.set_active(&rope, false).await;
    assert_eq!(leads(&shop, "rope").await, None);
    let admin = super::an_admin();
    shop.services
        .admin
        .delete_product(&admin, &rope.id)
        .await
        .unwrap();
    let left = shop.number("SELECT COUNT(*) AS n FROM product_slugs").await;
    assert_eq!(left, 0);
}
