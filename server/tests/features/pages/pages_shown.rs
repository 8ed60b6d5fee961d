//! Pages as a browser without script finds them.

use app::pages::types::PageForm;

use super::{page, publish};
use crate::support::{ADMIN, TestShop, on_both_databases};

on_both_databases!(
    an_edit_is_read_at_its_reply_on_all_nodes,
    a_kept_page_ends_when_its_page_begins,
    an_old_address_is_sent_on,
    nothing_typed_into_a_page_runs,
    a_preview_stores_nothing_and_comes_back_with_what_was_typed,
    a_refused_form_comes_back_with_what_was_typed,
    published_pages_are_in_the_sitemap,
);

async fn an_edit_is_read_at_its_reply_on_all_nodes(shop: TestShop) {
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story")).await.unwrap();
    let site = shop.open().await;
    let (reader, editor) = (site.browser(), site.browser());
    editor.sign_in(ADMIN).await.expect(200);
    let kept = reader.page("/pages/story").await.expect(200);
    assert_eq!(kept.header("cache-control"), "public, no-cache");
    assert!(kept.body.contains("About Story."));
    let path = format!("/admin/pages/{}", saved.id);
    let fields = [
        ("page", path.as_str()),
        ("id", saved.id.as_str()),
        ("version", "1"),
        ("kind", "free"),
        ("title", "Story"),
        ("body", "## Since 1921\n\n[Ropes](/products?q=rope)"),
        ("state", "published"),
    ];
    let answer = editor.submit("/api/admin/pages/update", &fields).await;
    let location = answer.expect(303).location().to_owned();
    assert!(editor.page(&location).await.body.contains("Page saved."));
    let page = reader.page("/pages/story").await.expect(200);
    assert!(page.body.contains("<h2>Since 1921</h2>"), "{}", page.body);
    assert!(page.body.contains("href=\"/products?q=rope\""));
}

async fn a_kept_page_ends_when_its_page_begins(shop: TestShop) {
    let admin = shop.admin().await;
    let form = PageForm {
        publish_at: "2025-10-09T10:00".to_owned(),
        ..page("Winter")
    };
    let saved = publish(&shop, &admin, form).await.unwrap();
    let from = saved.publish_at.unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    for _ in 0..3 {
        browser.page("/pages/winter").await.expect(404);
    }
    shop.clock.set(from - 1);
    browser.page("/pages/winter").await.expect(404);
    shop.clock.set(from);
    let page = browser.page("/pages/winter").await.expect(200);
    assert!(page.body.contains("About Winter."));
}

async fn an_old_address_is_sent_on(shop: TestShop) {
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story")).await.unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    browser.page("/pages/story").await.expect(200);
    let form = PageForm {
        slug: "about-us".to_owned(),
        ..page("Story")
    };
    let pages = &shop.shop().page_admin;
    pages.update(&admin, &saved.id, form).await.unwrap();
    let moved = browser.page("/pages/story").await.expect(308);
    assert_eq!(moved.location(), "/pages/about-us");
    browser.page("/pages/about-us").await.expect(200);
}

/// What must never be in a page as it is written here.
const CORPUS: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "<a href=\"javascript:alert(1)\">x</a>",
];

async fn nothing_typed_into_a_page_runs(shop: TestShop) {
    let actor = shop.admin().await;
    let site = shop.open().await;
    let (browser, admin) = (site.browser(), site.browser());
    admin.sign_in(ADMIN).await.expect(200);
    for (at, evil) in CORPUS.into_iter().enumerate() {
        let form = PageForm {
            slug: format!("evil-{at}"),
            title: evil.to_owned(),
            body: evil.to_owned(),
            seo_title: evil.to_owned(),
            seo_description: evil.to_owned(),
            ..page("Evil")
        };
        let saved = publish(&shop, &actor, form).await.unwrap();
        let editor = format!("/admin/pages/{}", saved.id);
        let pages = [
            browser.page(&format!("/pages/evil-{at}")).await,
            admin.page(&editor).await,
            admin.page("/admin/pages").await,
        ];
        for page in pages {
            let page = page.expect(200).body;
            for bad in [
                "<script>alert",
                "<img src=x",
                "<svg/onload",
                "<a href=\"javascript:",
            ] {
                assert!(!page.contains(bad), "{evil}: {bad}");
            }
        }
    }
}

async fn a_preview_stores_nothing_and_comes_back_with_what_was_typed(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let fields = [
        ("kind", "imprint"),
        ("title", "Imprint"),
        ("body", "**Bold** [[Your name]]"),
        ("state", "draft"),
        ("contact_email", ""),
    ];
    let json = admin.call("/api/admin/pages/preview", &fields).await;
    let json = json.expect(200).json();
    assert_eq!(json["gaps"][0], "Your name");
    assert!(
        json["html"]
            .as_str()
            .unwrap()
            .contains("<strong>Bold</strong>")
    );
    let page = admin.submit("/api/admin/pages/preview", &fields).await;
    let page = page.expect(200).body;
    assert!(page.contains("<strong>Bold</strong>"));
    assert!(page.contains("**Bold** [[Your name]]"));
    assert!(page.contains("<li>Your name</li>"));
    assert!(page.contains("Not saved yet."));
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM pages").await, 0);
}

async fn a_refused_form_comes_back_with_what_was_typed(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let template = admin.page("/admin/pages/new?template=terms-de").await;
    let template = template.expect(200).body;
    assert!(template.contains("Allgemeine Geschäftsbedingungen"));
    assert!(template.contains("[[Firma]]"));
    let fields = [
        ("page", "/admin/pages/new"),
        ("kind", "terms"),
        ("title", "Our terms"),
        ("body", "Between you and [[Company]]."),
        ("state", "published"),
    ];
    let page = admin.submit("/api/admin/pages/create", &fields).await;
    let page = page.refused().body;
    assert!(page.contains("Between you and [[Company]]."));
    assert!(page.contains("value=\"Our terms\""));
    assert!(page.contains("id=\"body-error\""));
    assert!(page.contains("Fill in the gaps before you publish: Company"));
}

async fn published_pages_are_in_the_sitemap(shop: TestShop) {
    let admin = shop.admin().await;
    publish(&shop, &admin, page("Story")).await.unwrap();
    let draft = PageForm {
        state: "draft".to_owned(),
        ..page("Secret")
    };
    publish(&shop, &admin, draft).await.unwrap();
    let site = shop.open().await;
    let map = site.browser().read("/sitemap.xml").await.expect(200).body;
    assert!(map.contains("/pages/story</loc>"), "{map}");
    assert!(!map.contains("/pages/secret"), "{map}");
}
