//! A page's stream of its visitor's state in a waiting room.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::EventSource;

use super::room::RoomState;

const STREAM: &str = "/api/drops/room/events?slug=";

thread_local! {
    static SOURCE: RefCell<Option<EventSource>> = const { RefCell::new(None) };
}

/// Tells the visitor's state, for as long as the page is there. The browser opens a stream that broke off again by
/// itself; where it does not, the visitor loads the page again.
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
    SOURCE.with_borrow_mut(|kept| *kept = Some(source));
    // A page that is left must not keep a connection open, and one that comes back is out of date.
    let _ = window_event_listener_untyped("pagehide", |_| {
        if let Some(source) = SOURCE.with_borrow_mut(Option::take) {
            source.close();
        }
    });
}
