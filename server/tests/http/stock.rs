//! Live stock: numbers that follow the sales, for as many as may watch.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use reqwest::{Method, header::ACCEPT};
use serde_json::{Value, json};
use server::stock_feed::{EVERY, Limits, StockFeed};

use crate::support::{Answer, Browser, Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    the_first_event_has_the_present_numbers,
    an_order_changes_the_numbers_of_those_who_watch,
    many_changes_come_as_few_events_and_the_last_one_is_right,
    nothing_is_told_that_looks_the_same,
    a_product_taken_off_sale_is_told_without_an_event,
    another_node_tells_too,
    asked_once_the_numbers_are_the_same,
    whoever_watches_takes_a_seat_until_it_goes,
    one_client_cannot_take_all_seats,
    bad_ids_are_refused,
    streams_end_when_the_server_closes,
    without_a_database_those_who_watch_are_not_cut_off,
);

/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(20);

fn address(path: &str, ids: &[&str]) -> String {
    format!("{path}?variants={}", ids.join(","))
}

/// A stream of events that is being read.
struct Watching {
    response: reqwest::Response,
    text: String,
    /// What was told last of each variant.
    now: BTreeMap<String, Value>,
    events: usize,
}

async fn try_to_watch(browser: &Browser, ids: &[&str]) -> reqwest::Response {
    browser
        .request(Method::GET, &address("/api/stock/events", ids))
        .header(ACCEPT, "text/event-stream")
        .send()
        .await
        .expect("the site answers")
}

async fn watch(browser: &Browser, ids: &[&str]) -> Watching {
    let response = try_to_watch(browser, ids).await;
    assert_eq!(response.status(), 200);
    Watching {
        response,
        text: String::new(),
        now: BTreeMap::new(),
        events: 0,
    }
}

impl Watching {
    /// The next event's variants; `None` when the stream has ended.
    async fn next(&mut self) -> Option<Vec<Value>> {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event.lines().find_map(|line| line.strip_prefix("data: "));
                let update: Option<Value> =
                    data.map(|data| serde_json::from_str(data).expect("it is JSON"));
                self.text = rest.to_owned();
                let Some(update) = update else { continue };
                let variants = update["variants"].as_array().expect("a list").clone();
                for variant in &variants {
                    let id = variant["variant_id"].as_str().expect("an id");
                    self.now.insert(id.to_owned(), variant.clone());
                }
                self.events += 1;
                return Some(variants);
            }
            let chunk = tokio::time::timeout(LONG, self.response.chunk());
            let chunk = chunk.await.expect("something is told in time");
            let chunk = chunk.expect("the stream is whole")?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// Reads on until there are so many of a variant.
    async fn until(&mut self, id: &str, available: i64) {
        while self.now.get(id).is_none_or(|v| v["available"] != available) {
            self.next().await.expect("the stream goes on");
        }
    }
}

async fn the_first_event_has_the_present_numbers(shop: TestShop) {
    let jacket = Goods::named("Jacket").options(
        ["Size"],
        &[(["S"], 100, 0), (["M"], 100, 3), (["L"], 100, 5_000)],
    );
    let jacket = shop.stock(jacket).await;
    let hidden = shop.stock(Goods::named("Hidden").inactive()).await;
    let nobody = server::ids::new_id();
    let site = shop.open().await;
    let [small, medium, large] = [0, 1, 2].map(|at| jacket.variants[at].as_str());
    // Twice is once.
    let ids = [large, small, medium, small, hidden.variant(), &nobody];
    let mut watching = watch(&site.browser(), &ids).await;
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-store"),
        ("x-accel-buffering", "no"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(watching.response.headers()[name], value);
    }
    assert!(!watching.response.headers().contains_key("content-encoding"));
    let first = watching.next().await.expect("there is a first event");
    assert_eq!(first.len(), 5);
    for (id, number, word) in [
        (small, 0, "sold_out"),
        (medium, 3, "few_left"),
        (hidden.variant(), 0, "sold_out"),
        (&nobody, 0, "sold_out"),
    ] {
        let told = json!({ "variant_id": id, "available": number, "availability": word });
        assert_eq!(watching.now[id], told);
    }
    let plenty = json!({
        "variant_id": large, "available": 20, "availability": "in_stock", "more": true,
    });
    assert_eq!(watching.now[large], plenty);
}

async fn an_order_changes_the_numbers_of_those_who_watch(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let site = shop.open().await;
    let mut first = watch(&site.browser(), &[rope.variant()]).await;
    let mut second = watch(&site.browser(), &[rope.variant()]).await;
    first.until(rope.variant(), 3).await;
    second.until(rope.variant(), 3).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 3)], cash()).await;
    let order = shop.order(&placed.unwrap()).await;
    for watching in [&mut first, &mut second] {
        let told = watching.next().await.expect("the stream goes on");
        let gone = json!({
            "variant_id": rope.variant(), "available": 0, "availability": "sold_out",
        });
        assert_eq!(told, [gone]);
    }
    let admin = shop.admin().await;
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    first.until(rope.variant(), 3).await;
}

async fn many_changes_come_as_few_events_and_the_last_one_is_right(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(20)).await;
    let site = shop.open().await;
    let mut watching = watch(&site.browser(), &[rope.variant()]).await;
    watching.until(rope.variant(), 20).await;
    let (began, events) = (Instant::now(), watching.events);
    for left in (0..20).rev() {
        shop.set_units(&rope, left).await;
    }
    watching.until(rope.variant(), 0).await;
    // One at once, and one for each time that a read was due.
    let due = began.elapsed().as_millis() / EVERY.as_millis();
    let told = (watching.events - events) as u128;
    assert!(told <= due + 1, "{told} events in {:?}", began.elapsed());
}

async fn nothing_is_told_that_looks_the_same(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(900)).await;
    let site = shop.open().await;
    let mut watching = watch(&site.browser(), &[rope.variant()]).await;
    watching.until(rope.variant(), 20).await;
    let events = watching.events;
    for units in [800, 21, 4] {
        shop.set_units(&rope, units).await;
        // Each is read, since each who comes new has it read.
        let other = shop.stock(Goods::named(&format!("Other {units}"))).await;
        watch(&site.browser(), &[other.variant()])
            .await
            .next()
            .await;
    }
    watching.until(rope.variant(), 4).await;
    assert_eq!(watching.events, events + 1);
}

async fn a_product_taken_off_sale_is_told_without_an_event(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(7)).await;
    let site = shop.open().await;
    let mut watching = watch(&site.browser(), &[rope.variant()]).await;
    watching.until(rope.variant(), 7).await;
    shop.set_active(&rope, false).await;
    watching.until(rope.variant(), 0).await;
    shop.set_active(&rope, true).await;
    watching.until(rope.variant(), 7).await;
}

async fn another_node_tells_too(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(7)).await;
    let site = shop.second_node().open().await;
    let mut watching = watch(&site.browser(), &[rope.variant()]).await;
    watching.until(rope.variant(), 7).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 5)], cash()).await;
    placed.unwrap();
    watching.until(rope.variant(), 2).await;
}

async fn asked_once_the_numbers_are_the_same(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(2)).await;
    let tent = shop.stock(Goods::named("Tent").units(40)).await;
    let nobody = server::ids::new_id();
    let site = shop.open().await;
    let ids = [rope.variant(), tent.variant(), &nobody];
    let mut watching = watch(&site.browser(), &ids).await;
    let told = watching.next().await.unwrap();
    let path = address("/api/stock", &ids);
    let answer = site.browser().read(&path).await.expect(200);
    assert_eq!(answer.json(), json!({ "variants": told }));
    assert_eq!(answer.header("cache-control"), "no-store");
    // Nobody watching, it is read for each.
    drop(watching);
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    placed.unwrap();
    let alone = address("/api/stock", &[rope.variant()]);
    let left =
        async || site.browser().read(&alone).await.json()["variants"][0]["available"].clone();
    let began = Instant::now();
    while left().await != 1 {
        assert!(began.elapsed() < LONG);
    }
}

/// A site where so many may watch.
fn limited(shop: &TestShop, node: usize, client: usize) -> TestShop {
    let mut shop = shop.clone();
    shop.services.stock = StockFeed::new(shop.db().clone(), Limits { node, client });
    shop
}

async fn whoever_watches_takes_a_seat_until_it_goes(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = limited(&shop, 2, 10).open().await;
    let browser = site.browser();
    let mut first = watch(&browser, &[rope.variant()]).await;
    let second = watch(&browser, &[rope.variant()]).await;
    let path = address("/api/stock/events", &[rope.variant()]);
    let refused = browser.read(&path).await.expect(503);
    assert_eq!(refused.kind(), "busy");
    let seconds: u32 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&seconds));
    // Asking takes no seat.
    let once = address("/api/stock", &[rope.variant()]);
    browser.read(&once).await.expect(200);
    first.next().await.expect("those who watch are still told");
    drop(second);
    let began = Instant::now();
    while try_to_watch(&browser, &[rope.variant()]).await.status() != 200 {
        assert!(began.elapsed() < LONG, "the seat is never given back");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn one_client_cannot_take_all_seats(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let feed = StockFeed::new(shop.db().clone(), Limits { node: 3, client: 2 });
    let seats = [feed.subscribe("a"), feed.subscribe("a")];
    assert!(seats.iter().all(Option::is_some));
    assert!(feed.subscribe("a").is_none());
    let other = feed.subscribe("b");
    assert!(other.is_some());
    assert!(feed.subscribe("c").is_none(), "the node is full");
    drop(seats);
    assert!(feed.subscribe("a").is_some());
    // The address is what a client is told by.
    let site = limited(&shop, 10, 1).open().await;
    let _watching = watch(&site.browser(), &[rope.variant()]).await;
    let another = try_to_watch(&site.browser(), &[rope.variant()]).await;
    assert_eq!(another.status(), 503);
}

async fn bad_ids_are_refused(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    let many: Vec<String> = (0..101).map(|_| server::ids::new_id()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let with = |other: &str| format!("{},{other}", rope.variant());
    let queries = [
        "".to_owned(),
        "?variants=".to_owned(),
        "?variant=x".to_owned(),
        "?variants=rope".to_owned(),
        format!("?variants={}", with("")),
        format!("?variants={}", with("%00")),
        format!("?variants={}", many.join(",")),
    ];
    for path in ["/api/stock", "/api/stock/events"] {
        for query in &queries {
            let refused = browser.read(&format!("{path}{query}")).await.expect(400);
            assert_eq!(refused.kind(), "invalid", "{query}");
            assert_eq!(refused.fields(), ["variants"], "{query}");
        }
        let posted = browser.call(path, &[]).await.expect(405);
        assert_eq!(posted.kind(), "method_not_allowed");
    }
    let answer = browser.read(&address("/api/stock", &many[1..])).await;
    let variants = answer.expect(200).json()["variants"].clone();
    assert_eq!(variants.as_array().unwrap().len(), 100);
}

async fn streams_end_when_the_server_closes(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let mut watching = watch(&site.browser(), &[rope.variant()]).await;
    watching.next().await.expect("there is a first event");
    let began = Instant::now();
    let (end, ()) = tokio::join!(watching.next(), site.close());
    assert_eq!(end, None, "it ends as it should");
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "nothing was waited for"
    );
}

async fn without_a_database_those_who_watch_are_not_cut_off(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let site = shop.open().await;
    let browser = site.browser();
    let mut watching = watch(&browser, &[rope.variant()]).await;
    watching.next().await.expect("there is a first event");
    shop.db().close().await;
    let other = server::ids::new_id();
    let path = address("/api/stock", &[&other]);
    let answer: Answer = browser.read(&path).await.expect(503);
    assert_eq!(answer.kind(), "unavailable");
    assert_ne!(answer.header("retry-after"), "");
    // One who watches is not cut off.
    let silent = tokio::time::timeout(EVERY * 2, watching.next()).await;
    assert!(silent.is_err());
    let mut late = watch(&browser, &[rope.variant()]).await;
    late.until(rope.variant(), 3).await;
}
