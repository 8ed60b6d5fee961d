//! Waiting for data while a page is rendered.

use std::future::Future;

use leptos::{either::Either, prelude::*, tachys::reactive_graph::OwnedView};

use super::error_page::ErrorPage;
use crate::ports::ShopResult;

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

/// A view that takes its time.
///
/// Pages are rendered whole before anything is sent, so status and head are right; a bare
/// `Suspend` runs once and leaves no script behind, unlike a resource. It forgets the context,
/// though, once it had to wait, and then what belongs into the head is lost: so the view brings
/// its owner along.
pub fn wait<V>(view: impl Future<Output = V> + Send + 'static) -> impl IntoView
where
    V: IntoView + 'static,
{
    Suspend::new(async move { OwnedView::new(view.await.into_view()) })
}
