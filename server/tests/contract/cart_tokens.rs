//! Whose cart it is, and for how long.

use app::cart::types::CartView;
use server::{cart::store, ids::new_secret};

use super::carts::add;
use crate::support::{DAY, Goods, TestShop, on_both_databases};

on_both_databases!(
    a_cart_lives_thirty_days_after_its_last_change,
    an_unknown_token_gets_a_new_cart,
    carts_do_not_see_each_other,
    the_token_itself_is_not_stored,
    two_adds_at_once_both_count,
    however_many_have_expired_all_go,
);

async fn a_cart_lives_thirty_days_after_its_last_change(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let token = shop.cart(&[(rope.variant(), 1)]).await;
    let count = || async { shop.shop().cart.view(Some(&token)).await.unwrap().count };
    shop.clock.advance(29 * DAY);
    assert_eq!(count().await, 1);
    add(&shop, Some(&token), rope.variant(), 1).await.unwrap();
    shop.clock.advance(29 * DAY);
    assert_eq!(store::drop_expired(shop.db(), shop.now()).await.unwrap(), 0);
    assert_eq!(count().await, 2);
    shop.clock.advance(DAY);
    assert_eq!(count().await, 0);
    assert_eq!(store::drop_expired(shop.db(), shop.now()).await.unwrap(), 1);
    for table in ["carts", "cart_lines"] {
        let left = shop
            .number(&format!("SELECT COUNT(*) AS n FROM {table}"))
            .await;
        assert_eq!(left, 0, "{table}");
    }
}

/// As many as strangers may make in some minutes.
async fn however_many_have_expired_all_go(shop: TestShop) {
    const EXPIRED: u64 = 3_500;
    let rope = shop.stock(Goods::named("Rope")).await;
    let kept = shop.cart(&[(rope.variant(), 1)]).await;
    let (began, ended) = (shop.now() - DAY, shop.now());
    shop.execute(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {EXPIRED}) \
         INSERT INTO carts (id, token_hash, created_at, expires_at) \
         SELECT CAST(i AS TEXT), CAST(i AS TEXT), {began}, {ended} FROM n"
    ))
    .await;
    let gone = store::drop_expired(shop.db(), shop.now()).await.unwrap();
    assert_eq!(gone, EXPIRED);
    assert_eq!(shop.shop().cart.view(Some(&kept)).await.unwrap().count, 1);
}

async fn an_unknown_token_gets_a_new_cart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    for made_up in [new_secret(), "short".to_owned(), String::new()] {
        assert_eq!(
            shop.shop().cart.view(Some(&made_up)).await.unwrap().count,
            0
        );
        let (token, cart) = add(&shop, Some(&made_up), rope.variant(), 1).await.unwrap();
        assert_ne!(token, made_up, "nobody chooses a cart's token");
        assert_eq!(cart.count, 1);
        assert_eq!(
            shop.shop().cart.view(Some(&made_up)).await.unwrap().count,
            0
        );
    }
}

async fn carts_do_not_see_each_other(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (one, other) = (
        shop.cart(&[(rope.variant(), 1)]).await,
        shop.cart(&[(rope.variant(), 2)]).await,
    );
    let cart = &shop.shop().cart;
    cart.remove(Some(&other), rope.variant()).await.unwrap();
    assert_eq!(cart.view(Some(&one)).await.unwrap().count, 1);
    assert_eq!(cart.view(None).await.unwrap(), CartView::empty("EUR"));
}

async fn the_token_itself_is_not_stored(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let token = shop.cart(&[(rope.variant(), 1)]).await;
    let sql =
        format!("SELECT COUNT(*) AS n FROM carts WHERE token_hash = '{token}' OR id = '{token}'");
    assert_eq!(shop.number(&sql).await, 0);
}

async fn two_adds_at_once_both_count(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(50)).await;
    let token = shop.cart(&[(rope.variant(), 1)]).await;
    let adding = (0..20).map(|_| {
        let (shop, token, rope) = (shop.clone(), token.clone(), rope.clone());
        tokio::spawn(async move { add(&shop, Some(&token), rope.variant(), 1).await.unwrap() })
    });
    for added in adding.collect::<Vec<_>>() {
        added.await.unwrap();
    }
    assert_eq!(shop.shop().cart.view(Some(&token)).await.unwrap().count, 21);
}
