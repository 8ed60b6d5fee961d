//! Going on to another page.

use leptos::prelude::*;

use super::head::private_head;
use crate::reply::{go_to, set_status};

/// Sends on to another page of ours.
pub fn onward(href: &str) -> AnyView {
    set_status(303);
    go_to(href);
    view! {
        {private_head("Continue")}
        <p><a href=href.to_owned()>"Continue to the next page"</a></p>
    }
    .into_any()
}
