//! A language that is turned off, and on again later: shoppers see nothing of it meanwhile, and nothing of it
//! is lost.

use app::{
    identity::Account,
    locale::{Languages, Locale, within},
    menus::types::{MenuItemForm, MenuPlace},
    orders::types::Parcel,
};
use desk::admin::translations::{
    ports::{Group, TranslationState},
    types::TextForm,
};

use super::{
    names::{change_settings, translate_methods, translate_product},
    page, publish, translate,
};
use crate::support::{ADMIN, Browser, Goods, Stocked, TestShop, cash, on_both_databases, order};

on_both_databases!(a_language_comes_back_with_all_that_was_translated);

/// What German pages say, by their paths.
const GERMAN: [(&str, &[&str]); 4] = [
    (
        "/products/rope",
        &[
            "Seil",
            "Hält alles.",
            "Zinnoberrot",
            "Farbe",
            "Aufgerollt",
            "Geschenk",
        ],
    ),
    ("/products", &["Seil", "An Deck"]),
    ("/pages/story", &["Geschichte", "Über uns."]),
    ("/", &["Unsere Geschichte"]),
];

async fn a_language_comes_back_with_all_that_was_translated(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = filled(&shop, &admin).await;
    let other = shop.second_node();
    let (site, second) = (shop.open().await, other.open().await);
    let (desk, shopper) = (site.browser(), second.browser());
    desk.sign_in(ADMIN).await.expect(200);
    shopper.add(rope.variant(), 1).await.expect(200);
    let kept = "SELECT COUNT(*) AS n FROM translations";
    let translated = shop.number(kept).await;

    speak(&shop, &admin, &["de"]).await;
    all_is_german(&shopper).await;
    let first = german_order(&shop, &rope).await;
    let later = german_order(&shop, &rope).await;
    for mail in shop.post().deliver().await {
        assert!(mail.subject.starts_with("Vielen Dank"), "{}", mail.subject);
        for words in ["http://shop.test/de/orders/", "Abholung im Laden"] {
            assert!(mail.body().contains(words), "{}", mail.body());
        }
    }

    speak(&shop, &admin, &[]).await;
    for (path, words) in GERMAN {
        let old = shopper.page(&german(path)).await.expect(308);
        assert_eq!(old.location(), path);
        let shown = shopper.page(path).await.expect(200);
        for word in words
            .iter()
            .chain(&["hreflang", "\"/de/", "\"/de\"", "Deutsch"])
        {
            assert!(!shown.body.contains(word), "{path} says {word}");
        }
    }
    let map = shopper.page("/sitemap.xml").await.expect(200).body;
    assert!(
        !map.contains("hreflang") && !map.contains("test/de"),
        "{map}"
    );
    let api = shopper.read("/de/api/products").await;
    assert!(!api.body.contains("Seil"), "{}", api.body);

    // Who ordered in German is written to in German, and reads pages that are there.
    let orders = &shop.shop().order_desk;
    orders.pack(&admin, &first).await.expect("it can be packed");
    let parcel = Parcel::default();
    orders
        .ship(&admin, &first, parcel)
        .await
        .expect("it can be shipped");
    let mail = shop.post().the_mail().await;
    assert!(mail.subject.contains("ist abholbereit"), "{}", mail.subject);
    assert!(mail.body().contains("Seil"), "{}", mail.body());
    assert!(mail.body().contains("http://shop.test/orders/"));
    assert!(!mail.body().contains("/de/"), "{}", mail.body());
    let invoice = desk.page(&format!("/admin/orders/{later}/invoice")).await;
    let invoice = invoice.expect(200).body;
    for words in ["lang=\"de\"", "<h1>Rechnung</h1>", "Seil"] {
        assert!(invoice.contains(words), "{words}");
    }

    // The owner goes on writing.
    shop.rewrite(&rope, |draft| {
        "<p>Holds nearly everything.</p>".clone_into(&mut draft.description_html);
    })
    .await;
    assert_eq!(shop.number(kept).await, translated);

    speak(&shop, &admin, &["de"]).await;
    all_is_german(&shopper).await;
    assert_eq!(shop.number(kept).await, translated);
    let port = &shop.shop().translations;
    let fields = port.product(&rope.id, Locale::De).await.unwrap().fields;
    for (name, state) in [
        ("title", TranslationState::Current),
        ("description", TranslationState::Stale),
    ] {
        assert_eq!(super::field(&fields, name).state, state, "{name}");
    }
}

fn german(path: &str) -> String {
    match path {
        "/" => "/de".to_owned(),
        path => format!("/de{path}"),
    }
}

async fn all_is_german(shopper: &Browser) {
    for (path, words) in GERMAN {
        let shown = shopper.page(&german(path)).await.expect(200);
        for word in words {
            assert!(shown.body.contains(word), "{path} says {word}");
        }
        let english = shopper.page(path).await.expect(200);
        assert!(english.body.contains("hreflang=\"de\""), "{path}");
        assert!(english.body.contains("Deutsch"), "{path}");
    }
    let map = shopper.page("/sitemap.xml").await.expect(200).body;
    assert!(map.contains("http://shop.test/de/products/rope"), "{map}");
}

/// Speaks these languages besides English.
async fn speak(shop: &TestShop, admin: &Account, others: &[&str]) {
    let others = std::iter::once("").chain(others.iter().copied());
    let others: Vec<String> = others.map(str::to_owned).collect();
    change_settings(shop, admin, |_, form| form.languages = others).await;
}

/// A shop with something of every kind, translated before it speaks German.
async fn filled(shop: &TestShop, admin: &Account) -> Stocked {
    let goods = Goods::named("Rope")
        .described("<p>Holds everything.</p>")
        .category("Deck")
        .tags(&["gift"])
        .pictured(&["/media/a.png"]);
    let colours = [(["Red"], 1000, 50), (["Blue"], 1000, 50)];
    let goods = goods.options(["Colour"], &colours);
    let rope = shop.stock(goods).await;
    shop.rewrite(&rope, |draft| {
        "Coiled".clone_into(&mut draft.pictures[0].alt)
    })
    .await;
    let texts = [
        ("title", "Seil"),
        ("description", "<p>Hält alles.</p>"),
        ("alt:/media/a.png", "Aufgerollt"),
        ("option1", "Farbe"),
        ("option1:Red", "Zinnoberrot"),
        ("tag:gift", "Geschenk"),
    ];
    translate_product(shop, admin, &rope, &texts).await;
    translate_methods(shop, admin, &[("pickup", "Abholung im Laden")]).await;
    let story = publish(shop, admin, page("Story", "About us.")).await;
    let texts = [("title", "Geschichte"), ("body", "Über uns.")];
    translate(shop, admin, &story.id, &texts).await;
    let item = MenuItemForm {
        place: "footer".to_owned(),
        label: "Our story".to_owned(),
        target: format!("page:{}", story.id),
        ..MenuItemForm::default()
    };
    let menus = &shop.shop().menu_admin;
    menus.create(admin, item).await.unwrap();
    let items = menus.items(MenuPlace::Footer).await.unwrap();
    let item = items.first().expect("there is one");
    let label = text(&item.id, "Unsere Geschichte");
    let port = &shop.shop().translations;
    let saved = port.save_texts(admin, Group::Menus, Locale::De, vec![label]);
    saved.await.unwrap();
    let fields = port.texts(Group::Categories, Locale::De).await.unwrap();
    let deck = fields.iter().find(|one| one.original == "Deck").unwrap();
    let deck = text(&deck.name, "An Deck");
    let saved = port.save_texts(admin, Group::Categories, Locale::De, vec![deck]);
    saved.await.unwrap();
    rope
}

fn text(name: &str, text: &str) -> TextForm {
    TextForm {
        name: name.to_owned(),
        text: text.to_owned(),
        ..TextForm::default()
    }
}

/// The id of an order that is placed in German.
async fn german_order(shop: &TestShop, rope: &Stocked) -> String {
    let languages = Languages::parse("en,de").unwrap();
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let total = shop.subtotal(&cart).await;
    let checkout = shop.shop().checkout.in_language(Locale::De);
    let placing = checkout.place(Some(&cart), order(cash(), total));
    let placed = within(languages.closest(Locale::De), placing)
        .await
        .unwrap();
    shop.order(&placed).await.id
}
