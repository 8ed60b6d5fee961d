//! The line above the header of every page of the shop.

use app::{
    announcement::{ports::announcements, text::Text, types::Announcement},
    audience::shown_until,
    locale::locale,
    ui::{link::target, wait::wait},
};
use leptos::prelude::*;

pub fn above_header() -> AnyView {
    let port = announcements();
    wait(async move {
        // A page without its announcement is better than none; why it failed is logged where it is loaded.
        let announced = port.announced().await.unwrap_or_default();
        shown_until(announced.until);
        announced.shown.map(|shown| bar(&shown))
    })
    .into_any()
}

fn bar(shown: &Announcement) -> AnyView {
    let text = shown.text.clone();
    let content = match &shown.link {
        Some(link) => view! { <a href=target(link)>{text}</a> }.into_any(),
        None => view! { <p>{text}</p> }.into_any(),
    };
    let name = Text::from(locale()).announcement();
    view! {
        <aside class="announcement" aria-label=name>
            <div class="container">{content}</div>
        </aside>
    }
    .into_any()
}
