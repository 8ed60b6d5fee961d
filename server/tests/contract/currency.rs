//! Amounts as people type them, the currency that prices are kept in, and a change of it.

mod meanwhile;

use std::io::Cursor;

use app::{error::ShopError, identity::Account};
use desk::admin::{
    audit_log::log::LogFilter,
    jobs::{bulk::BulkAction, ports::BadRows},
    products::types::{ProductChange, VariantForm},
};
use server::{
    db::{Get, Sql},
    product_files::import::import,
};

use super::settings::{form, set};
use crate::support::{Goods, MINUTE, TestShop, cash, on_both_databases};

on_both_databases!(
    one_rule_reads_every_amount,
    every_price_keeps_its_number_in_another_currency,
    an_admin_is_told_first_what_becomes_of_prices,
    more_money_than_there_can_be_is_refused,
    what_was_written_down_before_is_told_in_its_own_currency,
);

const TWO_MEANINGS: &str = "1.000 could mean 1.00 or 1,000.00";

pub async fn take(shop: &TestShop, admin: &Account, currency: &str) {
    set(shop, admin, |form| {
        form.currency = currency.to_owned();
        form.confirm_currency = "1".to_owned();
    })
    .await;
}

/// Why an admin may not have this currency, or not yet: the field and what it says.
async fn refusal(shop: &TestShop, admin: &Account, currency: &str, tick: &str) -> (String, String) {
    let mut form = form(shop).await;
    form.currency = currency.to_owned();
    form.confirm_currency = tick.to_owned();
    let desk = &shop.shop().settings_desk;
    let mut refused = desk.save(admin, form).await.unwrap_err();
    assert_eq!(refused.fields.len(), 1, "{refused:?}");
    let field = refused.fields.remove(0);
    (field.field, field.message)
}

async fn price(shop: &TestShop, variant_id: &str) -> i64 {
    let mut sql = Sql::new("SELECT price_minor AS n FROM variants WHERE id = ");
    sql.text(variant_id);
    let row = sql.fetch_one(shop.db().reader()).await.unwrap();
    row.int("n").unwrap()
}

async fn one_rule_reads_every_amount(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let actor = shop.admin().await;
    let said = |error: ShopError| error.fields[0].message.clone();
    let row = VariantForm {
        id: rope.variant().to_owned(),
        price: "1.000".to_owned(),
        compare_at: "2,500".to_owned(),
        ..VariantForm::default()
    };
    let change = ProductChange {
        variants: Some(vec![row]),
        ..ProductChange::default()
    };
    let admin = &shop.shop().admin;
    let refused = admin.update_product(&actor, &rope.id, change).await;
    let refused = refused.unwrap_err();
    let fields: Vec<_> = refused.fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(fields, ["variants[0][price]", "variants[0][compare_at]"]);
    assert!(said(refused).starts_with(TWO_MEANINGS));

    let refused = shop
        .shop()
        .stock
        .set_price(&actor, rope.variant(), "1.000", "10.00")
        .await;
    assert!(said(refused.unwrap_err()).starts_with(TWO_MEANINGS));
    let refused = BulkAction::parse("price_by", "1.000", "EUR").unwrap_err();
    assert!(said(refused).starts_with(TWO_MEANINGS));
    let mut rates = form(&shop).await;
    rates.rates[0].price = "1.000".to_owned();
    let refused = shop.shop().settings_desk.save(&actor, rates).await;
    assert!(said(refused.unwrap_err()).starts_with(TWO_MEANINGS));

    let file = "Handle,Title,Variant Price\nrope,Rope,1.000\ncord,Cord,12.50\n";
    let file = Cursor::new(file.as_bytes());
    let report = import(
        shop.db(),
        &*shop.clock,
        file,
        "EUR",
        BadRows::Refuse,
        |_| {},
    );
    let report = report.await.unwrap();
    assert_eq!((report.created, report.updated), (0, 0));
    let reason = report.bad[0].reason.to_string();
    assert!(reason.starts_with(TWO_MEANINGS), "{reason}");
    assert_eq!(price(&shop, rope.variant()).await, 1000);
}

async fn every_price_keeps_its_number_in_another_currency(shop: TestShop) {
    let admin = shop.admin().await;
    let goods = Goods::named("Rope").price(3400).compare_at(3999);
    let rope = shop.stock(goods).await;
    let cord = shop.stock(Goods::named("Cord").price(3450)).await;
    let bought = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let cart = shop.cart(&[(rope.variant(), 2), (cord.variant(), 1)]).await;
    // The cart remembers the price it was shown.
    shop.set_price(&cord, 5550).await;
    let other = shop.second_node();
    other.shop().catalog.product(&rope.slug).await.unwrap();

    take(&shop, &admin, "JPY").await;
    for node in [&shop, &other] {
        let product = node.shop().catalog.product(&rope.slug).await.unwrap();
        let variant = &product.variants[0];
        assert_eq!(
            (product.currency.as_str(), variant.price_minor),
            ("JPY", 34)
        );
        assert_eq!(variant.compare_at_minor, Some(40));
        let view = node.shop().cart.view(Some(&cart)).await.unwrap();
        let line = |id: &str| view.lines.iter().find(|l| l.variant_id == id).unwrap();
        assert_eq!(line(rope.variant()).unit_price_minor, 34);
        assert!(line(rope.variant()).problem.is_none());
        assert_eq!(line(cord.variant()).unit_price_minor, 35);
        let problem = line(cord.variant()).problem.as_ref().unwrap();
        assert_eq!((problem.seen_price_minor, problem.price_minor), (35, 56));
    }
    let summed = "SELECT COUNT(*) AS n FROM products WHERE slug = 'rope' AND price_min_minor = 34 \
        AND price_max_minor = 34 AND compare_at_minor = 40";
    assert_eq!(shop.number(summed).await, 1);
    let rates = shop.shop().settings_desk.settings().await.unwrap().rates;
    let rates: Vec<_> = rates
        .iter()
        .map(|rate| (rate.price.as_str(), rate.free_from.as_str()))
        .collect();
    assert_eq!(rates, [("5", "75"), ("13", ""), ("0", "")]);
    let now = shop.shop().orders.by_id(&bought.id).await.unwrap();
    assert_eq!(now, bought, "what was sold stays as it was sold");
    let audited = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'settings.save'";
    assert_eq!(shop.number(audited).await, 1);

    // Into more decimals and on into others, nothing is lost.
    for (currency, minor) in [("KWD", 34_000), ("USD", 3400), ("EUR", 3400), ("JPY", 34)] {
        take(&other, &admin, currency).await;
        assert_eq!(price(&shop, rope.variant()).await, minor, "{currency}");
    }
}

async fn an_admin_is_told_first_what_becomes_of_prices(shop: TestShop) {
    let admin = shop.admin().await;
    let goods = Goods::named("Rope").price(3450).compare_at(3999);
    let rope = shop.stock(goods).await;
    shop.stock(Goods::named("Cord").price(3400)).await;
    let (field, words) = refusal(&shop, &admin, "USD", "").await;
    assert_eq!(field, "confirm_currency");
    assert!(words.starts_with("€34.00 becomes $34.00,"), "{words}");
    assert!(!words.contains("rounded"), "{words}");
    let (field, words) = refusal(&shop, &admin, "JPY", "").await;
    assert_eq!(field, "confirm_currency");
    assert!(words.starts_with("€34.00 becomes ¥34,"), "{words}");
    assert!(
        words.contains(" 2 prices are rounded: €34.50 becomes ¥35. Past orders stay in EUR."),
        "{words}"
    );
    shop.stock(Goods::named("Sticker").price(40)).await;
    let (_, words) = refusal(&shop, &admin, "JPY", "").await;
    assert!(
        words.contains(" 3 prices are rounded: €0.40 becomes ¥0. 1 price becomes ¥0. "),
        "{words}"
    );
    assert_eq!(price(&shop, rope.variant()).await, 3450);
    assert_eq!(shop.services.settings.now().await.unwrap().currency, "EUR");
}

async fn more_money_than_there_can_be_is_refused(shop: TestShop) {
    let admin = shop.admin().await;
    let ship = shop
        .stock(Goods::named("Ship").price(200_000_000_000))
        .await;
    let (field, words) = refusal(&shop, &admin, "KWD", "1").await;
    assert_eq!(field, "currency");
    assert!(words.starts_with("One price would be more than"), "{words}");
    assert_eq!(price(&shop, ship.variant()).await, 200_000_000_000);
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM currency_changes")
            .await,
        0
    );
}

async fn what_was_written_down_before_is_told_in_its_own_currency(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").price(3400)).await;
    let admin = &shop.shop().admin;
    shop.shop()
        .stock
        .set_price(&actor, rope.variant(), "35.00", "34.00")
        .await
        .unwrap();
    shop.clock.advance(MINUTE);
    take(&shop, &actor, "JPY").await;
    shop.clock.advance(MINUTE);
    shop.shop()
        .stock
        .set_price(&actor, rope.variant(), "36", "35")
        .await
        .unwrap();
    let log = shop.shop().audit_log.entries(&LogFilter::default()).await;
    let log = log.unwrap();
    let told: Vec<_> = log
        .rows
        .iter()
        .filter(|entry| entry.action == "product.update")
        .flat_map(|entry| entry.changes.iter())
        .map(|change| (change.before.clone(), change.after.clone()))
        .collect();
    let both = |before: &str, after: &str| (Some(before.to_owned()), Some(after.to_owned()));
    assert_eq!(told, [both("¥35", "¥36"), both("€34.00", "€35.00")]);
    let saved = log
        .rows
        .iter()
        .find(|entry| entry.action == "settings.save");
    let saved = &saved.unwrap().changes;
    let rate = saved.iter().find(|c| c.field.contains("standard, price"));
    let rate = rate.expect("the rates are told");
    assert_eq!(
        (rate.before.as_deref(), rate.after.as_deref()),
        (Some("€4.90"), Some("¥5"))
    );
    // A form that was made before is compared with what it was made from, in the present currency.
    let (was, _) = admin.product_as_of(&rope.id, 1).await.unwrap();
    assert_eq!(was.unwrap().variants[0].price_minor, 34);
}
