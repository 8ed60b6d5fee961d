//! Product files from a browser: a dry run with all that would change, then the work.

use std::time::Duration;

use app::error::ErrorKind;
use desk::admin::jobs::{
    ports::{BadRows, ProductJobs},
    types::{JobState, RowKind},
};

use super::{an_admin, bulk::finished};
use crate::support::{Goods, TestShop, on_both_databases, rows};

on_both_databases!(
    a_dry_run_tells_all_and_changes_nothing,
    a_file_is_imported_after_a_yes,
    bad_rows_stop_an_import_or_are_left_out,
    what_is_no_product_file_is_refused,
    shoppers_buy_while_a_large_file_comes_in,
);

pub async fn take(shop: &TestShop, file: &str) -> String {
    let jobs = &shop.services.jobs;
    let bytes = file.as_bytes().to_vec();
    jobs.take_file(&an_admin(), "products.csv", bytes)
        .await
        .unwrap()
}

const FILE: &str = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\n\
    rope,Longer rope,R-1,12.50,3\n\
    boot,Boot,B-1,49.00,10\n";

async fn a_dry_run_tells_all_and_changes_nothing(shop: TestShop) {
    shop.stock(Goods::named("Rope").sku("R-1")).await;
    shop.stock(Goods::named("Same").slug("same")).await;
    let mut before = rows(shop.db()).await;
    let id = take(&shop, FILE).await;
    let job = finished(&shop, &id).await;
    assert_eq!(job.summary.state, JobState::Ready, "{}", job.note);
    assert_eq!(
        (job.counts.created, job.counts.updated, job.counts.bad),
        (1, 1, 0)
    );
    let rope = &job.rows[0];
    assert_eq!(
        (rope.kind, rope.title.as_str()),
        (RowKind::Update, "Longer rope")
    );
    let changes: Vec<_> = rope
        .changes
        .iter()
        .map(|c| (c.field.as_str(), c.before.as_str(), c.after.as_str()))
        .collect();
    assert!(
        changes.contains(&("Title", "Rope", "Longer rope")),
        "{changes:?}"
    );
    assert!(
        changes.contains(&("Price of R-1", "€49.00", "€12.50")),
        "{changes:?}"
    );
    assert!(
        changes.contains(&("Stock of R-1", "10", "3")),
        "{changes:?}"
    );
    assert_eq!(
        (job.rows[1].kind, job.rows[1].title.as_str()),
        (RowKind::Create, "Boot")
    );
    let mut after = rows(shop.db()).await;
    for table in ["catalog_jobs", "catalog_job_rows"] {
        before.remove(table);
        after.remove(table);
    }
    assert_eq!(after, before);
}

async fn a_file_is_imported_after_a_yes(shop: TestShop) {
    shop.stock(Goods::named("Rope").sku("R-1")).await;
    let id = take(&shop, FILE).await;
    finished(&shop, &id).await;
    let jobs = &shop.services.jobs;
    jobs.start(&an_admin(), &id, BadRows::Refuse.into())
        .await
        .unwrap();
    let job = finished(&shop, &id).await;
    assert_eq!((job.summary.state, job.summary.done), (JobState::Done, 2));
    let rope = shop.shop().catalog.product("rope").await.unwrap();
    assert_eq!(
        (rope.title.as_str(), rope.variants[0].price_minor),
        ("Longer rope", 1250)
    );
    let by = "SELECT COUNT(*) AS n FROM stock_movements \
              WHERE reason = 'import' AND actor = 'desk@shop.test' AND delta = -7";
    assert_eq!(shop.number(by).await, 1);
    let audited = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'catalog.import'";
    assert_eq!(shop.number(audited).await, 1);
    let again = jobs.start(&an_admin(), &id, BadRows::Refuse.into()).await;
    assert_eq!(again.unwrap_err().kind, ErrorKind::Conflict);
    let same = finished(&shop, &take(&shop, FILE).await).await;
    assert_eq!((same.counts.unchanged, same.rows.len()), (2, 0));
}

async fn bad_rows_stop_an_import_or_are_left_out(shop: TestShop) {
    shop.stock(Goods::named("Other").sku("TAKEN")).await;
    let file = "Handle,Title,Variant SKU,Variant Price\n\
        rope,Rope,R-1,cheap\n\
        boot,Boot,B-1,49.00\n\
        hat,Hat,TAKEN,9.00\n";
    let id = take(&shop, file).await;
    let job = finished(&shop, &id).await;
    assert_eq!((job.counts.created, job.counts.bad), (1, 2));
    let bad: Vec<_> = job
        .rows
        .iter()
        .filter(|row| row.kind == RowKind::Bad)
        .collect();
    assert_eq!(bad[0].title, "Row 2");
    assert_eq!(bad[0].changes[0].field, "Variant Price");
    assert_eq!(
        (bad[1].title.as_str(), bad[1].changes[0].field.as_str()),
        ("Row 4", "Variant SKU")
    );
    let jobs = &shop.services.jobs;
    let refused = jobs.start(&an_admin(), &id, BadRows::Refuse.into()).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Invalid);
    assert!(shop.shop().catalog.product("boot").await.is_err());
    jobs.start(&an_admin(), &id, BadRows::Skip.into())
        .await
        .unwrap();
    assert_eq!(finished(&shop, &id).await.summary.done, 1);
    // The job is done a moment before the caches are told.
    let there = async {
        while shop.shop().catalog.product("boot").await.is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let there = tokio::time::timeout(Duration::from_secs(60), there).await;
    there.expect("the boot is in the shop");
    for out in ["rope", "hat"] {
        assert!(shop.shop().catalog.product(out).await.is_err(), "{out}");
    }
}

async fn what_is_no_product_file_is_refused(shop: TestShop) {
    let jobs = &shop.services.jobs;
    for bytes in [
        &b""[..],
        b"\xff\xfe\0",
        b"Name,Price\nRope,1\n",
        b"%PDF-1.7",
    ] {
        let refused = jobs.take_file(&an_admin(), "x.csv", bytes.to_vec()).await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Invalid, "{bytes:?}");
    }
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM catalog_jobs").await,
        0
    );
}

async fn shoppers_buy_while_a_large_file_comes_in(shop: TestShop) {
    let lamp = shop.stock(Goods::named("Lamp").units(1000)).await;
    let mut file = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\n".to_owned();
    for n in 0..1500 {
        file.push_str(&format!("thing-{n},Thing {n},T-{n},5.00,1\n"));
    }
    let id = take(&shop, &file).await;
    assert_eq!(finished(&shop, &id).await.counts.created, 1500);
    shop.services
        .jobs
        .start(&an_admin(), &id, BadRows::Refuse.into())
        .await
        .unwrap();
    let mut bought = 0;
    loop {
        let job = shop.services.jobs.job(&id, 0).await.unwrap();
        if !job.summary.state.is_moving() {
            assert_eq!(
                (job.summary.state, job.summary.done),
                (JobState::Done, 1500)
            );
            break;
        }
        let (_, placed) = shop
            .buy(&[(lamp.variant(), 1)], crate::support::cash())
            .await;
        match placed {
            Ok(_) => bought += 1,
            // Behind a batch on a machine that is slow.
            Err(error) => assert_eq!(error.kind, ErrorKind::Busy),
        }
    }
    assert!(bought > 3, "only {bought} orders came through meanwhile");
    assert_eq!(shop.units(lamp.variant()).await, 1000 - bought);
}
