//! Waiting for data while a page is rendered.

use std::{
    future::{Future, poll_fn},
    task::Poll,
};

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
    Suspend::new(async move {
        in_turn().await;
        OwnedView::new(view.await.into_view())
    })
}

/// Pending once, so that nothing of a view is begun before it is its turn.
///
/// All views of a page are polled once before any is waited for, and then one after another. One that
/// had begun would hold what it was given (its place in the queue for a lock, a connection) unpolled
/// while those before it wait for the same, and with them everybody else.
async fn in_turn() {
    let mut asked = false;
    poll_fn(|context| {
        if asked {
            return Poll::Ready(());
        }
        asked = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::sync::{Arc, Mutex};

    use futures_util::StreamExt;

    use super::*;

    #[tokio::test]
    async fn a_view_is_not_begun_while_one_before_it_waits() {
        let steps = Arc::new(Mutex::new(Vec::new()));
        let view = |begins: &'static str, ends: &'static str| {
            let steps = steps.clone();
            wait(async move {
                steps.lock().unwrap().push(begins);
                tokio::task::yield_now().await;
                steps.lock().unwrap().push(ends);
                ends
            })
        };
        let page = Owner::new().with(|| {
            let page = (view("a bar", "the bar"), view("a footer", "the footer"));
            page.to_html_stream_in_order()
        });
        let html: String = page.collect().await;
        let steps = steps.lock().unwrap();
        assert_eq!(*steps, ["a bar", "the bar", "a footer", "the footer"]);
        assert!(html.find("the bar") < html.find("the footer"), "{html}");
    }
}
