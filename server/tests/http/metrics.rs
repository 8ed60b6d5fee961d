//! What a node tells of itself: `/metrics` and `/readyz`. All shops of this program share the
//! metrics, so tests look for what is there and what is more, never for exact numbers.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use reqwest::{
    Method,
    header::{ACCEPT, AUTHORIZATION},
};
use serde_json::json;
use server::{
    http::Network,
    security_events::{Kind, METRIC},
};
use sqlx::{Any, pool::PoolConnection};

use super::exposition::{Series, is_name, series, total};
use crate::support::{Answer, Browser, Goods, Site, TestShop, on_both_databases};

on_both_databases!(
    nobody_may_read_them_without_a_token,
    a_stranger_finds_no_such_page,
    the_token_opens_them_and_nothing_else_does,
    every_line_is_prometheus_text_with_a_description,
    a_page_read_twice_is_a_miss_and_a_hit,
    requests_are_counted_by_kind_method_and_status,
    no_address_makes_a_series_of_its_own,
    security_events_are_counted_by_kind,
    connections_to_the_database_are_told,
    readiness_names_each_dependency,
    a_database_that_does_not_answer_in_time_is_unreachable,
);

const METRICS: &str = "/metrics";
const TOKEN: &str = "a token for metrics";

/// The shop's site, whose metrics can be read.
async fn open(shop: &TestShop) -> Site {
    shop.open_as(Network::Direct, Some(TOKEN)).await
}

async fn show(browser: &Browser) -> Answer {
    let request = browser.request(Method::GET, METRICS).bearer_auth(TOKEN);
    Answer::of(request).await
}

async fn read(browser: &Browser) -> Vec<Series> {
    let answer = show(browser).await.expect(200);
    let lines = answer.body.lines();
    let values = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    values
        .map(|line| series(line).unwrap_or_else(|| panic!("no line of values: {line}")))
        .collect()
}

#[track_caller]
fn assert_hidden(answer: &Answer) {
    assert_eq!(answer.status, 404);
    assert!(!answer.body.contains("holdfast_"), "{}", answer.body);
}

async fn ask(browser: &Browser, headers: &[(&str, &str)]) -> Answer {
    let mut request = browser
        .request(Method::GET, METRICS)
        .header(ACCEPT, "text/html");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::of(request).await
}

async fn nobody_may_read_them_without_a_token(shop: TestShop) {
    for network in [Network::Direct, Network::BehindProxy] {
        // This machine may be where a proxy is that lets everybody in.
        let site = shop.open_as(network, None).await;
        let browser = site.browser();
        assert_hidden(&ask(&browser, &[]).await);
        for header in ["x-forwarded-for", "forwarded", "x-real-ip", "via"] {
            assert_hidden(&ask(&browser, &[(header, "127.0.0.1")]).await);
        }
        for token in ["Bearer", "Bearer ", "Bearer None"] {
            assert_hidden(&ask(&browser, &[(AUTHORIZATION.as_str(), token)]).await);
        }
        assert_hidden(&show(&browser).await);
    }
}

async fn a_stranger_finds_no_such_page(shop: TestShop) {
    const FROM: &str = "x-forwarded-for";
    let behind = shop.open_as(Network::BehindProxy, None).await;
    // Also where nobody told the shop of its proxy.
    let direct = shop.open_as(Network::Direct, None).await;
    for site in [&behind, &direct] {
        let browser = site.browser();
        for address in [
            "203.0.113.7",
            "127.0.0.1, 203.0.113.7",
            "10.0.0.1",
            "::",
            "?",
        ] {
            assert_hidden(&ask(&browser, &[(FROM, address)]).await);
        }
        // A proxy may add a line of its own to what the client claims.
        assert_hidden(&ask(&browser, &[(FROM, "127.0.0.1"), (FROM, "203.0.113.7")]).await);
        let hidden = ask(&browser, &[(FROM, "203.0.113.7")]).await;
        let nothing = browser.page("/nothing").await.expect(404);
        let title = |answer: &Answer| {
            let (_, rest) = answer.body.split_once("<title>").expect("it has a title");
            rest.split("</title>").next().map(str::to_owned)
        };
        assert_eq!(title(&hidden), title(&nothing));
        let type_of = |answer: &Answer| answer.header("content-type").to_owned();
        assert_eq!(type_of(&hidden), type_of(&nothing));
    }
}

async fn the_token_opens_them_and_nothing_else_does(shop: TestShop) {
    let site = shop.open_as(Network::BehindProxy, Some(TOKEN)).await;
    let browser = site.browser();
    assert_hidden(&ask(&browser, &[]).await);
    for wrong in [
        TOKEN.to_owned(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        format!("Bearer {TOKEN}x"),
        format!("Basic {TOKEN}"),
    ] {
        assert_hidden(&ask(&browser, &[(AUTHORIZATION.as_str(), &wrong)]).await);
    }
    let right = format!("Bearer {TOKEN}");
    let from_afar = [
        (AUTHORIZATION.as_str(), right.as_str()),
        ("x-forwarded-for", "203.0.113.7"),
    ];
    let answer = ask(&browser, &from_afar).await.expect(200);
    let kind = answer.header("content-type");
    assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.body.contains("holdfast_build_info{version="));
    let head = browser.request(Method::HEAD, METRICS).bearer_auth(TOKEN);
    Answer::of(head).await.expect(200);
    let changed = browser.request(Method::POST, METRICS).bearer_auth(TOKEN);
    let changed = Answer::of(changed).await.expect(405);
    assert!(!changed.body.contains("holdfast_"));
}

async fn every_line_is_prometheus_text_with_a_description(shop: TestShop) {
    let site = open(&shop).await;
    let browser = site.browser();
    browser.page("/").await.expect(200);
    let text = show(&browser).await.expect(200).body;
    let (mut described, mut typed) = (BTreeSet::new(), BTreeSet::new());
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(help) = line.strip_prefix("# HELP ") {
            let (name, words) = help.split_once(' ').expect("a name and words");
            assert!(is_name(name) && !words.is_empty(), "{line}");
            assert!(described.insert(name), "twice: {line}");
        } else if let Some(kind) = line.strip_prefix("# TYPE ") {
            let (name, kind) = kind.split_once(' ').expect("a name and a type");
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert!(described.contains(name), "nobody says what this is: {line}");
            assert!(typed.insert(name), "twice: {line}");
        } else {
            let series = series(line).unwrap_or_else(|| panic!("no line of values: {line}"));
            let parts = ["_bucket", "_sum", "_count"].into_iter();
            let mut wholes = parts.filter_map(|part| series.name.strip_suffix(part));
            let is_typed = typed.contains(series.name.as_str());
            assert!(
                is_typed || wholes.any(|whole| typed.contains(whole)),
                "{line}"
            );
        }
    }
}

async fn a_page_read_twice_is_a_miss_and_a_hit(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    let site = open(&shop).await;
    let browser = site.browser();
    let before = read(&browser).await;
    browser.page("/products/rope").await.expect(200);
    browser.page("/products/rope").await.expect(200);
    let after = read(&browser).await;
    for (name, labels) in [
        (
            "holdfast_cache_requests_total",
            vec![("kind", "page"), ("outcome", "miss")],
        ),
        (
            "holdfast_cache_requests_total",
            vec![("kind", "page"), ("outcome", "load")],
        ),
        (
            "holdfast_cache_requests_total",
            vec![("kind", "page"), ("outcome", "hit")],
        ),
        (
            "holdfast_cache_requests_total",
            vec![("kind", "product"), ("outcome", "miss")],
        ),
        ("holdfast_cache_load_seconds_count", vec![("kind", "page")]),
        ("holdfast_page_render_seconds_count", vec![]),
    ] {
        let more = total(&after, name, &labels) - total(&before, name, &labels);
        assert!(more >= 1.0, "{name} {labels:?}");
    }
    let stale = "holdfast_stale_fills_prevented_total";
    assert!(
        after
            .iter()
            .any(|s| s.name == stale && s.labels["kind"] == "page")
    );
}

async fn requests_are_counted_by_kind_method_and_status(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    let site = open(&shop).await;
    let browser = site.browser();
    let before = read(&browser).await;
    for (path, status) in [
        ("/", 200),
        ("/products", 200),
        ("/products/rope", 200),
        ("/products/nothing", 404),
        ("/cart", 200),
        ("/nothing", 404),
        ("/api/products/rope", 200),
        ("/healthz", 200),
    ] {
        browser.page(path).await.expect(status);
    }
    browser.call("/api/cart/add", &[]).await;
    Answer::of(browser.request(Method::HEAD, "/"))
        .await
        .expect(200);
    Answer::of(browser.request(Method::DELETE, "/cart"))
        .await
        .expect(405);
    let after = read(&browser).await;
    let name = "holdfast_http_requests_total";
    for (route, method, status) in [
        ("home", "GET", "2xx"),
        ("home", "HEAD", "2xx"),
        ("list", "GET", "2xx"),
        ("product", "GET", "2xx"),
        ("product", "GET", "4xx"),
        ("cart", "GET", "2xx"),
        ("cart", "other", "4xx"),
        ("other", "GET", "4xx"),
        ("/api/products/{slug}", "GET", "2xx"),
        ("/api/cart/add", "POST", "4xx"),
        ("/healthz", "GET", "2xx"),
    ] {
        let labels = [("route", route), ("method", method), ("status", status)];
        let more = total(&after, name, &labels) - total(&before, name, &labels);
        assert!(more >= 1.0, "{labels:?}");
        let timed = total(
            &after,
            "holdfast_http_request_seconds_count",
            &[("route", route)],
        );
        assert!(timed >= 1.0, "{route}");
    }
}

async fn no_address_makes_a_series_of_its_own(shop: TestShop) {
    let site = open(&shop).await;
    let browser = site.browser();
    for number in 0..25 {
        let name = format!("qzx{number}");
        for path in [
            format!("/{name}"),
            format!("/products/{name}"),
            format!("/categories/{name}"),
            format!("/admin/{name}"),
            format!("/api/{name}"),
            format!("/api/products/{name}"),
            format!("/media/{name}"),
        ] {
            browser.page(&path).await;
        }
        let method = Method::from_bytes(name.to_ascii_uppercase().as_bytes()).unwrap();
        Answer::of(browser.request(method, "/products")).await;
    }
    let after = read(&browser).await;
    let values = after.iter().flat_map(|series| series.labels.values());
    for value in values {
        assert!(!value.to_ascii_lowercase().contains("qzx"), "{value}");
    }
    let routes: BTreeSet<_> = after.iter().filter_map(|s| s.labels.get("route")).collect();
    // Other tests of this process ask for every function there is.
    let functions = server_fn::axum::server_fn_paths().count();
    assert!(routes.len() < functions + 50, "{routes:?}");
}

async fn security_events_are_counted_by_kind(shop: TestShop) {
    let site = open(&shop).await;
    let browser = site.browser();
    let before = read(&browser).await;
    for kind in Kind::ALL {
        let is_there = |s: &Series| s.name == METRIC && s.labels["kind"] == kind.as_str();
        assert!(before.iter().any(is_there), "{kind:?} is 0, not missing");
    }
    let foreign = browser
        .request(Method::POST, "/api/cart/add")
        .header("sec-fetch-site", "cross-site");
    Answer::of(foreign).await.expect(403);
    browser.page("/admin/settings").await.expect(404);
    let wrong = [("email", "nobody@shop.test"), ("password", "not this one")];
    browser
        .call("/api/account/sign-in", &wrong)
        .await
        .expect(401);
    let after = read(&browser).await;
    for kind in [Kind::ForeignOrigin, Kind::RoleRefused, Kind::SignInRefused] {
        let labels = [("kind", kind.as_str())];
        let more = total(&after, METRIC, &labels) - total(&before, METRIC, &labels);
        assert!(more >= 1.0, "{kind:?}");
    }
}

async fn connections_to_the_database_are_told(shop: TestShop) {
    let site = open(&shop).await;
    let browser = site.browser();
    let after = read(&browser).await;
    let connections = |state| total(&after, "holdfast_db_connections", &[("state", state)]);
    assert!(connections("used") + connections("idle") >= 1.0);
    assert!(total(&after, "holdfast_db_connections_max", &[]) >= 16.0);
    assert!(total(&after, "holdfast_uptime_seconds", &[]) > 0.0);
}

async fn readiness_names_each_dependency(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let ready = browser.read("/readyz").await.expect(200);
    assert_eq!(
        ready.json(),
        json!({"database": "ok", "coordination": "process"})
    );
    shop.db().close().await;
    let away = browser.read("/readyz").await.expect(503);
    assert_eq!(
        away.json(),
        json!({"database": "unreachable", "coordination": "process"})
    );
}

async fn a_database_that_does_not_answer_in_time_is_unreachable(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let pool = shop.db().control();
    let mut held: Vec<PoolConnection<Any>> = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        held.push(pool.acquire().await.expect("one is left"));
    }
    let began = Instant::now();
    let away = browser.read("/readyz").await.expect(503);
    assert_eq!(away.json()["database"], "unreachable");
    assert_ne!(away.header("retry-after"), "");
    // SQLite's pool alone would wait ten.
    assert!(began.elapsed() < Duration::from_secs(8));
    drop(held);
    browser.read("/readyz").await.expect(200);
}
