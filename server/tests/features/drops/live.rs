//! A drop while it goes on: what nodes count, write and tell.

use app::{
    drops::{refusals::DropRefusal, types::DropSaved},
    error::ErrorKind,
    identity::Role,
};
use desk::admin::drops::watched::Watched;
use server::admin::drops::pulse::{HEARTBEAT, Pulse};

use super::{
    OPENS, kind,
    room::{SECOND, ticket, with_room},
    ropes,
};
use crate::support::{ADMIN, Goods, HOUR, MINUTE, STAFF, TestShop, cash, on_both_databases, order};

on_both_databases!(
    orders_and_refusals_are_counted_by_reason_and_of_all_nodes,
    what_is_not_paid_yet_is_told_apart,
    places_in_the_room_are_counted,
    a_node_writes_while_a_drop_is_near_and_when_something_is_new,
    a_drop_is_watched_with_script_and_without,
);

async fn tell(shop: &TestShop, pulse: &mut Pulse) {
    let now = shop.now();
    pulse.tick(shop.db(), now).await.unwrap();
}

/// Asked of another node each time, so that nothing is as it was a second ago.
async fn watched(shop: &TestShop, saved: &DropSaved) -> Watched {
    let node = shop.second_node();
    node.shop().drop_desk.watch(&saved.id).await.unwrap()
}

async fn orders_and_refusals_are_counted_by_reason_and_of_all_nodes(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 3).await;
    let mut pulse = Pulse::new(shop.now());
    shop.clock.set(OPENS);
    let two = shop.cart(&[(rope.variant(), 2)]).await;
    let one = shop.cart(&[(rope.variant(), 1)]).await;
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    let placed = shop.place(&two, order(cash(), 4000)).await;
    assert_eq!(kind(placed), ErrorKind::Insufficient);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    let first = order(cash(), 2000);
    let key = first.checkout_key.clone();
    assert_eq!(kind(shop.place(&one, first).await), ErrorKind::SoldOut);
    // The same again is decided once more, and then answered from memory.
    for _ in 0..2 {
        let mut again = order(cash(), 2000);
        again.checkout_key = key.clone();
        assert_eq!(kind(shop.place(&one, again).await), ErrorKind::SoldOut);
    }
    tell(&shop, &mut pulse).await;

    let seen = watched(&shop, &saved).await;
    let refusals = [(DropRefusal::SoldOut, 3), (DropRefusal::TooFewLeft, 1)];
    assert_eq!(seen.refusals(), refusals);
    let [node] = seen.nodes.as_slice() else {
        panic!("one node: {seen:?}");
    };
    assert_eq!((node.orders, node.units), (2, 3));
    assert_eq!((seen.units(), seen.left(), seen.held()), (3, 0, 0));

    // Of a node that runs another version, with a reason that this one does not know.
    shop.execute(&format!(
        "INSERT INTO drop_nodes (drop_id, run, began_at, told_at, arrivals, orders, units, refusals, busy, \
         queue, lock_us) VALUES ('{}', 'other', 0, 0, 7, 1, 1, '{{\"sold_out\":2,\"moon\":1}}', 0, 0, 0)",
        saved.id
    ))
    .await;
    let seen = watched(&shop, &saved).await;
    assert_eq!(seen.nodes.len(), 2);
    assert_eq!(seen.of_nodes(|node| node.orders), 3);
    assert_eq!(seen.refusals()[0], (DropRefusal::SoldOut, 5));
    assert!(seen.refusals().contains(&(DropRefusal::Other, 1)));
}

async fn what_is_not_paid_yet_is_told_apart(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 3).await;
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
    shop.clock.set(OPENS);
    shop.buy(&[(rope.variant(), 2)], cash()).await.1.unwrap();
    let seen = watched(&shop, &saved).await;
    assert_eq!((seen.held(), seen.unpaid, seen.left()), (2, 1, 1));
}

async fn places_in_the_room_are_counted(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    let mut pulse = Pulse::new(shop.now());
    shop.clock.set(OPENS - 10 * MINUTE);
    for _ in 0..3 {
        ticket(&shop, &saved.slug).await;
    }
    tell(&shop, &mut pulse).await;
    let seen = watched(&shop, &saved).await;
    assert_eq!(seen.of_nodes(|node| node.arrivals), 3);
    let room = seen.room.unwrap();
    assert_eq!((room.waiting, room.let_in), (3, 0));
}

async fn a_node_writes_while_a_drop_is_near_and_when_something_is_new(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 3).await;
    let mut pulse = Pulse::new(shop.now());
    let rows = async || shop.number("SELECT COUNT(*) AS n FROM drop_nodes").await;
    let told_at = async || shop.number("SELECT told_at AS n FROM drop_nodes").await;
    shop.clock.set(OPENS - HOUR + MINUTE);
    tell(&shop, &mut pulse).await;
    assert_eq!(rows().await, 0, "it is far");
    shop.clock.set(OPENS - 30 * MINUTE);
    tell(&shop, &mut pulse).await;
    assert_eq!(told_at().await, OPENS - 30 * MINUTE);
    shop.clock.advance(HEARTBEAT);
    tell(&shop, &mut pulse).await;
    assert_eq!(told_at().await, OPENS - 30 * MINUTE + HEARTBEAT);
    // Long after the end nothing is written any more, unless there is something to tell.
    shop.clock.set(OPENS);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    let desk = &shop.shop().drop_admin;
    desk.call_off(&actor, &saved.id).await.unwrap();
    shop.clock.advance(SECOND);
    tell(&shop, &mut pulse).await;
    assert_eq!(told_at().await, OPENS + SECOND, "the order is new");
    shop.clock.advance(HOUR);
    tell(&shop, &mut pulse).await;
    assert_eq!((rows().await, told_at().await), (1, OPENS + SECOND));
}

async fn a_drop_is_watched_with_script_and_without(shop: TestShop) {
    let actor = shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let (rope, saved) = ropes(&shop, &actor, 4).await;
    let mut pulse = Pulse::new(shop.now());
    shop.clock.set(OPENS);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    tell(&shop, &mut pulse).await;
    let page = format!("/admin/drops/{}/live", saved.id);
    let figures = format!("/api/admin/drops/live?id={}", saved.id);
    for (language, expected) in [
        ("en", ["Right now", "Orders refused, by reason", "Refresh"]),
        (
            "de",
            [
                "Jetzt gerade",
                "Abgelehnte Bestellungen nach Grund",
                "Aktualisieren",
            ],
        ),
    ] {
        let shop = shop.speaking(language);
        let site = shop.open().await;
        let staff = site.browser();
        staff.sign_in(STAFF).await.expect(200);
        staff.page(&page).await.expect(404);
        staff.read(&figures).await.expect(404);
        let browser = site.browser();
        browser.sign_in(ADMIN).await.expect(200);
        let shown = browser.page(&page).await.expect(200);
        assert_eq!(shown.header("cache-control"), "no-store");
        for words in expected {
            assert!(shown.body.contains(words), "{words} in {}", shown.body);
        }
        let read = browser.read(&figures).await.expect(200).json();
        assert_eq!(read["values"]["orders"], "1");
        assert_eq!(read["values"]["gone"], "25 %");
        let lock = &read["values"]["lock"];
        assert_eq!(*lock, read["tables"]["nodes"][0][6], "of the only server");
        assert_eq!(read["tables"]["variants"][0][0], "Rope");
        assert_eq!(read["tables"]["nodes"][0].as_array().unwrap().len(), 8);
        let none = "/api/admin/drops/live?id=none";
        browser.read(none).await.expect(404);
        // What a script writes has its place in the page.
        for key in read["values"].as_object().unwrap().keys() {
            let place = format!("data-live-value=\"{key}\"");
            assert!(shown.body.contains(&place), "{place}");
        }
        for key in read["tables"].as_object().unwrap().keys() {
            let place = format!("data-live-table=\"{key}\"");
            assert!(shown.body.contains(&place), "{place}");
        }
        site.close().await;
    }
}
