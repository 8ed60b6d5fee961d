//! Connections: taken as long as there is room, and ended when they are silent.
//!
//! HTTP/1 only. A proxy in front speaks HTTP/1 to us, and browsers speak HTTP/2 over TLS alone, which
//! the proxy does; so HTTP/2 would serve nobody here and would need limits of its own: for streams,
//! settings, pings and for telling the protocol in the first place.
//!
//! The loop is our own, on top of hyper's connections, since whether there is room must be known
//! before a connection costs anything, and why one ended must be known to be told.

mod incidents;
mod limits;
mod places;
mod stream;

use std::{convert::Infallible, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::stock;
use incidents::{Incident, Incidents};
pub use limits::ConnectionLimits;
use places::{Admission, Place, Places};
use stream::{Outgoing, Watched};

/// An extension of answers that are no file and never become one, such as streams of events: more connections may be
/// open beside them.
#[derive(Debug, Clone, Copy)]
pub struct NoFile;

/// How long running requests may take once the server closes.
const SHUTDOWN_PATIENCE: Duration = Duration::from_secs(20);
/// Before connections are taken again after the system gave none, which it will not at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What all connections of a node share.
struct Door {
    http: http1::Builder,
    router: Router,
    streams: stock::Closing,
    limits: ConnectionLimits,
    incidents: Incidents,
    closing: CancellationToken,
}

/// Serves until `shutdown` is done, then lets running requests finish for a while.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: ConnectionLimits,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let streams = stock::Closing::default();
    let mut http = http1::Builder::new();
    // The time for a head runs from the connection's beginning and from the end of each answer, so
    // it is also how long a connection may do nothing.
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head);
    let door = Arc::new(Door {
        http,
        router: router.with_state(()),
        streams: streams.clone(),
        limits,
        incidents: Incidents::new(),
        closing: CancellationToken::new(),
    });
    let places = Places::new(limits);
    let mut conversations = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut shutdown => break,
            Some(_) = conversations.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, address)) => match places.take(address.ip(), &door.closing) {
                Ok((place, admission)) => {
                    if admission == Admission::Evicting {
                        door.incidents.count(Incident::MadeRoom);
                    }
                    conversations.spawn(converse(door.clone(), stream, address, place));
                }
                // Dropped, it is closed.
                Err(full) => door.incidents.count(full),
            },
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                door.incidents.count_failed(&error);
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    // From here on others are refused by the system.
    drop(listener);
    door.closing.cancel();
    streams.0.cancel();
    let ended = async { while conversations.join_next().await.is_some() {} };
    let _ = timeout(SHUTDOWN_PATIENCE, ended).await;
    conversations.shutdown().await;
    Ok(())
}

/// Whether a connection could not be taken because the client had gone again.
fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

/// One connection, from its beginning to its end.
async fn converse(door: Arc<Door>, stream: TcpStream, address: SocketAddr, place: Place) {
    let (line, held) = (place.line.clone(), place.held());
    let (asked, site, streams) = (line.clone(), door.router.clone(), door.streams.clone());
    let service = service_fn(move |request: Request<Incoming>| {
        let work = asked.begin();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(address));
        // Here and not in a layer, which each request would pass.
        request.extensions_mut().insert(streams.clone());
        let answering = site.clone().oneshot(request);
        let held = held.clone();
        async move {
            let response = match answering.await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            let is_no_file = response.extensions().get::<NoFile>().is_some();
            let fileless = is_no_file.then(|| held.without_files());
            // It is at work until the answer is out of our hands.
            Ok::<_, Infallible>(response.map(|body| Outgoing::new(body, work, fileless)))
        }
    });
    let watched = Watched::new(stream, door.limits.stall, line.clone());
    let conversation = door.http.serve_connection(TokioIo::new(watched), service);
    let mut conversation = pin!(conversation);
    let mut is_leaving = false;
    let outcome = loop {
        tokio::select! {
            biased;
            outcome = conversation.as_mut() => break outcome,
            () = place.leave.cancelled(), if !is_leaving => {
                // Asked to make room, and nothing is lost by that.
                if !door.closing.is_cancelled() && line.is_quiet() {
                    return;
                }
                is_leaving = true;
                conversation.as_mut().graceful_shutdown();
            }
        }
    };
    if line.has_stalled() {
        door.incidents.count(Incident::Stalled);
    } else if outcome.is_err_and(|error| error.is_timeout()) && !line.has_asked() {
        // One that was answered and then has nothing more to ask is as usual.
        door.incidents.count(Incident::Silent);
    }
}
