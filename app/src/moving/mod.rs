//! Lists that are put in order by arrows, which are forms of their own: they need no script.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::{error::ShopError, locale::locale, ui::form::PageField};

#[cfg(feature = "ssr")]
mod text {
    include!(concat!(env!("OUT_DIR"), "/moving_text.rs"));
}

crate::words! {
    /// Where to.
    pub enum Way {
        Up = "up",
        Down = "down",
    }
}

impl Way {
    /// As an arrow sends it, in its field `to`.
    #[cfg(feature = "ssr")]
    pub fn read(to: &str) -> Result<Self, ShopError> {
        let words = text::Text::from(locale()).choose_a_way();
        Self::parse(to).ok_or_else(|| ShopError::field("to", words))
    }

    /// Moves the element that `is_it` by one place; tells whether there was one to be moved.
    pub fn step<T>(self, list: &mut [T], is_it: impl Fn(&T) -> bool) -> bool {
        let Some(at) = list.iter().position(is_it) else {
            return false;
        };
        let other = match self {
            Self::Up => at.checked_sub(1),
            Self::Down => Some(at + 1).filter(|other| *other < list.len()),
        };
        if let Some(other) = other {
            list.swap(at, other);
        }
        other.is_some()
    }
}

/// Where an element is in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Only,
    First,
    Between,
    Last,
}

impl Place {
    /// Of the element `at`, counted from 0, in a list of this length.
    pub const fn of(at: usize, length: usize) -> Self {
        match (at == 0, at + 1 >= length) {
            (true, true) => Self::Only,
            (true, false) => Self::First,
            (false, true) => Self::Last,
            (false, false) => Self::Between,
        }
    }

    pub const fn may_go(self, way: Way) -> bool {
        match way {
            Way::Up => matches!(self, Self::Between | Self::Last),
            Way::Down => matches!(self, Self::First | Self::Between),
        }
    }
}

/// What an arrow is called, for those who do not see it.
#[cfg(feature = "ssr")]
pub struct ArrowWords {
    pub up: String,
    pub down: String,
}

/// The two arrows of an element of a list.
#[cfg(feature = "ssr")]
pub fn arrows(action: &'static str, id: &str, words: ArrowWords, place: Place) -> AnyView {
    let arrow = |way: Way, sign: &'static str, words: String| {
        view! {
            <button
                class="btn btn-small"
                type="submit"
                name="to"
                value=way.as_str()
                disabled=!place.may_go(way)
            >
                <span aria-hidden="true">{sign}</span>
                <span class="visually-hidden">{words}</span>
            </button>
        }
    };
    view! {
        <form class="row" action=action method="post">
            <PageField/>
            <input type="hidden" name="id" value=id.to_owned()/>
            {arrow(Way::Up, "↑", words.up)}
            {arrow(Way::Down, "↓", words.down)}
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_moves_by_one_place_and_not_over_the_edge() {
        let mut list = ["a", "b", "c"];
        assert!(Way::Down.step(&mut list, |one| *one == "a"));
        assert_eq!(list, ["b", "a", "c"]);
        assert!(!Way::Up.step(&mut list, |one| *one == "b"));
        assert!(!Way::Down.step(&mut list, |one| *one == "c"));
        assert!(!Way::Down.step(&mut list, |one| *one == "d"));
        assert_eq!(list, ["b", "a", "c"]);
    }

    #[test]
    fn an_arrow_over_the_edge_cannot_be_pressed() {
        for (at, length, up, down) in [
            (0, 1, false, false),
            (0, 3, false, true),
            (1, 3, true, true),
            (2, 3, true, false),
        ] {
            let place = Place::of(at, length);
            let may = (place.may_go(Way::Up), place.may_go(Way::Down));
            assert_eq!(may, (up, down), "{at} of {length}");
        }
    }
}
