//! Translations of products and categories: shown in their language alone, stale once the original
//! changes, and never written over unseen.

mod files;

use std::sync::Arc;

use app::{
    catalog::{
        ports::Catalog,
        query::{ListQuery, Sort},
    },
    error::ErrorKind,
    locale::Locale,
};
use desk::admin::{
    product_filter::{ProductFilter, Untranslated},
    products::types::ProductChange,
    translations::{
        ports::{Group, TranslationField, TranslationState},
        types::TextForm,
    },
};

use crate::{
    admin::{an_admin, update},
    support::{Goods, Stocked, TestShop, cash, on_both_databases, order},
};

on_both_databases!(
    a_translation_is_shown_in_its_language_alone,
    a_changed_original_makes_its_translation_stale,
    a_product_is_deleted_with_its_translations,
    options_and_categories_are_translated_for_all_products,
    lists_by_name_are_in_the_order_of_what_is_shown,
    products_are_found_by_what_is_missing_or_out_of_date,
    nobody_overwrites_a_translation_they_have_not_seen,
    carts_and_orders_are_in_the_shoppers_language,
    texts_stay_in_the_language_they_were_written_in,
    texts_are_prepared_before_a_language_is_spoken,
);

fn german(shop: &TestShop) -> Arc<dyn Catalog> {
    shop.shop().catalog.in_language(Locale::De)
}

async fn fields(shop: &TestShop, id: &str) -> Vec<TranslationField> {
    let port = &shop.shop().translations;
    port.product(id, Locale::De).await.unwrap().fields
}

async fn field(shop: &TestShop, id: &str, name: &str) -> TranslationField {
    let fields = fields(shop, id).await;
    let found = fields.into_iter().find(|field| field.name == name);
    found.unwrap_or_else(|| panic!("there is a field {name}"))
}

/// As the form that shows a field now sends it.
fn typed(field: &TranslationField, text: &str) -> TextForm {
    TextForm {
        name: field.name.clone(),
        text: text.to_owned(),
        was: field.was.clone(),
        source: field.source.clone(),
        confirm: String::new(),
    }
}

pub async fn translate(shop: &TestShop, product: &Stocked, texts: &[(&str, &str)]) {
    let mut forms = Vec::new();
    for (name, text) in texts {
        forms.push(typed(&field(shop, &product.id, name).await, text));
    }
    let port = &shop.shop().translations;
    port.save_product(&an_admin(), &product.id, Locale::De, forms)
        .await
        .expect("it is saved");
}

fn titled(title: &str) -> ProductChange {
    ProductChange {
        title: Some(title.to_owned()),
        ..ProductChange::default()
    }
}

async fn title_state(shop: &TestShop, product: &Stocked) -> TranslationState {
    field(shop, &product.id, "title").await.state
}

/// Titles of the products in the table that a filter such as `stale-de` shows.
async fn found(shop: &TestShop, key: &str) -> Vec<String> {
    let filter = ProductFilter {
        translation: Untranslated::parse(key),
        ..ProductFilter::default()
    };
    let table = shop.shop().admin.products(&filter).await.unwrap();
    let mut titles: Vec<_> = table.rows.into_iter().map(|row| row.title).collect();
    titles.sort();
    titles
}

async fn a_translation_is_shown_in_its_language_alone(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let other = shop.second_node();
    let rope = Goods::named("Rope").described("<p>Strong</p>");
    let rope = shop.stock(rope).await;
    shop.stock(Goods::named("Lamp")).await;
    for round in 0..3 {
        let title = format!("Seil {round}");
        let texts = [("title", title.as_str()), ("description", "<p>Stark</p>")];
        translate(&shop, &rope, &texts).await;
        // From every cache of every node, both languages in turn.
        for node in [&shop, &other, &shop] {
            let english = node.shop().catalog.in_language(Locale::En);
            let translated = german(node);
            for (catalog, title, text) in [
                (&english, "Rope", "Strong"),
                (&translated, title.as_str(), "Stark"),
            ] {
                let product = catalog.product("rope").await.unwrap();
                assert_eq!(product.title, title);
                assert_eq!(product.description_text, text);
                let list = catalog.list(&ListQuery::default()).await.unwrap();
                assert!(list.products.iter().any(|card| card.title == title));
                let home = catalog.home().await.unwrap();
                assert!(home.newest.iter().any(|card| card.title == title));
                let lamp = catalog.product("lamp").await.unwrap();
                let related = catalog.related(&lamp).await.unwrap();
                assert!(related.iter().any(|card| card.title == title));
            }
        }
    }
    let entries = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'translation.save'";
    assert_eq!(shop.number(entries).await, 3);
}

async fn a_changed_original_makes_its_translation_stale(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope")).await;
    translate(&shop, &rope, &[("title", "Seil")]).await;
    assert_eq!(title_state(&shop, &rope).await, TranslationState::Current);
    update(&shop, &an_admin(), &rope, titled("Steel rope"))
        .await
        .unwrap();
    assert_eq!(title_state(&shop, &rope).await, TranslationState::Stale);
    let progress = shop.shop().translations.progress(&rope.id).await.unwrap();
    assert_eq!(progress, [(Locale::De, TranslationState::Stale)]);
    // It is shown until someone looks at it.
    assert_eq!(german(&shop).product("rope").await.unwrap().title, "Seil");
    // Saved as it is, it stays stale; confirmed, it does not.
    let stale = field(&shop, &rope.id, "title").await;
    let port = &shop.shop().translations;
    for (confirm, expected) in [
        ("", TranslationState::Stale),
        ("1", TranslationState::Current),
    ] {
        let form = TextForm {
            confirm: confirm.to_owned(),
            ..typed(&stale, "Seil")
        };
        port.save_product(&an_admin(), &rope.id, Locale::De, vec![form])
            .await
            .unwrap();
        assert_eq!(title_state(&shop, &rope).await, expected);
    }
    // An original that comes back makes what was translated from it right again.
    update(&shop, &an_admin(), &rope, titled("Rope"))
        .await
        .unwrap();
    assert_eq!(title_state(&shop, &rope).await, TranslationState::Stale);
    update(&shop, &an_admin(), &rope, titled("Steel rope"))
        .await
        .unwrap();
    assert_eq!(title_state(&shop, &rope).await, TranslationState::Current);
    let stale = "SELECT COUNT(*) AS n FROM translations WHERE stale = 1";
    assert_eq!(shop.number(stale).await, 0);
}

async fn a_product_is_deleted_with_its_translations(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope")).await;
    translate(&shop, &rope, &[("title", "Seil")]).await;
    let admin = &shop.shop().admin;
    admin.delete_product(&an_admin(), &rope.id).await.unwrap();
    let left = "SELECT COUNT(*) AS n FROM translations";
    assert_eq!(shop.number(left).await, 0);
}

async fn options_and_categories_are_translated_for_all_products(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let sizes = [(["Red", "M"], 1000, 3), (["Blue", "M"], 1000, 3)];
    let shirt = Goods::named("Shirt").category("Clothes");
    let shirt = shop.stock(shirt.options(["Colour", "Size"], &sizes)).await;
    let cap = Goods::named("Cap").category("Clothes");
    shop.stock(cap.options(["Colour"], &[(["Red"], 500, 1)]))
        .await;
    let texts = [
        ("option1", "Farbe"),
        ("option1:Red", "Rot"),
        ("option1:Blue", "Blau"),
    ];
    translate(&shop, &shirt, &texts).await;
    let port = &shop.shop().translations;
    let names = port.texts(Group::Categories, Locale::De).await.unwrap();
    let [clothes] = names.as_slice() else {
        panic!("{names:?}")
    };
    let kleidung = vec![typed(clothes, "Kleidung")];
    port.save_texts(&an_admin(), Group::Categories, Locale::De, kleidung)
        .await
        .unwrap();

    let catalog = german(&shop);
    for slug in ["shirt", "cap"] {
        let product = catalog.product(slug).await.unwrap();
        let colour = &product.options[0];
        assert_eq!((colour.name.as_str(), colour.label()), ("Colour", "Farbe"));
        // Forms and addresses still say what is stored.
        assert_eq!(colour.values[0], "Red");
        assert_eq!(colour.label_of("Red"), "Rot");
        assert_eq!(product.category.as_ref().unwrap().name, "Kleidung");
    }
    let shirt = catalog.product("shirt").await.unwrap();
    assert_eq!(shirt.title_of(&shirt.variants[0]), "Rot / M");
    let list = catalog.list(&ListQuery::default()).await.unwrap();
    let facets = &list.facets;
    assert_eq!(facets.categories[0].label, "Kleidung");
    let colour = facets.options.iter().find(|o| o.name == "colour").unwrap();
    assert_eq!(colour.label, "Farbe");
    let labels: Vec<_> = colour
        .values
        .iter()
        .map(|value| (value.value.as_str(), value.label.as_str()))
        .collect();
    assert!(labels.contains(&("Blue", "Blau")), "{labels:?}");
    assert_eq!(catalog.categories().await.unwrap()[0].name, "Kleidung");
    let english = shop.shop().catalog.in_language(Locale::En);
    assert_eq!(english.categories().await.unwrap()[0].name, "Clothes");
    let product = english.product("shirt").await.unwrap();
    assert_eq!(product.options[0].label(), "Colour");
}

async fn lists_by_name_are_in_the_order_of_what_is_shown(shop: TestShop) {
    let shop = shop.speaking("en,de");
    for (title, german) in [("Rope", "Äste"), ("Anchor", "Zelt"), ("Map", "")] {
        let product = shop.stock(Goods::named(title)).await;
        translate(&shop, &product, &[("title", german)]).await;
    }
    let by_name = ListQuery {
        sort: Sort::Name,
        page: 1,
        ..ListQuery::default()
    };
    for (language, expected) in [
        (Locale::En, ["Anchor", "Map", "Rope"]),
        (Locale::De, ["Äste", "Map", "Zelt"]),
    ] {
        let catalog = shop.shop().catalog.in_language(language);
        let list = catalog.list(&by_name).await.unwrap();
        let titles: Vec<_> = list.products.iter().map(|card| &card.title).collect();
        assert_eq!(titles, expected);
    }
}

async fn products_are_found_by_what_is_missing_or_out_of_date(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop
        .stock(Goods::named("Rope").described("<p>Strong</p>"))
        .await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    assert_eq!(found(&shop, "missing-de").await, ["Lamp", "Rope"]);
    translate(&shop, &lamp, &[("title", "Lampe")]).await;
    // Its description is not translated.
    translate(&shop, &rope, &[("title", "Seil")]).await;
    assert_eq!(found(&shop, "missing-de").await, ["Rope"]);
    translate(&shop, &rope, &[("description", "<p>Stark</p>")]).await;
    assert!(found(&shop, "missing-de").await.is_empty());
    assert!(found(&shop, "stale-de").await.is_empty());
    update(&shop, &an_admin(), &lamp, titled("Lantern"))
        .await
        .unwrap();
    assert_eq!(found(&shop, "stale-de").await, ["Lantern"]);
}

async fn nobody_overwrites_a_translation_they_have_not_seen(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope")).await;
    let empty = field(&shop, &rope.id, "title").await;
    translate(&shop, &rope, &[("title", "Seil")]).await;
    let port = &shop.shop().translations;
    let late = vec![typed(&empty, "Tau")];
    let refused = port
        .save_product(&an_admin(), &rope.id, Locale::De, late)
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Invalid);
    assert_eq!(refused.fields[0].field, "texts[0][text]");
    assert!(refused.fields[0].message.contains("Seil"));
    assert_eq!(field(&shop, &rope.id, "title").await.text, "Seil");
    // One that came from an older original is kept, and is stale from the start.
    let older = field(&shop, &rope.id, "title").await;
    update(&shop, &an_admin(), &rope, titled("Cord"))
        .await
        .unwrap();
    let form = vec![typed(&older, "Tau")];
    port.save_product(&an_admin(), &rope.id, Locale::De, form)
        .await
        .unwrap();
    let now = field(&shop, &rope.id, "title").await;
    assert_eq!(
        (now.text.as_str(), now.state),
        ("Tau", TranslationState::Stale)
    );
}

async fn carts_and_orders_are_in_the_shoppers_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let shirt = Goods::named("Shirt").options(["Colour"], &[(["Red"], 1000, 5)]);
    let shirt = shop.stock(shirt).await;
    translate(&shop, &shirt, &[("title", "Hemd"), ("option1:Red", "Rot")]).await;
    let token = shop.cart(&[(shirt.variant(), 1)]).await;
    for (language, title, variant) in [(Locale::De, "Hemd", "Rot"), (Locale::En, "Shirt", "Red")] {
        let cart = shop.shop().cart.in_language(language);
        let line = &cart.view(Some(&token)).await.unwrap().lines[0];
        assert_eq!(
            (line.title.as_str(), line.variant_title.as_str()),
            (title, variant)
        );
        let checkout = shop.shop().checkout.in_language(language);
        let view = checkout.view(Some(&token)).await.unwrap();
        assert_eq!(view.cart.lines[0].title, title);
    }
    let checkout = shop.shop().checkout.in_language(Locale::De);
    let wanted = order(cash(), 1000);
    let placed = checkout.place(Some(&token), wanted).await.unwrap();
    let placed = shop.shop().orders.by_token(&placed.token).await.unwrap();
    assert_eq!(placed.lines[0].title, "Hemd");
    assert_eq!(placed.lines[0].variant_title, "Rot");
    let german = "SELECT COUNT(*) AS n FROM orders WHERE locale = 'de'";
    assert_eq!(shop.number(german).await, 1);
    // What an order says does not change afterwards.
    translate(&shop, &shirt, &[("title", "Oberhemd")]).await;
    let lines = "SELECT COUNT(*) AS n FROM order_lines WHERE title = 'Hemd'";
    assert_eq!(shop.number(lines).await, 1);
}

async fn texts_stay_in_the_language_they_were_written_in(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    translate(&shop, &rope, &[("title", "Seil")]).await;
    crate::settings::set(&shop, &admin, |form| {
        form.default_language = "de".to_owned();
    })
    .await;
    let settings = shop.services.settings.now().await.unwrap();
    assert_eq!(settings.languages.stored(), "de,en");
    assert_eq!(settings.written_in, Locale::En);
    assert_eq!(german(&shop).product("rope").await.unwrap().title, "Seil");
    let english = shop.shop().catalog.in_language(Locale::En);
    assert_eq!(english.product("rope").await.unwrap().title, "Rope");
    // A language that is turned off keeps its translations.
    crate::settings::set(&shop, &admin, |form| {
        form.default_language = "en".to_owned();
        form.languages = vec![String::new()];
    })
    .await;
    // It can be worked on until it is turned on again.
    let prepared = shop.shop().translations.product(&rope.id, Locale::De);
    assert!(prepared.await.is_ok());
    let kept = "SELECT COUNT(*) AS n FROM translations WHERE text = 'Seil'";
    assert_eq!(shop.number(kept).await, 1);
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM shop_settings WHERE written_in IS NULL")
            .await,
        1
    );
}

async fn texts_are_prepared_before_a_language_is_spoken(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let port = &shop.shop().translations;
    // Not into the language that they are written in.
    let refused = port.product(&rope.id, Locale::En).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::NotFound);
    let refused = port.texts(Group::Categories, Locale::En).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::NotFound);
    let refused = port
        .save_texts(&an_admin(), Group::Categories, Locale::En, Vec::new())
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Invalid);
    // What a shop of one language shows in its editors is not of translations.
    assert!(port.progress(&rope.id).await.unwrap().is_empty());
    translate(&shop, &rope, &[("title", "Seil")]).await;
    let both = shop.speaking("en,de");
    assert_eq!(german(&both).product("rope").await.unwrap().title, "Seil");
    let port = &both.shop().translations;
    let progress = port.progress(&rope.id).await.unwrap();
    assert_eq!(progress, [(Locale::De, TranslationState::Current)]);
}
