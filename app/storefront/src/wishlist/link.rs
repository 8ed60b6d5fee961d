//! The link to the wishlist, with the number of products in it; and the form of all hearts of a page.
//!
//! Pages are the same bytes for everybody, so no heart knows whether its product is in the list. The
//! browser asks if there is a list at all, and marks those that are.

use app::ui::{counted::counted, hint::is_hinted, icon::own_icon};
use leptos::{ev, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use super::api::{add_to_wishlist, remove_from_wishlist, wishlist_products};

/// Id of the form that every heart belongs to, wherever it is on the page.
pub const HEARTS: &str = "hearts";
/// See [`is_hinted`].
const HINT: &str = "holdfast_has_wishlist=";
/// A script tells that it has put other cards on the page.
const NEW_CARDS: &str = "holdfast:cards";
const ALL_HEARTS: &str = "button[form=hearts]";
/// Says of a heart that its product is in the list.
const PRESSED: &str = "aria-pressed";

pub const HEART: &str =
    r#"<path d="M10 16.8 3.9 10.6a3.9 3.9 0 0 1 5.5-5.5l.6.6.6-.6a3.9 3.9 0 0 1 5.5 5.5z"/>"#;

/// What the link says, in the language of the page, and where it leads. In `many`, `#` is where the
/// number goes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinkWords {
    pub name: String,
    pub one: String,
    pub many: String,
    pub href: String,
    /// What the hearts' form is posted to.
    pub action: String,
}

#[island]
pub fn WishlistLink(words: LinkWords) -> impl IntoView {
    let count = RwSignal::new(0_usize);
    let refusal = RwSignal::new(String::new());
    let saved = StoredValue::new(None::<Vec<String>>);
    let show = move |products: Vec<String>| {
        mark(&products);
        count.set(products.len());
        saved.set_value(Some(products));
    };
    Effect::new(move || {
        let _ = window_event_listener_untyped(NEW_CARDS, move |_| {
            saved.with_value(|saved| {
                if let Some(products) = saved {
                    mark(products);
                }
            });
        });
        if is_hinted(HINT) {
            spawn_local(async move {
                if let Ok(products) = wishlist_products().await {
                    show(products);
                }
            });
        }
    });
    let on_submit = move |event: ev::SubmitEvent| {
        let Some(heart) = event.submitter() else {
            return;
        };
        event.prevent_default();
        let product_id = heart.get_attribute("value").unwrap_or_default();
        let is_in = heart.get_attribute(PRESSED).as_deref() == Some("true");
        spawn_local(async move {
            let changed = match is_in {
                true => remove_from_wishlist(product_id).await,
                false => add_to_wishlist(product_id).await,
            };
            match changed {
                Ok(products) => {
                    refusal.set(String::new());
                    show(products);
                }
                Err(error) => refusal.set(error.message),
            }
        });
    };
    let LinkWords {
        name,
        one,
        many,
        href,
        action,
    } = words;
    let shown = name.clone();
    let label = move || match count.get() {
        0 => name.clone(),
        1 => one.clone(),
        number => counted(&many, number as i64),
    };
    view! {
        <form id=HEARTS action=action method="post" hidden on:submit=on_submit></form>
        <a class="header-action wishlist-link" href=href aria-label=label>
            {own_icon(HEART)}
            <span class="header-action-label">{shown}</span>
            " "
            <span class="cart-count" hidden=move || count.get() == 0>{count}</span>
        </a>
        <p class="wishlist-refusal" aria-live="assertive" hidden=move || refusal.get().is_empty()>
            {refusal}
        </p>
    }
}

/// Marks the hearts of the products that are in the list, and no others.
fn mark(products: &[String]) {
    let Ok(hearts) = document().query_selector_all(ALL_HEARTS) else {
        return;
    };
    for at in 0..hearts.length() {
        let heart = hearts
            .get(at)
            .map(JsCast::unchecked_into::<web_sys::Element>);
        if let Some(heart) = heart {
            let id = heart.get_attribute("value").unwrap_or_default();
            let is_in = match products.contains(&id) {
                true => "true",
                false => "false",
            };
            let _ = heart.set_attribute(PRESSED, is_in);
        }
    }
}
