//! What a product file leaves open: stock that is not tracked, units that are owed, pictures that no browser shows.

mod addresses;
mod skus;

use std::io::Cursor;

use app::{error::ErrorKind, locale::Locale};
use desk::admin::jobs::{
    ports::{BadRows, Consent, ProductJobs},
    types::{ImportChoices, JobState, JobView, RowKind, UntrackedQuantities},
};
use server::product_files::import::{Import, ImportReport, Trail, plan::Finding};

use super::admin::{an_admin, bulk::finished, files::take};
use crate::support::{Goods, TestShop, on_both_databases, rows};

on_both_databases!(
    what_would_be_sold_out_is_told_and_units_are_offered,
    other_choices_are_looked_at_before_anything_is_done,
    negative_stock_is_none_with_a_remark,
    what_a_file_says_of_tracking_and_codes_is_taken,
    pictures_come_from_https,
    the_command_line_leaves_a_trail,
    what_both_show_is_the_same,
);

/// Imports as the command line does.
async fn command(shop: &TestShop, file: &str, choices: ImportChoices) -> ImportReport {
    let import = Import {
        db: shop.db(),
        clock: &*shop.clock,
        currency: "EUR",
        file: "goods.csv",
        bad_rows: BadRows::Skip,
        choices,
        trail: Trail::EachProduct,
    };
    let file = Cursor::new(file.as_bytes().to_vec());
    import.checked(file, |_| {}).await.unwrap()
}

async fn looked_at(shop: &TestShop, id: &str, choices: ImportChoices) -> JobView {
    let jobs = &shop.services.jobs;
    let state = jobs.look_again(&an_admin(), id, choices).await.unwrap();
    assert_eq!(state, JobState::Preparing);
    finished(shop, id).await
}

async fn start(shop: &TestShop, id: &str) -> JobView {
    let jobs = &shop.services.jobs;
    let consent = BadRows::Skip.into();
    jobs.start(&an_admin(), id, consent).await.unwrap();
    let job = finished(shop, id).await;
    assert_eq!(job.summary.state, JobState::Done, "{}", job.note);
    job
}

async fn units(shop: &TestShop, slug: &str) -> i64 {
    let sql = format!(
        "SELECT v.stock AS n FROM variants v JOIN products p ON p.id = v.product_id \
         WHERE p.slug = '{slug}'"
    );
    shop.number(&sql).await
}

const UNTRACKED: &str = "Handle,Title,Published,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price\n\
    oak-stool,Oak Stool,TRUE,OS-1,,7,deny,79.00\n\
    ash-stool,Ash Stool,TRUE,AS-1,shopify,0,continue,69.00\n";

async fn what_would_be_sold_out_is_told_and_units_are_offered(shop: TestShop) {
    let id = take(&shop, UNTRACKED).await;
    let job = finished(&shop, &id).await;
    let counts = job.counts;
    assert_eq!((counts.created, counts.bad), (2, 0));
    assert_eq!((counts.untracked, counts.untracked_quantities), (1, 1));
    assert_eq!(
        (counts.sells_on, counts.sold_out),
        (1, 1),
        "the oak stool never is"
    );
    let none = "Handle,Title,Variant Price\nelm-stool,Elm Stool,59\n";
    let untold = finished(&shop, &take(&shop, none).await).await.counts;
    assert_eq!((untold.untold, untold.sold_out), (1, 1));

    let choices = ImportChoices {
        untracked: UntrackedQuantities::Use,
        ..ImportChoices::default()
    };
    let job = looked_at(&shop, &id, choices).await;
    assert_eq!((job.counts.sold_out, job.choices), (1, choices));
    start(&shop, &id).await;
    assert_eq!(units(&shop, "oak-stool").await, 7);
    assert_eq!(units(&shop, "ash-stool").await, 0);
    let id = take(&shop, UNTRACKED).await;
    finished(&shop, &id).await;
    let again = looked_at(&shop, &id, choices).await.counts;
    assert_eq!(
        (again.unchanged, again.sold_out),
        (2, 0),
        "they are counted here"
    );

    let choices = ImportChoices {
        untracked_units: 3,
        ..ImportChoices::default()
    };
    assert_eq!(command(&shop, none, choices).await.created, 1);
    assert_eq!(units(&shop, "elm-stool").await, 3);
}

async fn what_a_file_says_of_tracking_and_codes_is_taken(shop: TestShop) {
    let none = ImportChoices::default();
    assert_eq!(command(&shop, UNTRACKED, none).await.created, 2);
    let of = async |what: &str, slug: &str| {
        let sql = format!(
            "SELECT {what} AS n FROM variants v JOIN products p ON p.id = v.product_id \
             WHERE p.slug = '{slug}'"
        );
        shop.number(&sql).await
    };
    assert_eq!(of("v.tracked", "oak-stool").await, 0);
    assert_eq!(of("v.tracked", "ash-stool").await, 1);
    assert_eq!(
        of("v.backorder_limit", "ash-stool").await,
        0,
        "nobody said how far"
    );
    let again = command(&shop, UNTRACKED, none).await;
    assert_eq!((again.updated, again.unchanged), (0, 2));

    let file = "Handle,Variant SKU,Variant Barcode,Cost per item,Variant Inventory Tracker,Variant Inventory Policy,Variant Backorder Limit,Prepaid Only\n\
        oak-stool,OS-1,4006381333931,30.50,shopify,continue,4,true\n";
    let report = command(&shop, file, none).await;
    assert_eq!((report.updated, report.bad), (1, vec![]));
    assert_eq!(of("v.tracked", "oak-stool").await, 1);
    assert_eq!(of("v.available", "oak-stool").await, 4);
    assert_eq!(of("v.cost_minor", "oak-stool").await, 3050);
    assert_eq!(of("p.prepaid", "oak-stool").await, 1);
    let shown = shop.shop().catalog.product("oak-stool").await.unwrap();
    assert_eq!(shown.variants[0].barcode.as_deref(), Some("4006381333931"));
    let prices = "Handle,Variant SKU,Variant Price\noak-stool,OS-1,80\n";
    command(&shop, prices, none).await;
    let unreadable = "Handle,Variant SKU,Variant Barcode\noak-stool,OS-1,4.00638E+12\n";
    command(&shop, unreadable, none).await;
    let kept = "CASE WHEN v.barcode = '4006381333931' THEN 1 ELSE 0 END";
    assert_eq!(
        of(kept, "oak-stool").await,
        1,
        "a spreadsheet has spoiled it"
    );
    assert_eq!(
        of("v.backorder_limit", "oak-stool").await,
        4,
        "what is not said stays"
    );
    assert_eq!(of("p.prepaid", "oak-stool").await, 1);
    let deny = "Handle,Variant SKU,Variant Inventory Policy\noak-stool,OS-1,deny\n";
    command(&shop, deny, none).await;
    assert_eq!(of("v.available", "oak-stool").await, 0);
}

async fn other_choices_are_looked_at_before_anything_is_done(shop: TestShop) {
    let id = take(&shop, UNTRACKED).await;
    finished(&shop, &id).await;
    let choices = ImportChoices {
        untracked_units: 5,
        ..ImportChoices::default()
    };
    let consent = Consent {
        choices: Some(choices),
        ..BadRows::Refuse.into()
    };
    let jobs = &shop.services.jobs;
    let state = jobs.start(&an_admin(), &id, consent).await.unwrap();
    assert_eq!(state, JobState::Preparing);
    let job = finished(&shop, &id).await;
    assert_eq!((job.summary.state, job.choices), (JobState::Ready, choices));
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM products").await, 0);
    let state = jobs.start(&an_admin(), &id, consent).await.unwrap();
    assert_eq!(state, JobState::Running);
    assert_eq!(finished(&shop, &id).await.counts.created, 2);
    assert_eq!(units(&shop, "oak-stool").await, 5);
    let late = jobs.look_again(&an_admin(), &id, choices).await;
    assert_eq!(late.unwrap_err().kind, ErrorKind::Conflict, "it is done");
}

async fn negative_stock_is_none_with_a_remark(shop: TestShop) {
    let file = "Handle,Title,Published,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price\n\
        minus,Minus,TRUE,M-1,shopify,-2,10.00\n";
    let id = take(&shop, file).await;
    let job = finished(&shop, &id).await;
    let counts = job.counts;
    assert_eq!((counts.created, counts.bad, counts.remarks), (1, 0, 1));
    let remark = &job.rows[0];
    assert_eq!(
        (remark.kind, remark.title.as_str()),
        (RowKind::Remark, "Row 2")
    );
    assert_eq!(remark.changes[0].field, "Variant Inventory Qty");
    assert_eq!(remark.changes[0].after, "-2 units are taken as 0");
    let jobs = &shop.services.jobs;
    let consent = BadRows::Refuse.into();
    jobs.start(&an_admin(), &id, consent).await.unwrap();
    assert_eq!(finished(&shop, &id).await.counts.created, 1);
    assert_eq!(units(&shop, "minus").await, 0);
    let again = command(&shop, file, ImportChoices::default()).await;
    assert_eq!((again.unchanged, again.bad.len()), (1, 0));
}

async fn pictures_come_from_https(shop: TestShop) {
    let file = "Handle,Title,Variant Price,Image Src\n\
        cup,Cup,5,http://example.com/cup.jpg\n\
        pot,Pot,5,http://example.com:8080/pot.jpg\n";
    let id = take(&shop, file).await;
    let counts = finished(&shop, &id).await.counts;
    assert_eq!((counts.created, counts.remarks, counts.bad), (1, 1, 1));
    start(&shop, &id).await;
    let cup = shop.shop().catalog.product("cup").await.unwrap();
    assert_eq!(cup.pictures[0].src, "https://example.com/cup.jpg");
    let again = command(&shop, file, ImportChoices::default()).await;
    assert_eq!((again.unchanged, again.bad.len()), (1, 1));
}

async fn the_command_line_leaves_a_trail(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").sku("R-1")).await;
    let file = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\n\
        rope,Longer rope,R-1,49.00,12\nboot,Boot,B-1,49.00,3\n";
    let report = command(&shop, file, ImportChoices::default()).await;
    assert_eq!((report.created, report.updated), (1, 1));
    let entry = format!(
        "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'product.update' \
         AND actor = 'command line' AND subject_id = '{}' \
         AND before_json LIKE '%\"stock\":10%' AND after_json LIKE '%\"stock\":12%'",
        rope.id
    );
    assert_eq!(shop.number(&entry).await, 1);
    let made = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'product.create' \
                AND actor = 'command line' AND after_json LIKE '%\"Boot\"%'";
    assert_eq!(shop.number(made).await, 1);
    let whole = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'catalog.import' \
                 AND after_json LIKE '%goods.csv%'";
    assert_eq!(shop.number(whole).await, 1);
    let before = rows(shop.db()).await;
    command(&shop, file, ImportChoices::default()).await;
    assert_eq!(
        rows(shop.db()).await,
        before,
        "what changes nothing leaves nothing"
    );
    shop.demo().await;
    let seeded = "SELECT COUNT(*) AS n FROM audit_entries \
                  WHERE after_json LIKE '%demo catalogue%' OR action = 'product.create'";
    assert_eq!(shop.number(seeded).await, 2, "the demo is one entry");
}

async fn what_both_show_is_the_same(shop: TestShop) {
    shop.stock(Goods::named("Ash Stool").sku("AS-1")).await;
    let file = format!(
        "{UNTRACKED}bad,Bad,TRUE,B-1,shopify,-1,deny,cheap\nlow,Low,,L-1,shopify,-1,deny,0\n"
    );
    let job = finished(&shop, &take(&shop, &file).await).await;
    let import = Import {
        db: shop.db(),
        clock: &*shop.clock,
        currency: "EUR",
        file: "goods.csv",
        bad_rows: BadRows::Refuse,
        choices: ImportChoices::default(),
        trail: Trail::EachProduct,
    };
    let before = rows(shop.db()).await;
    let mut shown = Vec::new();
    let counts = import
        .preview(file.as_bytes(), |finding| {
            shown.push(match finding {
                Finding::Product(product) => {
                    let changes = product.changes.iter();
                    changes.map(|change| change.said(Locale::En)).collect()
                }
                Finding::Bad(_) | Finding::Remark(_) => Vec::new(),
            });
        })
        .await
        .unwrap();
    assert_eq!(rows(shop.db()).await, before, "nothing is changed");
    assert_eq!(counts, job.counts);
    assert_eq!((counts.created, counts.updated), (2, 1));
    assert_eq!((counts.bad, counts.remarks, counts.made_free), (1, 1, 1));
    shown.retain(|changes| !changes.is_empty());
    let products = job.rows.into_iter().filter(|row| row.kind != RowKind::Bad);
    let on_the_page: Vec<_> = products
        .filter(|row| row.kind != RowKind::Remark)
        .map(|row| row.changes)
        .collect();
    assert_eq!(shown, on_the_page);
}
