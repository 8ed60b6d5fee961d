//! Files: scripts, style, pictures.

use std::io;

use app::style;
use axum::{
    body::Body,
    extract::{Path as UrlPath, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use tower_http::services::ServeDir;

use super::{
    secret_pictures,
    state::{HttpState, Reply},
};
use crate::pictures::{PictureKind, media::demo_picture};

/// For files whose name changes with their content.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// For what only admins see.
const FOR_NOBODY: &str = "private, no-store";

/// Scripts and wasm; their names carry hashes. What is not there may be there tomorrow.
pub async fn package(State(state): State<HttpState>, request: Request) -> Reply {
    let kept = if state.leptos.hash_files {
        FOR_EVER
    } else {
        "no-cache"
    };
    file(&state, request, kept).await
}

/// The style sheet, or a script of the shop's pages. An old name gets the present one: a page from
/// before a deployment stays usable.
pub async fn style(UrlPath(file): UrlPath<String>) -> Reply {
    let (kind, present, content) = match file.ends_with(".js") {
        true => {
            let Some(script) = style::script(&file) else {
                return StatusCode::NOT_FOUND.into_response();
            };
            (
                "text/javascript; charset=utf-8",
                script.href(),
                script.source,
            )
        }
        false => (
            "text/css; charset=utf-8",
            style::HREF.as_str(),
            style::CSS.as_str(),
        ),
    };
    let is_present = present.rsplit('/').next() == Some(&file);
    let headers = [
        (header::CONTENT_TYPE, kind),
        (
            header::CACHE_CONTROL,
            if is_present { FOR_EVER } else { "no-cache" },
        ),
    ];
    (headers, content).into_response()
}

/// Files of `style/public`, which the build copies into the site.
pub async fn public_file(State(state): State<HttpState>, request: Request) -> Reply {
    file(&state, request, "public, max-age=86400").await
}

/// Scripts beside the wasm: those of the shop's lists and cards, and those of the admin area, which no
/// shopper's page loads. Their names do not change with them.
pub async fn module(State(state): State<HttpState>, request: Request) -> Reply {
    file(&state, request, "no-cache").await
}

async fn file(state: &HttpState, request: Request, kept: &'static str) -> Reply {
    let folder = ServeDir::new(&*state.leptos.site_root);
    let mut folder = folder.append_index_html_on_directories(false);
    let asked = request.uri().clone();
    let mut response = match folder.try_call(request).await {
        Ok(response) => response.map(Body::new),
        // A name that no file can have, such as one that is too long.
        Err(error) if error.kind() == io::ErrorKind::InvalidFilename => {
            return StatusCode::NOT_FOUND.into_response();
        }
        Err(error) => {
            tracing::error!(%error, "a file of the site cannot be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    if response.status() == StatusCode::NOT_FOUND {
        state.files().missed(asked.path());
    }
    let is_sent = response.status().is_success();
    let is_known = response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    if is_sent || is_known {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    }
    if let Some(kind) = headers.get_mut(header::CONTENT_TYPE)
        && let Some(text) = in_utf_8(kind)
    {
        *kind = text;
    }
    response
}

/// The type of a text that does not say yet how it is encoded: all of ours are in UTF-8.
fn in_utf_8(kind: &HeaderValue) -> Option<HeaderValue> {
    let kind = kind.to_str().ok()?;
    let is_silent = kind.starts_with("text/") && !kind.contains("charset");
    let said = is_silent.then(|| HeaderValue::try_from(format!("{kind}; charset=utf-8")));
    said?.ok()
}

/// Pictures: the demo's, or uploaded ones, which have names of our own.
pub async fn media(
    State(state): State<HttpState>,
    UrlPath(path): UrlPath<String>,
    asked: HeaderMap,
) -> Reply {
    let Some(kind) = PictureKind::of_name(&path) else {
        return no_picture();
    };
    let kept = match secrecy(&state, &path, &asked).await {
        Secrecy::None => FOR_EVER,
        Secrecy::SeenByAdmins => FOR_NOBODY,
        Secrecy::Kept => return no_picture(),
        Secrecy::Unknown => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let bytes = match path.strip_prefix("demo/") {
        Some(name) => demo_picture(name).map(|bytes| bytes.into_owned().into()),
        None => state.services.media.read(&path).await,
    };
    let bytes = match bytes {
        Some(bytes) => Some(bytes),
        None => state.services.media.for_mail(&path).await,
    };
    match bytes {
        Some(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, kind.content_type()),
                (header::CACHE_CONTROL, kept),
            ];
            (headers, bytes).into_response()
        }
        None => no_picture(),
    }
}

/// The same for one that is secret as for one that never was, and not to be kept: it may be there later.
fn no_picture() -> Reply {
    let kept = [(header::CACHE_CONTROL, FOR_NOBODY)];
    (StatusCode::NOT_FOUND, kept).into_response()
}

/// Whether a picture is of something that is shown to nobody yet.
enum Secrecy {
    None,
    /// It is, and an admin asks.
    SeenByAdmins,
    Kept,
    /// The database does not answer.
    Unknown,
}

async fn secrecy(state: &HttpState, file: &str, asked: &HeaderMap) -> Secrecy {
    let secret = state.secret_pictures().has(&state.services.db, file).await;
    match secret {
        Ok(false) => Secrecy::None,
        Ok(true) if secret_pictures::is_admins(state, asked).await => Secrecy::SeenByAdmins,
        Ok(true) => Secrecy::Kept,
        Err(_) => Secrecy::Unknown,
    }
}
