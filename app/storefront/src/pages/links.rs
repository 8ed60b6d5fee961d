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
    seller::Seller,
    shop::shop,
    ui::{
        icon::{Icon, icon},
        wait::wait,
    },
};
use leptos::prelude::*;

/// The way to the contact page, or how else the seller is reached.
pub fn help() -> AnyView {
    let Seller { email, phone, .. } = shop().settings.seller.clone();
    with_standard_pages(move |links| {
        let text = Text::from(locale());
        let contact = links.iter().find(|link| link.kind == PageKind::Contact);
        let (href, words) = match contact {
            Some(contact) => (href(&address::page(&contact.slug)), text.help().to_owned()),
            None if !email.is_empty() => (format!("mailto:{email}"), text.help_by(&email)),
            None if !phone.is_empty() => (called(&phone), text.help_by(&phone)),
            None => return None,
        };
        let link = view! {
            <a class="header-action" href=href>{icon(Icon::Mail)} <span>{words}</span></a>
        };
        Some(link.into_any())
    })
}

/// A number as telephones take it: what is left out from abroad is often in brackets.
fn called(phone: &str) -> String {
    let phone = phone.replace("(0)", "");
    let dialled = phone
        .chars()
        .filter(|letter| letter.is_ascii_digit() || *letter == '+');
    format!("tel:{}", dialled.collect::<String>())
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

#[cfg(test)]
mod tests {
    #[test]
    fn a_telephone_takes_digits_and_no_zero_in_brackets() {
        for (typed, called) in [
            ("+49 40 1234-567", "tel:+49401234567"),
            ("+49 (0)40 / 12 34", "tel:+49401234"),
            ("(040) 1234", "tel:0401234"),
        ] {
            assert_eq!(super::called(typed), called);
        }
    }
}
