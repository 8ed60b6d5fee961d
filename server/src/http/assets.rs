//! Files: scripts, style, pictures.

use std::path::Path;

use app::ui::style;
use axum::{
    extract::{Path as UrlPath, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use leptos::config::LeptosOptions;
use tower::{Layer, ServiceExt};
use tower_http::{
    services::ServeDir,
    set_header::{SetResponseHeader, SetResponseHeaderLayer},
};

use super::{HttpState, Reply};
use crate::catalog::media::{PictureKind, demo_picture};

/// For files whose name changes with their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Scripts and wasm; their names carry hashes.
pub fn package(leptos: &LeptosOptions) -> SetResponseHeader<ServeDir, HeaderValue> {
    let folder = Path::new(&*leptos.site_root).join(&*leptos.site_pkg_dir);
    let kept = HeaderValue::from_static(if leptos.hash_files {
        FOR_EVER
    } else {
        "no-cache"
    });
    SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, kept).layer(ServeDir::new(folder))
}

/// The style sheet. An old name gets the present one: a page from before a deployment stays usable.
pub async fn style(UrlPath(_file): UrlPath<String>) -> Reply {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, FOR_EVER),
    ];
    (headers, style::CSS).into_response()
}

/// Files of `style/public`, which the build copies into the site.
pub async fn public_file(State(state): State<HttpState>, request: Request) -> Reply {
    let service = ServeDir::new(&*state.leptos.site_root).append_index_html_on_directories(false);
    match service.oneshot(request).await {
        Ok(response) => {
            let mut response = response.map(axum::body::Body::new);
            response.headers_mut().insert(
                header::CACHE_CONTROL,
                HeaderValue::from_static("public, max-age=86400"),
            );
            response
        }
        Err(never) => match never {},
    }
}

/// Pictures: the demo's, or uploaded ones, which have names of our own.
pub async fn media(State(state): State<HttpState>, UrlPath(path): UrlPath<String>) -> Reply {
    let Some(kind) = PictureKind::of_name(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let bytes = match path.strip_prefix("demo/") {
        Some(name) => demo_picture(name).map(|bytes| bytes.into_owned()),
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
