//! A demonstration is complete and says what it is.

use app::{admin::opening::ports::Item, shop::Opening};
use server::admin::opening::demo;

use super::{checklist, prepare};
use crate::support::{ADMIN, Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    a_demonstration_takes_orders_and_says_what_it_is,
    a_shop_of_somebody_is_never_made_a_demonstration,
    ending_it_begins_a_shop_that_is_not_open,
);

async fn begun(shop: &TestShop) {
    prepare(shop).await;
    demo::begin(shop.db(), &*shop.clock).await.unwrap();
}

async fn a_demonstration_takes_orders_and_says_what_it_is(shop: TestShop) {
    begun(&shop).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    placed.unwrap();
    let settings = shop.services.settings.now().await.unwrap();
    assert_eq!(settings.opening, Opening::Demo);
    assert!(settings.seller.is_complete());
    let site = shop.open().await;
    for path in ["/", "/products", "/cart", "/nowhere"] {
        let page = site.browser().page(path).await;
        assert!(page.body.contains("This is a demonstration."), "{path}");
    }
    // Doing it again changes nothing.
    demo::begin(shop.db(), &*shop.clock).await.unwrap();
    assert_eq!(checklist(&shop).await.opening, Opening::Demo);
}

async fn a_shop_of_somebody_is_never_made_a_demonstration(shop: TestShop) {
    demo::begin(shop.db(), &*shop.clock).await.unwrap();
    assert_eq!(checklist(&shop).await.opening, Opening::Open);
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    placed.unwrap();
    begun(&shop).await;
    assert_eq!(checklist(&shop).await.opening, Opening::Preparing);
}

async fn ending_it_begins_a_shop_that_is_not_open(shop: TestShop) {
    begun(&shop).await;
    let admin = shop.admin().await;
    shop.shop().opening.confirm(&admin, "tax").await.unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let page = browser.page("/admin").await.expect(200);
    assert!(page.body.contains("This is a demonstration"));
    browser
        .submit("/api/admin/opening/end-demonstration", &[])
        .await
        .expect(303);
    let list = checklist(&shop).await;
    assert_eq!(list.opening, Opening::Preparing);
    assert!(!list.is_done(Item::Tax), "nothing of it was the owner's");
    assert!(
        !list.is_done(Item::Seller),
        "nobody sells under an example's name"
    );
    let page = site.browser().page("/").await.expect(200);
    assert!(page.body.contains("isn’t open yet"));
    for example in ["Made to last", "kelp"] {
        assert!(!page.body.contains(example), "{example}");
    }
}
