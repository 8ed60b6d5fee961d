//! Whom a page is for: it is declared with the page, which says so while it is rendered, and never
//! guessed by the address. Only a page that says that it is the same for everybody is kept.

use std::sync::{
    Arc,
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
}

impl Audience {
    /// Whether the page may be sent to anybody: it says so, and holds nothing of who asked.
    pub fn is_everybody(&self) -> bool {
        self.0.says_everybody.load(Relaxed) && !self.0.knows_somebody.load(Relaxed)
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
