//! The way to the page at hand.

use leptos::prelude::*;

use super::text::Text;
use crate::locale::locale;

/// A page above the one at hand.
pub fn crumb(href: &str, name: &str) -> AnyView {
    view! { <li><a href=href.to_owned()>{name.to_owned()}</a></li> }.into_any()
}

/// `above`, one [`crumb`] or several, leads to the page called `here`.
pub fn breadcrumbs(above: impl IntoView + 'static, here: &str) -> AnyView {
    let name = Text::from(locale()).breadcrumbs();
    view! {
        <nav class="breadcrumbs" aria-label=name>
            <ol>
                {above}
                <li><span aria-current="page">{here.to_owned()}</span></li>
            </ol>
        </nav>
    }
    .into_any()
}
