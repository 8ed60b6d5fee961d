//! Variants that a product gets while others of it are in a drop.

use app::{cart::ports::CartItem, error::ErrorKind};
use serde_json::json;
use server::catalog::write::draft::{StockTarget, VariantDraft};

use super::{
    super::{Line, OPENS, Times, draft, kind},
    rope,
};
use crate::support::{ADMIN, HOUR, MINUTE, Stocked, TestShop, cash, on_both_databases};

on_both_databases!(
    a_new_variant_of_what_is_new_waits_for_the_start,
    a_new_variant_of_what_is_sold_anyway_is_sold_at_once,
    a_new_variant_is_told_of_and_can_be_taken_in,
    a_preview_knows_that_nothing_beside_what_is_new_is_sold_before_the_start,
);

/// Adds a third size to the rope: four at 69.00. Its id.
async fn third_size(shop: &TestShop, rope: &Stocked) -> String {
    shop.rewrite(rope, |draft| {
        draft.variants.push(VariantDraft {
            options: ["XL".to_owned(), String::new(), String::new()],
            price_minor: 6900,
            stock: StockTarget::Set(4),
            ..VariantDraft::default()
        });
    })
    .await;
    let product = shop.shop().admin.product(&rope.id).await.unwrap();
    product.variants[2].id.clone()
}

async fn a_new_variant_of_what_is_new_waits_for_the_start(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = draft(&shop, &actor, "Autumn", Times::NEW, &[&rope]).await;
    let desk = &shop.shop().drop_admin;
    desk.plan(&actor, &saved.id).await.unwrap();
    let new = third_size(&shop, &rope).await;
    let other = shop.second_node();
    let add = async || {
        let item = CartItem::Variant(new.clone());
        let cart = &other.shop().cart;
        cart.add(None, item, 1).await.map(|_| ())
    };
    // A node that has told nobody anything yet.
    let told = async || {
        let site = shop.second_node().open().await;
        let browser = site.browser();
        let stock = browser.read(&format!("/api/stock?variants={new}")).await;
        let product = browser.read("/api/products/rope").await.expect(200).json();
        let stock = stock.expect(200).json()["variants"][0]["available"].clone();
        let listed = browser.read("/api/products?in_stock=1").await.expect(200);
        let listed = listed.json()["products"].as_array().unwrap().len();
        (stock, product["variants"][2].clone(), listed)
    };
    let unknown = shop
        .shop()
        .cart
        .add(None, CartItem::Variant(server::ids::new_id()), 1);
    let unknown = unknown.await.unwrap_err();
    assert_eq!(
        add().await.unwrap_err(),
        unknown,
        "it is as secret as the rest"
    );

    shop.clock.set(OPENS - 10 * MINUTE);
    assert_eq!(kind(add().await), ErrorKind::NotYet);
    shop.clock.set(OPENS - 1);
    assert_eq!(kind(add().await), ErrorKind::NotYet);
    let (stock, variant, listed) = told().await;
    assert_eq!((stock, listed), (json!(0), 0));
    assert_eq!(variant["sold_from"], OPENS);
    assert_eq!(variant["availability"], "sold_out");
    assert_eq!(variant["price_minor"], 6900);
    let site = other.open().await;
    let page = site.browser().page("/products/rope").await.expect(200).body;
    let starts = "\"availabilityStarts\":\"2025-10-09T09:53:00Z\"";
    assert_eq!(page.matches(starts).count(), 3, "{page}");

    shop.clock.set(OPENS);
    let (stock, variant, listed) = told().await;
    assert_eq!((stock, variant.get("sold_from")), (json!(4), None));
    assert_eq!(listed, 1);
    let order = other.bought(&[(&new, 1)], cash()).await;
    assert_eq!(order.total_minor, 6900);
    assert_eq!(shop.units(&new).await, 3);
    // A clock that goes back closes it no more than the rest.
    other.bought(&[(rope.variant(), 1)], cash()).await;
    shop.clock.set(OPENS - 1);
    other.bought(&[(&new, 1)], cash()).await;
}

async fn a_new_variant_of_what_is_sold_anyway_is_sold_at_once(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = draft(&shop, &actor, "Summer", Times::SOLD, &[&rope]).await;
    let small = Line::of(rope.variant(), 4).form();
    let desk = &shop.shop().drop_admin;
    desk.set_line(&actor, &saved.id, small).await.unwrap();
    desk.plan(&actor, &saved.id).await.unwrap();
    let new = third_size(&shop, &rope).await;
    for at in [OPENS - MINUTE, OPENS, OPENS + HOUR] {
        shop.clock.set(at);
        let order = shop.bought(&[(&new, 1)], cash()).await;
        assert_eq!(order.total_minor, 6900, "at its own price");
    }
    let held = "SELECT CAST(SUM(remaining) AS BIGINT) AS n FROM drop_lines";
    assert_eq!(shop.number(held).await, 14, "not from the drop");
}

async fn a_new_variant_is_told_of_and_can_be_taken_in(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    let desk = &shop.shop().drop_admin;
    desk.plan(&actor, &saved.id).await.unwrap();
    assert_eq!(desk.beside(&saved.id).await.unwrap(), []);
    let new = third_size(&shop, &rope).await;
    let beside = desk.beside(&saved.id).await.unwrap();
    assert_eq!(beside[0].title, "Rope");
    assert_eq!(beside[0].variants, ["XL"]);
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let editor = format!("/admin/drops/{}", saved.id);
    let page = browser.page(&editor).await.expect(200).body;
    assert!(
        page.contains("Not in this drop") && page.contains("Rope: XL"),
        "{page}"
    );
    let fields = [("id", saved.id.as_str()), ("product_id", rope.id.as_str())];
    browser
        .submit("/api/admin/drops/add", &fields)
        .await
        .expect(303);
    assert_eq!(desk.beside(&saved.id).await.unwrap(), []);
    assert_eq!(shop.units(&new).await, 0, "its units are set aside");
    let lines = desk.by_id(&saved.id).await.unwrap().lines;
    let line = lines.iter().find(|line| line.variant_id == new).unwrap();
    assert_eq!((line.units, line.remaining), (4, 4));
}

async fn a_preview_knows_that_nothing_beside_what_is_new_is_sold_before_the_start(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = draft(&shop, &actor, "Autumn", Times::NEW, &[&rope]).await;
    third_size(&shop, &rope).await;
    let desk = &shop.shop().drop_desk;
    let from = async |at: i64| {
        let seen = desk.preview(&saved.id, Some(at)).await.unwrap();
        seen.drop.products[0].sold_from
    };
    assert_eq!(from(OPENS - 1).await, Some(OPENS));
    assert_eq!(from(OPENS).await, None);
}
