//! Waiting for data while a page is rendered.

use std::future::Future;

use leptos::{prelude::*, tachys::reactive_graph::OwnedView};

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
