//! What is secret while it is written, changed and called off.

use super::{TITLE, hidden, secret};
use crate::{
    drops::{Times, draft},
    support::{DAY, Goods, TestShop, cash, on_both_databases},
    translated::names::translate_product,
};

on_both_databases!(
    what_is_still_written_keeps_its_goods_secret,
    what_is_secret_stays_so_when_its_variants_become_others,
    what_is_called_off_before_it_was_shown_stays_secret,
    what_became_secret_keeps_its_old_name_in_every_language,
);

async fn what_is_still_written_keeps_its_goods_secret(shop: TestShop) {
    let actor = shop.admin().await;
    let secret = secret(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let path = format!("/products/{}", secret.product.slug);
    browser.page(&path).await.expect(200);
    let saved = draft(&shop, &actor, "Autumn", Times::NEW, &[&secret.product]).await;
    browser.page(&path).await.expect(404);
    browser.page("/drops/autumn").await.expect(404);
    shop.clock.advance(DAY);
    browser.page(&path).await.expect(404);
    let desk = &shop.shop().drop_admin;
    let variant = secret.product.variant();
    desk.remove_line(&actor, &saved.id, variant).await.unwrap();
    browser.page(&path).await.expect(200);
}

async fn what_is_secret_stays_so_when_its_variants_become_others(shop: TestShop) {
    let actor = shop.admin().await;
    let lantern = shop.stock(Goods::named("Lantern")).await;
    let saved = draft(&shop, &actor, "Autumn", Times::NEW, &[&lantern]).await;
    shop.rewrite(&lantern, |draft| draft.variants[0].id = None)
        .await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.page("/products/lantern").await.expect(404);
    let desk = &shop.shop().drop_admin;
    let lines = desk.by_id(&saved.id).await.unwrap().lines;
    assert_eq!(lines[0].title, "Lantern", "the editor can still name it");
    assert_eq!(lines[0].product_id, None, "and offers it for adding");
    desk.add(&actor, &saved.id, &lantern.id).await.unwrap();
    desk.remove_line(&actor, &saved.id, lantern.variant())
        .await
        .unwrap();
    browser.page("/products/lantern").await.expect(404);
    let line = desk.by_id(&saved.id).await.unwrap().lines.remove(0);
    desk.remove_line(&actor, &saved.id, &line.variant_id)
        .await
        .unwrap();
    browser.page("/products/lantern").await.expect(200);
}

async fn what_is_called_off_before_it_was_shown_stays_secret(shop: TestShop) {
    let secret = hidden(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let desk = &shop.shop().drop_admin;
    let actor = shop
        .account("other@shop.test", app::identity::Role::Admin)
        .await;
    let id = desk.all().await.unwrap().remove(0).id;
    desk.call_off(&actor, &id).await.unwrap();
    assert_eq!(shop.units(secret.product.variant()).await, 9);
    let page = browser.page("/drops/autumn").await.expect(200).body;
    assert!(page.contains("has been called off"));
    let path = format!("/products/{}", secret.product.slug);
    for _ in 0..2 {
        browser.page(&path).await.expect(404);
        shop.clock.advance(DAY);
    }
    desk.delete(&actor, &id).await.unwrap();
    browser.page(&path).await.expect(200);
    shop.bought(&[(secret.product.variant(), 1)], cash()).await;
}

async fn what_became_secret_keeps_its_old_name_in_every_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let actor = shop.admin().await;
    let lantern = shop.stock(Goods::named("Lantern")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(lantern.variant(), 1).await.expect(200);
    let wish = [("product_id", lantern.id.as_str())];
    browser.call("/api/wishlist/add", &wish).await.expect(200);
    draft(&shop, &actor, "Autumn", Times::NEW, &[&lantern]).await;
    shop.rewrite(&lantern, |draft| draft.title = TITLE.to_owned())
        .await;
    translate_product(&shop, &actor, &lantern, &[("title", "Zephyritleuchte")]).await;
    for path in ["/cart", "/wishlist", "/de/cart", "/de/wishlist"] {
        let page = browser.page(path).await.expect(200).body;
        assert!(page.contains("Lantern"), "{path}");
        assert!(!page.contains("Zephyrit"), "{path}");
    }
}
