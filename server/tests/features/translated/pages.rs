//! Translations of pages as they are kept and read.

use std::sync::Arc;

use app::{
    error::ErrorKind,
    locale::Locale,
    pages::{ports::Pages, types::PageForm},
};
use desk::admin::translations::{ports::TranslationState, types::TextForm};

use super::{field, fields, page, publish, state, translate, typed};
use crate::support::{TestShop, on_both_databases};

on_both_databases!(
    a_page_is_shown_in_each_language_on_every_node_at_the_reply,
    what_is_not_translated_is_shown_as_it_is_written,
    links_to_pages_of_the_shop_keep_the_language,
    a_changed_original_makes_its_translation_stale_until_it_fits,
    a_page_is_deleted_with_its_translations,
    gaps_are_filled_in_before_anybody_sees_them,
    nobody_overwrites_a_translation_they_have_not_seen,
    what_is_wrong_is_said_at_its_field_and_nothing_is_written,
    saving_is_in_the_audit_log,
    the_demo_speaks_every_language,
);

fn german(shop: &TestShop) -> Arc<dyn Pages> {
    shop.shop().pages.in_language(Locale::De)
}

async fn title(pages: &Arc<dyn Pages>, slug: &str) -> String {
    let look = pages.page(slug).await.unwrap();
    look.page.as_ref().unwrap().title.clone()
}

async fn html(pages: &Arc<dyn Pages>, slug: &str) -> String {
    let look = pages.page(slug).await.unwrap();
    look.page.as_ref().unwrap().html.clone()
}

async fn a_page_is_shown_in_each_language_on_every_node_at_the_reply(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let other = shop.second_node();
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story", "About us.")).await;
    for round in 0..3 {
        let titled = format!("Geschichte {round}");
        let texts = [("title", titled.as_str()), ("body", "*Über* uns.")];
        translate(&shop, &admin, &saved.id, &texts).await;
        for node in [&shop, &other, &shop] {
            let english = node.shop().pages.in_language(Locale::En);
            assert_eq!(title(&german(node), "story").await, titled);
            assert!(html(&german(node), "story").await.contains("<em>Über</em>"));
            assert_eq!(title(&english, "story").await, "Story");
            assert!(html(&english, "story").await.contains("About us."));
        }
    }
}

async fn what_is_not_translated_is_shown_as_it_is_written(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let form = PageForm {
        seo_title: "The story of the shop".to_owned(),
        seo_description: "Who we are.".to_owned(),
        ..page("Story", "About us.")
    };
    let saved = publish(&shop, &admin, form).await;
    let look = german(&shop).page("story").await.unwrap();
    let shown = look.page.clone().unwrap();
    assert_eq!(shown.title, "Story");
    assert_eq!(shown.seo_title.as_deref(), Some("The story of the shop"));
    translate(&shop, &admin, &saved.id, &[("title", "Geschichte")]).await;
    let look = german(&shop).page("story").await.unwrap();
    let shown = look.page.clone().unwrap();
    assert!(shown.html.contains("About us."));
    // What is written for search engines in English does not fit a German title.
    assert_eq!(shown.seo_title, None);
    assert_eq!(shown.seo_description.as_deref(), Some("Who we are."));
}

async fn links_to_pages_of_the_shop_keep_the_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let body = "[Terms](/pages/terms) [elsewhere](https://example.com/pages/terms)";
    publish(&shop, &admin, page("Story", body)).await;
    let english = shop.shop().pages.in_language(Locale::En);
    for (pages, link) in [
        (english, "href=\"/pages/terms\""),
        (german(&shop), "href=\"/de/pages/terms\""),
    ] {
        let html = html(&pages, "story").await;
        assert!(html.contains(link), "{html}");
        assert!(html.contains("href=\"https://example.com/pages/terms\""));
    }
}

async fn a_changed_original_makes_its_translation_stale_until_it_fits(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story", "About us.")).await;
    assert_eq!(state(&shop, &saved.id).await, TranslationState::Missing);
    translate(&shop, &admin, &saved.id, &[("title", "Geschichte")]).await;
    assert_eq!(state(&shop, &saved.id).await, TranslationState::Missing);
    translate(&shop, &admin, &saved.id, &[("body", "Über uns.")]).await;
    assert_eq!(state(&shop, &saved.id).await, TranslationState::Current);
    let pages = &shop.shop().page_admin;
    let edited = page("Story", "About all of us.");
    pages.update(&admin, &saved.id, edited).await.unwrap();
    assert_eq!(state(&shop, &saved.id).await, TranslationState::Stale);
    assert!(html(&german(&shop), "story").await.contains("Über uns."));
    let shown = fields(&shop, &saved.id).await;
    assert_eq!(field(&shown, "title").state, TranslationState::Current);
    let body = field(&shown, "body");
    assert_eq!(body.state, TranslationState::Stale);
    // The original comes back.
    let again = page("Story", "About us.");
    pages.update(&admin, &saved.id, again).await.unwrap();
    assert_eq!(state(&shop, &saved.id).await, TranslationState::Current);
    let edited = page("Story", "About all of us.");
    pages.update(&admin, &saved.id, edited).await.unwrap();
    let confirmed = TextForm {
        confirm: "1".to_owned(),
        ..typed(body, "Über uns.")
    };
    let port = &shop.shop().page_translations;
    port.save_page(&admin, &saved.id, Locale::De, vec![confirmed])
        .await
        .unwrap();
    assert_eq!(state(&shop, &saved.id).await, TranslationState::Current);
}

async fn a_page_is_deleted_with_its_translations(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story", "About us.")).await;
    translate(&shop, &admin, &saved.id, &[("title", "Geschichte")]).await;
    let pages = &shop.shop().page_admin;
    pages.delete(&admin, &saved.id, "").await.unwrap();
    let left = "SELECT COUNT(*) AS n FROM translations";
    assert_eq!(shop.number(left).await, 0);
}

async fn gaps_are_filled_in_before_anybody_sees_them(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let port = &shop.shop().page_translations;
    let saved = publish(&shop, &admin, page("Imprint", "Ours.")).await;
    let shown = fields(&shop, &saved.id).await;
    let gap = typed(field(&shown, "body"), "Von [[Firma]].");
    let forms = vec![typed(field(&shown, "title"), "Impressum"), gap.clone()];
    let refused = port.save_page(&admin, &saved.id, Locale::De, forms).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.fields[0].field, "texts[1][text]");
    assert!(refused.message.ends_with("Firma"), "{refused}");
    assert_eq!(title(&german(&shop), "imprint").await, "Imprint");
    // A draft may have them, but is not published with them.
    let draft = PageForm {
        state: "draft".to_owned(),
        ..page("Imprint", "Ours.")
    };
    let pages = &shop.shop().page_admin;
    pages.update(&admin, &saved.id, draft).await.unwrap();
    port.save_page(&admin, &saved.id, Locale::De, vec![gap])
        .await
        .unwrap();
    let whole = page("Imprint", "Ours.");
    let refused = pages.update(&admin, &saved.id, whole.clone()).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.fields[0].field, "state");
    assert!(refused.message.contains("Deutsch"), "{refused}");
    translate(&shop, &admin, &saved.id, &[("body", "Von uns.")]).await;
    pages.update(&admin, &saved.id, whole).await.unwrap();
    assert!(html(&german(&shop), "imprint").await.contains("Von uns."));
}

async fn nobody_overwrites_a_translation_they_have_not_seen(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story", "About us.")).await;
    let before = fields(&shop, &saved.id).await;
    translate(&shop, &admin, &saved.id, &[("title", "Geschichte")]).await;
    let late = typed(field(&before, "title"), "Historie");
    let port = &shop.shop().page_translations;
    let refused = port.save_page(&admin, &saved.id, Locale::De, vec![late]);
    let refused = refused.await.unwrap_err();
    assert!(refused.message.contains("Geschichte"), "{refused}");
    assert_eq!(title(&german(&shop), "story").await, "Geschichte");
}

async fn what_is_wrong_is_said_at_its_field_and_nothing_is_written(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story", "About us.")).await;
    let port = &shop.shop().page_translations;
    let shown = fields(&shop, &saved.id).await;
    let long = "x".repeat(151);
    for (name, text) in [
        ("title", long.as_str()),
        ("title", "a\nb"),
        ("body", "a\0b"),
        ("seo_description", "a\0b"),
    ] {
        let forms = vec![typed(field(&shown, name), text)];
        let refused = port.save_page(&admin, &saved.id, Locale::De, forms).await;
        assert_eq!(refused.unwrap_err().fields[0].field, "texts[0][text]");
    }
    let english = port.save_page(&admin, &saved.id, Locale::En, Vec::new());
    assert_eq!(english.await.unwrap_err().fields[0].field, "language");
    for id in ["", "x", "\0"] {
        let gone = port.save_page(&admin, id, Locale::De, Vec::new()).await;
        assert_eq!(gone.unwrap_err().kind, ErrorKind::NotFound);
        let gone = port.page(id, Locale::De).await;
        assert_eq!(gone.unwrap_err().kind, ErrorKind::NotFound);
    }
    let kept = "SELECT COUNT(*) AS n FROM translations";
    assert_eq!(shop.number(kept).await, 0);
}

async fn saving_is_in_the_audit_log(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story", "About us.")).await;
    translate(&shop, &admin, &saved.id, &[("title", "Geschichte")]).await;
    let noted = format!(
        "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'translation.save' \
         AND subject_kind = 'page' AND subject_id = '{}' AND after_json LIKE '%Geschichte%'",
        saved.id
    );
    assert_eq!(shop.number(&noted).await, 1);
    // What changes nothing is no entry.
    translate(&shop, &admin, &saved.id, &[("title", "Geschichte")]).await;
    assert_eq!(shop.number(&noted).await, 1);
}

async fn the_demo_speaks_every_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    server::menus::demo::seed(shop.db(), &*shop.clock, Locale::En)
        .await
        .unwrap();
    let progress = shop.shop().page_translations.pages().await.unwrap();
    assert_eq!(progress.len(), 7);
    let is_current = |states: &Vec<(Locale, TranslationState)>| {
        states[..] == [(Locale::De, TranslationState::Current)]
    };
    assert!(progress.values().all(is_current), "{progress:?}");
    let pages = german(&shop);
    assert_eq!(title(&pages, "imprint").await, "Impressum");
    assert!(!html(&pages, "imprint").await.contains("[["));
    let menus = shop.shop().menus.in_language(Locale::De);
    let menus = menus.shown().await.unwrap();
    let columns = menus.footer.as_ref().unwrap();
    assert_eq!(columns[1].label, "Informationen");
    assert_eq!(columns[1].below[0].label, "Impressum");
}
