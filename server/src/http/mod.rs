//! HTTP: the router and what stands around every request.

mod assets;
mod catalog_api;
mod confirm;
mod connections;
mod cookies;
mod csp;
mod customer_file;
mod device;
mod editor;
mod feeds;
mod functions;
mod headers;
mod health;
mod hot_path;
mod metrics;
mod origin;
mod page;
mod page_cache;
mod product_file;
mod requests;
mod site_files;
mod stock;
mod timeouts;
mod upload;
mod visitor;

use std::{sync::Arc, time::Duration};

use app::{area::Logged, features};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request},
    http::HeaderName,
    middleware,
    response::Response,
    routing::{any, get, post},
};
use leptos::config::LeptosOptions;
use secrecy::SecretString;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{NotForContentType, Predicate, SizeAbove},
    },
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};

use crate::shop::Services;
pub use connections::{ConnectionLimits, serve};
pub use feeds::SITEMAP_ADDRESSES;
pub use site_files::check_site;
pub use timeouts::Timeouts;

/// Largest body of an ordinary request, in bytes.
const MAX_BODY: usize = 512 * 1024;
/// Largest form of the product editor, in bytes: as many variants as there may be, each with a dozen
/// fields, and a long description. For admins alone.
const MAX_EDITOR_BODY: usize = 8 * 1024 * 1024;
/// A request that takes longer is given up; uploads and settings have more time.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// A change of the currency writes every price of the shop. The database gives it as long.
const SETTINGS_TIMEOUT: Duration = Duration::from_secs(5 * 60);
static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How requests reach this node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    Direct,
    /// A proxy in front sets `X-Forwarded-For`.
    BehindProxy,
}

/// What a request may need. Every layer clones it for every request, so it is one pointer.
#[derive(Clone)]
pub struct HttpState(Arc<Open>);

/// A site that is served.
struct Open {
    site: Site,
    files: site_files::SiteFiles,
}

/// What a node serves.
pub struct Site {
    pub services: Services,
    pub leptos: LeptosOptions,
    pub network: Network,
    /// Opens `/metrics`; without one nobody may read them.
    pub metrics_token: Option<SecretString>,
    pub timeouts: Timeouts,
    /// Addresses in one file of the site map.
    pub sitemap_addresses: usize,
}

impl std::ops::Deref for HttpState {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.0.site
    }
}

/// The whole site. Serve it with connection information: limits count by client.
pub async fn router(site: Site) -> Router {
    let files = site_files::SiteFiles::of(&site.leptos);
    let state = HttpState(Arc::new(Open { site, files }));
    // Leptos spawns through this; a second router in one process finds it set already.
    let _ = any_spawner::Executor::init_tokio();
    let policy = csp::Policy::of_site(&state).await;
    let plain_cookies = cookies::PlainCookies::of_site(&state).await;
    state.services.accounts.events().prepare().await;
    let pages = page_cache::PageCache::new(state.services.db.freshness().clone());
    let site = Router::new()
        .route("/api/products", get(catalog_api::list))
        .route("/api/products/{slug}", get(catalog_api::product))
        .route(
            "/api/admin/pictures/upload",
            post(upload::pictures).layer(DefaultBodyLimit::max(upload::MAX_UPLOAD)),
        )
        .route("/api/admin/products/draft", post(editor::draft))
        .route(
            "/api/admin/import",
            post(product_file::import).layer(DefaultBodyLimit::max(product_file::MAX_UPLOAD)),
        )
        .route("/api/admin/customers/export", post(customer_file::export))
        .route("/admin/export.csv", get(product_file::export))
        .route("/api/{*path}", any(functions::call))
        .route("/sitemap.xml", get(feeds::sitemap))
        .route("/sitemap/{file}", get(feeds::sitemap_file))
        .route("/robots.txt", get(feeds::robots))
        .route("/metrics", any(metrics::show))
        .fallback(page::any)
        .layer(middleware::from_fn_with_state(
            (state.clone(), plain_cookies),
            visitor::identify,
        ))
        .layer(middleware::from_fn_with_state(state.clone(), origin::check))
        // Below: what needs no visitor.
        .route("/api/stock", get(stock::once))
        .route("/api/stock/events", get(stock::events))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/style/{file}", get(assets::style))
        .route("/media/{*path}", get(assets::media))
        .route("/pkg/{file}", get(assets::package))
        .route("/favicon.svg", get(assets::public_file))
        .route("/art/{file}", get(assets::public_file))
        .route("/admin-assets/{file}", get(assets::admin_file))
        .method_not_allowed_fallback(page::method_not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(
            state.timeouts,
            timeouts::limit,
        ))
        // Within and around: an error page may itself be what breaks.
        .layer(CatchPanicLayer::custom(page::panicked))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            page::explain_errors,
        ))
        .layer(middleware::from_fn_with_state(
            (state.clone(), pages.clone()),
            page_cache::serve,
        ))
        .layer(CatchPanicLayer::custom(page::panicked))
        .layer(middleware::from_fn_with_state(policy.clone(), headers::add))
        .layer(compression())
        .layer(middleware::from_fn(requests::count))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID.clone()))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_request(()),
        )
        .layer(SetRequestIdLayer::new(REQUEST_ID.clone(), MakeRequestUuid))
        .with_state(state.clone());
    Router::new()
        .fallback(hot_path::serve)
        .with_state(hot_path::HotPath::new(state, pages, policy, site))
}

/// Method and route go into the log, addresses that are secrets or say who asks do not.
fn span(request: &Request<Body>) -> tracing::Span {
    let path = request.uri().path();
    let route = match features::areas().of(path) {
        Some(area) if area.logged == Logged::Segment => area.segment,
        _ => path,
    };
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), route, id)
}

fn compression() -> CompressionLayer<impl Predicate> {
    let worth_it = SizeAbove::new(860)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE);
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(worth_it)
}

pub type Reply = Response<Body>;
