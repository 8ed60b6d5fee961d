//! What goes to a client, and whether the client takes it.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::Body;
use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

use super::places::{Fileless, Pressure, Work};

/// A connection that ends when the client takes nothing of what is to be sent for too long. A slow
/// client takes something now and then, and may take as long as it needs.
pub struct Watched<S> {
    stream: S,
    limit: Duration,
    line: Arc<Pressure>,
    waiting: Option<Waiting>,
}

/// Something is to be sent and cannot be.
struct Waiting {
    until: Pin<Box<Sleep>>,
    _work: Work,
}

impl<S> Watched<S> {
    pub fn new(stream: S, limit: Duration, line: Arc<Pressure>) -> Self {
        Self {
            stream,
            limit,
            line,
            waiting: None,
        }
    }

    /// What became of a write. Each that gets on begins the time again.
    fn written(
        &mut self,
        cx: &mut Context<'_>,
        outcome: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if outcome.is_ready() {
            self.waiting = None;
            return outcome;
        }
        let (limit, line) = (self.limit, &self.line);
        let waiting = self.waiting.get_or_insert_with(|| Waiting {
            until: Box::pin(sleep(limit)),
            _work: line.begin(),
        });
        ready!(waiting.until.as_mut().poll(cx));
        line.stall();
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let outcome = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.written(cx, outcome)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let outcome = Pin::new(&mut this.stream).poll_write_vectored(cx, slices);
        this.written(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

/// An answer's body that counts as work until all of it is handed on.
pub struct Outgoing {
    body: Body,
    _work: Work,
    _fileless: Option<Fileless>,
}

impl Outgoing {
    pub fn new(body: Body, work: Work, fileless: Option<Fileless>) -> Self {
        Self {
            body,
            _work: work,
            _fileless: fileless,
        }
    }
}

impl HttpBody for Outgoing {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use futures_util::FutureExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const LIMIT: Duration = Duration::from_secs(60);

    fn line() -> Arc<Pressure> {
        Arc::new(Pressure::new(Instant::now()))
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_takes_nothing_is_given_up() {
        let (near, _far) = duplex(4);
        let line = line();
        let mut watched = Watched::new(near, LIMIT, line.clone());
        let began = tokio::time::Instant::now();
        let error = watched.write_all(b"more than fits").await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(began.elapsed() >= LIMIT);
        assert!(line.has_stalled());
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_takes_a_little_each_time_gets_all_of_it() {
        let (near, mut far) = duplex(1);
        let line = line();
        let mut watched = Watched::new(near, LIMIT, line.clone());
        let began = tokio::time::Instant::now();
        let reading = async {
            let mut got = Vec::new();
            for _ in 0..10 {
                sleep(LIMIT - Duration::from_secs(1)).await;
                got.push(far.read_u8().await.unwrap());
            }
            got
        };
        let (written, got) = tokio::join!(watched.write_all(b"ten bytes."), reading);
        written.unwrap();
        assert_eq!(got, b"ten bytes.");
        assert!(began.elapsed() > LIMIT * 5, "it took its time");
        assert!(!line.has_stalled());
        drop(watched);
        assert!(line.is_quiet());
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_waits_for_its_client_is_at_work() {
        let (near, mut far) = duplex(1);
        let line = line();
        let mut watched = Watched::new(near, LIMIT, line.clone());
        let mut write = std::pin::pin!(watched.write_all(b"ab"));
        assert!(write.as_mut().now_or_never().is_none());
        assert!(!line.is_quiet());
        far.read_u8().await.unwrap();
        write.await.unwrap();
        assert!(line.is_quiet());
    }
}
