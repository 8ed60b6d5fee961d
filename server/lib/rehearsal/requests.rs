//! What buyers send.

use std::net::{Ipv4Addr, SocketAddr};

use app::tickets::TICKETS;
use axum::body::Bytes;
use http::{Method, Request, header};
use http_body_util::Full;
use percent_encoding::{CONTROLS, utf8_percent_encode};

/// A ticket as a browser sends it.
pub fn kept(ticket: &str) -> String {
    format!("{}={ticket}", TICKETS.plain_name())
}

pub fn with_cookies(request: &mut Request<Full<Bytes>>, cookies: &str) {
    if let Ok(cookies) = cookies.parse() {
        request.headers_mut().insert(header::COOKIE, cookies);
    }
}

/// A form that a script sends.
pub fn form(
    address: SocketAddr,
    path: &str,
    n: usize,
    fields: &[(&str, &str)],
) -> Request<Full<Bytes>> {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields.iter().copied())
        .finish();
    let mut request = request(Method::POST, address, path, n);
    let headers = request.headers_mut();
    headers.insert(
        header::ACCEPT,
        header::HeaderValue::from_static("application/json"),
    );
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    request.map(|_| Full::new(Bytes::from(form)))
}

/// The page of a drop.
pub fn page(address: SocketAddr, slug: &str, n: usize) -> Request<Full<Bytes>> {
    page_at(address, &format!("/drops/{}", encoded(slug)), n)
}

/// Letters of any language.
pub fn encoded(slug: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(slug, CONTROLS)
}

pub fn page_at(address: SocketAddr, path: &str, n: usize) -> Request<Full<Bytes>> {
    let mut request = request(Method::GET, address, path, n);
    let headers = request.headers_mut();
    headers.insert(
        header::ACCEPT,
        header::HeaderValue::from_static("text/html"),
    );
    headers.insert(
        header::ACCEPT_ENCODING,
        header::HeaderValue::from_static("gzip, deflate, br"),
    );
    request
}

/// As the proxy in front of a shop passes it on: each buyer has an address of their own.
pub fn request(method: Method, address: SocketAddr, path: &str, n: usize) -> Request<Full<Bytes>> {
    let mut request = Request::new(Full::default());
    *request.method_mut() = method;
    if let Ok(uri) = path.parse() {
        *request.uri_mut() = uri;
    }
    let told = [
        (header::HOST, address.to_string()),
        (
            header::HeaderName::from_static("x-forwarded-for"),
            home(n).to_string(),
        ),
    ];
    for (name, value) in told {
        if let Ok(value) = value.parse() {
            request.headers_mut().insert(name, value);
        }
    }
    request
}

/// One of the 16 million addresses of a private network.
pub fn home(n: usize) -> Ipv4Addr {
    let n = u32::try_from(n).unwrap_or_default();
    Ipv4Addr::from_bits(0x0a00_0000 | (n & 0x00ff_ffff))
}
