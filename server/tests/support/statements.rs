//! How often a step asks the database.

use std::{
    collections::BTreeMap,
    sync::{Mutex, Once, PoisonError},
    time::Duration,
};

use tokio::time::{sleep, timeout};
use tracing::{
    Event, Instrument as _, Metadata, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt as _},
    registry::LookupSpan,
    util::SubscriberInitExt as _,
};

const LONG: Duration = Duration::from_secs(30);
/// The target of the spans in which statements are counted.
const COUNTED: &str = "counted";

/// What ran in the spans that are counted at the moment, by their ids.
static RAN: Mutex<BTreeMap<u64, Vec<String>>> = Mutex::new(BTreeMap::new());
/// These begin and end transactions, or set a connection up that the pool opens just then.
const FRAMES: [&str; 6] = ["BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SET", "SHOW"];

/// Notes statements that run in a counted span, on whichever thread.
struct Notes;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Notes {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        [COUNTED, "sqlx::query"].contains(&metadata.target())
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(span) = context.lookup_current() else {
            return;
        };
        let mut summary = Summary::default();
        event.record(&mut summary);
        if FRAMES.iter().any(|frame| summary.0.starts_with(frame)) {
            return;
        }
        let mut ran = RAN.lock().unwrap_or_else(PoisonError::into_inner);
        // One that is noted once its step is over belongs to none.
        if let Some(ran) = ran.get_mut(&span.id().into_u64()) {
            ran.push(summary.0);
        }
    }
}

/// The beginning of a statement.
#[derive(Default)]
struct Summary(String);

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}");
        }
    }
}

/// What comes of a step, and the statements that it ran. What others do for it, such as a batch that it has a part in, is
/// not among them; what is read for many belongs to the first of them.
pub async fn counted<T>(step: impl Future<Output = T>) -> (T, Vec<String>) {
    static BEGIN: Once = Once::new();
    BEGIN.call_once(|| tracing_subscriber::registry().with(Notes).init());
    let span = tracing::info_span!(target: COUNTED, "step");
    let id = span.id().expect("the span is noted").into_u64();
    let ran = || RAN.lock().unwrap_or_else(PoisonError::into_inner);
    ran().insert(id, Vec::new());
    // It is kept until then, so that its id is no other's.
    let done = step.instrument(span.clone()).await;
    // SQLite's thread tells of a statement once its rows are on their way.
    let is_told = async {
        while ran().get(&id).is_none_or(Vec::is_empty) {
            sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(LONG, is_told).await.expect("statements are noted");
    let ran = ran().remove(&id);
    drop(span);
    (done, ran.unwrap_or_default())
}
