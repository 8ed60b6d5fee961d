//! Until when a page is right: the next moment at which something that it shows begins or ends by
//! itself, as an announcement does. A page that is kept ends then.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::Relaxed},
};

use leptos::prelude::use_context;

/// Found out of one page while it is rendered, through the context.
#[derive(Debug, Clone)]
pub struct Until(Arc<AtomicI64>);

impl Default for Until {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(i64::MAX)))
    }
}

impl Until {
    /// In milliseconds since 1970; `None` if nothing on the page begins or ends.
    pub fn moment(&self) -> Option<i64> {
        Some(self.0.load(Relaxed)).filter(|moment| *moment != i64::MAX)
    }
}

/// Something on the page at hand begins or ends at this moment, if at any, in milliseconds since 1970.
/// The first of all moments counts.
pub fn changes_at(moment: Option<i64>) {
    if let (Some(until), Some(moment)) = (use_context::<Until>(), moment) {
        until.0.fetch_min(moment, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::{Owner, provide_context};

    use super::*;

    #[test]
    fn a_page_is_right_until_the_first_of_its_moments() {
        let until = Until::default();
        Owner::new().with(|| {
            provide_context(until.clone());
            changes_at(None);
            assert_eq!(until.moment(), None);
            for moment in [700, 300, 500] {
                changes_at(Some(moment));
            }
        });
        assert_eq!(until.moment(), Some(300));
    }
}
