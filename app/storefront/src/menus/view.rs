//! Menus in header and footer: links and disclosures, by keyboard and without script.

use app::{
    locale::{href, locale},
    menus::{text::Text, types::MenuLink},
    ui::icon::{Icon, icon},
};
use http::request::Parts;
use leptos::prelude::*;

/// The rows of the header's menu. `current` is the path of the category that the page belongs to.
pub fn header(links: &[MenuLink], current: Option<&str>) -> AnyView {
    let here = Here::with(current);
    links
        .iter()
        .map(|link| match link.below.is_empty() {
            true => view! { <li>{anchor(link, &here)}</li> }.into_any(),
            false => disclosure(link, &here),
        })
        .collect_view()
        .into_any()
}

/// An item with others below it. Opening one closes the one that was open.
fn disclosure(link: &MenuLink, here: &Here) -> AnyView {
    let own = link
        .href
        .is_some()
        .then(|| view! { <li>{anchor(link, here)}</li> });
    view! {
        <li class="menu-item">
            <details class="menu-more" name="site-menu">
                <summary>{link.label.clone()} {icon(Icon::Chevron)}</summary>
                <ul class="menu-panel">{own} {below(link, here)}</ul>
            </details>
        </li>
    }
    .into_any()
}

fn below(link: &MenuLink, here: &Here) -> Vec<AnyView> {
    link.below
        .iter()
        .map(|link| {
            let more = (!link.below.is_empty())
                .then(|| view! { <ul class="menu-below">{below(link, here)}</ul> });
            view! { <li>{anchor(link, here)} {more}</li> }.into_any()
        })
        .collect()
}

/// The columns of the footer's menu: one for each item with others below it, and one for the rest.
pub fn footer(links: &[MenuLink]) -> AnyView {
    let here = Here::with(None);
    let columns = links
        .iter()
        .enumerate()
        .filter(|(_, link)| !link.below.is_empty())
        .map(|(at, link)| {
            let id = format!("f-menu-{at}");
            let title = match link.href {
                Some(_) => anchor(link, &here),
                None => link.label.clone().into_any(),
            };
            let labelled = id.clone();
            view! {
                <nav aria-labelledby=labelled>
                    <h2 class="footer-title" id=id>{title}</h2>
                    <ul class="footer-links">{below(link, &here)}</ul>
                </nav>
            }
        })
        .collect_view();
    let single: Vec<_> = links
        .iter()
        .filter(|link| link.below.is_empty())
        .map(|link| view! { <li>{anchor(link, &here)}</li> })
        .collect();
    let single = (!single.is_empty()).then(|| {
        let name = Text::from(locale()).more();
        view! { <nav aria-label=name><ul class="footer-links">{single}</ul></nav> }
    });
    view! { {columns} {single} }.into_any()
}

fn anchor(link: &MenuLink, here: &Here) -> AnyView {
    let label = link.label.clone();
    match &link.href {
        Some(address) => {
            let current = here.is(address).then_some("page");
            view! { <a href=in_language(address) aria-current=current>{label}</a> }.into_any()
        }
        None => view! { <span class="menu-heading">{label}</span> }.into_any(),
    }
}

fn in_language(address: &str) -> String {
    match address.starts_with('/') {
        true => href(address),
        false => address.to_owned(),
    }
}

/// Which links lead to where the reader is.
struct Here {
    path: Option<String>,
    category: Option<String>,
}

impl Here {
    fn with(category: Option<&str>) -> Self {
        Self {
            path: with_context(|parts: &Parts| parts.uri.path().to_owned()),
            category: category.map(str::to_owned),
        }
    }

    fn is(&self, address: &str) -> bool {
        [&self.path, &self.category]
            .into_iter()
            .any(|here| here.as_deref() == Some(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(label: &str, href: Option<&str>, below: Vec<MenuLink>) -> MenuLink {
        MenuLink {
            label: label.to_owned(),
            href: href.map(str::to_owned),
            below,
        }
    }

    #[test]
    fn three_levels_are_links_below_a_disclosure_and_labels_cannot_end_themselves() {
        let deep = link("<b>Ropes", Some("/products/rope"), Vec::new());
        let middle = link("Deck", Some("/categories/deck"), vec![deep]);
        let menu = [
            link("Goods", None, vec![middle]),
            link("Elsewhere", Some("https://example.com/"), Vec::new()),
        ];
        let (head, foot) = Owner::new().with(|| {
            (
                header(&menu, Some("/categories/deck")).to_html(),
                footer(&menu).to_html(),
            )
        });
        for part in [
            "<summary>Goods",
            "href=\"/categories/deck\" aria-current=\"page\"",
            "href=\"/products/rope\"",
            "&lt;b&gt;Ropes",
            "href=\"https://example.com/\"",
        ] {
            assert!(head.contains(part), "{part} in {head}");
        }
        assert!(!head.contains("<b>"), "{head}");
        assert!(foot.contains("id=\"f-menu-0\""), "{foot}");
        assert!(foot.contains("href=\"https://example.com/\""), "{foot}");
    }
}
