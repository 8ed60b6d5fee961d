//! Translations over HTTP: pages in their language, the form without script, and what is kept.

use crate::support::{ADMIN, Goods, TestShop, on_both_databases};

on_both_databases!(
    a_page_shows_the_translation_from_the_reply_on,
    a_refused_form_keeps_what_was_typed_and_marks_the_field,
    the_editor_leads_to_each_language,
);

const SAVE: &str = "/api/admin/translations/product";

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("there is a field {name}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn a_page_shows_the_translation_from_the_reply_on(shop: TestShop) {
    let shop = shop.speaking("en,de");
    shop.admin().await;
    let rope = shop
        .stock(Goods::named("Rope").described("<p>Strong</p>"))
        .await;
    let other = shop.second_node();
    let (site, second) = (shop.open().await, other.open().await);
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let shopper = second.browser();
    let form = format!("/admin/products/{}/translations/de", rope.id);
    for title in ["Seil", "Reepschnur"] {
        // Kept in both languages before it changes.
        for path in ["/products/rope", "/de/products/rope", "/de/products", "/de"] {
            shopper.page(path).await.expect(200);
        }
        let page = admin.page(&form).await.expect(200);
        let was = hidden(&page.body, "texts[0][was]");
        let source = hidden(&page.body, "texts[0][source]");
        let fields = [
            ("id", rope.id.as_str()),
            ("language", "de"),
            ("page", form.as_str()),
            ("texts[0][name]", "title"),
            ("texts[0][text]", title),
            ("texts[0][was]", &was),
            ("texts[0][source]", &source),
        ];
        let saved = admin.submit(SAVE, &fields).await.expect(303);
        assert_eq!(saved.location(), format!("{form}?saved=1"));
        for path in ["/de/products/rope", "/de/products", "/de"] {
            let page = shopper.page(path).await.expect(200);
            assert!(page.body.contains(title), "{path} says {title}");
        }
        let page = shopper.page("/products/rope").await.expect(200);
        assert!(page.body.contains("Rope") && !page.body.contains(title));
        let json = shopper.read("/de/api/products/rope").await.expect(200);
        assert_eq!(json.json()["title"], title);
        let json = shopper.read("/api/products/rope").await.expect(200);
        assert_eq!(json.json()["title"], "Rope");
    }
    // What is not translated is shown as it is written.
    let page = shopper.page("/de/products/rope").await.expect(200);
    assert!(page.body.contains("<p>Strong</p>"));
}

async fn a_refused_form_keeps_what_was_typed_and_marks_the_field(shop: TestShop) {
    let shop = shop.speaking("en,de");
    shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let form = format!("/admin/products/{}/translations/de", rope.id);
    let long = "Seil ".repeat(80);
    let fields = [
        ("id", rope.id.as_str()),
        ("language", "de"),
        ("page", form.as_str()),
        ("texts[0][name]", "title"),
        ("texts[0][text]", long.as_str()),
        ("texts[1][name]", "description"),
        ("texts[1][text]", "</textarea><script>x</script>"),
    ];
    let refused = admin.submit(SAVE, &fields).await.refused();
    assert!(refused.body.contains(long.trim_end()));
    assert!(refused.body.contains("id=\"texts[0][text]-error\""));
    assert!(refused.body.contains("&lt;/textarea&gt;"));
    assert!(!refused.body.contains("<script>x"));
    admin
        .page(&format!("/admin/products/{}/translations/en", rope.id))
        .await
        .expect(404);
}

async fn the_editor_leads_to_each_language(shop: TestShop) {
    shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let editor = format!("/admin/products/{}", rope.id);
    for (languages, is_there) in [("en", false), ("en,de", true)] {
        let shop = shop.speaking(languages);
        let site = shop.open().await;
        let admin = site.browser();
        admin.sign_in(ADMIN).await.expect(200);
        let page = admin.page(&editor).await.expect(200);
        let link = format!("href=\"{editor}/translations/de\"");
        assert_eq!(page.body.contains(&link), is_there, "{languages}");
        let list = admin.page("/admin/products").await.expect(200);
        let links = list.body.contains("href=\"/admin/translations/de\"");
        assert_eq!(links, is_there, "{languages}");
        let choice = list.body.contains("value=\"stale-de\"");
        assert_eq!(choice, is_there, "{languages}");
    }
}
