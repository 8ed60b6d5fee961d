//! Drops in the back office: what can be written, what it does to the shelf, and what is noted of it.

use app::error::ErrorKind;

use super::{Line, OPENS, Times, draft, kind, planned, remaining, ropes, typed};
use crate::support::{Goods, HOUR, MINUTE, Stocked, TestShop, cash, on_both_databases};

on_both_databases!(
    units_leave_the_shelf_when_a_drop_is_planned_and_come_back_when_it_is_called_off,
    more_than_is_on_the_shelf_cannot_be_set_aside,
    a_variant_is_in_one_drop_at_a_time,
    a_line_is_changed_in_the_middle,
    what_has_begun_is_not_moved,
    an_edit_made_from_an_older_version_is_refused,
    every_step_is_in_the_audit_log,
    a_drop_without_goods_or_in_the_past_is_not_planned,
    the_prices_of_drops_go_with_the_currency,
    what_has_sold_something_is_not_deleted,
);

async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope")).await
}

async fn units_leave_the_shelf_when_a_drop_is_planned_and_come_back_when_it_is_called_off(
    shop: TestShop,
) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    let desk = &shop.shop().drop_admin;
    assert_eq!(desk.by_id(&saved.id).await.unwrap().lines[0].units, 10);
    assert_eq!(shop.units(rope.variant()).await, 10, "a draft takes none");
    desk.plan(&actor, &saved.id).await.unwrap();
    assert_eq!(shop.units(rope.variant()).await, 0);
    assert_eq!(remaining(&shop, &saved.id).await, 10);
    desk.call_off(&actor, &saved.id).await.unwrap();
    assert_eq!(shop.units(rope.variant()).await, 10);
    let moved =
        "SELECT COUNT(*) AS n FROM stock_entries WHERE reason = 'drop' AND actor IS NOT NULL";
    assert_eq!(shop.number(moved).await, 2, "there and back, by whom");
    assert_eq!(
        kind(desk.plan(&actor, &saved.id).await),
        ErrorKind::Conflict
    );
    assert_eq!(
        kind(desk.call_off(&actor, &saved.id).await),
        ErrorKind::Conflict
    );
}

async fn more_than_is_on_the_shelf_cannot_be_set_aside(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    let desk = &shop.shop().drop_admin;
    let eleven = Line::of(rope.variant(), 11).form();
    desk.set_line(&actor, &saved.id, eleven.clone())
        .await
        .unwrap();
    let refused = desk.plan(&actor, &saved.id).await.unwrap_err();
    assert!(
        refused.fields[0].message.contains("Only 10 more of Rope"),
        "{refused:?}"
    );
    assert_eq!(shop.units(rope.variant()).await, 10, "nothing half-done");
    desk.set_line(&actor, &saved.id, Line::of(rope.variant(), 8).form())
        .await
        .unwrap();
    desk.plan(&actor, &saved.id).await.unwrap();
    assert_eq!(
        kind(desk.set_line(&actor, &saved.id, eleven).await),
        ErrorKind::Invalid
    );
    assert_eq!(
        (
            shop.units(rope.variant()).await,
            remaining(&shop, &saved.id).await
        ),
        (2, 8)
    );
}

async fn a_variant_is_in_one_drop_at_a_time(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, _) = ropes(&shop, &actor, 3).await;
    let desk = &shop.shop().drop_admin;
    let later = Times {
        opens: OPENS + 30 * MINUTE,
        closes: None,
        reveal: None,
    };
    let other = draft(&shop, &actor, "Autumn", later, &[&rope]).await;
    desk.set_line(&actor, &other.id, Line::of(rope.variant(), 2).form())
        .await
        .unwrap();
    let refused = desk.plan(&actor, &other.id).await.unwrap_err();
    assert!(refused.message.contains("Summer"), "{refused}");
    let after = Times {
        opens: OPENS + HOUR,
        ..later
    };
    let version = desk.by_id(&other.id).await.unwrap().version.to_string();
    desk.update(&actor, &other.id, &version, after.form("Autumn"))
        .await
        .unwrap();
    desk.plan(&actor, &other.id).await.unwrap();
    // Two drops at once with different goods are as good as one.
    let lamp = shop.stock(Goods::named("Lamp")).await;
    planned(
        &shop,
        &actor,
        "Lights",
        Times::NEW,
        (&lamp, Line::of(lamp.variant(), 3)),
    )
    .await;
    shop.clock.set(OPENS);
    let both = [(rope.variant(), 1), (lamp.variant(), 1)];
    assert_eq!(shop.bought(&both, cash()).await.total_minor, 4000);
}

async fn a_line_is_changed_in_the_middle(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 4).await;
    shop.clock.set(OPENS);
    shop.bought(&[(rope.variant(), 3)], cash()).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let desk = &shop.shop().drop_admin;
    let two = Line::of(rope.variant(), 2).form();
    let refused = desk.set_line(&actor, &saved.id, two).await.unwrap_err();
    assert!(
        refused.fields[0].message.contains("3 are sold"),
        "{refused:?}"
    );
    let cheaper = Line {
        price: "15",
        ..Line::of(rope.variant(), 7)
    };
    desk.set_line(&actor, &saved.id, cheaper.form())
        .await
        .unwrap();
    assert_eq!(
        (
            shop.units(rope.variant()).await,
            remaining(&shop, &saved.id).await
        ),
        (3, 4)
    );
    let view = shop.shop().cart.view(Some(&cart)).await.unwrap();
    let problem = view.lines[0].problem.clone().unwrap();
    assert_eq!(
        (problem.kind, problem.price_minor),
        (ErrorKind::PriceChanged, 1500)
    );
    let cart = &shop
        .shop()
        .cart
        .accept_price(Some(&cart), rope.variant(), 1500)
        .await;
    assert!(cart.is_ok());
    assert_eq!(
        shop.bought(&[(rope.variant(), 4)], cash())
            .await
            .total_minor,
        6000
    );
}

async fn what_has_begun_is_not_moved(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 4).await;
    let desk = &shop.shop().drop_admin;
    let version = async || desk.by_id(&saved.id).await.unwrap().version.to_string();
    shop.clock.set(OPENS);
    let mut form = Times::NEW.form("Summer");
    form.opens = typed(OPENS + MINUTE);
    let refused = desk
        .update(&actor, &saved.id, &version().await, form)
        .await
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "opens");
    let longer = Times {
        closes: Some(OPENS + 2 * HOUR),
        ..Times::NEW
    };
    desk.update(&actor, &saved.id, &version().await, longer.form("Summer"))
        .await
        .unwrap();
    shop.clock.set(OPENS + HOUR);
    assert_eq!(
        shop.bought(&[(rope.variant(), 1)], cash())
            .await
            .total_minor,
        2000
    );
}

async fn an_edit_made_from_an_older_version_is_refused(shop: TestShop) {
    let actor = shop.admin().await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[]).await;
    let desk = &shop.shop().drop_admin;
    let version = saved.version.to_string();
    let form = || Times::NEW.form("Summer sale");
    desk.update(&actor, &saved.id, &version, form())
        .await
        .unwrap();
    let refused = desk.update(&actor, &saved.id, &version, form()).await;
    assert_eq!(kind(refused), ErrorKind::Conflict);
}

async fn every_step_is_in_the_audit_log(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 4).await;
    let desk = &shop.shop().drop_admin;
    desk.call_off(&actor, &saved.id).await.unwrap();
    desk.remove_line(&actor, &saved.id, rope.variant())
        .await
        .unwrap();
    desk.delete(&actor, &saved.id).await.unwrap();
    for action in [
        "create", "add", "line", "plan", "call_off", "remove", "delete",
    ] {
        let entries =
            format!("SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'drop.{action}'");
        assert_eq!(shop.number(&entries).await, 1, "{action}");
    }
}

async fn a_drop_without_goods_or_in_the_past_is_not_planned(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let desk = &shop.shop().drop_admin;
    let empty = draft(&shop, &actor, "Empty", Times::NEW, &[]).await;
    assert_eq!(
        kind(desk.plan(&actor, &empty.id).await),
        ErrorKind::Conflict
    );
    let late = draft(&shop, &actor, "Late", Times::NEW, &[&rope]).await;
    shop.clock.set(OPENS);
    assert_eq!(kind(desk.plan(&actor, &late.id).await), ErrorKind::Conflict);
    assert_eq!(
        kind(desk.create(&actor, Times::NEW.form("Later")).await),
        ErrorKind::Invalid
    );
    assert_eq!(shop.units(rope.variant()).await, 10);
}

async fn the_prices_of_drops_go_with_the_currency(shop: TestShop) {
    let actor = shop.admin().await;
    let (_, saved) = ropes(&shop, &actor, 4).await;
    let price = "SELECT price_minor AS n FROM drop_lines";
    assert_eq!(shop.number(price).await, 2000);
    let mut tx = shop.db().begin().await.unwrap();
    server::drops::change_prices(&mut tx, "price_minor / 100")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(shop.number(price).await, 20);
    let desk = &shop.shop().drop_admin;
    desk.call_off(&actor, &saved.id).await.unwrap();
}

async fn what_has_sold_something_is_not_deleted(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 4).await;
    let desk = &shop.shop().drop_admin;
    assert_eq!(
        kind(desk.delete(&actor, &saved.id).await),
        ErrorKind::Conflict
    );
    shop.clock.set(OPENS);
    shop.bought(&[(rope.variant(), 4)], cash()).await;
    assert_eq!(
        kind(desk.delete(&actor, &saved.id).await),
        ErrorKind::Conflict
    );
}
