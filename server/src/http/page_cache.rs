//! Pages of the catalogue, which are the same bytes for everybody: rendered once and kept.
//!
//! Home, lists and product pages hold nothing of who asks, so they are answered before cookies are
//! even read. What differs per shopper is an island's business. The address tells only where to look:
//! what is kept is what said, while it was rendered, that it is the same for everybody.

use std::{
    borrow::Cow,
    io::Write,
    sync::{Arc, OnceLock},
};

use app::{
    audience::Audience,
    catalog::address,
    error::{ErrorKind, ShopError},
    locale::Language,
};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::IntoResponse,
};
use futures_util::future::{BoxFuture, FutureExt};
use http_body_util::BodyExt;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    kept_forms::Key,
    page,
    state::{HttpState, Reply},
    timeouts::REQUEST_TIMEOUT,
};
use crate::{
    cache::ReadThrough,
    catalog::read,
    clock::Clock,
    collections,
    coordination::{Topic, freshness::Freshness},
    ids::is_id,
    pages,
};

/// Bytes of HTML kept; what is kept compressed comes to a third of that again.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// A shared cache may keep the page, and asks each time whether it is still this one.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, no-cache");
const VARY: HeaderValue = HeaderValue::from_static("accept-encoding");
/// Brotli's level: about as small as 11, and a hundred times as fast.
const BROTLI_QUALITY: u32 = 5;

/// What is kept of an address: nothing, if the page there is not the same for everybody.
#[derive(Serialize, Deserialize)]
pub struct Kept(Option<Page>);

impl Kept {
    fn ends(&self) -> Option<i64> {
        self.0.as_ref()?.ends
    }

    pub fn page(&self) -> Option<&Page> {
        self.0.as_ref()
    }
}

/// A rendered page: found, or the one that says there is none.
#[derive(Serialize, Deserialize)]
pub struct Page {
    status: u16,
    /// The present address of what had this one before.
    moved_to: Option<String>,
    html: String,
    /// When something begins or ends that is on it, in milliseconds since 1970.
    ends: Option<i64>,
    #[serde(skip)]
    forms: [OnceLock<Form>; 3],
}

/// A page in one encoding, as it is sent.
struct Form {
    bytes: Bytes,
    etag: HeaderValue,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

/// The rendered pages of one node.
#[derive(Clone)]
pub struct PageCache {
    pages: Arc<ReadThrough<Kept>>,
}

impl PageCache {
    /// Pages are not shared between nodes: in a rolling deployment they name other scripts.
    pub fn new(freshness: Freshness, clock: Arc<dyn Clock>) -> Self {
        let pages = ReadThrough::new("page", MAX_BYTES, freshness).of_this_process();
        Self {
            pages: Arc::new(pages.ending(clock, Kept::ends)),
        }
    }
}

impl PageCache {
    /// What is kept of the page that is asked for, if it is here.
    pub async fn hit(&self, state: &HttpState, wanted: Option<WantedPage>) -> Option<Arc<Kept>> {
        let wanted = wanted?;
        let load = || loader(state, &wanted);
        self.pages.hit(&wanted.name(), &wanted.topics, load).await
    }
}

/// What renders the page at `uri`, as often as it is called.
fn loader(
    state: &HttpState,
    wanted: &WantedPage,
) -> impl Fn() -> BoxFuture<'static, Result<Kept, ShopError>> + Clone + Send + Sync + 'static {
    let (state, uri, language) = (state.clone(), wanted.uri.clone(), wanted.language);
    move || {
        let (state, uri) = (state.clone(), uri.clone());
        async move { render(&state, uri, language).await }.boxed()
    }
}

/// Answers what is a page of the catalogue; everything else goes on.
pub async fn serve(
    State((state, cache)): State<(HttpState, PageCache)>,
    request: Request<Body>,
    next: Next,
) -> Reply {
    let Some(wanted) = WantedPage::by(&state, &request) else {
        return next.run(request).await;
    };
    let load = loader(&state, &wanted);
    let name = wanted.name();
    let page = cache.pages.get(&name, &wanted.topics, load);
    let page = tokio::time::timeout(REQUEST_TIMEOUT, page)
        .await
        .unwrap_or_else(|_| Err(ShopError::unavailable()));
    match page {
        Ok(kept) => match kept.page() {
            Some(page) => page.answer(&request),
            None => next.run(request).await,
        },
        Err(error) => page::render_error(&state, request, error).await,
    }
}

/// A page of the catalogue that is asked for.
pub struct WantedPage {
    /// Its address, without what makes no difference to it.
    uri: Uri,
    language: Language,
    topics: Vec<Topic>,
}

impl WantedPage {
    pub fn by(state: &HttpState, request: &Request<Body>) -> Option<Self> {
        let reads = matches!(*request.method(), Method::GET | Method::HEAD)
            // With a form of the visitor's.
            && request.extensions().get::<Key>().is_none();
        let language = request.extensions().get::<Language>().copied();
        let language = language.unwrap_or_default();
        reads
            .then(|| Self::of(state, request.uri(), language))
            .flatten()
    }

    /// Each language has a page of its own, and another one once it is, or is no longer, the default.
    fn name(&self) -> String {
        let code = self.language.locale.code();
        format!("{code} {}", self.language.href(&self.uri.to_string()))
    }

    fn of(state: &HttpState, uri: &Uri, language: Language) -> Option<Self> {
        let path = uri.path();
        if path == "/" {
            return Some(Self {
                uri: Uri::from_static("/"),
                language,
                topics: vec![Topic::lists()],
            });
        }
        if page::is_list(path) {
            // Another spelling of a list is sent to its address.
            let is_normal = page::normal_address(state, uri).is_none();
            return is_normal.then(|| Self {
                uri: uri.clone(),
                language,
                topics: vec![Topic::lists()],
            });
        }
        let of_lists = page_slug(uri)
            .or_else(|| collection_slug(uri))
            .or_else(|| drop_slug(uri));
        if of_lists.is_some() {
            return Some(Self {
                uri: path.parse().ok()?,
                language,
                topics: vec![Topic::lists()],
            });
        }
        let slug = product_slug(uri)?;
        let variant = uri.query().and_then(|query| {
            let mut fields = url::form_urlencoded::parse(query.as_bytes());
            fields.find(|(name, value)| name == "variant" && is_id(value))
        });
        let address = match variant {
            Some((_, id)) => format!("{path}?variant={id}"),
            None => path.to_owned(),
        };
        Some(Self {
            uri: address.parse().ok()?,
            language,
            // It shows related products, too.
            topics: vec![Topic::product(&slug), Topic::lists()],
        })
    }
}

/// Renders the page for a visitor nothing is known of.
async fn render(state: &HttpState, uri: Uri, language: Language) -> Result<Kept, ShopError> {
    // The languages may have changed since this one was read off the address. They are looked at under
    // the generation that the page is kept under, so that no old one is kept under a new one.
    let settings = state.services.settings.now_or_last().await;
    if !settings.languages.has(language) {
        return Ok(Kept(None));
    }
    let began = std::time::Instant::now();
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = uri.clone();
    request.extensions_mut().insert(language);
    let response = page::render_plain(state, request).await;
    let status = response.status();
    let is_for_everybody = is_for_everybody(&response);
    let ends = response.extensions().get::<Audience>();
    let ends = ends.and_then(Audience::ends);
    let is_busy = response
        .headers()
        .get(header::RETRY_AFTER)
        .and_then(|seconds| seconds.to_str().ok()?.parse().ok())
        == ErrorKind::Busy.retry_after();
    let body = response.into_body().collect().await;
    metrics::histogram!("holdfast_page_render_seconds").record(began.elapsed());
    match (status, body) {
        (StatusCode::OK | StatusCode::NOT_FOUND, Ok(_)) if !is_for_everybody => {
            tracing::error!("a page that should be kept does not say that it is for everybody");
            Ok(Kept(None))
        }
        (StatusCode::OK | StatusCode::NOT_FOUND, Ok(body)) => Ok(Kept(Some(Page {
            moved_to: match status {
                StatusCode::NOT_FOUND => moved_to(state, &uri).await?,
                _ => None,
            },
            ends,
            status: status.as_u16(),
            html: String::from_utf8_lossy(&body.to_bytes()).into_owned(),
            forms: Default::default(),
        }))),
        (StatusCode::SERVICE_UNAVAILABLE, _) if is_busy => Err(ShopError::of(ErrorKind::Busy)),
        (StatusCode::SERVICE_UNAVAILABLE, _) => Err(ShopError::unavailable()),
        _ => Err(ShopError::internal()),
    }
}

/// Whether what was rendered said so.
fn is_for_everybody(response: &Reply) -> bool {
    let audience = response.extensions().get::<Audience>();
    audience.is_some_and(Audience::is_everybody)
}

/// Where what had this address before is now.
async fn moved_to(state: &HttpState, uri: &Uri) -> Result<Option<String>, ShopError> {
    let services = &state.services;
    if let Some(slug) = product_slug(uri) {
        let slug = read::moved_to(&services.db, &slug).await?;
        return Ok(slug.map(|slug| address::product(&slug)));
    }
    if let Some(slug) = category_slug(uri) {
        let slug = read::categories::moved_to(&services.db, &slug).await?;
        return Ok(slug.map(|slug| address::category(&slug)));
    }
    if let Some(slug) = collection_slug(uri) {
        let slug = collections::moved_to(&services.db, &slug).await?;
        return Ok(slug.map(|slug| address::collection(&slug)));
    }
    if let Some(slug) = page_slug(uri) {
        let slug = pages::moved_to(&services.db, services.clock.now(), &slug).await?;
        return Ok(slug.map(|slug| address::page(&slug)));
    }
    Ok(None)
}

/// The slug in the address of a product's page.
fn product_slug(uri: &Uri) -> Option<Cow<'_, str>> {
    slug_below("/products/", uri)
}

/// The slug in the address of a category's page.
fn category_slug(uri: &Uri) -> Option<Cow<'_, str>> {
    slug_below("/categories/", uri)
}

/// The slug in the address of a collection's page.
fn collection_slug(uri: &Uri) -> Option<Cow<'_, str>> {
    slug_below("/collections/", uri)
}

/// The slug in the address of a drop's page.
fn drop_slug(uri: &Uri) -> Option<Cow<'_, str>> {
    slug_below("/drops/", uri)
}

/// The slug in the address of one of the owner's pages.
fn page_slug(uri: &Uri) -> Option<Cow<'_, str>> {
    slug_below("/pages/", uri)
}

fn slug_below<'a>(folder: &str, uri: &'a Uri) -> Option<Cow<'a, str>> {
    let slug = uri.path().strip_prefix(folder)?;
    let is_one = !slug.is_empty() && !slug.contains('/');
    let slug = percent_decode_str(slug).decode_utf8().ok();
    // Postgres takes no NUL in a text.
    slug.filter(|slug| is_one && !slug.contains('\0'))
}

impl Page {
    /// The page for whoever asks in this way, that it is still the one they have, or where it went.
    pub fn answer(&self, request: &Request<Body>) -> Reply {
        if let Some(path) = &self.moved_to {
            return page::moved(path, request.uri());
        }
        let asked = request.headers();
        let encoding = Encoding::of(asked);
        let form = self.form(encoding);
        let is_known = self.status == 200
            && asked
                .get_all(header::IF_NONE_MATCH)
                .iter()
                .any(|known| names(known, &form.etag));
        let mut response = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
            let kind = (header::CONTENT_TYPE, "text/html; charset=utf-8");
            (status, [kind], form.bytes.clone()).into_response()
        };
        let headers = response.headers_mut();
        headers.insert(header::VARY, VARY);
        if self.status == 200 {
            headers.insert(header::ETAG, form.etag.clone());
            headers.insert(header::CACHE_CONTROL, CACHE_CONTROL);
        }
        if let Some(name) = encoding.name()
            && !is_known
        {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response
    }

    fn form(&self, encoding: Encoding) -> &Form {
        self.forms[encoding as usize].get_or_init(|| {
            let bytes = encoding.encode(self.html.as_bytes());
            let digest = hex::encode(&Sha256::digest(&bytes)[..12]);
            Form {
                bytes: bytes.into(),
                etag: HeaderValue::from_str(&format!("\"{digest}\""))
                    .unwrap_or(HeaderValue::from_static("\"\"")),
            }
        })
    }
}

/// Whether `If-None-Match` names the page. Weakly: what a proxy made of our tag still means it. By hand,
/// as the crate `headers` (0.4) panics in a debug build at a tag with a blank in it.
fn names(known: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(known), Ok(etag)) = (known.to_str(), etag.to_str()) else {
        return false;
    };
    known.split(',').any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
    })
}

impl Encoding {
    /// The smallest one that is taken.
    fn of(asked: &HeaderMap) -> Self {
        let takes = |name: &str| {
            asked
                .get_all(header::ACCEPT_ENCODING)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|value| value.split(','))
                .any(|part| {
                    let mut part = part.split(';').map(str::trim);
                    let is_named = part.next().is_some_and(|n| n.eq_ignore_ascii_case(name));
                    let refused = part.any(|q| {
                        let weight = q.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok());
                        weight == Some(0.0)
                    });
                    is_named && !refused
                })
        };
        if takes("br") {
            Self::Brotli
        } else if takes("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }

    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// In memory, where writing cannot fail.
    fn encode(self, html: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(html.len() / 3);
        match self {
            Self::Identity => out.extend_from_slice(html),
            Self::Gzip => {
                let mut encoder =
                    flate2::write::GzEncoder::new(&mut out, flate2::Compression::default());
                let _ = encoder.write_all(html);
                let _ = encoder.finish();
            }
            Self::Brotli => {
                let mut encoder =
                    brotli::CompressorWriter::new(&mut out, 16 * 1024, BROTLI_QUALITY, 20);
                let _ = encoder.write_all(html);
                drop(encoder);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use app::audience::same_for_everybody;
    use leptos::prelude::{Owner, provide_context};

    use super::*;

    fn asked(value: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
        headers
    }

    #[test]
    fn the_smallest_encoding_that_is_taken_is_sent() {
        assert_eq!(Encoding::of(&HeaderMap::new()), Encoding::Identity);
        assert_eq!(Encoding::of(&asked("gzip, deflate, br")), Encoding::Brotli);
        assert_eq!(Encoding::of(&asked("gzip;q=1, br;q=0")), Encoding::Gzip);
        assert_eq!(Encoding::of(&asked("GZIP")), Encoding::Gzip);
        assert_eq!(Encoding::of(&asked("identity")), Encoding::Identity);
    }

    #[test]
    fn only_what_says_that_it_is_for_everybody_is_kept() {
        let mut response = Reply::new(Body::empty());
        assert!(!is_for_everybody(&response), "it says nothing");
        let audience = Audience::default();
        response.extensions_mut().insert(audience.clone());
        assert!(!is_for_everybody(&response), "it says nothing");
        Owner::new().with(|| {
            provide_context(audience.clone());
            same_for_everybody();
        });
        assert!(is_for_everybody(&response));
        audience.narrow();
        assert!(
            !is_for_everybody(&response),
            "it holds something of a visitor"
        );
    }

    #[test]
    fn a_tag_is_known_in_a_list_and_weakened_by_a_proxy() {
        let etag = HeaderValue::from_static("\"a\"");
        for known in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(names(&HeaderValue::from_static(known), &etag), "{known}");
        }
        for other in ["\"b\"", "", "a", "\"a", "w/\"a\"", "\"a b\""] {
            assert!(!names(&HeaderValue::from_static(other), &etag), "{other}");
        }
    }
}
