//! What comes before everything else: the one address of what is asked for, pages that are in memory, and orders of
//! programs, which are many at once.
//!
//! Caches, routers, limits and logs each read a path in their own way, so none of them is shown one
//! that can be read in two ways.
//!
//! What is around other requests (cookies, limits, compression) has nothing to do for what is
//! answered here, so it is not gone through. What an answer carries is the same: headers, request
//! id, its count.

use std::{sync::Arc, time::Instant};

use app::{
    address::Spelling,
    error::ShopError,
    feature::Settings,
    features,
    locale::{self, Language, Languages},
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, Uri, header},
};
use tower::ServiceExt;

use super::{
    headers, kept_forms,
    lean::Lean,
    page,
    page_cache::{PageCache, WantedPage},
    requests::{self, REQUEST_ID},
    state::{Looked, Reply},
};

/// What refused addresses are called from there on.
const NOWHERE: [&str; 2] = ["/nowhere", "/api/nowhere"];

#[derive(Clone)]
pub struct HotPath(Arc<Parts>);

struct Parts {
    lean: Lean,
    pages: PageCache,
    site: Router,
}

impl HotPath {
    /// `site` answers what is neither in memory nor an order of a program.
    pub fn new(lean: Lean, pages: PageCache, site: Router) -> Self {
        Self(Arc::new(Parts { lean, pages, site }))
    }
}

/// What has no words: which languages the shop speaks makes no difference to it, and it waits for no
/// look at the settings. What is missing here is answered just as well.
const WORDLESS: [&str; 12] = [
    "/admin-assets/",
    "/api/stock",
    "/art/",
    "/favicon.svg",
    "/healthz",
    "/hooks/",
    "/media/",
    "/metrics",
    "/pkg/",
    "/readyz",
    "/shop-assets/",
    "/style/",
];

pub async fn serve(State(HotPath(hot_path)): State<HotPath>, request: Request<Body>) -> Reply {
    match hot_path.lean.language_of(&request) {
        Some(language) => hot_path.lean.answer(language, request).await,
        // Boxed: it has far more to remember, for which orders should not need room.
        None => Box::pin(serve_any(hot_path, request)).await,
    }
}

async fn serve_any(hot_path: Arc<Parts>, mut request: Request<Body>) -> Reply {
    let began = Instant::now();
    let state = &hot_path.lean.state;
    let settings = &state.services.settings;
    let asked = request.uri().clone();
    let mut known = settings.last_known();
    loop {
        let (language, mut addressed) = read(request, &known.languages);
        // A page is kept under the settings of its generation and the language they had, so one that is
        // found needs no look at the settings.
        let wanted = match &addressed {
            Addressed::Here(request) => WantedPage::by(state, request),
            Addressed::Elsewhere(_) | Addressed::Nowhere(_) => None,
        };
        let kept = hot_path.pages.hit(state, wanted).await;
        let page = kept.as_deref().and_then(|kept| kept.page());
        if let (Some(page), Addressed::Here(request)) = (page, &addressed) {
            let response = kept_in(language, page.answer(request));
            return finish(&hot_path, request, response, began);
        }
        if waits_for_settings(addressed.path()) {
            let now = settings.now_or_last().await;
            if now.languages != known.languages {
                known = now;
                request = addressed.into_request();
                *request.uri_mut() = asked.clone();
                continue;
            }
            if let Addressed::Here(request) = &mut addressed {
                request.extensions_mut().insert(Looked(now));
            }
        }
        // Whatever refuses on the way says so in the language of the address.
        return locale::within(language, answer(&hot_path, language, addressed, began)).await;
    }
}

/// What no page is kept of.
async fn answer(
    hot_path: &Parts,
    language: Language,
    addressed: Addressed,
    began: Instant,
) -> Reply {
    let (request, response) = match addressed {
        Addressed::Here(request) => {
            return match hot_path.site.clone().oneshot(request).await {
                Ok(response) => kept_in(language, response),
                Err(never) => match never {},
            };
        }
        Addressed::Elsewhere(request) => {
            let uri = request.uri();
            // In one go, also if it is a list whose query has another form.
            let address = page::normal_address(&hot_path.lean.state, uri);
            let response = page::elsewhere(&address.unwrap_or_else(|| uri.to_string()));
            (request, response)
        }
        Addressed::Nowhere(request) => {
            let asked = page::head_of(&request);
            let response = page::refused(&hot_path.lean.state, asked, ShopError::not_found()).await;
            (request, response)
        }
    };
    finish(hot_path, &request, kept_in(language, response), began)
}

/// Whether what is at a path, without its language, depends on settings of this very moment.
fn waits_for_settings(path: &str) -> bool {
    let is_wordless = WORDLESS.iter().any(|known| path.starts_with(known));
    let function = path
        .starts_with("/api/")
        .then(|| features::function(path))
        .flatten();
    let by_last_known = function.is_some_and(|function| function.settings == Settings::LastKnown);
    !is_wordless && !by_last_known
}

/// Takes the language off the address, for all that reads it from here on. A language that has no
/// addresses of its own, as it was turned off or became the default, leads to the default's.
fn read(mut request: Request<Body>, languages: &Languages) -> (Language, Addressed) {
    let path = request.uri().path();
    let (language, below, is_old) = match languages.of_path(path) {
        Some((language, below)) => (language, Some(below), false),
        None => {
            let below = languages.of_other_path(path);
            (languages.default_language(), below, below.is_some())
        }
    };
    let query = request.uri().query().map(|query| format!("?{query}"));
    let below = below.map(|path| format!("{path}{}", query.unwrap_or_default()));
    // `Uri` has read it already.
    if let Some(Ok(uri)) = below.map(|address| address.parse::<Uri>()) {
        *request.uri_mut() = uri;
    }
    request.extensions_mut().insert(language);
    // As the language, so that nothing from here on takes it for a part of the page's address.
    if let Some((uri, key)) = kept_forms::take_key(request.uri()) {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(key);
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match addressed(request) {
        // A form that was opened in that language is still taken.
        Addressed::Here(request) if is_old && reads => (language, Addressed::Elsewhere(request)),
        addressed => (language, addressed),
    }
}

/// Sends on to an address of ours in the language that was asked in.
fn kept_in(language: Language, mut response: Reply) -> Reply {
    let location = response.headers().get(header::LOCATION);
    let here = location
        .map(HeaderValue::as_bytes)
        .filter(|address| address.starts_with(b"/") && !address.starts_with(b"//"))
        .and_then(|address| std::str::from_utf8(address).ok())
        .and_then(|address| HeaderValue::try_from(language.href(address)).ok());
    if let Some(here) = here {
        response.headers_mut().insert(header::LOCATION, here);
    }
    response
}

/// What every answer carries.
fn finish(hot_path: &Parts, request: &Request<Body>, mut response: Reply, began: Instant) -> Reply {
    headers::set(response.headers_mut(), &hot_path.lean.policy);
    // The client's own id comes back to it, as everywhere.
    let id = request.headers().get(&REQUEST_ID).cloned();
    let id = id.unwrap_or_else(requests::new_id);
    response.headers_mut().insert(&REQUEST_ID, id);
    requests::add(request, response.status(), began.elapsed());
    response
}

/// A request whose address has one meaning.
enum Addressed {
    /// The address is as it should be.
    Here(Request<Body>),
    /// It was another spelling of this one. Only what reads is sent on: a browser may ask again
    /// whether it is to send a form to another address.
    Elsewhere(Request<Body>),
    /// It had no meaning.
    Nowhere(Request<Body>),
}

impl Addressed {
    fn path(&self) -> &str {
        match self {
            Self::Here(request) | Self::Elsewhere(request) | Self::Nowhere(request) => {
                request.uri().path()
            }
        }
    }

    fn into_request(self) -> Request<Body> {
        match self {
            Self::Here(request) | Self::Elsewhere(request) | Self::Nowhere(request) => request,
        }
    }
}

fn addressed(mut request: Request<Body>) -> Addressed {
    let uri = request.uri();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let spelling = Spelling::of(uri.path(), features::areas());
    if spelling == Spelling::Canonical && uri.authority().is_none() {
        return Addressed::Here(request);
    }
    // As a proxy is asked, an address names a host, too; which one makes no difference here.
    let (path, is_here) = match spelling {
        Spelling::Canonical => (Some(uri.path().to_owned()), true),
        Spelling::Other(path) => (reads.then_some(path), false),
        Spelling::Unreadable => (None, false),
    };
    let meant = path.and_then(|path| {
        let query = uri.query().map(|query| format!("?{query}"));
        let address = format!("{path}{}", query.unwrap_or_default());
        address.parse::<Uri>().ok()
    });
    let is_api = uri.path().starts_with("/api/");
    let Some(meant) = meant else {
        *request.uri_mut() = Uri::from_static(NOWHERE[usize::from(is_api)]);
        return Addressed::Nowhere(request);
    };
    *request.uri_mut() = meant;
    match is_here {
        true => Addressed::Here(request),
        false => Addressed::Elsewhere(request),
    }
}

#[cfg(test)]
mod tests {
    use leptos_router::location::RequestUrl;
    use proptest::prelude::*;

    use super::*;

    fn request(method: Method, uri: &str) -> Request<Body> {
        let request = Request::builder().method(method).uri(uri);
        request.body(Body::empty()).expect("it is an address")
    }

    #[test]
    fn a_form_is_never_sent_on_to_another_address() {
        let sent = addressed(request(Method::POST, "/cart/"));
        assert!(matches!(sent, Addressed::Nowhere(_)));
        let read = addressed(request(Method::HEAD, "/cart/?a=1&b"));
        let Addressed::Elsewhere(read) = read else {
            panic!("it is a page's address")
        };
        assert_eq!(read.uri().to_string(), "/cart?a=1&b");
    }

    #[test]
    fn which_host_is_named_makes_no_other_address() {
        for uri in [
            "http://shop.test/products?q=a",
            "http://evil.test/products?q=a",
        ] {
            let Addressed::Here(request) = addressed(request(Method::GET, uri)) else {
                panic!("it is a page's address")
            };
            assert_eq!(request.uri().to_string(), "/products?q=a");
        }
        let Addressed::Here(home) = addressed(request(Method::GET, "http://shop.test")) else {
            panic!("it is a page's address")
        };
        assert_eq!(home.uri().to_string(), "/");
    }

    proptest! {
        /// Pages are looked for by Leptos' router, which reads an address as browsers do.
        #[test]
        fn the_router_reads_every_address_as_we_do(
            path in "(/(products|orders|\\.|\\.\\.|%2[eE]|%5[cC]|%2[fF]|\\\\|[ -~é緑]){0,3}){1,4}",
        ) {
            let Ok(uri) = path.parse::<Uri>() else { return Ok(()) };
            let mut request = Request::new(Body::empty());
            *request.uri_mut() = uri;
            let (Addressed::Here(request) | Addressed::Elsewhere(request)) = addressed(request)
            else {
                return Ok(());
            };
            let path = request.uri().path();
            prop_assert_eq!(Spelling::of(path, features::areas()), Spelling::Canonical);
            let read = RequestUrl::new(&format!("http://leptos.dev{path}")).parse();
            let read = read.expect("the router reads it");
            prop_assert_eq!(read.path(), path);
        }
    }
}
