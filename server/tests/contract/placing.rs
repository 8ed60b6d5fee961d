//! Placing an order: all of it or nothing, once.

use std::collections::BTreeSet;

use app::{
    checkout::types::PlaceOrder,
    error::{ErrorKind, ShopError},
    locale::Locale,
    orders::types::OrderStatus,
};
use futures_util::future::join_all;
use server::{
    cart::token,
    ids::{new_id, new_order_token},
    orders::placement::{
        batch::{Intent, Outcome},
        queue::OrderQueue,
    },
    payment::{CashOnDelivery, PaymentProvider},
};

use crate::support::{Goods, HOUR, START, TestShop, cash, contact, on_both_databases, order, rows};

on_both_databases!(
    an_order_takes_its_units_and_empties_its_cart,
    an_order_is_a_copy_of_what_was_sold,
    each_refusal_says_what_is_wrong_and_takes_nothing,
    one_bad_line_refuses_the_whole_order,
    a_changed_price_or_total_is_never_silently_taken,
    the_same_key_is_the_same_order,
    the_same_key_at_once_is_one_order,
    one_cart_under_two_keys_is_ordered_once,
    a_key_of_another_cart_is_refused,
    two_nodes_do_not_sell_a_unit_twice,
    a_key_must_be_too_long_to_guess,
    a_number_that_is_taken_is_drawn_again,
    orders_stand_whatever_the_clock_does,
);

async fn refusal(shop: &TestShop, cart: &str, order: PlaceOrder) -> ShopError {
    let before = rows(shop.db()).await;
    let refused = shop.place(cart, order).await.unwrap_err();
    assert_eq!(rows(shop.db()).await, before, "a refusal writes nothing");
    refused
}

async fn an_order_takes_its_units_and_empties_its_cart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(5)).await;
    let lamp = shop.stock(Goods::named("Lamp").price(2500).units(1)).await;
    let cart = shop.cart(&[(rope.variant(), 3), (lamp.variant(), 1)]).await;
    let known = cart;
    let checkout = &shop.shop().checkout;
    let cart = checkout
        .save_contact(Some(&known), contact())
        .await
        .unwrap();
    let placed = shop.place(&cart, order(cash(), 5500)).await.unwrap();
    assert_eq!(
        (placed.total_minor, placed.status),
        (5500, OrderStatus::Paid)
    );
    assert_eq!(shop.units(rope.variant()).await, 2);
    assert_eq!(shop.units(lamp.variant()).await, 0);
    assert_eq!(shop.shop().cart.view(Some(&cart)).await.unwrap().count, 0);
    let left = "SELECT COUNT(*) AS n FROM carts WHERE draft LIKE '%kim@example.com%'";
    assert_eq!(
        shop.number(left).await,
        0,
        "what was typed goes with the order"
    );
    let carts = "SELECT COUNT(*) AS n FROM carts WHERE checkout_key IS NOT NULL AND is_copy = 0";
    assert_eq!(shop.number(carts).await, 0);
    let sales = shop
        .number("SELECT COUNT(*) AS n FROM stock_movements WHERE reason = 'sale' AND order_id IS NOT NULL")
        .await;
    assert_eq!(sales, 2);
    let list = shop
        .shop()
        .catalog
        .list(&super::catalog_lists::query(&[("in_stock", "1")]))
        .await;
    assert_eq!(list.unwrap().total, 1, "the lamp is sold out");
}

async fn an_order_is_a_copy_of_what_was_sold(shop: TestShop) {
    let jacket = Goods::named("Jacket")
        .pictured(&["/media/j.png"])
        .options(["Size"], &[(["M"], 9900, 3)])
        .sku("J-M");
    let jacket = shop.stock(jacket).await;
    let (_, placed) = shop.buy(&[(jacket.variant(), 2)], cash()).await;
    let placed = placed.unwrap();
    let before = shop.order(&placed).await;
    let admin = shop.admin().await;
    shop.rewrite(&jacket, |draft| {
        "Coat".clone_into(&mut draft.title);
        draft.variants[0].price_minor = 1;
        draft.variants[0].sku = None;
    })
    .await;
    assert_eq!(shop.order(&placed).await, before);
    shop.shop()
        .admin
        .delete_product(&admin, &jacket.id)
        .await
        .unwrap();
    let after = shop.order(&placed).await;
    let [line] = after.lines.as_slice() else {
        panic!("{after:?}")
    };
    assert_eq!(
        (line.title.as_str(), line.variant_title.as_str()),
        ("Jacket", "M")
    );
    assert_eq!(
        (line.sku.as_str(), line.product_slug.as_str()),
        ("J-M", "jacket")
    );
    assert_eq!((line.unit_price_minor, line.quantity), (9900, 2));
    assert_eq!(line.picture.src(), Some("/media/j.png"));
    assert_eq!(
        line.variant_id, None,
        "there is nothing to lead to any more"
    );
    assert_eq!((after.total_minor, after.contact), (19800, contact()));
    assert_eq!(after.created_at, shop.now());
    assert_eq!(after.payment_label, "Cash on delivery");
}

async fn each_refusal_says_what_is_wrong_and_takes_nothing(shop: TestShop) {
    for (title, kind) in [
        ("Asleep", ErrorKind::Inactive),
        ("Sold", ErrorKind::SoldOut),
        ("Fewer", ErrorKind::Insufficient),
        ("Dearer", ErrorKind::PriceChanged),
        ("Cheaper", ErrorKind::PriceChanged),
    ] {
        let product = shop.stock(Goods::named(title)).await;
        let cart = shop.cart(&[(product.variant(), 2)]).await;
        match title {
            "Asleep" => shop.set_active(&product, false).await,
            "Sold" => shop.set_units(&product, 0).await,
            "Fewer" => shop.set_units(&product, 1).await,
            "Dearer" => shop.set_price(&product, 5000).await,
            _ => shop.set_price(&product, 4000).await,
        }
        let refused = refusal(&shop, &cart, order(cash(), 9800)).await;
        assert_eq!(
            (refused.kind, refused.lines[0].kind),
            (kind, kind),
            "{title}"
        );
        assert_eq!(refused.lines[0].variant_id, product.variant());
        assert_eq!(shop.shop().cart.view(Some(&cart)).await.unwrap().count, 2);
    }
}

async fn one_bad_line_refuses_the_whole_order(shop: TestShop) {
    let goods = ["One", "Two", "Three"]
        .map(|name| Goods::named(name).price(1000))
        .to_vec();
    let goods = shop.stock_all(goods).await;
    let lines: Vec<_> = goods.iter().map(|product| (product.variant(), 1)).collect();
    let cart = shop.cart(&lines).await;
    shop.set_units(&goods[1], 0).await;
    let refused = refusal(&shop, &cart, order(cash(), 3000)).await;
    assert_eq!(refused.lines.len(), 1);
    assert_eq!(refused.lines[0].title, "Two");
    shop.shop()
        .cart
        .remove(Some(&cart), goods[1].variant())
        .await
        .unwrap();
    shop.place(&cart, order(cash(), 2000)).await.unwrap();
}

async fn a_changed_price_or_total_is_never_silently_taken(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let cart = shop.cart(&[(rope.variant(), 2)]).await;
    for wrong in [1999, 2001, 0, -2000, i64::MAX, i64::MIN] {
        let refused = refusal(&shop, &cart, order(cash(), wrong)).await;
        assert_eq!(refused.kind, ErrorKind::TotalChanged, "{wrong}");
    }
    let mut dearer = order(cash(), 2000);
    "express".clone_into(&mut dearer.shipping);
    let refused = refusal(&shop, &cart, dearer).await;
    assert_eq!(refused.kind, ErrorKind::TotalChanged, "delivery counts");
    let mut nowhere = order(cash(), 2000);
    "nowhere".clone_into(&mut nowhere.shipping);
    let refused = refusal(&shop, &cart, nowhere).await;
    assert_eq!(refused.fields[0].field, "shipping");
    shop.set_price(&rope, 1100).await;
    for total in [2000, 2200] {
        let refused = refusal(&shop, &cart, order(cash(), total)).await;
        assert_eq!(
            refused.kind,
            ErrorKind::PriceChanged,
            "it has to be accepted first"
        );
    }
    shop.shop()
        .cart
        .accept_price(Some(&cart), rope.variant(), 1100)
        .await
        .unwrap();
    shop.place(&cart, order(cash(), 2200)).await.unwrap();
}

async fn the_same_key_is_the_same_order(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let form = order(cash(), 1000);
    let first = shop.place(&cart, form.clone()).await.unwrap();
    let again = shop.place(&cart, form.clone()).await.unwrap();
    assert_eq!(again, first);
    // Also after the cart was filled again, from another node, and with another total.
    let item = app::cart::ports::CartItem::Variant(rope.variant().to_owned());
    shop.shop().cart.add(Some(&cart), item, 5).await.unwrap();
    let other_total = PlaceOrder {
        expected_total_minor: 1,
        terms: None,
        ..form
    };
    let again = shop.second_node().place(&cart, other_total).await;
    assert_eq!(again.unwrap(), first);
    assert_eq!(
        (shop.orders().await, shop.units(rope.variant()).await),
        (1, 9)
    );
    assert_eq!(shop.shop().cart.view(Some(&cart)).await.unwrap().count, 5);
}

async fn the_same_key_at_once_is_one_order(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let form = order(cash(), 1000);
    let nodes = [shop.clone(), shop.second_node(), shop.second_node()];
    let placing = (0..15).map(|n| {
        let (node, cart, form) = (nodes[n % 3].clone(), cart.clone(), form.clone());
        tokio::spawn(async move { node.place(&cart, form).await.unwrap() })
    });
    let mut tokens = Vec::new();
    for placed in placing.collect::<Vec<_>>() {
        tokens.push(placed.await.unwrap().token);
    }
    tokens.dedup();
    assert_eq!((tokens.len(), shop.orders().await), (1, 1));
}

async fn one_cart_under_two_keys_is_ordered_once(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let nodes = [shop.clone(), shop.second_node()];
    let placing = (0..10).map(|n| {
        let (node, cart) = (nodes[n % 2].clone(), cart.clone());
        tokio::spawn(async move { node.place(&cart, order(cash(), 1000)).await })
    });
    let mut accepted = 0;
    for placed in placing.collect::<Vec<_>>() {
        match placed.await.unwrap() {
            Ok(_) => accepted += 1,
            Err(refused) => assert_eq!(refused.kind, ErrorKind::EmptyCart),
        }
    }
    assert_eq!((accepted, shop.orders().await), (1, 1));
}

async fn a_key_of_another_cart_is_refused(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let (kim, eve) = (
        shop.cart(&[(rope.variant(), 1)]).await,
        shop.cart(&[(rope.variant(), 1)]).await,
    );
    let form = order(cash(), 1000);
    shop.place(&kim, form.clone()).await.unwrap();
    let refused = refusal(&shop, &eve, form).await;
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert_eq!(shop.shop().cart.view(Some(&eve)).await.unwrap().count, 1);
}

async fn two_nodes_do_not_sell_a_unit_twice(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(7)).await;
    let nodes = [shop.clone(), shop.second_node(), shop.second_node()];
    let mut carts = Vec::new();
    for _ in 0..30 {
        carts.push(shop.cart(&[(rope.variant(), 1)]).await);
    }
    let placing = carts.into_iter().enumerate().map(|(n, cart)| {
        let node = nodes[n % 3].clone();
        tokio::spawn(async move { node.place(&cart, order(cash(), 1000)).await })
    });
    let mut accepted = 0;
    for placed in placing.collect::<Vec<_>>() {
        match placed.await.unwrap() {
            Ok(_) => accepted += 1,
            Err(refused) => assert_eq!(refused.kind, ErrorKind::SoldOut),
        }
    }
    assert_eq!((accepted, shop.units(rope.variant()).await), (7, 0));
}

async fn a_key_must_be_too_long_to_guess(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    for key in [
        "",
        "short",
        "fifteen-letters",
        &"x".repeat(65),
        "a key with blanks in it",
        "ключ-ключ-ключ-ключ",
    ] {
        let form = PlaceOrder {
            checkout_key: key.to_owned(),
            ..order(cash(), 1000)
        };
        let refused = refusal(&shop, &cart, form).await;
        assert_eq!(refused.fields[0].field, "checkout_key", "{key}");
    }
}

/// Order numbers are drawn, and after a hundred million orders one is drawn twice now and then.
async fn a_number_that_is_taken_is_drawn_again(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(5)).await;
    let (_, first) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    let taken = first.unwrap().order_number;
    let defaults = shop.services.settings.defaults().clone();
    let queue = OrderQueue::open(shop.db().clone(), shop.clock.clone(), defaults, 10);
    let mut intents = Vec::new();
    for key in ["one-more-of-the-same", "and-another-of-those"] {
        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        let order_id = new_id();
        intents.push(Intent {
            checkout_key: key.to_owned(),
            cart_hash: token::key(&cart),
            account_id: None,
            locale: Locale::default(),
            contact: contact(),
            network: String::new(),
            particulars: Default::default(),
            shipping: "pickup".to_owned(),
            payment: CashOnDelivery.choose("", None),
            method: CashOnDelivery.method(),
            settlement: CashOnDelivery.settlement(),
            expected_total_minor: 1000,
            terms: None,
            names: None,
            tickets: Vec::new(),
            number: taken.clone(),
            token: new_order_token(&order_id),
            order_id,
        });
    }
    let placed = join_all(intents.into_iter().map(|intent| queue.place(intent))).await;
    let mut numbers = BTreeSet::from([taken]);
    for outcome in placed {
        let Ok(Outcome::Placed(order)) = outcome else {
            panic!("{outcome:?}")
        };
        let found = shop.shop().orders.by_token(&order.token).await.unwrap();
        assert_eq!(found.number, order.number, "it is told the number it has");
        assert!(numbers.insert(order.number), "nobody else has it");
    }
    assert_eq!(shop.units(rope.variant()).await, 2);
}

/// It is set right by hours, forwards and back, while orders come in on two nodes.
async fn orders_stand_whatever_the_clock_does(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(20)).await;
    let other = shop.second_node();
    let mut carts = Vec::new();
    for _ in 0..30 {
        carts.push(shop.cart(&[(rope.variant(), 1)]).await);
    }
    let placing = carts.iter().enumerate().map(|(buyer, cart)| {
        let (shop, other) = (&shop, &other);
        async move {
            shop.clock.set(START + [0, 7, -7, 30, -3][buyer % 5] * HOUR);
            let node = if buyer % 2 == 0 { shop } else { other };
            node.place(cart, order(cash(), 1000)).await
        }
    });
    let (placed, refused): (Vec<_>, Vec<_>) =
        join_all(placing).await.into_iter().partition(Result::is_ok);
    assert_eq!((placed.len(), refused.len()), (20, 10));
    for refusal in refused {
        assert_eq!(refusal.unwrap_err().kind, ErrorKind::SoldOut);
    }
    assert_eq!(shop.units(rope.variant()).await, 0);
    shop.clock.set(START);
    for outcome in placed {
        let token = outcome.unwrap().token;
        assert!(shop.shop().orders.by_token(&token).await.is_ok());
    }
}
