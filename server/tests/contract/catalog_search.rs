//! Full-text search, which each database does in its own way, to the same effect.

use desk::admin::{product_filter::ProductFilter, products::ports::ProductAdmin};

use super::catalog_lists::titles;
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    words_are_found_by_their_beginning,
    all_words_must_be_there_wherever_they_stand,
    accents_and_case_do_not_matter,
    letters_are_found_as_people_spell_them,
    words_are_found_joined_and_split,
    stretches_are_found_in_scripts_without_blanks,
    a_sku_is_found_by_its_parts,
    suggestions_and_the_admins_table_find_the_same,
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
        "waterproofing",
        "back",
        "BACKPACK",
        "hf-bp",
        "01",
    ] {
        assert_eq!(search(&shop, text).await, ["Waterproof Backpack"], "{text}");
    }
    for text in ["pack", "proof", "xyz"] {
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

/// Titles, and searches that find this one of them.
type Found = [(&'static str, &'static [&'static str])];

async fn each_is_found(shop: &TestShop, all: &Found) {
    let goods = all.iter().enumerate();
    let goods = goods.map(|(n, (title, _))| Goods::named(title).slug(&format!("thing-{n}")));
    shop.stock_all(goods.collect()).await;
    for (title, texts) in all {
        for text in *texts {
            assert_eq!(search(shop, text).await, [*title], "{text}");
        }
    }
}

async fn letters_are_found_as_people_spell_them(shop: TestShop) {
    each_is_found(
        &shop,
        &[
            (
                "Straße",
                &["strasse", "STRASSE", "STRAẞE", "straße", "stras"],
            ),
            (
                "Şık Çanta IŞIK",
                &["ışık", "IŞIK", "isik", "şık çanta", "canta"],
            ),
            ("ΣΊΣΥΦΟΣ", &["σισυφος", "Σίσυφος", "σισυφοσ", "ΣΙΣΥΦ"]),
            ("Łódź", &["lodz", "ŁÓDŹ", "łód"]),
            ("Smørrebrød", &["smorrebrod", "SMØRRE", "smoerrebroed"]),
            ("Đà Nẵng", &["da nang", "đà nẵng", "Đa"]),
            ("Gói nhân đôi", &["nhan doi", "NHÂN ĐÔI"]),
            ("Œuvre", &["oeuvre", "œuv"]),
            ("Þórr", &["thorr", "ÞÓRR"]),
            ("Müller", &["mueller", "muller", "MÜLLER"]),
            ("Чайник", &["чайник", "ЧАЙНИК"]),
        ],
    )
    .await;
}

async fn words_are_found_joined_and_split(shop: TestShop) {
    each_is_found(
        &shop,
        &[
            (
                "Blue Tshirt",
                &["t-shirt blue", "blue tshirt", "T‑SHIRT BLUE"],
            ),
            (
                "Red T-Shirt",
                &["tshirt red", "t-shirt red", "red t-sh", "shirt red"],
            ),
            ("Wifi box", &["wi-fi box", "wifi b"]),
            ("Wi-Fi lamp", &["wifi lamp", "wi-fi lamp", "wi fi lamp"]),
            (
                "Men's belt",
                &["mens belt", "men’s belt", "men's b", "men belt"],
            ),
            ("Mens hat", &["men's hat", "mens hat"]),
            ("L'Oréal", &["loreal", "l’oreal", "L'OREAL", "oreal"]),
        ],
    )
    .await;
    // Words that only a hyphen joins are looked for side by side.
    assert_eq!(search(&shop, "red-shirt").await, [""; 0]);
}

async fn stretches_are_found_in_scripts_without_blanks(shop: TestShop) {
    each_is_found(
        &shop,
        &[
            (
                "香港罗汉果",
                &["罗汉果", "香港", "罗汉", "果", "香港罗汉果"],
            ),
            (
                "日本製の緑茶セット",
                &["緑茶", "セット", "日本製 緑茶", "茶セット", "緑"],
            ),
            ("น้ำมะพร้าวสด", &["มะพร้าว", "มะพราว", "สด"]),
            ("الشاي الأخضر", &["شاي", "الشاي", "اخضر"]),
            ("배추김치", &["김치", "배추", "배추기"]),
            ("iPhoneケース", &["ケース", "iphone", "iphoneケース", "ｹｰｽ"]),
        ],
    )
    .await;
    for nothing in ["汉罗", "茶緑", "緑セット", "ايش"] {
        assert_eq!(search(&shop, nothing).await, [""; 0], "{nothing}");
    }
}

async fn a_sku_is_found_by_its_parts(shop: TestShop) {
    shop.stock(Goods::named("Rope").sku("00417")).await;
    shop.stock(Goods::named("Lamp").sku("HF-BP-0052")).await;
    shop.stock(Goods::named("Hook").sku("QX12YZ")).await;
    for (text, title) in [
        ("417", "Rope"),
        ("00417", "Rope"),
        ("HF-BP-0052", "Lamp"),
        ("hfbp0052", "Lamp"),
        ("hfbp", "Lamp"),
        ("bp 0052", "Lamp"),
        ("bp-0052", "Lamp"),
        ("52", "Lamp"),
        ("qx12", "Hook"),
        ("yz", "Hook"),
        ("QX-12-YZ", "Hook"),
    ] {
        assert_eq!(search(&shop, text).await, [title], "{text}");
    }
}

async fn suggestions_and_the_admins_table_find_the_same(shop: TestShop) {
    let goods = ["Straße", "日本製の緑茶セット", "Red T-Shirt", "Müller"];
    shop.stock_all(goods.map(Goods::named).to_vec()).await;
    for (text, title) in [
        ("STRASSE", "Straße"),
        ("緑茶", "日本製の緑茶セット"),
        ("tshirt", "Red T-Shirt"),
        ("mueller", "Müller"),
        ("MÜLLER", "Müller"),
    ] {
        let suggested = shop.shop().catalog.suggest(text).await.unwrap();
        let suggested: Vec<_> = suggested.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(suggested, [title], "{text}");
        let filter = ProductFilter {
            text: Some(text.to_owned()),
            ..ProductFilter::default()
        };
        let table = shop.services.admin.products(&filter).await.unwrap();
        let table: Vec<_> = table.rows.iter().map(|row| row.title.as_str()).collect();
        assert_eq!(table, [title], "{text}");
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
    assert_eq!(found[0].picture.src(), Some("/media/buoy.png"));
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
