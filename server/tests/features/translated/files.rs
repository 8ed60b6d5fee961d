//! All texts of a language as a file, down and up again.

use app::{
    identity::Account,
    locale::Locale,
    menus::types::{MenuItemForm, MenuPlace},
};
use reqwest::{
    Method,
    header::ACCEPT,
    multipart::{Form, Part},
};

use super::{page, publish};
use crate::support::{ADMIN, Answer, Browser, Goods, Site, TestShop, on_both_databases};

on_both_databases!(
    texts_come_down_and_go_up_translated,
    a_file_with_a_wrong_row_changes_nothing,
    what_was_changed_meanwhile_is_stale,
    what_was_translated_meanwhile_is_not_overwritten_unseen,
    what_is_no_file_of_translations_is_said_on_its_page,
    alt_texts_come_down_and_go_up_with_the_others,
);

async fn filled(shop: &TestShop) -> (Account, Site, Browser) {
    let admin = shop.admin().await;
    let goods = Goods::named("Rope").category("Deck").tags(&["gift"]);
    let goods = goods.options(["Colour"], &[(["Red"], 1000, 5)]);
    shop.stock(goods).await;
    publish(shop, &admin, page("Story", "About us.")).await;
    let item = MenuItemForm {
        place: "footer".to_owned(),
        label: "All of it".to_owned(),
        target: "address".to_owned(),
        address: "/products".to_owned(),
        ..MenuItemForm::default()
    };
    shop.shop().menu_admin.create(&admin, item).await.unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    (admin, site, browser)
}

const FILE: &str = "/admin/translations/de/texts.csv";
const HERE: &str = "/admin/translations/de/file";

async fn upload(browser: &Browser, file: &str) -> Answer {
    let part = Part::bytes(file.as_bytes().to_vec()).file_name("texts.csv");
    let form = Form::new().text("language", "de").part("file", part);
    let request = browser.request(Method::POST, "/api/admin/translations/upload");
    browser
        .send(request.header(ACCEPT, "text/html").multipart(form))
        .await
}

/// The file with these originals translated.
fn translated(file: &str, words: &[(&str, &str)]) -> String {
    let lines = file.lines().map(|line| {
        let Some((text, was)) = line.rsplit_once(',') else {
            return line.to_owned();
        };
        let found = words
            .iter()
            .find(|(original, _)| text.ends_with(&format!(",missing,{original},")));
        match found {
            Some((_, translation)) => format!("{text}{translation},{was}"),
            None => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

const WORDS: [(&str, &str); 8] = [
    ("Deck", "An Deck"),
    ("Story", "Geschichte"),
    ("About us.", "Über uns."),
    ("All of it", "Alles"),
    ("Pick up in the shop", "Abholung"),
    ("Colour", "Farbe"),
    ("Red", "Rot"),
    ("gift", "Geschenk"),
];

async fn texts_come_down_and_go_up_translated(shop: TestShop) {
    // Before the shop speaks the language.
    let (_, _site, browser) = filled(&shop).await;
    let here = browser.page(HERE).await.expect(200).body;
    assert!(here.contains("Shoppers don’t see Deutsch yet."), "{here}");
    assert!(here.contains(&format!("href=\"{FILE}\"")), "{here}");
    let settings = browser.page("/admin/settings").await.expect(200).body;
    assert!(settings.contains(&format!("href=\"{HERE}\"")));
    let file = browser.page(FILE).await.expect(200).body;
    for (original, _) in WORDS {
        let row = format!(",de,missing,{original},,");
        assert!(file.contains(&row), "{original}: {file}");
    }
    let same = upload(&browser, &file).await.expect(303);
    assert_eq!(same.location(), format!("{HERE}?saved=0"));
    let saved = upload(&browser, &translated(&file, &WORDS))
        .await
        .expect(303);
    assert_eq!(saved.location(), format!("{HERE}?saved=8"));
    let said = browser.page(saved.location()).await.expect(200).body;
    assert!(said.contains("8 translations saved."), "{said}");
    browser.page("/de/products").await.expect(308);

    let both = shop.speaking("en,de");
    let german = both.shop().catalog.in_language(Locale::De);
    let rope = german.product("rope").await.unwrap();
    assert_eq!(rope.category.as_ref().unwrap().name, "An Deck");
    assert_eq!(rope.title_of(&rope.variants[0]), "Rot");
    assert_eq!(rope.tag_labels["gift"], "Geschenk");
    let site = both.open().await;
    let shown = site.browser().page("/de/pages/story").await.expect(200);
    assert!(shown.body.contains("Über uns.") && shown.body.contains("Alles"));
    let log = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'translation.save'";
    assert_eq!(shop.number(log).await, 1);
    let file = browser.page(FILE).await.expect(200).body;
    assert!(file.contains(",de,current,Deck,An Deck,"), "{file}");
}

async fn a_file_with_a_wrong_row_changes_nothing(shop: TestShop) {
    let (_, _site, browser) = filled(&shop).await;
    let file = browser.page(FILE).await.expect(200).body;
    let mut file = translated(&file, &[("Deck", "An Deck"), ("About us.", "[[Name]]")]);
    let line = file.lines().count() + 1;
    file.push_str("\ncategory,nothing,name,de,missing,A,B\n");
    let refused = upload(&browser, &file).await;
    let body = refused.refused().body;
    let words = format!("Line {line}: There is no such text (any more).");
    assert!(body.contains(&words), "{body}");
    assert!(body.contains("Fill in the gaps"), "{body}");
    let kept = "SELECT COUNT(*) AS n FROM translations";
    assert_eq!(shop.number(kept).await, 0);
}

async fn what_was_changed_meanwhile_is_stale(shop: TestShop) {
    let (admin, _site, browser) = filled(&shop).await;
    let file = browser.page(FILE).await.expect(200).body;
    let menus = &shop.shop().menu_admin;
    let items = menus.items(MenuPlace::Footer).await.unwrap();
    let item = items.first().expect("there is one");
    let changed = MenuItemForm {
        label: "Everything".to_owned(),
        target: "address".to_owned(),
        address: "/products".to_owned(),
        ..MenuItemForm::default()
    };
    menus.update(&admin, &item.id, changed).await.unwrap();
    let file = translated(&file, &[("All of it", "Alles")]);
    upload(&browser, &file).await.expect(303);
    let stale = "SELECT COUNT(*) AS n FROM translations WHERE stale = 1 AND text = 'Alles'";
    assert_eq!(shop.number(stale).await, 1);
}

async fn what_was_translated_meanwhile_is_not_overwritten_unseen(shop: TestShop) {
    let (_, _site, browser) = filled(&shop).await;
    let first = browser.page(FILE).await.expect(200).body;
    let deck = translated(&first, &[("Deck", "An Deck")]);
    upload(&browser, &deck).await.expect(303);
    let other = translated(&first, &[("Deck", "Oberdeck"), ("gift", "Geschenk")]);
    let body = upload(&browser, &other).await.refused().body;
    let words = "Someone else has changed this to “An Deck”. Empty the cell";
    assert!(body.contains(words), "{body}");
    let kept = "SELECT COUNT(*) AS n FROM translations";
    assert_eq!(shop.number(kept).await, 1);

    // Who has seen it replaces it, and rows that were left as they were replace nothing.
    let second = browser.page(FILE).await.expect(200).body;
    let upper = second.replace(",An Deck,", ",Oberdeck,");
    upload(&browser, &upper).await.expect(303);
    let gift = translated(&second, &[("gift", "Geschenk")]);
    let saved = upload(&browser, &gift).await.expect(303);
    assert_eq!(saved.location(), format!("{HERE}?saved=1"));
    let upper = "SELECT COUNT(*) AS n FROM translations WHERE text = 'Oberdeck'";
    assert_eq!(shop.number(upper).await, 1);
}

async fn what_is_no_file_of_translations_is_said_on_its_page(shop: TestShop) {
    let (_, _site, browser) = filled(&shop).await;
    for (file, words) in [
        (
            "Handle,Title\nrope,Rope\n",
            "This isn’t a file of translations.",
        ),
        ("", "Choose a CSV file."),
    ] {
        let refused = upload(&browser, file).await;
        let body = refused.refused().body;
        assert!(body.contains(words), "{body}");
    }
    let english = "/admin/translations/en";
    browser.page(&format!("{english}/file")).await.expect(404);
    browser
        .page(&format!("{english}/texts.csv"))
        .await
        .expect(404);
    browser
        .page("/admin/translations/fr/texts.csv")
        .await
        .expect(404);
}

async fn alt_texts_come_down_and_go_up_with_the_others(shop: TestShop) {
    let (_, _site, browser) = filled(&shop).await;
    let sources = ["/media/a.png", "/media/b.png", "/media/c.png"];
    let mug = shop.stock(Goods::named("Mug").pictured(&sources)).await;
    shop.rewrite(&mug, |draft| {
        "A mug on a hook".clone_into(&mut draft.pictures[0].alt);
        draft.pictures[1].alt.clear();
    })
    .await;
    let first = browser.page(FILE).await.expect(200).body;
    let row = |text: &str| format!("product,{},alt:/media/a.png,de,{text}", mug.id);
    assert!(first.contains(&row("missing,A mug on a hook,,")), "{first}");
    for nothing_to_say in ["b", "c"] {
        assert!(
            !first.contains(&format!("/media/{nothing_to_say}.png")),
            "{first}"
        );
    }
    let file = translated(&first, &[("A mug on a hook", "Ein Becher am Haken")]);
    let saved = upload(&browser, &file).await.expect(303);
    assert_eq!(saved.location(), format!("{HERE}?saved=1"));
    let second = browser.page(FILE).await.expect(200).body;
    let kept = row("current,A mug on a hook,Ein Becher am Haken,");
    assert!(second.contains(&kept), "{second}");
    let speaking = shop.speaking("en,de");
    let german = speaking.shop().catalog.in_language(Locale::De);
    let shown = german.product("mug").await.unwrap();
    assert_eq!(shown.pictures[0].alt, "Ein Becher am Haken");

    // Nobody overwrites it unseen.
    let other = translated(&first, &[("A mug on a hook", "Ein Becher")]);
    let body = upload(&browser, &other).await.refused().body;
    assert!(
        body.contains("Someone else has changed this to “Ein Becher am Haken”."),
        "{body}"
    );

    // A file that was made of another alt text makes a translation that is out of date.
    shop.rewrite(&mug, |draft| {
        "Two mugs".clone_into(&mut draft.pictures[0].alt)
    })
    .await;
    let outdated = browser.page(FILE).await.expect(200).body;
    assert!(
        outdated.contains(&row("outdated,Two mugs,Ein Becher am Haken,")),
        "{outdated}"
    );
    let older = second.replace("Ein Becher am Haken", "Becher am Haken");
    upload(&browser, &older).await.expect(303);
    let stale =
        "SELECT COUNT(*) AS n FROM translations WHERE stale = 1 AND text = 'Becher am Haken'";
    assert_eq!(shop.number(stale).await, 1);

    // A picture that is gone is none of the shop's texts.
    shop.rewrite(&mug, |draft| draft.pictures.clear()).await;
    let body = upload(&browser, &second).await.refused().body;
    assert!(body.contains("There is no such text (any more)."), "{body}");
}
