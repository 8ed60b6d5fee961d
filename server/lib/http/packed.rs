//! Files whose names change with their content, compressed once and as well as can be: the wasm is a third smaller
//! than compressed while it is sent, and costs nothing any more.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::IntoResponse,
};

use super::{
    assets::FOR_EVER,
    encoding::Encoding,
    state::{HttpState, Reply},
};

/// A second and a half of work for the wasm, once. A debug build's wasm is ten times as large and its code ten times as
/// slow.
const BROTLI_QUALITY: u32 = if cfg!(debug_assertions) { 5 } else { 11 };
/// A build has some twenty such files.
const MOST: usize = 64;
/// The largest that is kept. The wasm of a debug build has 5 MB, and would be compressed for each browser again.
const LARGEST: usize = 8 * 1024 * 1024;

#[derive(Default)]
pub struct PackedFiles(Mutex<HashMap<String, Packing>>);

enum Packing {
    /// Until it is done, the file is sent as it is compressed on the way.
    Begun,
    Done(Packed),
}

#[derive(Clone)]
struct Packed {
    kind: HeaderValue,
    brotli: Bytes,
}

impl PackedFiles {
    fn find(&self, path: &str) -> Option<Packed> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match files.get(path) {
            Some(Packing::Done(packed)) => Some(packed.clone()),
            Some(Packing::Begun) | None => None,
        }
    }

    /// Whether the caller is to pack it: nobody else does.
    fn claim(&self, path: &str) -> bool {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = files.len() < MOST && !files.contains_key(path);
        if is_new {
            files.insert(path.to_owned(), Packing::Begun);
        }
        is_new
    }

    fn put(&self, path: String, packed: Packed) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path, Packing::Done(packed));
    }
}

/// Around routes of files: answers with what is packed, and packs what was sent.
pub async fn packed(State(state): State<HttpState>, request: Request, next: Next) -> Reply {
    if !is_wanted_whole(&request) || Encoding::of(request.headers()) != Encoding::Brotli {
        return next.run(request).await;
    }
    let path = request.uri().path().to_owned();
    if let Some(packed) = state.packed().find(&path) {
        return answer(packed);
    }
    let response = next.run(request).await;
    // A file has one such name, so strangers cannot have one packed twice.
    let is_plain = path
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"/._-".contains(&b));
    if response.status() != StatusCode::OK
        || !is_kept_for_ever(response.headers())
        || !is_plain
        || length(&response).is_none_or(|length| length > LARGEST as u64)
    {
        return response;
    }
    let (head, body) = response.into_parts();
    let Ok(plain) = to_bytes(body, LARGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let kind = head.headers.get(header::CONTENT_TYPE).cloned();
    if let Some(kind) = kind
        && state.packed().claim(&path)
    {
        let (state, plain) = (state.clone(), plain.clone());
        tokio::task::spawn_blocking(move || {
            let brotli = Encoding::Brotli.encode(&plain, BROTLI_QUALITY).into();
            state.packed().put(path, Packed { kind, brotli });
        });
    }
    Reply::from_parts(head, Body::from(plain))
}

/// Not a part of it, and not whether it is still the one they have.
fn is_wanted_whole(request: &Request) -> bool {
    let asked = request.headers();
    request.method() == Method::GET
        && ![
            header::RANGE,
            header::IF_MODIFIED_SINCE,
            header::IF_NONE_MATCH,
        ]
        .iter()
        .any(|name| asked.contains_key(name))
}

fn is_kept_for_ever(headers: &HeaderMap) -> bool {
    headers
        .get(header::CACHE_CONTROL)
        .is_some_and(|kept| kept == FOR_EVER)
}

fn length(response: &Reply) -> Option<u64> {
    let told = response.headers().get(header::CONTENT_LENGTH);
    let told = told.and_then(|length| length.to_str().ok()?.parse().ok());
    told.or_else(|| response.body().size_hint().exact())
}

fn answer(Packed { kind, brotli }: Packed) -> Reply {
    let brotli_name = Encoding::Brotli.name().unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, HeaderValue::from_static(FOR_EVER)),
        (
            header::CONTENT_ENCODING,
            HeaderValue::from_static(brotli_name),
        ),
        (header::VARY, Encoding::VARY),
    ];
    (headers, brotli).into_response()
}
