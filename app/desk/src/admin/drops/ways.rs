//! From a drop's page to the others that are about it.

use leptos::prelude::*;

use super::said;

pub const DROPS: &str = "/admin/drops";

/// A page about a drop beside its editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Checks,
    Preview,
    Live,
    Report,
}

const WAYS: [Way; 4] = [Way::Checks, Way::Preview, Way::Live, Way::Report];

impl Way {
    fn link(self) -> (&'static str, &'static str) {
        match self {
            Self::Checks => ("checks", said().checks()),
            Self::Preview => ("preview", said().preview()),
            Self::Live => ("live", said().live()),
            Self::Report => ("report", said().report()),
        }
    }
}

/// Links to all of them.
pub fn ways(id: &str) -> AnyView {
    let links: Vec<_> = WAYS
        .into_iter()
        .map(|way| {
            let (last, words) = way.link();
            view! { <a class="btn" href=format!("{DROPS}/{id}/{last}")>{words}</a> }
        })
        .collect();
    view! { {links} }.into_any()
}

/// The address of a drop's editor.
pub fn editor(id: &str) -> String {
    format!("{DROPS}/{id}")
}
