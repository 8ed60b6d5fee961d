//! What is done to products while they are in drops: what is set aside and the ledger agree, whatever an owner changes.

use app::{
    cart::ports::CartItem,
    error::{ErrorKind, ShopError},
};
use desk::admin::jobs::{
    bulk::{BulkAction, BulkSelection},
    ports::{BadRows, ProductJobs},
    types::{JobState, JobView},
};
use serde_json::json;
use server::catalog::write::{
    CatalogWrite, StockReason,
    draft::{ProductDraft, StockTarget, VariantDraft},
};

use super::{Line, OPENS, Times, draft, kind, planned, remaining};
use crate::support::{
    ADMIN, Goods, HOUR, MINUTE, Stocked, TestShop, assert_stock_adds_up, cash, on_both_databases,
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
    a_new_variant_of_what_is_new_waits_for_the_start,
    a_new_variant_of_what_is_sold_anyway_is_sold_at_once,
    a_new_variant_is_told_of_and_can_be_taken_in,
    a_preview_knows_that_nothing_beside_what_is_new_is_sold_before_the_start,
);

const fn line(variant: &str, units: i64) -> Line<'_> {
    Line {
        variant,
        price: "20",
        units,
        limit: "",
    }
}

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
    let goods = (&rope, line(rope.variant(), 4));
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
    let goods = (&lamp, line(lamp.variant(), 4));
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
    let goods = (&lamp, line(lamp.variant(), 4));
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
    let goods = (&lamp, line(lamp.variant(), 4));
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
    let goods = (&lamp, line(lamp.variant(), 5));
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
    let goods = (&lamp, line(lamp.variant(), 10));
    let saved = planned(&shop, &actor, "Summer", Times::SOLD, goods).await;
    shop.bought(&[(lamp.variant(), 3)], cash()).await;
    assert_eq!(shop.units(lamp.variant()).await, -3);
    let desk = &shop.shop().drop_admin;
    let cheaper = Line {
        price: "15",
        ..line(lamp.variant(), 10)
    };
    desk.set_line(&actor, &saved.id, cheaper.form())
        .await
        .unwrap();
    let more = line(lamp.variant(), 11).form();
    let refused = desk.set_line(&actor, &saved.id, more).await;
    assert_eq!(kind(refused), ErrorKind::Invalid);
    desk.set_line(&actor, &saved.id, line(lamp.variant(), 9).form())
        .await
        .unwrap();
    assert_eq!(shop.units(lamp.variant()).await, -2);
    desk.call_off(&actor, &saved.id).await.unwrap();
    assert_eq!(shop.units(lamp.variant()).await, 7);
}

async fn what_is_counted_by_hand_is_the_shelf_alone(shop: TestShop) {
    let actor = shop.admin().await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let goods = (&lamp, line(lamp.variant(), 6));
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

/// Adds a third size to the rope: four at 69.00. Its id.
async fn third_size(shop: &TestShop, rope: &Stocked) -> String {
    shop.rewrite(rope, |draft| {
        draft.variants.push(VariantDraft {
            options: ["XL".to_owned(), String::new(), String::new()],
            price_minor: 6900,
            stock: StockTarget::Set(4),
            ..VariantDraft::default()
        });
    })
    .await;
    let product = shop.shop().admin.product(&rope.id).await.unwrap();
    product.variants[2].id.clone()
}

async fn a_new_variant_of_what_is_new_waits_for_the_start(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = draft(&shop, &actor, "Autumn", Times::NEW, &[&rope]).await;
    let desk = &shop.shop().drop_admin;
    desk.plan(&actor, &saved.id).await.unwrap();
    let new = third_size(&shop, &rope).await;
    let other = shop.second_node();
    let add = async || {
        let item = CartItem::Variant(new.clone());
        let cart = &other.shop().cart;
        cart.add(None, item, 1).await.map(|_| ())
    };
    // A node that has told nobody anything yet.
    let told = async || {
        let site = shop.second_node().open().await;
        let browser = site.browser();
        let stock = browser.read(&format!("/api/stock?variants={new}")).await;
        let product = browser.read("/api/products/rope").await.expect(200).json();
        let stock = stock.expect(200).json()["variants"][0]["available"].clone();
        let listed = browser.read("/api/products?in_stock=1").await.expect(200);
        let listed = listed.json()["products"].as_array().unwrap().len();
        (stock, product["variants"][2].clone(), listed)
    };
    let unknown = shop
        .shop()
        .cart
        .add(None, CartItem::Variant(server::ids::new_id()), 1);
    let unknown = unknown.await.unwrap_err();
    assert_eq!(
        add().await.unwrap_err(),
        unknown,
        "it is as secret as the rest"
    );

    shop.clock.set(OPENS - 10 * MINUTE);
    assert_eq!(kind(add().await), ErrorKind::NotYet);
    shop.clock.set(OPENS - 1);
    assert_eq!(kind(add().await), ErrorKind::NotYet);
    let (stock, variant, listed) = told().await;
    assert_eq!((stock, listed), (json!(0), 0));
    assert_eq!(variant["sold_from"], OPENS);
    assert_eq!(variant["availability"], "sold_out");
    assert_eq!(variant["price_minor"], 6900);
    let site = other.open().await;
    let page = site.browser().page("/products/rope").await.expect(200).body;
    let starts = "\"availabilityStarts\":\"2025-10-09T09:53:00Z\"";
    assert_eq!(page.matches(starts).count(), 3, "{page}");

    shop.clock.set(OPENS);
    let (stock, variant, listed) = told().await;
    assert_eq!((stock, variant.get("sold_from")), (json!(4), None));
    assert_eq!(listed, 1);
    let order = other.bought(&[(&new, 1)], cash()).await;
    assert_eq!(order.total_minor, 6900);
    assert_eq!(shop.units(&new).await, 3);
    // A clock that goes back closes it no more than the rest.
    other.bought(&[(rope.variant(), 1)], cash()).await;
    shop.clock.set(OPENS - 1);
    other.bought(&[(&new, 1)], cash()).await;
}

async fn a_new_variant_of_what_is_sold_anyway_is_sold_at_once(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = draft(&shop, &actor, "Summer", Times::SOLD, &[&rope]).await;
    let small = line(rope.variant(), 4).form();
    let desk = &shop.shop().drop_admin;
    desk.set_line(&actor, &saved.id, small).await.unwrap();
    desk.plan(&actor, &saved.id).await.unwrap();
    let new = third_size(&shop, &rope).await;
    for at in [OPENS - MINUTE, OPENS, OPENS + HOUR] {
        shop.clock.set(at);
        let order = shop.bought(&[(&new, 1)], cash()).await;
        assert_eq!(order.total_minor, 6900, "at its own price");
    }
    let held = "SELECT CAST(SUM(remaining) AS BIGINT) AS n FROM drop_lines";
    assert_eq!(shop.number(held).await, 14, "not from the drop");
}

async fn a_new_variant_is_told_of_and_can_be_taken_in(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    let desk = &shop.shop().drop_admin;
    desk.plan(&actor, &saved.id).await.unwrap();
    assert_eq!(desk.beside(&saved.id).await.unwrap(), []);
    let new = third_size(&shop, &rope).await;
    let beside = desk.beside(&saved.id).await.unwrap();
    assert_eq!(beside[0].title, "Rope");
    assert_eq!(beside[0].variants, ["XL"]);
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let editor = format!("/admin/drops/{}", saved.id);
    let page = browser.page(&editor).await.expect(200).body;
    assert!(
        page.contains("Not in this drop") && page.contains("Rope: XL"),
        "{page}"
    );
    let fields = [("id", saved.id.as_str()), ("product_id", rope.id.as_str())];
    browser
        .submit("/api/admin/drops/add", &fields)
        .await
        .expect(303);
    assert_eq!(desk.beside(&saved.id).await.unwrap(), []);
    assert_eq!(shop.units(&new).await, 0, "its units are set aside");
    let lines = desk.by_id(&saved.id).await.unwrap().lines;
    let line = lines.iter().find(|line| line.variant_id == new).unwrap();
    assert_eq!((line.units, line.remaining), (4, 4));
}

async fn a_preview_knows_that_nothing_beside_what_is_new_is_sold_before_the_start(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = draft(&shop, &actor, "Autumn", Times::NEW, &[&rope]).await;
    third_size(&shop, &rope).await;
    let desk = &shop.shop().drop_desk;
    let from = async |at: i64| {
        let seen = desk.preview(&saved.id, Some(at)).await.unwrap();
        seen.drop.products[0].sold_from
    };
    assert_eq!(from(OPENS - 1).await, Some(OPENS));
    assert_eq!(from(OPENS).await, None);
}
