use leptos::prelude::*;

use crate::{error::ShopError, reply::set_status};

/// A page for a refusal, sent with its status.
#[component]
pub fn ErrorPage(error: ShopError) -> impl IntoView {
    set_status(error.status());
    view! { <h1>{error.message}</h1> }
}
