//! The page of a waiting room, without script, and its stream.

use std::time::Duration;

use app::{
    drops::{ports::Entry, room::RoomForm},
    tickets::Tickets,
};
use reqwest::{Method, header::ACCEPT};
use server::ids::new_secret;
use tokio::time::timeout;

use super::{SECOND, moves, settings, with_room};
use crate::{
    drops::OPENS,
    support::{Answer, Goods, MINUTE, TestShop, on_both_databases},
};

on_both_databases!(
    the_page_leads_from_a_place_to_an_order_without_script,
    a_cart_of_before_is_ordered_by_those_alone_who_are_let_in,
    the_page_asks_for_a_code_where_places_are_bound,
    a_stream_tells_its_visitor_their_state,
    a_room_that_is_switched_off_sends_those_who_wait_to_the_drop,
    a_drop_without_a_room_has_no_page_for_it,
);

const ROOM: &str = "/drops/summer/room";

async fn the_page_leads_from_a_place_to_an_order_without_script(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    with_room(&shop, &actor, (&rope, 5), "nobody").await;
    let site = shop.open().await;
    let browser = site.browser();
    let drop = browser.page("/drops/summer").await.expect(200).body;
    assert!(drop.contains("/drops/summer/room"), "{drop}");
    let page = browser.page(ROOM).await.expect(200).body;
    assert!(page.contains("room opens on"), "{page}");
    shop.clock.set(OPENS - 10 * MINUTE);
    let page = browser.page(ROOM).await.expect(200);
    assert_ne!(page.header("cache-control"), "public, no-cache");
    assert!(page.body.contains("have a place yet"), "{}", page.body);
    let enter = "/api/drops/room/enter";
    let fields = [("page", ROOM), ("slug", "summer")];
    let sent = browser.submit(enter, &fields).await.expect(303);
    assert_eq!(sent.location(), ROOM);
    let page = browser.page(ROOM).await.expect(200).body;
    assert!(page.contains("You have a place"), "{page}");
    assert!(page.contains("http-equiv=\"refresh\""), "{page}");
    let told = browser.read("/api/drops/room?slug=summer").await;
    let told = told.expect(200).json();
    assert_eq!(told["state"], "drawing");
    assert!(told["proof"]["ticket"]["id"].is_string(), "{told}");
    shop.clock.set(OPENS);
    moves(&shop, 0).await;
    let page = browser.page(ROOM).await.expect(200).body;
    assert!(page.contains("People ahead of you: 0"), "{page}");
    let refused = browser.add(rope.variant(), 1).await.expect(409);
    assert_eq!(refused.kind(), "waiting");
    let fields = [
        ("page", "/products/rope"),
        ("variant_id", rope.variant()),
        ("quantity", "1"),
    ];
    let refused = browser.submit("/api/cart/add", &fields).await.came_back();
    assert!(refused.body.contains("waiting room"), "{}", refused.body);
    moves(&shop, 2 * SECOND).await;
    let page = browser.page(ROOM).await.expect(200).body;
    assert!(page.contains("It’s your turn"), "{page}");
    browser.add(rope.variant(), 1).await.expect(200);
    let stranger = site.browser();
    stranger.add(rope.variant(), 1).await.expect(409);
}

/// By JSON, which goes a way of its own, and by a form.
async fn a_cart_of_before_is_ordered_by_those_alone_who_are_let_in(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    let desk = &shop.shop().drop_admin;
    let off = RoomForm {
        switch: "off".to_owned(),
        ..settings("nobody")
    };
    desk.set_room(&actor, &saved.id, off).await.unwrap();
    shop.clock.set(OPENS);
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let on = settings("nobody");
    desk.set_room(&actor, &saved.id, on).await.unwrap();
    moves(&shop, SECOND).await;

    let place = "/api/checkout/place";
    let key = new_secret();
    let fields = [
        ("page", "/checkout"),
        ("checkout_key", key.as_str()),
        ("email", "kim@example.com"),
        ("name", "Kim Marten"),
        ("address_line1", "Quay 7"),
        ("postal_code", "20457"),
        ("city", "Hamburg"),
        ("country", "DE"),
        ("shipping", "pickup"),
        ("payment", "cash_on_delivery"),
        ("expected_total_minor", "2000"),
    ];
    let refused = browser.call(place, &fields).await.expect(409);
    assert_eq!(refused.kind(), "waiting");
    let form = browser
        .request(Method::POST, place)
        .header(ACCEPT, "text/html");
    let refused = Answer::of(form.form(&fields)).await;
    assert!(refused.leads_back(), "{refused:?}");
    assert_eq!(shop.orders().await, 0);

    let enter = [("page", ROOM), ("slug", "summer")];
    let entered = browser.submit("/api/drops/room/enter", &enter).await;
    entered.expect(303);
    let refused = browser.call(place, &fields).await.expect(409);
    assert_eq!(refused.kind(), "waiting", "they have a place and wait");
    for _ in 0..3 {
        moves(&shop, 2 * SECOND).await;
    }
    browser.call(place, &fields).await.expect(200);
    assert_eq!(shop.orders().await, 1);
}

async fn the_page_asks_for_a_code_where_places_are_bound(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    with_room(&shop, &actor, (&rope, 5), "mailbox").await;
    shop.clock.set(OPENS - 10 * MINUTE);
    let site = shop.open().await;
    let browser = site.browser();
    let page = browser.page(ROOM).await.expect(200).body;
    assert!(page.contains("E-mail me a code"), "{page}");
    let code = "/api/drops/room/code";
    let fields = [
        ("page", ROOM),
        ("slug", "summer"),
        ("email", "kim@example.com"),
    ];
    let sent = browser.submit(code, &fields).await.expect(303);
    let page = browser.page(sent.location()).await.expect(200).body;
    assert!(page.contains("We’ve e-mailed you a code"), "{page}");
    let mail = shop.post().the_mail().await;
    let digits: String = mail.subject.chars().filter(char::is_ascii_digit).collect();
    let fields = |code| {
        [
            ("page", ROOM),
            ("slug", "summer"),
            ("email", "kim@example.com"),
            ("room_code", code),
        ]
    };
    let enter = "/api/drops/room/enter";
    let refused = browser.submit(enter, &fields("nothing")).await.came_back();
    assert!(
        refused.body.contains("wrong or has expired"),
        "{}",
        refused.body
    );
    browser.submit(enter, &fields(&digits)).await.expect(303);
    let page = browser.page(ROOM).await.expect(200).body;
    assert!(page.contains("You have a place"), "{page}");
}

async fn a_stream_tells_its_visitor_their_state(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    with_room(&shop, &actor, (&rope, 5), "nobody").await;
    shop.clock.set(OPENS - 10 * MINUTE);
    let entry = Entry {
        slug: "summer".to_owned(),
        ..Entry::default()
    };
    let (rooms, nobody) = (&shop.shop().rooms, Tickets::default());
    let ticket = rooms.enter("203.0.113.9", &nobody, entry).await.unwrap();
    shop.clock.set(OPENS);
    moves(&shop, 0).await;
    let site = shop.open().await;
    let browser = site.browser();
    let stream = |slug: &str| {
        let path = format!("/api/drops/room/events?slug={slug}");
        let request = browser.request(Method::GET, &path);
        request.header("cookie", format!("holdfast_room={ticket}"))
    };
    let nothing = stream("winter").send().await.unwrap();
    assert_eq!(nothing.status(), 404);
    let mut told = stream("summer").send().await.unwrap();
    assert_eq!(told.headers()["content-type"], "text/event-stream");
    let mut heard = String::new();
    for word in ["\"waiting\"", "\"let_in\""] {
        while !heard.contains(word) {
            let more = timeout(Duration::from_secs(20), told.chunk()).await;
            let more = more.expect("there is news").unwrap().unwrap();
            heard.push_str(&String::from_utf8_lossy(&more));
        }
        moves(&shop, 2 * SECOND).await;
    }
    drop(told);
    site.close().await;
}

async fn a_room_that_is_switched_off_sends_those_who_wait_to_the_drop(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    shop.clock.set(OPENS - 10 * MINUTE);
    let site = shop.open().await;
    let browser = site.browser();
    let stream = browser.request(Method::GET, "/api/drops/room/events?slug=summer");
    let mut told = stream.send().await.unwrap();
    assert_eq!(told.status(), 200);
    let off = RoomForm {
        switch: "off".to_owned(),
        ..settings("nobody")
    };
    let desk = &shop.shop().drop_admin;
    desk.set_room(&actor, &saved.id, off).await.unwrap();
    let ended = async { while told.chunk().await.unwrap().is_some() {} };
    let ended = timeout(Duration::from_secs(20), ended).await;
    ended.expect("the stream ends");
    let page = browser.page(ROOM).await.expect(303);
    assert_eq!(page.location(), "/drops/summer");
    site.close().await;
}

async fn a_drop_without_a_room_has_no_page_for_it(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    let desk = &shop.shop().drop_admin;
    let off = RoomForm {
        switch: "off".to_owned(),
        ..settings("nobody")
    };
    desk.set_room(&actor, &saved.id, off).await.unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    let drop = browser.page("/drops/summer").await.expect(200).body;
    assert!(!drop.contains("/drops/summer/room"), "{drop}");
    let page = browser.page(ROOM).await.expect(303);
    assert_eq!(page.location(), "/drops/summer");
    browser.page("/drops/winter/room").await.expect(404);
}
