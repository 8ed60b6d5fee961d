//! A kept page as it is sent: in the smallest encoding that is taken, or that it is still the one they have.

use std::{io::Write, sync::OnceLock};

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::http::{page, state::Reply};

/// A shared cache may keep the page, and asks each time whether it is still this one.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, no-cache");
const VARY: HeaderValue = HeaderValue::from_static("accept-encoding");
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Identity,
    Gzip,
    Brotli,
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
