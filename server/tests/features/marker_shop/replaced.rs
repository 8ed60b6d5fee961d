//! The same shop when its owner has replaced all of it, in both languages.

use app::{
    announcement::ports::AnnouncementForm,
    collections::types::CollectionForm,
    home::{
        form::BlockForm,
        types::{Block, BlockKind, Promise},
    },
    identity::Account,
    locale::Locale,
    menus::types::{MenuItemForm, TargetKind},
    pages::types::PageForm,
    seller::Seller,
};
use desk::admin::{
    bank::ports::BankForm,
    carriers::types::CarrierForm,
    categories::types::CategoryForm,
    sentences::types::SentenceForm,
    settings::ports::SettingsForm,
    translations::{ports::Group, types::TextForm},
};
use server::catalog::write::draft::PictureDraft;

use super::old;
use crate::{
    bank_transfer::IBAN,
    method_settings::set,
    support::{Stocked, TestShop},
};

pub async fn settings(shop: &TestShop, admin: &Account) {
    let desk = &shop.shop().settings_desk;
    let view = desk.settings().await.unwrap();
    let mut rates = view.rates.clone();
    for (at, rate) in rates.iter_mut().enumerate() {
        rate.name = format!("Marked way {at}");
        rate.description = format!("Marked way {at}, described");
    }
    let settings = &view.settings;
    let form = SettingsForm {
        version: view.version.to_string(),
        name: "Markshop".to_owned(),
        currency: settings.currency.clone(),
        tax: "19".to_owned(),
        time_zone: settings.time_zone.clone(),
        mail_from: "Markshop <orders@markshop.test>".to_owned(),
        payment_hold_minutes: settings.payment_hold_minutes.to_string(),
        cart_days: settings.cart_days.to_string(),
        low_stock: settings.low_stock.to_string(),
        rates,
        ..SettingsForm::default()
    };
    desk.save(admin, form).await.unwrap();
}

/// What is not in a language has no mark.
pub async fn words_of_settings(shop: &TestShop, admin: &Account) {
    let ports = shop.shop();
    let words = |words: &str| words.to_owned();
    let seller = Seller {
        name: words("Markshop Ltd"),
        street: words("Quay 1"),
        postal_code: words("20457"),
        city: words("Hamburg"),
        country: words("DE"),
        email: words("desk@markshop.test"),
        ..Seller::default()
    };
    let version = ports.seller.seller().await.unwrap().version.to_string();
    ports.seller.save(admin, &version, seller).await.unwrap();
    let mut all = Vec::new();
    for sentence in ["about", "returns", "order_mail"] {
        for (language, text) in [("en", "Marked sentence."), ("de", "Markierter Satz.")] {
            all.push(SentenceForm {
                sentence: words(sentence),
                language: words(language),
                text: words(text),
            });
        }
    }
    let version = ports.sentences.sentences().await.unwrap().version;
    let version = version.to_string();
    ports.sentences.save(admin, &version, all).await.unwrap();
    let bank = BankForm {
        version: ports.bank.settings().await.unwrap().version.to_string(),
        holder: words("Markshop Ltd"),
        iban: words(IBAN),
        bank: words("Markbank"),
        days: words("7"),
        ..BankForm::default()
    };
    ports.bank.save(admin, bank).await.unwrap();
    for method in ["cash_on_delivery", "bank_transfer", "test_card"] {
        set(shop, admin, method, |form| {
            form.name = words("Marked payment");
            form.description = words("Marked payment, described");
        })
        .await;
    }
    let carriers = ports.carriers.carriers().await.unwrap();
    let version = carriers.version.to_string();
    let form = CarrierForm {
        name: words("Markpost"),
        pattern: words("https://markpost.test/{number}"),
    };
    ports
        .carriers
        .save(admin, &version, vec![form])
        .await
        .unwrap();
}

pub async fn look(shop: &TestShop, admin: &Account) {
    old::draw(shop, admin, "#a00").await;
}

pub async fn categories(shop: &TestShop, admin: &Account) {
    let port = &shop.shop().categories;
    for row in port.categories().await.unwrap() {
        let form = CategoryForm {
            name: "Marked deck".to_owned(),
            slug: "marked-deck".to_owned(),
            description_html: "<p>Marked shelf.</p>".to_owned(),
            ..CategoryForm::default()
        };
        let version = port.category(&row.id).await.unwrap().version.to_string();
        port.update(admin, &row.id, &version, form).await.unwrap();
        let picture = Some("/media/marked-category.png".to_owned());
        port.set_picture(admin, &row.id, picture).await.unwrap();
    }
}

pub async fn collections(shop: &TestShop, admin: &Account) {
    let port = &shop.shop().collection_admin;
    for row in port.collections().await.unwrap() {
        let form = CollectionForm {
            name: "Marked gifts".to_owned(),
            slug: "marked-gifts".to_owned(),
            description_html: "<p>Marked wrapping.</p>".to_owned(),
        };
        let version = port.collection(&row.id).await.unwrap().version.to_string();
        port.update(admin, &row.id, &version, form).await.unwrap();
        let picture = Some("/media/marked-collection.png".to_owned());
        port.set_picture(admin, &row.id, picture).await.unwrap();
    }
}

pub async fn home(shop: &TestShop, admin: &Account) {
    let port = &shop.shop().home;
    for placed in port.draft().await.unwrap().blocks {
        let mut form = BlockForm::of(&placed.block, Locale::En);
        form.heading = "Marked heading".to_owned();
        form.text = "Marked paragraph".to_owned();
        form.alt = "Marked view".to_owned();
        if matches!(placed.block, Block::Hero(_) | Block::Text(_)) {
            form.button = "Marked button".to_owned();
            form.link = "/products".to_owned();
        }
        if placed.block.kind() == BlockKind::Hero {
            form.second_button = "Marked second button".to_owned();
            form.second_link = "/cart".to_owned();
        }
        for promise in &mut form.promises {
            *promise = Promise {
                title: "Marked promise".to_owned(),
                text: "Marked promise, told".to_owned(),
                ..Promise::default()
            };
        }
        let version = placed.version.to_string();
        port.save(admin, &placed.id, &version, form).await.unwrap();
        if placed.block.picture().is_some() {
            let picture = Some("/media/marked-home.png".to_owned());
            port.set_picture(admin, &placed.id, picture).await.unwrap();
        }
    }
    port.publish(admin).await.unwrap();
}

pub async fn announcements(shop: &TestShop, admin: &Account) {
    let port = &shop.shop().announcements;
    for one in port.all().await.unwrap().0 {
        let form = AnnouncementForm {
            id: one.id,
            version: one.version.to_string(),
            text: "Marked announcement".to_owned(),
            ..AnnouncementForm::default()
        };
        port.save(admin, form).await.unwrap();
    }
}

fn text(name: &str, text: &str) -> TextForm {
    TextForm {
        name: name.to_owned(),
        text: text.to_owned(),
        ..TextForm::default()
    }
}

pub async fn product(shop: &TestShop, admin: &Account, rope: &Stocked) {
    shop.rewrite(rope, |draft| {
        "marked-rope".clone_into(&mut draft.slug);
        "Marked rope".clone_into(&mut draft.title);
        "<p>Marked strength.</p>".clone_into(&mut draft.description_html);
        // A name is the same in all languages.
        "Markyard".clone_into(&mut draft.vendor);
        "Marked deck".clone_into(&mut draft.category);
        draft.tags = vec!["marked tag".to_owned()];
        draft.seo_title = Some("Marked in search".to_owned());
        draft.seo_description = Some("Marked, found.".to_owned());
        draft.pictures = vec![PictureDraft {
            id: None,
            src: "/media/marked.png".to_owned(),
            alt: "Marked rope".to_owned(),
        }];
    })
    .await;
    let texts = vec![
        text("title", "Markiertes Seil"),
        text("description", "<p>Markiert.</p>"),
        text("alt:/media/marked.png", "Markiertes Bild"),
        text("tag:marked tag", "markiertes Wort"),
    ];
    let translations = &shop.shop().translations;
    translations
        .save_product(admin, &rope.id, Locale::De, texts)
        .await
        .unwrap();
}

pub async fn pages(shop: &TestShop, admin: &Account) {
    let ports = shop.shop();
    for page in old::pages(shop).await {
        let form = PageForm {
            kind: page.kind.as_str().to_owned(),
            title: format!("Marked {}", page.kind.as_str()),
            body: "Marked text.".to_owned(),
            state: page.state.as_str().to_owned(),
            contact_email: page.contact_email.clone(),
            ..PageForm::default()
        };
        ports
            .page_admin
            .update(admin, &page.id, form)
            .await
            .unwrap();
        let texts = vec![text("title", "Markierte Seite"), text("body", "Markiert.")];
        ports
            .page_translations
            .save_page(admin, &page.id, Locale::De, texts)
            .await
            .unwrap();
    }
}

pub async fn menus(shop: &TestShop, admin: &Account) {
    let ports = shop.shop();
    let mut texts = Vec::new();
    for item in old::items(shop).await {
        let target = match item.target_kind {
            kind @ (TargetKind::Heading | TargetKind::Address) => kind.as_str().to_owned(),
            kind => format!("{}:{}", kind.as_str(), item.target),
        };
        let form = MenuItemForm {
            parent_id: item.parent_id.clone().unwrap_or_default(),
            label: "Marked label".to_owned(),
            target,
            address: item.target.clone(),
            ..MenuItemForm::default()
        };
        ports
            .menu_admin
            .update(admin, &item.id, form)
            .await
            .unwrap();
        texts.push(text(&item.id, "Markierter Eintrag"));
    }
    ports
        .translations
        .save_texts(admin, Group::Menus, Locale::De, texts)
        .await
        .unwrap();
}

/// All other texts in German.
pub async fn translate_groups(shop: &TestShop, admin: &Account) {
    let port = &shop.shop().translations;
    for group in [
        Group::Categories,
        Group::Collections,
        Group::Announcements,
        Group::Home,
        Group::Shipping,
        Group::Payment,
    ] {
        let fields = port.texts(group, Locale::De).await.unwrap();
        assert!(!fields.is_empty(), "{group:?}");
        let texts = fields.iter();
        let texts = texts.map(|field| text(&field.name, "Markiertes Fach"));
        port.save_texts(admin, group, Locale::De, texts.collect())
            .await
            .unwrap();
    }
}
