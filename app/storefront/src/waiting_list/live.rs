//! How the goods of a drop are, while all of them are taken.

use std::time::Duration;

use app::waiting_list::types::AllTaken;
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use web_sys::js_sys;

use super::api::taken_of_drop;

/// Between two looks, in milliseconds, and as much more at most: those who look do not look together.
const LOOK_EVERY: f64 = 10_000.0;

/// What the island says, in the language of the page; a number takes the place of `#`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TakenWords {
    pub all_taken: String,
    pub paying: String,
    pub minutes: String,
    pub there_again: String,
    pub reload: String,
}

impl TakenWords {
    fn line(&self, taken: &AllTaken) -> String {
        let with = |words: &str, number: i64| words.replace('#', &number.to_string());
        let mut parts = vec![self.all_taken.clone()];
        if taken.paying > 0 {
            parts.push(with(&self.paying, taken.paying));
            parts.extend(taken.minutes.map(|minutes| with(&self.minutes, minutes)));
        }
        parts.join(" ")
    }
}

/// Says that all is taken, and as it is known how many are being paid for.
#[island]
pub fn TakenNow(slug: String, words: TakenWords) -> impl IntoView {
    let told = RwSignal::new(AllTaken {
        all: true,
        ..AllTaken::default()
    });
    let words = StoredValue::new(words);
    Effect::new(move || {
        let slug = StoredValue::new(slug.clone());
        let look = move || {
            spawn_local(async move {
                if let Ok(taken) = taken_of_drop(slug.get_value()).await {
                    told.set(taken);
                }
            });
        };
        look();
        let every = LOOK_EVERY * (1.0 + js_sys::Math::random());
        let every = Duration::from_millis(every as u64);
        let handle = set_interval_with_handle(look, every).ok();
        on_cleanup(move || {
            if let Some(handle) = handle {
                handle.clear();
            }
        });
    });
    let shown = move || {
        let taken = told.get();
        words.with_value(|words| match taken.all {
            true => view! { <p>{words.line(&taken)}</p> }.into_any(),
            false => view! {
                <p>{words.there_again.clone()} " " <a href="">{words.reload.clone()}</a></p>
            }
            .into_any(),
        })
    };
    view! { <div aria-live="polite">{shown}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_being_paid_for_is_told_as_far_as_it_is_known() {
        let words = TakenWords {
            all_taken: "All taken.".to_owned(),
            paying: "# paying.".to_owned(),
            minutes: "# min.".to_owned(),
            there_again: String::new(),
            reload: String::new(),
        };
        let line = |paying, minutes| {
            let all = true;
            words.line(&AllTaken {
                all,
                paying,
                minutes,
            })
        };
        assert_eq!(line(0, None), "All taken.");
        assert_eq!(line(7, None), "All taken. 7 paying.");
        assert_eq!(line(7, Some(4)), "All taken. 7 paying. 4 min.");
    }
}
