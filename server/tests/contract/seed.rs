//! The demo catalogue and large made-up ones.

use app::{
    catalog::{query::ListQuery, types::Availability},
    locale::Locale,
};
use server::{
    db::{Get, Sql},
    pictures::media::demo_picture,
    seed::{is_empty, seed_demo, seed_many},
};

use crate::support::{DAY, TestShop, on_both_databases, rows};

on_both_databases!(
    the_demo_shows_what_a_shop_has,
    seeding_the_demo_again_changes_nothing,
    every_picture_of_the_demo_is_there,
    the_whole_demo_is_there_in_german,
    what_somebody_has_translated_is_not_translated_again,
    a_large_catalogue_is_the_same_for_the_same_seed,
);

async fn the_demo_shows_what_a_shop_has(shop: TestShop) {
    assert!(is_empty(shop.db()).await.unwrap());
    shop.demo().await;
    assert!(!is_empty(shop.db()).await.unwrap());
    let products = shop.number("SELECT COUNT(*) AS n FROM products").await;
    assert!((24..=36).contains(&products), "{products}");
    let count = |condition: &str| {
        let sql = format!("SELECT COUNT(*) AS n FROM products p WHERE {condition}");
        let shop = shop.clone();
        async move { shop.number(&sql).await }
    };
    assert!(count("active = 0").await >= 1, "one that is not for sale");
    assert!(
        count("active = 1 AND buyable = 0").await >= 1,
        "one that is sold out"
    );
    assert!(
        count("compare_at_minor IS NOT NULL").await >= 3,
        "some on sale"
    );
    let several = "(SELECT COUNT(*) FROM variants v WHERE v.product_id = p.id) > 1";
    assert!(count(several).await * 2 > products, "most with variants");
    assert_eq!(
        count("NOT EXISTS (SELECT 1 FROM pictures i WHERE i.product_id = p.id)").await,
        0
    );
    assert_eq!(count("description_text = ''").await, 0);
    let categories = shop.shop().catalog.categories().await.unwrap();
    assert!((6..=10).contains(&categories.len()));
    let home = shop.shop().catalog.home().await.unwrap();
    assert_eq!(
        (home.newest.len(), home.popular.len(), home.hero.len()),
        (8, 8, 5)
    );
    let list = shop
        .shop()
        .catalog
        .list(&ListQuery {
            page: 1,
            ..ListQuery::default()
        })
        .await
        .unwrap();
    let few = list
        .products
        .iter()
        .filter(|card| card.availability == Availability::FewLeft);
    let low = shop
        .number("SELECT COUNT(*) AS n FROM variants WHERE stock BETWEEN 1 AND 4")
        .await;
    assert!(low >= 1, "some are low: {}", few.count());
}

async fn seeding_the_demo_again_changes_nothing(shop: TestShop) {
    shop.demo().await;
    let before = rows(shop.db()).await;
    shop.clock.advance(DAY);
    let report = seed_demo(shop.db(), &*shop.clock, "EUR").await.unwrap();
    assert_eq!((report.created, report.updated), (0, 0));
    assert_eq!(rows(shop.db()).await, before);
}

async fn every_picture_of_the_demo_is_there(shop: TestShop) {
    shop.demo().await;
    let sources = Sql::new("SELECT DISTINCT src FROM pictures")
        .fetch_all(shop.db().reader())
        .await;
    for row in sources.unwrap() {
        let src = row.text("src").unwrap();
        let name = src
            .strip_prefix("/media/demo/")
            .expect("a picture of our own");
        assert!(demo_picture(name).is_some(), "{src}");
    }
}

async fn the_whole_demo_is_there_in_german(shop: TestShop) {
    let shop = shop.speaking("en,de");
    shop.demo().await;
    let translated = |kind: &str, subject: &str, field: &str| {
        format!(
            "EXISTS (SELECT 1 FROM translations t WHERE t.kind = '{kind}' AND t.language = 'de' \
             AND t.subject_id = {subject} AND t.field = {field} AND t.text <> '')"
        )
    };
    let product = |field: &str| translated("product", "p.id", field);
    let value = |n: usize| {
        let field = format!("'value:' || v.option{n}");
        let of = translated("option", "o.key", &field);
        format!(
            "product_options o JOIN variants v ON v.product_id = o.product_id \
             WHERE o.position = {n} AND v.option{n} <> '' AND NOT {of}"
        )
    };
    for gap in [
        format!("products p WHERE NOT {}", product("'title'")),
        format!("products p WHERE NOT {}", product("'description'")),
        format!(
            "products p WHERE COALESCE(p.seo_title, '') <> '' AND NOT {}",
            product("'seo_title'")
        ),
        format!(
            "products p WHERE COALESCE(p.seo_description, '') <> '' AND NOT {}",
            product("'seo_description'")
        ),
        format!(
            "pictures i JOIN products p ON p.id = i.product_id WHERE i.alt <> '' AND NOT {}",
            product("'alt:' || i.src")
        ),
        format!(
            "categories c WHERE NOT {}",
            translated("category", "c.id", "'name'")
        ),
        format!(
            "product_options o WHERE NOT {}",
            translated("option", "o.key", "'name'")
        ),
        value(1),
        value(2),
        format!(
            "product_tags g WHERE NOT {}",
            translated("tag", "g.tag", "'name'")
        ),
    ] {
        let count = format!("SELECT COUNT(*) AS n FROM {gap}");
        assert_eq!(shop.number(&count).await, 0, "{gap}");
    }
    let german = shop.shop().catalog.in_language(Locale::De);
    let mug = german.product("enamel-mug").await.unwrap();
    assert_eq!(mug.title, "Emaillebecher");
    assert!(mug.description_html.contains("Ein Stahlbecher"));
    assert_eq!(mug.category.as_ref().unwrap().name, "Küche");
    assert_eq!(mug.options[0].label(), "Farbe");
    assert_eq!(
        mug.pictures[0].alt,
        "Grüner Emaillebecher mit schwarzem Rand"
    );
    let english = shop.shop().catalog.in_language(Locale::En);
    let mug = english.product("enamel-mug").await.unwrap();
    assert_eq!(mug.title, "Enamel Mug");
}

async fn what_somebody_has_translated_is_not_translated_again(shop: TestShop) {
    let shop = shop.speaking("en,de");
    shop.demo().await;
    shop.execute("UPDATE translations SET text = 'Eigener Text' WHERE language = 'de'")
        .await;
    shop.demo().await;
    let own = "SELECT COUNT(*) AS n FROM translations WHERE text <> 'Eigener Text'";
    assert_eq!(shop.number(own).await, 0);
}

async fn a_large_catalogue_is_the_same_for_the_same_seed(shop: TestShop) {
    let mut progress = Vec::new();
    seed_many(shop.db(), &*shop.clock, 700, 7, |done| progress.push(done))
        .await
        .unwrap();
    assert_eq!(progress, [500, 700]);
    let page = ListQuery {
        page: 29,
        ..ListQuery::default()
    };
    let list = shop.shop().catalog.list(&page).await.unwrap();
    assert_eq!((list.total, list.products.len()), (700, 24));
    let sums = || async {
        let row = Sql::new(
            "SELECT CAST(SUM(stock) AS BIGINT) AS units, CAST(SUM(price_minor) AS BIGINT) AS prices, \
             COUNT(*) AS variants FROM variants",
        );
        let row = row.fetch_one(shop.db().reader()).await.unwrap();
        ["units", "prices", "variants"].map(|column| row.int(column).unwrap())
    };
    let first = sums().await;
    let mut tx = shop.db().begin().await.unwrap();
    for table in ["stock_entries", "variants", "products"] {
        let sql = Sql::new(&format!("DELETE FROM {table}"));
        sql.execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    seed_many(shop.db(), &*shop.clock, 700, 7, |_| {})
        .await
        .unwrap();
    assert_eq!(sums().await, first);
}
