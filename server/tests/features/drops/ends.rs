//! A drop is stopped, and runs longer, by its end.

use app::drops::types::DropPhase;

use super::{Line, OPENS, Times, planned};
use crate::support::{Goods, HOUR, MINUTE, TestShop, cash, on_both_databases};

on_both_databases!(a_drop_is_stopped_by_its_end_and_goes_on_by_a_later_one);

async fn a_drop_is_stopped_by_its_end_and_goes_on_by_a_later_one(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let line = Line {
        variant: rope.variant(),
        price: "20",
        units: 4,
        limit: "",
    };
    let saved = planned(&shop, &actor, "Summer", Times::NEW, (&rope, line)).await;
    let desk = &shop.shop().drop_admin;
    let ends = async |at: i64| {
        let times = Times {
            closes: Some(at),
            ..Times::NEW
        };
        let version = desk.by_id(&saved.id).await.unwrap().version.to_string();
        desk.update(&actor, &saved.id, &version, times.form("Summer"))
            .await
            .unwrap();
        desk.by_id(&saved.id).await.unwrap().phase
    };
    let paid = async || {
        let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
        order.total_minor
    };
    shop.clock.set(OPENS + 10 * MINUTE);
    assert_eq!(paid().await, 2000);
    assert_eq!(ends(shop.now()).await, Some(DropPhase::Over), "at once");
    assert_eq!(paid().await, 4900, "from the shelf");
    shop.clock.advance(MINUTE);
    assert_eq!(ends(OPENS + 2 * HOUR).await, Some(DropPhase::Open));
    // Longer than it was to run at first.
    shop.clock.set(OPENS + HOUR);
    assert_eq!(paid().await, 2000);
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'drop.update'";
    assert_eq!(shop.number(noted).await, 2);
}
