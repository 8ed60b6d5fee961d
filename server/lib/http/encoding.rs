//! How an answer is compressed.

use std::io::Write;

use axum::http::{HeaderMap, HeaderValue, header};
use tower_http::compression::{
    CompressionLayer, CompressionLevel,
    predicate::{NotForContentType, Predicate, SizeAbove},
};

/// Bytes of the smallest answer that is worth it.
pub const WORTH_IT: u16 = 860;

/// Compresses answers on their way.
pub fn compression() -> CompressionLayer<impl Predicate> {
    let worth_it = SizeAbove::new(WORTH_IT)
        .and(NotForContentType::IMAGES)
        // WOFF2 is compressed.
        .and(NotForContentType::const_new("font/"))
        .and(NotForContentType::SSE);
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(worth_it)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

impl Encoding {
    /// What an answer depends on that is sent in one of them.
    pub const VARY: HeaderValue = HeaderValue::from_static("accept-encoding");

    /// The smallest one that is taken.
    pub fn of(asked: &HeaderMap) -> Self {
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

    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// `quality` is brotli's, from 0 to 11. In memory, where writing cannot fail.
    pub fn encode(self, plain: &[u8], quality: u32) -> Vec<u8> {
        let mut out = Vec::with_capacity(plain.len() / 3);
        match self {
            Self::Identity => out.extend_from_slice(plain),
            Self::Gzip => {
                let mut encoder =
                    flate2::write::GzEncoder::new(&mut out, flate2::Compression::default());
                let _ = encoder.write_all(plain);
                let _ = encoder.finish();
            }
            Self::Brotli => {
                let mut encoder = brotli::CompressorWriter::new(&mut out, 16 * 1024, quality, 20);
                let _ = encoder.write_all(plain);
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
}
