//! Translations of menus' labels.

use app::{
    identity::Account,
    locale::Locale,
    menus::types::{MenuItemForm, MenuItemSaved, MenuLink},
};
use desk::admin::translations::ports::{Group, TranslationField, TranslationState};

use super::typed;
use crate::support::{TestShop, on_both_databases};

on_both_databases!(
    a_label_is_shown_in_its_language_on_every_node_at_the_reply,
    a_changed_label_makes_its_translation_stale,
    deleting_takes_along_the_translations_of_what_is_below,
    a_label_that_is_too_long_is_refused_at_its_field,
);

async fn add(shop: &TestShop, admin: &Account, label: &str, parent: &str) -> MenuItemSaved {
    let form = MenuItemForm {
        place: "header".to_owned(),
        label: label.to_owned(),
        target: "address".to_owned(),
        address: "/products".to_owned(),
        parent_id: parent.to_owned(),
        ..MenuItemForm::default()
    };
    shop.shop().menu_admin.create(admin, form).await.unwrap()
}

async fn fields(shop: &TestShop) -> Vec<TranslationField> {
    let port = &shop.shop().translations;
    port.texts(Group::Menus, Locale::De).await.unwrap()
}

async fn translate(shop: &TestShop, admin: &Account, labels: &[&str]) {
    let fields = fields(shop).await;
    let forms = fields
        .iter()
        .zip(labels)
        .map(|(field, label)| typed(field, label))
        .collect();
    let port = &shop.shop().translations;
    port.save_texts(admin, Group::Menus, Locale::De, forms)
        .await
        .unwrap();
}

/// The labels of the header, with those below them.
async fn labels(shop: &TestShop, language: Locale) -> Vec<String> {
    fn all(links: &[MenuLink], found: &mut Vec<String>) {
        for link in links {
            found.push(link.label.clone());
            all(&link.below, found);
        }
    }
    let menus = shop.shop().menus.in_language(language);
    let menus = menus.shown().await.unwrap();
    let mut found = Vec::new();
    all(menus.header.as_deref().unwrap_or_default(), &mut found);
    found
}

async fn a_label_is_shown_in_its_language_on_every_node_at_the_reply(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let other = shop.second_node();
    let admin = shop.admin().await;
    let goods = add(&shop, &admin, "Goods", "").await;
    add(&shop, &admin, "Ropes", &goods.id).await;
    add(&shop, &admin, "Cart", "").await;
    for round in 0..3 {
        let goods = format!("Waren {round}");
        translate(&shop, &admin, &[goods.as_str(), "Seile"]).await;
        for node in [&shop, &other, &shop] {
            let german = labels(node, Locale::De).await;
            assert_eq!(german, [goods.as_str(), "Seile", "Cart"]);
            assert_eq!(labels(node, Locale::En).await, ["Goods", "Ropes", "Cart"]);
        }
    }
}

async fn state(shop: &TestShop, id: &str) -> TranslationState {
    let progress = shop.shop().page_translations.menu_items().await.unwrap();
    progress[id][0].1
}

async fn a_changed_label_makes_its_translation_stale(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let item = add(&shop, &admin, "Goods", "").await;
    assert_eq!(state(&shop, &item.id).await, TranslationState::Missing);
    translate(&shop, &admin, &["Waren"]).await;
    assert_eq!(state(&shop, &item.id).await, TranslationState::Current);
    for (label, wanted) in [
        ("All goods", TranslationState::Stale),
        ("Goods", TranslationState::Current),
    ] {
        let form = MenuItemForm {
            label: label.to_owned(),
            target: "address".to_owned(),
            address: "/products".to_owned(),
            ..MenuItemForm::default()
        };
        let menus = &shop.shop().menu_admin;
        menus.update(&admin, &item.id, form).await.unwrap();
        assert_eq!(state(&shop, &item.id).await, wanted);
        assert_eq!(fields(&shop).await[0].state, wanted);
    }
}

async fn deleting_takes_along_the_translations_of_what_is_below(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let goods = add(&shop, &admin, "Goods", "").await;
    let ropes = add(&shop, &admin, "Ropes", &goods.id).await;
    add(&shop, &admin, "Thin ropes", &ropes.id).await;
    add(&shop, &admin, "Cart", "").await;
    translate(&shop, &admin, &["Waren", "Seile", "Leinen", "Korb"]).await;
    let left = "SELECT COUNT(*) AS n FROM translations";
    assert_eq!(shop.number(left).await, 4);
    let menus = &shop.shop().menu_admin;
    menus.delete(&admin, &goods.id).await.unwrap();
    assert_eq!(shop.number(left).await, 1);
    assert_eq!(labels(&shop, Locale::De).await, ["Korb"]);
}

async fn a_label_that_is_too_long_is_refused_at_its_field(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    add(&shop, &admin, "Goods", "").await;
    let fields = fields(&shop).await;
    let forms = vec![typed(&fields[0], &"x".repeat(61))];
    let port = &shop.shop().translations;
    let refused = port
        .save_texts(&admin, Group::Menus, Locale::De, forms)
        .await;
    assert_eq!(refused.unwrap_err().fields[0].field, "texts[0][text]");
    let english = port
        .save_texts(&admin, Group::Menus, Locale::En, Vec::new())
        .await;
    assert_eq!(english.unwrap_err().fields[0].field, "language");
}
