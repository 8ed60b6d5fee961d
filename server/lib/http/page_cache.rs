//! Pages of the catalogue, which are the same bytes for everybody: rendered once and kept.
//!
//! Home, lists and product pages hold nothing of who asks, so they are answered before cookies are
//! even read. What differs per shopper is an island's business. The address tells only where to look:
//! what is kept is what said, while it was rendered, that it is the same for everybody.

mod sent;
mod wanted;

use std::sync::Arc;

use app::{
    audience::Audience,
    catalog::address,
    error::{ErrorKind, ShopError},
    locale::Language,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{StatusCode, Uri, header},
    middleware::Next,
};
use futures_util::future::{BoxFuture, FutureExt};
use http_body_util::BodyExt;
use sent::Page;
use serde::{Deserialize, Serialize};
use wanted::{category_slug, collection_slug, page_slug, product_slug};

use super::{
    page,
    state::{HttpState, Reply},
    timeouts::REQUEST_TIMEOUT,
};
use crate::{
    cache::ReadThrough, catalog::read, clock::Clock, collections,
    coordination::freshness::Freshness, pages,
};

pub use wanted::WantedPage;

/// Bytes of HTML kept; what is kept compressed comes to a third of that again.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What is kept of an address: nothing, if the page there is not the same for everybody.
#[derive(Serialize, Deserialize)]
pub struct Kept(Option<Page>);

impl Kept {
    fn ends(&self) -> Option<i64> {
        self.0.as_ref()?.ends()
    }

    pub fn page(&self) -> Option<&Page> {
        self.0.as_ref()
    }
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

/// Renders the page for a visitor nothing is known of.
async fn render(state: &HttpState, uri: Uri, language: Language) -> Result<Kept, ShopError> {
    // The languages may have changed since this one was read off the address. They are looked at under
    // the generation that the page is kept under, so that no old one is kept under a new one.
    let settings = state.services.settings.now_or_last().await;
    if !settings.languages.has(language) {
        return Ok(Kept(None));
    }
    let began = std::time::Instant::now();
    let mut request = page::asked_for(uri.clone(), None);
    request.extensions_mut().insert(language);
    let response = page::render_plain(state, request).await;
    let status = response.status();
    let is_for_everybody = is_for_everybody(&response);
    let audience = response.extensions().get::<Audience>().cloned();
    let ends = audience.as_ref().and_then(Audience::ends);
    let is_busy = response
        .headers()
        .get(header::RETRY_AFTER)
        .and_then(|seconds| seconds.to_str().ok()?.parse().ok())
        == ErrorKind::Busy.retry_after();
    let body = response.into_body().collect().await;
    metrics::histogram!("holdfast_page_render_seconds").record(began.elapsed());
    match (status, body) {
        (StatusCode::OK | StatusCode::NOT_FOUND, Ok(_)) if !is_for_everybody => {
            tracing::error!(
                path = uri.path(),
                status = status.as_u16(),
                ?audience,
                "a page that should be kept does not say that it is for everybody"
            );
            Ok(Kept(None))
        }
        (StatusCode::OK | StatusCode::NOT_FOUND, Ok(body)) => {
            let moved_to = match status {
                StatusCode::NOT_FOUND => moved_to(state, &uri).await?,
                _ => None,
            };
            let html = String::from_utf8_lossy(&body.to_bytes()).into_owned();
            Ok(Kept(Some(Page::new(status, html, moved_to, ends))))
        }
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

#[cfg(test)]
mod tests {
    use app::audience::same_for_everybody;
    use leptos::prelude::{Owner, provide_context};

    use super::*;

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
}
