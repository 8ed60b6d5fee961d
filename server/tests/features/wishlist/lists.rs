//! What is in a list, whose it is, and for how long.

use std::sync::Arc;

use app::{
    catalog::types::Availability,
    error::{ErrorKind, ShopResult},
    identity::Role,
    wishlist::{
        ports::{Owner, Saved, Wishlist},
        types::{MAX_ITEMS, WishlistView},
    },
};
use server::ids::new_secret;

use crate::support::{DAY, Goods, Stocked, TestShop, on_both_databases};

on_both_databases!(
    a_list_holds_what_was_saved_newest_first,
    a_list_shows_each_product_as_it_is_sold_now,
    what_is_not_for_sale_is_not_saved,
    a_list_is_limited_and_says_so,
    saving_at_once_stays_within_the_limit,
    a_device_has_its_list_for_as_long_as_a_cart,
    an_accounts_list_does_not_expire,
    nobody_chooses_what_a_list_is_known_by,
    lists_do_not_see_each_other,
);

pub fn port(shop: &TestShop) -> Arc<dyn Wishlist> {
    shop.services.shop.port()
}

pub async fn add(shop: &TestShop, owner: Owner<'_>, product: &Stocked) -> ShopResult<Saved> {
    shop.clock.advance(1);
    port(shop).add(owner, &product.id).await
}

/// Saves products on a device that has no list; what its list is known by.
pub async fn save(shop: &TestShop, products: &[&Stocked]) -> String {
    let mut token: Option<String> = None;
    for product in products {
        let saved = add(shop, Owner::Device(token.as_deref()), product).await;
        token = saved.unwrap().device;
    }
    token.expect("something was saved")
}

async fn view(shop: &TestShop, token: &str) -> WishlistView {
    port(shop).view(Owner::Device(Some(token))).await.unwrap()
}

async fn a_list_holds_what_was_saved_newest_first(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let token = save(&shop, &[&rope, &lamp, &rope]).await;
    let owner = Owner::Device(Some(&token));
    let both = vec![lamp.id.clone(), rope.id.clone()];
    assert_eq!(port(&shop).products(owner).await.unwrap(), both);
    for _ in 0..2 {
        let left = port(&shop).remove(owner, &lamp.id).await.unwrap();
        assert_eq!(
            left,
            std::slice::from_ref(&rope.id),
            "removing what is gone changes nothing"
        );
    }
    let titles: Vec<_> = view(&shop, &token).await.items;
    assert_eq!(titles.len(), 1);
    assert_eq!(titles[0].title, "Rope");
}

async fn a_list_shows_each_product_as_it_is_sold_now(shop: TestShop) {
    let goods = ["Dearer", "Sold", "Asleep", "Deleted"].map(Goods::named);
    let [dearer, sold, asleep, deleted] = shop.stock_all(goods.to_vec()).await.try_into().unwrap();
    let token = save(&shop, &[&dearer, &sold, &asleep, &deleted]).await;
    shop.set_price(&dearer, 5900).await;
    shop.set_units(&sold, 0).await;
    shop.set_active(&asleep, false).await;
    let admin = shop.admin().await;
    let products = &shop.shop().admin;
    products.delete_product(&admin, &deleted.id).await.unwrap();
    let list = view(&shop, &token).await;
    let seen: Vec<_> = list
        .items
        .iter()
        .map(|item| {
            let product = item.product.as_ref();
            let now = product.map(|p| (p.price_min_minor, p.availability));
            (item.title.as_str(), now)
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("Deleted", None),
            ("Asleep", None),
            ("Sold", Some((4900, Availability::SoldOut))),
            ("Dearer", Some((5900, Availability::InStock))),
        ]
    );
    shop.set_active(&asleep, true).await;
    assert!(view(&shop, &token).await.items[1].product.is_some());
}

async fn what_is_not_for_sale_is_not_saved(shop: TestShop) {
    let asleep = shop.stock(Goods::named("Asleep").inactive()).await;
    for id in [asleep.id.as_str(), asleep.variant(), "", "x", "\0"] {
        let refused = port(&shop).add(Owner::Device(None), id).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "product_id", "{id:?}");
    }
    let lists = shop.number("SELECT COUNT(*) AS n FROM wishlists").await;
    assert_eq!(lists, 0, "nothing is made for nothing");
}

/// Fills a list up to one less than it may hold, with products that are gone.
async fn nearly_fill(shop: &TestShop) {
    let values: Vec<_> = (2..MAX_ITEMS)
        .map(|n| format!("((SELECT id FROM wishlists), 'gone-{n}', 'Gone', 0)"))
        .collect();
    let into = "INSERT INTO wishlist_items (wishlist_id, product_id, title, added_at) VALUES ";
    shop.execute(&format!("{into}{}", values.join(", "))).await;
}

async fn a_list_is_limited_and_says_so(shop: TestShop) {
    let goods = ["Rope", "Lamp", "Tent"].map(Goods::named);
    let [rope, lamp, tent] = shop.stock_all(goods.to_vec()).await.try_into().unwrap();
    let token = save(&shop, &[&rope]).await;
    nearly_fill(&shop).await;
    let owner = Owner::Device(Some(&token));
    let full = add(&shop, owner, &lamp).await.unwrap().products;
    assert_eq!(full.len() as i64, MAX_ITEMS);
    let refused = add(&shop, owner, &tent).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert!(refused.message.contains("200"), "{refused}");
    add(&shop, owner, &rope).await.expect("it is in the list");
    port(&shop).remove(owner, &lamp.id).await.unwrap();
    add(&shop, owner, &tent).await.expect("there is room again");
}

async fn saving_at_once_stays_within_the_limit(shop: TestShop) {
    let mut goods = shop
        .stock_all((0..6).map(|n| Goods::named(&format!("Rope {n}"))).collect())
        .await;
    let first = goods.remove(0);
    let token = save(&shop, &[&first]).await;
    nearly_fill(&shop).await;
    let saving = goods.into_iter().map(|product| {
        let (shop, token) = (shop.clone(), token.clone());
        tokio::spawn(async move {
            let owner = Owner::Device(Some(&token));
            port(&shop).add(owner, &product.id).await.is_ok()
        })
    });
    let mut saved = 0;
    for done in saving.collect::<Vec<_>>() {
        saved += usize::from(done.await.unwrap());
    }
    assert_eq!(saved, 1, "there was room for one");
}

async fn a_device_has_its_list_for_as_long_as_a_cart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let token = save(&shop, &[&rope]).await;
    let count = || async { view(&shop, &token).await.items.len() };
    shop.clock.advance(29 * DAY);
    let owner = Owner::Device(Some(&token));
    add(&shop, owner, &lamp).await.unwrap();
    shop.clock.advance(29 * DAY);
    shop.services.run_maintenance().await;
    assert_eq!(count().await, 2, "it lives on with each change");
    shop.clock.advance(DAY);
    assert_eq!(count().await, 0);
    shop.services.run_maintenance().await;
    for table in ["wishlists", "wishlist_items"] {
        let sql = format!("SELECT COUNT(*) AS n FROM {table}");
        assert_eq!(shop.number(&sql).await, 0, "{table}");
    }
}

async fn an_accounts_list_does_not_expire(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let kim = shop.account("kim@example.com", Role::Customer).await;
    let owner = Owner::Account(&kim.id);
    let saved = add(&shop, owner, &rope).await.unwrap();
    assert_eq!(saved.device, None, "it needs no cookie");
    shop.clock.advance(900 * DAY);
    shop.services.run_maintenance().await;
    assert_eq!(port(&shop).products(owner).await.unwrap(), [rope.id]);
}

async fn nobody_chooses_what_a_list_is_known_by(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    for made_up in [new_secret(), "short".to_owned(), String::new()] {
        let owner = Owner::Device(Some(&made_up));
        assert_eq!(port(&shop).products(owner).await.unwrap(), [""; 0]);
        let saved = add(&shop, owner, &rope).await.unwrap();
        let token = saved.device.unwrap();
        assert_ne!(token, made_up);
        let sql = format!("SELECT COUNT(*) AS n FROM wishlists WHERE token_hash = '{token}'");
        assert_eq!(
            shop.number(&sql).await,
            0,
            "the secret itself is not stored"
        );
        assert_eq!(port(&shop).products(owner).await.unwrap(), [""; 0]);
    }
}

async fn lists_do_not_see_each_other(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (one, other) = (save(&shop, &[&rope]).await, save(&shop, &[&rope]).await);
    let left = port(&shop)
        .remove(Owner::Device(Some(&other)), &rope.id)
        .await;
    assert_eq!(left.unwrap(), [""; 0]);
    assert_eq!(view(&shop, &one).await.items.len(), 1);
    let nobody = port(&shop).view(Owner::Device(None)).await.unwrap();
    assert_eq!((nobody.items, nobody.currency.as_str()), (vec![], "EUR"));
}
