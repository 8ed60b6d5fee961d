//! Stock, as staff changes it.

use app::error::ErrorKind;
use desk::admin::{products::types::ProductChange, stock::ports::StockAdmin};

use super::{forms, product, update};
use crate::support::{Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    a_form_books_the_difference_so_that_sales_in_between_count,
    stock_never_goes_below_zero,
    adjustments_at_once_all_count,
    a_form_that_is_sent_twice_books_once,
    units_from_a_program_are_set_and_not_added,
    stock_that_is_edited_has_a_reason_and_is_on_record,
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
            let adjusted = admin.adjust_stock(actor, variant, delta, reason, "").await;
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
            .adjust_stock(&actor, id, 1, "Found", "")
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
                .adjust_stock(&actor, rope.variant(), delta, "Count", "")
                .await
                .unwrap()
        })
    });
    for adjusted in adjusting.collect::<Vec<_>>() {
        adjusted.await.unwrap();
    }
    assert_eq!(shop.units(rope.variant()).await, 30);
}

async fn a_form_that_is_sent_twice_books_once(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let boot = shop.stock(Goods::named("Boot").units(10)).await;
    let actor = shop.admin().await;
    let admin = &shop.services.admin;
    let key = admin
        .stock_history(rope.variant(), None)
        .await
        .unwrap()
        .form_key;
    let clicks = (0..8).map(|_| {
        let (node, actor, rope, key) =
            (shop.second_node(), actor.clone(), rope.clone(), key.clone());
        tokio::spawn(async move {
            let admin = &node.services.admin;
            let adjusted = admin
                .adjust_stock(&actor, rope.variant(), 50, "Delivered", &key)
                .await;
            adjusted.unwrap().stock
        })
    });
    for clicked in clicks.collect::<Vec<_>>() {
        assert_eq!(clicked.await.unwrap(), 60, "each is told what there is");
    }
    assert_eq!(shop.units(rope.variant()).await, 60);
    let other = admin
        .adjust_stock(&actor, rope.variant(), -2, "Broken", &key)
        .await;
    assert_eq!(other.unwrap_err().kind, ErrorKind::Conflict);
    let elsewhere = admin.adjust_stock(&actor, boot.variant(), 1, "Found", &key);
    assert_eq!(elsewhere.await.unwrap().stock, 11);
    let short = admin
        .adjust_stock(&actor, boot.variant(), 1, "Found", "x")
        .await;
    assert_eq!(short.unwrap_err().kind, ErrorKind::Invalid);
}

async fn units_from_a_program_are_set_and_not_added(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let actor = shop.admin().await;
    let mut variants = forms(&product(&shop, &rope).await);
    for (units, there) in [("5", 5), ("0", 0), ("7", 7), ("", 7)] {
        (variants[0].stock, variants[0].stock_was) = (units.to_owned(), String::new());
        let change = ProductChange {
            variants: Some(variants.clone()),
            ..ProductChange::default()
        };
        update(&shop, &actor, &rope, change).await.unwrap();
        assert_eq!(shop.units(rope.variant()).await, there, "{units:?}");
    }
}

async fn stock_that_is_edited_has_a_reason_and_is_on_record(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let actor = shop.admin().await;
    let mut variants = forms(&product(&shop, &rope).await);
    variants[0].stock = "15".to_owned();
    shop.clock.advance(1);
    let change = ProductChange {
        variants: Some(variants),
        ..ProductChange::default()
    };
    update(&shop, &actor, &rope, change).await.unwrap();
    let admin = &shop.services.admin;
    let history = admin.stock_history(rope.variant(), None).await.unwrap();
    let told = &history.movements[0];
    assert_eq!(
        (told.delta, told.note.as_str()),
        (5, "Edited with the product")
    );
    let entry = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'product.update' \
                 AND before_json LIKE '%\"stock\":10%' AND after_json LIKE '%\"stock\":15%'";
    assert_eq!(shop.number(entry).await, 1);
}
