//! Places: who gets one, and how anybody checks it.

use app::{
    drops::{
        ports::Entry,
        room::{RoomState, WayIn},
    },
    error::ErrorKind,
    identity::{Account, Role},
    tickets::Tickets,
};
use server::admission::ticket::TicketId;
use sha2::{Digest, Sha256};

use super::{SECOND, adds, moves, places, ticket, told, with, with_room};
use crate::{
    drops::{OPENS, kind},
    support::{Goods, MINUTE, TestShop, on_both_databases},
};

on_both_databases!(
    anybody_works_out_their_place_from_what_is_published,
    places_are_given_out_from_half_an_hour_before_the_start,
    a_mailbox_gets_one_place_by_a_code,
    an_account_whose_address_is_confirmed_needs_no_code,
    a_place_is_for_orders_of_its_mailbox,
    codes_are_asked_for_and_tried_within_limits,
);

async fn anybody_works_out_their_place_from_what_is_published(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    shop.clock.set(OPENS - MINUTE);
    let other = shop.second_node();
    let mut tickets = Vec::new();
    for n in 0..20 {
        let node = match n % 2 {
            0 => &shop,
            _ => &other,
        };
        tickets.push(ticket(node, &saved.slug).await);
    }
    let before = told(&shop, &saved.slug, &tickets[0]).await.proof;
    assert_eq!(before.drawn, None, "the secret is none before");
    assert_eq!(before.ticket.as_ref().unwrap().number, None);
    shop.clock.set(OPENS);
    moves(&shop, 0).await;
    let mut mix = TicketId([0; 16]);
    let mut proofs = Vec::new();
    for ticket in &tickets {
        let proof = told(&shop, &saved.slug, ticket).await.proof;
        let id = proof.ticket.as_ref().unwrap().id.clone();
        mix = mix.with(TicketId::of_hex(&id).unwrap());
        proofs.push(proof);
    }
    let drawn = proofs[0].drawn.clone().unwrap();
    assert_eq!(drawn.mix, mix.hex(), "each is in it once");
    let bytes = |text: &str| hex::decode(text).unwrap();
    let sha = |parts: [&str; 2]| {
        let bytes = parts.map(bytes).concat();
        hex::encode(Sha256::digest(bytes))
    };
    assert_eq!(sha([&drawn.secret, ""]), before.commitment);
    assert_eq!(sha([&drawn.secret, &drawn.mix]), drawn.seed);
    let mut order = Vec::new();
    for (proof, ticket) in proofs.iter().zip(&tickets) {
        let theirs = proof.ticket.as_ref().unwrap();
        let number = theirs.number.clone().unwrap();
        assert_eq!(sha([&drawn.seed, &theirs.id])[..8], number);
        order.push((number, ticket));
    }
    order.sort();
    // They are let in in this order.
    let mut last = 0;
    for _ in 0..25 {
        moves(&shop, SECOND).await;
        let mut are_in = Vec::new();
        for (_, ticket) in &order {
            let state = told(&shop, &saved.slug, ticket).await.state;
            are_in.push(matches!(state, RoomState::LetIn { .. }));
        }
        let count = are_in.iter().filter(|is_in| **is_in).count();
        assert!(count >= last && are_in[..count].iter().all(|is_in| *is_in));
        last = count;
    }
}

async fn places_are_given_out_from_half_an_hour_before_the_start(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    let rooms = &shop.shop().rooms;
    let entry = || Entry {
        slug: saved.slug.clone(),
        ..Entry::default()
    };
    let nobody = Tickets::default();
    shop.clock.set(OPENS - 30 * MINUTE - 1);
    let told = rooms.look(&saved.slug, &nobody).await.unwrap();
    let opens_at = OPENS - 30 * MINUTE;
    assert_eq!(told.state, RoomState::Closed { opens_at });
    let early = rooms.enter("203.0.113.9", &nobody, entry()).await;
    assert_eq!(kind(early), ErrorKind::Conflict);
    shop.clock.set(opens_at);
    let first = rooms.enter("203.0.113.9", &nobody, entry()).await.unwrap();
    // Who has a place keeps it.
    let again = rooms.enter("203.0.113.9", &with(&first), entry()).await;
    assert_eq!(again.unwrap(), first);
    let tickets = "SELECT tickets AS n FROM drop_rooms";
    assert_eq!(shop.number(tickets).await, 1);
    shop.clock.set(OPENS + 60 * MINUTE);
    let late = rooms.enter("203.0.113.9", &nobody, entry()).await;
    assert_eq!(kind(late), ErrorKind::Conflict, "it is over");
    let unknown = Entry {
        slug: "winter".to_owned(),
        ..Entry::default()
    };
    let unknown = rooms.enter("203.0.113.9", &nobody, unknown).await;
    assert_eq!(kind(unknown), ErrorKind::NotFound);
}

/// The code that is mailed to this address.
async fn code(shop: &TestShop, slug: &str, email: &str) -> String {
    let rooms = &shop.shop().rooms;
    rooms.send_code("203.0.113.9", slug, email).await.unwrap();
    let mail = shop.post().the_mail().await;
    assert_eq!(mail.header("To"), email);
    let digits = mail.subject.chars().filter(char::is_ascii_digit);
    digits.collect()
}

fn entry(slug: &str, email: &str, code: &str) -> Entry {
    Entry {
        slug: slug.to_owned(),
        email: email.to_owned(),
        code: code.to_owned(),
    }
}

async fn id_of(shop: &TestShop, slug: &str, ticket: &str) -> String {
    told(shop, slug, ticket).await.proof.ticket.unwrap().id
}

async fn a_mailbox_gets_one_place_by_a_code(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "mailbox").await;
    let slug = saved.slug.as_str();
    shop.clock.set(OPENS - 20 * MINUTE);
    let rooms = &shop.shop().rooms;
    let nobody = Tickets::default();
    let told = rooms.look(slug, &nobody).await.unwrap();
    assert_eq!((told.state, told.way_in), (RoomState::NoPlace, WayIn::Code));
    let kim = code(&shop, slug, "kim@example.com").await;
    let enter = async |email: &str, code: &str| {
        let entry = entry(slug, email, code);
        rooms.enter("203.0.113.9", &nobody, entry).await
    };
    let refused = enter("jo@example.com", &kim).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "room_code");
    assert_eq!(kind(enter("kim@example.com", "").await), ErrorKind::Invalid);
    let first = enter("kim@example.com", &kim).await.unwrap();
    // On another device, in another spelling: the same place.
    let second = enter("Kim+drop@Example.com", &kim).await.unwrap();
    let ids = [
        id_of(&shop, slug, &first).await,
        id_of(&shop, slug, &second).await,
    ];
    assert_eq!(ids[0], ids[1]);
    let counted = async || shop.number("SELECT tickets AS n FROM drop_rooms").await;
    assert_eq!(counted().await, 1, "it is counted once");
    // Also after the start, for who has lost it.
    shop.clock.set(OPENS - 10 * MINUTE);
    let kim = code(&shop, slug, "kim@example.com").await;
    shop.clock.set(OPENS);
    moves(&shop, 0).await;
    let third = rooms.enter("203.0.113.9", &nobody, entry(slug, "kim@example.com", &kim));
    let proof = super::told(&shop, slug, &third.await.unwrap()).await.proof;
    assert_eq!(proof.drawn.unwrap().mix, ids[0], "no ticket but theirs");
    let theirs = proof.ticket.unwrap();
    assert_eq!((theirs.id, theirs.bucket), (ids[0].clone(), 0));
    assert_eq!(counted().await, 1);
    // After half an hour the code is too old.
    let jo = code(&shop, slug, "jo@example.com").await;
    shop.clock.set(OPENS + 31 * MINUTE);
    assert_eq!(kind(enter("jo@example.com", &jo).await), ErrorKind::Invalid);
}

async fn confirmed(shop: &TestShop, email: &str) -> Account {
    let account = shop.account(email, Role::Customer).await;
    let (id, now) = (&account.id, shop.now());
    shop.execute(&format!(
        "UPDATE accounts SET verified_at = {now} WHERE id = '{id}'"
    ))
    .await;
    account
}

async fn an_account_whose_address_is_confirmed_needs_no_code(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "mailbox").await;
    let slug = saved.slug.as_str();
    shop.clock.set(OPENS - 20 * MINUTE);
    let rooms = &shop.shop().rooms;
    let kim = Tickets {
        signed: None,
        account: Some(confirmed(&shop, "kim@example.com").await),
    };
    assert_eq!(rooms.look(slug, &kim).await.unwrap().way_in, WayIn::Free);
    let by_account = rooms.enter("203.0.113.9", &kim, entry(slug, "", "")).await;
    let by_code = code(&shop, slug, "kim@example.com").await;
    let by_code = entry(slug, "kim@example.com", &by_code);
    let by_code = rooms
        .enter("203.0.113.9", &Tickets::default(), by_code)
        .await;
    let ids = [
        id_of(&shop, slug, &by_account.unwrap()).await,
        id_of(&shop, slug, &by_code.unwrap()).await,
    ];
    assert_eq!(ids[0], ids[1], "one mailbox, one place");
    let jo = shop.account("jo@example.com", Role::Customer).await;
    let unproven = "UPDATE accounts SET verified_at = NULL WHERE email = 'jo@example.com'";
    shop.execute(unproven).await;
    let jo = Tickets {
        signed: None,
        account: Some(jo),
    };
    assert_eq!(rooms.look(slug, &jo).await.unwrap().way_in, WayIn::Code);
}

async fn a_place_is_for_orders_of_its_mailbox(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 9), "mailbox").await;
    let slug = saved.slug.as_str();
    shop.clock.set(OPENS - 20 * MINUTE);
    let rooms = &shop.shop().rooms;
    let nobody = Tickets::default();
    let mut tickets = Vec::new();
    // Orders of tests are Kim's.
    for email in ["kim@example.com", "jo@example.com"] {
        let code = code(&shop, slug, email).await;
        let theirs = entry(slug, email, &code);
        let entered = rooms.enter("203.0.113.9", &nobody, theirs).await;
        tickets.push(entered.unwrap());
    }
    shop.clock.set(OPENS);
    for _ in 0..5 {
        moves(&shop, SECOND).await;
    }
    let cart = adds(&shop, &rope, with(&tickets[1])).await.unwrap();
    let refused = places(&shop, &cart, with(&tickets[1])).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Waiting);
    assert!(refused.message.contains("another e-mail address"));
    places(&shop, &cart, with(&tickets[0])).await.unwrap();
    // Who has ordered gets no second place.
    shop.post().deliver().await;
    shop.clock.advance(SECOND);
    let code = code(&shop, slug, "kim@example.com").await;
    let again = entry(slug, "kim@example.com", &code);
    let again = rooms.enter("203.0.113.9", &Tickets::default(), again).await;
    assert_eq!(kind(again), ErrorKind::Conflict);
}

async fn codes_are_asked_for_and_tried_within_limits(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 9), "mailbox").await;
    let slug = saved.slug.as_str();
    shop.clock.set(OPENS - 20 * MINUTE);
    let rooms = &shop.shop().rooms;
    let nobody = Tickets::default();
    let (mut asked, mut tried) = (Vec::new(), Vec::new());
    for _ in 0..9 {
        let sent = rooms.send_code("203.0.113.9", slug, "kim@example.com");
        asked.push(sent.await.is_ok());
        let guess = entry(slug, "kim@example.com", "no code");
        let guess = rooms.enter("203.0.113.9", &nobody, guess).await;
        tried.push(kind(guess));
    }
    assert_eq!(asked.iter().filter(|is_sent| **is_sent).count(), 4);
    assert_eq!(tried[..8], [ErrorKind::Invalid; 8]);
    assert_eq!(tried[8], ErrorKind::TooManyRequests);
    let other = rooms.send_code("203.0.113.9", slug, "jo@example.com").await;
    assert!(other.is_ok(), "others are not kept out");
}
