//! A category is its name; addresses follow from it.

use std::io::Cursor;

use app::catalog::query::{ListQuery, Sort};
use futures_util::future::join_all;
use server::{
    catalog::read::{facets::count_statement, list::page_statement, search::Search},
    db::{Dialect, Get, Sql},
    product_files::import::{BadRows, import},
};

use super::catalog_lists::titles;
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    names_that_share_an_address_are_categories_of_their_own,
    a_file_makes_the_same_categories_as_the_editor,
    a_name_is_one_category_in_any_case,
    writers_at_once_make_one_category_of_a_name,
    a_page_of_a_category_reads_its_own_products_alone,
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

/// Of many products, a few are in the category and below it.
async fn fill(shop: &TestShop) {
    let few = ["Deck", "Hold"].map(|name| Goods::named(name).category(name));
    shop.stock_all(few.to_vec()).await;
    shop.execute(
        "UPDATE categories SET parent_id = (SELECT id FROM categories WHERE slug = 'deck') \
         WHERE slug = 'hold'",
    )
    .await;
    shop.execute(
        "INSERT INTO categories (id, slug, name, name_key, position) \
         WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 199) \
         SELECT 'c' || n, 'c' || n, 'C' || n, 'c' || n, n FROM numbers",
    )
    .await;
    shop.execute(
        "INSERT INTO products (id, slug, title, title_key, active, category_id, created_at, updated_at) \
         WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000) \
         SELECT 'p' || n, 'p' || n, 'P', 'p', 1, 'c' || (n % 200), n, n FROM numbers",
    )
    .await;
    shop.execute("ANALYZE").await;
}

async fn plan(shop: &TestShop, sql: Sql) -> String {
    let dialect = shop.db().dialect();
    let column = match dialect {
        Dialect::Sqlite => "detail",
        Dialect::Postgres => "QUERY PLAN",
    };
    let rows = sql.planned(dialect).fetch_all(shop.db().reader()).await;
    let rows = rows.unwrap();
    let lines = rows.iter().map(|row| row.text(column).unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

async fn a_page_of_a_category_reads_its_own_products_alone(shop: TestShop) {
    fill(&shop).await;
    let dialect = shop.db().dialect();
    let search = Search::of(None, None);
    let mut statements = vec![];
    for sort in [
        Sort::Featured,
        Sort::Newest,
        Sort::PriceUp,
        Sort::PriceDown,
        Sort::Name,
        Sort::BestSelling,
    ] {
        let query = ListQuery {
            category: Some("deck".to_owned()),
            page: 1,
            sort,
            ..ListQuery::default()
        };
        statements.push((sort, page_statement((dialect, 0), &query, &search, None)));
        statements.push((sort, count_statement((dialect, 0), &query, &search)));
    }
    for (sort, sql) in statements {
        let plan = plan(&shop, sql).await;
        let is_read_whole = match dialect {
            Dialect::Sqlite => plan.contains("SCAN p"),
            Dialect::Postgres => plan.contains("Seq Scan on products"),
        };
        assert!(!is_read_whole, "{sort:?}: {plan}");
        let by_category = ["products_category", "products_by_category"];
        assert!(
            by_category.iter().any(|index| plan.contains(index)),
            "{sort:?}: {plan}"
        );
    }
}
