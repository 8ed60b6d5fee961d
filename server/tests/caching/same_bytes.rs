//! A page from memory is the page as it would be rendered now: same status, same headers, same
//! bytes, however they are packed.

use std::io::Read;

use reqwest::{
    Method, StatusCode,
    header::{
        ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, HeaderMap,
        IF_NONE_MATCH, VARY,
    },
};

use crate::{
    alone,
    rig::{Cluster, Desk, Goods, Node, Stocked},
    servers,
};

const PAGES: [&str; 5] = [
    "/",
    "/products",
    "/categories/lamps?sort=price-up",
    "/products/storm-lamp",
    "/products/nowhere",
];
const BASE: (&str, &str) = ("HOLDFAST_BASE_URL", "http://shop.test");

struct Page {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Page {
    async fn get(shop: &Cluster, node: &Node, path: &str, headers: &[(&str, &str)]) -> Self {
        Self::ask(Method::GET, shop, node, path, headers).await
    }

    async fn ask(
        method: Method,
        shop: &Cluster,
        node: &Node,
        path: &str,
        headers: &[(&str, &str)],
    ) -> Self {
        let url = format!("{}{path}", node.base());
        let mut request = shop.http.request(method, url).header(ACCEPT, "text/html");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.expect("the node answers");
        let (status, mut headers) = (answer.status(), answer.headers().clone());
        for each_its_own in ["date", "x-request-id"] {
            headers.remove(each_its_own);
        }
        let bytes = answer.bytes().await.expect("the page is whole").to_vec();
        Self {
            status,
            headers,
            bytes,
        }
    }

    fn header(&self, name: impl reqwest::header::AsHeaderName) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("it is a text"))
    }

    fn unpacked(&self) -> Vec<u8> {
        let mut html = Vec::new();
        let read = match self.header(CONTENT_ENCODING) {
            "br" => brotli::Decompressor::new(&*self.bytes, 4096).read_to_end(&mut html),
            "gzip" => flate2::read::GzDecoder::new(&*self.bytes).read_to_end(&mut html),
            "" => {
                html.clone_from(&self.bytes);
                Ok(html.len())
            }
            other => panic!("packed as {other:?}"),
        };
        read.expect("it can be unpacked");
        html
    }
}

/// A node that caches and two that cannot, since they know nothing of each other, on one database.
async fn with_and_without_cache() -> (Cluster, Node, Stocked) {
    let (postgres, redis) = servers().await;
    let shop = Cluster::on(postgres).await.redis(redis);
    let shop = shop.env(BASE.0, BASE.1).start().await;
    let goods = [
        Goods::new("Storm Lamp", 4900, 9).category("Lamps"),
        Goods::new("Pocket Lamp", 1900, 3).category("Lamps"),
        Goods::new("Rope", 900, 0),
    ];
    let lamp = shop.stock(&goods).await.remove(0);
    let apart = shop.nodes[0].settings().clone();
    let apart = Node::start(apart.without_redis().nodes(2)).await;
    (shop, apart, lamp)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cached_page_is_sent_as_an_uncached_one() {
    let _turn = alone().await;
    let (shop, apart, _) = with_and_without_cache().await;
    for path in PAGES {
        for encoding in ["identity", "gzip", "br"] {
            let asked = [(ACCEPT_ENCODING.as_str(), encoding)];
            let uncached = Page::get(&shop, &apart, path, &asked).await;
            let first = Page::get(&shop, &shop.nodes[0], path, &asked).await;
            let again = Page::get(&shop, &shop.nodes[0], path, &asked).await;
            for cached in [first, again] {
                assert_eq!(cached.status, uncached.status, "{path} {encoding}");
                assert_eq!(cached.headers, uncached.headers, "{path} {encoding}");
                assert!(cached.bytes == uncached.bytes, "{path} {encoding}");
            }
        }
    }
    let hits = ["kind=\"page\"", "outcome=\"hit\""];
    let hits = shop.counted("holdfast_cache_requests_total", &hits).await;
    assert!(hits >= PAGES.len() as f64, "{hits} pages came from memory");
    let metrics = apart.metrics(&shop.http).await;
    let is_hit = |line: &str| line.contains("outcome=\"hit\"") && !line.ends_with(" 0");
    assert!(!metrics.lines().any(is_hit), "the other node caches, too");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cached_page_is_the_same_in_every_encoding_and_guarded_like_any_other() {
    let _turn = alone().await;
    let (shop, _, _) = with_and_without_cache().await;
    let node = &shop.nodes[0];
    // Never cached.
    let cart = Page::get(&shop, node, "/cart", &[("accept-encoding", "identity")]).await;
    for path in PAGES {
        let plain = Page::get(&shop, node, path, &[("accept-encoding", "identity")]).await;
        assert!(plain.bytes.starts_with(b"<!DOCTYPE html>"), "{path}");
        for encoding in ["gzip", "br"] {
            let packed = Page::get(&shop, node, path, &[("accept-encoding", encoding)]).await;
            assert_eq!(packed.header(CONTENT_ENCODING), encoding, "{path}");
            assert!(packed.header(VARY).contains("accept-encoding"), "{path}");
            assert!(packed.unpacked() == plain.bytes, "{path} {encoding}");
            assert!(
                packed.bytes.len() * 2 < plain.bytes.len(),
                "{path} {encoding}"
            );
        }
        for guard in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "content-type",
        ] {
            assert!(!cart.header(guard).is_empty(), "{guard}");
            assert_eq!(plain.header(guard), cart.header(guard), "{path} {guard}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_the_page_is_told_so_until_it_changes() {
    let _turn = alone().await;
    let (shop, _, lamp) = with_and_without_cache().await;
    let node = &shop.nodes[0];
    for path in &PAGES[..4] {
        for encoding in ["identity", "gzip", "br"] {
            let encoding = ("accept-encoding", encoding);
            let page = Page::get(&shop, node, path, &[encoding]).await;
            let tag = page.header(ETAG).to_owned();
            assert!(tag.starts_with('"'), "{path} has the strong tag {tag:?}");
            let known = (IF_NONE_MATCH.as_str(), tag.as_str());
            let answer = Page::get(&shop, node, path, &[encoding, known]).await;
            assert_eq!(answer.status, StatusCode::NOT_MODIFIED, "{path}");
            assert!(answer.bytes.is_empty(), "{path}");
            for same in [ETAG, CACHE_CONTROL, VARY] {
                assert_eq!(answer.header(&same), page.header(&same), "{path} {same}");
            }
            let head = Page::ask(Method::HEAD, &shop, node, path, &[encoding]).await;
            assert_eq!(head.status, page.status, "{path}");
            assert_eq!(head.header(ETAG), tag, "{path}");
            assert_eq!(head.header(CONTENT_LENGTH), page.header(CONTENT_LENGTH));
            assert!(head.bytes.is_empty(), "{path}");
        }
    }
    let path = "/products/storm-lamp";
    let old = Page::get(&shop, node, path, &[]).await;
    let desk = Desk::open(node, shop.http.clone()).await;
    desk.set_price(&node.base(), &lamp, 5900).await;
    let known = (IF_NONE_MATCH.as_str(), old.header(ETAG));
    let new = Page::get(&shop, node, path, &[known]).await;
    assert_eq!(new.status, StatusCode::OK);
    assert_ne!(new.header(ETAG), old.header(ETAG));
}
