//! What is under way while the currency changes.

use app::error::ErrorKind;
use desk::admin::jobs::{
    bulk::{BulkAction, BulkSelection},
    ports::BadRows,
    types::JobState,
};
use server::catalog::write::{CatalogWrite, StockReason};

use super::{
    super::{admin::bulk::finished, settings::form},
    price, refusal, take,
};
use crate::support::{Goods, MINUTE, TestShop, cash, on_both_databases, order};

on_both_databases!(
    orders_of_that_moment_are_refused_with_the_new_total,
    orders_that_are_placed_meanwhile_are_wholly_of_one_currency,
    what_was_prepared_in_the_old_currency_is_ended,
    a_running_job_is_done_before_prices_get_other_digits,
    no_price_job_is_stopped_half_way,
    a_price_that_was_read_before_the_change_is_not_written_after_it,
);

async fn orders_of_that_moment_are_refused_with_the_new_total(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").price(3400)).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let mut asked = order(cash(), 3400);
    take(&shop, &admin, "JPY").await;
    let refused = shop.place(&cart, asked.clone()).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::TotalChanged);
    assert_eq!(
        (shop.orders().await, shop.units(rope.variant()).await),
        (0, 10)
    );
    let view = shop.shop().checkout.view(Some(&cart)).await.unwrap();
    assert_eq!(view.totals.total_minor, 34);
    asked.expected_total_minor = 34;
    let placed = shop.place(&cart, asked).await.unwrap();
    let bought = shop.order(&placed).await;
    assert_eq!((bought.currency.as_str(), bought.total_minor), ("JPY", 34));
}

async fn orders_that_are_placed_meanwhile_are_wholly_of_one_currency(shop: TestShop) {
    let admin = shop.admin().await;
    let goods = Goods::named("Rope").price(3400).units(50);
    let rope = shop.stock(goods).await;
    let mut carts = Vec::new();
    for _ in 0..12 {
        carts.push(shop.cart(&[(rope.variant(), 1)]).await);
    }
    let buying = carts.iter().map(|cart| {
        let (shop, cart) = (shop.clone(), cart.clone());
        tokio::spawn(async move { shop.place(&cart, order(cash(), 3400)).await })
    });
    let buying: Vec<_> = buying.collect();
    take(&shop, &admin, "JPY").await;
    let mut placed = 0;
    for outcome in buying {
        match outcome.await.unwrap() {
            Ok(_) => placed += 1,
            Err(refusal) => assert_ne!(refusal.kind, ErrorKind::Internal, "{refusal:?}"),
        }
    }
    assert_eq!(shop.orders().await, placed);
    assert_eq!(shop.units(rope.variant()).await, 50 - placed);
    let whole = "SELECT COUNT(*) AS n FROM orders o JOIN order_lines l ON l.order_id = o.id \
        WHERE o.currency = 'EUR' AND l.unit_price_minor = 3400 AND o.total_minor = 3400";
    assert_eq!(shop.number(whole).await, placed);
    assert_eq!(price(&shop, rope.variant()).await, 34);
    let left = "SELECT COUNT(*) AS n FROM cart_lines WHERE unit_price_minor = 34";
    assert_eq!(shop.number(left).await, 12 - placed);
}

async fn what_was_prepared_in_the_old_currency_is_ended(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").price(3400)).await;
    let jobs = &shop.shop().jobs;
    let ticked = BulkSelection::Ids(vec![rope.id.clone()]);
    let action = BulkAction::PriceBy { minor: 250 };
    let id = jobs.plan(&admin, ticked, action).await.unwrap();
    shop.clock.advance(MINUTE);
    // The same digits: what was prepared means the same.
    take(&shop, &admin, "USD").await;
    let job = jobs.job(&id, 0).await.unwrap();
    assert_eq!(job.summary.state, JobState::Ready);
    shop.clock.advance(MINUTE);
    take(&shop, &admin, "JPY").await;
    let job = jobs.job(&id, 0).await.unwrap();
    assert_eq!(job.summary.state, JobState::Failed);
    assert_eq!(job.summary.words, "Prices up by €2.50");
    assert!(job.note.contains("currency has changed"), "{}", job.note);
    let refused = jobs
        .start(&admin, &id, BadRows::Refuse.into())
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert_eq!(price(&shop, rope.variant()).await, 34);
}

async fn a_running_job_is_done_before_prices_get_other_digits(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").price(3400)).await;
    let jobs = &shop.shop().jobs;
    let ticked = BulkSelection::Ids(vec![rope.id.clone()]);
    let action = BulkAction::PricePercent { basis_points: 1000 };
    let id = jobs.plan(&admin, ticked, action).await.unwrap();
    // As a node leaves it that stopped just after someone had said yes.
    let lease = shop.now() + MINUTE;
    shop.execute(&format!(
        "UPDATE catalog_jobs SET state = 'running', worker = 'gone', lease_until = {lease}"
    ))
    .await;
    for tick in ["", "1"] {
        let (field, words) = refusal(&shop, &admin, "JPY", tick).await;
        assert_eq!(field, "currency");
        assert_eq!(
            words,
            "A bulk edit or import is running. Change the currency when it is done."
        );
    }
    assert_eq!(price(&shop, rope.variant()).await, 3400);
    assert_eq!(shop.services.settings.now().await.unwrap().currency, "EUR");
    // The same digits: its prices stay what they are.
    take(&shop, &admin, "USD").await;
    let job = jobs.job(&id, 0).await.unwrap();
    assert_eq!(job.summary.state, JobState::Running);

    shop.clock.advance(MINUTE + 1);
    shop.services.jobs.run_maintenance().await.unwrap();
    assert_eq!(finished(&shop, &id).await.summary.state, JobState::Done);
    assert_eq!(price(&shop, rope.variant()).await, 3740);
    take(&shop, &admin, "JPY").await;
    assert_eq!(price(&shop, rope.variant()).await, 37);
    let job = jobs.job(&id, 0).await.unwrap();
    assert_eq!(job.summary.state, JobState::Done, "what is done stays done");
}

async fn no_price_job_is_stopped_half_way(shop: TestShop) {
    let admin = shop.admin().await;
    let goods = (0..60).map(|n| Goods::named(&format!("Rope {n}")).price(3400));
    shop.stock_all(goods.collect()).await;
    let jobs = &shop.shop().jobs;
    let every = BulkSelection::Matching(Default::default());
    let action = BulkAction::PriceBy { minor: 250 };
    let id = jobs.plan(&admin, every, action).await.unwrap();
    let mut form = form(&shop).await;
    form.currency = "JPY".to_owned();
    form.confirm_currency = "1".to_owned();
    let desk = &shop.shop().settings_desk;
    let (started, saved) = tokio::join!(
        jobs.start(&admin, &id, BadRows::Refuse.into()),
        desk.save(&admin, form),
    );
    let job = finished(&shop, &id).await;
    let (state, minor) = match (started.is_ok(), saved) {
        // It was done before the change looked.
        (true, Ok(_)) => (JobState::Done, 37),
        (true, Err(refused)) => {
            assert_eq!(refused.fields[0].field, "currency", "{refused:?}");
            (JobState::Done, 3650)
        }
        (false, saved) => {
            assert!(saved.is_ok(), "one of the two is done: {saved:?}");
            (JobState::Failed, 34)
        }
    };
    assert_eq!(job.summary.state, state, "{}", job.note);
    let same = format!("SELECT COUNT(*) AS n FROM variants WHERE price_minor = {minor}");
    assert_eq!(shop.number(&same).await, 60);
}

async fn a_price_that_was_read_before_the_change_is_not_written_after_it(shop: TestShop) {
    let admin = shop.admin().await;
    take(&shop, &admin, "USD").await;
    for (currency, is_right) in [("EUR", false), ("USD", true)] {
        let (db, now) = (shop.db(), shop.now());
        let write = CatalogWrite::begin(db, now, "test", StockReason::Adjustment).await;
        let mut write = write.unwrap();
        let priced = write.priced_in(currency).await;
        assert_eq!(priced.is_ok(), is_right, "{currency}: {priced:?}");
        write.rollback().await.unwrap();
    }
}
