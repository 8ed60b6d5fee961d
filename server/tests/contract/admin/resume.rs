//! Imports that break off, and what others do between the dry run and the work: a file writes what was
//! shown, once, and nothing else.

use std::time::Duration;

use desk::admin::{
    jobs::{
        ports::{BadRows, ProductJobs},
        types::{ImportChoices, JobRow, JobState},
    },
    products::{ports::ProductAdmin, types::ProductChange},
    stock::ports::StockAdmin,
};
use server::{
    catalog::write::{CatalogWrite, StockReason, StoredProduct},
    db::Dialect,
};
use tokio::sync::oneshot;

use super::{an_admin, bulk::finished, files::take, update};
use crate::support::{Goods, Stocked, TestShop, cash, on_both_databases};

on_both_databases!(
    an_import_that_is_taken_over_goes_on_where_it_was,
    what_was_changed_since_the_dry_run_is_left_alone,
    stock_booked_before_another_look_is_what_was_shown,
    units_sold_since_the_dry_run_stay_sold,
    an_import_leaves_what_each_product_was,
    writers_of_the_same_categories_do_not_wait_in_a_ring,
);

const HEADER: &str = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\n";

async fn start(shop: &TestShop, id: &str) {
    let jobs = &shop.services.jobs;
    jobs.start(&an_admin(), id, BadRows::Refuse.into())
        .await
        .unwrap();
}

async fn an_import_that_is_taken_over_goes_on_where_it_was(shop: TestShop) {
    const PRODUCTS: i64 = 600;
    let goods = (0..PRODUCTS).map(|n| {
        let goods = Goods::named(&format!("Thing {n}")).units(70);
        goods.sku(&format!("T-{n}"))
    });
    let stocked = shop.stock_all(goods.collect()).await;
    let mut file = HEADER.to_owned();
    for n in 0..PRODUCTS {
        file.push_str(&format!("thing-{n},Thing {n},T-{n},49.00,100\n"));
    }
    let id = take(&shop, &file).await;
    assert_eq!(finished(&shop, &id).await.counts.updated, PRODUCTS);
    start(&shop, &id).await;
    while shop.number("SELECT done AS n FROM catalog_jobs").await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // As if this node had not been heard of for so long that another took the job over.
    let lease = shop.now() + 60_000;
    shop.execute(&format!(
        "UPDATE catalog_jobs SET worker = 'other', lease_until = {lease} WHERE state = 'running'"
    ))
    .await;
    let behind = shop.number("SELECT done AS n FROM catalog_jobs").await;
    assert!((1..PRODUCTS).contains(&behind), "{behind} were written");
    let (first, last) = (stocked[0].variant(), stocked[599].variant());
    for variant in [first, last] {
        shop.buy(&[(variant, 30)], cash()).await.1.unwrap();
    }
    assert_eq!((shop.units(first).await, shop.units(last).await), (70, 40));
    let other = shop.second_node();
    other.services.jobs.drive(&id).await;
    let still = shop.number("SELECT done AS n FROM catalog_jobs").await;
    assert_eq!(
        still, behind,
        "neither the late node nor a third goes on while the lease runs"
    );

    shop.clock.advance(60_001);
    other.services.jobs.run_maintenance().await.unwrap();
    let job = finished(&shop, &id).await;
    assert_eq!(
        (job.summary.state, job.summary.done, job.skipped),
        (JobState::Done, PRODUCTS, 0)
    );
    assert_eq!((job.counts.updated, job.counts.unchanged), (PRODUCTS, 0));
    assert_eq!(
        (shop.units(first).await, shop.units(last).await),
        (70, 70),
        "what was sold is not for sale again, written before or after"
    );
    let booked = "SELECT COUNT(*) AS n FROM stock_movements WHERE reason = 'import'";
    assert_eq!(shop.number(booked).await, PRODUCTS);
    let done = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'catalog.import'";
    assert_eq!(shop.number(done).await, 1);
}

fn renamed(title: &str) -> ProductChange {
    ProductChange {
        title: Some(title.to_owned()),
        ..ProductChange::default()
    }
}

fn why<'a>(rows: &'a [JobRow], title: &str) -> &'a str {
    let row = rows.iter().find(|row| row.title == title).unwrap();
    assert!(row.skipped, "{title}");
    &row.changes[0].after
}

async fn what_was_changed_since_the_dry_run_is_left_alone(shop: TestShop) {
    let actor = shop.admin().await;
    let named = |name: &str| Goods::named(name).sku(&name.to_uppercase());
    let edited = shop.stock(named("edited")).await;
    let gone = shop.stock(named("gone")).await;
    let counted = shop.stock(named("counted")).await;
    let mut same = named("same").price(500);
    same.0.variants[0].grams = 0;
    let same = shop.stock(same).await;
    let plain = shop.stock(named("plain")).await;
    let mut file = HEADER.to_owned();
    for name in ["edited", "gone", "counted", "made", "same", "plain"] {
        let sku = name.to_uppercase();
        file.push_str(&format!("{name},{name},{sku},5.00,10\n"));
    }
    let id = take(&shop, &file).await;
    let job = finished(&shop, &id).await;
    assert_eq!((job.counts.updated, job.counts.created), (4, 1));
    assert_eq!(job.counts.unchanged, 1);

    shop.clock.advance(1000);
    let admin = &shop.services.admin;
    update(&shop, &actor, &edited, renamed("Better"))
        .await
        .unwrap();
    update(&shop, &actor, &same, renamed("Also better"))
        .await
        .unwrap();
    admin.delete_product(&actor, &gone.id).await.unwrap();
    let variant = counted.variant();
    admin
        .set_stock(&actor, variant, 8, "Counted")
        .await
        .unwrap();
    let made = shop.stock(Goods::named("Made").price(700)).await;

    start(&shop, &id).await;
    let job = finished(&shop, &id).await;
    assert_eq!(job.summary.state, JobState::Done, "{}", job.note);
    assert_eq!(
        (job.skipped, job.counts.updated, job.counts.created),
        (4, 1, 0)
    );
    assert_eq!(
        why(&job.rows, "edited"),
        "someone else has changed it since"
    );
    assert_eq!(why(&job.rows, "gone"), "someone else has deleted it since");
    assert!(why(&job.rows, "counted").contains("adjusted its stock"));
    assert!(why(&job.rows, "made").contains("created a product with this address"));
    let price = async |of: &Stocked| {
        let product = admin.product(&of.id).await.unwrap();
        (product.title, product.variants[0].price_minor)
    };
    assert_eq!(price(&edited).await, ("Better".to_owned(), 4900));
    assert_eq!(price(&same).await, ("Also better".to_owned(), 500));
    assert_eq!(price(&counted).await, ("counted".to_owned(), 4900));
    assert_eq!(price(&made).await, ("Made".to_owned(), 700));
    assert_eq!(price(&plain).await, ("plain".to_owned(), 500));
    assert_eq!(shop.units(counted.variant()).await, 8);
    assert!(shop.shop().catalog.product("gone").await.is_err());
}

async fn stock_booked_before_another_look_is_what_was_shown(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").sku("R").units(10)).await;
    let boot = shop.stock(Goods::named("Boot").sku("B").units(10)).await;
    let file = format!("{HEADER}rope,Rope,R,49.00,20\nboot,Boot,B,49.00,20\n");
    let id = take(&shop, &file).await;
    finished(&shop, &id).await;
    let admin = &shop.services.admin;
    let count = async |of: &Stocked, units: i64| {
        shop.clock.advance(1000);
        let counted = admin
            .set_stock(&actor, of.variant(), units, "Counted")
            .await;
        counted.unwrap();
    };
    count(&rope, 8).await;
    let choices = ImportChoices {
        untracked_units: 1,
        ..ImportChoices::default()
    };
    let jobs = &shop.services.jobs;
    let state = jobs.look_again(&an_admin(), &id, choices).await.unwrap();
    assert_eq!(state, JobState::Preparing);
    let job = finished(&shop, &id).await;
    let row = job.rows.iter().find(|row| row.title == "Rope").unwrap();
    let mut changes = row.changes.iter();
    let told = changes.find(|told| told.field == "Stock of R").unwrap();
    assert_eq!((told.before.as_str(), told.after.as_str()), ("8", "20"));
    count(&boot, 9).await;

    start(&shop, &id).await;
    let job = finished(&shop, &id).await;
    assert_eq!(job.summary.state, JobState::Done, "{}", job.note);
    assert_eq!((job.skipped, job.counts.updated), (1, 1));
    assert_eq!(shop.units(rope.variant()).await, 20);
    assert!(
        why(&job.rows, "Boot").contains("adjusted its stock"),
        "booked since"
    );
    assert_eq!(shop.units(boot.variant()).await, 9);
}

async fn units_sold_since_the_dry_run_stay_sold(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").sku("R").units(70)).await;
    let boot = shop.stock(Goods::named("Boot").sku("B").units(10)).await;
    let file = format!("{HEADER}rope,Rope,R,49.00,100\nboot,Boot,B,49.00,3\n");
    let id = take(&shop, &file).await;
    finished(&shop, &id).await;
    shop.buy(&[(rope.variant(), 30), (boot.variant(), 8)], cash())
        .await
        .1
        .unwrap();
    start(&shop, &id).await;
    let job = finished(&shop, &id).await;
    assert_eq!(
        shop.units(rope.variant()).await,
        70,
        "thirty came, as was shown"
    );
    let row = job.rows.iter().find(|row| row.title == "Rope").unwrap();
    let mut changes = row.changes.iter();
    let told = changes.find(|told| told.field == "Stock of R").unwrap();
    assert_eq!((told.before.as_str(), told.after.as_str()), ("40", "70"));
    assert_eq!(
        shop.units(boot.variant()).await,
        2,
        "seven are not there to take"
    );
    assert!(why(&job.rows, "Boot").contains("more has been sold"));
}

async fn an_import_leaves_what_each_product_was(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").sku("R").units(10)).await;
    let file = format!("{HEADER}rope,Longer rope,R,49.00,12\nboot,Boot,B,49.00,3\n");
    let id = take(&shop, &file).await;
    finished(&shop, &id).await;
    start(&shop, &id).await;
    finished(&shop, &id).await;
    let admin = &shop.services.admin;
    let (was, who) = admin.product_as_of(&rope.id, 1).await.unwrap();
    assert_eq!(was.unwrap().title, "Rope");
    assert_eq!(who, ["desk@shop.test"]);
    let entry = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'product.update' \
                 AND before_json LIKE '%\"stock\":10%' AND after_json LIKE '%\"stock\":12%'";
    assert_eq!(shop.number(entry).await, 1);
    let made = format!(
        "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'product.create' \
         AND after_json LIKE '%{id}%'"
    );
    assert_eq!(shop.number(&made).await, 1, "it points to its job");
    let history = admin.stock_history(rope.variant(), None).await.unwrap();
    let told = &history.movements[0];
    assert_eq!(
        (told.reason.words(), told.note.as_str()),
        ("Import", "products.csv")
    );
}

async fn stored(write: &mut CatalogWrite, of: &Stocked) -> StoredProduct {
    write.stored(&of.id).await.unwrap().unwrap()
}

/// Changes one product, waits for the other writer to have done so, and changes another.
async fn change_two(
    shop: TestShop,
    goods: [Stocked; 2],
    done: oneshot::Sender<()>,
    other_done: oneshot::Receiver<()>,
) -> bool {
    let reason = StockReason::Adjustment;
    let db = shop.db();
    let mut write = CatalogWrite::begin(db, shop.now(), "test", reason)
        .await
        .unwrap();
    let first = stored(&mut write, &goods[0]).await;
    write.update(&first, &first.draft).await.unwrap();
    done.send(()).unwrap();
    other_done.await.unwrap();
    let second = stored(&mut write, &goods[1]).await;
    let written = write.update(&second, &second.draft).await;
    written.is_ok() && write.commit().await.is_ok()
}

async fn writers_of_the_same_categories_do_not_wait_in_a_ring(shop: TestShop) {
    // There is one writer at a time on SQLite.
    if shop.db().dialect() == Dialect::Sqlite {
        return;
    }
    let [a, b, c, d] = [("A", "Hats"), ("B", "Bags"), ("C", "Bags"), ("D", "Hats")]
        .map(|(name, category)| Goods::named(name).category(category));
    let stocked = shop.stock_all(vec![a, b, c, d]).await;
    let [a, b, c, d] = <[Stocked; 4]>::try_from(stocked).unwrap();
    let ((done, seen), (other_done, other_seen)) = (oneshot::channel(), oneshot::channel());
    let one = tokio::spawn(change_two(shop.clone(), [a, b], done, other_seen));
    let other = tokio::spawn(change_two(shop.clone(), [c, d], other_done, seen));
    assert!(one.await.unwrap() && other.await.unwrap());
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM categories").await, 2);
}
