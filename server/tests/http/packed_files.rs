//! Files that never change are compressed once.

use std::{io::Read, time::Duration};

use app::style;
use reqwest::{
    Method,
    header::{ACCEPT_ENCODING, CONTENT_ENCODING, RANGE},
};

use crate::support::{Browser, TestShop, on_sqlite};

on_sqlite!(
    the_style_sheet_is_soon_as_small_as_it_gets,
    an_old_name_is_not_kept,
);

/// The bytes as they are sent, and how they are encoded.
async fn sent(browser: &Browser, path: &str, encoding: &str) -> (Vec<u8>, String) {
    let request = browser.request(Method::GET, path);
    let answer = request.header(ACCEPT_ENCODING, encoding).send().await;
    let answer = answer.expect("it answers");
    let name = answer.headers().get(CONTENT_ENCODING);
    let name = name.map_or("", |name| name.to_str().unwrap()).to_owned();
    (answer.bytes().await.unwrap().to_vec(), name)
}

fn unpacked(bytes: &[u8]) -> String {
    let mut plain = String::new();
    let mut reader = brotli::Decompressor::new(bytes, 4096);
    reader.read_to_string(&mut plain).expect("it is whole");
    plain
}

async fn the_style_sheet_is_soon_as_small_as_it_gets(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let href = style::HREF.as_str();
    let (first, name) = sent(&browser, href, "br, gzip").await;
    assert_eq!(
        (unpacked(&first).as_str(), name.as_str()),
        (style::CSS.as_str(), "br")
    );
    let mut packed = first.clone();
    for _ in 0..1000 {
        if packed.len() < first.len() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        packed = sent(&browser, href, "br, gzip").await.0;
    }
    assert!(packed.len() < first.len(), "{} bytes", first.len());
    assert_eq!(unpacked(&packed), *style::CSS);

    let answer = browser
        .request(Method::GET, href)
        .header(ACCEPT_ENCODING, "br");
    let answer = answer.send().await.unwrap();
    for (header, value) in [
        ("content-type", "text/css; charset=utf-8"),
        ("content-encoding", "br"),
        ("vary", "accept-encoding"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(answer.headers()[header], value);
    }
    let (plain, name) = sent(&browser, href, "identity").await;
    assert_eq!(
        (plain.as_slice(), name.as_str()),
        (style::CSS.as_bytes(), "")
    );
    assert_eq!(sent(&browser, href, "gzip, br;q=0").await.1, "gzip");
    let part = browser
        .request(Method::GET, href)
        .header(RANGE, "bytes=0-3");
    assert!(part.send().await.unwrap().status().is_success());
}

async fn an_old_name_is_not_kept(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let path = "/style/holdfast.0000000000000000.css";
    let (first, _) = sent(&browser, path, "br").await;
    // Were it packed, it would be by the time that the present one is.
    let (whole, _) = sent(&browser, style::HREF.as_str(), "br").await;
    for _ in 0..1000 {
        if sent(&browser, style::HREF.as_str(), "br").await.0.len() < whole.len() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(sent(&browser, path, "br").await.0.len(), first.len());
}
