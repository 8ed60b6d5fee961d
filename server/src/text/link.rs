//! Links that an owner types: to a page of the shop, or to another site.

use app::{address::Spelling, features};
use url::Url;

/// Most characters of a link.
const MAX_LINK: usize = 2000;

/// A link as it is stored: a path of the shop in its one spelling, or an address with `https`. `None` for
/// everything else, such as scripts and addresses that name a user.
pub fn link(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.chars().count() > MAX_LINK {
        return None;
    }
    match typed.starts_with('/') {
        true => path(typed),
        false => address(typed),
    }
}

fn path(typed: &str) -> Option<String> {
    let end = typed.find(['?', '#']).unwrap_or(typed.len());
    let (path, rest) = typed.split_at(end);
    let path = match Spelling::of(path, features::areas()) {
        _ if path.starts_with("//") || path.starts_with("/api/") => return None,
        Spelling::Canonical => path.to_owned(),
        Spelling::Other(path) => path,
        Spelling::Unreadable => return None,
    };
    // Read as browsers read it, which encode what may not be in an address.
    let url = Url::parse("https://shop.invalid").ok()?;
    let url = url.join(&format!("{path}{rest}")).ok()?;
    let is_here = url.host_str() == Some("shop.invalid") && url.path() == path;
    let query = url.query().map(|query| format!("?{query}"));
    let part = url.fragment().map(|part| format!("#{part}"));
    let (query, part) = (query.unwrap_or_default(), part.unwrap_or_default());
    is_here.then(|| format!("{path}{query}{part}"))
}

fn address(typed: &str) -> Option<String> {
    let is_https = typed
        .get(..8)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
    if !is_https || typed.contains('\\') {
        return None;
    }
    let url = Url::parse(typed).ok()?;
    let names_nobody = url.username().is_empty() && url.password().is_none();
    let has_host = url.host_str().is_some_and(|host| !host.is_empty());
    (names_nobody && has_host).then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_shop_or_to_an_address_with_https() {
        for (typed, stored) in [
            ("/", "/"),
            (" /products ", "/products"),
            ("/Products/", "/products"),
            ("/products?sort=newest#top", "/products?sort=newest#top"),
            ("/products?q=a b", "/products?q=a%20b"),
            ("/categories/Hüte", "/categories/h%C3%BCte"),
            ("https://example.com", "https://example.com/"),
            ("HTTPS://Example.com/a?b=c", "https://example.com/a?b=c"),
            ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ] {
            assert_eq!(link(typed).as_deref(), Some(stored), "{typed}");
            assert_eq!(link(stored).as_deref(), Some(stored), "it stays so");
        }
    }

    #[test]
    fn whatever_else_is_refused() {
        for typed in [
            "",
            "products",
            "javascript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "/\\evil.example",
            "/%5cevil.example",
            "/../admin",
            "/api/cart",
            "http://example.com",
            "https://",
            "https://user@example.com",
            "https://user:secret@example.com",
            "https://exam ple.com",
            "https:\\\\example.com",
            "mailto:a@example.com",
            "evil.example",
        ] {
            assert_eq!(link(typed), None, "{typed}");
        }
        let long = format!("/products?q={}", "a".repeat(MAX_LINK));
        assert_eq!(link(&long), None);
    }
}
