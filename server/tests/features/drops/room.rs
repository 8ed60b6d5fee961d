//! Those alone order who were let in from the waiting room of a drop, each once; others walk past.

mod locked;
mod pages;
mod places;

use app::{
    cart::ports::CartItem,
    checkout::types::{PaymentInput, Placed},
    drops::{
        ports::Entry,
        room::{RoomForm, RoomState, RoomTold},
        types::DropSaved,
    },
    error::{ErrorKind, ShopResult},
    identity::Account,
    tickets::Tickets,
};
use futures_util::future::join_all;
use server::{admission::flow::Placing, drops::room::mover::tick};

use super::{Line, OPENS, Times, kind, planned, remaining};
use crate::{
    bank_transfer,
    support::{Goods, MINUTE, Stocked, TestShop, cash, on_both_databases, order},
};

on_both_databases!(
    those_alone_order_who_were_let_in_and_others_walk_past,
    a_copied_ticket_orders_once_also_on_two_nodes_at_once,
    an_order_that_is_cancelled_gives_its_ticket_back,
    an_admission_ends_after_its_minutes,
    sold_out_ends_the_room_for_all,
    nobody_is_let_in_twice_and_nobody_forgotten_when_the_mover_dies,
    a_clock_that_goes_back_holds_nobody_up,
    a_node_that_places_too_slowly_slows_the_room_down,
    a_forged_ticket_is_none,
    a_drop_whose_room_is_switched_off_sells_to_everybody,
);

pub const SECOND: i64 = 1_000;

pub fn settings(binding: &str) -> RoomForm {
    RoomForm {
        switch: "on".to_owned(),
        binding: binding.to_owned(),
        per_minute: "60".to_owned(),
        minutes: "10".to_owned(),
    }
}

/// A drop of so many ropes at 20.00 with a waiting room.
pub async fn with_room(
    shop: &TestShop,
    actor: &Account,
    (rope, units): (&Stocked, i64),
    binding: &str,
) -> DropSaved {
    let line = Line {
        variant: rope.variant(),
        price: "20",
        units,
        limit: "",
    };
    let saved = planned(shop, actor, "Summer", Times::NEW, (rope, line)).await;
    let desk = &shop.shop().drop_admin;
    desk.set_room(actor, &saved.id, settings(binding))
        .await
        .unwrap();
    saved
}

pub fn with(signed: &str) -> Tickets {
    Tickets {
        signed: Some(signed.to_owned()),
        account: None,
    }
}

/// A ticket that is bound to nobody.
pub async fn ticket(shop: &TestShop, slug: &str) -> String {
    let entry = Entry {
        slug: slug.to_owned(),
        ..Entry::default()
    };
    let (rooms, nobody) = (&shop.shop().rooms, Tickets::default());
    rooms.enter("203.0.113.9", &nobody, entry).await.unwrap()
}

pub async fn told(shop: &TestShop, slug: &str, ticket: &str) -> RoomTold {
    let rooms = &shop.shop().rooms;
    rooms.look(slug, &with(ticket)).await.unwrap()
}

/// One step of the rooms a while later.
pub async fn moves(shop: &TestShop, after: i64) {
    shop.clock.advance(after);
    let moved = tick(shop.db(), &*shop.clock, Placing::KeepsUp).await;
    moved.unwrap();
}

/// From the start, when places are drawn, until all of a few are let in.
async fn lets_in(shop: &TestShop) {
    shop.clock.set(OPENS);
    moves(shop, 0).await;
    for _ in 0..10 {
        moves(shop, SECOND).await;
    }
}

async fn adds(shop: &TestShop, rope: &Stocked, tickets: Tickets) -> ShopResult<String> {
    let cart = shop.shop().cart.with_tickets(tickets);
    let item = CartItem::Variant(rope.variant().to_owned());
    Ok(cart.add(None, item, 1).await?.0)
}

async fn places(shop: &TestShop, cart: &str, tickets: Tickets) -> ShopResult<Placed> {
    places_by(shop, cart, tickets, cash()).await
}

async fn places_by(
    shop: &TestShop,
    cart: &str,
    tickets: Tickets,
    payment: PaymentInput,
) -> ShopResult<Placed> {
    let checkout = shop.shop().checkout.with_tickets(tickets);
    checkout.place(Some(cart), order(payment, 2000)).await
}

async fn let_in(shop: &TestShop) -> i64 {
    shop.number("SELECT let_in AS n FROM drop_rooms").await
}

async fn those_alone_order_who_were_let_in_and_others_walk_past(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let cup = shop.stock(Goods::named("Cup")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    shop.clock.set(OPENS - 10 * MINUTE);
    let ticket = ticket(&shop, &saved.slug).await;
    let state = told(&shop, &saved.slug, &ticket).await.state;
    assert!(matches!(state, RoomState::Drawing { .. }), "{state:?}");
    shop.clock.set(OPENS);
    moves(&shop, 0).await;
    for tickets in [Tickets::default(), with(&ticket)] {
        let added = adds(&shop, &rope, tickets).await;
        assert_eq!(kind(added), ErrorKind::Waiting, "nobody is let in yet");
    }
    let state = told(&shop, &saved.slug, &ticket).await.state;
    assert!(
        matches!(state, RoomState::Waiting { ahead: 0, .. }),
        "{state:?}"
    );
    moves(&shop, 5 * SECOND).await;
    let state = told(&shop, &saved.slug, &ticket).await.state;
    let RoomState::LetIn { until } = state else {
        panic!("{state:?}");
    };
    assert!(until >= shop.now() + 10 * MINUTE, "{until}");
    let cart = adds(&shop, &rope, with(&ticket)).await.unwrap();
    let refused = places(&shop, &cart, Tickets::default()).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Waiting);
    assert_eq!(refused.lines[0].variant_id, rope.variant());
    places(&shop, &cart, with(&ticket)).await.unwrap();
    let state = told(&shop, &saved.slug, &ticket).await.state;
    assert_eq!(state, RoomState::Ordered);
    let again = adds(&shop, &rope, with(&ticket)).await.unwrap();
    let again = places(&shop, &again, with(&ticket)).await;
    assert_eq!(kind(again), ErrorKind::Waiting, "once");
    assert_eq!(remaining(&shop, &saved.id).await, 4);
    shop.bought(&[(cup.variant(), 1)], cash()).await;
}

async fn a_copied_ticket_orders_once_also_on_two_nodes_at_once(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 9), "nobody").await;
    shop.clock.set(OPENS - MINUTE);
    let ticket = ticket(&shop, &saved.slug).await;
    lets_in(&shop).await;
    let nodes = [shop.clone(), shop.second_node()];
    let mut carts = Vec::new();
    for _ in 0..6 {
        carts.push(adds(&shop, &rope, with(&ticket)).await.unwrap());
    }
    let orders = carts
        .iter()
        .zip(nodes.iter().cycle())
        .map(|(cart, node)| places(node, cart, with(&ticket)));
    let placed = join_all(orders).await;
    let kinds: Vec<_> = placed
        .iter()
        .filter_map(|placed| placed.as_ref().err())
        .map(|refused| refused.kind)
        .collect();
    assert_eq!(kinds, [ErrorKind::Waiting; 5]);
    assert_eq!(
        (shop.orders().await, remaining(&shop, &saved.id).await),
        (1, 8)
    );
}

async fn an_order_that_is_cancelled_gives_its_ticket_back(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    shop.clock.set(OPENS - MINUTE);
    let ticket = ticket(&shop, &saved.slug).await;
    lets_in(&shop).await;
    let cart = adds(&shop, &rope, with(&ticket)).await.unwrap();
    let placed = places(&shop, &cart, with(&ticket)).await.unwrap();
    let first = shop.order(&placed).await;
    shop.shop().orders.cancel(&actor, &first.id).await.unwrap();
    let cart = adds(&shop, &rope, with(&ticket)).await.unwrap();
    places(&shop, &cart, with(&ticket)).await.unwrap();
    let uses = "SELECT COUNT(*) AS n FROM room_uses";
    assert_eq!(shop.number(uses).await, 1);
}

async fn an_admission_ends_after_its_minutes(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    shop.clock.set(OPENS - MINUTE);
    let ticket = ticket(&shop, &saved.slug).await;
    lets_in(&shop).await;
    let cart = adds(&shop, &rope, with(&ticket)).await.unwrap();
    for _ in 0..10 * 60 / 5 + 6 {
        moves(&shop, 5 * SECOND).await;
    }
    let late = places(&shop, &cart, with(&ticket)).await;
    assert_eq!(kind(late), ErrorKind::Waiting);
    let state = told(&shop, &saved.slug, &ticket).await.state;
    assert_eq!(state, RoomState::Lapsed);
    // A new place is behind those who came meanwhile, and as good.
    let entry = Entry {
        slug: saved.slug.clone(),
        ..Entry::default()
    };
    let (rooms, theirs) = (&shop.shop().rooms, with(&ticket));
    let new = rooms.enter("203.0.113.9", &theirs, entry).await.unwrap();
    assert_ne!(new, ticket);
    for _ in 0..3 {
        moves(&shop, 2 * SECOND).await;
    }
    places(&shop, &cart, with(&new)).await.unwrap();
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

/// Which of the tickets are let in.
async fn standings(shop: &TestShop, slug: &str, tickets: &[String]) -> Vec<bool> {
    let mut are_in = Vec::new();
    for ticket in tickets {
        let state = told(shop, slug, ticket).await.state;
        are_in.push(matches!(state, RoomState::LetIn { .. }));
    }
    are_in
}

async fn a_forged_ticket_is_none(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    shop.clock.set(OPENS - MINUTE);
    let ticket = ticket(&shop, &saved.slug).await;
    lets_in(&shop).await;
    let forged: String = ticket
        .chars()
        .enumerate()
        .map(|(at, letter)| match (at, letter) {
            (30, 'A') => 'B',
            (30, _) => 'A',
            (_, letter) => letter,
        })
        .collect();
    let told = told(&shop, &saved.slug, &forged).await;
    assert_eq!(told.state, RoomState::NoPlace);
    assert_eq!(told.proof.ticket, None);
    let added = adds(&shop, &rope, with(&forged)).await;
    assert_eq!(kind(added), ErrorKind::Waiting);
    adds(&shop, &rope, with(&ticket)).await.unwrap();
}

async fn a_drop_whose_room_is_switched_off_sells_to_everybody(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    shop.clock.set(OPENS);
    let added = adds(&shop, &rope, Tickets::default()).await;
    assert_eq!(kind(added), ErrorKind::Waiting);
    let desk = &shop.shop().drop_admin;
    let off = RoomForm {
        switch: "off".to_owned(),
        ..settings("nobody")
    };
    let commitment = desk.by_id(&saved.id).await.unwrap().room.commitment;
    desk.set_room(&actor, &saved.id, off).await.unwrap();
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    let rooms = &shop.shop().rooms;
    let gone = rooms.look(&saved.slug, &Tickets::default()).await;
    assert_eq!(kind(gone), ErrorKind::NotFound);
    // Back on, its secret is the one of before.
    desk.set_room(&actor, &saved.id, settings("mailbox"))
        .await
        .unwrap();
    let after = desk.by_id(&saved.id).await.unwrap().room;
    assert_eq!(after.commitment, commitment);
    let added = adds(&shop, &rope, Tickets::default()).await;
    assert_eq!(kind(added), ErrorKind::Waiting);
}
