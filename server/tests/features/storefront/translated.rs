//! Categories, announcements and the front page in the languages of the shop.

use app::{
    announcement::ports::AnnouncementForm,
    home::{
        form::BlockForm,
        types::{BlockKind, Promise},
    },
    identity::Account,
    locale::Locale,
};
use desk::admin::{
    categories::types::CategoryForm,
    translations::{
        ports::{Group, TranslationField, TranslationState},
        types::TextForm,
    },
};

use crate::support::{ADMIN, Goods, Site, TestShop, on_both_databases};

on_both_databases!(
    a_category_is_translated_with_its_text,
    an_announcement_is_translated,
    the_front_page_is_translated_once_it_is_published,
    a_promise_keeps_its_translation_wherever_it_moves,
    a_form_of_translations_is_saved_without_script,
);

async fn fields(shop: &TestShop, group: Group) -> Vec<TranslationField> {
    let port = &shop.shop().translations;
    port.texts(group, Locale::De).await.unwrap()
}

/// Translates the text with this original.
async fn translate(shop: &TestShop, actor: &Account, group: Group, original: &str, text: &str) {
    let all = fields(shop, group).await;
    let field = all.iter().find(|field| field.original == original);
    let field = field.unwrap_or_else(|| panic!("{original} is to be translated"));
    let form = TextForm {
        name: field.name.clone(),
        text: text.to_owned(),
        was: field.was.clone(),
        source: field.source.clone(),
        confirm: String::new(),
    };
    let port = &shop.shop().translations;
    port.save_texts(actor, group, Locale::De, vec![form])
        .await
        .unwrap();
}

async fn states(shop: &TestShop, group: Group) -> Vec<TranslationState> {
    let all = fields(shop, group).await.into_iter();
    all.map(|field| field.state).collect()
}

async fn stored(shop: &TestShop, kind: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM translations WHERE kind = '{kind}'");
    shop.number(&sql).await
}

async fn shows(site: &Site, path: &str, text: &str) -> bool {
    let page = site.browser().page(path).await.expect(200);
    page.body.contains(text)
}

async fn a_category_is_translated_with_its_text(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let actor = shop.admin().await;
    let admin = &shop.shop().categories;
    let form = CategoryForm {
        name: "Hats".to_owned(),
        ..CategoryForm::default()
    };
    let hats = admin.create(&actor, form).await.unwrap();
    let written = |name: &str, text: &str| CategoryForm {
        name: name.to_owned(),
        description_html: text.to_owned(),
        ..CategoryForm::default()
    };
    let form = written("Hats", "<p>For the head</p>");
    admin.update(&actor, &hats.id, "1", form).await.unwrap();
    shop.stock(Goods::named("Cap").category("Hats")).await;
    let (here, there) = (shop.open().await, shop.second_node().open().await);
    for site in [&here, &there] {
        assert!(shows(site, "/de/categories/hats", "For the head").await);
    }
    translate(&shop, &actor, Group::Categories, "Hats", "Hüte").await;
    let text = "<p>Für den Kopf</p><script>evil()</script>";
    translate(
        &shop,
        &actor,
        Group::Categories,
        "<p>For the head</p>",
        text,
    )
    .await;
    for site in [&here, &there] {
        for words in ["Hüte", "<p>Für den Kopf</p>"] {
            assert!(shows(site, "/de/categories/hats", words).await, "{words}");
            assert!(!shows(site, "/categories/hats", words).await, "{words}");
        }
        assert!(!shows(site, "/de/categories/hats", "evil()").await);
        assert!(shows(site, "/de/products/cap", "Hüte").await);
    }
    let current = TranslationState::Current;
    let all = states(&shop, Group::Categories).await;
    assert_eq!(all, [current, current]);
    let form = written("Headwear", "<p>For the head</p>");
    admin.update(&actor, &hats.id, "2", form).await.unwrap();
    let all = states(&shop, Group::Categories).await;
    assert_eq!(all, [TranslationState::Stale, current]);
    let stale = "SELECT COUNT(*) AS n FROM translations WHERE kind = 'category' AND stale = 1";
    assert_eq!(shop.number(stale).await, 1);
    assert!(shows(&here, "/de/categories/hats", "Hüte").await);
    admin.delete(&actor, &hats.id).await.unwrap();
    assert_eq!(stored(&shop, "category").await, 0);
}

async fn an_announcement_is_translated(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let actor = shop.admin().await;
    let announcements = &shop.shop().announcements;
    let saying = |text: &str| AnnouncementForm {
        text: text.to_owned(),
        ..AnnouncementForm::default()
    };
    let saved = announcements.save(&actor, saying("Closed today")).await;
    let saved = saved.unwrap();
    let (here, there) = (shop.open().await, shop.second_node().open().await);
    for site in [&here, &there] {
        assert!(shows(site, "/de", "Closed today").await);
    }
    translate(
        &shop,
        &actor,
        Group::Announcements,
        "Closed today",
        "Heute geschlossen",
    )
    .await;
    for site in [&here, &there] {
        for path in ["/de", "/de/products", "/de/cart"] {
            assert!(shows(site, path, "Heute geschlossen").await, "{path}");
        }
        assert!(shows(site, "/", "Closed today").await);
    }
    let form = AnnouncementForm {
        id: saved.id.clone(),
        version: saved.version.to_string(),
        ..saying("Closed until noon")
    };
    announcements.save(&actor, form).await.unwrap();
    let all = states(&shop, Group::Announcements).await;
    assert_eq!(all, [TranslationState::Stale]);
    assert!(shows(&there, "/de", "Heute geschlossen").await);
    announcements.delete(&actor, &saved.id).await.unwrap();
    assert_eq!(stored(&shop, "announcement").await, 0);
}

async fn the_front_page_is_translated_once_it_is_published(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let actor = shop.admin().await;
    let home = &shop.shop().home;
    assert!(fields(&shop, Group::Home).await.is_empty());
    let blocks = home.draft().await.unwrap().blocks;
    let hero = blocks.iter().find(|b| b.block.kind() == BlockKind::Hero);
    let hero = hero.expect("there is one").clone();
    let form = BlockForm {
        heading: "Ours alone".to_owned(),
        button: "Look".to_owned(),
        link: "/products".to_owned(),
        ..BlockForm::default()
    };
    home.save(&actor, &hero.id, "1", form).await.unwrap();
    assert!(fields(&shop, Group::Home).await.is_empty(), "it is a draft");
    home.publish(&actor).await.unwrap();
    let site = shop.open().await;
    assert!(shows(&site, "/de", "Ours alone").await);
    translate(&shop, &actor, Group::Home, "Ours alone", "Nur bei uns").await;
    translate(&shop, &actor, Group::Home, "Look", "Ansehen").await;
    for words in ["Nur bei uns", "Ansehen</a>"] {
        assert!(shows(&site, "/de", words).await, "{words}");
        assert!(!shows(&site, "/", words).await, "{words}");
    }
    let form = BlockForm {
        heading: "Ours only".to_owned(),
        button: "Look".to_owned(),
        link: "/products".to_owned(),
        ..BlockForm::default()
    };
    home.save(&actor, &hero.id, "2", form).await.unwrap();
    let current = TranslationState::Current;
    assert_eq!(states(&shop, Group::Home).await, [current, current]);
    home.publish(&actor).await.unwrap();
    let all = states(&shop, Group::Home).await;
    assert_eq!(all, [TranslationState::Stale, current]);
    home.delete(&actor, &hero.id).await.unwrap();
    assert_eq!(stored(&shop, "block").await, 2, "it is a draft");
    home.publish(&actor).await.unwrap();
    assert_eq!(stored(&shop, "block").await, 0);
}

async fn a_promise_keeps_its_translation_wherever_it_moves(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let actor = shop.admin().await;
    let home = &shop.shop().home;
    let id = home.add(&actor, BlockKind::Promises).await.unwrap().id;
    let save = async |version: &str, titles: &[&str]| {
        let promises = titles.iter().map(|title| Promise {
            title: (*title).to_owned(),
            ..Promise::default()
        });
        let form = BlockForm {
            promises: promises.collect(),
            ..BlockForm::default()
        };
        home.save(&actor, &id, version, form).await.unwrap();
        home.publish(&actor).await.unwrap();
    };
    save("1", &["Fast", "Safe"]).await;
    translate(&shop, &actor, Group::Home, "Fast", "Schnell").await;
    translate(&shop, &actor, Group::Home, "Safe", "Sicher").await;
    let current = TranslationState::Current;
    let said = async || {
        let all = fields(&shop, Group::Home).await.into_iter();
        all.map(|field| (field.original, field.text, field.state))
            .collect::<Vec<_>>()
    };
    let own = |original: &str, text: &str, state| (original.to_owned(), text.to_owned(), state);
    save("2", &["Safe", "Fast"]).await;
    let expected = [
        own("Safe", "Sicher", current),
        own("Fast", "Schnell", current),
    ];
    assert_eq!(said().await, expected);
    save("3", &["", "Fast"]).await;
    assert_eq!(said().await, [own("Fast", "Schnell", current)]);
    // What is new says nothing of what was there before.
    save("4", &["Fast", "Cheap"]).await;
    let new = own("Cheap", "", TranslationState::Missing);
    assert_eq!(said().await, [own("Fast", "Schnell", current), new]);
}

async fn a_form_of_translations_is_saved_without_script(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let actor = shop.admin().await;
    let form = AnnouncementForm {
        text: "Closed today".to_owned(),
        ..AnnouncementForm::default()
    };
    let announcements = &shop.shop().announcements;
    let saved = announcements.save(&actor, form).await.unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    for (list, page) in [
        ("/admin/categories", "/admin/translations/de"),
        (
            "/admin/announcements",
            "/admin/translations/de/announcements",
        ),
        ("/admin/home", "/admin/translations/de/home"),
    ] {
        let link = format!("href=\"{page}\"");
        let listed = browser.page(list).await.expect(200).body;
        assert!(listed.contains(&link), "{list}");
        browser.page(page).await.expect(200);
    }
    let fields = [
        ("language", "de"),
        ("page", "/admin/translations/de/announcements"),
        ("texts[0][name]", saved.id.as_str()),
        ("texts[0][text]", "Heute\u{202e}geschlossen"),
    ];
    let path = "/api/admin/translations/announcements";
    let refused = browser.submit(path, &fields).await.refused().body;
    assert!(refused.contains("id=\"texts[0][text]-error\""));
    let fields = [
        ("language", "de"),
        ("texts[0][name]", saved.id.as_str()),
        ("texts[0][text]", "Heute geschlossen"),
    ];
    let sent = browser.submit(path, &fields).await.expect(303);
    assert_eq!(
        sent.location(),
        "/admin/translations/de/announcements?saved=1"
    );
    assert!(shows(&site, "/de", "Heute geschlossen").await);
}
