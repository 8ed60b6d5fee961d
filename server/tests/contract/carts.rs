//! Carts, kept behind a secret.

use app::{
    cart::{
        ports::CartItem,
        types::{AcceptedChange, CartView, MAX_LINES, MAX_QUANTITY},
    },
    error::{ErrorKind, ShopResult},
};

use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    adding_again_adds_up,
    a_quantity_is_limited,
    the_number_of_lines_is_limited,
    more_than_there_is_cannot_be_added,
    lowering_always_works_and_raising_only_to_the_stock,
    a_variant_is_found_by_its_options,
    what_is_not_for_sale_cannot_be_added,
    every_problem_of_a_line_is_shown,
    a_price_is_accepted_if_it_is_the_one_shown,
    all_changes_are_accepted_as_they_were_shown,
);

pub async fn add(
    shop: &TestShop,
    token: Option<&str>,
    variant_id: &str,
    quantity: i64,
) -> ShopResult<(String, CartView)> {
    let item = CartItem::Variant(variant_id.to_owned());
    shop.shop().cart.add(token, item, quantity).await
}

async fn adding_again_adds_up(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let lamp = shop.stock(Goods::named("Lamp").price(2500)).await;
    let (token, _) = add(&shop, None, rope.variant(), 1).await.unwrap();
    shop.clock.advance(1);
    add(&shop, Some(&token), lamp.variant(), 1).await.unwrap();
    shop.clock.advance(1);
    let (same, cart) = add(&shop, Some(&token), rope.variant(), 2).await.unwrap();
    assert_eq!(same, token);
    assert_eq!(
        (cart.count, cart.subtotal_minor, cart.lines.len()),
        (4, 5500, 2)
    );
    let quantities: Vec<_> = cart
        .lines
        .iter()
        .map(|line| (line.title.as_str(), line.quantity))
        .collect();
    assert_eq!(
        quantities,
        [("Rope", 3), ("Lamp", 1)],
        "in the order they came"
    );
    let cart_service = &shop.shop().cart;
    let cart = cart_service
        .remove(Some(&token), rope.variant())
        .await
        .unwrap();
    assert_eq!((cart.count, cart.subtotal_minor), (1, 2500));
    let cart = cart_service
        .remove(Some(&token), rope.variant())
        .await
        .unwrap();
    assert_eq!(cart.count, 1, "removing what is gone changes nothing");
}

async fn a_quantity_is_limited(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(500)).await;
    let (token, _) = add(&shop, None, rope.variant(), MAX_QUANTITY)
        .await
        .unwrap();
    let refused = add(&shop, Some(&token), rope.variant(), 1)
        .await
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "quantity");
    let cart = &shop.shop().cart;
    cart.update(Some(&token), rope.variant(), MAX_QUANTITY + 1)
        .await
        .unwrap_err();
    assert_eq!(cart.view(Some(&token)).await.unwrap().count, MAX_QUANTITY);
}

async fn the_number_of_lines_is_limited(shop: TestShop) {
    let goods = (0..=MAX_LINES)
        .map(|n| Goods::named(&format!("Thing {n}")))
        .collect();
    let stocked = shop.stock_all(goods).await;
    let (last, rest) = stocked.split_last().unwrap();
    let lines: Vec<_> = rest.iter().map(|product| (product.variant(), 1)).collect();
    let token = shop.cart(&lines).await;
    let refused = add(&shop, Some(&token), last.variant(), 1)
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Invalid);
    add(&shop, Some(&token), rest[0].variant(), 1)
        .await
        .unwrap();
}

async fn more_than_there_is_cannot_be_added(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let refused = add(&shop, None, rope.variant(), 4).await.unwrap_err();
    assert_eq!(
        (refused.kind, refused.lines[0].available),
        (ErrorKind::Insufficient, 3)
    );
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM carts").await, 0);
    let (token, _) = add(&shop, None, rope.variant(), 2).await.unwrap();
    let refused = add(&shop, Some(&token), rope.variant(), 2)
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Insufficient);
    let cart = shop.shop().cart.view(Some(&token)).await.unwrap();
    assert_eq!(
        (cart.count, shop.units(rope.variant()).await),
        (2, 3),
        "carts take no stock"
    );
}

async fn lowering_always_works_and_raising_only_to_the_stock(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(8)).await;
    let token = shop.cart(&[(rope.variant(), 8)]).await;
    shop.set_units(&rope, 3).await;
    let cart = &shop.shop().cart;
    assert_eq!(
        cart.update(Some(&token), rope.variant(), 5)
            .await
            .unwrap()
            .count,
        5
    );
    let refused = cart
        .update(Some(&token), rope.variant(), 6)
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Insufficient);
    assert_eq!(
        cart.update(Some(&token), rope.variant(), 3)
            .await
            .unwrap()
            .count,
        3
    );
    assert_eq!(
        cart.update(Some(&token), rope.variant(), 0)
            .await
            .unwrap()
            .lines,
        []
    );
    let gone = cart
        .update(Some(&token), rope.variant(), 1)
        .await
        .unwrap_err();
    assert_eq!(gone.fields[0].field, "variant_id");
}

async fn a_variant_is_found_by_its_options(shop: TestShop) {
    let jacket = Goods::named("Jacket").options(
        ["Size", "Colour"],
        &[(["M", "Navy"], 9900, 3), (["L", "Navy"], 9900, 3)],
    );
    let jacket = shop.stock(jacket).await;
    let by = |values: [&str; 3]| CartItem::Options {
        product_id: jacket.id.clone(),
        values: values.map(str::to_owned),
    };
    let cart = &shop.shop().cart;
    let (_, added) = cart.add(None, by(["L", "Navy", ""]), 1).await.unwrap();
    assert_eq!(added.lines[0].variant_id, jacket.variants[1]);
    assert_eq!(added.lines[0].variant_title, "L / Navy");
    for wrong in [
        ["L", "Red", ""],
        ["L", "", ""],
        ["l", "Navy", ""],
        ["L", "Navy", "x"],
    ] {
        let refused = cart.add(None, by(wrong), 1).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "variant_id", "{wrong:?}");
    }
}

async fn what_is_not_for_sale_cannot_be_added(shop: TestShop) {
    let asleep = shop.stock(Goods::named("Asleep").inactive()).await;
    let gone = shop.stock(Goods::named("Gone").units(0)).await;
    for (variant, kind) in [
        (asleep.variant(), ErrorKind::Inactive),
        (gone.variant(), ErrorKind::SoldOut),
        (asleep.id.as_str(), ErrorKind::Invalid),
        ("", ErrorKind::Invalid),
        ("'; DROP TABLE carts; --", ErrorKind::Invalid),
    ] {
        let refused = add(&shop, None, variant, 1).await.unwrap_err();
        assert_eq!(refused.kind, kind, "{variant}");
    }
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM carts").await, 0);
}

async fn every_problem_of_a_line_is_shown(shop: TestShop) {
    let goods = ["Asleep", "Deleted", "Dearer", "Fewer", "Sold", "Fine"].map(Goods::named);
    let [asleep, deleted, dearer, fewer, sold, fine] =
        shop.stock_all(goods.to_vec()).await.try_into().unwrap();
    let all = [&asleep, &deleted, &dearer, &fewer, &sold, &fine];
    let lines: Vec<_> = all.iter().map(|product| (product.variant(), 5)).collect();
    let token = shop.cart(&lines).await;
    shop.set_active(&asleep, false).await;
    let admin = shop.admin().await;
    shop.shop()
        .admin
        .delete_product(&admin, &deleted.id)
        .await
        .unwrap();
    shop.set_price(&dearer, 5000).await;
    shop.set_units(&fewer, 4).await;
    shop.set_units(&sold, 0).await;
    let cart = shop.shop().cart.view(Some(&token)).await.unwrap();
    let mut seen: Vec<_> = cart
        .lines
        .iter()
        .map(|line| {
            (
                line.title.as_str(),
                line.problem.as_ref().map(|problem| problem.kind),
            )
        })
        .collect();
    seen.sort_by_key(|(title, _)| *title);
    assert_eq!(
        seen,
        [
            ("Asleep", Some(ErrorKind::Inactive)),
            ("Dearer", Some(ErrorKind::PriceChanged)),
            ("Deleted", Some(ErrorKind::Inactive)),
            ("Fewer", Some(ErrorKind::Insufficient)),
            ("Fine", None),
            ("Sold", Some(ErrorKind::SoldOut)),
        ]
    );
    assert_eq!(cart.problems().len(), 5);
    assert_eq!(
        cart.subtotal_minor,
        3 * 5 * 4900,
        "of what can be had, at the prices that were seen"
    );
}

async fn a_price_is_accepted_if_it_is_the_one_shown(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let token = shop.cart(&[(rope.variant(), 1)]).await;
    shop.set_price(&rope, 1200).await;
    let cart = &shop.shop().cart;
    for not_it in [1000, 1100, 0, -1] {
        let view = cart
            .accept_price(Some(&token), rope.variant(), not_it)
            .await
            .unwrap();
        let problem = view.lines[0].problem.as_ref().unwrap();
        assert_eq!(
            (problem.kind, problem.price_minor),
            (ErrorKind::PriceChanged, 1200)
        );
        assert_eq!(problem.seen_price_minor, 1000);
    }
    let view = cart
        .accept_price(Some(&token), rope.variant(), 1200)
        .await
        .unwrap();
    assert_eq!((view.problems(), view.subtotal_minor), (vec![], 1200));
}

async fn all_changes_are_accepted_as_they_were_shown(shop: TestShop) {
    let goods = ["Dearer", "Fewer", "Sold", "Back", "Again", "Fine"];
    let goods = goods.map(|name| Goods::named(name).price(1000));
    let [dearer, fewer, sold, back, again, fine] =
        shop.stock_all(goods.to_vec()).await.try_into().unwrap();
    let all = [&dearer, &fewer, &sold, &back, &again, &fine];
    let lines: Vec<_> = all.iter().map(|product| (product.variant(), 5)).collect();
    let token = shop.cart(&lines).await;
    // As they are when the shopper accepts: one price has changed again, and one is sold again.
    shop.set_price(&dearer, 1200).await;
    shop.set_units(&fewer, 2).await;
    shop.set_units(&sold, 0).await;
    shop.set_price(&again, 1500).await;
    let shown = |variant_id: &str, quantity, price_minor| AcceptedChange {
        variant_id: variant_id.to_owned(),
        quantity,
        price_minor,
    };
    let changes = [
        shown(dearer.variant(), 5, 1200),
        shown(fewer.variant(), 2, 1000),
        shown(sold.variant(), 0, 1000),
        shown(back.variant(), 0, 1000),
        shown(again.variant(), 5, 1400),
        shown("nothing", 3, 1),
    ];
    let cart = &shop.shop().cart;
    let view = cart.accept_all(Some(&token), &changes).await.unwrap();
    let mut seen: Vec<_> = view
        .lines
        .iter()
        .map(|line| (line.title.as_str(), line.quantity, line.unit_price_minor))
        .collect();
    seen.sort_unstable();
    assert_eq!(
        seen,
        [
            ("Again", 5, 1000),
            ("Back", 5, 1000),
            ("Dearer", 5, 1200),
            ("Fewer", 2, 1000),
            ("Fine", 5, 1000),
        ]
    );
    let left: Vec<_> = view.problems().iter().map(|one| one.price_minor).collect();
    assert_eq!(left, [1500], "what has changed again is shown again");
    let nobodys = cart.accept_all(None, &changes).await.unwrap();
    assert!(nobodys.lines.is_empty());
}
