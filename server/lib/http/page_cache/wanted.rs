//! Which page of the catalogue an address asks for.

use std::borrow::Cow;

use app::locale::Language;
use axum::{
    body::Body,
    extract::Request,
    http::{Method, Uri},
};
use percent_encoding::percent_decode_str;

use crate::{
    coordination::Topic,
    http::{kept_forms::Key, page, state::HttpState},
    ids::is_id,
};

/// A page of the catalogue that is asked for.
pub struct WantedPage {
    /// Its address, without what makes no difference to it.
    pub(super) uri: Uri,
    pub(super) language: Language,
    pub(super) topics: Vec<Topic>,
}

impl WantedPage {
    pub fn by(state: &HttpState, request: &Request<Body>) -> Option<Self> {
        let reads = matches!(*request.method(), Method::GET | Method::HEAD)
            // With a form of the visitor's.
            && request.extensions().get::<Key>().is_none();
        let language = request.extensions().get::<Language>().copied();
        let language = language.unwrap_or_default();
        reads
            .then(|| Self::of(state, request.uri(), language))
            .flatten()
    }

    /// Each language has a page of its own, and another one once it is, or is no longer, the default.
    pub(super) fn name(&self) -> String {
        let code = self.language.locale.code();
        format!("{code} {}", self.language.href(&self.uri.to_string()))
    }

    fn of(state: &HttpState, uri: &Uri, language: Language) -> Option<Self> {
        let path = uri.path();
        if path == "/" {
            return Some(Self {
                uri: Uri::from_static("/"),
                language,
                topics: vec![Topic::lists()],
            });
        }
        if page::is_list(path) {
            // Another spelling of a list is sent to its address.
            let is_normal = page::normal_address(state, uri).is_none();
            return is_normal.then(|| Self {
                uri: uri.clone(),
                language,
                topics: vec![Topic::lists()],
            });
        }
        let of_lists = page_slug(uri)
            .or_else(|| collection_slug(uri))
            .or_else(|| drop_slug(uri));
        if of_lists.is_some() {
            return Some(Self {
                uri: path.parse().ok()?,
                language,
                topics: vec![Topic::lists()],
            });
        }
        let slug = product_slug(uri)?;
        let variant = uri.query().and_then(|query| {
            let mut fields = url::form_urlencoded::parse(query.as_bytes());
            fields.find(|(name, value)| name == "variant" && is_id(value))
        });
        let address = match variant {
            Some((_, id)) => format!("{path}?variant={id}"),
            None => path.to_owned(),
        };
        Some(Self {
            uri: address.parse().ok()?,
            language,
            // It shows related products, too.
            topics: vec![Topic::product(&slug), Topic::lists()],
        })
    }
}

/// The slug in the address of a product's page.
pub(super) fn product_slug(uri: &Uri) -> Option<Cow<'_, str>> {
    slug_below("/products/", uri)
}

/// The slug in the address of a category's page.
pub(super) fn category_slug(uri: &Uri) -> Option<Cow<'_, str>> {
    slug_below("/categories/", uri)
}

/// The slug in the address of a collection's page.
pub(super) fn collection_slug(uri: &Uri) -> Option<Cow<'_, str>> {
    slug_below("/collections/", uri)
}

/// The slug in the address of a drop's page.
fn drop_slug(uri: &Uri) -> Option<Cow<'_, str>> {
    slug_below("/drops/", uri)
}

/// The slug in the address of one of the owner's pages.
pub(super) fn page_slug(uri: &Uri) -> Option<Cow<'_, str>> {
    slug_below("/pages/", uri)
}

fn slug_below<'a>(folder: &str, uri: &'a Uri) -> Option<Cow<'a, str>> {
    let slug = uri.path().strip_prefix(folder)?;
    let is_one = !slug.is_empty() && !slug.contains('/');
    let slug = percent_decode_str(slug).decode_utf8().ok();
    // Postgres takes no NUL in a text.
    slug.filter(|slug| is_one && !slug.contains('\0'))
}
