//! Links between the pages of a list.

use leptos::prelude::*;

use super::{
    icon::{Icon, icon},
    text::Text,
};
use crate::locale::locale;

/// Nothing for a single page. `href` gives the address of a page.
#[component]
pub fn Pagination<F>(page: i64, pages: i64, href: F) -> impl IntoView
where
    F: Fn(i64) -> String,
{
    if pages <= 1 {
        return ().into_any();
    }
    let text = Text::from(locale());
    let numbers = shown_pages(page, pages)
        .into_iter()
        .map(|number| match number {
            Some(number) => {
                let current = (number == page).then_some("page");
                let label = text.page(&number.to_string());
                view! {
                    <li>
                        <a class="page-link" href=href(number) aria-label=label aria-current=current>
                            {number}
                        </a>
                    </li>
                }
                .into_any()
            }
            None => view! { <li><span class="page-gap">"…"</span></li> }.into_any(),
        })
        .collect_view();
    view! {
        <nav class="pagination" aria-label=text.pages()>
            {step(Step::Back, (page > 1).then(|| href((page - 1).min(pages))))}
            <ol>{numbers}</ol>
            {step(Step::Onward, (page < pages).then(|| href(page + 1)))}
        </nav>
    }
    .into_any()
}

/// Links to the pages before and after, for lists that are not counted; nothing for a single page.
pub fn steps(back: Option<String>, onward: Option<String>) -> AnyView {
    if back.is_none() && onward.is_none() {
        return ().into_any();
    }
    let name = Text::from(locale()).pages();
    view! {
        <nav class="pagination" aria-label=name>
            {step(Step::Back, back)} {step(Step::Onward, onward)}
        </nav>
    }
    .into_any()
}

#[derive(Clone, Copy)]
enum Step {
    Back,
    Onward,
}

/// A link to the page before or after; on an edge page the words alone.
fn step(step: Step, href: Option<String>) -> AnyView {
    let text = Text::from(locale());
    let (rel, words) = match step {
        Step::Back => (
            "prev",
            view! { {icon(Icon::Back)}{text.previous()} }.into_any(),
        ),
        Step::Onward => (
            "next",
            view! { {text.next_page()}{icon(Icon::Arrow)} }.into_any(),
        ),
    };
    match href {
        Some(href) => view! { <a class="page-link" rel=rel href=href>{words}</a> }.into_any(),
        None => view! { <span class="page-link" role="link" aria-disabled="true">{words}</span> }
            .into_any(),
    }
}

/// First, last and the pages around the current one; `None` is a gap.
fn shown_pages(page: i64, pages: i64) -> Vec<Option<i64>> {
    let mut shown: Vec<Option<i64>> = Vec::new();
    let mut before = 0;
    for number in 1..=pages {
        let near = (number - page).abs() <= 1 || number == 1 || number == pages;
        // A gap of one page would take as much room as that page.
        let fills_gap = (number == 2 && page == 4) || (number == pages - 1 && page == pages - 3);
        if !near && !fills_gap {
            continue;
        }
        if number > before + 1 {
            shown.push(None);
        }
        shown.push(Some(number));
        before = number;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::shown_pages;

    fn shown(page: i64, pages: i64) -> String {
        let words = shown_pages(page, pages)
            .into_iter()
            .map(|number| number.map_or("…".to_owned(), |n| n.to_string()))
            .collect::<Vec<_>>();
        words.join(" ")
    }

    #[test]
    fn the_edges_and_the_neighbours_are_shown() {
        assert_eq!(shown(1, 1), "1");
        assert_eq!(shown(1, 5), "1 2 … 5");
        assert_eq!(shown(4, 13), "1 2 3 4 5 … 13");
        assert_eq!(shown(7, 13), "1 … 6 7 8 … 13");
        assert_eq!(shown(10, 13), "1 … 9 10 11 12 13");
        assert_eq!(shown(99, 13), "1 … 13");
    }
}
