//! Waiting for data while a page is rendered.

use std::future::Future;

use leptos::prelude::*;

use crate::{
    error::{ShopError, ShopResult},
    features,
    reply::set_status,
    ui::wait::wait,
};

/// Renders `view` with what `data` brings, or the page for its error with the error's status.
///
/// What a page is made of ends here: its type is not part of the router's, which would be compiled
/// again with each.
pub fn load<T, V>(
    data: impl Future<Output = ShopResult<T>> + Send + 'static,
    view: impl FnOnce(T) -> V + Send + 'static,
) -> AnyView
where
    T: Send + 'static,
    V: IntoView + Send + 'static,
{
    wait(async move {
        match data.await {
            Ok(data) => view(data).into_any(),
            Err(error) => refused(error),
        }
    })
    .into_any()
}

/// The page for a refusal, with its status. What it looks like is said by those who have the shop's frame.
pub fn refused(error: ShopError) -> AnyView {
    match features::refusal_page() {
        Some(page) => page(error),
        None => {
            set_status(error.status());
            error.message.into_any()
        }
    }
}
