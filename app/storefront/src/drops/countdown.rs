//! How long it takes until a drop starts, by the shop's clock.

use std::time::Duration;

use app::drops::reload::reload_after;
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use web_sys::js_sys;

use super::api::time_of_shop;

/// Between two looks at the shop's clock, in milliseconds: a browser's may be set meanwhile.
const LOOK_EVERY: f64 = 60_000.0;
/// Those who wait load the page within this time after the start, not all at once; in milliseconds.
const SPREAD: f64 = 1_000.0;

/// What the island says, in the language of the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CountdownWords {
    pub label: String,
    pub days: String,
    pub hours: String,
    pub minutes: String,
    pub seconds: String,
    pub started: String,
    pub reload: String,
}

/// Whole seconds that are left, cut into days, hours, minutes and seconds.
fn parts(left_ms: f64) -> [u32; 4] {
    let seconds = (left_ms / 1000.0).ceil().max(0.0);
    // Far less than the type holds: no drop is planned for the end of time.
    let seconds = seconds.min(f64::from(u32::MAX)) as u32;
    [
        seconds / 86_400,
        seconds / 3_600 % 24,
        seconds / 60 % 60,
        seconds % 60,
    ]
}

/// Counts down to `opens_at`, and loads the page once it is there.
#[island]
pub fn Countdown(opens_at: i64, words: CountdownWords) -> impl IntoView {
    // How far the shop's clock is ahead of the browser's; unknown before it was asked.
    let ahead = RwSignal::new(None::<f64>);
    let left = RwSignal::new(None::<f64>);
    let words = StoredValue::new(words);
    Effect::new(move || {
        let asked_at = StoredValue::new(f64::NEG_INFINITY);
        let reloads = StoredValue::new(false);
        let tick = move || {
            let here = js_sys::Date::now();
            if here - asked_at.get_value() >= LOOK_EVERY {
                asked_at.set_value(here);
                spawn_local(async move {
                    let Ok(time) = time_of_shop().await else {
                        return;
                    };
                    // It was told at some moment in between.
                    let between = f64::midpoint(here, js_sys::Date::now());
                    ahead.set(Some(time.now as f64 - between));
                });
            }
            let Some(ahead) = ahead.get_untracked() else {
                return;
            };
            let now = opens_at as f64 - (here + ahead);
            left.set(Some(now));
            if now <= 0.0 && !reloads.get_value() {
                reloads.set_value(true);
                reload_after(0.0, SPREAD);
            }
        };
        tick();
        let handle = set_interval_with_handle(tick, Duration::from_millis(250)).ok();
        on_cleanup(move || {
            if let Some(handle) = handle {
                handle.clear();
            }
        });
    });
    let shown = move || {
        let left = left.get()?;
        let view = words.with_value(|words| match left <= 0.0 {
            true => view! {
                <p class="countdown-started">
                    {words.started.clone()} " " <a href="">{words.reload.clone()}</a>
                </p>
            }
            .into_any(),
            false => {
                let [days, hours, minutes, seconds] = parts(left);
                let part = |number: u32, word: &str| {
                    view! {
                        <span class="countdown-part">
                            <b>{format!("{number:02}")}</b>
                            " "
                            <span>{word.to_owned()}</span>
                        </span>
                    }
                };
                view! {
                    <p class="countdown" role="timer" aria-label=words.label.clone()>
                        {part(days, &words.days)} {part(hours, &words.hours)}
                        {part(minutes, &words.minutes)} {part(seconds, &words.seconds)}
                    </p>
                }
                .into_any()
            }
        });
        Some(view)
    };
    view! { <div class="countdown-box">{shown}</div> }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn what_is_left_is_told_to_the_second_and_never_too_early() {
        assert_eq!(parts(0.0), [0, 0, 0, 0]);
        assert_eq!(parts(1.0), [0, 0, 0, 1]);
        assert_eq!(parts(60_000.0), [0, 0, 1, 0]);
        assert_eq!(parts(59_999.0), [0, 0, 1, 0]);
        let day = 86_400_000.0;
        assert_eq!(parts(day + 3_600_000.0 + 61_000.0), [1, 1, 1, 1]);
        assert_eq!(parts(-5.0), [0, 0, 0, 0]);
    }
}
