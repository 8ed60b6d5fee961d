//! Which address is answered by what, and what surrounds every request.

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request},
    middleware,
    routing::{any, get, post},
};
use desk::admin::{
    jobs::import_page::IMPORT, products::pictures::UPLOAD,
    translations::file_page::UPLOAD as TRANSLATIONS,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};

use super::{
    assets, calendar, carried, catalog_api, cookies, csp, customer_file, drop_file, editor,
    encoding, feeds, functions, headers, health, hooks, hot_path, icons, lean, look, metrics,
    one_picture, origin, packed, page, page_cache, place, product_file,
    requests::{self, REQUEST_ID},
    rooms,
    state::{HttpState, Site},
    stock, timeouts, translation_file, upload, visitor,
};

/// The whole site. Serve it with connection information: limits count by client.
pub async fn router(site: Site) -> Router {
    let state = HttpState::open(site);
    // Leptos spawns through this; a second router in one process finds it set already.
    let _ = any_spawner::Executor::init_tokio();
    let policy = csp::Policy::of_site(&state).await;
    let plain_cookies = cookies::PlainCookies::of_site(&state).await;
    state.services.accounts.events().prepare().await;
    carried::prepare(&state).await;
    let pages = page_cache::PageCache::new(
        state.services.db.freshness().clone(),
        state.services.clock.clone(),
    );
    let packed = middleware::from_fn_with_state(state.clone(), packed::packed);
    let lean = lean::Lean::new(state.clone(), policy.clone(), plain_cookies);
    let site = Router::new()
        .route("/api/products", get(catalog_api::list))
        .route("/api/products/{slug}", get(catalog_api::product))
        .route(
            UPLOAD,
            post(upload::pictures).layer(DefaultBodyLimit::max(upload::MAX_UPLOAD)),
        )
        .route("/api/admin/products/draft", post(editor::draft))
        .route(
            "/api/admin/categories/picture",
            post(one_picture::of_category).layer(DefaultBodyLimit::max(one_picture::MAX_UPLOAD)),
        )
        .route(
            "/api/admin/collections/picture",
            post(one_picture::of_collection).layer(DefaultBodyLimit::max(one_picture::MAX_UPLOAD)),
        )
        .route(
            "/api/admin/home/picture",
            post(one_picture::of_block).layer(DefaultBodyLimit::max(one_picture::MAX_UPLOAD)),
        )
        .route(
            IMPORT,
            post(product_file::import).layer(DefaultBodyLimit::max(product_file::MAX_UPLOAD)),
        )
        .route(
            "/api/admin/drops/file",
            post(drop_file::upload).layer(DefaultBodyLimit::max(drop_file::MAX_UPLOAD)),
        )
        .route(
            TRANSLATIONS,
            post(translation_file::upload)
                .layer(DefaultBodyLimit::max(translation_file::MAX_UPLOAD)),
        )
        .route(
            "/admin/translations/{language}/texts.csv",
            get(translation_file::download),
        )
        .route(
            "/api/admin/look/pictures",
            post(look::upload).layer(DefaultBodyLimit::max(one_picture::MAX_UPLOAD)),
        )
        .route("/api/admin/customers/export", post(customer_file::export))
        .route("/admin/export.csv", get(product_file::export))
        .route(place::PLACE, any(place::place))
        .route("/api/{*path}", any(functions::call))
        .route("/sitemap.xml", get(feeds::sitemap))
        .route("/sitemap/{file}", get(feeds::sitemap_file))
        .route("/robots.txt", get(feeds::robots))
        .route("/drops/{slug}/calendar.ics", get(calendar::of_drop))
        .route("/metrics", any(metrics::show))
        .fallback(page::any)
        .layer(middleware::from_fn_with_state(
            (state.clone(), plain_cookies),
            visitor::identify,
        ))
        .layer(middleware::from_fn_with_state(state.clone(), origin::check))
        // Below: what needs no visitor.
        .route(
            "/hooks/{provider}",
            post(hooks::take).layer(DefaultBodyLimit::max(hooks::MAX_EVENT)),
        )
        .route("/api/stock", get(stock::once))
        .route("/api/stock/events", get(stock::events))
        .route("/api/drops/room/events", get(rooms::events))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/style/{file}", get(assets::style).layer(packed.clone()))
        .route("/look/{file}", get(look::file))
        .route("/media/{*path}", get(assets::media))
        .route("/pkg/{file}", get(assets::package).layer(packed))
        .route("/favicon.svg", get(assets::public_file))
        .route("/favicon.ico", get(icons::favicon))
        .route("/apple-touch-icon.png", get(icons::touch_icon))
        .route("/icon-192.png", get(icons::icon_192))
        .route("/icon-512.png", get(icons::icon_512))
        .route("/site.webmanifest", get(icons::manifest))
        .route("/art/{file}", get(assets::public_file))
        .route("/shop-assets/{file}", get(assets::module))
        .route("/admin-assets/{file}", get(assets::module))
        .method_not_allowed_fallback(page::method_not_allowed)
        .layer(DefaultBodyLimit::max(functions::MAX_BODY))
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
        .layer(encoding::compression())
        .layer(middleware::from_fn(requests::count))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID.clone()))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_request(()),
        )
        .layer(SetRequestIdLayer::new(REQUEST_ID.clone(), NewIds))
        .with_state(state.clone());
    Router::new()
        .fallback(hot_path::serve)
        .with_state(hot_path::HotPath::new(lean, pages, site))
}

#[derive(Clone, Copy)]
struct NewIds;

impl MakeRequestId for NewIds {
    fn make_request_id<B>(&mut self, _request: &Request<B>) -> Option<RequestId> {
        Some(RequestId::new(requests::new_id()))
    }
}

fn span(request: &Request<Body>) -> tracing::Span {
    let id = request.extensions().get::<RequestId>();
    let id = id.and_then(|id| id.header_value().to_str().ok());
    let path = request.uri().path();
    requests::span(request.method(), path, id.unwrap_or_default())
}
