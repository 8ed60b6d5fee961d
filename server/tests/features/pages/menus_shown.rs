//! Menus as shoppers find them.

use app::pages::types::PageForm;

use super::{add, below, item, link, page, publish};
use crate::support::{ADMIN, Goods, TestShop, on_both_databases};

on_both_databases!(
    a_shop_without_menus_shows_its_categories,
    a_menu_is_read_at_the_reply_that_makes_it,
    what_cannot_be_followed_disappears,
    a_link_appears_with_its_page,
    menus_keep_the_language,
    labels_cannot_run,
    a_menu_is_made_by_plain_forms,
);

async fn a_shop_without_menus_shows_its_categories(shop: TestShop) {
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let site = shop.open().await;
    let page = site.browser().page("/").await.expect(200).body;
    assert!(page.contains("id=\"f-shop\""));
    let (_, nav) = page.split_once("class=\"site-nav\"").unwrap();
    assert!(
        nav.split("</nav>")
            .next()
            .unwrap()
            .contains("/categories/deck")
    );
}

async fn a_menu_is_read_at_the_reply_that_makes_it(shop: TestShop) {
    let admin = shop.admin().await;
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let site = shop.open().await;
    let browser = site.browser();
    for path in ["/", "/products", "/products/rope", "/nowhere"] {
        assert!(!browser.page(path).await.body.contains("Elsewhere"));
    }
    let top = add(&shop, &admin, item("header", "Things", "heading"))
        .await
        .unwrap();
    let inner = below(&top, link("header", "Elsewhere", "https://example.com/"));
    add(&shop, &admin, inner).await.unwrap();
    add(&shop, &admin, link("footer", "Beneath", "/cart"))
        .await
        .unwrap();
    for path in ["/", "/products", "/products/rope", "/nowhere"] {
        let page = browser.page(path).await.body;
        assert!(page.contains("<summary>Things"), "{path}");
        assert!(page.contains("href=\"https://example.com/\""), "{path}");
        assert!(
            page.contains("Beneath") && !page.contains("id=\"f-shop\""),
            "{path}"
        );
    }
}

/// Labels of the header's menu.
async fn shown(shop: &TestShop) -> Vec<String> {
    let menus = shop.shop().menus.shown().await.unwrap();
    let header = menus.header.clone().unwrap();
    header.into_iter().map(|link| link.label).collect()
}

async fn what_cannot_be_followed_disappears(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let top = add(&shop, &admin, item("header", "Goods", "heading"))
        .await
        .unwrap();
    let inner = below(&top, link("header", "The rope", "/products/rope"));
    add(&shop, &admin, inner).await.unwrap();
    add(&shop, &admin, link("header", "Cart", "/cart"))
        .await
        .unwrap();
    assert_eq!(shown(&shop).await, ["Goods", "Cart"]);
    shop.set_active(&rope, false).await;
    assert_eq!(
        shown(&shop).await,
        ["Cart"],
        "a heading of nothing goes, too"
    );
    shop.set_active(&rope, true).await;
    assert_eq!(shown(&shop).await, ["Goods", "Cart"]);
    shop.shop()
        .admin
        .delete_product(&admin, &rope.id)
        .await
        .unwrap();
    assert_eq!(shown(&shop).await, ["Cart"]);
}

async fn a_link_appears_with_its_page(shop: TestShop) {
    let admin = shop.admin().await;
    let form = PageForm {
        publish_at: "2025-10-09T10:00".to_owned(),
        ..page("Winter")
    };
    let saved = publish(&shop, &admin, form).await.unwrap();
    let target = format!("page:{}", saved.id);
    add(&shop, &admin, item("footer", "Winter sale", &target))
        .await
        .unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    let from = saved.publish_at.unwrap();
    for path in ["/", "/products"] {
        assert!(
            !browser
                .page(path)
                .await
                .expect(200)
                .body
                .contains("Winter sale")
        );
    }
    shop.clock.set(from);
    for path in ["/", "/products"] {
        let page = browser.page(path).await.expect(200);
        assert_eq!(page.header("cache-control"), "public, no-cache");
        assert!(page.body.contains("href=\"/pages/winter\""), "{path}");
    }
}

async fn menus_keep_the_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    add(&shop, &admin, link("header", "Cart", "/cart"))
        .await
        .unwrap();
    let site = shop.open().await;
    let page = site.browser().page("/de/products").await.expect(200).body;
    let (_, nav) = page.split_once("class=\"site-nav\"").unwrap();
    assert!(
        nav.split("</nav>")
            .next()
            .unwrap()
            .contains("href=\"/de/cart\"")
    );
}

async fn labels_cannot_run(shop: TestShop) {
    let admin = shop.admin().await;
    for evil in [
        "<script>alert(1)</script>",
        "\" onmouseover=\"alert(1)",
        "</summary><img src=x>",
    ] {
        for place in ["header", "footer"] {
            let top = add(&shop, &admin, item(place, evil, "heading"))
                .await
                .unwrap();
            let inner = below(&top, link(place, evil, "/cart"));
            add(&shop, &admin, inner).await.unwrap();
        }
    }
    let site = shop.open().await;
    let browser = site.browser();
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    for page in [browser.page("/").await, admin.page("/admin/menus").await] {
        let page = page.expect(200).body;
        for bad in ["<script>alert", "onmouseover=\"alert(1)\"", "<img src=x>"] {
            assert!(!page.contains(bad), "{bad}");
        }
    }
}

async fn a_menu_is_made_by_plain_forms(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let new = "/admin/menus/new?place=footer";
    assert!(
        admin
            .page(new)
            .await
            .expect(200)
            .body
            .contains("name=\"place\" value=\"footer\"")
    );
    let wrong = [
        ("page", new),
        ("place", "footer"),
        ("label", "Rope shop"),
        ("target", "address"),
        ("address", "http://example.com"),
    ];
    let refused = admin.submit("/api/admin/menus/create", &wrong).await;
    let refused = refused.refused().body;
    assert!(refused.contains("value=\"Rope shop\""));
    assert!(refused.contains("id=\"address-error\""));
    let mut good = wrong;
    good[4] = ("address", "https://example.com");
    let saved = admin.submit("/api/admin/menus/create", &good).await;
    let page = admin.page(saved.expect(303).location()).await.expect(200);
    assert!(page.body.contains("Rope shop") && page.body.contains("Menu item saved."));
}
