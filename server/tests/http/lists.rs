//! Pages of lists: what they offer to choose by, in which order they are, and adding from a card.

use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    everything_is_filtered_by_colour_and_a_category_by_what_divides_it,
    what_is_chosen_is_in_the_form_wherever_it_is,
    filters_that_leave_nothing_stay_in_sight,
    the_own_order_of_a_list_is_featured_and_that_of_a_search_relevance,
    a_product_without_options_is_added_from_its_card,
    what_is_refused_is_told_on_the_products_page,
    cards_say_how_many_colours_there_are,
    a_list_is_the_same_whoever_has_a_cart,
);

async fn clothes(shop: &TestShop) {
    shop.stock_all(vec![
        Goods::named("Anorak")
            .category("Clothes")
            .tags(&["rain", "warm"])
            .options(
                ["Size", "Colour"],
                &[(["M", "Navy"], 9900, 9), (["L", "Red"], 9900, 9)],
            ),
        Goods::named("Coat")
            .category("Clothes")
            .tags(&["warm"])
            .options(
                ["Size", "Colour", "Lining"],
                &[(["M", "Navy", "Silk"], 9900, 9)],
            ),
        Goods::named("Cap").category("Clothes").tags(&["warm"]),
        Goods::named("Rope").category("Deck"),
    ])
    .await;
}

async fn everything_is_filtered_by_colour_and_a_category_by_what_divides_it(shop: TestShop) {
    clothes(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let everything = browser.page("/products").await.expect(200).body;
    for (field, is_there) in [
        ("name=\"min\"", true),
        ("name=\"in_stock\"", true),
        ("name=\"opt.colour\"", true),
        ("href=\"/categories/clothes\"", true),
        ("name=\"opt.size\"", false),
        ("name=\"opt.lining\"", false),
        ("name=\"tag\"", false),
    ] {
        assert_eq!(everything.contains(field), is_there, "{field}");
    }
    let clothes = browser.page("/categories/clothes").await.expect(200).body;
    for (field, is_there) in [
        ("name=\"opt.size\"", true),
        ("name=\"opt.colour\"", true),
        ("name=\"opt.lining\"", false),
        ("name=\"tag\" value=\"rain\"", true),
        // All of them have it.
        ("name=\"tag\" value=\"warm\"", false),
    ] {
        assert_eq!(clothes.contains(field), is_there, "{field}");
    }
}

async fn what_is_chosen_is_in_the_form_wherever_it_is(shop: TestShop) {
    clothes(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let chosen = "/products?tag=warm&opt.lining=Silk&opt.size=M";
    let page = browser.page(chosen).await.expect(200).body;
    for field in [
        "name=\"tag\" value=\"warm\" checked",
        "name=\"opt.lining\" value=\"Silk\" checked",
        "name=\"opt.size\" value=\"M\" checked",
    ] {
        assert!(page.contains(field), "{field}");
    }
}

async fn filters_that_leave_nothing_stay_in_sight(shop: TestShop) {
    clothes(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let page = browser.page("/categories/clothes?max=1").await.expect(200);
    for words in [
        "<h1>Clothes</h1>",
        "Nothing found",
        "No products match these filters.",
        "name=\"max\"",
        "Show 0 results",
        "Remove filter:",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    let page = browser.page("/products?q=zzqqxx&in_stock=1").await;
    assert!(page.body.contains("<h1>No results for “zzqqxx”</h1>"));
    assert!(page.body.contains("name=\"in_stock\""));
}

async fn the_own_order_of_a_list_is_featured_and_that_of_a_search_relevance(shop: TestShop) {
    clothes(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    for (path, own, other) in [
        ("/products", "Featured", "Relevance"),
        ("/categories/clothes", "Featured", "Relevance"),
        ("/products?q=rope", "Relevance", "Featured"),
    ] {
        let page = browser.page(path).await.expect(200).body;
        assert!(page.contains(&format!(">{own}</option>")), "{path}");
        assert!(!page.contains(&format!(">{other}</option>")), "{path}");
    }
    for (old, now) in [
        ("/products?sort=relevance", "/products"),
        ("/products?sort=featured", "/products"),
        ("/products?q=rope&sort=featured", "/products?q=rope"),
    ] {
        let sent_on = browser.page(old).await.expect(303);
        assert_eq!(sent_on.location(), now, "{old}");
    }
}

/// The part of a page that is a product's card.
fn card<'a>(page: &'a str, title: &str) -> &'a str {
    let cards = page.split("<article").skip(1);
    let mut cards = cards.filter_map(|card| card.split("</article>").next());
    cards
        .find(|card| card.contains(&format!(">{title}</a>")))
        .unwrap_or_else(|| panic!("there is no card of {title}"))
}

async fn a_product_without_options_is_added_from_its_card(shop: TestShop) {
    clothes(&shop).await;
    let sold_out = Goods::named("Buoy").units(0);
    shop.stock(sold_out).await;
    let site = shop.open().await;
    let browser = site.browser();
    let page = browser.page("/products").await.expect(200).body;
    for (title, is_added) in [
        ("Rope", true),
        ("Cap", true),
        ("Anorak", false),
        // One variant, and yet an option to agree to.
        ("Coat", false),
        ("Buoy", false),
    ] {
        let form = "action=\"/api/cart/add\"";
        assert_eq!(card(&page, title).contains(form), is_added, "{title}");
    }
    let rope = card(&page, "Rope");
    assert!(rope.contains("aria-label=\"Add Rope to cart\""));
    let id = rope.split("name=\"product_id\" value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap();
    let fields = [
        ("page", "/products/rope"),
        ("product_id", id),
        ("quantity", "1"),
    ];
    let added = browser.submit("/api/cart/add", &fields).await.expect(303);
    assert_eq!(added.location(), "/cart");
    let cart = browser.call("/api/cart/add", &fields).await.expect(200);
    assert_eq!(cart.json()["count"], 2);
    assert_eq!(cart.json()["lines"][0]["title"], "Rope");
}

async fn what_is_refused_is_told_on_the_products_page(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(5)).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.page("/products").await.expect(200);
    shop.set_units(&rope, 1).await;
    let fields = [
        ("page", "/products/rope"),
        ("product_id", rope.id.as_str()),
        ("quantity", "1"),
    ];
    browser.submit("/api/cart/add", &fields).await.expect(303);
    let refused = browser.submit("/api/cart/add", &fields).await.refused();
    assert!(refused.body.contains("id=\"buy\""), "the product's page");
    assert!(refused.body.contains("Only 1 of Rope left"));
    let cart = browser.read("/api/cart").await.json();
    assert_eq!(cart["count"], 1);
}

async fn cards_say_how_many_colours_there_are(shop: TestShop) {
    clothes(&shop).await;
    let site = shop.open().await;
    let page = site.browser().page("/products").await.expect(200).body;
    assert!(card(&page, "Anorak").contains("2 colours"));
    for title in ["Coat", "Rope"] {
        assert!(!card(&page, title).contains("colour"), "{title}");
    }
}

async fn a_list_is_the_same_whoever_has_a_cart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let (someone, other) = (site.browser(), site.browser());
    someone.add(rope.variant(), 1).await.expect(200);
    let one = someone.page("/products").await.expect(200).body;
    let another = other.page("/products").await.expect(200).body;
    assert!(one == another);
    assert!(one.contains("quick-add"));
}
