//! Pages in another language than the default one, whose addresses begin with it.

use app::identity::Role;

use crate::support::{ADMIN, Browser, Goods, STAFF, TestShop, cash, on_both_databases};

on_both_databases!(
    a_page_is_in_the_language_of_its_address,
    a_language_that_the_shop_does_not_speak_leads_to_the_default,
    an_owner_turns_languages_on_and_off_on_all_nodes_at_once,
    search_engines_are_told_of_every_language,
    forms_and_redirects_keep_the_language,
    kept_pages_of_two_languages_are_two_pages,
    the_admin_area_is_in_the_language_of_the_account,
    staff_are_refused_in_their_language,
    papers_are_in_the_language_of_their_order,
);

async fn a_page_is_in_the_language_of_its_address(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope").price(123_450)).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let english = browser.page("/cart").await.expect(200);
    for shown in [
        "<html lang=\"en\">",
        "Your cart",
        "1 item",
        "€1,234.50",
        "action=\"/api/cart/remove\"",
        "href=\"/de/cart\"",
    ] {
        assert!(english.body.contains(shown), "{shown}");
    }
    let german = browser.page("/de/cart").await.expect(200);
    for shown in [
        "<html lang=\"de\">",
        "Ihr Warenkorb",
        "1 Artikel",
        "1.234,50\u{a0}€",
        "action=\"/de/api/cart/remove\"",
        "href=\"/de/products/rope\"",
        "href=\"/cart\"",
    ] {
        assert!(german.body.contains(shown), "{shown}");
    }
    assert!(!german.body.contains("Your cart"));
    let nothing = browser.page("/de/nothing").await.expect(404);
    assert!(nothing.body.contains("Seite nicht gefunden"));
}

async fn a_language_that_the_shop_does_not_speak_leads_to_the_default(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    for (old, default) in [
        ("/de/cart", "/cart"),
        ("/de", "/"),
        ("/de/products?q=a&sort=name", "/products?q=a&sort=name"),
        ("/en/cart", "/cart"),
    ] {
        let sent_on = browser.page(old).await.expect(308);
        assert_eq!(sent_on.location(), default, "{old}");
    }
    browser.page("/fr/cart").await.expect(404);
    let page = browser.page("/cart").await.expect(200);
    assert!(
        !page.body.contains("hreflang"),
        "there is nothing to choose"
    );

    let german = shop.speaking("de,en");
    let site = german.open().await;
    let browser = site.browser();
    let sent_on = browser.page("/de/cart").await.expect(308);
    assert_eq!(sent_on.location(), "/cart");
    let page = browser.page("/cart").await.expect(200);
    assert!(page.body.contains("Ihr Warenkorb ist leer"));
    let page = browser.page("/en/cart").await.expect(200);
    assert!(page.body.contains("Your cart is empty"));
}

const SAVE: &str = "/api/admin/settings/save";

/// The settings of a new shop, with these languages.
fn settings<'a>(version: &'a str, default: &'a str, ticked: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("version", version),
        ("name", "Holdfast"),
        ("currency", "EUR"),
        ("tax", "19"),
        ("time_zone", "UTC"),
        ("payment_hold_minutes", "30"),
        ("cart_days", "30"),
        ("low_stock", "5"),
        ("rates[0][id]", "standard"),
        ("rates[0][name]", "Standard"),
        ("rates[0][price]", "4.90"),
        ("default_language", default),
        ("languages[]", ""),
    ];
    fields.extend(ticked.iter().map(|code| ("languages[]", *code)));
    fields
}

async fn an_owner_turns_languages_on_and_off_on_all_nodes_at_once(shop: TestShop) {
    shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let other = shop.second_node();
    let (site, second) = (shop.open().await, other.open().await);
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let shopper = second.browser();
    let product = format!("/products/{}", rope.slug);
    let german = format!("/de{product}");

    let page = shopper.page(&product).await.expect(200);
    assert!(!page.body.contains("hreflang"));
    shopper.page(&german).await.expect(308);

    let both = settings("0", "en", &["en", "de"]);
    admin.call(SAVE, &both).await.expect(200);
    let page = shopper.page(&german).await.expect(200);
    assert!(page.body.contains("In den Warenkorb"));
    let page = shopper.page(&product).await.expect(200);
    assert!(page.body.contains("Add to cart"));
    assert!(page.body.contains("hreflang=\"de\""));

    let german_first = settings("1", "de", &["en", "de"]);
    admin.call(SAVE, &german_first).await.expect(200);
    let page = shopper.page(&product).await.expect(200);
    assert!(page.body.contains("In den Warenkorb"));
    assert!(page.body.contains("<html lang=\"de\">"));
    let page = shopper.page(&format!("/en{product}")).await.expect(200);
    assert!(page.body.contains("Add to cart"));
    let old = shopper.page(&german).await.expect(308);
    assert_eq!(old.location(), product);

    admin
        .call(SAVE, &settings("2", "en", &[]))
        .await
        .expect(200);
    let page = shopper.page(&product).await.expect(200);
    assert!(page.body.contains("Add to cart"));
    // Nothing tells of the language any more.
    for path in [
        product.as_str(),
        "/",
        "/products",
        "/cart",
        "/account/sign-in",
        "/sitemap.xml",
        "/robots.txt",
    ] {
        let page = shopper.page(path).await.expect(200);
        for trace in ["hreflang", "/de/", "\"/de\"", "Deutsch"] {
            assert!(!page.body.contains(trace), "{path} has {trace}");
        }
        assert!(
            !page.headers.contains_key("link") || !format!("{:?}", page.headers).contains("/de")
        );
    }
    let old = shopper.page(&german).await.expect(308);
    assert_eq!(old.location(), product);
    // A form that was opened in German is still taken.
    let fields = [
        ("variant_id", rope.variant()),
        ("quantity", "1"),
        ("page", product.as_str()),
    ];
    let added = shopper.submit("/de/api/cart/add", &fields).await;
    assert!(added.expect(303).location().starts_with('/'));

    let wrong = settings("3", "xx", &["en"]);
    let refused = admin.call(SAVE, &wrong).await.expect(422);
    assert!(refused.body.contains("default_language"));
}

async fn search_engines_are_told_of_every_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    let map = browser.page("/sitemap.xml").await.expect(200);
    for place in [
        "<loc>http://shop.test/products/rope</loc>",
        "<loc>http://shop.test/de/products/rope</loc>",
        "<loc>http://shop.test/de</loc>",
    ] {
        assert!(map.body.contains(place), "{place}");
    }
    let link = "<xhtml:link rel=\"alternate\" hreflang=\"de\" \
        href=\"http://shop.test/de/products/rope\"/>";
    assert_eq!(map.body.matches(link).count(), 2, "{}", map.body);
    let robots = browser.page("/robots.txt").await.expect(200);
    assert!(robots.body.contains("Disallow: /checkout\n"));
    assert!(robots.body.contains("Disallow: /de/checkout\n"));
}

async fn forms_and_redirects_keep_the_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let update = |quantity: &'static str| {
        [
            ("variant_id", rope.variant()),
            ("quantity", quantity),
            ("page", "/cart"),
        ]
    };
    let done = browser.submit("/de/api/cart/update", &update("2")).await;
    assert_eq!(done.expect(303).location(), "/de/cart");
    let refused = browser.submit("/de/api/cart/update", &update("many")).await;
    assert!(refused.refused().body.contains("Ihr Warenkorb"));
    // Another spelling, and a list with an empty field.
    let spelled = browser.page("/de/Products").await.expect(308);
    assert_eq!(spelled.location(), "/de/products");
    let slash = browser.page("/de/").await.expect(308);
    assert_eq!(slash.location(), "/de");
}

async fn kept_pages_of_two_languages_are_two_pages(shop: TestShop) {
    let shop = shop.speaking("en,de");
    shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    for _ in 0..2 {
        let browser = site.browser();
        let english = browser.page("/products/rope").await.expect(200);
        let german = browser.page("/de/products/rope").await.expect(200);
        assert!(english.body.contains("<html lang=\"en\">"));
        assert!(german.body.contains("<html lang=\"de\">"));
        for shown in [
            "Zum Inhalt springen",
            "In den Warenkorb",
            "action=\"/de/api/cart/add\"",
            "<link href=\"http://shop.test/de/products/rope\" rel=\"canonical\"",
            "hreflang=\"x-default\"",
        ] {
            assert!(german.body.contains(shown), "{shown}");
        }
    }
}

async fn the_admin_area_is_in_the_language_of_the_account(shop: TestShop) {
    let shop = shop.speaking("en,de");
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let (german, english) = (site.browser(), site.browser());
    english.sign_in(STAFF).await.expect(200);
    reads_german(&german).await;
    let unknown = [("language", "fr"), ("page", "/account")];
    let refused = german.submit("/de/api/account/language", &unknown).await;
    let refused = refused.refused();
    assert!(
        refused
            .body
            .contains("Wählen Sie eine Sprache dieses Shops.")
    );

    for (path, in_german, in_english) in [
        ("/admin", "Zu erledigen", "To do"),
        (
            "/admin/orders",
            "Keine Bestellungen gefunden",
            "No orders found",
        ),
        (
            "/admin/customers",
            "Keine Kunden gefunden",
            "No customers found",
        ),
    ] {
        for (browser, lang, shown) in [(&german, "de", in_german), (&english, "en", in_english)] {
            let page = browser.page(path).await.expect(200);
            let html = format!("<html lang=\"{lang}\">");
            assert!(page.body.contains(&html), "{path} in {lang}");
            assert!(page.body.contains(shown), "{path} says {shown}");
        }
    }
    for (path, shown) in [
        ("/admin/staff", "Team und Admins"),
        ("/admin/audit", "Protokoll"),
        ("/admin/settings", "Einstellungen speichern"),
    ] {
        let page = german.page(path).await.expect(200);
        assert!(page.body.contains(shown), "{path} says {shown}");
    }
    // Its addresses have no language, wherever a link to them is.
    german.page("/de/admin").await.expect(404);
    let account = german.page("/de/account").await.expect(200);
    assert!(account.body.contains("href=\"/admin/products\""));
    // Pages of the shop are in the language of their address, for everybody.
    for browser in [&german, &english] {
        let page = browser.page("/products/rope").await.expect(200);
        assert!(page.body.contains("<html lang=\"en\">"));
        let page = browser.page("/de/products/rope").await.expect(200);
        assert!(page.body.contains("<html lang=\"de\">"));
    }
}

/// Signs the admin in, who chooses German.
async fn reads_german(browser: &Browser) {
    browser.sign_in(ADMIN).await.expect(200);
    let chosen = [("language", "de"), ("page", "/account")];
    let saved = browser.submit("/api/account/language", &chosen).await;
    assert_eq!(saved.expect(303).location(), "/account?done=saved");
}

async fn staff_are_refused_in_their_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    shop.admin().await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let wrong = [("email", "kim@example.com"), ("role", "customer")];
    let refused = admin.call("/api/admin/staff/invite", &wrong).await;
    assert!(
        refused
            .expect(422)
            .body
            .contains("Choose one of the roles.")
    );
    reads_german(&admin).await;
    let refused = admin.call("/api/admin/staff/invite", &wrong).await;
    assert!(
        refused
            .expect(422)
            .body
            .contains("Wählen Sie eine der Rollen.")
    );
    let refused = admin.submit("/api/admin/staff/invite", &wrong).await;
    let refused = refused.refused();
    for shown in [
        "<html lang=\"de\">",
        "Wählen Sie eine der Rollen.",
        "kim@example.com",
    ] {
        assert!(refused.body.contains(shown), "{shown}");
    }
}

async fn papers_are_in_the_language_of_their_order(shop: TestShop) {
    let shop = shop.speaking("en,de");
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let rope = shop.stock(Goods::named("Rope").price(123_450)).await;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let site = shop.open().await;
    let (german, english) = (site.browser(), site.browser());
    english.sign_in(STAFF).await.expect(200);
    reads_german(&german).await;
    let path = format!("/admin/orders/{}/invoice", order.id);
    for (language, heading, amount) in [
        ("en", "<h1>Invoice</h1>", "€1,234.50"),
        ("de", "<h1>Rechnung</h1>", "1.234,50\u{a0}€"),
    ] {
        let mut tx = shop.db().begin().await.unwrap();
        sqlx::query("UPDATE orders SET locale = $1 WHERE id = $2")
            .bind(language)
            .bind(&order.id)
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        for (browser, back) in [
            (&english, "Back to order"),
            (&german, "Zurück zur Bestellung"),
        ] {
            let page = browser.page(&path).await.expect(200);
            let sheet = format!("lang=\"{language}\"");
            for shown in [heading, amount, back, sheet.as_str()] {
                assert!(page.body.contains(shown), "{shown}");
            }
        }
    }
}
