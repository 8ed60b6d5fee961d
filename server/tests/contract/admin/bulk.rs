//! Many products at once: worked out first, applied only to what was looked at, and taken back.

use app::{error::ErrorKind, identity::Account};
use desk::admin::{
    jobs::{
        bulk::{BulkAction, BulkSelection},
        ports::{BadRows, Consent, ProductJobs},
        types::{JobState, JobView, PriceMark},
    },
    product_filter::ProductFilter,
    products::{ports::ProductAdmin, types::ProductChange},
};

use crate::support::{Goods, Stocked, TestShop, on_both_databases};

on_both_databases!(
    prices_change_by_percent_after_a_look,
    what_was_changed_in_between_is_shown_again_and_not_overwritten,
    activation_is_taken_back_where_nobody_has_changed_it_since,
    all_that_match_are_changed_and_no_other,
    deleting_says_in_how_many_carts_the_products_lie,
    nothing_to_change_is_said,
    another_node_takes_over_what_one_has_left,
    a_job_begins_once,
    what_would_become_free_needs_one_more_yes,
);

async fn plan(shop: &TestShop, actor: &Account, of: &[&Stocked], action: BulkAction) -> String {
    let ids = of.iter().map(|stocked| stocked.id.clone()).collect();
    let jobs = &shop.services.jobs;
    jobs.plan(actor, BulkSelection::Ids(ids), action)
        .await
        .unwrap()
}

/// Waits until the job stands still, as its page does.
pub async fn finished(shop: &TestShop, id: &str) -> JobView {
    for _ in 0..10_000 {
        let job = shop.services.jobs.job(id, 0).await.unwrap();
        if !job.summary.state.is_moving() {
            return job;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the job {id} goes on and on");
}

async fn run(shop: &TestShop, actor: &Account, id: &str) -> JobView {
    let jobs = &shop.services.jobs;
    jobs.start(actor, id, BadRows::Refuse.into()).await.unwrap();
    finished(shop, id).await
}

async fn prices(shop: &TestShop, stocked: &Stocked) -> Vec<i64> {
    let product = shop.services.admin.product(&stocked.id).await.unwrap();
    product.variants.iter().map(|v| v.price_minor).collect()
}

async fn prices_change_by_percent_after_a_look(shop: TestShop) {
    let boot = shop
        .stock(Goods::named("Boot").options(["Size"], &[(["40"], 999, 1), (["41"], 1001, 2)]))
        .await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let actor = shop.admin().await;
    let action = BulkAction::PricePercent {
        basis_points: -1500,
    };
    let id = plan(&shop, &actor, &[&boot], action).await;
    let job = shop.services.jobs.job(&id, 0).await.unwrap();
    assert_eq!((job.summary.state, job.summary.total), (JobState::Ready, 1));
    let shown: Vec<_> = job.rows[0]
        .changes
        .iter()
        .map(|change| (change.before.as_str(), change.after.as_str()))
        .collect();
    assert_eq!(shown, [("€9.99", "€8.49"), ("€10.01", "€8.51")]);
    assert_eq!(
        prices(&shop, &boot).await,
        [999, 1001],
        "nothing is changed yet"
    );

    let done = run(&shop, &actor, &id).await;
    assert_eq!(
        (done.summary.state, done.summary.done, done.skipped),
        (JobState::Done, 1, 0)
    );
    assert!(!done.can_undo);
    assert_eq!(prices(&shop, &boot).await, [849, 851]);
    assert_eq!(prices(&shop, &rope).await, [4900]);
    let audited = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'product.update'";
    assert_eq!(shop.number(audited).await, 1);
    let shown = shop.shop().catalog.product("boot").await.unwrap();
    assert_eq!(
        shown.variants[0].price_minor, 849,
        "no cache shows the old price"
    );
}

async fn what_was_changed_in_between_is_shown_again_and_not_overwritten(shop: TestShop) {
    let boot = shop.stock(Goods::named("Boot")).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let gone = shop.stock(Goods::named("Gone")).await;
    let actor = shop.admin().await;
    let action = BulkAction::AddTag {
        tag: "sale".to_owned(),
    };
    let id = plan(&shop, &actor, &[&boot, &rope, &gone], action).await;
    let (admin, jobs) = (&shop.services.admin, &shop.services.jobs);
    let change = ProductChange {
        title: Some("Longer rope".to_owned()),
        ..ProductChange::default()
    };
    admin
        .update_product(&actor, &rope.id, change)
        .await
        .unwrap();
    admin.delete_product(&actor, &gone.id).await.unwrap();
    let refused = jobs
        .start(&actor, &id, BadRows::Refuse.into())
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert!(
        admin.product(&boot.id).await.unwrap().tags.is_empty(),
        "nothing was done"
    );
    let job = jobs.job(&id, 0).await.unwrap();
    let titles: Vec<_> = job.rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(
        (job.summary.total, titles),
        (2, vec!["Boot", "Longer rope"])
    );

    assert_eq!(run(&shop, &actor, &id).await.skipped, 0);
    let rope = admin.product(&rope.id).await.unwrap();
    assert_eq!(
        (rope.title.as_str(), rope.tags),
        ("Longer rope", vec!["sale".to_owned()])
    );
}

async fn activation_is_taken_back_where_nobody_has_changed_it_since(shop: TestShop) {
    let boot = shop.stock(Goods::named("Boot")).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let asleep = shop.stock(Goods::named("Asleep").inactive()).await;
    let actor = shop.admin().await;
    let (admin, jobs) = (&shop.services.admin, &shop.services.jobs);
    let id = plan(
        &shop,
        &actor,
        &[&boot, &rope, &asleep],
        BulkAction::Deactivate,
    )
    .await;
    let done = run(&shop, &actor, &id).await;
    assert_eq!(
        done.summary.total, 2,
        "what is inactive already is left out"
    );
    assert!(done.can_undo);
    assert!(shop.shop().catalog.product("boot").await.is_err());
    let change = ProductChange {
        title: Some("Other rope".to_owned()),
        ..ProductChange::default()
    };
    admin
        .update_product(&actor, &rope.id, change)
        .await
        .unwrap();

    let undoing = jobs.undo(&actor, &id).await.unwrap();
    let undone = finished(&shop, &undoing).await;
    assert_eq!((undone.summary.done, undone.skipped), (2, 1));
    assert!(admin.product(&boot.id).await.unwrap().active);
    assert!(
        !admin.product(&rope.id).await.unwrap().active,
        "it was edited since"
    );
    assert!(
        !admin.product(&asleep.id).await.unwrap().active,
        "it was inactive before"
    );
    let again = jobs.undo(&actor, &id).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict);
    assert!(!jobs.job(&id, 0).await.unwrap().can_undo);
}

async fn all_that_match_are_changed_and_no_other(shop: TestShop) {
    let goods = (0..60)
        .map(|n| Goods::named(&format!("Thing {n}")).tags(if n % 2 == 0 { &["even"] } else { &[] }))
        .collect();
    shop.stock_all(goods).await;
    let actor = shop.admin().await;
    let filter = ProductFilter {
        text: Some("thing".to_owned()),
        tag: Some("even".to_owned()),
        ..ProductFilter::default()
    };
    let jobs = &shop.services.jobs;
    let action = BulkAction::PriceBy { minor: -100 };
    let id = jobs
        .plan(&actor, BulkSelection::Matching(filter), action)
        .await
        .unwrap();
    let first = jobs.job(&id, 0).await.unwrap();
    assert_eq!(
        (first.summary.total, first.rows.len(), first.next),
        (30, 30, None)
    );
    assert_eq!(run(&shop, &actor, &id).await.summary.done, 30);
    let cheaper = "SELECT COUNT(*) AS n FROM products WHERE price_min_minor = 4800";
    assert_eq!(shop.number(cheaper).await, 30);

    let every = BulkSelection::Matching(ProductFilter::default());
    let action = BulkAction::AddTag {
        tag: "even".to_owned(),
    };
    let id = jobs.plan(&actor, every.clone(), action).await.unwrap();
    assert_eq!(jobs.job(&id, 0).await.unwrap().summary.total, 30);
    let id = jobs.plan(&actor, every, BulkAction::Delete).await.unwrap();
    let page = jobs.job(&id, 0).await.unwrap();
    assert_eq!((page.rows.len(), page.next), (50, Some(50)));
    assert_eq!(jobs.job(&id, 50).await.unwrap().rows.len(), 10);
    run(&shop, &actor, &id).await;
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM products").await, 0);
}

async fn deleting_says_in_how_many_carts_the_products_lie(shop: TestShop) {
    let boot = shop.stock(Goods::named("Boot")).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    for _ in 0..2 {
        let items = [(boot.variant(), 1), (rope.variant(), 1)];
        shop.cart(&items).await;
    }
    let actor = shop.admin().await;
    let id = plan(&shop, &actor, &[&boot, &rope], BulkAction::Delete).await;
    assert_eq!(shop.services.jobs.job(&id, 0).await.unwrap().in_carts, 2);
    shop.services.jobs.discard(&actor, &id).await.unwrap();
    assert!(shop.services.jobs.job(&id, 0).await.is_err());
    assert!(shop.services.admin.product(&boot.id).await.is_ok());
}

async fn nothing_to_change_is_said(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let actor = shop.admin().await;
    for (ids, action) in [
        (vec![rope.id.clone()], BulkAction::Activate),
        (vec![], BulkAction::Delete),
        (vec!["x".to_owned()], BulkAction::Delete),
        (vec![server::ids::new_id()], BulkAction::Delete),
        (vec![rope.id.clone(); 1001], BulkAction::Deactivate),
        (
            vec![rope.id.clone()],
            BulkAction::RemoveTag {
                tag: "none".to_owned(),
            },
        ),
    ] {
        let jobs = &shop.services.jobs;
        let refused = jobs.plan(&actor, BulkSelection::Ids(ids), action).await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Invalid);
    }
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM catalog_jobs").await,
        0
    );
}

async fn another_node_takes_over_what_one_has_left(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let actor = shop.admin().await;
    let id = plan(&shop, &actor, &[&rope], BulkAction::Deactivate).await;
    // As a node leaves it that stopped just after someone had said yes.
    let lease = shop.now() + 60_000;
    shop.execute(&format!(
        "UPDATE catalog_jobs SET state = 'running', worker = 'gone', lease_until = {lease}"
    ))
    .await;
    let other = shop.second_node();
    other.services.jobs.drive(&id).await;
    let job = other.services.jobs.job(&id, 0).await.unwrap();
    assert_eq!(job.summary.state, JobState::Running, "its lease still runs");
    shop.clock.advance(60_001);
    other.services.jobs.run_maintenance().await.unwrap();
    assert_eq!(finished(&shop, &id).await.summary.state, JobState::Done);
    assert!(!shop.services.admin.product(&rope.id).await.unwrap().active);
}

async fn a_job_begins_once(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let actor = shop.admin().await;
    let action = BulkAction::PriceBy { minor: 100 };
    let id = plan(&shop, &actor, &[&rope], action).await;
    let starting = (0..8).map(|_| {
        let (node, actor, id) = (shop.second_node(), actor.clone(), id.clone());
        tokio::spawn(async move {
            let jobs = &node.services.jobs;
            jobs.start(&actor, &id, BadRows::Refuse.into())
                .await
                .is_ok()
        })
    });
    let mut begun = 0;
    for started in starting.collect::<Vec<_>>() {
        begun += usize::from(started.await.unwrap());
    }
    assert_eq!(begun, 1);
    finished(&shop, &id).await;
    assert_eq!(prices(&shop, &rope).await, [5000]);
}

async fn what_would_become_free_needs_one_more_yes(shop: TestShop) {
    let goods = Goods::named("Pin").options(
        ["Size"],
        &[
            (["S"], 200, 1),
            (["M"], 500, 1),
            (["L"], 501, 1),
            (["Gift"], 0, 1),
        ],
    );
    let pin = shop.stock(goods).await;
    let actor = shop.admin().await;
    let action = BulkAction::PriceBy { minor: -500 };
    let id = plan(&shop, &actor, &[&pin], action).await;
    let jobs = &shop.services.jobs;
    let job = jobs.job(&id, 0).await.unwrap();
    assert_eq!(job.made_free, 2, "what is free already is none of them");
    let changes = job.rows[0].changes.iter();
    let marked = changes.filter(|change| change.mark == PriceMark::Free);
    assert_eq!(marked.count(), 2);
    for made_free in [0, 1, 3] {
        let consent = Consent {
            made_free,
            ..BadRows::Refuse.into()
        };
        let refused = jobs.start(&actor, &id, consent).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Invalid);
        assert_eq!(refused.fields[0].field, "make_free");
    }
    assert_eq!(prices(&shop, &pin).await, [200, 500, 501, 0]);
    let consent = Consent {
        made_free: 2,
        ..BadRows::Refuse.into()
    };
    jobs.start(&actor, &id, consent).await.unwrap();
    finished(&shop, &id).await;
    assert_eq!(prices(&shop, &pin).await, [0, 0, 1, 0]);
    let action = BulkAction::PricePercent {
        basis_points: -1000,
    };
    let id = plan(&shop, &actor, &[&pin], action).await;
    assert_eq!(
        jobs.job(&id, 0).await.unwrap().made_free,
        0,
        "one cent stays one"
    );
}
