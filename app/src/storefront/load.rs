//! Waiting for data while a page is rendered.

use std::future::Future;

use leptos::{either::Either, prelude::*};

use super::error_page::ErrorPage;
use crate::{error::ShopResult, ui::wait::wait};

/// Renders `view` with what `data` brings, or the page for its error with the error's status.
pub fn load<T, V>(
    data: impl Future<Output = ShopResult<T>> + Send + 'static,
    view: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + Send + 'static,
{
    wait(async move {
        match data.await {
            Ok(data) => Either::Left(view(data)),
            Err(error) => Either::Right(view! { <ErrorPage error/> }),
        }
    })
}
