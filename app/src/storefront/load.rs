//! Waiting for data while a page is rendered.

use std::future::Future;

use leptos::prelude::*;

use super::error_page::ErrorPage;
use crate::{error::ShopResult, ui::wait::wait};

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
            Err(error) => view! { <ErrorPage error/> }.into_any(),
        }
    })
    .into_any()
}
