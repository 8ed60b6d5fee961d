//! Files: scripts, style, pictures.

use app::ui::style;
use axum::{
    extract::{Path as UrlPath, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::{HttpState, Reply};
use crate::catalog::{media::demo_picture, picture::PictureKind};

/// For files whose name changes with their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Scripts and wasm; their names carry hashes. What is not there may be there tomorrow.
pub async fn package(State(state): State<HttpState>, request: Request) -> Reply {
    let kept = if state.leptos.hash_files {
        FOR_EVER
    } else {
        "no-cache"
    };
    file(&state, request, kept).await
}

/// The style sheet. An old name gets the present one: a page from before a deployment stays usable.
pub async fn style(UrlPath(file): UrlPath<String>) -> Reply {
    let is_present = style::HREF.rsplit('/').next() == Some(&file);
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (
            header::CACHE_CONTROL,
            if is_present { FOR_EVER } else { "no-cache" },
        ),
    ];
    (headers, style::CSS).into_response()
}

/// Files of `style/public`, which the build copies into the site.
pub async fn public_file(State(state): State<HttpState>, request: Request) -> Reply {
    file(&state, request, "public, max-age=86400").await
}

/// Scripts of the admin area, which no shopper's page loads. Their names do not change with them.
pub async fn admin_file(State(state): State<HttpState>, request: Request) -> Reply {
    file(&state, request, "no-cache").await
}

async fn file(state: &HttpState, request: Request, kept: &'static str) -> Reply {
    let service = ServeDir::new(&*state.leptos.site_root).append_index_html_on_directories(false);
    let mut response = match service.oneshot(request).await {
        Ok(response) => response.map(axum::body::Body::new),
        Err(never) => match never {},
    };
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    }
    response
}

/// Pictures: the demo's, or uploaded ones, which have names of our own.
pub async fn media(State(state): State<HttpState>, UrlPath(path): UrlPath<String>) -> Reply {
    let Some(kind) = PictureKind::of_name(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let bytes = match path.strip_prefix("demo/") {
        Some(name) => demo_picture(name).map(|bytes| bytes.into_owned().into()),
        None => state.services.media.read(&path).await,
    };
    match bytes {
        Some(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, kind.content_type()),
                (header::CACHE_CONTROL, FOR_EVER),
            ];
            (headers, bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
