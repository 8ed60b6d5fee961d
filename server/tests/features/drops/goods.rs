//! What is done to products while they are in drops: what is set aside and the ledger agree, whatever an owner changes.

mod new_variants;

use app::{
    cart::ports::CartItem,
    error::{ErrorKind, ShopError},
};
use desk::admin::jobs::{
    bulk::{BulkAction, BulkSelection},
    ports::{BadRows, ProductJobs},
    types::{JobState, JobView},
};
use server::catalog::write::{CatalogWrite, StockReason, draft::ProductDraft};

use super::{Line, OPENS, Times, draft, kind, planned, remaining};
use crate::support::{
    ADMIN, Goods, HOUR, Stocked, TestShop, assert_stock_adds_up, cash, on_both_databases,
};

on_both_databases!(
    what_a_drop_has_is_neither_taken_away_nor_counted_otherwise,
    the_editor_says_which_drop_is_in_the_way,
    many_products_at_once_leave_those_of_drops_alone,
    a_product_file_leaves_those_of_drops_alone,
    what_is_gone_is_not_planned,
    units_of_before_they_were_counted_do_not_come_back_to_a_drop,
    a_shelf_that_owes_units_takes_back_what_a_drop_has,
    what_is_counted_by_hand_is_the_shelf_alone,
);

/// Ten small ones at 49.00 and ten large ones at 59.00.
async fn rope(shop: &TestShop) -> Stocked {
    let sizes = [(["S"], 4900, 10), (["L"], 5900, 10)];
    shop.stock(Goods::named("Rope").options(["Size"], &sizes))
        .await
}

/// What is said to an edit that is refused; nothing of it is written.
async fn refused(
    shop: &TestShop,
    product: &Stocked,
    change: impl FnOnce(&mut ProductDraft),
) -> ShopError {
    let mut write = CatalogWrite::begin(shop.db(), shop.now(), "test", StockReason::Adjustment)
        .await
        .unwrap();
    let stored = write.stored(&product.id).await.unwrap().unwrap();
    let mut draft = stored.draft.clone();
    change(&mut draft);
    let outcome = write.update(&stored, &draft).await;
    write.rollback().await.unwrap();
    ShopError::from(outcome.unwrap_err())
}

async fn what_a_drop_has_is_neither_taken_away_nor_counted_otherwise(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let goods = (&rope, Line::of(rope.variant(), 4));
    let saved = planned(&shop, &actor, "Summer", Times::SOLD, goods).await;
    let desk = &shop.shop().drop_admin;
    let large = rope.variants[1].clone();
    desk.remove_line(&actor, &saved.id, &large).await.unwrap();
    let version = "SELECT version AS n FROM products";
    let before = shop.number(version).await;

    let gone = refused(&shop, &rope, |draft| drop(draft.variants.remove(0))).await;
    assert_eq!(gone.kind, ErrorKind::Invalid);
    assert!(gone.message.contains("“Summer”"), "{gone}");
    let counted = refused(&shop, &rope, |draft| draft.variants[0].tracked = false).await;
    assert_eq!(counted.fields[0].field, "variants[0][tracked]");
    let admin = &shop.shop().admin;
    let deleted = admin.delete_product(&actor, &rope.id).await;
    assert_eq!(kind(deleted), ErrorKind::Invalid);
    assert_eq!(shop.number(version).await, before, "nothing half-done");
    assert_eq!(admin_variants(&shop, &rope).await, 2);

    // What is not in it is as free as ever, and all else of what is.
    shop.rewrite(&rope, |draft| {
        draft.variants.swap(0, 1);
        draft.variants[0].tracked = false;
        draft.variants[1].options[0] = "Small".to_owned();
        draft.variants[1].price_minor = 4500;
    })
    .await;
    shop.rewrite(&rope, |draft| drop(draft.variants.remove(0)))
        .await;
    shop.set_active(&rope, false).await;
    shop.clock.set(OPENS);
    let item = CartItem::Variant(rope.variant().to_owned());
    assert!(shop.shop().cart.add(None, item, 1).await.is_err());
    shop.set_active(&rope, true).await;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(order.total_minor, 2000);

    // It is over, and still holds three; when these are back, nothing is in the way any more.
    shop.clock.set(OPENS + HOUR);
    let held = refused(&shop, &rope, |draft| draft.variants[0].tracked = false).await;
    assert_eq!(held.kind, ErrorKind::Invalid);
    desk.put_back(&actor, &saved.id).await.unwrap();
    shop.rewrite(&rope, |draft| draft.variants[0].tracked = false)
        .await;
    admin.delete_product(&actor, &rope.id).await.unwrap();
}

async fn admin_variants(shop: &TestShop, product: &Stocked) -> usize {
    let product = shop.shop().admin.product(&product.id).await.unwrap();
    product.variants.len()
}

async fn the_editor_says_which_drop_is_in_the_way(shop: TestShop) {
    let actor = shop.admin().await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let goods = (&lamp, Line::of(lamp.variant(), 4));
    planned(&shop, &actor, "Summer", Times::SOLD, goods).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let editor = format!("/admin/products/{}", lamp.id);
    let page = browser.page(&editor).await.expect(200).body;
    assert!(page.contains("Summer: 4 set aside"), "{page}");
    let stock = format!("/admin/stock/{}", lamp.variant());
    let page = browser.page(&stock).await.expect(200).body;
    assert!(page.contains("Summer: 4 set aside"), "{page}");
    let fields = [
        ("page", editor.as_str()),
        ("id", lamp.id.as_str()),
        ("variants[0][id]", lamp.variant()),
        ("variants[0][price]", "49.00"),
        ("variants[0][tracked]", "0"),
    ];
    let update = "/api/admin/products/update";
    let back = browser.submit(update, &fields).await.refused();
    assert!(back.body.contains("in the drop “Summer”"), "{}", back.body);
    let delete = [("page", editor.as_str()), ("id", lamp.id.as_str())];
    let path = "/api/admin/products/delete";
    let back = browser.submit(path, &delete).await.refused();
    assert!(back.body.contains("in the drop “Summer”"), "{}", back.body);
}

/// Waits until the job has come to its end.
async fn finished(shop: &TestShop, id: &str) -> JobView {
    for _ in 0..10_000 {
        let job = shop.services.jobs.job(id, 0).await.unwrap();
        if !job.summary.state.is_moving() {
            return job;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the job {id} goes on and on");
}

fn why(job: &JobView, title: &str) -> String {
    let row = job.rows.iter().find(|row| row.title == title).unwrap();
    assert!(row.skipped, "{title}");
    row.changes[0].after.clone()
}

async fn many_products_at_once_leave_those_of_drops_alone(shop: TestShop) {
    let actor = shop.admin().await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let boot = shop.stock(Goods::named("Boot")).await;
    let goods = (&lamp, Line::of(lamp.variant(), 4));
    planned(&shop, &actor, "Summer", Times::SOLD, goods).await;
    let jobs = &shop.services.jobs;
    let tracked = "SELECT COUNT(*) AS n FROM variants WHERE tracked = 1";
    for (action, left) in [(BulkAction::Untrack, 1), (BulkAction::Delete, 1)] {
        let both = BulkSelection::Ids(vec![lamp.id.clone(), boot.id.clone()]);
        let id = jobs.plan(&actor, both, action).await.unwrap();
        jobs.start(&actor, &id, BadRows::Refuse.into())
            .await
            .unwrap();
        let job = finished(&shop, &id).await;
        assert_eq!((job.summary.state, job.skipped), (JobState::Done, 1));
        assert!(why(&job, "Lamp").contains("in the drop “Summer”"));
        assert_eq!(shop.number(tracked).await, left);
    }
    let products = "SELECT COUNT(*) AS n FROM products";
    assert_eq!(shop.number(products).await, 1, "the other one is deleted");
}

async fn a_product_file_leaves_those_of_drops_alone(shop: TestShop) {
    let actor = shop.admin().await;
    let lamp = shop.stock(Goods::named("Lamp").sku("L-1")).await;
    let boot = shop.stock(Goods::named("Boot").sku("B-1")).await;
    let goods = (&lamp, Line::of(lamp.variant(), 4));
    planned(&shop, &actor, "Summer", Times::SOLD, goods).await;
    let file = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Tracker\n\
        lamp,Lamp,L-1,39.00,\n\
        boot,Boot,B-1,39.00,\n";
    let jobs = &shop.services.jobs;
    let bytes = file.as_bytes().to_vec();
    let taken = jobs.take_file(&actor, "products.csv", bytes).await;
    let id = taken.unwrap();
    finished(&shop, &id).await;
    jobs.start(&actor, &id, BadRows::Refuse.into())
        .await
        .unwrap();
    let job = finished(&shop, &id).await;
    assert_eq!((job.summary.state, job.skipped), (JobState::Done, 1));
    assert!(why(&job, "Lamp").contains("in the drop “Summer”"));
    let price = async |product: &Stocked| {
        let product = shop.shop().admin.product(&product.id).await.unwrap();
        let variant = &product.variants[0];
        (variant.price_minor, variant.tracked)
    };
    assert_eq!(price(&lamp).await, (4900, true));
    assert_eq!(price(&boot).await, (3900, false));
}

async fn what_is_gone_is_not_planned(shop: TestShop) {
    let actor = shop.admin().await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let rope = rope(&shop).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[&lamp, &rope]).await;
    shop.rewrite(&rope, |draft| drop(draft.variants.remove(0)))
        .await;
    let desk = &shop.shop().drop_admin;
    let plan = async || desk.plan(&actor, &saved.id).await;
    let refused = plan().await.unwrap_err();
    assert!(refused.message.contains("Rope (S)"), "{refused}");
    let admin = &shop.shop().admin;
    admin.delete_product(&actor, &rope.id).await.unwrap();
    let refused = plan().await.unwrap_err();
    assert!(refused.message.contains("Deleted product"), "{refused}");
    for variant in &rope.variants {
        desk.remove_line(&actor, &saved.id, variant).await.unwrap();
    }
    plan().await.unwrap();
    assert_eq!(remaining(&shop, &saved.id).await, 10);
}

async fn units_of_before_they_were_counted_do_not_come_back_to_a_drop(shop: TestShop) {
    let actor = shop.admin().await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    shop.rewrite(&lamp, |draft| draft.variants[0].tracked = false)
        .await;
    let goods = (&lamp, Line::of(lamp.variant(), 5));
    let saved = planned(&shop, &actor, "Summer", Times::SOLD, goods).await;
    assert_eq!(shop.units(lamp.variant()).await, 10, "nobody counts them");
    shop.clock.set(OPENS);
    let uncounted = shop.bought(&[(lamp.variant(), 2)], cash()).await;
    assert_eq!(remaining(&shop, &saved.id).await, 3);

    let desk = &shop.shop().drop_admin;
    let variant = lamp.variant();
    desk.remove_line(&actor, &saved.id, variant).await.unwrap();
    shop.rewrite(&lamp, |draft| draft.variants[0].tracked = true)
        .await;
    desk.add(&actor, &saved.id, &lamp.id).await.unwrap();
    shop.bought(&[(variant, 2)], cash()).await;
    assert_eq!(remaining(&shop, &saved.id).await, 8);
    let orders = &shop.shop().orders;
    orders.cancel(&actor, &uncounted.id).await.unwrap();
    assert_eq!(remaining(&shop, &saved.id).await, 8, "nothing was taken");
    assert_stock_adds_up(shop.db()).await;
    desk.call_off(&actor, &saved.id).await.unwrap();
    assert_eq!(shop.units(variant).await, 8);
}

async fn a_shelf_that_owes_units_takes_back_what_a_drop_has(shop: TestShop) {
    let actor = shop.admin().await;
    let lamp = shop.stock(Goods::named("Lamp").sold_ahead(5)).await;
    let goods = (&lamp, Line::of(lamp.variant(), 10));
    let saved = planned(&shop, &actor, "Summer", Times::SOLD, goods).await;
    shop.bought(&[(lamp.variant(), 3)], cash()).await;
    assert_eq!(shop.units(lamp.variant()).await, -3);
    let desk = &shop.shop().drop_admin;
    let cheaper = Line {
        price: "15",
        ..Line::of(lamp.variant(), 10)
    };
    desk.set_line(&actor, &saved.id, cheaper.form())
        .await
        .unwrap();
    let more = Line::of(lamp.variant(), 11).form();
    let refused = desk.set_line(&actor, &saved.id, more).await;
    assert_eq!(kind(refused), ErrorKind::Invalid);
    desk.set_line(&actor, &saved.id, Line::of(lamp.variant(), 9).form())
        .await
        .unwrap();
    assert_eq!(shop.units(lamp.variant()).await, -2);
    desk.call_off(&actor, &saved.id).await.unwrap();
    assert_eq!(shop.units(lamp.variant()).await, 7);
}

async fn what_is_counted_by_hand_is_the_shelf_alone(shop: TestShop) {
    let actor = shop.admin().await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let goods = (&lamp, Line::of(lamp.variant(), 6));
    let saved = planned(&shop, &actor, "Summer", Times::NEW, goods).await;
    shop.set_units(&lamp, 0).await;
    assert_eq!(remaining(&shop, &saved.id).await, 6);
    assert_stock_adds_up(shop.db()).await;
    shop.clock.set(OPENS);
    shop.bought(&[(lamp.variant(), 6)], cash()).await;
    let item = CartItem::Variant(lamp.variant().to_owned());
    let added = shop.shop().cart.add(None, item, 1).await;
    assert_eq!(kind(added), ErrorKind::SoldOut);
    assert_eq!(shop.units(lamp.variant()).await, 0);
}
