//! What is typed in the product editor and not saved.

use super::super::{admin_work::admin, order_desk::from_page};
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    a_draft_comes_back_worked_on_and_nothing_is_stored,
    a_draft_is_previewed_by_staff_alone,
    what_is_typed_is_previewed_and_not_stored,
    one_price_is_filled_into_all_variants,
);

async fn a_draft_comes_back_worked_on_and_nothing_is_stored(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let draft = "/api/admin/products/draft";
    let fields = [
        ("do", "combine"),
        ("id", rope.id.as_str()),
        ("title", "Rope & more"),
        ("option1_name", "Length"),
        ("option1_values", "1 m, 2 m"),
        ("variants[0][id]", rope.variant()),
        ("variants[0][price]", "49.00"),
    ];
    let page = browser.submit(draft, &fields).await.expect(200).body;
    for shown in [
        "value=\"1 m\"",
        "value=\"2 m\"",
        "value=\"Rope &amp; more\"",
        "Not saved yet",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let unsaved = "data-unsaved=\"/api/admin/products/update\"";
    assert!(page.contains(unsaved), "it is not left without asking");
    let fresh = browser.page(&format!("/admin/products/{}", rope.id)).await;
    assert!(!fresh.body.contains("data-unsaved"));
    let html = "<p>Good</p></textarea><script>alert(1)</script>";
    let fields = [
        ("do", "preview"),
        ("title", "New"),
        ("description_html", html),
    ];
    let page = browser.submit(draft, &fields).await.expect(200).body;
    assert!(page.contains("<p>Good</p>"), "the preview shows it");
    assert!(
        !page.contains("<script>alert(1)"),
        "neither preview nor field runs it"
    );
    assert!(
        page.contains("&lt;/textarea&gt;&lt;script&gt;"),
        "the field holds it as typed"
    );
    let products = shop
        .number("SELECT COUNT(*) AS n FROM products WHERE version = 1")
        .await;
    assert_eq!(products, 1);
    site.browser().submit(draft, &fields).await.expect(404);
}

async fn a_draft_is_previewed_by_staff_alone(shop: TestShop) {
    let rope = Goods::named("Rope").described("<p>Not yet for sale.</p>");
    let rope = shop.stock(rope.inactive()).await;
    let site = shop.open().await;
    let staff = admin(&shop, &site).await;
    let path = format!("/admin/products/{}/preview", rope.id);
    let editor = format!("/admin/products/{}", rope.id);
    let page = staff.page(&editor).await.expect(200).body;
    assert!(page.contains(&path), "the editor leads there");
    for _ in 0..2 {
        let shown = staff.page(&path).await.expect(200);
        assert!(shown.body.contains("Not yet for sale.") && shown.body.contains("Draft"));
        assert!(shown.body.contains("name=\"robots\" content=\"noindex\""));
        let kept = shown.header("cache-control");
        assert!(kept.contains("no-store"), "{kept}");
        // Nobody gets what was rendered for them.
        site.browser().page(&path).await.expect(404);
        site.browser().page("/products/rope").await.expect(404);
    }
    let nobodys = format!("/admin/products/{}/preview", server::ids::new_id());
    staff.page(&nobodys).await.expect(404);
    // An edit is there at once.
    shop.rewrite(&rope, |draft| draft.title = "Longer rope".to_owned())
        .await;
    let page = staff.page(&path).await.expect(200).body;
    assert!(page.contains("Longer rope"));
}

async fn what_is_typed_is_previewed_and_not_stored(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(3)).await;
    let site = shop.open().await;
    let staff = admin(&shop, &site).await;
    let draft = "/api/admin/products/draft";
    let typed = |price: &'static str| {
        [
            ("id", rope.id.as_str()),
            ("do", "show"),
            ("title", "Longer rope"),
            ("description_html", "<p>Knotted.</p><script>x()</script>"),
            ("variants[0][id]", rope.variant()),
            ("variants[0][price]", price),
            ("variants[0][stock]", "0"),
        ]
    };
    let shown = staff.submit(draft, &typed("12.50")).await.came_back().body;
    for words in [
        "Longer rope",
        "<p>Knotted.</p>",
        "€12.50",
        "It is not saved.",
        "Sold out",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!shown.contains("x()") && !shown.contains("€10.00"));
    // What cannot be saved is said, above what is stored.
    let shown = staff.submit(draft, &typed("much")).await.came_back().body;
    for words in ["role=\"alert\"", "what you typed can’t be saved", "€10.00"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let page = site.browser().page("/products/rope").await.expect(200).body;
    assert!(page.contains("€10.00") && !page.contains("Knotted"));
    assert_eq!(shop.units(rope.variant()).await, 3);
    // The way there without a form shows what is stored; strangers see none.
    let path = format!("/admin/products/{}/preview", rope.id);
    let page = staff.page(&path).await.expect(200).body;
    assert!(!page.contains("Knotted"));
    site.browser().submit(draft, &typed("1")).await.expect(404);
}

async fn one_price_is_filled_into_all_variants(shop: TestShop) {
    let rope = Goods::named("Rope").options(["Length"], &[(["5 m"], 900, 1), (["9 m"], 1900, 1)]);
    let rope = shop.stock(rope).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let page = format!("/admin/products/{}", rope.id);
    let fields = [
        ("id", rope.id.as_str()),
        ("do", "fill"),
        ("all_price", "12.34"),
        ("variants[0][id]", "a"),
        ("variants[1][id]", "b"),
        ("variants[2][price]", ""),
    ];
    let filled = from_page(&browser, &page, "/api/admin/products/draft", &fields).await;
    let body = filled.came_back().body;
    assert_eq!(body.matches("value=\"12.34\"").count(), 2, "{body}");
    assert!(body.contains("Not saved yet."));
}
