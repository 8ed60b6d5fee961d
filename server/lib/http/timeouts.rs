//! How long a request may take, and a body to come in.
//!
//! Files come in over slow lines, so what takes them waits as long as something comes, within a bound
//! of its own. They are read for admins only: strangers are refused before.
//!
//! Settings may take long to be saved, and come in as fast as other forms.

use std::{io, time::Duration};

use app::{collections, feature::Time, features, home};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use desk::admin::{categories, jobs::import_page::IMPORT, products::pictures::UPLOAD};
use futures_util::{Stream, StreamExt, stream};
use tokio::time::Instant;

/// A request that takes longer is given up; uploads and settings have more time.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// A change of the currency writes every price of the shop. The database gives it as long.
const SETTINGS_TIMEOUT: Duration = Duration::from_secs(5 * 60);

/// How long what is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For the answer to an ordinary request to begin.
    pub request: Duration,
    /// For settings to be saved, once they have come in.
    pub settings: Duration,
    /// For the next bytes of an upload.
    pub idle: Duration,
    /// For the answer to an upload, even if something comes all the time.
    pub upload: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            request: REQUEST_TIMEOUT,
            settings: SETTINGS_TIMEOUT,
            idle: Duration::from_secs(30),
            // 64 MB take this long at 0.6 Mbit/s.
            upload: Duration::from_secs(15 * 60),
        }
    }
}

/// Gives up what takes too long until its answer begins: a stream of events goes on.
pub async fn limit(
    State(timeouts): State<Timeouts>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let (limit, request) = match request.uri().path() {
        UPLOAD | IMPORT | categories::PICTURE | collections::PICTURE | home::PICTURE => {
            let pause = move || Instant::now() + timeouts.idle;
            (timeouts.upload, request.map(|body| awaited(body, pause)))
        }
        path if is_long(path) => {
            let end = Instant::now() + timeouts.request;
            let whole = move || end;
            (timeouts.settings, request.map(|body| awaited(body, whole)))
        }
        _ => (timeouts.request, request),
    };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn is_long(path: &str) -> bool {
    features::function(path).is_some_and(|function| function.time == Time::Long)
}

/// The same body, whose next bytes are waited for until the time that `until` says, which is asked
/// each time. A body that is late ends with an error.
fn awaited(body: Body, until: impl Fn() -> Instant + Send + 'static) -> Body {
    Body::from_stream(in_time(body.into_data_stream(), until))
}

fn in_time(
    chunks: impl Stream<Item = Result<Bytes, axum::Error>> + Send + Unpin + 'static,
    until: impl Fn() -> Instant + Send + 'static,
) -> impl Stream<Item = Result<Bytes, io::Error>> + Send + 'static {
    stream::unfold(Some(chunks), move |chunks| {
        let until = until();
        async move {
            let mut chunks = chunks?;
            match tokio::time::timeout_at(until, chunks.next()).await {
                Ok(Some(Ok(chunk))) => Some((Ok(chunk), Some(chunks))),
                Ok(Some(Err(error))) => Some((Err(io::Error::other(error)), None)),
                Ok(None) => None,
                Err(_) => Some((Err(io::ErrorKind::TimedOut.into()), None)),
            }
        }
    })
    .fuse()
}

#[cfg(test)]
mod tests {
    use axum::{Router, middleware, routing::post};
    use desk::admin::settings::page::SAVE;
    use tower::ServiceExt;

    use super::*;

    const LONG: Duration = Duration::from_secs(60 * 60);
    const NONE: Duration = Duration::ZERO;

    /// A body that takes its time.
    fn slow() -> Body {
        Body::from_stream(stream::unfold(9_u32, |left| async move {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Some((
                Ok::<_, io::Error>(Bytes::from_static(b"x")),
                left.checked_sub(1)?,
            ))
        }))
    }

    /// Sends a body to a site with no more patience than that, which takes a moment to answer, and
    /// says what came of it.
    async fn send(path: &str, body: Body, timeouts: Timeouts) -> StatusCode {
        let read = async |body: Body| {
            let read = axum::body::to_bytes(body, usize::MAX).await;
            tokio::time::sleep(Duration::from_millis(1)).await;
            match read {
                Ok(_) => StatusCode::OK,
                Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
            }
        };
        let site = Router::new()
            .route(path, post(read))
            .layer(middleware::from_fn_with_state(timeouts, limit));
        let request = Request::post(path).body(body).unwrap();
        site.oneshot(request).await.unwrap().status()
    }

    #[tokio::test(start_paused = true)]
    async fn an_upload_has_more_time_than_other_requests() {
        let timeouts = Timeouts {
            request: NONE,
            settings: NONE,
            idle: LONG,
            upload: LONG,
        };
        for path in [
            UPLOAD,
            IMPORT,
            categories::PICTURE,
            collections::PICTURE,
            home::PICTURE,
        ] {
            assert_eq!(send(path, slow(), timeouts).await, StatusCode::OK);
        }
        let other = send("/api/cart/add", slow(), timeouts).await;
        assert_eq!(other, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test(start_paused = true)]
    async fn an_upload_that_stalls_or_never_ends_is_given_up() {
        let stalls = Timeouts {
            request: LONG,
            settings: LONG,
            idle: NONE,
            upload: LONG,
        };
        let nothing = || Body::from_stream(stream::pending::<Result<Bytes, io::Error>>());
        let stalled = send(UPLOAD, nothing(), stalls).await;
        assert_eq!(stalled, StatusCode::UNPROCESSABLE_ENTITY);
        let ends = Timeouts {
            idle: LONG,
            upload: NONE,
            ..stalls
        };
        let endless = send(UPLOAD, nothing(), ends).await;
        assert_eq!(endless, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test(start_paused = true)]
    async fn settings_have_more_time_to_be_saved_but_not_to_come_in() {
        let form = || Body::from("version=0");
        let timeouts = Timeouts {
            request: NONE,
            settings: LONG,
            idle: NONE,
            upload: NONE,
        };
        assert_eq!(send(SAVE, form(), timeouts).await, StatusCode::OK);
        let stalled = send(SAVE, slow(), timeouts).await;
        assert_eq!(stalled, StatusCode::UNPROCESSABLE_ENTITY);
        let other = send("/api/cart/add", form(), timeouts).await;
        assert_eq!(other, StatusCode::SERVICE_UNAVAILABLE);
        let ends = Timeouts {
            request: LONG,
            settings: NONE,
            ..timeouts
        };
        let endless = send(SAVE, form(), ends).await;
        assert_eq!(endless, StatusCode::SERVICE_UNAVAILABLE);
    }
}
