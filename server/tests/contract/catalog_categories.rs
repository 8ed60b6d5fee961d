//! A category is its name; addresses follow from it.

use std::io::Cursor;

use futures_util::future::join_all;
use server::product_files::import::{BadRows, import};

use super::catalog_lists::titles;
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    names_that_share_an_address_are_categories_of_their_own,
    a_file_makes_the_same_categories_as_the_editor,
    a_name_is_one_category_in_any_case,
    writers_at_once_make_one_category_of_a_name,
);

/// Addresses and names, in the order of the addresses.
async fn categories(shop: &TestShop) -> Vec<(String, String)> {
    let all = shop.shop().catalog.categories().await.unwrap();
    let mut all: Vec<_> = all
        .iter()
        .map(|category| (category.slug.clone(), category.name.clone()))
        .collect();
    all.sort();
    all
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(slug, name)| ((*slug).to_owned(), (*name).to_owned()))
        .collect()
}

const NAMES: [&str; 10] = [
    "C++",
    "C#",
    "Tシャツ",
    "Tパンツ",
    "A & B",
    "A/B",
    "iPhone ケース",
    "iPhone フィルム",
    "+",
    "!",
];

fn expected() -> Vec<(String, String)> {
    pairs(&[
        ("a-b", "A & B"),
        ("a-b-2", "A/B"),
        ("c", "C++"),
        ("c-2", "C#"),
        ("category", "+"),
        ("category-2", "!"),
        ("iphone-ケース", "iPhone ケース"),
        ("iphone-フィルム", "iPhone フィルム"),
        ("tシャツ", "Tシャツ"),
        ("tパンツ", "Tパンツ"),
    ])
}

async fn names_that_share_an_address_are_categories_of_their_own(shop: TestShop) {
    for (n, name) in NAMES.into_iter().enumerate() {
        shop.stock(Goods::named(&format!("Thing {n}")).category(name))
            .await;
    }
    assert_eq!(categories(&shop).await, expected());
    assert_eq!(titles(&shop, &[("category", "c-2")]).await, ["Thing 1"]);
    assert_eq!(titles(&shop, &[("category", "tパンツ")]).await, ["Thing 3"]);
}

async fn a_file_makes_the_same_categories_as_the_editor(shop: TestShop) {
    for (n, name) in NAMES.into_iter().enumerate() {
        let file = format!("Handle,Title,Type,Variant Price\nthing-{n},Thing {n},{name},1\n");
        let file = Cursor::new(file.into_bytes());
        let report = import(
            shop.db(),
            &*shop.clock,
            file,
            "EUR",
            BadRows::Refuse,
            |_| {},
        );
        assert_eq!(report.await.unwrap().created, 1, "{name}");
    }
    assert_eq!(categories(&shop).await, expected());
}

async fn a_name_is_one_category_in_any_case(shop: TestShop) {
    let goods = [
        "Öle & Bäder",
        "ÖLE & BÄDER",
        " O\u{308}le  & ba\u{308}der",
        "Ole & Bader",
    ];
    for (n, name) in goods.into_iter().enumerate() {
        shop.stock(Goods::named(&format!("Thing {n}")).category(name))
            .await;
    }
    let two = [("ole-bader", "Öle & Bäder"), ("ole-bader-2", "Ole & Bader")];
    assert_eq!(categories(&shop).await, pairs(&two));
    let first = titles(&shop, &[("category", "ole-bader"), ("sort", "name")]).await;
    assert_eq!(first, ["Thing 0", "Thing 1", "Thing 2"]);
}

async fn writers_at_once_make_one_category_of_a_name(shop: TestShop) {
    let names = ["C++", "c++", "C#", "c#", "C++", "C#"];
    let writing = names.into_iter().enumerate().map(|(n, name)| {
        let shop = shop.clone();
        tokio::spawn(async move {
            shop.stock(Goods::named(&format!("Thing {n}")).category(name))
                .await
        })
    });
    for written in join_all(writing).await {
        written.unwrap();
    }
    let keys = "SELECT COUNT(*) AS n FROM categories WHERE name_key IN ('c++', 'c#')";
    assert_eq!(shop.number(keys).await, 2);
    let all = "SELECT COUNT(*) AS n FROM categories WHERE slug IN ('c', 'c-2')";
    assert_eq!(shop.number(all).await, 2);
    let in_one = "SELECT COUNT(*) AS n FROM products p JOIN categories c ON c.id = p.category_id \
                  WHERE c.name_key = 'c++'";
    assert_eq!(shop.number(in_one).await, 3);
}
