//! Keeps what is rendered or called for one request apart from all others.
//!
//! While a page waits, Leptos leaves its context set on the thread, and makes it the parent of that of a
//! function which is called there meanwhile. A function that looks at its visitor would then make a
//! stranger's page one for that visitor alone, and what it was given no value of would be the stranger's.

use std::future::Future;

use leptos::{prelude::Owner, reactive::computed::ScopedFuture};

/// The same in a context of its own, which is set while it runs and not while it waits.
pub fn apart<F: Future>(work: F) -> impl Future<Output = F::Output> + use<F> {
    Owner::default().with(|| ScopedFuture::new(work))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use app::{
        audience::{Audience, same_for_everybody},
        ui::wait::wait,
        visitor::{Visitor, visitor},
    };
    use axum::{body::Body, extract::Request};
    use futures_util::FutureExt;
    use http_body_util::BodyExt;
    use leptos::prelude::{provide_context, use_context};
    use tokio::sync::Notify;

    use super::*;
    use crate::http::state::Reply;

    /// A page that is the same for everybody and waits until it is told.
    fn page(audience: &Audience, told: &Arc<Notify>) -> impl Future<Output = Reply> + use<> {
        // Another test may have set it.
        let _ = any_spawner::Executor::init_tokio();
        let (audience, told) = (audience.clone(), told.clone());
        let context = move || provide_context(audience.clone());
        let view = move || {
            same_for_everybody();
            let told = told.clone();
            wait(async move {
                told.notified().await;
                "a page"
            })
        };
        leptos_axum::render_app_async_with_context(context, view)(Request::new(Body::empty()))
    }

    /// A function that looks at its visitor, as Leptos calls it.
    async fn function() {
        Owner::new().with(|| {
            provide_context(Visitor::default());
            visitor();
        });
    }

    #[tokio::test]
    async fn a_function_finds_nothing_of_a_page_that_waits_on_its_thread() {
        let (audience, told) = (Audience::default(), Arc::new(Notify::new()));
        let mut page = Box::pin(page(&audience, &told));
        assert!(page.as_mut().now_or_never().is_none(), "it waits");
        apart(function()).await;
        assert!(audience.is_everybody());
        // Where this leaves the page alone, too, nothing has to be kept apart any more.
        function().await;
        assert!(!audience.is_everybody());
    }

    #[tokio::test]
    async fn a_page_that_waits_leaves_nothing_on_its_thread() {
        let (audience, told) = (Audience::default(), Arc::new(Notify::new()));
        let mut page = Box::pin(apart(page(&audience, &told)));
        assert!(page.as_mut().now_or_never().is_none(), "it waits");
        assert!(use_context::<Audience>().is_none());
        function().await;
        told.notify_one();
        let body = page.await.into_body().collect().await.unwrap().to_bytes();
        assert!(String::from_utf8_lossy(&body).contains("a page"));
        assert!(audience.is_everybody());
    }
}
