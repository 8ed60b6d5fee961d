//! Going on to another page.

use leptos::prelude::*;

use super::{head::private_head, text::Text};
use crate::{
    locale::{href, locale},
    reply::{go_to, set_status},
};

/// Sends on to another page of ours; `path` is without the language.
pub fn onward(path: &str) -> AnyView {
    let text = Text::from(locale());
    set_status(303);
    go_to(path);
    view! {
        {private_head(text.continue_title())}
        <p><a href=href(path)>{text.continue_onward()}</a></p>
    }
    .into_any()
}
