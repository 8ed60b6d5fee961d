//! Translations in product files.

use std::io::Cursor;

use desk::admin::translations::ports::TranslationState;
use server::product_files::{
    export::export,
    import::{BadRows, ImportReport, import},
};

use super::{german, title_state};
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(product_files_bring_and_take_translations,);

async fn imported(shop: &TestShop, file: &str) -> ImportReport {
    let file = Cursor::new(file.to_owned());
    let (db, clock) = (shop.db(), &*shop.clock);
    import(db, clock, file, "EUR", BadRows::Refuse, |_| {})
        .await
        .unwrap()
}

async fn exported(shop: &TestShop) -> String {
    let mut file = Vec::new();
    export(shop.db(), &mut file, "EUR").await.unwrap();
    String::from_utf8(file).unwrap()
}

async fn product_files_bring_and_take_translations(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope")).await;
    assert!(!exported(&shop).await.contains(":de"));
    let report = imported(
        &shop,
        "Handle,Title,Variant Price,title:de,description:de\n\
         rope,Rope,49,Seil,<p onclick=x>Stark</p>\nlamp,Lamp,5,Lampe,\n",
    )
    .await;
    assert_eq!((report.created, report.updated), (1, 1));
    let catalog = german(&shop);
    let product = catalog.product("rope").await.unwrap();
    assert_eq!(product.title, "Seil");
    assert_eq!(product.description_html, "<p>Stark</p>");
    assert_eq!(catalog.product("lamp").await.unwrap().title, "Lampe");
    assert_eq!(title_state(&shop, &rope).await, TranslationState::Current);

    // Back and forth nothing changes.
    let file = exported(&shop).await;
    assert!(file.lines().next().unwrap().contains("title:de"));
    let report = imported(&shop, &file).await;
    assert_eq!((report.created, report.updated), (0, 0));
    assert_eq!(exported(&shop).await, file);

    // A file without the columns leaves translations alone, and makes them stale where it has to.
    imported(&shop, "Handle,Title\nrope,Cord\n").await;
    assert_eq!(title_state(&shop, &rope).await, TranslationState::Stale);
    // One that brings both brings them together.
    imported(&shop, "Handle,Title,title:de\nrope,Line,Leine\n").await;
    assert_eq!(title_state(&shop, &rope).await, TranslationState::Current);
    assert_eq!(catalog.product("rope").await.unwrap().title, "Leine");
    // An empty cell takes the translation away.
    imported(&shop, "Handle,title:de\nrope,\n").await;
    assert_eq!(catalog.product("rope").await.unwrap().title, "Line");
    assert_eq!(title_state(&shop, &rope).await, TranslationState::Missing);
}
