//! Currencies that the provider counts in other units than the shop, or takes in steps of.

use app::{error::ErrorKind, identity::Account, orders::types::OrderStatus};
use desk::admin::settings::ports::SettingsForm;

use super::{books, opened, paid_on, stripe};
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    dinars_are_charged_to_the_last_but_one_digit_and_else_not_placed,
    kronur_are_charged_in_the_providers_units,
);

async fn in_currency(shop: &TestShop, currency: &str) -> Account {
    let admin = shop.admin().await;
    let desk = &shop.shop().settings_desk;
    let present = desk.settings().await.unwrap();
    let change = SettingsForm {
        version: present.version.to_string(),
        name: present.settings.name.clone(),
        currency: currency.to_owned(),
        confirm_currency: "1".to_owned(),
        tax: "19".to_owned(),
        time_zone: "UTC".to_owned(),
        payment_hold_minutes: "30".to_owned(),
        cart_days: "30".to_owned(),
        low_stock: "5".to_owned(),
        rates: present.rates.clone(),
        ..Default::default()
    };
    desk.save(&admin, change).await.unwrap();
    admin
}

async fn dinars_are_charged_to_the_last_but_one_digit_and_else_not_placed(shop: TestShop) {
    let (provider, shop, _) = opened(&shop).await;
    in_currency(&shop, "KWD").await;
    let pin = shop.stock(Goods::named("Pin").price(4505)).await;
    let (_, placed) = shop.buy(&[(pin.variant(), 1)], stripe()).await;
    let refusal = placed.unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::Invalid);
    assert_eq!(refusal.fields[0].field, "payment");
    let words = &refusal.fields[0].message;
    assert!(words.contains("exactly"), "{words}");
    assert_eq!(shop.orders().await, 0);
    assert_eq!(shop.units(pin.variant()).await, 10);
    assert!(provider.asked().is_empty());
    // Two of them come to what can be charged.
    let (_, placed) = shop.buy(&[(pin.variant(), 2)], stripe()).await;
    let placed = placed.unwrap();
    paid_on(&provider, &placed.pay_at.clone().unwrap()).await;
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (9010, 0, 0));
}

async fn kronur_are_charged_in_the_providers_units(shop: TestShop) {
    let (provider, shop, _) = opened(&shop).await;
    let admin = in_currency(&shop, "ISK").await;
    let pin = shop.stock(Goods::named("Pin").price(505)).await;
    let (_, placed) = shop.buy(&[(pin.variant(), 1)], stripe()).await;
    let placed = placed.unwrap();
    paid_on(&provider, &placed.pay_at.clone().unwrap()).await;
    let order = shop.shop().orders.returned(&placed.token).await.unwrap();
    assert_eq!((order.status, order.total_minor), (OrderStatus::Paid, 505));
    assert_eq!(books(&provider), (50_500, 0, 0));
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    assert_eq!(books(&provider), (50_500, 50_500, 0));
}
