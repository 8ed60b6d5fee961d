//! The admin's work over HTTP, with plain forms.

use crate::support::{ADMIN, Browser, Goods, Site, TestShop, on_both_databases};

on_both_databases!(
    a_product_is_made_edited_and_taken_away,
    descriptions_are_cleaned_of_scripts,
    descriptions_keep_their_lines_and_their_words_apart,
    a_refused_product_comes_back_as_typed,
    an_edit_from_an_older_version_is_refused,
    an_edit_is_seen_by_shoppers_at_once,
);

pub async fn admin(shop: &TestShop, site: &Site) -> Browser {
    shop.admin().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    browser
}

const NEW: [(&str, &str); 13] = [
    ("title", "Storm Jacket"),
    ("vendor", "Knots"),
    ("category", "Clothing"),
    ("tags", "Rain, gift, rain"),
    ("description_html", "<p>Dry.</p>"),
    ("active", "1"),
    ("option1_name", "Size"),
    ("variants[0][option1]", "M"),
    ("variants[0][price]", "129.00"),
    ("variants[0][stock]", "4"),
    ("variants[1][option1]", "L"),
    ("variants[1][price]", "139"),
    ("variants[1][stock]", "0"),
];

async fn a_product_is_made_edited_and_taken_away(shop: TestShop) {
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let made = browser
        .submit("/api/admin/products/create", &NEW)
        .await
        .expect(303);
    let editor = made.location().to_owned();
    assert!(editor.ends_with("?saved=1"));
    let page = browser.page(&editor).await.expect(200);
    assert!(page.body.contains("Storm Jacket") && page.body.contains("129.00"));
    let id = editor["/admin/products/".len()..]
        .split('?')
        .next()
        .unwrap();

    let product = site
        .browser()
        .read("/api/products/storm-jacket")
        .await
        .expect(200)
        .json();
    assert_eq!(product["tags"], serde_json::json!(["gift", "rain"]));
    assert_eq!(product["variants"][0]["price_minor"], 12900);
    assert_eq!(product["variants"][1]["availability"], "sold_out");

    let off = [
        ("id", id),
        ("active", "false"),
        ("next", "/admin/products?q=storm"),
    ];
    let saved = browser
        .submit("/api/admin/products/update", &off)
        .await
        .expect(303);
    assert_eq!(saved.location(), "/admin/products?q=storm");
    site.browser()
        .page("/products/storm-jacket")
        .await
        .expect(404);
    let still = browser.page(&editor).await.expect(200);
    assert!(
        still.body.contains("Storm Jacket"),
        "one field changed, the others stay"
    );

    let elsewhere = [("id", id), ("next", "https://evil.example/admin/")];
    let saved = browser
        .submit("/api/admin/products/update", &elsewhere)
        .await
        .expect(303);
    assert!(saved.location().starts_with("/admin/products/"));

    let gone = browser
        .submit("/api/admin/products/delete", &[("id", id)])
        .await;
    assert_eq!(gone.expect(303).location(), "/admin/products");
    browser.page(&editor).await.expect(404);
    browser
        .call("/api/admin/products/delete", &[("id", id)])
        .await
        .expect(404);
}

async fn descriptions_are_cleaned_of_scripts(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let html = "<p onclick=\"x()\">Good <b>rope</b></p><script>alert('x')</script>\
        <img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">a</a>\
        <iframe src=\"https://evil.example\"></iframe><style>*{display:none}</style>\
        <form action=\"https://evil.example\"><input name=card></form><svg/onload=alert(1)>";
    let fields = [("id", rope.id.as_str()), ("description_html", html)];
    browser
        .call("/api/admin/products/update", &fields)
        .await
        .expect(200);
    let stored = site.browser().read("/api/products/rope").await.json();
    let stored = stored["description_html"].as_str().unwrap();
    assert!(
        stored.contains("Good <b>rope</b>") || stored.contains("Good <strong>rope"),
        "{stored}"
    );
    let page = site.browser().page("/products/rope").await.expect(200).body;
    assert!(page.contains(stored));
    for bad in [
        "onclick",
        "onerror",
        "onload",
        "alert(",
        "javascript:",
        "<iframe",
        "<style",
        "evil.example",
    ] {
        assert!(!stored.contains(bad), "{bad} in {stored}");
    }
}

async fn descriptions_keep_their_lines_and_their_words_apart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let html = "<div>First</div><div>Second</div><p>was <s>20</s> 10 per m<sup>2</sup>, \
        soft <strong>wool</strong>, warm. &amp;lt;br&amp;gt; <a href=\"/size-guide\">sizes</a></p>";
    let fields = [("id", rope.id.as_str()), ("description_html", html)];
    browser
        .call("/api/admin/products/update", &fields)
        .await
        .expect(200);
    let shopper = site.browser();
    let product = shopper.read("/api/products/rope").await.json();
    let stored = "First<br>Second<p>was <s>20</s> 10 per m<sup>2</sup>, \
        soft <strong>wool</strong>, warm. &amp;lt;br&amp;gt; sizes</p>";
    assert_eq!(product["description_html"], stored);
    let words = "First Second was 20 10 per m2, soft wool, warm. &lt;br&gt; sizes";
    assert_eq!(product["description_text"], words);
    let page = shopper.page("/products/rope").await.expect(200).body;
    let escaped = words.replace('&', "&amp;");
    for shown in [
        stored.to_owned(),
        format!("content=\"{escaped}\""),
        format!("\"description\":\"{words}\""),
    ] {
        assert!(page.contains(&shown), "{shown} in {page}");
    }
    for (searched, found) in [("second", 1), ("wool", 1), ("firstsecond", 0)] {
        let list = shopper.read(&format!("/api/products?q={searched}")).await;
        assert_eq!(list.json()["total"], found, "{searched}");
    }
    // Saved once more, it stays as it is.
    let fields = [("id", rope.id.as_str()), ("description_html", stored)];
    browser
        .call("/api/admin/products/update", &fields)
        .await
        .expect(200);
    let again = shopper.read("/api/products/rope").await.json();
    assert_eq!(again["description_html"], stored);
}

async fn a_refused_product_comes_back_as_typed(shop: TestShop) {
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let fields = [
        ("title", ""),
        ("slug", "!?"),
        ("vendor", "Knots & Co"),
        ("variants[0][price]", "cheap"),
        ("variants[0][stock]", "-1"),
    ];
    let refused = browser
        .call("/api/admin/products/create", &fields)
        .await
        .expect(422);
    assert_eq!(
        refused.fields(),
        ["slug", "variants[0][price]", "variants[0][stock]", "title"]
    );
    let request = browser
        .request(reqwest::Method::POST, "/api/admin/products/create")
        .header("accept", "text/html")
        .header("referer", format!("{}/admin/products/new", browser.base))
        .form(&fields);
    let page = browser.send(request).await.refused();
    for typed in [
        "value=\"!?\"",
        "value=\"Knots &amp; Co\"",
        "value=\"cheap\"",
    ] {
        assert!(page.body.contains(typed), "{typed}");
    }
    assert!(page.body.contains("aria-invalid=\"true\""));
    let products = shop.number("SELECT COUNT(*) AS n FROM products").await;
    assert_eq!(products, 0);
}

async fn an_edit_from_an_older_version_is_refused(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let edit = |title| [("id", rope.id.as_str()), ("version", "1"), ("title", title)];
    browser
        .call("/api/admin/products/update", &edit("Line"))
        .await
        .expect(200);
    let refused = browser
        .call("/api/admin/products/update", &edit("Cord"))
        .await
        .expect(409);
    assert_eq!(refused.kind(), "conflict");
    let page = browser
        .submit("/api/admin/products/update", &edit("Cord"))
        .await
        .refused();
    assert!(
        page.body
            .contains("changed this product while you had it open")
    );
    let product = site.browser().read("/api/products/rope").await.json();
    assert_eq!(product["title"], "Line");
}

async fn an_edit_is_seen_by_shoppers_at_once(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").category("Deck")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let shopper = site.browser();
    let paths = [
        "/",
        "/products",
        "/products/rope",
        "/categories/deck",
        "/products?q=rope",
    ];
    for (round, title) in ["Line", "Cord", "Hawser"].into_iter().enumerate() {
        for path in paths {
            shopper.page(path).await;
        }
        let price = format!("{}.50", 60 + round);
        let variant = [
            ("id", rope.id.as_str()),
            ("title", title),
            ("tags", "rope"),
            ("variants[0][id]", rope.variant()),
            ("variants[0][price]", &price),
        ];
        browser
            .call("/api/admin/products/update", &variant)
            .await
            .expect(200);
        for path in paths {
            let page = shopper.page(path).await.expect(200).body;
            assert!(
                page.contains(title),
                "{path} is of an older edit than {title}"
            );
            assert!(page.contains(&format!("€{price}")), "{path} {price}");
        }
    }
    let off = [("id", rope.id.as_str()), ("active", "0")];
    browser
        .call("/api/admin/products/update", &off)
        .await
        .expect(200);
    shopper.page("/products/rope").await.expect(404);
    assert!(!shopper.page("/products").await.body.contains("Hawser"));
}
