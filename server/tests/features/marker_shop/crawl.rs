//! What shoppers come to.

use std::collections::BTreeSet;

use app::locale::Locale;

use crate::support::{Browser, CONTACT_FORM, Stocked};

fn prefix(language: Locale) -> &'static str {
    match language {
        Locale::En => "",
        Locale::De => "/de",
    }
}

/// The steps of the checkout, all of them filled in.
pub async fn checkout(
    browser: &Browser,
    rope: &Stocked,
    language: Locale,
) -> Vec<(String, String)> {
    browser.add(rope.variant(), 1).await.expect(200);
    let payment = [("payment", "cash_on_delivery"), ("card_number", "")];
    let forms: [(&str, &[(&str, &str)]); 3] = [
        ("contact", &CONTACT_FORM),
        ("shipping", &[("shipping", "standard")]),
        ("payment", &payment),
    ];
    for (step, fields) in forms {
        let path = format!("/api/checkout/{step}");
        browser.call(&path, fields).await.expect(200);
    }
    let mut pages = Vec::new();
    let steps = [
        ("contact", "contact"),
        ("shipping", "shipping"),
        ("payment", "payment"),
        ("review", "place"),
    ];
    for (step, form) in steps {
        let path = format!("{}/checkout?step={step}", prefix(language));
        let page = browser.page(&path).await.expect(200).body;
        let form = format!("/api/checkout/{form}");
        assert!(page.contains(&form), "{path} has no {form}");
        pages.push((path, page));
    }
    pages
}

/// Paths of pages that a page leads to, in its language.
fn onward(page: &str, language: Locale) -> Vec<String> {
    let hrefs = page.split("href=\"").skip(1);
    let hrefs = hrefs.filter_map(|rest| rest.split('"').next());
    let is_page = |path: &&str| {
        let is_file = [
            "/pkg/",
            "/style/",
            "/media/",
            "/art/",
            "/look/",
            "/favicon",
            "/apple-touch-icon",
            "/site.webmanifest",
        ];
        let is_german = *path == "/de" || path.starts_with("/de/");
        path.starts_with('/')
            && !path.starts_with("//")
            // Lists have any number of filters.
            && !path.contains(['?', '#'])
            && !is_file.iter().any(|folder| path.starts_with(folder))
            && is_german == (language == Locale::De)
    };
    hrefs.filter(is_page).map(str::to_owned).collect()
}

/// All pages of a language that links lead to, with their paths.
pub async fn pages(browser: &Browser, language: Locale, more: &[String]) -> Vec<(String, String)> {
    let prefix = prefix(language);
    let first = match prefix {
        "" => "/".to_owned(),
        prefix => prefix.to_owned(),
    };
    let starts = ["/products", "/cart", "/contact", "/orders", "/nowhere"];
    let starts = starts.map(|path| format!("{prefix}{path}"));
    let mut waiting: Vec<String> = starts.into_iter().chain(more.iter().cloned()).collect();
    waiting.push(first);
    let mut seen = BTreeSet::new();
    let mut pages = Vec::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = browser.visit(&path).await;
        assert!(answer.status < 500, "{path}: {}", answer.status);
        waiting.extend(onward(&answer.body, language));
        // What leads on to another address says nothing.
        if matches!(answer.status, 200 | 404) {
            pages.push((path, answer.body));
        }
    }
    pages
}
