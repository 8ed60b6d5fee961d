//! The editor of categories.

use desk::admin::categories::types::CategoryForm;
use reqwest::{
    Method,
    header::ACCEPT,
    multipart::{Form, Part},
};
use server::pictures::media::{demo_names, demo_picture};

use super::{super::evil, change, made, named};
use crate::support::{ADMIN, Answer, Browser, Goods, Site, TestShop, on_both_databases};

on_both_databases!(
    an_edit_made_from_an_older_version_is_refused_with_what_was_typed,
    a_picture_is_encoded_again_and_shown,
    what_is_typed_is_never_a_script,
    a_refused_form_repeats_what_was_typed_and_marks_the_field,
);

async fn at_the_desk(shop: &TestShop) -> (Site, Browser) {
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    (site, browser)
}

async fn an_edit_made_from_an_older_version_is_refused_with_what_was_typed(shop: TestShop) {
    let actor = shop.admin().await;
    let deck = made(&shop, &actor, named("Deck")).await;
    let (_site, browser) = at_the_desk(&shop).await;
    change(&shop, &actor, &deck, named("Quay")).await.unwrap();
    let fields = [
        ("id", deck.id.as_str()),
        ("version", "1"),
        ("name", "Harbour"),
        ("slug", "deck"),
    ];
    let refused = browser
        .submit("/api/admin/categories/update", &fields)
        .await;
    let refused = refused.refused().body;
    assert!(refused.contains("value=\"Harbour\""));
    assert!(refused.contains("Current value: Quay"));
    assert!(refused.contains("name=\"version\" value=\"2\""));
    let fields = [("version", "2"), fields[0], fields[2], fields[3]];
    let saved = browser
        .submit("/api/admin/categories/update", &fields)
        .await;
    let location = format!("/admin/categories/{}?done=saved", deck.id);
    assert_eq!(saved.expect(303).location(), location);
}

async fn upload(browser: &Browser, id: &str, bytes: Vec<u8>) -> Answer {
    let form = Form::new()
        .text("id", id.to_owned())
        .part("file", Part::bytes(bytes).file_name("x.png"));
    let request = browser
        .request(Method::POST, "/api/admin/categories/picture")
        .header(ACCEPT, "text/html");
    browser.send(request.multipart(form)).await
}

async fn a_picture_is_encoded_again_and_shown(shop: TestShop) {
    let actor = shop.admin().await;
    let deck = made(&shop, &actor, named("Deck")).await;
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let (_site, browser) = at_the_desk(&shop).await;
    let refused = upload(&browser, &deck.id, b"<svg onload='evil()'/>".to_vec()).await;
    let refused = refused.refused().body;
    assert!(refused.contains("This is not a PNG, JPEG or WebP picture."));
    assert!(refused.contains("id=\"file-error\""));
    upload(&browser, &server::ids::new_id(), Vec::new())
        .await
        .expect(404);
    let picture = demo_picture(&demo_names()[0]).unwrap().into_owned();
    let stored = upload(&browser, &deck.id, picture.clone()).await;
    let location = format!("/admin/categories/{}?done=picture", deck.id);
    assert_eq!(stored.expect(303).location(), location);
    let text = shop.shop().catalog.category_text("deck").await.unwrap();
    let src = text.picture_src.clone().unwrap();
    let page = browser.page("/categories/deck").await.expect(200);
    assert!(page.body.contains(&format!("src=\"{src}\"")));
    let sent = browser.request(Method::GET, &src).send().await.unwrap();
    assert_eq!(sent.headers()["content-type"], "image/webp");
    assert_ne!(sent.bytes().await.unwrap(), picture, "it is encoded again");
    let home = browser.page("/").await.expect(200);
    assert!(home.body.contains(&src), "its tile shows it");
    let fields = [("id", deck.id.as_str())];
    browser
        .submit("/api/admin/categories/picture/remove", &fields)
        .await
        .expect(303);
    let page = browser.page("/categories/deck").await.expect(200);
    assert!(!page.body.contains(&src));
}

async fn what_is_typed_is_never_a_script(shop: TestShop) {
    let actor = shop.admin().await;
    let (site, browser) = at_the_desk(&shop).await;
    let guest = site.browser();
    for (number, text) in evil::TEXTS.iter().enumerate() {
        let slug = format!("evil-{number}");
        let form = CategoryForm {
            name: format!("{text} {number}"),
            slug: slug.clone(),
            parent: String::new(),
            description_html: (*text).to_owned(),
        };
        let saved = made(&shop, &actor, form).await;
        let name = format!("{text} {number}");
        shop.stock(Goods::named(&format!("Thing {number}")).category(&name))
            .await;
        for page in [
            guest.page(&format!("/categories/{slug}")).await,
            guest.page(&format!("/products/thing-{number}")).await,
            guest.page("/").await,
            browser.page("/admin/categories").await,
            browser
                .page(&format!("/admin/categories/{}", saved.id))
                .await,
        ] {
            evil::assert_harmless(&page.expect(200));
        }
        // A form that was refused repeats all of it.
        let fields = [
            ("id", saved.id.as_str()),
            ("version", "0"),
            ("name", text),
            ("slug", text),
            ("parent", text),
            ("description_html", text),
        ];
        let refused = browser
            .submit("/api/admin/categories/update", &fields)
            .await;
        evil::assert_harmless(&refused.refused());
    }
}

async fn a_refused_form_repeats_what_was_typed_and_marks_the_field(shop: TestShop) {
    let actor = shop.admin().await;
    made(&shop, &actor, named("Deck")).await;
    let (_site, browser) = at_the_desk(&shop).await;
    let create = "/api/admin/categories/create";
    let refused = browser.submit(create, &[("name", " DECK ")]).await;
    let refused = refused.refused().body;
    assert!(refused.contains("value=\" DECK \""));
    assert!(refused.contains("id=\"name-error\""));
    assert!(refused.contains("Another category has this name."));
    let made = browser
        .submit(create, &[("name", "Quay")])
        .await
        .expect(303);
    assert!(made.location().starts_with("/admin/categories/"));
    assert!(made.location().ends_with("?done=created"));
    let page = browser.page(made.location()).await.expect(200);
    assert!(page.body.contains("Category created."));
    let wrong = [("id", "x"), ("to", "sideways")];
    let refused = browser.call("/api/admin/categories/move", &wrong).await;
    assert_eq!(refused.expect(422).fields(), ["to"]);
}
