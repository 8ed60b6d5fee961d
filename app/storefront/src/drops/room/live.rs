//! What changes on the page while a visitor waits.

use app::drops::{reload::reload_after, room::RoomState, room_live::watch};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Those whose turn it is load their page again within this time, in milliseconds.
const SOON: f64 = 1_500.0;
/// What changes for all at once, at the start and whenever all is taken, is told by numbers alone at first: within this
/// time they load their pages again, and do not keep the node from those who order.
const FOR_ALL: f64 = 20_000.0;

/// What the island says, in the language of the page; a number takes the place of `#`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RoomWords {
    pub tickets: String,
    pub ahead: String,
    pub minutes: String,
    pub nobody_now: String,
    pub units: String,
    pub all_taken: String,
    pub paying: String,
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
            RoomState::SoldOut { being_paid } => {
                vec![self.all_taken.clone(), with(&self.paying, *being_paid)]
            }
            _ => Vec::new(),
        }
    }

    /// What is said beside a page that was made for another state, or the same.
    fn beside(&self, page: &RoomState, state: &RoomState) -> Vec<String> {
        let mut lines = self.lines(state);
        // The page says so.
        lines.retain(|line| !page.is_like(state) || *line != self.all_taken);
        lines
    }
}

/// Within which time a page is made again whose visitor is in this state now.
const fn spread(state: &RoomState) -> f64 {
    match state {
        RoomState::LetIn { .. } | RoomState::Lapsed | RoomState::Ordered => SOON,
        RoomState::Closed { .. }
        | RoomState::NoPlace
        | RoomState::Drawing { .. }
        | RoomState::Waiting { .. }
        | RoomState::SoldOut { .. }
        | RoomState::Over => FOR_ALL,
    }
}

/// Tells the numbers as they are, and loads the page once the visitor's state is another one.
#[island]
pub fn RoomNumbers(slug: String, state: RoomState, words: RoomWords) -> impl IntoView {
    let page = StoredValue::new(state.clone());
    let told = RwSignal::new(state);
    let words = StoredValue::new(words);
    Effect::new(move || {
        let reloads = StoredValue::new(f64::INFINITY);
        watch(&slug, move |state| {
            let is_like = page.with_value(|page| page.is_like(&state));
            let within = spread(&state);
            told.set(state);
            if !is_like && within < reloads.get_value() {
                reloads.set_value(within);
                reload_after(0.0, within);
            }
        });
    });
    let lines = move || {
        let lines = words
            .with_value(|words| page.with_value(|page| told.with(|told| words.beside(page, told))));
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> });
        lines.collect_view()
    };
    view! { <ul class="room-numbers" aria-live="polite">{lines}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> RoomWords {
        RoomWords {
            tickets: "# places".to_owned(),
            ahead: "# ahead".to_owned(),
            minutes: "# min".to_owned(),
            nobody_now: "nobody".to_owned(),
            units: "# left".to_owned(),
            all_taken: "all taken".to_owned(),
            paying: "# paying".to_owned(),
        }
    }

    #[test]
    fn numbers_are_in_the_words() {
        let words = words();
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

    /// At the start of a drop, and when all is taken, thousands of pages are of another state within a second.
    #[test]
    fn what_changes_for_all_is_told_at_once_and_loads_their_pages_later() {
        let drawing = RoomState::Drawing { tickets: 9 };
        let sold_out = RoomState::SoldOut { being_paid: 3 };
        let words = words();
        assert_eq!(words.beside(&drawing, &sold_out), ["all taken", "3 paying"]);
        assert_eq!(words.beside(&sold_out, &sold_out), ["3 paying"]);
        assert_eq!(words.beside(&sold_out, &drawing), ["9 places"]);
        let turn = spread(&RoomState::LetIn { until: 0 });
        assert!(turn < 2_000.0 && spread(&sold_out) > 10.0 * turn);
    }
}
