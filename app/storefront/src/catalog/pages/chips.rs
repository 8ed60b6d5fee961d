//! The filters that are on, each with a link that takes it off.

use app::{
    catalog::{text::Text, types::Facets},
    locale::locale,
    ui::icon::{Icon, icon},
};
use leptos::prelude::*;

use super::lists::Lists;

/// A filter that is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    pub words: String,
    /// The list without it.
    pub href: String,
}

/// Everything that narrows the list down, but for the category.
pub fn chips_of(lists: &Lists, facets: &Facets) -> Vec<Chip> {
    let query = &lists.query;
    let text = Text::from(locale());
    let money = |minor| locale().money(minor, &lists.currency);
    let mut chips = Vec::new();
    let mut push = |words: String, href: String| chips.push(Chip { words, href });
    if let Some(q) = &query.q {
        push(text.quoted(q), lists.href_with(|query| query.q = None));
    }
    for tag in &query.tags {
        let known = facets.tags.iter().find(|known| known.value == *tag);
        push(
            known.map_or(tag, |known| &known.label).clone(),
            lists.href_with(|query| query.tags.retain(|other| other != tag)),
        );
    }
    if let Some(min) = query.price_min_minor {
        push(
            text.price_at_least(&money(min)),
            lists.href_with(|query| query.price_min_minor = None),
        );
    }
    if let Some(max) = query.price_max_minor {
        push(
            text.price_at_most(&money(max)),
            lists.href_with(|query| query.price_max_minor = None),
        );
    }
    if query.in_stock {
        push(
            text.in_stock().to_owned(),
            lists.href_with(|query| query.in_stock = false),
        );
    }
    for (option, values) in &query.options {
        let facet = facets.options.iter().find(|facet| facet.name == *option);
        let name = match facet {
            Some(facet) => capitalised(&facet.label),
            None => capitalised(option),
        };
        for value in values {
            let mut known = facet.into_iter().flat_map(|facet| &facet.values);
            let known = known.find(|known| known.value == *value);
            let label = known.map_or(value, |known| &known.label);
            let href = lists.href_with(|query| {
                if let Some(values) = query.options.get_mut(option) {
                    values.remove(value);
                }
            });
            push(format!("{name}: {label}"), href);
        }
    }
    chips
}

pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

pub fn chips(lists: &Lists, chips: Vec<Chip>) -> Option<AnyView> {
    let text = Text::from(locale());
    let clear = (chips.len() > 1).then(|| {
        view! { <li><a class="btn-text" href=lists.cleared_href()>{text.clear_all()}</a></li> }
    });
    (!chips.is_empty()).then(|| {
        let chips = chips
            .into_iter()
            .map(|chip| {
                view! {
                    <li>
                        <a class="chip" href=chip.href>
                            <span class="visually-hidden">{text.remove_filter()} " "</span>
                            {chip.words}
                            {icon(Icon::Close)}
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="chips" aria-label=text.active_filters()>{chips}{clear}</ul> }.into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::catalog::query::ListQuery;

    #[test]
    fn each_chip_takes_off_its_own_filter_and_the_page() {
        let pairs = [
            ("q", "tea"),
            ("opt.size", "M"),
            ("opt.size", "L"),
            ("max", "50"),
            ("page", "3"),
        ];
        let lists = Lists {
            query: ListQuery::parse(pairs, "EUR"),
            unread: Vec::new(),
            currency: "EUR".to_owned(),
        };
        let chips: Vec<_> = chips_of(&lists, &Facets::default())
            .into_iter()
            .map(|c| (c.words, c.href))
            .collect();
        let chip = |words: &str, href: &str| (words.to_owned(), href.to_owned());
        assert_eq!(
            chips,
            [
                chip("“tea”", "/products?max=50&opt.size=L&opt.size=M"),
                chip("up to €50.00", "/products?q=tea&opt.size=L&opt.size=M"),
                chip("Size: L", "/products?q=tea&max=50&opt.size=M"),
                chip("Size: M", "/products?q=tea&max=50&opt.size=L"),
            ]
        );
        assert_eq!(lists.cleared_href(), "/products");
    }
}
