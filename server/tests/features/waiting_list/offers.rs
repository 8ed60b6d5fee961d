//! What is kept for one buyer: only they order it, once, in time and within limits.

use app::{
    cart::ports::CartItem, error::ErrorKind, orders::types::CancelReason,
    waiting_list::types::WaitStep,
};
use desk::admin::orders::{
    ports::NewRefund,
    types::{RefundRequest, RefundUnits, Restock, ShippingRefund},
};
use server::orders::cancel::Restore;

use super::{email, held, link, list, numbers, open, place, units, wait};
use crate::{
    drops::{Line, OPENS, Times, kind, planned},
    support::{APPROVES, Goods, HOUR, MINUTE, Stocked, TestShop, on_both_databases, test_card},
};

on_both_databases!(
    the_link_lets_its_buyer_order_that_unit_once,
    another_address_and_another_cart_do_not_get_it,
    it_is_kept_until_its_time_and_not_longer,
    an_order_that_is_cancelled_gives_its_unit_to_the_next,
    a_refund_gives_its_unit_to_the_next_if_that_goes_on_the_shelf,
    who_leaves_passes_it_on,
    limits_hold_for_what_is_kept,
    an_edit_of_the_line_takes_nothing_of_what_is_kept,
    a_drop_that_is_called_off_keeps_nothing,
    a_line_that_is_taken_out_keeps_nothing,
    with_nobody_waiting_it_is_for_sale_again,
    units_that_nobody_counts_are_kept_alike,
);

/// A drop of one unit that an unpaid order holds, and so many who wait for it.
async fn one(shop: &TestShop, waiting: i64, limit: &str) -> (String, Stocked, String) {
    let (drop_id, rope) = open(shop, 1, limit).await;
    let order_id = held(shop, &rope, 0).await;
    wait(shop, &drop_id, &rope, waiting).await;
    (drop_id, rope, order_id)
}

async fn give_up(shop: &TestShop, order_id: &str) {
    let cancellations = shop.cancellations();
    let ended = cancellations.cancel_unpaid(order_id, CancelReason::Declined, Restore::Nothing);
    assert!(ended.await.unwrap());
}

async fn step(shop: &TestShop, n: i64) -> WaitStep {
    list(shop).of_token(&link(n)).await.unwrap().step
}

async fn the_link_lets_its_buyer_order_that_unit_once(shop: TestShop) {
    let (_, rope, order_id) = one(&shop, 2, "").await;
    assert_eq!(step(&shop, 2).await, WaitStep::Waiting { ahead: 1 });
    assert_eq!(
        kind(list(&shop).take(&link(1), None).await),
        ErrorKind::Conflict
    );
    give_up(&shop, &order_id).await;
    assert!(matches!(step(&shop, 1).await, WaitStep::Offered { .. }));
    assert_eq!(step(&shop, 2).await, WaitStep::Waiting { ahead: 0 });
    let cart = list(&shop).take(&link(1), None).await.unwrap();
    let view = shop.shop().cart.view(Some(&cart)).await.unwrap();
    assert_eq!((view.count, view.subtotal_minor), (1, 2000));
    assert_eq!(view.lines[0].problem, None);
    let placed = place(&shop, &cart, &email(1)).await.unwrap();
    assert_eq!(placed.total_minor, 2000);
    assert_eq!(step(&shop, 1).await, WaitStep::Ordered);
    assert_eq!(units(&shop).await, (0, 0));
    assert_eq!(
        kind(list(&shop).take(&link(1), None).await),
        ErrorKind::Conflict
    );
    let item = CartItem::Variant(rope.variant().to_owned());
    assert_eq!(
        kind(shop.shop().cart.add(None, item, 1).await),
        ErrorKind::SoldOut
    );
}

async fn another_address_and_another_cart_do_not_get_it(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 1, "").await;
    // In a cart from before it was sold out.
    let old = shop.cart(&[(rope.variant(), 1)]).await;
    let order_id = held(&shop, &rope, 0).await;
    wait(&shop, &drop_id, &rope, 1).await;
    give_up(&shop, &order_id).await;
    let cart = list(&shop).take(&link(1), None).await.unwrap();
    assert_eq!(
        kind(place(&shop, &old, &email(1)).await),
        ErrorKind::SoldOut
    );
    let refused = place(&shop, &cart, "other@example.com").await.unwrap_err();
    assert_eq!(refused.fields[0].field, "email", "{refused:?}");
    // The mailbox counts, not its spelling.
    place(&shop, &cart, "WAITS1+x@example.com").await.unwrap();
}

async fn it_is_kept_until_its_time_and_not_longer(shop: TestShop) {
    let (_, _, order_id) = one(&shop, 1, "").await;
    give_up(&shop, &order_id).await;
    let WaitStep::Offered { until } = step(&shop, 1).await else {
        panic!("it is offered");
    };
    assert_eq!(until, shop.now() + 4 * HOUR);
    let cart = list(&shop).take(&link(1), None).await.unwrap();
    shop.clock.set(until);
    assert_eq!(
        kind(place(&shop, &cart, &email(1)).await),
        ErrorKind::SoldOut
    );
    assert_eq!(step(&shop, 1).await, WaitStep::Lapsed);
    shop.clock.set(until - MINUTE);
    place(&shop, &cart, &email(1)).await.unwrap();
}

async fn an_order_that_is_cancelled_gives_its_unit_to_the_next(shop: TestShop) {
    let (_, _, order_id) = one(&shop, 2, "").await;
    give_up(&shop, &order_id).await;
    let cart = list(&shop).take(&link(1), None).await.unwrap();
    let placed = place(&shop, &cart, &email(1)).await.unwrap();
    let order = shop.order(&placed).await;
    let ended = shop.cancellations().cancel_by_shopper(&order.id).await;
    assert!(ended.unwrap());
    assert_eq!(numbers(&shop, "ordered").await, [1]);
    assert_eq!(numbers(&shop, "offered").await, [2]);
    assert_eq!(units(&shop).await, (0, 1));
}

/// One unit of an order that is paid for goes back.
async fn refund(shop: &TestShop, order_id: &str, number: i64, restock: Restock) {
    let actor = format!("admin{number}@shop.test");
    let actor = shop.account(&actor, app::identity::Role::Admin).await;
    let request = RefundRequest {
        units: RefundUnits::Some(vec![(0, 1)]),
        shipping: ShippingRefund::LeaveOut,
        restock,
        note: String::new(),
    };
    let refund = NewRefund {
        request,
        number,
        key: String::new(),
        expected_minor: None,
    };
    let desk = &shop.shop().order_desk;
    desk.refund(&actor, order_id, refund).await.unwrap();
}

async fn a_refund_gives_its_unit_to_the_next_if_that_goes_on_the_shelf(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 3, "").await;
    let bought = shop
        .bought(&[(rope.variant(), 3)], test_card(APPROVES))
        .await;
    wait(&shop, &drop_id, &rope, 2).await;
    refund(&shop, &bought.id, 1, Restock::Not).await;
    assert_eq!(units(&shop).await, (0, 0), "it did not come back");
    refund(&shop, &bought.id, 2, Restock::ToStock).await;
    assert_eq!(numbers(&shop, "offered").await, [1]);
    assert_eq!(units(&shop).await, (0, 1));
}

async fn who_leaves_passes_it_on(shop: TestShop) {
    let (_, _, order_id) = one(&shop, 3, "").await;
    list(&shop).leave(&link(2)).await.unwrap();
    give_up(&shop, &order_id).await;
    list(&shop).leave(&link(1)).await.unwrap();
    assert_eq!(numbers(&shop, "offered").await, [3]);
    assert_eq!(units(&shop).await, (0, 1));
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM waits").await,
        1,
        "nothing is kept of who left"
    );
    list(&shop).leave(&link(3)).await.unwrap();
    assert_eq!(units(&shop).await, (1, 0));
}

async fn limits_hold_for_what_is_kept(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 2, "1").await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    place(&shop, &cart, &email(1)).await.unwrap();
    let order_id = held(&shop, &rope, 0).await;
    wait(&shop, &drop_id, &rope, 1).await;
    give_up(&shop, &order_id).await;
    let cart = list(&shop).take(&link(1), None).await.unwrap();
    assert_eq!(
        kind(place(&shop, &cart, &email(1)).await),
        ErrorKind::LimitReached
    );
    assert_eq!(
        numbers(&shop, "offered").await,
        [1],
        "it is kept all the same"
    );
}

async fn an_edit_of_the_line_takes_nothing_of_what_is_kept(shop: TestShop) {
    let (drop_id, rope) = open(&shop, 2, "").await;
    held(&shop, &rope, 0).await;
    let order_id = held(&shop, &rope, 1).await;
    wait(&shop, &drop_id, &rope, 1).await;
    give_up(&shop, &order_id).await;
    let cart = list(&shop).take(&link(1), None).await.unwrap();
    let actor = shop
        .account("other@shop.test", app::identity::Role::Admin)
        .await;
    let desk = &shop.shop().drop_admin;
    let line = |price, units| {
        let variant = rope.variant();
        let limit = "";
        let line = Line {
            variant,
            price,
            units,
            limit,
        };
        line.form()
    };
    let fewer = desk.set_line(&actor, &drop_id, line("20", 1)).await;
    assert_eq!(fewer.unwrap_err().fields[0].field, "units");
    desk.set_line(&actor, &drop_id, line("25", 2))
        .await
        .unwrap();
    assert_eq!(units(&shop).await, (0, 1));
    assert_eq!(
        kind(place(&shop, &cart, &email(1)).await),
        ErrorKind::PriceChanged
    );
    assert_eq!(numbers(&shop, "offered").await, [1], "it is kept still");
}

async fn a_drop_that_is_called_off_keeps_nothing(shop: TestShop) {
    let (drop_id, rope, order_id) = one(&shop, 2, "").await;
    give_up(&shop, &order_id).await;
    let before = shop.units(rope.variant()).await;
    let actor = shop
        .account("other@shop.test", app::identity::Role::Admin)
        .await;
    let desk = &shop.shop().drop_admin;
    desk.call_off(&actor, &drop_id).await.unwrap();
    assert_eq!(units(&shop).await, (0, 0));
    assert_eq!(shop.units(rope.variant()).await, before + 1);
    assert_eq!(step(&shop, 2).await, WaitStep::Over);
    assert_eq!(
        kind(list(&shop).take(&link(1), None).await),
        ErrorKind::Conflict
    );
}

async fn a_line_that_is_taken_out_keeps_nothing(shop: TestShop) {
    let (drop_id, rope, order_id) = one(&shop, 2, "").await;
    give_up(&shop, &order_id).await;
    let before = shop.units(rope.variant()).await;
    let actor = shop
        .account("other@shop.test", app::identity::Role::Admin)
        .await;
    let desk = &shop.shop().drop_admin;
    desk.remove_line(&actor, &drop_id, rope.variant())
        .await
        .unwrap();
    assert_eq!(shop.units(rope.variant()).await, before + 1);
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM waits").await, 0);
}

async fn with_nobody_waiting_it_is_for_sale_again(shop: TestShop) {
    let (_, rope, order_id) = one(&shop, 1, "").await;
    give_up(&shop, &order_id).await;
    shop.clock.advance(4 * HOUR);
    shop.services.run_maintenance().await;
    assert_eq!(units(&shop).await, (1, 0));
    shop.bought(&[(rope.variant(), 1)], crate::support::cash())
        .await;
}

async fn units_that_nobody_counts_are_kept_alike(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.rewrite(&rope, |draft| draft.variants[0].tracked = false)
        .await;
    let line = Line::of(rope.variant(), 1);
    let times = Times {
        closes: None,
        ..Times::NEW
    };
    let saved = planned(&shop, &actor, "Summer", times, (&rope, line)).await;
    shop.clock.set(OPENS);
    let order_id = held(&shop, &rope, 0).await;
    wait(&shop, &saved.id, &rope, 2).await;
    give_up(&shop, &order_id).await;
    assert_eq!(units(&shop).await, (0, 1));
    let cart = list(&shop).take(&link(1), None).await.unwrap();
    let placed = place(&shop, &cart, &email(1)).await.unwrap();
    assert_eq!(units(&shop).await, (0, 0));
    let order = shop.order(&placed).await;
    let ended = shop.cancellations().cancel_by_shopper(&order.id).await;
    assert!(ended.unwrap());
    assert_eq!(numbers(&shop, "offered").await, [2]);
    let moved = "SELECT COUNT(*) AS n FROM stock_entries WHERE reason = 'offer'";
    assert_eq!(shop.number(moved).await, 0, "no ledger has them");
}
