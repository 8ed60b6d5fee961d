//! Everybody wants the last one: exactly one gets it, everybody else is told.

mod support;

use std::{collections::BTreeSet, sync::Arc};

use support::{Answer, Browser, Goods, TestShop, on_both_databases, order_form};
use tokio::{sync::Barrier, task::JoinSet};

on_both_databases!(
    one_of_a_hundred_buyers_gets_the_last_unit,
    one_checkout_sent_twenty_times_is_one_order,
    buyers_of_several_things_in_different_order_all_get_an_answer,
);

const BUYERS: usize = 100;

/// The order form as a load client sends it.
fn form(key: &str, total: i64) -> Vec<(&'static str, String)> {
    let total = total.to_string();
    order_form(key, &total)
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
}

/// Sends all orders at the same moment and waits for all answers.
async fn place_at_once(orders: Vec<(Browser, Vec<(&'static str, String)>)>) -> Vec<Answer> {
    let start = Arc::new(Barrier::new(orders.len()));
    let mut placing = JoinSet::new();
    for (browser, form) in orders {
        let start = start.clone();
        placing.spawn(async move {
            start.wait().await;
            let fields: Vec<_> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
            browser.call("/api/checkout/place", &fields).await
        });
    }
    placing.join_all().await
}

async fn one_of_a_hundred_buyers_gets_the_last_unit(shop: TestShop) {
    let lamp = shop.stock(Goods::named("Storm Lamp").units(1)).await;
    let site = shop.open().await;
    let mut orders = Vec::new();
    for buyer in 0..BUYERS {
        let browser = site.browser();
        browser.add(lamp.variant(), 1).await.expect(200);
        orders.push((browser, form(&format!("buyer-{buyer:0>20}"), 4900)));
    }

    let answers = place_at_once(orders).await;

    let (accepted, refused): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!(accepted.len(), 1);
    assert_eq!(accepted[0].json()["status"], "paid");
    assert_eq!(refused.len(), BUYERS - 1);
    for refusal in refused {
        let refusal = refusal.expect(409);
        assert_eq!(refusal.kind(), "sold_out");
        let line = &refusal.json()["error"]["lines"][0];
        assert_eq!(line["variant_id"], lamp.variant());
        assert_eq!(line["available"], 0);
    }
    assert_eq!(shop.orders().await, 1);
    assert_eq!(shop.units(lamp.variant()).await, 0);
    let late = site.browser().add(lamp.variant(), 1).await.expect(409);
    assert_eq!(late.kind(), "sold_out");
}

async fn one_checkout_sent_twenty_times_is_one_order(shop: TestShop) {
    let lamp = shop.stock(Goods::named("Storm Lamp").units(50)).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(lamp.variant(), 2).await.expect(200);
    let order = form("the-one-and-only-checkout", 9800);

    let answers = place_at_once(vec![(browser, order); 20]).await;

    let numbers: BTreeSet<String> = answers
        .into_iter()
        .map(|answer| answer.expect(200).json()["order_number"].to_string())
        .collect();
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    assert_eq!(shop.orders().await, 1);
    assert_eq!(shop.units(lamp.variant()).await, 48);
}

async fn buyers_of_several_things_in_different_order_all_get_an_answer(shop: TestShop) {
    let goods = ["Anchor", "Buoy", "Compass"].map(|name| Goods::named(name).price(1000).units(20));
    let goods = shop.stock_all(goods.to_vec()).await;
    let site = shop.open().await;
    let mut orders = Vec::new();
    for buyer in 0..30 {
        let browser = site.browser();
        // Carts in opposite orders would lock each other out if locks were taken as they come.
        let mut wanted: Vec<_> = goods.iter().map(|product| product.variant()).collect();
        wanted.rotate_left(buyer % 3);
        if buyer % 2 == 1 {
            wanted.reverse();
        }
        for variant in wanted {
            browser.add(variant, 1).await.expect(200);
        }
        orders.push((browser, form(&format!("buyer-{buyer:0>20}"), 3000)));
    }

    let answers = place_at_once(orders).await;

    let accepted = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(accepted, 20);
    for refusal in answers.into_iter().filter(|answer| answer.status != 200) {
        let refusal = refusal.expect(409);
        assert_eq!(refusal.kind(), "sold_out");
        assert_eq!(
            refusal.json()["error"]["lines"].as_array().unwrap().len(),
            3
        );
    }
    for product in &goods {
        assert_eq!(shop.units(product.variant()).await, 0);
    }
}
