//! Products of a file that had other addresses before.

use desk::admin::{jobs::types::ImportChoices, products::ports::ProductAdmin};

use super::{
    super::admin::{bulk::finished, files::take},
    command, start,
};
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    an_earlier_address_is_kept_if_title_or_sku_agree,
    handles_of_one_earlier_address_are_told_apart_in_a_long_file,
);

async fn an_earlier_address_is_kept_if_title_or_sku_agree(shop: TestShop) {
    // As an earlier version read the handle.
    let size = Goods::named("Größe").slug("gr-e").sku("G-1").price(500);
    let size = shop.stock(size).await;
    let prices = "Handle,Variant SKU,Variant Price\ngröße,G-1,6\n";
    let id = take(&shop, prices).await;
    let counts = finished(&shop, &id).await.counts;
    assert_eq!((counts.created, counts.updated, counts.bad), (0, 1, 0));
    start(&shop, &id).await;
    let changed = shop.shop().catalog.product("gr-e").await.unwrap();
    assert_eq!(changed.id, size.id);
    assert_eq!(changed.variants[0].price_minor, 600);

    let both = "Handle,Title,Variant SKU,Variant Price\ngröße,Größe,G-1,6\nboot,Boot,B-1,5\n";
    let id = take(&shop, both).await;
    finished(&shop, &id).await;
    let counts = start(&shop, &id).await.counts;
    assert_eq!((counts.created, counts.unchanged, counts.bad), (1, 1, 0));

    let neither = "Handle,Tags\ngröße,x\n";
    let report = command(&shop, neither, ImportChoices::default()).await;
    assert_eq!((report.updated, report.unchanged), (0, 0));
    assert_eq!(
        report.bad[0].reason.to_string(),
        "is missing: a new product needs one",
        "another product may have had this address"
    );
    let titled = "Handle,Title,Tags\ngröße,größe,x\n";
    let report = command(&shop, titled, ImportChoices::default()).await;
    assert_eq!((report.created, report.updated, report.bad), (0, 1, vec![]));
    let changed = shop.services.admin.product(&size.id).await.unwrap();
    assert_eq!(
        (changed.slug.as_str(), changed.tags),
        ("gr-e", vec!["x".to_owned()])
    );
}

async fn handles_of_one_earlier_address_are_told_apart_in_a_long_file(shop: TestShop) {
    let size = Goods::named("Größe").slug("gr-e").sku("G-1").price(500);
    let size = shop.stock(size).await;
    let mut file = "Handle,Title,Variant SKU,Variant Price\ngröße,Größe,G-1,6\n".to_owned();
    // More than are looked at, or written, at once.
    for n in 0..60 {
        file.push_str(&format!("thing-{n},Thing,,5\n"));
    }
    file.push_str("grüe,Größe,G-2,7\ngrée,Other,G-1,8\n");
    let id = take(&shop, &file).await;
    let counts = finished(&shop, &id).await.counts;
    assert_eq!((counts.created, counts.updated, counts.bad), (61, 1, 1));
    let job = start(&shop, &id).await;
    let counts = job.counts;
    assert_eq!((counts.created, counts.updated, counts.bad), (61, 1, 1));
    assert_eq!((job.skipped, counts.unchanged), (0, 0));
    let kept = shop.services.admin.product(&size.id).await.unwrap();
    assert_eq!(
        (kept.slug.as_str(), kept.variants[0].price_minor),
        ("gr-e", 600)
    );
    let new = "SELECT COUNT(*) AS n FROM products WHERE slug = 'grue'";
    assert_eq!(shop.number(new).await, 1);
}
