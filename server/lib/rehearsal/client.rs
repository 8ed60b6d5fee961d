//! The buyers' side of HTTP: connections that are kept open from call to call.

use std::{io, net::SocketAddr, time::Duration};

use axum::body::Bytes;
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::Instant};
use tokio_util::task::AbortOnDropHandle;

/// A server closes connections that are idle for twice as long.
const IDLE: Duration = Duration::from_secs(5);

pub struct Connection {
    address: SocketAddr,
    /// When the last answer was there.
    used: Instant,
    sender: SendRequest<Full<Bytes>>,
    _driver: AbortOnDropHandle<()>,
}

/// A whole answer.
pub struct Answer {
    pub status: StatusCode,
    /// When to come back, if the shop says so.
    pub retry_after: Option<Duration>,
    /// What a browser would keep, as the shop says it.
    pub cookies: Vec<String>,
    pub body: Bytes,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let shaken = handshake(TokioIo::new(stream)).await;
        let (sender, connection) = shaken.map_err(io::Error::other)?;
        let driver = tokio::spawn(async move {
            let _ = connection.await;
        });
        Ok(Self {
            address,
            used: Instant::now(),
            sender,
            _driver: AbortOnDropHandle::new(driver),
        })
    }

    /// Sends a request and reads its whole answer. A connection that was idle for long is opened again first: the
    /// server may be about to close it.
    pub async fn call(&mut self, request: Request<Full<Bytes>>) -> io::Result<Answer> {
        if self.used.elapsed() >= IDLE || self.sender.ready().await.is_err() {
            *self = Self::open(self.address).await?;
            self.sender.ready().await.map_err(io::Error::other)?;
        }
        let response = self.sender.send_request(request).await;
        let (head, body) = response.map_err(io::Error::other)?.into_parts();
        let retry_after = head.headers.get(header::RETRY_AFTER);
        let seconds = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
        let cookies = head.headers.get_all(header::SET_COOKIE).iter();
        let cookies = cookies.filter_map(|line| line.to_str().ok().map(str::to_owned));
        let cookies = cookies.collect();
        let body = body.collect().await.map_err(io::Error::other)?;
        self.used = Instant::now();
        Ok(Answer {
            status: head.status,
            retry_after: seconds.map(Duration::from_secs),
            cookies,
            body: body.to_bytes(),
        })
    }
}
