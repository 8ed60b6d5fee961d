//! Giving out tickets. Each is counted before its holder has it, so that the number of all tickets and what their ids
//! come to is right whatever dies when; those that are asked for while one transaction is on its way are counted together
//! by the next.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use tokio::sync::{mpsc, oneshot};

use super::{state::Arrival, store};
use crate::{
    admission::ticket::TicketId,
    clock::Clock,
    error::{Error, Result},
    sale::tally,
    store::Store,
};

/// Tickets that may wait to be counted on one node; more are told to ask again.
const CAPACITY: usize = 8_192;
/// Tickets in one transaction at most.
const AT_ONCE: usize = 2_048;
/// Between two transactions: the row of a room is for those of other nodes, too.
const PAUSE: Duration = Duration::from_millis(25);
/// A transaction that takes longer is given up.
const LIMIT: Duration = Duration::from_secs(4);

struct TicketRequest {
    drop_id: String,
    id: TicketId,
    reply: oneshot::Sender<Result<Arrival>>,
}

/// A handle to the counter of a node; it ends when its last handle is dropped.
#[derive(Clone)]
pub struct Counter(mpsc::Sender<TicketRequest>);

impl Counter {
    /// Needs a Tokio runtime.
    pub fn open(db: Store, clock: Arc<dyn Clock>) -> Self {
        let (queue, requests) = mpsc::channel(CAPACITY);
        tokio::spawn(work(db, clock, requests));
        Self(queue)
    }

    /// Counts a ticket that is about to be given out, and says where it goes. One whose holder hears nothing is
    /// counted for nothing, and lets nobody in.
    pub async fn count(&self, drop_id: &str, id: TicketId) -> Result<Arrival> {
        let (reply, answer) = oneshot::channel();
        let request = TicketRequest {
            drop_id: drop_id.to_owned(),
            id,
            reply,
        };
        self.0.try_send(request).map_err(|_| Error::Busy)?;
        answer
            .await
            .unwrap_or_else(|_| Err(Error::Invariant("tickets are not counted".to_owned())))
    }
}

async fn work(db: Store, clock: Arc<dyn Clock>, mut requests: mpsc::Receiver<TicketRequest>) {
    let mut batch = Vec::with_capacity(AT_ONCE);
    while requests.recv_many(&mut batch, AT_ONCE).await > 0 {
        let mut of_drops: BTreeMap<String, Vec<TicketRequest>> = BTreeMap::new();
        for one in batch.drain(..).filter(|one| !one.reply.is_closed()) {
            of_drops.entry(one.drop_id.clone()).or_default().push(one);
        }
        for (drop_id, of_drop) in of_drops {
            let ids: Vec<TicketId> = of_drop.iter().map(|one| one.id).collect();
            let counted = tokio::time::timeout(LIMIT, count(&db, &*clock, &drop_id, &ids)).await;
            answer(of_drop, counted.unwrap_or(Err(Error::Busy)));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn answer(of_drop: Vec<TicketRequest>, counted: Result<Arrival>) {
    let tickets = of_drop.len();
    if let Err(error) = &counted {
        tracing::warn!(%error, tickets, "tickets of a waiting room were not given out");
    }
    let is_busy = matches!(counted, Err(Error::Busy));
    if let Ok(arrival) = &counted {
        let outcome = match arrival {
            Arrival::Early => "early",
            Arrival::Late { .. } => "late",
            Arrival::Closed => "closed",
        };
        let counter = metrics::counter!("holdfast_room_tickets_total", "arrival" => outcome);
        counter.increment(tickets as u64);
        if *arrival != Arrival::Closed
            && let Some(first) = of_drop.first()
        {
            tally::arrived(&first.drop_id, tickets);
        }
    }
    for one in of_drop {
        let told = match (&counted, is_busy) {
            (Ok(arrival), _) => Ok(*arrival),
            (Err(_), true) => Err(Error::Busy),
            (Err(_), false) => Err(Error::Unavailable),
        };
        let _ = one.reply.send(told);
    }
}

/// Counts tickets of one drop.
async fn count(db: &Store, clock: &dyn Clock, drop_id: &str, ids: &[TicketId]) -> Result<Arrival> {
    let mut tx = db.begin().await?;
    let locked = store::lock(&mut tx, db.dialect(), clock, drop_id).await?;
    let Some((room, now)) = locked else {
        tx.rollback().await?;
        return Ok(Arrival::Closed);
    };
    let arrival = room.arrival(now);
    store::count(&mut tx, &room, arrival, ids).await?;
    tx.commit().await?;
    Ok(arrival)
}
