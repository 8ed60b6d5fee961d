//! Translations of pages and menus over HTTP.

use app::{menus::types::MenuItemForm, pages::types::PageForm};

use super::{page, publish};
use crate::support::{ADMIN, TestShop, on_both_databases};

on_both_databases!(
    a_page_and_its_menu_are_translated_by_plain_forms,
    a_translation_can_begin_with_the_template_of_its_language,
    a_refused_translation_keeps_what_was_typed,
    a_shop_of_one_language_has_nothing_to_translate,
);

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("there is a field {name}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

fn footer_item(page: &str) -> MenuItemForm {
    MenuItemForm {
        place: "footer".to_owned(),
        label: "Our story".to_owned(),
        target: format!("page:{page}"),
        ..MenuItemForm::default()
    }
}

async fn a_page_and_its_menu_are_translated_by_plain_forms(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story", "[Cart](/cart)")).await;
    let item = footer_item(&saved.id);
    shop.shop().menu_admin.create(&admin, item).await.unwrap();
    let other = shop.second_node();
    let (site, second) = (shop.open().await, other.open().await);
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let shopper = second.browser();
    for path in ["/pages/story", "/de/pages/story", "/de", "/"] {
        shopper.page(path).await.expect(200);
    }

    let editor = browser.page(&format!("/admin/pages/{}", saved.id)).await;
    let form = format!("/admin/pages/{}/translations/de", saved.id);
    let link = format!("href=\"{form}\"");
    assert!(editor.expect(200).body.contains(&link));
    let list = browser.page("/admin/pages").await.expect(200).body;
    assert!(list.contains("Deutsch: missing"), "{list}");
    let shown = browser.page(&form).await.expect(200).body;
    let (was, source) = (
        hidden(&shown, "texts[0][was]"),
        hidden(&shown, "texts[0][source]"),
    );
    let fields = [
        ("id", saved.id.as_str()),
        ("language", "de"),
        ("page", form.as_str()),
        ("texts[0][name]", "title"),
        ("texts[0][text]", "Unsere Geschichte"),
        ("texts[0][was]", &was),
        ("texts[0][source]", &source),
        ("texts[1][name]", "body"),
        ("texts[1][text]", "[Warenkorb](/cart)"),
    ];
    let answer = browser.submit("/api/admin/translations/page", &fields);
    let answer = answer.await.expect(303);
    assert_eq!(answer.location(), format!("{form}?saved=1"));
    let german = shopper.page("/de/pages/story").await.expect(200).body;
    assert!(german.contains("Unsere Geschichte"));
    let link = "href=\"/de/cart\" rel=\"nofollow noopener\">Warenkorb</a>";
    assert!(german.contains(link), "{german}");
    let english = shopper.page("/pages/story").await.expect(200).body;
    assert!(!english.contains("Unsere Geschichte"));

    let form = "/admin/translations/de/menus";
    let list = browser.page("/admin/menus").await.expect(200).body;
    assert!(list.contains(&format!("href=\"{form}\"")));
    assert!(list.contains("Deutsch: missing"));
    let shown = browser.page(form).await.expect(200).body;
    let name = hidden(&shown, "texts[0][name]");
    let fields = [
        ("language", "de"),
        ("page", form),
        ("texts[0][name]", name.as_str()),
        ("texts[0][text]", "Über uns <b>"),
    ];
    let answer = browser.submit("/api/admin/translations/menus", &fields);
    let answer = answer.await.expect(303);
    assert_eq!(answer.location(), format!("{form}?saved=1"));
    for path in ["/de", "/de/products", "/de/pages/story"] {
        let page = shopper.page(path).await.expect(200).body;
        assert!(page.contains("Über uns &lt;b&gt;"), "{path}");
    }
    let home = shopper.page("/").await.expect(200).body;
    assert!(home.contains("Our story") && !home.contains("Über uns"));
}

async fn a_translation_can_begin_with_the_template_of_its_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let imprint = PageForm {
        kind: "imprint".to_owned(),
        ..page("Imprint", "Ours.")
    };
    let saved = publish(&shop, &admin, imprint).await;
    let story = publish(&shop, &admin, page("Story", "About us.")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let form = format!("/admin/pages/{}/translations/de", saved.id);
    let shown = browser.page(&form).await.expect(200).body;
    let link = format!("href=\"{form}?template=1\"");
    let gaps = "class=\"page-gaps\"";
    assert!(shown.contains(&link) && !shown.contains(gaps), "{shown}");
    let shown = browser.page(&format!("{form}?template=1")).await;
    let shown = shown.expect(200).body;
    assert!(shown.contains("value=\"Impressum\""), "{shown}");
    assert!(shown.contains("[[") && shown.contains(gaps));
    let kept = "SELECT COUNT(*) AS n FROM translations";
    assert_eq!(shop.number(kept).await, 0);
    let form = format!("/admin/pages/{}/translations/de", story.id);
    for path in [form.clone(), format!("{form}?template=1")] {
        let shown = browser.page(&path).await.expect(200).body;
        assert!(!shown.contains(&format!("href=\"{form}?")) && !shown.contains(gaps));
    }
}

async fn a_refused_translation_keeps_what_was_typed(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story", "About us.")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let form = format!("/admin/pages/{}/translations/de", saved.id);
    let fields = [
        ("id", saved.id.as_str()),
        ("language", "de"),
        ("page", form.as_str()),
        ("texts[0][name]", "title"),
        ("texts[0][text]", "Geschichte"),
        ("texts[1][name]", "body"),
        ("texts[1][text]", "[[Firma]] </textarea><script>x</script>"),
    ];
    let refused = browser.submit("/api/admin/translations/page", &fields);
    let refused = refused.await.refused().body;
    assert!(refused.contains("value=\"Geschichte\""), "{refused}");
    assert!(refused.contains("id=\"texts[1][text]-error\""));
    assert!(refused.contains("[[Firma]] &lt;/textarea&gt;"));
    assert!(!refused.contains("<script>x"));
    for gone in [
        format!("/admin/pages/{}/translations/en", saved.id),
        format!("/admin/pages/{}/translations/xx", saved.id),
        "/admin/translations/en/menus".to_owned(),
    ] {
        browser.page(&gone).await.expect(404);
    }
}

async fn a_shop_of_one_language_has_nothing_to_translate(shop: TestShop) {
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story", "About us.")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    for path in [
        "/admin/pages".to_owned(),
        format!("/admin/pages/{}", saved.id),
        "/admin/menus".to_owned(),
    ] {
        let page = browser.page(&path).await.expect(200).body;
        assert!(!page.contains("/translations/"), "{path}");
    }
}
