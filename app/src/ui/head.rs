//! What goes into the head of a page.

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use super::brand::touch_icon;
use crate::{
    locale::{Language, Locale, href, locale},
    shop::shop,
};

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

/// What is shown of a page where someone shares a link to it.
pub struct Shared<'a> {
    /// In the words of Open Graph: `website`, `product` or `article`.
    pub kind: &'static str,
    pub title: String,
    pub description: Option<String>,
    /// Without the language.
    pub path: &'a str,
    /// What the page is about: its address and what is said of it. Without one it is the shop's icon.
    pub picture: Option<(&'a str, &'a str)>,
}

/// The words of Open Graph, and of Twitter's cards where those have no others.
pub fn shared(page: Shared<'_>) -> AnyView {
    let settings = shop().settings;
    let base_url = settings.base_url.as_str();
    let (card, picture) = match page.picture {
        Some((src, _)) => ("summary_large_image", absolute(base_url, src)),
        None => ("summary", absolute(base_url, &touch_icon(&settings.look))),
    };
    let alt = page
        .picture
        .map(|(_, alt)| alt)
        .filter(|alt| !alt.is_empty());
    let alt = alt.map(|alt| view! { <Meta property="og:image:alt" content=alt.to_owned()/> });
    let description = page
        .description
        .map(|words| view! { <Meta property="og:description" content=words/> });
    let others = settings.languages.locales();
    let others: Vec<_> = others
        .filter(|other| *other != locale())
        .map(|other| view! { <Meta property="og:locale:alternate" content=territory(other)/> })
        .collect();
    view! {
        <Meta property="og:type" content=page.kind/>
        <Meta property="og:site_name" content=settings.name.clone()/>
        <Meta property="og:title" content=page.title/>
        {description}
        <Meta property="og:url" content=absolute(base_url, &href(page.path))/>
        <Meta property="og:locale" content=territory(locale())/>
        {others}
        <Meta property="og:image" content=picture/>
        {alt}
        <Meta name="twitter:card" content=card/>
    }
    .into_any()
}

/// `en_GB`, as Open Graph writes it.
fn territory(locale: Locale) -> String {
    locale.tag().replace('-', "_")
}

/// The full address of what is at this one of ours, or elsewhere.
pub fn absolute(base_url: &str, src: &str) -> String {
    match src.starts_with('/') {
        true => format!("{base_url}{src}"),
        false => src.to_owned(),
    }
}

/// The title of a page, with the shop's name behind it, escaped: leptos_meta writes titles as they
/// are, and searches and product names are in them.
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
