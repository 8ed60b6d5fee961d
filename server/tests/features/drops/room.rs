//! Those alone order who were let in from the waiting room of a drop, each once; others walk past.

mod locked;
mod moving;
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
use crate::support::{Goods, MINUTE, Stocked, TestShop, cash, on_both_databases, order};

on_both_databases!(
    those_alone_order_who_were_let_in_and_others_walk_past,
    a_copied_ticket_orders_once_also_on_two_nodes_at_once,
    an_order_that_is_cancelled_gives_its_ticket_back,
    an_admission_ends_after_its_minutes,
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
    let line = Line::of(rope.variant(), units);
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
