//! The content security policy, and that the shop is only reached over TLS.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, header},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};

use super::{page, state::HttpState};

/// A year, as browsers' own lists ask for. Subdomains, too: one of them that is not encrypted could
/// set cookies for the shop.
const ALWAYS_ENCRYPTED: HeaderValue =
    HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// What browsers are told to hold to, the same for every response.
#[derive(Clone)]
pub struct Policy {
    pub content: HeaderValue,
    /// Where the shop is reached over TLS: never to come without it again.
    pub transport: Option<HeaderValue>,
}

impl Policy {
    /// The only inline scripts are those in which Leptos would hand data to islands. We give it none, so
    /// they are the same on every page, and their hashes are in the policy; they are read off an error page
    /// that we render ourselves, which holds nothing from visitors.
    pub async fn of_site(state: &HttpState) -> Self {
        let request = Request::builder()
            .uri("/")
            .body(Body::empty())
            .unwrap_or_default();
        let error = app::error::ShopError::unavailable();
        let response = page::render_error(state, request, error).await;
        let body = response
            .into_body()
            .collect()
            .await
            .map(|body| body.to_bytes());
        let html = String::from_utf8_lossy(&body.unwrap_or_default()).into_owned();
        let hashes: String = inline_scripts(&html)
            .map(|script| {
                format!(
                    " 'sha256-{}'",
                    BASE64_STANDARD.encode(Sha256::digest(script.as_bytes()))
                )
            })
            .collect();
        // The development server's reload script opens a socket on a port of its own.
        let connect = if std::env::var_os("LEPTOS_WATCH").is_some() {
            " ws: wss:"
        } else {
            ""
        };
        // Browsers hold the answer to a form to this, too: the way to a provider's page.
        let pages: String = state
            .services
            .checkout
            .payment_pages()
            .iter()
            .map(|origin| format!(" {origin}"))
            .collect();
        let policy = format!(
            // Nothing from elsewhere unless named.
            "default-src 'self'; \
             script-src 'self' 'wasm-unsafe-eval'{hashes}; \
             style-src 'self'; \
             img-src 'self' https:; \
             connect-src 'self'{connect}; \
             object-src 'none'; \
             base-uri 'none'; \
             form-action 'self'{pages}; \
             frame-ancestors 'none'"
        );
        let is_encrypted = app::cookie::is_encrypted(state.services.settings.base_url());
        Self {
            content: HeaderValue::from_str(&policy)
                .unwrap_or(HeaderValue::from_static("default-src 'self'")),
            transport: is_encrypted.then_some(ALWAYS_ENCRYPTED),
        }
    }
}

/// Texts of the scripts that are in the page itself; structured data is no script.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (tag, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!tag.contains("src=") && !tag.contains("ld+json")).then_some(script)
    })
}

/// Used where headers are added.
pub const NAME: header::HeaderName = header::CONTENT_SECURITY_POLICY;
