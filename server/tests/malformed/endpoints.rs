//! Everything that can be asked, and what can be wrong with it.

use std::sync::LazyLock;

use app::features;

use crate::support::requests::{SAMPLES, Spoil};

/// What a good request would say, and which field is to be spoilt.
pub struct Endpoint {
    pub path: &'static str,
    pub request: &'static Spoil,
}

/// Functions, and what is none.
pub static ENDPOINTS: LazyLock<Vec<Endpoint>> = LazyLock::new(|| {
    let functions = SAMPLES.iter().flat_map(|sample| {
        let requests = sample.spoil.iter();
        requests.map(move |request| Endpoint {
            path: &sample.path,
            request,
        })
    });
    let export = Endpoint {
        path: "/api/admin/customers/export",
        request: &EXPORT,
    };
    functions.chain([export]).collect()
});

static EXPORT: LazyLock<Spoil> = LazyLock::new(|| Spoil {
    fields: vec!["id".to_owned()],
    needed: vec!["id".to_owned()],
});

/// Every page there is, and what is no page.
pub static READ: LazyLock<Vec<String>> = LazyLock::new(|| {
    let pages = features::pages().map(|page| {
        let slug = match page.path.starts_with("/categories/") {
            true => "deck",
            false => "rope",
        };
        let segments = page.path.split('/').map(|segment| match segment {
            ":slug" => slug,
            segment if segment.starts_with(':') => "x",
            segment => segment,
        });
        segments.collect::<Vec<_>>().join("/")
    });
    pages.chain(OTHERS.map(str::to_owned)).collect()
});

const OTHERS: [&str; 12] = [
    "/api/admin/dashboard/live",
    "/api/admin/system/live",
    "/api/admin/search",
    "/api/products",
    "/api/products/rope",
    "/api/suggest",
    "/api/cart",
    "/media/demo/x.webp",
    "/style/x.css",
    "/pkg/x.js",
    "/sitemap.xml",
    "/sitemap/pages-1.xml",
];
