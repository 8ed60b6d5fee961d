//! What changes on the page while a visitor waits.

use std::time::Duration;

use app::drops::{room::RoomState, room_live::watch};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use web_sys::js_sys;

/// Those whose page is made again load it within this time, not all at once; in milliseconds.
const SPREAD: f64 = 1_500.0;

/// What the island says, in the language of the page; a number takes the place of `#`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RoomWords {
    pub tickets: String,
    pub ahead: String,
    pub minutes: String,
    pub nobody_now: String,
    pub units: String,
}

impl RoomWords {
    fn lines(&self, state: &RoomState) -> Vec<String> {
        let with = |words: &str, number: i64| words.replace('#', &number.to_string());
        match state {
            RoomState::Drawing { tickets } => vec![with(&self.tickets, *tickets)],
            RoomState::Waiting {
                ahead,
                minutes,
                units,
            } => vec![
                with(&self.ahead, *ahead),
                match minutes {
                    Some(minutes) => with(&self.minutes, *minutes),
                    None => self.nobody_now.clone(),
                },
                with(&self.units, *units),
            ],
            _ => Vec::new(),
        }
    }
}

/// Tells the numbers as they are, and loads the page once the visitor's state is another one.
#[island]
pub fn RoomNumbers(slug: String, state: RoomState, words: RoomWords) -> impl IntoView {
    let told = RwSignal::new(state);
    let words = StoredValue::new(words);
    Effect::new(move || {
        let reloads = StoredValue::new(false);
        watch(&slug, move |state| {
            let is_like = told.with_untracked(|told| told.is_like(&state));
            if is_like {
                told.set(state);
            } else if !reloads.get_value() {
                reloads.set_value(true);
                let wait = js_sys::Math::random() * SPREAD;
                let wait = Duration::from_millis(wait as u64);
                set_timeout(
                    || {
                        let _ = window().location().reload();
                    },
                    wait,
                );
            }
        });
    });
    let lines = move || {
        let lines = words.with_value(|words| told.with(|told| words.lines(told)));
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> });
        lines.collect_view()
    };
    view! { <ul class="room-numbers" aria-live="polite">{lines}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_the_words() {
        let words = RoomWords {
            tickets: "# places".to_owned(),
            ahead: "# ahead".to_owned(),
            minutes: "# min".to_owned(),
            nobody_now: "nobody".to_owned(),
            units: "# left".to_owned(),
        };
        let waiting = |minutes| RoomState::Waiting {
            ahead: 7,
            minutes,
            units: 3,
        };
        assert_eq!(
            words.lines(&waiting(Some(2))),
            ["7 ahead", "2 min", "3 left"]
        );
        assert_eq!(words.lines(&waiting(None)), ["7 ahead", "nobody", "3 left"]);
        assert_eq!(
            words.lines(&RoomState::Drawing { tickets: 9 }),
            ["9 places"]
        );
        assert!(words.lines(&RoomState::Lapsed).is_empty());
    }
}
