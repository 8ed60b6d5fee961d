//! SKUs that are there twice.

use desk::admin::jobs::types::{ImportChoices, RepeatedSkus, RowKind, UntrackedQuantities};

use super::{
    super::admin::{bulk::finished, files::take},
    command, looked_at, start, units,
};
use crate::support::{Goods, TestShop, on_both_databases, rows};

on_both_databases!(
    repeated_skus_are_left_out_or_dropped,
    who_has_a_sku_keeps_it,
);

const DOUBLED: &str = "Handle,Title,Published,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price\n\
    ring-a,Ring A,TRUE,RING-1,shopify,3,10.00\n\
    ring-b,Ring B,TRUE,RING-1,shopify,4,12.00\n";

const DROP: ImportChoices = ImportChoices {
    repeated_skus: RepeatedSkus::DropSku,
    untracked_units: 0,
    untracked: UntrackedQuantities::Ignore,
};

async fn sku(shop: &TestShop, slug: &str) -> Option<String> {
    let product = shop.shop().catalog.product(slug).await.unwrap();
    product.variants[0].sku.clone()
}

async fn repeated_skus_are_left_out_or_dropped(shop: TestShop) {
    let id = take(&shop, DOUBLED).await;
    let job = finished(&shop, &id).await;
    let counts = job.counts;
    assert_eq!(
        (counts.created, counts.bad, counts.repeated_skus),
        (1, 1, 1)
    );
    let bad = job
        .rows
        .iter()
        .find(|row| row.kind == RowKind::Bad)
        .unwrap();
    assert!(bad.changes[0].after.contains("RING-1"), "{bad:?}");

    let job = looked_at(&shop, &id, DROP).await;
    let counts = job.counts;
    assert_eq!(
        (counts.created, counts.bad, counts.repeated_skus),
        (2, 0, 1)
    );
    let told = job.rows.iter().find(|row| row.kind == RowKind::Remark);
    assert!(
        told.unwrap().changes[0].after.contains("without"),
        "{:?}",
        job.rows
    );
    start(&shop, &id).await;
    assert_eq!(sku(&shop, "ring-a").await.as_deref(), Some("RING-1"));
    assert_eq!(sku(&shop, "ring-b").await, None);
    assert_eq!(
        (units(&shop, "ring-a").await, units(&shop, "ring-b").await),
        (3, 4)
    );

    let before = rows(shop.db()).await;
    let again = command(&shop, DOUBLED, DROP).await;
    assert_eq!((again.updated, again.unchanged), (0, 2));
    assert_eq!(rows(shop.db()).await, before);
    let left_out = command(&shop, DOUBLED, ImportChoices::default()).await;
    assert_eq!((left_out.unchanged, left_out.bad.len()), (1, 1));
}

async fn who_has_a_sku_keeps_it(shop: TestShop) {
    shop.stock(Goods::named("Ring B").sku("RING-1").units(4).price(1200))
        .await;
    let report = command(&shop, DOUBLED, ImportChoices::default()).await;
    assert_eq!((report.created, report.unchanged), (0, 1));
    assert_eq!(
        report.bad.len(),
        1,
        "the first row is the one that is left out"
    );
    assert_eq!(report.bad[0].line, 2);
    let report = command(&shop, DOUBLED, DROP).await;
    assert_eq!((report.created, report.unchanged), (1, 1));
    assert_eq!(sku(&shop, "ring-a").await, None);
    assert_eq!(sku(&shop, "ring-b").await.as_deref(), Some("RING-1"));
    let twins = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n\
        pair,Pair,Side,Left,P-1,5\npair,,,Right,P-1,5\n";
    assert_eq!(command(&shop, twins, DROP).await.created, 1);
    let pair = shop.shop().catalog.product("pair").await.unwrap();
    let skus: Vec<_> = pair.variants.iter().map(|v| v.sku.as_deref()).collect();
    assert_eq!(skus, [Some("P-1"), None]);
    assert_eq!(command(&shop, twins, DROP).await.unchanged, 1);
}
