//! What is found by what: texts in several languages and scripts, what people type for them, and whether
//! they find it. The rows are in `search_corpus.tsv`.

use app::{catalog::query::ListQuery, locale::Locale};
use desk::admin::{product_filter::ProductFilter, products::ports::ProductAdmin};
use server::{catalog::write::draft::ProductDraft, db::documents};

use super::catalog_lists::{query, titles};
use crate::support::{Goods, Stocked, TestShop, on_both_databases};

on_both_databases!(
    each_row_of_the_corpus_is_found_or_not,
    better_hits_come_first_in_the_same_order,
    a_mistake_counts_only_in_a_word_that_is_nowhere,
    mistakes_are_found_with_filters_and_counts,
    each_language_has_the_words_that_are_shown_in_it,
    words_go_with_their_product,
    words_made_of_others_are_known_by_the_words_of_the_shop,
    the_admins_table_finds_forms_and_no_mistakes,
);

const CORPUS: &str = include_str!("search_corpus.tsv");

struct Row<'a> {
    language: &'a str,
    place: &'a str,
    text: &'a str,
    query: &'a str,
    is_found: bool,
}

fn rows() -> impl Iterator<Item = Row<'static>> {
    let lines = CORPUS.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let fields: Vec<_> = line.split('\t').collect();
        let [language, place, text, query, found] = fields[..] else {
            panic!("{line:?} has another number of fields");
        };
        let is_found = match found {
            "yes" => true,
            "no" => false,
            other => panic!("{other:?} is neither yes nor no"),
        };
        Row {
            language,
            place,
            text,
            query,
            is_found,
        }
    })
}

/// Makes the text the only one that says anything.
fn put(draft: &mut ProductDraft, place: &str, text: &str) {
    "Thing".clone_into(&mut draft.title);
    draft.vendor = String::new();
    draft.category = String::new();
    draft.tags = Vec::new();
    draft.description_html = String::new();
    draft.variants[0].sku = None;
    match place {
        "title" => text.clone_into(&mut draft.title),
        "vendor" => text.clone_into(&mut draft.vendor),
        "category" => text.clone_into(&mut draft.category),
        "tag" => draft.tags = vec![text.to_owned()],
        "body" => draft.description_html = format!("<p>{text}</p>"),
        "sku" => draft.variants[0].sku = Some(text.to_owned()),
        other => panic!("{other:?} is no place of a text"),
    }
}

async fn each_row_of_the_corpus_is_found_or_not(shop: TestShop) {
    let product = shop.stock(Goods::named("Thing")).await;
    let mut stored = ("title", "Thing");
    let mut wrong = Vec::new();
    for row in rows() {
        if stored != (row.place, row.text) {
            shop.rewrite(&product, |draft| put(draft, row.place, row.text))
                .await;
            stored = (row.place, row.text);
        }
        // Scripts without a language of the shop are on the pages that there are.
        let language = Locale::of_code(row.language).unwrap_or_default();
        let catalog = shop.shop().catalog.in_language(language);
        let list = catalog.list(&query(&[("q", row.query)])).await.unwrap();
        let suggested = catalog.suggest(row.query).await.unwrap();
        let found = (list.total == 1, suggested.len() == 1);
        if found != (row.is_found, row.is_found) {
            wrong.push(format!(
                "{} {} {:?} by {:?}: listed and suggested {found:?}",
                row.language, row.place, row.text, row.query
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows().count() > 200);
}

async fn better_hits_come_first_in_the_same_order(shop: TestShop) {
    let best_last = [
        Goods::named("Kettle").described("<p>Stands beside lanterns.</p>"),
        Goods::named("Hook").described("<p>Stands beside a lantern.</p>"),
        Goods::named("Rope").tags(&["lanterns"]),
        Goods::named("Oil").vendor("Lantern Works"),
        Goods::named("Lanternfish"),
        Goods::named("Old Lantern").units(0),
        Goods::named("Storm Lantern"),
    ];
    shop.stock_all(best_last.to_vec()).await;
    assert_eq!(
        titles(&shop, &[("q", "lantern")]).await,
        [
            "Storm Lantern",
            "Old Lantern",
            "Lanternfish",
            "Oil",
            "Rope",
            "Hook",
            "Kettle",
        ],
        "title before names before text, whole before begun, in stock before sold out, newest first"
    );
    assert_eq!(
        titles(&shop, &[("q", "lanterns")]).await,
        [
            "Storm Lantern",
            "Old Lantern",
            "Rope",
            "Oil",
            "Kettle",
            "Hook",
        ],
        "what is typed before its other forms"
    );
    assert_eq!(
        titles(&shop, &[("q", "lanternn")]).await,
        ["Storm Lantern", "Old Lantern", "Oil", "Rope"],
        "with a mistake the title comes first, too, and descriptions are not looked at"
    );
}

async fn a_mistake_counts_only_in_a_word_that_is_nowhere(shop: TestShop) {
    let goods = ["Leather Boots", "Picture Books", "Blue Table"];
    shop.stock_all(goods.map(Goods::named).to_vec()).await;
    assert_eq!(titles(&shop, &[("q", "boots")]).await, ["Leather Boots"]);
    assert_eq!(titles(&shop, &[("q", "books")]).await, ["Picture Books"]);
    assert_eq!(
        titles(&shop, &[("q", "blue cable")]).await,
        ["Blue Table"],
        "there is no cable"
    );
    shop.stock(Goods::named("Long Cable")).await;
    assert_eq!(
        titles(&shop, &[("q", "blue cable")]).await,
        [""; 0],
        "there is, but no blue one"
    );
    assert_eq!(titles(&shop, &[("q", "blue cabel")]).await, [""; 0]);
    assert_eq!(titles(&shop, &[("q", "long cabel")]).await, ["Long Cable"]);
}

async fn mistakes_are_found_with_filters_and_counts(shop: TestShop) {
    let lantern = |title: &str, tag: &str| Goods::named(title).category("Camping").tags(&[tag]);
    shop.stock_all(vec![
        lantern("Storm Lantern", "gift"),
        lantern("Paper Lantern", "party"),
    ])
    .await;
    let found = |pairs: &[(&str, &str)]| {
        let (catalog, wanted) = (shop.shop().catalog.clone(), query(pairs));
        async move { catalog.list(&wanted).await.unwrap() }
    };
    let list = found(&[("q", "lanttern")]).await;
    assert_eq!((list.total, list.products.len()), (2, 2));
    assert_eq!(list.facets.categories[0].count, 2);
    assert_eq!(list.facets.tags.len(), 2);
    let narrowed = found(&[("q", "lanttern"), ("tag", "party")]).await;
    assert_eq!(narrowed.products[0].title, "Paper Lantern");
    assert_eq!(narrowed.total, 1);
    let beyond = found(&[("q", "lanttern"), ("page", "2")]).await;
    assert_eq!((beyond.total, beyond.products.len()), (2, 0));
    assert_eq!(found(&[("q", "lantern"), ("tag", "none")]).await.total, 0);
}

/// Stores a translation and what follows from it.
async fn translate(shop: &TestShop, product: &Stocked, field: &str, text: &str) {
    shop.execute(&format!(
        "INSERT INTO translations (kind, subject_id, language, field, text, source_digest, updated_at) \
         VALUES ('product', '{}', 'de', '{field}', '{text}', '', 0)",
        product.id
    ))
    .await;
    let db = shop.db();
    let mut tx = db.begin().await.unwrap();
    let ids = [product.id.clone()];
    documents::refresh(&mut tx, db.dialect(), &ids)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn found_in(shop: &TestShop, language: Locale, text: &str) -> Vec<String> {
    let wanted = ListQuery {
        q: Some(text.to_owned()),
        ..query(&[])
    };
    let catalog = shop.shop().catalog.in_language(language);
    let list = catalog.list(&wanted).await.unwrap();
    let titles = list.products.iter().map(|card| card.slug.clone());
    titles.collect()
}

async fn each_language_has_the_words_that_are_shown_in_it(shop: TestShop) {
    let rope = Goods::named("Rope")
        .vendor("Seaworks")
        .described("<p>For anchors.</p>");
    let rope = shop.stock(rope).await;
    shop.stock(Goods::named("Kettles")).await;
    translate(&shop, &rope, "title", "Starkes Seil").await;
    for (language, text, found) in [
        (Locale::De, "seile", &["rope"][..]),
        (Locale::De, "starke seile", &["rope"]),
        (Locale::De, "siel", &[]),
        (Locale::De, "starkse", &["rope"]),
        (Locale::De, "rope", &[]),
        // What is not translated is shown, and found, as it is written.
        (Locale::De, "seil anchors", &["rope"]),
        (Locale::De, "seaworks", &["rope"]),
        (Locale::De, "kettles", &["kettles"]),
        (Locale::De, "kettle", &["kettles"]),
        (Locale::En, "ropes", &["rope"]),
        (Locale::En, "seil", &[]),
    ] {
        let slugs = found_in(&shop, language, text).await;
        assert_eq!(slugs, found, "{language:?} {text}");
    }
    translate(
        &shop,
        &rope,
        "description",
        "<p>Hält <b>zwei</b> Anker.</p>",
    )
    .await;
    assert_eq!(found_in(&shop, Locale::De, "haelt anker").await, ["rope"]);
    assert_eq!(found_in(&shop, Locale::De, "anchors seil").await, [""; 0]);

    // An edit of what it is written as leaves what is translated.
    shop.rewrite(&rope, |draft| "Hawser".clone_into(&mut draft.title))
        .await;
    assert_eq!(found_in(&shop, Locale::De, "starkes seil").await, ["rope"]);
    assert_eq!(found_in(&shop, Locale::En, "hawsers").await, ["rope"]);

    shop.execute("DELETE FROM translations").await;
    shop.rewrite(&rope, |draft| "Cordage".clone_into(&mut draft.title))
        .await;
    assert_eq!(found_in(&shop, Locale::De, "starkes").await, [""; 0]);
    assert_eq!(found_in(&shop, Locale::De, "cordage").await, ["rope"]);
}

async fn words_go_with_their_product(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    translate(&shop, &rope, "title", "Seil").await;
    let kept = "SELECT COUNT(*) AS n FROM product_words";
    assert_eq!(shop.number(kept).await, 2);
    let admin = shop.admin().await;
    let products = &shop.shop().admin;
    products.delete_product(&admin, &rope.id).await.unwrap();
    assert_eq!(shop.number(kept).await, 0);
    shop.stock(Goods::named("Anchor")).await;
    for language in Locale::ALL {
        assert_eq!(found_in(&shop, language, "seil").await, [""; 0]);
        assert_eq!(found_in(&shop, language, "rope").await, [""; 0]);
        assert_eq!(found_in(&shop, language, "anchor").await, ["anchor"]);
    }
}

async fn words_made_of_others_are_known_by_the_words_of_the_shop(shop: TestShop) {
    let goods = ["Emaillebecher", "Messerblock", "Becher", "Besteck"];
    shop.stock_all(goods.map(Goods::named).to_vec()).await;
    let german = |text: &'static str| found_in(&shop, Locale::De, text);
    assert_eq!(german("becher").await, ["becher"]);
    assert_eq!(german("block").await, [""; 0]);
    // What is known may be in any name, and in another language's words.
    let pot = shop.stock(Goods::named("Topf").tags(&["emaille"])).await;
    let knife = shop.stock(Goods::named("Knife")).await;
    translate(&shop, &knife, "title", "Messer").await;
    assert_eq!(german("becher").await, ["becher", "emaillebecher"]);
    assert_eq!(german("blöcke").await, ["messerblock"]);
    assert_eq!(found_in(&shop, Locale::En, "block").await, [""; 0]);
    assert_eq!(german("ecke").await, [""; 0]);

    // They go with what knows them, and with their product.
    let admin = shop.admin().await;
    let products = &shop.shop().admin;
    products.delete_product(&admin, &pot.id).await.unwrap();
    assert_eq!(german("becher").await, ["becher"]);
    products.delete_product(&admin, &knife.id).await.unwrap();
    assert_eq!(german("blöcke").await, [""; 0]);
    let knives = "SELECT COUNT(*) AS n FROM product_parts WHERE part = '=messer'";
    assert_eq!(shop.number(knives).await, 0);
    // A description tells of the words in its product's own names.
    shop.stock(Goods::named("Holzregal").described("<p>Aus Holz, für Emaille.</p>"))
        .await;
    assert_eq!(german("regale").await, ["holzregal"]);
    assert_eq!(german("becher").await, ["becher"]);
}

async fn the_admins_table_finds_forms_and_no_mistakes(shop: TestShop) {
    let goods = [
        Goods::named("Storm Lantern").sku("HF-BP-0052"),
        Goods::named("Regen Jacke").inactive(),
    ];
    shop.stock_all(goods.to_vec()).await;
    for (text, found) in [
        ("lanterns", &["Storm Lantern"][..]),
        ("hfbp0052", &["Storm Lantern"]),
        ("BP 52", &["Storm Lantern"]),
        ("regenjacken", &["Regen Jacke"]),
        // What is changed in bulk is what was asked for.
        ("lanttern", &[]),
        ("!!", &[]),
    ] {
        let filter = ProductFilter {
            text: Some(text.to_owned()),
            ..ProductFilter::default()
        };
        let table = shop.services.admin.products(&filter).await.unwrap();
        let table: Vec<_> = table.rows.iter().map(|row| row.title.as_str()).collect();
        assert_eq!(table, found, "{text}");
    }
}
