//! What is shown of a page where a link to it is shared.

use app::{
    collections::types::CollectionForm, home::form::BlockForm, home::types::BlockKind,
    locale::Locale,
};

use crate::{
    pages::{page, publish},
    support::{Goods, Site, TestShop, on_both_databases},
};

on_both_databases!(
    the_front_page_is_shared_with_the_picture_that_it_shows,
    every_public_page_has_what_is_shared_of_it_in_its_language,
);

/// The contents of the tags of this name, in their order.
fn tags<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let head = page.split("</head>").next().unwrap_or_default();
    let tags = head.split("<meta ").filter_map(|tag| tag.split_once('>'));
    let named = format!("\"{name}\"");
    tags.filter(|(tag, _)| tag.contains(&named))
        .map(|(tag, _)| {
            let content = tag.split_once("content=\"").unwrap().1;
            content.split('"').next().unwrap()
        })
        .collect()
}

async fn front(site: &Site) -> String {
    site.browser().page("/").await.expect(200).body
}

async fn the_front_page_is_shared_with_the_picture_that_it_shows(shop: TestShop) {
    let actor = shop.admin().await;
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let seen = front(&shop.open().await).await;
    assert_eq!(tags(&seen, "twitter:card"), ["summary"]);
    shop.execute("UPDATE categories SET picture_src = '/media/demo/deck.webp'")
        .await;
    // Another node has read nothing before.
    let seen = front(&shop.second_node().open().await).await;
    assert!(seen.contains("src=\"/media/demo/deck"), "{seen}");
    let deck = ["http://shop.test/media/demo/deck.webp"];
    assert_eq!(tags(&seen, "og:image"), deck);
    assert_eq!(tags(&seen, "twitter:card"), ["summary_large_image"]);

    // Without a hero it is a picture between the blocks, and what that shows is told.
    let home = &shop.shop().home;
    let hero = home.draft().await.unwrap().blocks.remove(0);
    assert_eq!(hero.block.kind(), BlockKind::Hero);
    home.delete(&actor, &hero.id).await.unwrap();
    home.add(&actor, BlockKind::Picture).await.unwrap();
    let blocks = home.draft().await.unwrap().blocks.into_iter();
    let mut pictures = blocks.filter(|placed| placed.block.kind() == BlockKind::Picture);
    let picture = pictures.next().unwrap();
    let form = BlockForm {
        alt: "Our harbour".to_owned(),
        ..BlockForm::of(&picture.block, Locale::En)
    };
    let version = picture.version.to_string();
    home.save(&actor, &picture.id, &version, form)
        .await
        .unwrap();
    let src = Some("/media/demo/harbour.webp".to_owned());
    home.set_picture(&actor, &picture.id, src).await.unwrap();
    home.publish(&actor).await.unwrap();
    let seen = front(&shop.open().await).await;
    let harbour = ["http://shop.test/media/demo/harbour.webp"];
    assert_eq!(tags(&seen, "og:image"), harbour);
    assert_eq!(tags(&seen, "og:image:alt"), ["Our harbour"]);
}

async fn every_public_page_has_what_is_shared_of_it_in_its_language(shop: TestShop) {
    let actor = shop.admin().await;
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let gifts = CollectionForm {
        name: "Gifts".to_owned(),
        ..CollectionForm::default()
    };
    let collections = &shop.shop().collection_admin;
    collections.create(&actor, gifts).await.unwrap();
    publish(&shop, &actor, page("Story")).await.unwrap();
    let shop = shop.speaking("en,de");
    let site = shop.open().await;
    for path in [
        "/",
        "/products",
        "/products/rope",
        "/categories/deck",
        "/collections/gifts",
        "/pages/story",
    ] {
        for (prefix, own, other) in [("", "en_GB", "de_DE"), ("/de", "de_DE", "en_GB")] {
            let path = match (prefix, path) {
                ("", path) => path.to_owned(),
                (prefix, "/") => prefix.to_owned(),
                (prefix, path) => format!("{prefix}{path}"),
            };
            let seen = site.browser().page(&path).await.expect(200).body;
            for name in ["og:title", "og:url", "og:image", "og:type", "twitter:card"] {
                assert_eq!(tags(&seen, name).len(), 1, "{name} on {path}: {seen}");
            }
            assert_eq!(tags(&seen, "og:locale"), [own], "{path}");
            assert_eq!(tags(&seen, "og:locale:alternate"), [other], "{path}");
        }
    }
}
