//! Heads of columns that sort a table.

use leptos::prelude::*;

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

impl Way {
    const fn aria(self) -> &'static str {
        match self {
            Self::Up => "ascending",
            Self::Down => "descending",
        }
    }
}

/// The head of a column: `href` sorts by it, `way` is how the table is sorted by it now.
pub fn sort_head(
    class: &'static str,
    title: &'static str,
    href: String,
    way: Option<Way>,
) -> AnyView {
    view! {
        <th scope="col" class=class aria-sort=way.map(Way::aria)>
            <a class="sort" href=href>{title}</a>
        </th>
    }
    .into_any()
}
