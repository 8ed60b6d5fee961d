//! What the settings that are saved do.

use app::{catalog::types::Availability, error::ErrorKind, orders::types::OrderStatus};
use server::outbox::Mail;

use super::set;
use crate::support::{
    APPROVES, DAY, Goods, MINUTE, TestShop, cash, on_both_databases, order, test_card,
};

on_both_databases!(
    every_node_goes_by_the_new_settings_at_once,
    an_order_is_priced_by_the_settings_of_its_moment,
    past_orders_keep_what_they_were_sold_under,
    an_unpaid_order_is_held_as_long_as_is_set,
    a_cart_lives_as_long_as_is_set,
    mails_come_from_who_is_set,
    shoppers_read_of_few_from_the_threshold_that_marks_stock_for_the_staff,
);

async fn shoppers_read_of_few_from_the_threshold_that_marks_stock_for_the_staff(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let admin = shop.admin().await;
    let other = shop.second_node();
    let (few, enough) = (Availability::FewLeft, Availability::InStock);
    for (low_stock, availability) in [("5", few), ("2", enough), ("3", few), ("0", enough)] {
        set(&shop, &admin, |form| form.low_stock = low_stock.to_owned()).await;
        for node in [&shop, &other] {
            let product = node.shop().catalog.product(&rope.slug).await.unwrap();
            assert_eq!(
                product.variants[0].availability, availability,
                "{low_stock}"
            );
        }
    }
    // A sale past the threshold changes the word that pages keep.
    set(&shop, &admin, |form| form.low_stock = "2".to_owned()).await;
    let product = async || other.shop().catalog.product(&rope.slug).await.unwrap();
    assert_eq!(product().await.variants[0].availability, enough);
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    placed.unwrap();
    assert_eq!(product().await.variants[0].availability, few);
}

async fn every_node_goes_by_the_new_settings_at_once(shop: TestShop) {
    let other = shop.second_node();
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    for round in 0..3 {
        let name = format!("Shop {round}");
        set(&shop, &admin, |form| form.name = name.clone()).await;
        for node in [&shop, &other] {
            assert_eq!(node.services.settings.now().await.unwrap().name, name);
            let product = node.shop().catalog.product(&rope.slug).await.unwrap();
            assert_eq!(product.currency, "EUR");
        }
    }
    set(&other, &admin, |form| {
        form.currency = "usd".to_owned();
        form.confirm_currency = "1".to_owned();
    })
    .await;
    for node in [&shop, &other] {
        let product = node.shop().catalog.product(&rope.slug).await.unwrap();
        assert_eq!(product.currency, "USD");
        let cart = node.cart(&[(rope.variant(), 1)]).await;
        let view = node.shop().cart.view(Some(&cart)).await.unwrap();
        assert_eq!((view.currency.as_str(), view.subtotal_minor), ("USD", 1000));
    }
}

async fn an_order_is_priced_by_the_settings_of_its_moment(shop: TestShop) {
    let other = shop.second_node();
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let cart = shop.cart(&[(rope.variant(), 2)]).await;
    let mut asked = order(cash(), 2000 + 490);
    asked.shipping = "standard".to_owned();
    shop.shop()
        .checkout
        .save_shipping(Some(&cart), "standard")
        .await
        .unwrap();
    assert_eq!(
        shop.shop()
            .checkout
            .view(Some(&cart))
            .await
            .unwrap()
            .totals
            .total_minor,
        2490
    );

    set(&other, &admin, |form| {
        form.rates[0].price = "7.00".to_owned();
        form.rates[0].free_from = "50".to_owned();
        form.tax = "0".to_owned();
    })
    .await;
    // What was shown is not what it costs now: nothing is charged, and the new total is told.
    for node in [&shop, &other] {
        let refused = node.place(&cart, asked.clone()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::TotalChanged);
        let totals = node.shop().checkout.view(Some(&cart)).await.unwrap().totals;
        assert_eq!((totals.shipping_minor, totals.total_minor), (700, 2700));
        assert_eq!(totals.tax_minor, 0);
    }
    assert_eq!(
        (shop.orders().await, shop.units(rope.variant()).await),
        (0, 10)
    );
    asked.expected_total_minor = 2700;
    let placed = shop.place(&cart, asked).await.unwrap();
    let bought = shop.order(&placed).await;
    assert_eq!((bought.total_minor, bought.tax_minor), (2700, 0));
    // From the threshold on it is free.
    let cart = other.cart(&[(rope.variant(), 5)]).await;
    let mut free = order(cash(), 5000);
    free.shipping = "standard".to_owned();
    other.place(&cart, free).await.unwrap();
}

async fn past_orders_keep_what_they_were_sold_under(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let bought = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(bought.shipping_method, "Pick up in the shop");
    set(&shop, &admin, |form| {
        form.currency = "USD".to_owned();
        form.confirm_currency = "1".to_owned();
        form.tax = "5".to_owned();
        form.rates.truncate(1);
    })
    .await;
    let now = shop.shop().orders.by_id(&bought.id).await.unwrap();
    assert_eq!(now, bought);
    // The way that is gone cannot be chosen any more.
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let refused = shop.place(&cart, order(cash(), 1000)).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "shipping");
}

async fn an_unpaid_order_is_held_as_long_as_is_set(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    set(&shop, &admin, |form| {
        form.payment_hold_minutes = "10".to_owned()
    })
    .await;
    crate::overdue::left_alone(&shop, &rope, 3).await;
    shop.clock.advance(10 * MINUTE);
    assert_eq!(shop.services.checkout.settle_overdue().await.unwrap(), 0);
    shop.clock.advance(1);
    assert_eq!(shop.services.checkout.settle_overdue().await.unwrap(), 1);
    assert_eq!(shop.units(rope.variant()).await, 10);
    let bought = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    assert_eq!(bought.status, OrderStatus::Paid);
}

async fn a_cart_lives_as_long_as_is_set(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let long = shop.cart(&[(rope.variant(), 1)]).await;
    set(&shop, &admin, |form| form.cart_days = "2".to_owned()).await;
    let short = shop.cart(&[(rope.variant(), 1)]).await;
    shop.clock.advance(2 * DAY);
    let lines = |token: String| {
        let cart = shop.shop().cart.clone();
        async move { cart.view(Some(&token)).await.unwrap().lines.len() }
    };
    assert_eq!((lines(short).await, lines(long).await), (0, 1));
}

async fn mails_come_from_who_is_set(shop: TestShop) {
    let admin = shop.admin().await;
    set(&shop, &admin, |form| {
        form.mail_from = "Ropery <hello@ropery.test>".to_owned();
        form.name = "Ropery".to_owned();
    })
    .await;
    let mut tx = shop.db().begin().await.unwrap();
    let reset = Mail::PasswordReset {
        email: admin.email.clone(),
        typed: None,
    };
    let dialect = shop.db().dialect();
    server::outbox::queue_all(&mut tx, dialect, shop.now(), &[reset])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let sent = shop.post().the_mail().await;
    assert!(
        sent.raw.contains("From: Ropery <hello@ropery.test>"),
        "{sent:#?}"
    );
}
