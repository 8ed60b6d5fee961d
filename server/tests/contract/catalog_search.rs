//! Full-text search, which each database does in its own way, to the same effect.

use super::catalog_lists::titles;
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    words_are_found_by_their_beginning,
    all_words_must_be_there_wherever_they_stand,
    accents_and_case_do_not_matter,
    a_hit_in_the_title_comes_before_one_in_the_text,
    search_signs_mean_nothing,
    the_index_follows_every_edit,
    suggestions_are_few_and_best_first,
);

async fn search(shop: &TestShop, text: &str) -> Vec<String> {
    titles(shop, &[("q", text)]).await
}

async fn words_are_found_by_their_beginning(shop: TestShop) {
    shop.stock(Goods::named("Waterproof Backpack").sku("HF-BP-01"))
        .await;
    shop.stock(Goods::named("Kettle")).await;
    for text in [
        "w",
        "wat",
        "water",
        "waterproof",
        "back",
        "BACKPACK",
        "hf-bp",
        "01",
    ] {
        assert_eq!(search(&shop, text).await, ["Waterproof Backpack"], "{text}");
    }
    for text in ["pack", "proof", "waterproofing", "xyz"] {
        assert_eq!(search(&shop, text).await, [""; 0], "{text}");
    }
}

async fn all_words_must_be_there_wherever_they_stand(shop: TestShop) {
    let tent = Goods::named("Dome Tent")
        .vendor("Northern Works")
        .category("Camping")
        .tags(&["lightweight"])
        .described("<p>Stands in a <em>gale</em>.</p>");
    shop.stock(tent).await;
    shop.stock(Goods::named("Dome Lamp")).await;
    for text in [
        "tent dome",
        "dome north",
        "camping tent",
        "light gale",
        "tent stands gale dome",
    ] {
        assert_eq!(search(&shop, text).await, ["Dome Tent"], "{text}");
    }
    assert_eq!(search(&shop, "tent lamp").await, [""; 0]);
    assert_eq!(
        search(&shop, "em").await,
        [""; 0],
        "tags of the text are no words"
    );
}

async fn accents_and_case_do_not_matter(shop: TestShop) {
    shop.stock(Goods::named("Crème Brûlée Torch")).await;
    shop.stock(Goods::named("Smørrebrød Board").vendor("ÅNGSTRÖM"))
        .await;
    for text in [
        "creme",
        "CRÈME",
        "brulee",
        "Bru\u{302}le\u{301}e",
        "crème torch",
    ] {
        assert_eq!(search(&shop, text).await, ["Crème Brûlée Torch"], "{text}");
    }
    for text in ["angstrom", "ångström", "board"] {
        assert_eq!(search(&shop, text).await, ["Smørrebrød Board"], "{text}");
    }
}

async fn a_hit_in_the_title_comes_before_one_in_the_text(shop: TestShop) {
    shop.stock(Goods::named("Kettle").described("<p>As good as a lantern.</p>"))
        .await;
    shop.stock(Goods::named("Hook").tags(&["lantern"])).await;
    shop.stock(Goods::named("Storm Lantern")).await;
    assert_eq!(
        search(&shop, "lantern").await,
        ["Storm Lantern", "Hook", "Kettle"]
    );
    let by_name = titles(&shop, &[("q", "lantern"), ("sort", "name")]).await;
    assert_eq!(by_name, ["Hook", "Kettle", "Storm Lantern"]);
}

async fn search_signs_mean_nothing(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    for text in [
        "rope\"",
        "\"rope\"",
        "rope*",
        "rope:*",
        "(rope",
        "-rope",
        "rope!",
        "rope & ",
        "rope|",
        "'rope'",
        "^rope",
        "{rope}",
        "title:rope",
        "ro\\pe",
        "rope <-> x",
        "rope AND",
        "NEAR(rope",
        "%",
        "\"",
        "'",
        "*",
        "&",
        "!!",
        "()",
        "\\",
        "rope\u{0}",
        "😀",
    ] {
        let found = search(&shop, text).await;
        assert!(found.len() <= 1, "{text}");
    }
    assert_eq!(search(&shop, "\"rope\" *").await, ["Rope"]);
    assert_eq!(
        search(&shop, "!!").await,
        [""; 0],
        "nothing but signs finds nothing"
    );
    assert_eq!(search(&shop, &"rope ".repeat(500)).await, ["Rope"]);
    assert_eq!(search(&shop, &"r".repeat(10_000)).await, [""; 0]);
}

async fn the_index_follows_every_edit(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").category("Deck")).await;
    shop.rewrite(&rope, |draft| {
        "Hawser".clone_into(&mut draft.title);
        draft.tags = vec!["thick".to_owned()];
        "Harbour".clone_into(&mut draft.category);
    })
    .await;
    for (text, found) in [
        ("hawser", 1),
        ("thick", 1),
        ("harbour", 1),
        ("rope", 0),
        ("deck", 0),
    ] {
        assert_eq!(search(&shop, text).await.len(), found, "{text}");
    }
    shop.set_active(&rope, false).await;
    assert_eq!(search(&shop, "hawser").await.len(), 0);
    shop.set_active(&rope, true).await;
    let admin = shop.admin().await;
    shop.shop()
        .admin
        .delete_product(&admin, &rope.id)
        .await
        .unwrap();
    assert_eq!(search(&shop, "hawser").await.len(), 0);
    shop.stock(Goods::named("Anchor")).await;
    assert_eq!(
        search(&shop, "hawser").await.len(),
        0,
        "a new row is not found by an old word"
    );
    assert_eq!(search(&shop, "anchor").await.len(), 1);
}

async fn suggestions_are_few_and_best_first(shop: TestShop) {
    let mut goods: Vec<_> = (0..8)
        .map(|n| Goods::named(&format!("Thing {n}")).described("<p>With a buoy.</p>"))
        .collect();
    goods.push(
        Goods::named("Buoy")
            .price(1250)
            .pictured(&["/media/buoy.png"]),
    );
    goods.push(Goods::named("Buoy of old").inactive());
    shop.stock_all(goods).await;
    let found = shop.shop().catalog.suggest("buo").await.unwrap();
    assert_eq!(found.len(), 6);
    assert_eq!(
        (found[0].title.as_str(), found[0].price.as_str()),
        ("Buoy", "€12.50")
    );
    assert_eq!(found[0].picture_src.as_deref(), Some("/media/buoy.png"));
    for nothing in ["", "  ", "!!", "zzz"] {
        assert!(
            shop.shop()
                .catalog
                .suggest(nothing)
                .await
                .unwrap()
                .is_empty(),
            "{nothing:?}"
        );
    }
}
