//! A page's stream of its visitor's state in a waiting room.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::EventSource;

use super::{
    reload::{reload, reload_after},
    room::RoomState,
};

const STREAM: &str = "/api/drops/room/events?slug=";
/// A page without a stream is loaded again after this time and up to half as long again; in milliseconds.
const AGAIN: f64 = 10_000.0;

thread_local! {
    static SOURCE: RefCell<Option<EventSource>> = const { RefCell::new(None) };
}

/// Tells the visitor's state, for as long as the page is there. The browser opens a stream that broke off again by
/// itself; one that was refused is none, and the page is loaded again in its place.
pub fn watch(slug: &str, tell: impl Fn(RoomState) + 'static) {
    // A slug has letters that an address has as they are, or the browser writes them so.
    let address = [STREAM, slug].concat();
    let Ok(source) = EventSource::new(&address) else {
        return;
    };
    let on_message = move |event: web_sys::MessageEvent| {
        let text = event.data().as_string();
        let state = text.and_then(|text| serde_json::from_str::<RoomState>(&text).ok());
        if let Some(state) = state {
            tell(state);
        }
    };
    let on_message = Closure::<dyn Fn(_)>::new(on_message).into_js_value();
    source.set_onmessage(Some(on_message.unchecked_ref()));
    let on_error = Closure::<dyn Fn()>::new(broken).into_js_value();
    source.set_onerror(Some(on_error.unchecked_ref()));
    SOURCE.with_borrow_mut(|kept| *kept = Some(source));
    // A page that is left must not keep a connection open, and one that comes back is out of date.
    let _ = window_event_listener_untyped("pagehide", |_| {
        if let Some(source) = SOURCE.with_borrow_mut(Option::take) {
            source.close();
        }
    });
    let _ = window_event_listener_untyped("pageshow", |_| {
        if SOURCE.with_borrow(Option::is_none) {
            reload();
        }
    });
}

fn broken() {
    let is_refused = SOURCE.with_borrow(|source| {
        let state = source.as_ref().map(EventSource::ready_state);
        state == Some(EventSource::CLOSED)
    });
    if is_refused {
        reload_after(AGAIN, AGAIN / 2.0);
    }
}
