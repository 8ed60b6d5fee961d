//! A drop whose end is moved while people wait, and one that is over.

use app::{error::ErrorKind, orders::types::CancelReason, waiting_list::types::WaitStep};
use server::orders::cancel::Restore;

use super::{ask, email, held, link, list, numbers, open, units, wait};
use crate::{
    drops::{Line, kind},
    support::{DAY, HOUR, TestShop, on_both_databases},
};

on_both_databases!(
    an_offer_ends_with_its_drop_when_that_ends_earlier,
    who_confirms_after_the_end_does_not_wait,
    who_waits_for_a_drop_that_has_been_over_for_a_month_is_forgotten,
    a_drop_that_goes_on_after_its_end_offers_what_came_back,
);

/// As its editor does it, for a drop that goes on.
async fn ends_at(shop: &TestShop, at: i64) {
    shop.execute(&format!("UPDATE drops SET closes_at = {at}"))
        .await;
}

async fn step(shop: &TestShop, n: i64) -> WaitStep {
    list(shop).of_token(&link(n)).await.unwrap().step
}

async fn give_up(shop: &TestShop, order_id: &str) {
    let cancellations = shop.cancellations();
    let ended = cancellations.cancel_unpaid(order_id, CancelReason::Declined, Restore::Nothing);
    assert!(ended.await.unwrap());
}

async fn an_offer_ends_with_its_drop_when_that_ends_earlier(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 1, "").await;
    let order_id = held(&shop, &rope, 0).await;
    wait(&shop, &drop_id, &rope, 2).await;
    give_up(&shop, &order_id).await;
    let end = shop.now() + HOUR;
    ends_at(&shop, end).await;
    assert_eq!(step(&shop, 1).await, WaitStep::Offered { until: end });
    let mails = shop.post().deliver().await;
    let offer = mails.iter().find(|mail| mail.subject.contains("is kept"));
    assert!(offer.is_some(), "{mails:?}");
    // The e-mail has a link of its own.
    let token = offer.unwrap().link("/waiting-list/");
    shop.clock.set(end);
    let wish = list(&shop).of_token(&token).await.unwrap();
    assert_eq!(wish.step, WaitStep::Over);
    assert_eq!(
        kind(list(&shop).take(&token, None).await),
        ErrorKind::Conflict
    );
    let before = shop.units(rope.variant()).await;
    shop.services.run_maintenance().await;
    assert_eq!(units(&shop).await, (0, 0));
    assert_eq!(shop.units(rope.variant()).await, before + 1);
    assert_eq!(numbers(&shop, "offered").await, [0; 0]);
}

async fn who_confirms_after_the_end_does_not_wait(shop: TestShop) {
    let (_, rope) = open(&shop, 1, "").await;
    let order_id = held(&shop, &rope, 0).await;
    ask(&shop, &rope, &email(1)).await.unwrap();
    let token = shop.post().the_mail().await.link("/waiting-list/");
    // Nobody waits for it, so it is for sale until the end.
    let ended = shop.cancellations().cancel_by_shopper(&order_id).await;
    assert!(ended.unwrap());
    let end = shop.now() + HOUR;
    ends_at(&shop, end).await;
    shop.clock.set(end);
    list(&shop).confirm(&token).await.unwrap();
    assert_eq!(numbers(&shop, "waiting").await, [0; 0]);
    let wish = list(&shop).of_token(&token).await.unwrap();
    assert_eq!(wish.step, WaitStep::Over);
    assert_eq!(units(&shop).await, (1, 0), "until it is put back");
}

async fn who_waits_for_a_drop_that_has_been_over_for_a_month_is_forgotten(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 1, "").await;
    held(&shop, &rope, 0).await;
    wait(&shop, &drop_id, &rope, 2).await;
    let end = shop.now() + HOUR;
    ends_at(&shop, end).await;
    let forget = async |at| {
        server::waiting_list::work::run(shop.db(), at)
            .await
            .unwrap();
        shop.number("SELECT COUNT(*) AS n FROM waits").await
    };
    assert_eq!(forget(end + 29 * DAY).await, 2);
    assert_eq!(forget(end + 30 * DAY).await, 0);
}

async fn a_drop_that_goes_on_after_its_end_offers_what_came_back(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 2, "").await;
    let first = held(&shop, &rope, 0).await;
    held(&shop, &rope, 1).await;
    wait(&shop, &drop_id, &rope, 3).await;
    give_up(&shop, &first).await;
    let end = shop.now() + HOUR;
    ends_at(&shop, end).await;
    shop.clock.set(end);
    shop.services.run_maintenance().await;
    assert_eq!(numbers(&shop, "lapsed").await, [1]);
    assert_eq!(units(&shop).await, (0, 0), "it is on the shelf");
    // It goes on for an hour, and gets a unit from there.
    ends_at(&shop, end + HOUR).await;
    let actor = shop
        .account("other@shop.test", app::identity::Role::Admin)
        .await;
    let line = Line::of(rope.variant(), 3);
    let desk = &shop.shop().drop_admin;
    desk.set_line(&actor, &drop_id, line.form()).await.unwrap();
    assert_eq!(numbers(&shop, "offered").await, [2], "their turn was kept");
    assert_eq!(units(&shop).await, (0, 1));
    let until = end + HOUR;
    assert_eq!(step(&shop, 2).await, WaitStep::Offered { until });
}
