//! The link to the cart, with the number of units in it.
//!
//! Pages are the same bytes for everybody, so the server knows no number here; the browser asks
//! for it if it has a cart at all.

use leptos::{ev, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::api::cart;
use crate::ui::{
    counted::counted,
    hint::is_hinted,
    icon::{Icon, icon},
};

/// Tells every island of the page how many units the cart holds now.
pub fn announce_count(count: i64) {
    tell(EVENT, count);
}

/// Tells the page that something was put into the cart; what shows it there takes the event up. Where
/// nothing does, the cart's own page, at `href`, shows it.
pub fn announce_added(href: &str) {
    if tell(ADDED, 0) {
        // It fails only for an address that is none.
        window().location().assign(href).ok();
    }
}

/// Whether nobody has taken the event up.
fn tell(name: &str, count: i64) -> bool {
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&JsValue::from_f64(count as f64));
    init.set_cancelable(true);
    let event = web_sys::CustomEvent::new_with_event_init_dict(name, &init);
    // It fails only for an event that is being dispatched already.
    event
        .and_then(|event| window().dispatch_event(&event))
        .unwrap_or_default()
}

/// Calls back whenever the cart has changed, with the number of units in it.
pub fn on_change(act: impl Fn(i64) + 'static) {
    let listener = window_event_listener(
        ev::Custom::new(EVENT),
        move |event: web_sys::CustomEvent| {
            act(event.detail().as_f64().unwrap_or_default() as i64);
        },
    );
    on_cleanup(move || listener.remove());
}

/// A script that changes the cart sends it, too.
const EVENT: &str = "holdfast:cart";
const ADDED: &str = "holdfast:added";
/// See [`is_hinted`].
const HINT: &str = "holdfast_has_cart=";

/// What the link says, in the language of the page. In `many`, `#` is where the number goes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BadgeWords {
    pub name: String,
    pub one: String,
    pub many: String,
    pub href: String,
}

impl BadgeWords {
    fn label(&self, count: i64) -> String {
        match count {
            0 => self.name.clone(),
            1 => self.one.clone(),
            many => counted(&self.many, many),
        }
    }
}

#[island]
pub fn CartBadge(words: BadgeWords) -> impl IntoView {
    let count = RwSignal::new(0_i64);
    Effect::new(move || {
        on_change(move |now| count.set(now));
        if is_hinted(HINT) {
            spawn_local(async move {
                if let Ok(cart) = cart().await {
                    count.set(cart.count);
                }
            });
        }
    });
    let (name, href) = (words.name.clone(), words.href.clone());
    let label = move || words.label(count.get());
    let number = move || {
        let count = count.get();
        (count > 0).then(|| view! { <span class="cart-count">{count}</span> })
    };
    view! {
        <a class="header-action" href=href aria-label=label>
            {icon(Icon::Bag)}
            <span class="header-action-label">{name}</span>
            " "
            {number}
        </a>
    }
}
