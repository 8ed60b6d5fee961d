//! Loading the page again, and not in all browsers at the same moment.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::js_sys;

/// After this time and up to so much more, in milliseconds.
pub fn reload_after(least: f64, spread: f64) {
    let wait = least + js_sys::Math::random() * spread;
    set_timeout(reload, Duration::from_millis(wait as u64));
}

pub fn reload() {
    let _ = window().location().reload();
}
