//! The shop as a product file, and back.

use std::io::Cursor;

use server::product_files::{
    export::export,
    import::{BadRows, import},
};

use crate::support::{DAY, Goods, TestShop, cash, on_both_databases, rows};

on_both_databases!(
    the_demo_catalogue_goes_out_and_in_again_unchanged,
    odd_products_go_out_and_in_again_unchanged,
    an_export_fills_an_empty_shop_with_the_same,
    an_export_holds_nobody_up,
);

async fn written(shop: &TestShop) -> String {
    let mut file = Vec::new();
    export(shop.db(), &mut file, "EUR").await.unwrap();
    String::from_utf8(file).unwrap()
}

/// Reads the shop's own export, which must change nothing.
async fn assert_round_trip(shop: &TestShop) {
    let file = written(shop).await;
    let before = rows(shop.db()).await;
    shop.clock.advance(DAY);
    let report = import(
        shop.db(),
        &*shop.clock,
        Cursor::new(file.clone()),
        "EUR",
        BadRows::Refuse,
        |_| {},
    )
    .await
    .unwrap();
    assert_eq!(report.bad, []);
    assert_eq!((report.created, report.updated), (0, 0));
    assert_eq!(rows(shop.db()).await, before);
    assert_eq!(written(shop).await, file);
}

async fn the_demo_catalogue_goes_out_and_in_again_unchanged(shop: TestShop) {
    shop.demo().await;
    assert_round_trip(&shop).await;
}

fn odd() -> Vec<Goods> {
    let mut formula = Goods::named("=SUM(A1)")
        .vendor("@home")
        .tags(&["-dash", "+plus"]);
    formula.0.slug = "formula".to_owned();
    let mut quoted = Goods::named("Quotes \" and, commas; \\ and 'more'")
        .category("A & B, \"C\"")
        .described("<p>First line</p>\n<p>Second \"line\", with <em>more</em> &amp; such</p>");
    quoted.0.seo_title = Some("a, b".to_owned());
    quoted.0.seo_description = Some("\"x\"".to_owned());
    let mut tea = Goods::named("茶 🌊 Ünïcode").tags(&["été"]).options(
        ["Größe", "Farbe", "Art"],
        &[
            (["½ l", "Rot", "=1"], 1, 0),
            (["1 l", "Rot", "2"], 999_999_999, 3),
        ],
    );
    tea.0.slug = "tea".to_owned();
    tea.0.variants[0].picture_src = Some("/media/t.png".to_owned());
    vec![
        formula,
        quoted,
        tea.pictured(&["/media/t.png", "/media/u.png"]),
        Goods::named("Plain"),
        Goods::named("Asleep").inactive().units(0),
        Goods::named("Free").price(0).compare_at(100).sku("F-1"),
    ]
}

async fn odd_products_go_out_and_in_again_unchanged(shop: TestShop) {
    shop.stock_all(odd()).await;
    assert_round_trip(&shop).await;
}

async fn an_export_fills_an_empty_shop_with_the_same(shop: TestShop) {
    let stocked = shop.stock_all(odd()).await;
    let file = written(&shop).await;
    let admin = shop.admin().await;
    for product in &stocked {
        shop.shop()
            .admin
            .delete_product(&admin, &product.id)
            .await
            .unwrap();
    }
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM products").await, 0);
    let file_again = Cursor::new(file.clone());
    let report = import(
        shop.db(),
        &*shop.clock,
        file_again,
        "EUR",
        BadRows::Refuse,
        |_| {},
    )
    .await;
    assert_eq!(report.unwrap().created, stocked.len());
    assert_eq!(written(&shop).await, file);
}

async fn an_export_holds_nobody_up(shop: TestShop) {
    shop.demo().await;
    let rope = shop.stock(Goods::named("Rope").units(50)).await;
    let exporting = tokio::spawn({
        let shop = shop.clone();
        async move { written(&shop).await }
    });
    for _ in 0..10 {
        shop.buy(&[(rope.variant(), 1)], cash()).await.1.unwrap();
    }
    exporting.await.unwrap();
    assert_eq!(shop.units(rope.variant()).await, 40);
}
