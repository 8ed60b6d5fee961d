//! Single products, categories, the home page.

use app::{
    catalog::{query::ListQuery, types::Availability},
    error::ErrorKind,
};
use desk::admin::products::ports::ProductAdmin;

use server::db::{Cost, Sql};

use crate::support::{DAY, Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    a_product_is_read_as_it_was_written,
    availability_follows_the_stock,
    an_inactive_or_unknown_product_is_not_found,
    categories_are_those_with_something_for_sale,
    related_products_share_category_and_tags,
    the_home_page_shows_newest_and_most_sold_that_are_in_stock,
    texts_of_any_script_are_kept,
    tags_are_sorted_as_people_sort_words,
    lists_that_nobody_waits_for_any_more_keep_no_product_from_being_read,
);

async fn a_product_is_read_as_it_was_written(shop: TestShop) {
    let mut goods = Goods::named("Storm Jacket")
        .vendor("Knots")
        .category("Clothing & Shoes")
        .tags(&["gift", "rain"])
        .described("<p>Dry &amp; <strong>warm</strong>.</p>")
        .pictured(&["/media/a.png", "/media/b.png"])
        .options(
            ["Size", "Colour"],
            &[
                (["M", "Navy"], 9900, 30),
                (["M", "Red"], 9900, 2),
                (["L", "Navy"], 10900, 0),
            ],
        )
        .compare_at(12900)
        .sku("SJ-M-N");
    goods.0.seo_title = Some("The jacket".to_owned());
    goods.0.seo_description = Some("For storms.".to_owned());
    goods.0.variants[1].picture_src = Some("/media/b.png".to_owned());
    let stocked = shop.stock(goods).await;
    let product = shop.shop().catalog.product("storm-jacket").await.unwrap();
    assert_eq!(product.id, stocked.id);
    assert_eq!(
        (product.title.as_str(), product.vendor.as_str()),
        ("Storm Jacket", "Knots")
    );
    assert_eq!(
        product.description_html,
        "<p>Dry &amp; <strong>warm</strong>.</p>"
    );
    assert_eq!(product.description_text, "Dry & warm.");
    let category = product.category.as_ref().unwrap();
    assert_eq!(
        (category.slug.as_str(), category.name.as_str()),
        ("clothing-shoes", "Clothing & Shoes")
    );
    assert_eq!(product.tags, ["gift", "rain"]);
    let options: Vec<_> = product
        .options
        .iter()
        .map(|o| (o.name.as_str(), o.values.join(",")))
        .collect();
    assert_eq!(
        options,
        [
            ("Size", "M,L".to_owned()),
            ("Colour", "Navy,Red".to_owned())
        ]
    );
    let pictures: Vec<_> = product.pictures.iter().map(|p| p.src.as_str()).collect();
    assert_eq!(pictures, ["/media/a.png", "/media/b.png"]);
    assert_eq!(product.seo_title.as_deref(), Some("The jacket"));
    assert_eq!(product.seo_description.as_deref(), Some("For storms."));
    assert_eq!(
        (product.currency.as_str(), product.created_at),
        ("EUR", shop.now())
    );
    let ids: Vec<_> = product.variants.iter().map(|v| v.id.clone()).collect();
    assert_eq!(ids, stocked.variants);
    let [first, second, third] = product.variants.as_slice() else {
        panic!("{:?}", product.variants)
    };
    assert_eq!(first.options, ["M", "Navy"]);
    assert_eq!(
        (first.price_minor, first.compare_at_minor),
        (9900, Some(12900))
    );
    assert_eq!(
        (first.sku.as_deref(), second.sku.as_deref()),
        (Some("SJ-M-N"), None)
    );
    assert_eq!(second.picture_src.as_deref(), Some("/media/b.png"));
    assert_eq!(
        [first.availability, second.availability, third.availability],
        [
            Availability::InStock,
            Availability::FewLeft,
            Availability::SoldOut
        ]
    );
}

async fn availability_follows_the_stock(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(6)).await;
    let seen = || async {
        let product = shop.shop().catalog.product("rope").await.unwrap();
        let list = shop
            .shop()
            .catalog
            .list(&super::catalog_lists::query(&[]))
            .await
            .unwrap();
        (
            product.variants[0].availability,
            list.products[0].availability,
        )
    };
    for (bought, word) in [
        (1, Availability::InStock),
        (1, Availability::FewLeft),
        (4, Availability::SoldOut),
    ] {
        shop.buy(&[(rope.variant(), bought)], cash())
            .await
            .1
            .unwrap();
        assert_eq!(seen().await, (word, word));
    }
    shop.set_units(&rope, 1).await;
    assert_eq!(seen().await, (Availability::FewLeft, Availability::FewLeft));
}

async fn an_inactive_or_unknown_product_is_not_found(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").inactive()).await;
    let catalog = &shop.shop().catalog;
    for slug in [
        "rope",
        "Rope",
        "nothing",
        "",
        "rope' OR '1'='1",
        "%",
        "ro\0pe",
        "\u{1f980}",
    ] {
        let error = catalog.product(slug).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound, "{slug}");
    }
    shop.set_active(&rope, true).await;
    assert_eq!(catalog.product("rope").await.unwrap().id, rope.id);
    catalog.product("Rope").await.unwrap_err();
}

async fn categories_are_those_with_something_for_sale(shop: TestShop) {
    let goods = [
        Goods::named("Rope")
            .category("Deck")
            .pictured(&["/media/rope.png"]),
        Goods::named("Tent").category("Camping & Outdoors"),
        Goods::named("Secret").category("Hidden").inactive(),
        Goods::named("Loose"),
    ];
    let stocked = shop.stock_all(goods.to_vec()).await;
    let categories = || async {
        let found = shop.shop().catalog.categories().await.unwrap();
        found
            .iter()
            .map(|c| (c.slug.clone(), c.name.clone()))
            .collect::<Vec<_>>()
    };
    let pair = |slug: &str, name: &str| (slug.to_owned(), name.to_owned());
    let (deck, camping) = (
        pair("deck", "Deck"),
        pair("camping-outdoors", "Camping & Outdoors"),
    );
    let mut found = categories().await;
    found.sort();
    assert_eq!(found, [camping.clone(), deck]);
    let all = shop.shop().catalog.categories().await.unwrap();
    let deck = all.iter().find(|c| c.slug == "deck").unwrap();
    assert_eq!(deck.picture.as_ref().unwrap().src, "/media/rope.png");
    shop.set_active(&stocked[0], false).await;
    assert_eq!(categories().await, [camping]);
}

async fn related_products_share_category_and_tags(shop: TestShop) {
    let mut goods = vec![
        Goods::named("Rope")
            .category("Deck")
            .tags(&["knot", "long"]),
    ];
    goods.push(Goods::named("Other one").category("Deck"));
    goods.push(
        Goods::named("Twin")
            .category("Deck")
            .tags(&["knot", "long"]),
    );
    goods.push(Goods::named("Cousin").category("Deck").tags(&["knot"]));
    goods.push(
        Goods::named("Asleep")
            .category("Deck")
            .tags(&["knot", "long"])
            .inactive(),
    );
    for n in 0..4 {
        goods.push(Goods::named(&format!("More {n}")).category("Deck"));
    }
    shop.stock_all(goods).await;
    let catalog = &shop.shop().catalog;
    let rope = catalog.product("rope").await.unwrap();
    let related = catalog.related(&rope).await.unwrap();
    let titles: Vec<_> = related.iter().map(|card| card.title.as_str()).collect();
    assert_eq!(titles.len(), 4);
    assert_eq!(titles[..2], ["Twin", "Cousin"]);
    assert!(!titles.contains(&"Rope") && !titles.contains(&"Asleep"));
}

async fn the_home_page_shows_newest_and_most_sold_that_are_in_stock(shop: TestShop) {
    let old = shop
        .stock(
            Goods::named("Old")
                .category("Deck")
                .pictured(&["/media/o.png"]),
        )
        .await;
    shop.clock.advance(DAY);
    shop.stock(Goods::named("New").category("Deck")).await;
    shop.clock.advance(DAY);
    shop.stock(Goods::named("Gone").category("Deck").units(0))
        .await;
    shop.buy(&[(old.variant(), 3)], cash()).await.1.unwrap();
    shop.services.run_maintenance().await;
    let home = shop.shop().catalog.home().await.unwrap();
    let titles = |cards: &[app::catalog::types::Card]| {
        cards
            .iter()
            .map(|card| card.title.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(titles(&home.newest), ["New", "Old"]);
    assert_eq!(titles(&home.popular), ["Old", "New"]);
    assert_eq!(titles(&home.hero), ["Old"]);
    assert_eq!(home.categories.len(), 1);
}

async fn texts_of_any_script_are_kept(shop: TestShop) {
    let title = "茶 «Ünïcode» 'quoted\" \\ % _ 🌊";
    let mut goods = Goods::named(title)
        .vendor("Ø'Brien; --")
        .category("Thé & café")
        .tags(&["été", "日本"])
        .options(["Größe"], &[(["¼ l; DROP TABLE"], 100, 5)]);
    goods.0.slug = "tea".to_owned();
    shop.stock(goods).await;
    let product = shop.shop().catalog.product("tea").await.unwrap();
    assert_eq!(product.title, title);
    assert_eq!(product.vendor, "Ø'Brien; --");
    assert_eq!(product.category.as_ref().unwrap().slug, "the-cafe");
    assert_eq!(product.tags.len(), 2);
    assert_eq!(product.options[0].name, "Größe");
    assert_eq!(product.variants[0].options, ["¼ l; DROP TABLE"]);
}

async fn tags_are_sorted_as_people_sort_words(shop: TestShop) {
    let goods = Goods::named("Rope").tags(&["zoo", "ärmel", "über", "apfel", "été", "eis"]);
    let rope = shop.stock(goods).await;
    let sorted = ["apfel", "ärmel", "eis", "été", "über", "zoo"];
    let product = shop.shop().catalog.product(&rope.slug).await.unwrap();
    assert_eq!(product.tags, sorted);
    let edited = shop.services.admin.product(&rope.id).await.unwrap();
    assert_eq!(edited.tags, sorted);
    let everything = ListQuery::default();
    let list = shop.shop().catalog.list(&everything).await.unwrap();
    let facets = &list.facets;
    let offered: Vec<_> = facets.tags.iter().map(|tag| tag.label.as_str()).collect();
    assert_eq!(offered, sorted);
}

/// Browsers ask for lists that are dear to count and hang up, again and again.
async fn lists_that_nobody_waits_for_any_more_keep_no_product_from_being_read(shop: TestShop) {
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
         SELECT COUNT(*) AS n FROM n";
    for _ in 0..3 {
        let asking = (0..5).map(|_| {
            let catalog = shop.db().catalog().clone();
            tokio::spawn(async move { catalog.fetch_all(Cost::List, Sql::new(endless)).await })
        });
        let asking: Vec<_> = asking.collect();
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        asking.iter().for_each(tokio::task::JoinHandle::abort);
    }
    let product = Sql::new("SELECT COUNT(*) AS n FROM products");
    let read = shop.db().catalog().fetch_one(Cost::Rows, product).await;
    assert!(read.is_ok(), "{:?}", read.err());
}
