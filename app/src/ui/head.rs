//! What goes into the head of a page.

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use crate::{locale::Language, shop::shop};

/// Title of a page that search engines are to leave alone: cart, checkout, orders, admin.
pub fn private_head(title: &str) -> impl IntoView + use<> {
    view! {
        <Title text=page_title(title)/>
        <Meta name="robots" content="noindex"/>
    }
}

/// The addresses of a page in all languages of the shop, if it has several; `path` is without one.
pub fn alternates(path: &str) -> Option<Vec<AnyView>> {
    let settings = shop().settings;
    let link = |name: &'static str, language: Language| {
        let href = format!("{}{}", settings.base_url, language.href(path));
        view! { <Link rel="alternate" hreflang=name href=href/> }.into_any()
    };
    let languages = &settings.languages;
    let mut links: Vec<_> = languages
        .iter()
        .map(|language| link(language.locale.code(), language))
        .collect();
    links.push(link("x-default", languages.default_language()));
    (links.len() > 2).then_some(links)
}

/// The title of a page, with the shop's name behind it, escaped: leptos_meta writes titles as they
/// are, and searches and product names stand in them.
pub fn page_title(title: &str) -> String {
    escape(&format!("{title} – {}", shop().settings.name))
}

/// Text that means itself between two tags.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_title_cannot_end_itself() {
        assert_eq!(
            super::escape("</title><b>&"),
            "&lt;/title&gt;&lt;b&gt;&amp;"
        );
    }
}
