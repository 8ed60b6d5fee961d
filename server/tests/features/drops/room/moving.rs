//! How many are let in as time goes on, whichever node sees to it.

use app::{drops::room::RoomState, error::ErrorKind};
use futures_util::future::join_all;
use server::{admission::flow::Placing, drops::room::mover::tick};

use super::{OPENS, SECOND, adds, kind, moves, places, places_by, ticket, told, with, with_room};
use crate::{
    bank_transfer,
    support::{Goods, MINUTE, TestShop, on_both_databases},
};

on_both_databases!(
    sold_out_ends_the_room_for_all,
    nobody_is_let_in_twice_and_nobody_forgotten_when_the_mover_dies,
    a_clock_that_goes_back_holds_nobody_up,
    a_node_that_places_too_slowly_slows_the_room_down,
);

async fn let_in(shop: &TestShop) -> i64 {
    shop.number("SELECT let_in AS n FROM drop_rooms").await
}

/// The places are drawn, and so many come after that, a second apart.
async fn come_late(shop: &TestShop, slug: &str, count: usize) -> Vec<String> {
    shop.clock.set(OPENS);
    moves(shop, 0).await;
    let mut tickets = Vec::new();
    for _ in 0..count {
        tickets.push(ticket(shop, slug).await);
        shop.clock.advance(SECOND);
    }
    tickets
}

/// Which of the tickets are let in.
async fn standings(shop: &TestShop, slug: &str, tickets: &[String]) -> Vec<bool> {
    let mut are_in = Vec::new();
    for ticket in tickets {
        let state = told(shop, slug, ticket).await.state;
        are_in.push(matches!(state, RoomState::LetIn { .. }));
    }
    are_in
}

async fn sold_out_ends_the_room_for_all(shop: TestShop) {
    let actor = bank_transfer::set_up(&shop).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 1), "nobody").await;
    let tickets = come_late(&shop, &saved.slug, 3).await;
    for _ in 0..5 {
        moves(&shop, SECOND).await;
    }
    assert_eq!(let_in(&shop).await, 1_000_000, "there is one unit");
    let are_in = standings(&shop, &saved.slug, &tickets).await;
    assert_eq!(are_in, [true, false, false]);
    let [first, second, third] = [&tickets[0], &tickets[1], &tickets[2]];
    let cart = adds(&shop, &rope, with(first)).await.unwrap();
    let placed = places_by(&shop, &cart, with(first), bank_transfer::transfer());
    let placed = placed.await.unwrap();
    let all_are_told = async |being_paid: i64| {
        shop.clock.advance(SECOND);
        for ticket in [second, third] {
            let state = told(&shop, &saved.slug, ticket).await.state;
            assert_eq!(state, RoomState::SoldOut { being_paid });
        }
    };
    all_are_told(1).await;
    let added = adds(&shop, &rope, with(second)).await;
    assert_eq!(kind(added), ErrorKind::SoldOut);
    // It comes back, and the room goes on.
    let unpaid = shop.order(&placed).await;
    shop.shop().orders.cancel(&actor, &unpaid.id).await.unwrap();
    moves(&shop, SECOND).await;
    let are_in = standings(&shop, &saved.slug, &tickets).await;
    assert_eq!(are_in, [true, false, false], "who had it may order again");
    let cart = adds(&shop, &rope, with(first)).await.unwrap();
    places(&shop, &cart, with(first)).await.unwrap();
    all_are_told(0).await;
}

async fn nobody_is_let_in_twice_and_nobody_forgotten_when_the_mover_dies(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").units(500)).await;
    let saved = with_room(&shop, &actor, (&rope, 400), "nobody").await;
    let tickets = come_late(&shop, &saved.slug, 40).await;
    // A node whose leases nobody else sees: as if Redis were gone.
    let other = shop.with_buckets_of_its_own();
    moves(&shop, 0).await;
    assert_eq!(let_in(&shop).await, 5_000_000, "nobody moved it before");
    for _ in 0..20 {
        shop.clock.advance(SECOND);
        let ticks = [&shop, &other].map(|node| tick(node.db(), &*node.clock, Placing::KeepsUp));
        for ticked in join_all(ticks).await {
            ticked.unwrap();
        }
    }
    assert_eq!(let_in(&shop).await, 25_000_000, "two at once are one");
    let before = standings(&shop, &saved.slug, &tickets).await;
    let expected: Vec<bool> = (0..40).map(|ticket| ticket < 25).collect();
    assert_eq!(before, expected);
    // Nobody moves it for a while: who is in stays in.
    shop.clock.advance(8 * MINUTE);
    assert_eq!(standings(&other, &saved.slug, &tickets).await, before);
    let cart = adds(&other, &rope, with(&tickets[0])).await.unwrap();
    places(&other, &cart, with(&tickets[0])).await.unwrap();
    // Another node goes on, and makes up for no more than a few seconds.
    moves(&other, SECOND).await;
    assert_eq!(let_in(&shop).await, 30_000_000);
    let after = standings(&shop, &saved.slug, &tickets).await;
    let expected: Vec<bool> = (0..40).map(|ticket| (1..30).contains(&ticket)).collect();
    assert_eq!(after, expected, "the first has ordered");
}

async fn a_clock_that_goes_back_holds_nobody_up(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").units(500)).await;
    let saved = with_room(&shop, &actor, (&rope, 400), "nobody").await;
    let mut tickets = come_late(&shop, &saved.slug, 40).await;
    let goes_on = async |seconds: i64| {
        let before = let_in(&shop).await;
        for _ in 0..seconds {
            moves(&shop, SECOND).await;
        }
        let_in(&shop).await - before
    };
    goes_on(5).await;
    let before = standings(&shop, &saved.slug, &tickets).await;
    assert!(before[0] && !before[39], "{before:?}");
    shop.clock.set(OPENS + 5 * SECOND);
    moves(&shop, 0).await;
    assert_eq!(standings(&shop, &saved.slug, &tickets).await, before);
    assert_eq!(goes_on(5).await, 5_000_000);
    tickets.push(ticket(&shop, &saved.slug).await);
    goes_on(40).await;
    let all = standings(&shop, &saved.slug, &tickets).await;
    assert_eq!(all, [true; 41], "also who came since then");
}

async fn a_node_that_places_too_slowly_slows_the_room_down(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").units(500)).await;
    let saved = with_room(&shop, &actor, (&rope, 400), "nobody").await;
    come_late(&shop, &saved.slug, 40).await;
    moves(&shop, 0).await;
    let runs = async |seconds: i64, placing: Placing| {
        let before = let_in(&shop).await;
        for _ in 0..seconds {
            shop.clock.advance(SECOND);
            tick(shop.db(), &*shop.clock, placing).await.unwrap();
        }
        let_in(&shop).await - before
    };
    assert_eq!(runs(3, Placing::KeepsUp).await, 3_000_000);
    let lagging = runs(10, Placing::Lags).await;
    assert!(lagging < 7_000_000, "{lagging}");
    runs(28, Placing::KeepsUp).await;
    let again = runs(3, Placing::KeepsUp).await;
    assert!((2_900_000..=3_000_000).contains(&again), "{again}");
}
