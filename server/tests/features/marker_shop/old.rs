//! A demonstration whose owner has written something of everything.

use std::collections::BTreeSet;

use app::{
    announcement::ports::AnnouncementForm,
    collections::types::CollectionForm,
    home::{
        form::BlockForm,
        types::{BlockKind, standard},
    },
    identity::{Account, Role},
    locale::Locale,
    menus::types::{MenuItem, MenuPlace},
    pages::types::AdminPage,
};
use desk::admin::{
    bank::ports::BankForm,
    carriers::types::CarrierForm,
    categories::types::CategoryForm,
    look::{
        ports::{LookAdmin, LookForm},
        types::Place,
    },
    sentences::types::SentenceForm,
};
use server::admin::opening::demo;

use super::OLD;
use crate::{
    bank_transfer::IBAN,
    method_settings::set,
    support::{Goods, Stocked, TestShop},
};

/// What it has of each: two words that nothing else has.
fn of(what: &str) -> String {
    format!("{OLD} {what}")
}

fn picture(what: &str) -> Option<String> {
    Some(format!("/media/{OLD}-{what}.png"))
}

/// Makes the demonstration, and a product to buy.
pub async fn begin(shop: &TestShop, admin: &Account) -> Stocked {
    demo::begin(shop.db(), &*shop.clock).await.unwrap();
    let rope = product(shop).await;
    server::menus::demo::seed(shop.db(), &*shop.clock, Locale::En)
        .await
        .unwrap();
    category(shop, admin).await;
    collection(shop, admin, &rope).await;
    home(shop, admin).await;
    settings(shop, admin).await;
    draw(shop, admin, "#111").await;
    let form = AnnouncementForm {
        text: of("announcement"),
        ..AnnouncementForm::default()
    };
    shop.shop().announcements.save(admin, form).await.unwrap();
    let staff = &shop.shop().staff;
    staff
        .invite(admin, "max@shop.test", Role::Staff)
        .await
        .unwrap();
    rope
}

async fn product(shop: &TestShop) -> Stocked {
    let mut goods = Goods::named("Yesteryear rope")
        .described("<p>Yesteryear strength.</p>")
        .vendor("Yesteryear yard")
        .category("Yesteryear deck")
        .tags(&["yesteryear tag"])
        .pictured(&["/media/Yesteryear.png"])
        .units(100);
    goods.0.seo_title = Some("Yesteryear in search".to_owned());
    goods.0.seo_description = Some("Yesteryear found.".to_owned());
    shop.stock(goods).await
}

async fn category(shop: &TestShop, admin: &Account) {
    let port = &shop.shop().categories;
    for row in port.categories().await.unwrap() {
        let form = CategoryForm {
            name: row.name,
            description_html: format!("<p>{}</p>", of("shelf")),
            ..CategoryForm::default()
        };
        let version = port.category(&row.id).await.unwrap().version.to_string();
        port.update(admin, &row.id, &version, form).await.unwrap();
        let picture = picture("category");
        port.set_picture(admin, &row.id, picture).await.unwrap();
    }
}

async fn collection(shop: &TestShop, admin: &Account, rope: &Stocked) {
    let port = &shop.shop().collection_admin;
    let form = CollectionForm {
        name: of("gifts"),
        description_html: format!("<p>{}</p>", of("wrapping")),
        ..CollectionForm::default()
    };
    let made = port.create(admin, form).await.unwrap();
    port.add(admin, &made.id, &rope.id).await.unwrap();
    let picture = picture("collection");
    port.set_picture(admin, &made.id, picture).await.unwrap();
}

/// The page that the shop brings along, with more below.
async fn home(shop: &TestShop, admin: &Account) {
    let port = &shop.shop().home;
    for block in port.draft().await.unwrap().blocks {
        if block.block.kind() == BlockKind::Hero {
            let picture = picture("hero");
            port.set_picture(admin, &block.id, picture).await.unwrap();
        }
    }
    let form = BlockForm {
        heading: of("heading"),
        text: of("paragraph"),
        button: of("button"),
        link: "/products".to_owned(),
        ..BlockForm::default()
    };
    let text = port.add(admin, BlockKind::Text).await.unwrap();
    port.save(admin, &text.id, "1", form).await.unwrap();
    let collections = shop.shop().collection_admin.collections().await.unwrap();
    let form = BlockForm {
        heading: of("choice"),
        source: format!("collection:{}", collections[0].id),
        count: "4".to_owned(),
        ..BlockForm::default()
    };
    let shelf = port.add(admin, BlockKind::Products).await.unwrap();
    port.save(admin, &shelf.id, "1", form).await.unwrap();
    let form = BlockForm {
        alt: of("view"),
        text: of("caption"),
        ..BlockForm::default()
    };
    let shown = port.add(admin, BlockKind::Picture).await.unwrap();
    port.save(admin, &shown.id, "1", form).await.unwrap();
    let picture = picture("block");
    port.set_picture(admin, &shown.id, picture).await.unwrap();
    port.publish(admin).await.unwrap();
}

async fn settings(shop: &TestShop, admin: &Account) {
    let ports = shop.shop();
    let sentence = |sentence: &str, text: String| SentenceForm {
        sentence: sentence.to_owned(),
        language: "en".to_owned(),
        text,
    };
    let stored = ports.sentences.sentences().await.unwrap();
    let kept = stored.sentences.0.iter().map(|written| SentenceForm {
        sentence: written.sentence.as_str().to_owned(),
        language: written.language.code().to_owned(),
        text: written.text.clone(),
    });
    let more = [
        sentence("returns", of("returns")),
        sentence("order_mail", of("greeting")),
    ];
    let all = kept.chain(more).collect();
    let version = stored.version.to_string();
    ports.sentences.save(admin, &version, all).await.unwrap();
    let bank = BankForm {
        version: ports.bank.settings().await.unwrap().version.to_string(),
        holder: of("holder"),
        iban: IBAN.to_owned(),
        bank: of("bank"),
        days: "7".to_owned(),
        ..BankForm::default()
    };
    ports.bank.save(admin, bank).await.unwrap();
    for method in ["cash_on_delivery", "bank_transfer", "test_card"] {
        set(shop, admin, method, |form| {
            form.offered = "offered".to_owned();
            form.name = of(method);
            form.description = of(&format!("{method}, described"));
        })
        .await;
    }
    let carriers = ports.carriers.carriers().await.unwrap();
    let form = CarrierForm {
        name: of("carrier"),
        pattern: "https://yesteryear.example/{number}".to_owned(),
    };
    let version = carriers.version.to_string();
    ports
        .carriers
        .save(admin, &version, vec![form])
        .await
        .unwrap();
}

/// Draws the logos and the icon in a colour.
pub async fn draw(shop: &TestShop, admin: &Account, colour: &str) {
    let desk = shop.services.shop.port::<dyn LookAdmin>();
    let view = desk.look().await.unwrap();
    let mut form = LookForm::of(&view.look, view.version);
    for (number, place) in [Place::Logo, Place::LogoDark, Place::Icon]
        .into_iter()
        .enumerate()
    {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\">\
             <path d=\"M0 {number}h8v8H0z\" fill=\"{colour}\"/></svg>"
        );
        let drawn = desk.add_picture(place, svg.into_bytes()).await.unwrap();
        form = form.with_picture(place, drawn.expect("it is drawn").id);
    }
    desk.save(admin, Locale::En, form).await.unwrap();
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

pub async fn pages(shop: &TestShop) -> Vec<AdminPage> {
    let desk = &shop.shop().page_admin;
    let mut pages = Vec::new();
    for row in desk.pages().await.unwrap() {
        pages.push(desk.page(&row.id).await.unwrap());
    }
    pages
}

pub async fn items(shop: &TestShop) -> Vec<MenuItem> {
    let menus = &shop.shop().menu_admin;
    let mut all = Vec::new();
    for place in MenuPlace::ALL {
        all.extend(menus.items(place).await.unwrap());
    }
    all
}

/// The words that the front page of a demonstration begins with.
fn standard_words() -> Vec<String> {
    let mut words = Vec::new();
    for locale in Locale::ALL {
        for placed in standard() {
            let form = BlockForm::of(&placed.block, locale);
            let BlockForm {
                heading,
                text,
                second_button,
                promises,
                ..
            } = form;
            words.extend([heading, text, second_button]);
            let promises = promises.into_iter();
            words.extend(promises.flat_map(|promise| [promise.title, promise.text]));
        }
    }
    // Short ones are part of other words, too.
    words.retain(|word| word.chars().count() > 10);
    words
}

/// What shoppers read and see in the shop as it was.
pub async fn words(shop: &TestShop) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = ["Holdfast", "kelp", "Seetang", "Example Street 1"]
        .map(str::to_owned)
        .into();
    words.extend(
        [
            "strength",
            "yard",
            "deck",
            "shelf",
            "gifts",
            "wrapping",
            "heading",
            "paragraph",
            "button",
            "choice",
            "view",
            "caption",
            "returns",
            "greeting",
            "holder",
            "bank",
            "cash_on_delivery",
            "bank_transfer, described",
            "test_card, described",
            "carrier",
            "announcement",
            "in search",
            "found",
        ]
        .map(of),
    );
    let pictures = ["category", "collection", "hero", "block"].into_iter();
    words.extend(pictures.filter_map(picture));
    words.extend(
        [
            "yesteryear tag",
            "/media/Yesteryear.png",
            "yesteryear.example",
        ]
        .map(str::to_owned),
    );
    words.extend(standard_words());
    let settings = shop.shop().settings_desk.settings().await.unwrap();
    let rates = settings.rates.into_iter();
    let rates = rates.flat_map(|rate| [rate.name, rate.description]);
    words.extend(rates.filter(|word| word.len() > 10));
    let look = shop.services.settings.now().await.unwrap().look.clone();
    let drawn = [look.logo, look.logo_dark, look.icon].into_iter().flatten();
    words.extend(drawn.map(|picture| picture.id));
    let translations = &shop.shop().page_translations;
    for page in pages(shop).await {
        words.extend(sentences(&page.body));
        let german = translations.page(&page.id, Locale::De).await.unwrap();
        let texts = german.fields.iter().map(|field| field.text.as_str());
        words.extend(texts.flat_map(sentences));
    }
    // Also what is not listed here.
    words.insert(OLD.to_owned());
    words
}
