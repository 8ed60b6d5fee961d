//! Counts requests and measures how long their answers take.
//!
//! This comes before everything, also before pages that are answered from memory, so it looks up
//! and formats as little as it can: each route has its counters, made when they are first needed.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{LazyLock, OnceLock, PoisonError, RwLock},
    time::{Duration, Instant},
};

use app::{area::Logged, features};
use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, Method, StatusCode},
    middleware::Next,
};
use metrics::{Counter, Histogram, counter, histogram};
use uuid::{Builder, Uuid};

use super::state::Reply;

/// Names a request in the log and in the answer.
pub static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The route behind which the server functions are.
const FUNCTIONS: &str = "/api/{*path}";
/// Methods of which there are routes; anything else a client may think of is one more.
const METHODS: [&str; 4] = ["GET", "HEAD", "POST", "other"];
const STATUSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// What is counted of one route.
struct Counts {
    route: &'static str,
    requests: [[OnceLock<Counter>; STATUSES.len()]; METHODS.len()],
    seconds: OnceLock<Histogram>,
}

/// Kinds of pages, as the areas name them.
static KINDS: LazyLock<HashMap<&'static str, &'static Counts>> = LazyLock::new(|| {
    let areas = features::areas().iter();
    let kinds: BTreeSet<_> = areas
        .flat_map(|area| [area.kinds.itself, area.kinds.below])
        .collect();
    let counts = kinds.into_iter().map(|kind| (kind, Counts::kept(kind)));
    counts.collect()
});
/// What is no page.
static OTHER: Counts = Counts::of("other");

/// Routes of the router and paths of server functions: as many as the program has.
static ROUTES: LazyLock<RwLock<HashMap<&'static str, &'static Counts>>> = LazyLock::new(|| {
    let functions = server_fn::axum::server_fn_paths();
    let routes = functions.map(|(path, _)| (path, Counts::kept(path)));
    RwLock::new(routes.collect())
});

pub async fn count(request: Request<Body>, next: Next) -> Reply {
    let began = Instant::now();
    let counts = of_request(&request);
    let method = number_of(request.method());
    let response = next.run(request).await;
    counts.add(method, response.status(), began.elapsed());
    response
}

/// Of a client that sent none: it need not be secret, and is made without asking the system for it.
pub fn new_id() -> HeaderValue {
    let id = Builder::from_random_bytes(rand::random()).into_uuid();
    let mut text = Uuid::encode_buffer();
    let text = id.hyphenated().encode_lower(&mut text);
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("none"))
}

/// Method and route go into the log, addresses that are secrets or say who asks do not.
pub fn span(method: &Method, path: &str, id: &str) -> tracing::Span {
    let route = match features::areas().of(path) {
        Some(area) if area.logged == Logged::Segment => area.segment,
        _ => path,
    };
    tracing::info_span!("request", %method, route, id)
}

/// What is counted of one route, for what answers nothing else.
pub struct OfRoute(&'static Counts);

impl OfRoute {
    pub fn new(route: &str) -> Self {
        Self(of_route(route))
    }

    pub fn add(&self, method: &Method, status: StatusCode, took: Duration) {
        self.0.add(number_of(method), status, took);
    }
}

/// Counts a request that did not come this way.
pub fn add(request: &Request<Body>, status: StatusCode, took: Duration) {
    of_request(request).add(number_of(request.method()), status, took);
}

fn of_request(request: &Request<Body>) -> &'static Counts {
    let path = request.uri().path();
    match request.extensions().get::<MatchedPath>() {
        None => of_page(path),
        Some(route) if route.as_str() == FUNCTIONS => {
            find(path).unwrap_or_else(|| of_route(FUNCTIONS))
        }
        Some(route) => of_route(route.as_str()),
    }
}

fn of_page(path: &str) -> &'static Counts {
    let area = features::areas().of(path);
    let counts = area.and_then(|area| KINDS.get(area.kind(path)).copied());
    counts.unwrap_or(&OTHER)
}

fn find(route: &str) -> Option<&'static Counts> {
    let routes = ROUTES.read().unwrap_or_else(PoisonError::into_inner);
    routes.get(route).copied()
}

fn of_route(route: &str) -> &'static Counts {
    if let Some(counts) = find(route) {
        return counts;
    }
    let mut routes = ROUTES.write().unwrap_or_else(PoisonError::into_inner);
    if let Some(counts) = routes.get(route) {
        return counts;
    }
    let route: &'static str = route.to_owned().leak();
    let counts = Counts::kept(route);
    routes.insert(route, counts);
    counts
}

fn number_of(method: &Method) -> usize {
    match *method {
        Method::GET => 0,
        Method::HEAD => 1,
        Method::POST => 2,
        _ => 3,
    }
}

impl Counts {
    const fn of(route: &'static str) -> Self {
        Self {
            route,
            requests: [const { [const { OnceLock::new() }; STATUSES.len()] }; METHODS.len()],
            seconds: OnceLock::new(),
        }
    }

    /// As long as the process lives, as the routes do.
    fn kept(route: &'static str) -> &'static Self {
        Box::leak(Box::new(Self::of(route)))
    }

    fn add(&self, method: usize, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).clamp(1, STATUSES.len()) - 1;
        let requests = self.requests[method][class].get_or_init(|| {
            counter!(
                "holdfast_http_requests_total",
                "route" => self.route, "method" => METHODS[method], "status" => STATUSES[class]
            )
        });
        let seconds = self
            .seconds
            .get_or_init(|| histogram!("holdfast_http_request_seconds", "route" => self.route));
        requests.increment(1);
        seconds.record(took);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_by_their_kind() {
        for (path, kind) in [
            ("/", "home"),
            ("/products", "list"),
            ("/categories/deck", "list"),
            ("/products/rope", "product"),
            ("/cart", "cart"),
            ("/checkout", "checkout"),
            ("/orders", "order"),
            ("/orders/secret", "order"),
            ("/account/reset/secret", "account"),
            ("/admin", "admin"),
            ("/admin/orders/1", "admin"),
            ("/administrator", "other"),
            ("//admin", "other"),
            ("/x/y", "other"),
        ] {
            assert_eq!(of_page(path).route, kind, "{path}");
        }
    }

    #[test]
    fn a_route_has_one_set_of_counters() {
        assert!(std::ptr::eq(of_route("/a/{b}"), of_route("/a/{b}")));
        assert_eq!(of_route("/a/{b}").route, "/a/{b}");
    }
}
