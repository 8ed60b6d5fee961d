//! Making requests that are wrong in one way or many.

use std::collections::BTreeMap;

use rand::{Rng, rngs::StdRng, seq::IndexedRandom};
use server::text::spelled;

use super::endpoints::{ENDPOINTS, Endpoint, READ};
use crate::support::requests::Spoil;

/// Values that no field of ours takes.
fn spoilt(rng: &mut StdRng) -> Vec<u8> {
    let fixed: [&[u8]; 27] = [
        b"1.000",
        b"1,500",
        b"%E2%80%8B",
        b"%EF%BB%BF%C2%AD%E2%80%AE",
        b"-1",
        b"1.5",
        b"NaN",
        b"null",
        b"99999999999999999999999999",
        b"-9223372036854775809",
        b"%00",
        b"%FF%FE",
        b"%",
        b"%zz",
        b"%ED%A0%80",
        b"\xff\xfe\xfa",
        b"';DROP%20TABLE%20orders;--",
        b"<script>alert(1)</script>",
        b"..%2f..%2fetc%2fpasswd",
        b"%E2%80%AE%F0%9F%92%A9",
        b"[]",
        b"{}",
        b"%0d%0aset-cookie:%20x=y",
        b"\"",
        b"00000000-0000-0000-0000-00000000000g",
        b"%C3%28",
        b"e%CC%81%CC%81%CC%81",
    ];
    match rng.random_range(0..10) {
        0 => vec![b'9'; rng.random_range(20..5000)],
        1 => b"%F0%9F%8C%8A".repeat(rng.random_range(50..2000)),
        2 => (0..rng.random_range(1..200)).map(|_| byte(rng)).collect(),
        _ => fixed.choose(rng).unwrap().to_vec(),
    }
}

/// Any byte that neither ends the field it is in nor is taken for a blank or a digit.
fn byte(rng: &mut StdRng) -> u8 {
    loop {
        let byte: u8 = rng.random();
        if !matches!(byte, b'&' | b'=' | b'+' | b'0'..=b'9') && !byte.is_ascii_whitespace() {
            return byte;
        }
    }
}

/// A value that this field does not take: some that are wrong in most places are right in one.
fn spoilt_for(name: &str, rng: &mut StdRng) -> Vec<u8> {
    loop {
        let value = spoilt(rng);
        let right = match name {
            "delta" | "rows[0][units]" => value == b"-1",
            // A letter or a digit makes an address, and nothing at all leaves it as it is.
            "slug" => {
                let field = [b"slug=".as_slice(), value.as_slice()].concat();
                url::form_urlencoded::parse(&field)
                    .any(|(_, text)| text.trim().is_empty() || !spelled(&text).is_empty())
            }
            "variants[0][price]" => value == b"1.5",
            "checkout_key" => value
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || *b == b'-'),
            _ => false,
        };
        if !right {
            return value;
        }
    }
}

fn body(endpoint: &Endpoint, good: &BTreeMap<&str, String>, rng: &mut StdRng) -> Vec<u8> {
    let Spoil { fields, needed } = endpoint.request;
    let target = needed.choose(rng).unwrap().as_str();
    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for name in fields.iter().map(String::as_str) {
        let name_bytes = name.as_bytes().to_vec();
        if name == target {
            for _ in 0..*[1, 1, 1, 2, 5].choose(rng).unwrap() {
                pairs.push((name_bytes.clone(), spoilt_for(name, rng)));
            }
            continue;
        }
        let value = match rng.random_range(0..6) {
            0 => continue,
            1 => spoilt(rng),
            _ => good.get(name).cloned().unwrap_or_default().into_bytes(),
        };
        pairs.push((name_bytes, value));
    }
    // Things nobody asked for: foreign fields, nesting, huge indices.
    for _ in 0..rng.random_range(0..3) {
        let name = match rng.random_range(0..6) {
            0 => format!("variants{}", "[a]".repeat(rng.random_range(1..300))),
            1 => format!("variants[{}][price]", u64::MAX),
            2 => format!("{target}[{}]", rng.random_range(0..9)),
            3 => "[[[".to_owned(),
            4 => "x".repeat(rng.random_range(1..3000)),
            _ => "pictures[0][id][id]".to_owned(),
        };
        pairs.push((name.into_bytes(), spoilt(rng)));
    }
    let separator: &[u8] = if rng.random_bool(0.05) { b"&&" } else { b"&" };
    let pairs: Vec<_> = pairs
        .into_iter()
        .map(|(name, value)| [name, b"=".to_vec(), value].concat())
        .collect();
    pairs.join(separator)
}

fn odd_target(path: &str, rng: &mut StdRng) -> Vec<u8> {
    let mut target = path.as_bytes().to_vec();
    if rng.random_bool(0.4) {
        let odd: [&[u8]; 15] = [
            b"/..\\orders",
            b"\\..\\checkout",
            b"/%5c..%5c",
            b"/.%2e/",
            b"/%2E",
            b"/",
            b"//",
            b"/%00",
            b"/%FF",
            b"/%",
            b"/../../etc/passwd",
            b"/%2e%2e/%2e%2e",
            b"/\xc3\xa9",
            b";a=b",
            b"/x/y/z",
        ];
        target.extend_from_slice(odd.choose(rng).unwrap());
    }
    if rng.random_bool(0.7) {
        target.push(b'?');
        for _ in 0..rng.random_range(1..6) {
            let names = [
                "q", "page", "sort", "min", "max", "tag", "opt.size", "opt.", "category", "step",
                "variant", "next", "active", "status", "in_stock", "q[a][b]", "%", "",
            ];
            target.extend_from_slice(names.choose(rng).unwrap().as_bytes());
            target.push(b'=');
            // A request line with a bare space or a control character is none at all.
            target.extend(
                spoilt(rng)
                    .into_iter()
                    .filter(|b| *b > b' ' && *b != 0x7f)
                    .take(4000),
            );
            target.push(b'&');
        }
    }
    target
}

pub struct Guest {
    pub cart: String,
    pub session: String,
}

pub fn request(guest: &Guest, good: &BTreeMap<&str, String>, rng: &mut StdRng) -> Vec<u8> {
    let write = rng.random_bool(0.7);
    let mut method = if write { "POST" } else { "GET" };
    let (target, body) = if write {
        let endpoint = ENDPOINTS.choose(rng).unwrap();
        let body = body(endpoint, good, rng);
        (endpoint.path.as_bytes().to_vec(), body)
    } else {
        (odd_target(READ.choose(rng).unwrap(), rng), Vec::new())
    };
    if rng.random_bool(0.1) {
        method = [
            "GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW",
        ]
        .choose(rng)
        .unwrap();
    }
    let kind: &[u8] = match rng.random_range(0..10) {
        0 => b"application/json",
        1 => b"multipart/form-data; boundary=x",
        2 => b"text/plain",
        3 => b"application/x-www-form-urlencoded; charset=utf-16",
        4 => b"\xff/\xfe",
        _ => b"application/x-www-form-urlencoded",
    };
    let accept: &[u8] = [&b"application/json"[..], b"text/html", b"*/*", b"\xff"]
        .choose(rng)
        .unwrap();
    let mut out = Vec::new();
    let mut line = |parts: &[&[u8]]| {
        out.extend(parts.concat());
        out.extend(b"\r\n");
    };
    line(&[method.as_bytes(), b" ", &target, b" HTTP/1.1"]);
    line(&[b"host: shop.test"]);
    line(&[b"connection: close"]);
    line(&[b"content-type: ", kind]);
    line(&[b"accept: ", accept]);
    match rng.random_range(0..10) {
        0 => line(&[
            b"cookie: holdfast_cart=",
            &[b'a'; 43],
            b"; holdfast_session=\xff",
        ]),
        1 => line(&[b"cookie: ;;;=;holdfast_cart;", &[b'x'; 2000]]),
        2 => {}
        _ => line(&[
            b"cookie: holdfast_cart=",
            guest.cart.as_bytes(),
            b"; holdfast_session=",
            guest.session.as_bytes(),
        ]),
    }
    if rng.random_bool(0.2) {
        let referer = spoilt(rng);
        let plain: Vec<u8> = referer
            .into_iter()
            .filter(|b| *b > b' ')
            .take(3000)
            .collect();
        line(&[b"referer: http://shop.test/", &plain]);
    }
    if rng.random_bool(0.05) {
        line(&[b"transfer-encoding: chunked"]);
        line(&[b""]);
        out.extend(b"zz\r\nnot a chunk");
        return out;
    }
    line(&[b"content-length: ", body.len().to_string().as_bytes()]);
    line(&[b""]);
    out.extend(body);
    out
}
