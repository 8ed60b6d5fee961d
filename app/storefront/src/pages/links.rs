//! Links to the owner's pages where nothing else leads away: help in the header, and what the law asks for.

use app::{
    audience::shown_until,
    catalog::address,
    locale::{href, locale},
    pages::{
        ports::pages,
        text::Text,
        types::{PageKind, PageLink},
    },
    ui::{
        icon::{Icon, icon},
        wait::wait,
    },
};
use leptos::prelude::*;

/// The way to the contact page, if there is one.
pub fn help() -> AnyView {
    with_standard_pages(|links| {
        let contact = links.iter().find(|link| link.kind == PageKind::Contact)?;
        let (href, words) = (
            href(&address::page(&contact.slug)),
            Text::from(locale()).help(),
        );
        let link = view! {
            <a class="header-action" href=href>{icon(Icon::Mail)} <span>{words}</span></a>
        };
        Some(link.into_any())
    })
}

pub fn legal() -> AnyView {
    with_standard_pages(|links| {
        let items = links
            .iter()
            .map(|link| {
                let href = href(&address::page(&link.slug));
                view! { <li><a href=href>{link.title.clone()}</a></li> }
            })
            .collect_view();
        let name = Text::from(locale()).about_the_shop();
        (!links.is_empty()).then(|| {
            view! { <nav aria-label=name><ul class="footer-links bare-pages">{items}</ul></nav> }
                .into_any()
        })
    })
}

/// A page without its links is better than none; why they failed is logged where they are loaded.
fn with_standard_pages(
    view: impl FnOnce(&[PageLink]) -> Option<AnyView> + Send + 'static,
) -> AnyView {
    let port = pages();
    wait(async move {
        let standard = port.standard_pages().await.unwrap_or_default();
        shown_until(standard.ends);
        view(&standard.links)
    })
    .into_any()
}
