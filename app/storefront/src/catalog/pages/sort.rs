//! The order of a list.

use app::{
    catalog::{
        query::{ListQuery, Sort},
        text::Text,
    },
    locale::locale,
};
use leptos::prelude::*;

use super::lists::Lists;

pub fn sort_form(lists: &Lists) -> AnyView {
    let text = Text::from(locale());
    let options = Sort::ALL
        .into_iter()
        .map(|sort| {
            let selected = sort == lists.query.sort;
            let label = label(sort, &lists.query);
            view! { <option value=sort.as_str() selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <form class="sort-form" action=lists.action() method="get">
            {lists.hidden(|name| name != "sort")}
            <label for="sort">{text.sort_by()}</label>
            <select class="select" id="sort" name="sort" autocomplete="off">{options}</select>
            <button class="btn btn-small plain-only" type="submit">{text.sort()}</button>
        </form>
    }
    .into_any()
}

fn label(sort: Sort, query: &ListQuery) -> &'static str {
    let text = Text::from(locale());
    match sort {
        Sort::Featured if query.q.is_some() => text.sort_relevance(),
        Sort::Featured => text.sort_featured(),
        Sort::Newest => text.sort_newest(),
        Sort::PriceUp => text.sort_price_up(),
        Sort::PriceDown => text.sort_price_down(),
        Sort::Name => text.sort_name(),
        Sort::BestSelling => text.sort_best_selling(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_search_calls_its_own_order_by_relevance() {
        let everything = ListQuery::parse([("in_stock", "1")], "EUR");
        assert_eq!(label(Sort::default(), &everything), "Featured");
        let search = ListQuery::parse([("q", "tea")], "EUR");
        assert_eq!(label(Sort::default(), &search), "Relevance");
    }
}
