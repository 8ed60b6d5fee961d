//! A page's one connection for live stock, whatever the number of islands that show some.
//!
//! A stream of events while the page is looked at; where there is none to be had, a question now
//! and then.

use std::{cell::RefCell, rc::Rc, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::EventSource;

use super::stock::{MAX_WATCHED, StockUpdate, VariantStock};

const STREAM: &str = "/api/stock/events?variants=";
const ONCE: &str = "/api/stock?variants=";
/// How often the server is asked where there is no stream.
const ASK_EVERY: Duration = Duration::from_secs(10);
/// After so many questions a stream is tried again.
const QUESTIONS: u32 = 6;
/// After so many breaks without a word in between a stream is given up for a while.
const BREAKS: u32 = 2;

#[derive(Clone)]
struct Watcher {
    ids: Vec<String>,
    tell: Rc<dyn Fn(&VariantStock)>,
}

#[derive(Default)]
struct Connection {
    watchers: Vec<Watcher>,
    source: Option<EventSource>,
    /// Opens the stream, or asks once more.
    timer: Option<TimeoutHandle>,
    breaks: u32,
    questions: u32,
}

thread_local! {
    static CONNECTION: RefCell<Connection> = RefCell::default();
}

fn with<T>(act: impl FnOnce(&mut Connection) -> T) -> T {
    CONNECTION.with_borrow_mut(act)
}

/// Tells of these variants, by their ids, for as long as the page is there.
pub fn watch(ids: Vec<String>, tell: impl Fn(&VariantStock) + 'static) {
    let is_first = with(|connection| {
        connection.watchers.push(Watcher {
            ids,
            tell: Rc::new(tell),
        });
        connection.watchers.len() == 1
    });
    if is_first {
        // A hidden page needs nothing, and one that is left must not keep a connection open.
        for event in ["visibilitychange", "pageshow"] {
            let _ = window_event_listener_untyped(event, |_| look());
        }
        let _ = window_event_listener_untyped("pagehide", |_| with(Connection::close));
    }
    look();
}

/// Opens the connection again, or closes it if nobody looks at the page.
fn look() {
    with(|connection| {
        connection.close();
        connection.breaks = 0;
        if !document().hidden() {
            // Not at once: the page's other islands are about to come.
            connection.after(Duration::ZERO, open);
        }
    });
}

impl Connection {
    fn close(&mut self) {
        if let Some(source) = self.source.take() {
            source.close();
        }
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
    }

    fn after(&mut self, wait: Duration, act: fn()) {
        self.timer = set_timeout_with_handle(act, wait).ok();
    }

    fn address(&self, path: &str) -> String {
        let mut ids: Vec<&str> = Vec::new();
        for id in self.watchers.iter().flat_map(|watcher| &watcher.ids) {
            if ids.len() < MAX_WATCHED && !ids.contains(&id.as_str()) {
                ids.push(id);
            }
        }
        [path, &ids.join(",")].concat()
    }
}

fn open() {
    with(|connection| {
        connection.close();
        connection.questions = 0;
        let Ok(source) = EventSource::new(&connection.address(STREAM)) else {
            return;
        };
        let on_message = |event: web_sys::MessageEvent| {
            with(|connection| connection.breaks = 0);
            tell(event.data().as_string());
        };
        let on_message = Closure::<dyn Fn(_)>::new(on_message).into_js_value();
        source.set_onmessage(Some(on_message.unchecked_ref()));
        let on_error = Closure::<dyn Fn()>::new(broken).into_js_value();
        source.set_onerror(Some(on_error.unchecked_ref()));
        connection.source = Some(source);
    });
}

/// A stream broke off. The browser opens it again by itself, unless the server has refused it.
fn broken() {
    let given_up = with(|connection| {
        connection.breaks += 1;
        let is_refused = connection
            .source
            .as_ref()
            .is_none_or(|source| source.ready_state() == EventSource::CLOSED);
        is_refused || connection.breaks >= BREAKS
    });
    if given_up {
        ask();
    }
}

/// Asks once, and again later.
fn ask() {
    let address = with(|connection| {
        connection.close();
        connection.questions += 1;
        let next = match connection.questions < QUESTIONS {
            true => ask,
            false => open,
        };
        connection.after(ASK_EVERY, next);
        connection.address(ONCE)
    });
    spawn_local(async move {
        tell(answer(&address).await);
    });
}

async fn answer(address: &str) -> Option<String> {
    let response = JsFuture::from(window().fetch_with_str(address))
        .await
        .ok()?;
    let response: web_sys::Response = response.unchecked_into();
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}

/// Hands on what the server told. What is no update, such as a refusal, is nothing new.
fn tell(text: Option<String>) {
    let update = text.and_then(|text| serde_json::from_str::<StockUpdate>(&text).ok());
    let watchers = with(|connection| connection.watchers.clone());
    for stock in update.iter().flat_map(|update| &update.variants) {
        for watcher in &watchers {
            (watcher.tell)(stock);
        }
    }
}
