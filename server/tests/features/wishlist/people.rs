//! A list and the account that it belongs to.

use app::{
    error::ErrorKind,
    identity::{Account, Role},
    visitor::Visitor,
    wishlist::{cookies::WISHLIST, ports::Owner, types::MAX_ITEMS},
};

use super::lists::{add, port, save};
use crate::support::{Goods, PASSWORD, TestShop, on_both_databases};

on_both_databases!(
    a_devices_list_goes_into_the_accounts_at_sign_in,
    a_list_that_is_full_takes_nothing_more_at_sign_in,
    an_export_holds_the_list,
    an_erased_customer_has_no_list,
    an_account_that_is_closed_has_no_list,
);

const EMAIL: &str = "kim@example.com";

async fn sign_in(shop: &TestShop, account: &Account, device: Option<&str>) {
    let session = shop.session_of(account).await;
    let device_cookies = device.map(|token| (WISHLIST, token.to_owned()));
    let visitor = Visitor {
        device_cookies: device_cookies.into_iter().collect(),
        ..Visitor::default()
    };
    let accounts = &shop.shop().accounts;
    accounts
        .complete_sign_in(&visitor, &session, account)
        .await
        .unwrap();
}

async fn a_devices_list_goes_into_the_accounts_at_sign_in(shop: TestShop) {
    let goods = ["Rope", "Lamp", "Tent"].map(Goods::named);
    let [rope, lamp, tent] = shop.stock_all(goods.to_vec()).await.try_into().unwrap();
    let kim = shop.account(EMAIL, Role::Customer).await;
    let owner = Owner::Account(&kim.id);
    let device = save(&shop, &[&rope, &lamp]).await;
    add(&shop, owner, &rope).await.unwrap();
    add(&shop, owner, &tent).await.unwrap();
    sign_in(&shop, &kim, Some(&device)).await;
    let merged = port(&shop).products(owner).await.unwrap();
    assert_eq!(
        merged,
        [tent.id, rope.id, lamp.id],
        "each once, as it was saved"
    );
    let left = port(&shop).products(Owner::Device(Some(&device))).await;
    assert_eq!(left.unwrap(), [""; 0], "the device has none any more");
    // Once more, and without one.
    for device in [Some(device.as_str()), None] {
        sign_in(&shop, &kim, device).await;
        assert_eq!(port(&shop).products(owner).await.unwrap().len(), 3);
    }
}

async fn a_list_that_is_full_takes_nothing_more_at_sign_in(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let kim = shop.account(EMAIL, Role::Customer).await;
    let owner = Owner::Account(&kim.id);
    add(&shop, owner, &rope).await.unwrap();
    for n in 2..=MAX_ITEMS {
        shop.execute(&format!(
            "INSERT INTO wishlist_items (wishlist_id, product_id, title, added_at) \
             SELECT id, 'gone-{n}', 'Gone', 0 FROM wishlists"
        ))
        .await;
    }
    let device = save(&shop, &[&lamp]).await;
    sign_in(&shop, &kim, Some(&device)).await;
    let merged = port(&shop).products(owner).await.unwrap();
    assert_eq!(merged.len() as i64, MAX_ITEMS);
    assert!(!merged.contains(&lamp.id));
}

async fn an_export_holds_the_list(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (admin, kim) = (
        shop.admin().await,
        shop.account(EMAIL, Role::Customer).await,
    );
    let customers = &shop.shop().customers;
    let exported = async || {
        let text = customers.export(&admin, &kim.id).await.unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()["wishlist"].clone()
    };
    assert_eq!(exported().await, serde_json::json!([]));
    add(&shop, Owner::Account(&kim.id), &rope).await.unwrap();
    let list = exported().await;
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["title"], "Rope");
    assert_eq!(list[0]["product_id"], rope.id);
}

/// No list is left in which it was saved.
async fn assert_nothing_is_left(shop: &TestShop) {
    for table in ["wishlists", "wishlist_items"] {
        let sql = format!("SELECT COUNT(*) AS n FROM {table}");
        assert_eq!(shop.number(&sql).await, 0, "{table}");
    }
}

async fn an_erased_customer_has_no_list(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (admin, kim) = (
        shop.admin().await,
        shop.account(EMAIL, Role::Customer).await,
    );
    add(&shop, Owner::Account(&kim.id), &rope).await.unwrap();
    let customers = &shop.shop().customers;
    customers.erase(&admin, &kim.id, EMAIL).await.unwrap();
    assert_nothing_is_left(&shop).await;
}

async fn an_account_that_is_closed_has_no_list(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let kim = shop.account(EMAIL, Role::Customer).await;
    add(&shop, Owner::Account(&kim.id), &rope).await.unwrap();
    let own = &shop.shop().own_account;
    let refused = own.close(&kim, "not this one").await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Invalid);
    own.close(&kim, PASSWORD).await.unwrap();
    assert_nothing_is_left(&shop).await;
}
