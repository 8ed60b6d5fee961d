//! Translations of shipping methods and tags.

mod pictures;

use app::{
    catalog::query::ListQuery,
    identity::Account,
    locale::{Locale, within},
};
use desk::admin::{
    settings::ports::{SettingsForm, SettingsView},
    translations::ports::{Group, TranslationField, TranslationState},
};

use super::{field, typed};
use crate::{
    storefront::evil,
    support::{ADMIN, Goods, Stocked, TestShop, cash, on_both_databases, order},
};
use pictures::describe;

on_both_databases!(
    a_shipping_method_is_named_in_the_shoppers_language,
    a_changed_shipping_method_makes_its_translation_stale,
    what_is_not_said_any_more_is_said_in_no_language,
    a_shipping_method_that_goes_takes_its_translation_along,
    tags_are_translated_for_all_products,
    products_are_found_by_the_words_of_their_language_for_a_tag,
    no_translation_is_a_script,
);

async fn methods(shop: &TestShop) -> Vec<TranslationField> {
    let port = &shop.shop().translations;
    port.texts(Group::Shipping, Locale::De).await.unwrap()
}

pub(super) async fn translate_methods(shop: &TestShop, admin: &Account, texts: &[(&str, &str)]) {
    let fields = methods(shop).await;
    let forms = texts
        .iter()
        .map(|(name, text)| typed(field(&fields, name), text))
        .collect();
    let port = &shop.shop().translations;
    port.save_texts(admin, Group::Shipping, Locale::De, forms)
        .await
        .expect("it is saved");
}

/// Saves the settings with something changed, such as the shipping methods.
pub async fn change_settings(
    shop: &TestShop,
    admin: &Account,
    change: impl FnOnce(&SettingsView, &mut SettingsForm),
) {
    let desk = &shop.shop().settings_desk;
    let view = desk.settings().await.unwrap();
    let settings = &view.settings;
    let mut form = SettingsForm {
        version: view.version.to_string(),
        name: settings.name.clone(),
        currency: settings.currency.clone(),
        tax: "19".to_owned(),
        time_zone: settings.time_zone.clone(),
        mail_from: settings.mail_from.clone(),
        payment_hold_minutes: settings.payment_hold_minutes.to_string(),
        cart_days: settings.cart_days.to_string(),
        low_stock: settings.low_stock.to_string(),
        rates: view.rates.clone(),
        ..SettingsForm::default()
    };
    change(&view, &mut form);
    desk.save(admin, form).await.expect("it is saved");
}

async fn a_shipping_method_is_named_in_the_shoppers_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    describe(&shop, &admin, "pickup", "Ready within two hours").await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let texts = [
        ("pickup", "Abholung im Laden"),
        ("pickup:description", "Nach zwei Stunden bereit"),
    ];
    translate_methods(&shop, &admin, &texts).await;
    let token = shop.cart(&[(rope.variant(), 1)]).await;
    for (language, name, says) in [
        (Locale::De, "Abholung im Laden", "Nach zwei Stunden bereit"),
        (Locale::En, "Pick up in the shop", "Ready within two hours"),
    ] {
        let checkout = shop.shop().checkout.in_language(language);
        let view = checkout.view(Some(&token)).await.unwrap();
        let pickup = view.rates.iter().find(|rate| rate.id == "pickup").unwrap();
        assert_eq!(
            (pickup.name.as_str(), pickup.description.as_str()),
            (name, says)
        );
        let offers = checkout.offers().await.unwrap();
        assert!(offers.shipping.iter().any(|offer| offer.name == name));
    }
    // What is not translated is as it is written.
    let checkout = shop.shop().checkout.in_language(Locale::De);
    let view = checkout.view(Some(&token)).await.unwrap();
    assert!(view.rates.iter().any(|rate| rate.name == "Standard"));

    let total = shop.subtotal(&token).await;
    let wanted = order(cash(), total);
    let placing = checkout.place(Some(&token), wanted);
    let languages = shop.services.settings.last_known().languages.clone();
    let placed = within(languages.closest(Locale::De), placing)
        .await
        .unwrap();
    let read = shop.shop().orders.by_token(&placed.token).await.unwrap();
    assert_eq!(read.shipping_method, "Abholung im Laden");
    let mails = shop.post().deliver().await;
    let said = mails[0].parts().concat();
    assert!(said.contains("Abholung im Laden"), "{said}");
    assert!(!said.contains("Pick up"), "{said}");

    // An order in the language of the texts is not touched, and an order keeps what it said.
    translate_methods(&shop, &admin, &[("pickup", "Selbstabholung")]).await;
    let token = shop.cart(&[(rope.variant(), 1)]).await;
    let english = shop.shop().checkout.in_language(Locale::En);
    let other = english
        .place(Some(&token), order(cash(), total))
        .await
        .unwrap();
    let other = shop.shop().orders.by_token(&other.token).await.unwrap();
    assert_eq!(other.shipping_method, "Pick up in the shop");
    let read = shop.shop().orders.by_token(&placed.token).await.unwrap();
    assert_eq!(read.shipping_method, "Abholung im Laden");
}

async fn a_changed_shipping_method_makes_its_translation_stale(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    describe(&shop, &admin, "express", "Next working day").await;
    let texts = [
        ("express", "Express"),
        ("express:description", "Am nächsten Werktag"),
    ];
    translate_methods(&shop, &admin, &texts).await;
    describe(&shop, &admin, "express", "Within a day").await;
    let fields = methods(&shop).await;
    let state = |name| field(&fields, name).state;
    assert_eq!(state("express"), TranslationState::Current);
    assert_eq!(state("express:description"), TranslationState::Stale);
    let stale = "SELECT COUNT(*) AS n FROM translations WHERE stale = 1";
    assert_eq!(shop.number(stale).await, 1);
    assert_eq!(
        field(&fields, "express:description").text,
        "Am nächsten Werktag"
    );
}

async fn what_is_not_said_any_more_is_said_in_no_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    describe(&shop, &admin, "express", "Next working day").await;
    let texts = [("express:description", "Am nächsten Werktag")];
    translate_methods(&shop, &admin, &texts).await;
    let said = async || {
        let checkout = shop.shop().checkout.in_language(Locale::De);
        let offers = checkout.offers().await.unwrap().shipping.into_iter();
        let says = offers.map(|offer| offer.description);
        says.filter(|says| !says.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(said().await, ["Am nächsten Werktag"]);
    describe(&shop, &admin, "express", "").await;
    assert_eq!(said().await, [""; 0]);
}

async fn a_shipping_method_that_goes_takes_its_translation_along(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let texts = [("express", "Eilig"), ("pickup", "Abholung")];
    translate_methods(&shop, &admin, &texts).await;
    change_settings(&shop, &admin, |_, form| {
        form.rates.retain(|rate| rate.id != "express");
    })
    .await;
    let left = "SELECT COUNT(*) AS n FROM translations WHERE kind = 'shipping_rate'";
    assert_eq!(shop.number(left).await, 1);
}

/// Saves texts of a product, by the names that the form has for them.
pub async fn translate_product(
    shop: &TestShop,
    admin: &Account,
    on: &Stocked,
    texts: &[(&str, &str)],
) {
    let port = &shop.shop().translations;
    let fields = port.product(&on.id, Locale::De).await.unwrap().fields;
    let forms = texts
        .iter()
        .map(|(name, text)| typed(field(&fields, name), text))
        .collect();
    port.save_product(admin, &on.id, Locale::De, forms)
        .await
        .expect("it is saved");
}

async fn tags_are_translated_for_all_products(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").tags(&["gift"])).await;
    let tags = ["gift", "new"];
    shop.stock(Goods::named("Cap").tags(&tags)).await;
    translate_product(&shop, &admin, &rope, &[("tag:gift", "Geschenk")]).await;
    let german = shop.shop().catalog.in_language(Locale::De);
    let cap = german.product("cap").await.unwrap();
    let label = |tag: &str| cap.tag_labels.get(tag).map(String::as_str);
    assert_eq!((label("gift"), label("new")), (Some("Geschenk"), None));
    // Addresses still say what is stored.
    assert!(cap.tags.contains(&"gift".to_owned()), "{:?}", cap.tags);
    let list = german.list(&ListQuery::default()).await.unwrap();
    let facets: Vec<_> = list
        .facets
        .tags
        .iter()
        .map(|tag| (tag.value.as_str(), tag.label.as_str()))
        .collect();
    assert_eq!(facets, [("gift", "Geschenk"), ("new", "new")]);
    let english = shop.shop().catalog.in_language(Locale::En);
    assert!(english.product("cap").await.unwrap().tag_labels.is_empty());

    let site = shop.open().await;
    let page = site.browser().visit("/de/products/cap").await.expect(200);
    assert!(page.body.contains(">Geschenk</a>"), "{}", page.body);
    let narrowed = site
        .browser()
        .visit("/de/products?tag=gift")
        .await
        .expect(200);
    assert!(narrowed.body.contains("Geschenk"), "{}", narrowed.body);
}

async fn products_are_found_by_the_words_of_their_language_for_a_tag(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").tags(&["gift"])).await;
    translate_product(&shop, &admin, &rope, &[("tag:gift", "Geschenk")]).await;
    server::catalog::write::renew_words(shop.db())
        .await
        .unwrap();
    for (language, text, found) in [
        (Locale::De, "geschenke", 1),
        (Locale::De, "gift", 0),
        (Locale::En, "gifts", 1),
        (Locale::En, "geschenk", 0),
    ] {
        let wanted = ListQuery {
            q: Some(text.to_owned()),
            page: 1,
            ..ListQuery::default()
        };
        let catalog = shop.shop().catalog.in_language(language);
        let list = catalog.list(&wanted).await.unwrap();
        assert_eq!(list.total, found, "{language:?} {text}");
    }
}

async fn no_translation_is_a_script(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    describe(&shop, &admin, "pickup", "Ready within two hours").await;
    let goods = Goods::named("Rope")
        .tags(&["gift"])
        .pictured(&["/media/a.png"]);
    let rope = shop
        .stock(goods.options(["Colour"], &[(["Red"], 1000, 50)]))
        .await;
    let site = shop.open().await;
    let (desk, shopper) = (site.browser(), site.browser());
    desk.sign_in(ADMIN).await.expect(200);
    shopper.add(rope.variant(), 1).await.expect(200);
    let texts = format!("/admin/products/{}/translations/de", rope.id);
    for text in evil::TEXTS {
        let words = [
            ("tag:gift", text),
            ("alt:/media/a.png", text),
            ("option1", text),
            ("option1:Red", text),
        ];
        translate_product(&shop, &admin, &rope, &words).await;
        translate_methods(
            &shop,
            &admin,
            &[("pickup", text), ("pickup:description", text)],
        )
        .await;
        for path in [
            "/de/products/rope",
            "/de/products?tag=gift",
            "/de/products?opt.colour=Red",
            "/de/cart",
            "/de/checkout?step=shipping",
        ] {
            evil::assert_harmless(&shopper.page(path).await);
        }
        for path in [
            texts.as_str(),
            "/admin/translations/de/shipping",
            "/admin/audit",
        ] {
            evil::assert_harmless(&desk.page(path).await.expect(200));
        }
        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        let languages = shop.services.settings.last_known().languages.clone();
        let checkout = shop.shop().checkout.in_language(Locale::De);
        let placing = checkout.place(Some(&cart), order(cash(), 1000));
        let placed = within(languages.closest(Locale::De), placing)
            .await
            .unwrap();
        let path = format!("/de/orders/{}", placed.token);
        evil::assert_harmless(&shopper.page(&path).await);
    }
}
