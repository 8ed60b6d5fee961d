//! A shop whose owner has replaced every sentence and picture: nothing of what was there before is left, in
//! any language, on any page or in any e-mail.

use std::collections::BTreeSet;

use app::{
    identity::Account,
    locale::{Locale, within},
    menus::types::{MenuItem, MenuItemForm, MenuPlace, TargetKind},
    pages::types::{AdminPage, PageForm},
};
use desk::admin::{
    settings::ports::SettingsForm,
    translations::{ports::Group, types::TextForm},
};
use server::catalog::write::draft::PictureDraft;

use crate::support::{Browser, Goods, Sent, Stocked, TestShop, cash, on_both_databases, order};

on_both_databases!(nothing_of_the_old_shop_is_left_in_any_language);

/// In a name, a text or a path of what there was before.
const OLD: &str = "Yesteryear";

async fn nothing_of_the_old_shop_is_left_in_any_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    server::menus::demo::seed(shop.db(), &*shop.clock, Locale::En)
        .await
        .unwrap();
    let rope = old_product(&shop).await;
    let site = shop.open().await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    let old = old_words(&shop).await;
    assert!(old.len() > 12, "{old:?}");

    // The crawl sees all of it before.
    let mut before = String::new();
    for language in Locale::ALL {
        for (_, page) in crawl(&shopper, language, &[]).await {
            before += &page;
        }
    }
    for word in &old {
        assert!(before.contains(word.as_str()), "{word:?} is on no page");
    }

    let rates = replace_settings(&shop, &admin).await;
    replace_product(&shop, &admin, &rope).await;
    replace_pages(&shop, &admin).await;
    replace_menus(&shop, &admin).await;
    translate_groups(&shop, &admin).await;

    let old: Vec<String> = old.into_iter().chain(rates).collect();
    for (language, mark) in [(Locale::En, "Marked"), (Locale::De, "Markiert")] {
        let (placed, mails) = bought(&shop, &rope, language).await;
        let pages = crawl(&shopper, language, &[placed]).await;
        assert!(pages.len() > 15, "{language:?}: {}", pages.len());
        for (path, page) in &pages {
            assert_new(&old, path, page);
            assert!(page.contains(mark), "{path} has no mark");
        }
        // All that is translated is translated everywhere.
        let others = match language {
            Locale::En => ["Markier", "markier"],
            Locale::De => ["Marked", "marked tag<"],
        };
        let others = others.map(str::to_owned);
        for (path, page) in &pages {
            assert_new(&others, path, page);
        }
        for mail in &mails {
            assert_new(&others, "an e-mail", &mail.parts().concat());
        }
        assert!(!mails.is_empty());
        for mail in &mails {
            let head = [mail.subject.as_str(), mail.header("From")].join("\n");
            assert_new(&old, "an e-mail's head", &head);
            assert_new(&old, "an e-mail", &mail.parts().concat());
        }
    }
}

#[track_caller]
fn assert_new(old: &[String], place: &str, text: &str) {
    for word in old {
        if let Some(at) = text.find(word.as_str()) {
            let around: String = text[..at].chars().rev().take(200).collect();
            let around: String = around.chars().rev().collect();
            panic!("{place} still says {word:?} behind {around}");
        }
    }
}

async fn old_product(shop: &TestShop) -> Stocked {
    let mut goods = Goods::named("Yesteryear rope")
        .described("<p>Yesteryear strength.</p>")
        .vendor("Yesteryear yard")
        .category("Yesteryear deck")
        .tags(&["yesteryear tag"])
        .pictured(&["/media/Yesteryear.png"]);
    goods.0.seo_title = Some("Yesteryear in search".to_owned());
    goods.0.seo_description = Some("Yesteryear found.".to_owned());
    shop.stock(goods).await
}

/// Sentences of a page as they come in its HTML.
fn sentences(markdown: &str) -> Vec<String> {
    let is_plain = |line: &&str| {
        line.chars().count() > 25
            // It would become a link.
            && !line.contains("www")
            && !line.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && line
                .chars()
                .all(|c| c.is_alphanumeric() || " ,.:;()–’§%".contains(c))
    };
    let lines = markdown.lines().map(str::trim).filter(is_plain);
    lines.take(3).map(str::to_owned).collect()
}

async fn pages(shop: &TestShop) -> Vec<AdminPage> {
    let desk = &shop.shop().page_admin;
    let mut pages = Vec::new();
    for row in desk.pages().await.unwrap() {
        pages.push(desk.page(&row.id).await.unwrap());
    }
    pages
}

async fn items(shop: &TestShop) -> Vec<MenuItem> {
    let menus = &shop.shop().menu_admin;
    let mut all = Vec::new();
    for place in MenuPlace::ALL {
        all.extend(menus.items(place).await.unwrap());
    }
    all
}

/// What shoppers read in the shop as it was.
async fn old_words(shop: &TestShop) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = ["Holdfast", OLD].map(str::to_owned).into();
    let translations = &shop.shop().page_translations;
    for page in pages(shop).await {
        words.extend(sentences(&page.body));
        let german = translations.page(&page.id, Locale::De).await.unwrap();
        let texts = german.fields.iter().map(|field| field.text.as_str());
        words.extend(texts.flat_map(sentences));
    }
    words
}

/// The names and sentences of the shipping methods that there were.
async fn replace_settings(shop: &TestShop, admin: &Account) -> Vec<String> {
    let desk = &shop.shop().settings_desk;
    let view = desk.settings().await.unwrap();
    let mut rates = view.rates.clone();
    let mut old = Vec::new();
    for (at, rate) in rates.iter_mut().enumerate() {
        let words = [&mut rate.name, &mut rate.description];
        for word in words.into_iter().filter(|word| !word.is_empty()) {
            let was = std::mem::replace(word, format!("Marked way {at}"));
            // Short ones are part of other words, too.
            if was.len() > 10 {
                old.push(was);
            }
        }
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
    old
}

fn text(name: &str, text: &str) -> TextForm {
    TextForm {
        name: name.to_owned(),
        text: text.to_owned(),
        ..TextForm::default()
    }
}

async fn replace_product(shop: &TestShop, admin: &Account, rope: &Stocked) {
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

async fn replace_pages(shop: &TestShop, admin: &Account) {
    let ports = shop.shop();
    for page in pages(shop).await {
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

async fn replace_menus(shop: &TestShop, admin: &Account) {
    let ports = shop.shop();
    let mut texts = Vec::new();
    for item in items(shop).await {
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

/// Categories and shipping methods in German.
async fn translate_groups(shop: &TestShop, admin: &Account) {
    let port = &shop.shop().translations;
    for group in [Group::Categories, Group::Shipping] {
        let fields = port.texts(group, Locale::De).await.unwrap();
        let texts = fields.iter();
        let texts = texts.map(|field| text(&field.name, "Markiertes Fach"));
        port.save_texts(admin, group, Locale::De, texts.collect())
            .await
            .unwrap();
    }
}

/// The path of an order placed in a language, and what was mailed of it.
async fn bought(shop: &TestShop, rope: &Stocked, locale: Locale) -> (String, Vec<Sent>) {
    let languages = shop.services.settings.last_known().languages.clone();
    let language = languages.closest(locale);
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let total = shop.subtotal(&cart).await;
    let checkout = shop.shop().checkout.in_language(locale);
    let placing = checkout.place(Some(&cart), order(cash(), total));
    let placed = within(language, placing).await.expect("it is sold");
    let mails = shop.post().deliver().await;
    (language.href(&format!("/orders/{}", placed.token)), mails)
}

/// Paths of pages that a page leads to, in its language.
fn onward(page: &str, language: Locale) -> Vec<String> {
    let hrefs = page.split("href=\"").skip(1);
    let hrefs = hrefs.filter_map(|rest| rest.split('"').next());
    let is_page = |path: &&str| {
        let is_file = [
            "/pkg/",
            "/style/",
            "/media/",
            "/art/",
            "/look/",
            "/favicon",
            "/apple-touch-icon",
            "/site.webmanifest",
        ];
        let is_german = *path == "/de" || path.starts_with("/de/");
        path.starts_with('/')
            && !path.starts_with("//")
            // Lists have any number of filters.
            && !path.contains(['?', '#'])
            && !is_file.iter().any(|folder| path.starts_with(folder))
            && is_german == (language == Locale::De)
    };
    hrefs.filter(is_page).map(str::to_owned).collect()
}

/// All pages of a language that links lead to, with their paths.
async fn crawl(browser: &Browser, language: Locale, more: &[String]) -> Vec<(String, String)> {
    let prefix = match language {
        Locale::En => "",
        Locale::De => "/de",
    };
    let first = match prefix {
        "" => "/".to_owned(),
        prefix => prefix.to_owned(),
    };
    let starts = ["/products", "/cart", "/contact", "/nowhere"];
    let starts = starts.map(|path| format!("{prefix}{path}"));
    let mut waiting: Vec<String> = starts.into_iter().chain(more.iter().cloned()).collect();
    waiting.push(first);
    let mut seen = BTreeSet::new();
    let mut pages = Vec::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = browser.visit(&path).await;
        assert!(answer.status < 500, "{path}: {}", answer.status);
        waiting.extend(onward(&answer.body, language));
        // What leads on to another address says nothing.
        if matches!(answer.status, 200 | 404) {
            pages.push((path, answer.body));
        }
    }
    pages
}
