//! What search engines are told: titles, links, the site map.

use serde_json::Value;

use crate::support::{Doors, Goods, TestShop, on_both_databases};

on_both_databases!(
    pages_speak_to_search_engines,
    options_with_german_names_are_properties_as_well,
    the_site_map_lists_what_is_for_sale,
    a_large_site_map_is_an_index_of_files_that_name_everything_once,
);

async fn pages_speak_to_search_engines(shop: TestShop) {
    let rope = Goods::named("Rope & <Twine>")
        .category("Deck")
        .described("<p>It holds.</p>")
        .pictured(&["/media/demo/rope.webp"]);
    shop.stock(rope).await;
    let site = shop.open().await;
    let page = site
        .browser()
        .page("/products/rope-twine")
        .await
        .expect(200);
    let head = page.body.split("</head>").next().unwrap();
    for needed in [
        "<link href=\"http://shop.test/products/rope-twine\" rel=\"canonical\"",
        "property=\"og:title\"",
        "property=\"og:image\"",
        "name=\"description\"",
        "content=\"summary_large_image\"",
    ] {
        assert!(head.contains(needed), "{needed} in {head}");
    }
    for path in ["/", "/products", "/categories/deck"] {
        let page = site.browser().page(path).await.expect(200);
        assert_eq!(
            page.body.matches("name=\"description\"").count(),
            1,
            "{path}"
        );
        for needed in [
            "og:title",
            "og:description",
            "og:url",
            "og:image",
            "twitter:card",
        ] {
            let needed = format!("\"{needed}\"");
            assert_eq!(page.body.matches(&needed).count(), 1, "{needed} on {path}");
        }
    }
    let kinds: Vec<Value> = page
        .body
        .split("<script type=\"application/ld+json\">")
        .skip(1)
        .map(|rest| rest.split("</script>").next().unwrap())
        .map(|json| serde_json::from_str(json).expect("the data can be read"))
        .collect();
    let text = Value::Array(kinds).to_string();
    assert!(text.contains("\"Product\"") && text.contains("\"BreadcrumbList\""));
    assert!(text.contains("Rope & <Twine>"), "{text}");
    assert!(!page.body.contains("<Twine>"), "titles are escaped");
}

async fn options_with_german_names_are_properties_as_well(shop: TestShop) {
    let shirt = Goods::named("Hemd").options(
        ["Farbe", "Größe"],
        &[(["Blau", "M"], 4900, 3), (["Rot", "L"], 4900, 3)],
    );
    shop.stock(shirt).await;
    let shop = shop.speaking("de");
    let site = shop.open().await;
    let page = site.browser().page("/products/hemd").await.expect(200).body;
    let varies = "\"variesBy\":[\"https://schema.org/color\",\"https://schema.org/size\"]";
    assert!(page.contains(varies), "{page}");
    for property in ["\"color\":\"Blau\"", "\"size\":\"L\""] {
        assert!(page.contains(property), "{property}: {page}");
    }
}

async fn the_site_map_lists_what_is_for_sale(shop: TestShop) {
    shop.stock(Goods::named("Rope").category("Deck")).await;
    shop.stock(Goods::named("Secret").inactive()).await;
    let site = shop.open().await;
    let map = site.browser().page("/sitemap.xml").await.expect(200).body;
    for path in ["/", "/products", "/products/rope", "/categories/deck"] {
        assert!(
            map.contains(&format!("<loc>http://shop.test{path}</loc>")),
            "{path}"
        );
    }
    assert!(!map.contains("secret"));
    let robots = site.browser().page("/robots.txt").await.expect(200).body;
    assert!(robots.contains("Disallow: /account") && !robots.contains("admin"));
    assert!(robots.contains("Sitemap: http://shop.test/sitemap.xml"));
}

/// What is in the tags of a file of the site map.
fn places(xml: &str) -> Vec<String> {
    let places = xml.split("<loc>").skip(1);
    let places = places.map(|rest| rest.split("</loc>").next().unwrap());
    places
        .map(|place| place.strip_prefix("http://shop.test").unwrap().to_owned())
        .collect()
}

async fn a_large_site_map_is_an_index_of_files_that_name_everything_once(shop: TestShop) {
    let goods = (0..7).map(|n| Goods::named(&format!("Thing {n}")).category(&format!("Shelf {n}")));
    shop.stock_all(goods.collect()).await;
    shop.stock(Goods::named("Secret").inactive()).await;
    let mut all = vec!["/".to_owned(), "/products".to_owned()];
    all.extend((0..7).map(|n| format!("/products/thing-{n}")));
    all.extend((0..7).map(|n| format!("/categories/shelf-{n}")));
    all.sort();
    // Whole, as it fits exactly; one less; parts of which the last is full, or is not.
    for (most, files) in [(16, 0), (15, 2), (7, 3), (3, 6), (1, 16)] {
        let doors = Doors {
            sitemap_addresses: most,
            ..Doors::default()
        };
        let site = shop.open_with(doors).await;
        let browser = site.browser();
        let map = browser.page("/sitemap.xml").await.expect(200).body;
        let mut named = places(&map);
        if files > 0 {
            assert!(map.contains("<sitemapindex "), "{map}");
            assert_eq!(named.len(), files, "{most}: {map}");
            let parts = std::mem::take(&mut named);
            for part in parts {
                let part = browser.page(&part).await.expect(200);
                assert_eq!(
                    part.header("content-type"),
                    "application/xml; charset=utf-8"
                );
                let part = places(&part.body);
                assert!((1..=most).contains(&part.len()), "{most}: {part:?}");
                named.extend(part);
            }
        }
        named.sort();
        assert_eq!(named, all, "{most}");
        for nothing in [
            "/sitemap/pages-0.xml",
            "/sitemap/pages-17.xml",
            "/sitemap/pages-x.xml",
            "/sitemap/products-.xml",
            "/sitemap/products-ffffffff-ffff-ffff-ffff-ffffffffffff.xml",
            "/sitemap/nothing",
        ] {
            browser.page(nothing).await.expect(404);
        }
    }
}
