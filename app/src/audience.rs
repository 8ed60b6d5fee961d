//! Whom a page is for: it is declared with the page, which says so while it is rendered, and never
//! guessed by the address. Only a page that says that it is the same for everybody is kept.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use leptos::prelude::use_context;

/// Found out of one page while it is rendered, through the context.
#[derive(Debug, Clone, Default)]
pub struct Audience(Arc<Marks>);

#[derive(Debug, Default)]
struct Marks {
    says_everybody: AtomicBool,
    knows_somebody: AtomicBool,
    ends: Mutex<Option<i64>>,
}

impl Audience {
    /// Whether the page may be sent to anybody: it says so, and holds nothing of who asked.
    pub fn is_everybody(&self) -> bool {
        self.0.says_everybody.load(Relaxed) && !self.0.knows_somebody.load(Relaxed)
    }

    /// When something on the page begins or ends, so that it is another one from then on:
    /// milliseconds since 1970. Nothing is known to if there is none.
    pub fn ends(&self) -> Option<i64> {
        *self.0.ends.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is rendered is for the one who asks, whatever it says.
    pub fn narrow(&self) {
        self.0.knows_somebody.store(true, Relaxed);
    }
}

/// What a page that is declared the same for everybody does first of all.
pub fn same_for_everybody() {
    if let Some(audience) = use_context::<Audience>() {
        audience.0.says_everybody.store(true, Relaxed);
    }
}

/// What is rendered shows something that changes by itself at this time, in milliseconds since 1970.
pub fn shown_until(moment: Option<i64>) {
    let Some(audience) = use_context::<Audience>() else {
        return;
    };
    let mut ends = audience
        .0
        .ends
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    *ends = [*ends, moment].into_iter().flatten().min();
}

/// Something looks at who asks.
pub(crate) fn for_the_visitor() {
    if let Some(audience) = use_context::<Audience>() {
        audience.narrow();
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::{Owner, provide_context};

    use super::*;
    use crate::visitor::{Visitor, visitor};

    /// What a page that does this turns out to be for.
    fn rendering(page: impl FnOnce()) -> Audience {
        let audience = Audience::default();
        Owner::new().with(|| {
            provide_context(audience.clone());
            provide_context(Visitor::default());
            page();
        });
        audience
    }

    #[test]
    fn only_a_page_that_says_so_is_for_everybody() {
        assert!(rendering(same_for_everybody).is_everybody());
        assert!(!rendering(|| {}).is_everybody());
    }

    #[test]
    fn a_page_ends_with_the_first_of_what_it_shows() {
        let page = rendering(|| {
            shown_until(None);
            shown_until(Some(7));
            shown_until(Some(5));
            shown_until(Some(9));
        });
        assert_eq!(page.ends(), Some(5));
        assert_eq!(rendering(|| shown_until(None)).ends(), None);
    }

    #[test]
    fn a_page_that_looks_at_its_visitor_is_not_whatever_it_says() {
        let first = rendering(|| {
            same_for_everybody();
            visitor();
        });
        let last = rendering(|| {
            visitor();
            same_for_everybody();
        });
        assert!(!first.is_everybody() && !last.is_everybody());
    }
}
