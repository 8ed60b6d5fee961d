//! The one spelling of each address.
//!
//! A path can be written in many ways, and whatever reads one must not read it otherwise than what
//! read it before: what a cache takes for a product's page the router may take for an order's. So a
//! path is brought into its one spelling, or refused, before anything else looks at it.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use crate::area::{Areas, Below};

/// What is percent-encoded in a segment: all but `pchar` of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// How a path is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spelling {
    /// As it should be.
    Canonical,
    /// Otherwise; this is how it should be.
    Other(String),
    /// So that nobody can tell what is meant: there is nothing at such an address.
    Unreadable,
}

impl Spelling {
    /// `path` begins with a slash and has no query. Empty segments, letters that are encoded
    /// without need, capital letters in an area's segment or in a slug and letters of a slug that are
    /// put together of several signs are other spellings.
    /// What programs read differently is none: dot segments, encoded or backward slashes, control
    /// characters, broken encoding, bytes that are no UTF-8.
    pub fn of(path: &str, areas: Areas) -> Self {
        if is_plain(path) {
            return Self::Canonical;
        }
        match canonical(path, areas) {
            None => Self::Unreadable,
            Some(canonical) if canonical == path => Self::Canonical,
            Some(canonical) => Self::Other(canonical),
        }
    }
}

/// A text as one segment of a path.
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// Whether it is canonical at first sight, as most are.
fn is_plain(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else {
        return false;
    };
    let is_plain = |segment: &str| {
        !matches!(segment, "" | "." | "..")
            && segment
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_'))
    };
    rest.is_empty() || rest.split('/').all(is_plain)
}

fn canonical(path: &str, areas: Areas) -> Option<String> {
    let given = path.strip_prefix('/')?.split('/');
    let given = given.filter(|segment| !segment.is_empty());
    let mut segments = given.map(decoded).collect::<Option<Vec<_>>>()?;
    if let Some(area) = segments.first().and_then(|first| areas.called(first)) {
        segments[0] = Cow::Borrowed(area.segment);
        if area.below == Below::Slug
            && let Some(slug) = segments.get_mut(1)
        {
            *slug = Cow::Owned(slug.to_lowercase().nfc().collect());
        }
    }
    if segments.is_empty() {
        return Some("/".to_owned());
    }
    let mut canonical = String::with_capacity(path.len());
    for segment in &segments {
        canonical.push('/');
        canonical.extend(utf8_percent_encode(segment, ENCODED));
    }
    Some(canonical)
}

/// What a segment says, if all who read it agree on that.
fn decoded(segment: &str) -> Option<Cow<'_, str>> {
    let is_whole = segment.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if !is_whole {
        return None;
    }
    let text = percent_decode_str(segment).decode_utf8().ok()?;
    let is_clear = !matches!(&*text, "." | "..")
        && !text.contains(|c: char| matches!(c, '/' | '\\') || c.is_control());
    is_clear.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::samples;

    #[test]
    fn an_address_as_it_should_be_stays() {
        for path in [
            "/",
            "/products",
            "/products/rope-2",
            "/products/%E7%B7%91%E8%8C%B6",
            "/products/stra%C3%9Fe",
            "/pkg/holdfast.8fQz_-A.js",
            "/orders/AbC-_9",
            "/admin/products/0190-A",
            "/media/a.b.webp",
            "/products/50%25-off",
            "/x/!$&'()*+,;=:@~",
        ] {
            assert_eq!(Spelling::of(path, samples()), Spelling::Canonical, "{path}");
        }
    }

    #[test]
    fn another_spelling_leads_to_the_one_address() {
        for (path, canonical) in [
            ("//", "/"),
            ("/products/", "/products"),
            ("//products///rope/", "/products/rope"),
            ("//evil.example/products", "/evil.example/products"),
            ("/products/%72ope", "/products/rope"),
            ("/%70roducts", "/products"),
            ("/products/SEO1", "/products/seo1"),
            ("/Categories/Bags-Travel", "/categories/bags-travel"),
            ("/CART", "/cart"),
            ("/products/%e7%b7%91", "/products/%E7%B7%91"),
            ("/products/緑", "/products/%E7%B7%91"),
            ("/products/%C3%84rmel", "/products/%C3%A4rmel"),
            (
                "/products/%CE%9F%CE%94%CE%9F%CE%A3",
                "/products/%CE%BF%CE%B4%CE%BF%CF%82",
            ),
            (
                "/products/%D1%87%D0%B0%D0%B8%CC%86",
                "/products/%D1%87%D0%B0%D0%B9",
            ),
            ("/categories/ЧАИ\u{306}", "/categories/%D1%87%D0%B0%D0%B9"),
            ("/products/a|b", "/products/a%7Cb"),
            ("/Orders/AbC", "/orders/AbC"),
        ] {
            let spelling = Spelling::of(path, samples());
            assert_eq!(spelling, Spelling::Other(canonical.to_owned()), "{path}");
            let again = Spelling::of(canonical, samples());
            assert_eq!(again, Spelling::Canonical, "{canonical}");
        }
    }

    #[test]
    fn what_readers_disagree_on_is_no_address() {
        for path in [
            "",
            "*",
            "products",
            "/products/..\\orders\\secret",
            "/products/%2e%2e\\orders\\secret",
            "/products/..%5Corders",
            "/products/..",
            "/products/.",
            "/./products",
            "/products/%2e%2E",
            "/products/.%2e",
            "/categories/%2E",
            "/products/a%2Fb",
            "/products/a%2fb",
            "/products/%00",
            "/products/a%0Ab",
            "/products/%7F",
            "/products/%C2%85",
            "/products/%",
            "/products/%4",
            "/products/%zz",
            "/products/%FF",
            "/products/%ED%A0%80",
        ] {
            assert_eq!(
                Spelling::of(path, samples()),
                Spelling::Unreadable,
                "{path}"
            );
        }
    }

    #[test]
    fn a_text_is_one_segment_whatever_it_holds() {
        assert_eq!(segment("rope-2"), "rope-2");
        assert_eq!(segment("緑/茶?"), "%E7%B7%91%2F%E8%8C%B6%3F");
    }
}
