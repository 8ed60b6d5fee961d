//! A kept page as it is sent: in the smallest encoding that is taken, or that it is still the one they have.

use std::sync::OnceLock;

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::http::{encoding::Encoding, page, state::Reply};

/// A shared cache may keep the page, and asks each time whether it is still this one.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, no-cache");
/// Brotli's level: about as small as 11, and a hundred times as fast.
const BROTLI_QUALITY: u32 = 5;

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

impl Page {
    pub(super) fn new(
        status: StatusCode,
        html: String,
        moved_to: Option<String>,
        ends: Option<i64>,
    ) -> Self {
        Self {
            status: status.as_u16(),
            moved_to,
            html,
            ends,
            forms: Default::default(),
        }
    }

    pub(super) fn ends(&self) -> Option<i64> {
        self.ends
    }

    /// The page for a browser that asks in this way, that it is still the one they have, or where it went.
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
        headers.insert(header::VARY, Encoding::VARY);
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
            let bytes = encoding.encode(self.html.as_bytes(), BROTLI_QUALITY);
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

#[cfg(test)]
mod tests {
    use super::*;

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
