//! The search field: a plain field of a form, which suggests products where scripts run.

use std::time::Duration;

use leptos::{ev, html, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::{address, api::suggest, types::Suggestion};
use crate::ui::icon::{Icon, icon};

/// How long typing must pause before the server is asked.
const PAUSE: Duration = Duration::from_millis(150);

/// What the list of suggestions shows and which of them is chosen by keyboard.
#[derive(Clone, Copy)]
struct Suggestions {
    found: RwSignal<Vec<Suggestion>>,
    text: RwSignal<String>,
    active: RwSignal<Option<usize>>,
    /// Counts what was typed: an answer to anything but the last is out of date.
    asked: StoredValue<u32>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// What addresses in the language of the page begin with.
    prefix: StoredValue<String>,
}

/// What the field says, in the language of the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SearchWords {
    pub field: String,
    pub button: String,
    pub suggestions: String,
    /// What addresses in that language begin with.
    pub prefix: String,
}

impl Suggestions {
    fn new(prefix: String) -> Self {
        Self {
            prefix: StoredValue::new(prefix),
            found: RwSignal::default(),
            text: RwSignal::default(),
            active: RwSignal::default(),
            asked: StoredValue::new(0),
            timer: StoredValue::new(None),
        }
    }

    fn is_open(self) -> bool {
        self.found.with(|found| !found.is_empty())
    }

    fn close(self) {
        self.ask_anew();
        self.found.set(Vec::new());
        self.active.set(None);
    }

    /// Makes every question under way out of date.
    fn ask_anew(self) -> u32 {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        self.asked
            .update_value(|asked| *asked = asked.wrapping_add(1));
        self.asked.get_value()
    }

    fn typed(self, text: String) {
        let text = text.trim().to_owned();
        if text.chars().nth(1).is_none() {
            self.close();
            return;
        }
        let question = self.ask_anew();
        let ask = move || {
            spawn_local(async move {
                let found = suggest(text.clone()).await.unwrap_or_default();
                if self.asked.try_get_value() == Some(question) {
                    self.text.set(text);
                    self.active.set(None);
                    self.found.set(found);
                }
            });
        };
        self.timer
            .set_value(set_timeout_with_handle(ask, PAUSE).ok());
    }

    /// Moves the choice; before the first and after the last is the field itself.
    fn step(self, by: isize) {
        let count = self.found.with_untracked(Vec::len) as isize;
        let at = self.active.get_untracked().map_or(-1, |at| at as isize);
        let at = (at + 1 + by).rem_euclid(count + 1) - 1;
        self.active.set(usize::try_from(at).ok());
    }

    fn chosen(self) -> Option<String> {
        let at = self.active.get_untracked()?;
        self.found
            .with_untracked(|found| found.get(at).map(|found| self.href(found)))
    }

    fn href(self, suggestion: &Suggestion) -> String {
        self.prefix
            .with_value(|prefix| [prefix.as_str(), &address::product(&suggestion.slug)].concat())
    }

    fn on_key(self, event: ev::KeyboardEvent) {
        if !self.found.with_untracked(|found| !found.is_empty()) {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => self.step(1),
            "ArrowUp" => self.step(-1),
            "Escape" => self.close(),
            "Enter" => match self.chosen() {
                Some(href) => go_to(&href),
                None => return,
            },
            _ => return,
        }
        event.prevent_default();
    }
}

fn go_to(href: &str) {
    // It fails only for an address that is none.
    window().location().set_href(href).ok();
}

#[island]
pub fn SearchField(text: String, words: SearchWords) -> impl IntoView {
    let list = Suggestions::new(words.prefix);
    let input = NodeRef::<html::Input>::new();
    let on_input = move |_| {
        if let Some(input) = input.get_untracked() {
            list.typed(input.value());
        }
    };
    let active_id = move || list.active.get().map(option_id);
    let items = move || {
        let text = list.text.get_untracked();
        let found = list.found.get();
        found
            .into_iter()
            .enumerate()
            .map(|(at, found)| item(list, at, found, &text))
            .collect_view()
    };
    view! {
        <label class="visually-hidden" for="q">{words.field.clone()}</label>
        <input
            node_ref=input
            class="search-input"
            id="q"
            name="q"
            type="search"
            value=text
            placeholder=words.field
            autocomplete="off"
            maxlength="100"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded=move || if list.is_open() { "true" } else { "false" }
            aria-controls="q-list"
            aria-activedescendant=active_id
            on:input=on_input
            on:keydown=move |event| list.on_key(event)
            on:blur=move |_| list.close()
        />
        <button class="search-btn" type="submit" aria-label=words.button>{icon(Icon::Search)}</button>
        <ul
            class="suggest"
            id="q-list"
            role="listbox"
            aria-label=words.suggestions
            hidden=move || !list.is_open()
        >
            {items}
        </ul>
    }
}

fn option_id(at: usize) -> String {
    ["q-", &at.to_string()].concat()
}

fn item(list: Suggestions, at: usize, found: Suggestion, text: &str) -> impl IntoView + use<> {
    let href = list.href(&found);
    let selected = move || {
        if list.active.get() == Some(at) {
            "true"
        } else {
            "false"
        }
    };
    let class = found.picture.class();
    let picture = found.picture.src().map(str::to_owned);
    let picture = picture.map(|src| {
        view! { <img class=class src=src width="256" height="256" alt="" loading="lazy"/> }
    });
    // The press, not the click: by then the field has lost the focus and the list is gone.
    let on_press = move |event: ev::MouseEvent| {
        event.prevent_default();
        go_to(&href);
    };
    view! {
        <li
            class="suggest-item"
            role="option"
            id=option_id(at)
            aria-selected=selected
            on:mousedown=on_press
        >
            <span class="pic pic-xs">{picture}</span>
            <span class="suggest-title">{marked(&found.title, text)}</span>
            <span class="suggest-price">{found.price}</span>
        </li>
    }
}

/// The title with what was typed marked in it, if it occurs as it was typed, in whatever case.
fn marked(title: &str, text: &str) -> impl IntoView + use<> {
    let (before, hit, after) = around(title, text).unwrap_or((title, "", ""));
    let (before, hit, after) = (before.to_owned(), hit.to_owned(), after.to_owned());
    view! { {before}<mark>{hit}</mark>{after} }
}

/// What is before the text in the title, the text as the title writes it, and what is after it.
fn around<'a>(title: &'a str, text: &str) -> Option<(&'a str, &'a str, &'a str)> {
    title.char_indices().find_map(|(at, _)| {
        let (before, rest) = title.split_at(at);
        let (hit, after) = rest.split_at(length(rest, text)?);
        Some((before, hit, after))
    })
}

/// Bytes of the title that are the text, if it begins with it. Letters are compared one by one, for a
/// title in lower case may have other bytes than the title.
fn length(title: &str, text: &str) -> Option<usize> {
    let mut wanted = text.chars().flat_map(char::to_lowercase).peekable();
    for (at, letter) in title.char_indices() {
        if wanted.peek().is_none() {
            return Some(at);
        }
        if !letter.to_lowercase().all(|c| wanted.next() == Some(c)) {
            return None;
        }
    }
    wanted.peek().is_none().then_some(title.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_marked_in_whatever_case() {
        for (title, text, parts) in [
            ("Rain jacket", "JACK", ("Rain ", "jack", "et")),
            ("Öl", "öl", ("", "Öl", "")),
            ("Leinöl, 1 l", "ÖL", ("Lein", "öl", ", 1 l")),
            ("ЧАЙНИК", "чай", ("", "ЧАЙ", "НИК")),
            ("日本製の緑茶", "緑茶", ("日本製の", "緑茶", "")),
        ] {
            assert_eq!(around(title, text), Some(parts), "{title} {text}");
        }
        for (title, text) in [("Rope", "ropes"), ("İl", "il"), ("Straße", "strasse")] {
            assert_eq!(around(title, text), None, "{title} {text}");
        }
    }
}
