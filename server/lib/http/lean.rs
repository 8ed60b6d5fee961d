//! What surrounds the orders of programs and of the shop's script: the same as around every request, done once here
//! instead of in a layer each. A layer is some allocations, and keeps its part of every request that waits; of a
//! thousand orders that wait for their batch these were more than the orders.
//!
//! What is refused, counted, logged and said in headers is the same. A form goes the long way, and so does whatever is
//! not asked for at the plain address.

use std::{
    convert::Infallible,
    future::ready,
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};

use app::{
    error::ShopError,
    locale::{Language, Languages, within},
};
use axum::{
    body::{Body, HttpBody as _},
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
};
use futures_util::FutureExt as _;
use tokio::time::timeout;
use tower::{Layer as _, ServiceExt as _, service_fn};
use tracing::Instrument as _;

use super::{
    cookies::PlainCookies,
    csp::Policy,
    encoding::{WORTH_IT, compression},
    headers, origin, page,
    place::{self, PLACE},
    requests::{self, OfRoute, REQUEST_ID},
    state::{HttpState, Reply},
    visitor,
};
use crate::security_events;

pub struct Lean {
    pub state: HttpState,
    pub policy: Policy,
    plain: PlainCookies,
    counts: OfRoute,
}

/// Whether a request may be an order that is answered here.
fn may_be(request: &Request<Body>) -> bool {
    let uri = request.uri();
    uri.path().ends_with(PLACE)
        && *request.method() == Method::POST
        && uri.authority().is_none()
        && !page::wants_html(request.headers())
}

impl Lean {
    pub fn new(state: HttpState, policy: Policy, plain: PlainCookies) -> Self {
        Self {
            state,
            policy,
            plain,
            counts: OfRoute::new(PLACE),
        }
    }

    /// The language that a request is to be answered in, if it is an order that is answered here.
    pub fn language_of(&self, request: &Request<Body>) -> Option<Language> {
        if !may_be(request) {
            return None;
        }
        let settings = self.state.services.settings.last_known();
        language_of(request.uri().path(), &settings.languages)
    }

    pub async fn answer(&self, language: Language, request: Request<Body>) -> Reply {
        let began = Instant::now();
        let (head, body) = request.into_parts();
        let id = head.headers.get(&REQUEST_ID).cloned();
        let id = id.unwrap_or_else(requests::new_id);
        let span = requests::span(&head.method, PLACE, id.to_str().unwrap_or_default());
        let answering = self.answered(&head, body, language, began);
        let mut reply = within(language, answering).instrument(span).await;
        let id_of_reply = reply.headers_mut().entry(&REQUEST_ID);
        id_of_reply.or_insert(id);
        reply
    }

    async fn answered(
        &self,
        head: &Parts,
        body: Body,
        language: Language,
        began: Instant,
    ) -> Reply {
        // A panic here is the end of this request and of no other.
        let work = AssertUnwindSafe(self.of_client(head, body, language)).catch_unwind();
        let mut reply = match timeout(self.state.timeouts.request, work).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(cause)) => page::panicked(cause),
            Err(_) => page::json_error(&ShopError::unavailable()),
        };
        headers::set(reply.headers_mut(), &self.policy);
        if reply.body().size_hint().exact() >= Some(u64::from(WORTH_IT)) {
            reply = Box::pin(compressed(head, reply)).await;
        }
        let (status, took) = (reply.status(), began.elapsed());
        self.counts.add(&head.method, status, took);
        log(status, took);
        reply
    }

    async fn of_client(&self, head: &Parts, body: Body, language: Language) -> Reply {
        let state = &self.state;
        let client = visitor::client_by(&head.headers, &head.extensions, state.network);
        let base_url = state.services.settings.base_url();
        if !origin::comes_from_us(&head.headers, base_url) {
            let error = Box::pin(origin::refusal(state, client)).await;
            return page::json_error(&error);
        }
        let placing = self.placed(head, body, client.clone(), language);
        security_events::of_client(client, placing).await
    }

    async fn placed(&self, head: &Parts, body: Body, client: String, language: Language) -> Reply {
        let state = &self.state;
        let known = visitor::known(state, self.plain, &head.headers, client, language);
        let (visitor, taken_over) = match known.await {
            Ok(known) => known,
            Err(error) => return page::json_error(&error.into()),
        };
        let mut reply = place::answered(state, &visitor, body).await;
        taken_over.tell(&state.services, reply.headers_mut());
        reply
    }
}

/// As [`TraceLayer`](tower_http::trace::TraceLayer) does around other requests.
fn log(status: StatusCode, took: Duration) {
    tracing::debug!(
        target: "tower_http::trace::on_response",
        latency = %format_args!("{} ms", took.as_millis()),
        status = status.as_u16(),
        "finished processing request"
    );
    if status.is_server_error() {
        tracing::error!(
            target: "tower_http::trace::on_failure",
            classification = %format_args!("Status code: {status}"),
            latency = %format_args!("{} ms", took.as_millis()),
            "response failed"
        );
    }
}

/// As the whole site reads the address.
fn language_of(path: &str, languages: &Languages) -> Option<Language> {
    if path == PLACE {
        return Some(languages.default_language());
    }
    let (language, below) = languages.of_path(path)?;
    (below == PLACE).then_some(language)
}

async fn compressed(head: &Parts, reply: Reply) -> Reply {
    let mut asked = Request::new(Body::empty());
    for accepted in head.headers.get_all(header::ACCEPT_ENCODING) {
        let headers = asked.headers_mut();
        headers.append(header::ACCEPT_ENCODING, HeaderValue::clone(accepted));
    }
    let mut reply = Some(reply);
    let given = service_fn(move |_: Request<Body>| {
        ready(Ok::<_, Infallible>(reply.take().unwrap_or_default()))
    });
    match compression().layer(given).oneshot(asked).await {
        Ok(reply) => reply.map(Body::new),
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: Method, uri: &str, accept: &'static str) -> Request<Body> {
        let request = Request::builder().method(method).uri(uri);
        let request = request.header(header::ACCEPT, accept).body(Body::empty());
        request.expect("it is an address")
    }

    #[test]
    fn only_orders_of_programs_are_answered_here() {
        const JSON: &str = "application/json";
        for path in [PLACE, "/de/api/checkout/place", "/api/checkout/place?a=b"] {
            assert!(may_be(&asked(Method::POST, path, JSON)), "{path}");
            assert!(!may_be(&asked(Method::GET, path, JSON)), "{path}");
            assert!(!may_be(&asked(Method::POST, path, "text/html")), "{path}");
        }
        let absolute = "http://shop.test/api/checkout/place";
        for path in ["/api/checkout/pay", "/api/checkout/place/", absolute] {
            assert!(!may_be(&asked(Method::POST, path, JSON)), "{path}");
        }
    }

    #[test]
    fn an_order_is_answered_in_the_language_of_its_address() {
        let languages = Languages::parse("en,de").expect("there are both");
        let code = |path: &str| language_of(path, &languages).map(|found| found.locale.code());
        assert_eq!(code(PLACE), Some("en"));
        assert_eq!(code("/de/api/checkout/place"), Some("de"));
        for other in [
            "/en/api/checkout/place",
            "/xx/api/checkout/place",
            "/de/de/api/checkout/place",
            "/x/api/checkout/place",
        ] {
            assert_eq!(code(other), None, "{other}");
        }
    }

    #[tokio::test]
    async fn a_long_answer_is_compressed_for_who_takes_it() {
        let long = || Reply::new(Body::from("no such line ".repeat(200)));
        let encoding = async |accepted: Option<&'static str>| {
            let (mut head, _) = Request::new(()).into_parts();
            if let Some(accepted) = accepted {
                let accepted = HeaderValue::from_static(accepted);
                head.headers.insert(header::ACCEPT_ENCODING, accepted);
            }
            let reply = compressed(&head, long()).await;
            let encoding = reply.headers().get(header::CONTENT_ENCODING).cloned();
            encoding.map(|encoding| encoding.to_str().expect("a word").to_owned())
        };
        assert_eq!(encoding(Some("gzip")).await.as_deref(), Some("gzip"));
        assert_eq!(encoding(Some("gzip, br")).await.as_deref(), Some("br"));
        assert_eq!(encoding(None).await, None);
    }
}
