//! Stock, as staff changes it.

use app::{admin::types::ProductChange, error::ErrorKind, ports::Admin};

use super::{forms, product, update};
use crate::support::{Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    a_form_books_the_difference_so_that_sales_in_between_count,
    stock_never_goes_below_zero,
    adjustments_at_once_all_count,
);

async fn a_form_books_the_difference_so_that_sales_in_between_count(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let actor = shop.admin().await;
    let mut variants = forms(&product(&shop, &rope).await);
    shop.buy(&[(rope.variant(), 3)], cash()).await.1.unwrap();
    variants[0].stock = "15".to_owned();
    let change = ProductChange {
        variants: Some(variants.clone()),
        ..ProductChange::default()
    };
    update(&shop, &actor, &rope, change.clone()).await.unwrap();
    assert_eq!(
        shop.units(rope.variant()).await,
        12,
        "seven were left and five came"
    );
    variants[0].stock = variants[0].stock_was.clone();
    let change = ProductChange {
        variants: Some(variants.clone()),
        ..change
    };
    update(&shop, &actor, &rope, change.clone()).await.unwrap();
    assert_eq!(
        shop.units(rope.variant()).await,
        12,
        "a form that changes no stock changes none"
    );
    (variants[0].stock, variants[0].stock_was) = ("0".to_owned(), "15".to_owned());
    let change = ProductChange {
        variants: Some(variants),
        ..change
    };
    let refused = update(&shop, &actor, &rope, change).await;
    assert_eq!(
        refused,
        Err(ErrorKind::Invalid),
        "fifteen are not there to take"
    );
    assert_eq!(shop.units(rope.variant()).await, 12);
}

async fn stock_never_goes_below_zero(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let actor = shop.admin().await;
    let adjust = |delta: i64, reason: &'static str| {
        let (admin, actor) = (&shop.services.admin, &actor);
        let variant = rope.variant();
        async move {
            let adjusted = admin.adjust_stock(actor, variant, delta, reason).await;
            adjusted
                .map(|adjusted| adjusted.stock)
                .map_err(|error| error.kind)
        }
    };
    for delta in [-4, i64::MIN, i64::MAX, 2_000_000_000_000] {
        assert_eq!(
            adjust(delta, "Lost").await,
            Err(ErrorKind::Invalid),
            "{delta}"
        );
    }
    assert_eq!(adjust(1, "  ").await, Err(ErrorKind::Invalid));
    assert_eq!(adjust(-3, "Lost").await, Ok(0));
    assert_eq!(adjust(-1, "Lost").await, Err(ErrorKind::Invalid));
    assert_eq!(adjust(8, "Found").await, Ok(8));
    let note = shop
        .number("SELECT COUNT(*) AS n FROM stock_movements WHERE note = 'Found' AND actor = 'admin@shop.test'")
        .await;
    assert_eq!(note, 1);
    let unknown = server::ids::new_id();
    for id in ["", "x", unknown.as_str()] {
        let refused = shop
            .services
            .admin
            .adjust_stock(&actor, id, 1, "Found")
            .await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::NotFound);
    }
}

async fn adjustments_at_once_all_count(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let actor = shop.admin().await;
    let adjusting = (0..20).map(|n| {
        let (shop, actor, rope) = (shop.second_node(), actor.clone(), rope.clone());
        let delta = if n % 2 == 0 { 3 } else { -1 };
        tokio::spawn(async move {
            let admin = &shop.services.admin;
            admin
                .adjust_stock(&actor, rope.variant(), delta, "Count")
                .await
                .unwrap()
        })
    });
    for adjusted in adjusting.collect::<Vec<_>>() {
        adjusted.await.unwrap();
    }
    assert_eq!(shop.units(rope.variant()).await, 30);
}
