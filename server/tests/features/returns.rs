//! What is promised of returns, on pages and to those who read them by program.

use crate::{
    support::{Goods, TestShop, on_both_databases},
    translated::names::change_settings,
};

on_both_databases!(shipping_and_returns_are_told_as_they_are_set);

async fn shipping_and_returns_are_told_as_they_are_set(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").price(2000)).await;
    let site = shop.speaking("en,de").open().await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    let product = format!("/products/{}", rope.slug);
    let page = shopper.page(&product).await.expect(200).body;
    assert!(page.contains("OfferShippingDetails"), "{page}");
    assert!(!page.contains("MerchantReturnPolicy"), "{page}");
    change_settings(&shop, &admin, |_, form| {
        form.return_days = "30".to_owned();
        form.return_cost = "shop".to_owned();
    })
    .await;
    let words = "You have 30 days to return it, free of charge.";
    let page = shopper.page(&product).await.expect(200).body;
    assert!(page.contains("\"merchantReturnDays\":30"), "{page}");
    assert!(page.contains(words), "{page}");
    let checkout = shopper
        .page("/checkout?step=contact")
        .await
        .expect(200)
        .body;
    assert!(checkout.contains(words), "{checkout}");
    let german = shopper
        .page(&format!("/de{product}"))
        .await
        .expect(200)
        .body;
    assert!(german.contains("30 Tage Zeit für die Rückgabe"), "{german}");
    let mut tx = shop.db().begin().await.unwrap();
    let written = server::db::Sql::new("UPDATE shop_settings SET return_days = 366")
        .execute(&mut *tx)
        .await;
    assert!(written.is_err());
    tx.rollback().await.unwrap();
}
