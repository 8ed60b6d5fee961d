//! The number of an order that the staff says on the phone.

use leptos::prelude::*;

/// `#1042`, once it is drawn.
pub fn short_number(number: Option<i64>) -> Option<impl IntoView> {
    number.map(|number| view! { <span class="short-number nums">{format!("#{number}")}</span> })
}
