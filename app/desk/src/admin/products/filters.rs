//! The form above the table of products that narrows and sorts it.

use app::{
    locale::locale,
    shop::shop,
    ui::{
        field::{Need, SelectField, TextField},
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use super::text::Text;
use crate::admin::{
    product_filter::{ProductFilter, ProductSort, StockState, TABLE, TranslationGap, Untranslated},
    translations::{links::gap_words, ports::targets},
};

pub(super) fn filters(filter: &ProductFilter, categories: Vec<String>) -> AnyView {
    let text = Text::from(locale());
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let choice = |key: &str, words: &str| (key.to_owned(), words.to_owned());
    let mut category_choices = vec![choice("", text.all_categories())];
    category_choices.extend(categories.iter().map(|name| choice(name, name)));
    let mut stock = vec![choice("", text.any_stock())];
    stock.extend(StockState::ALL.map(|state| choice(state.key(), stock_words(state, text))));
    let sorts = ProductSort::ALL
        .map(|sort| choice(sort.key(), sort_words(sort, text)))
        .to_vec();
    let kept = filter
        .active
        .map(|active| view! { <input type="hidden" name="active" value=active.to_string()/> });
    let all = filter
        .narrows()
        .then(|| view! { <a class="btn-text" href=TABLE>{text.show_all()}</a> });
    view! {
        <form class="table-filters" role="search" action=TABLE method="get">
            {kept} {filter.columns.hidden()}
            <TextField
                name="q"
                label=text.search()
                kind="search"
                need=Need::Unmarked
                value=or_empty(&filter.text)
            />
            <SelectField
                name="category"
                label=text.category()
                options=category_choices
                value=or_empty(&filter.category)
            />
            <TextField
                name="tag"
                label=text.tag()
                need=Need::Unmarked
                value=or_empty(&filter.tag)
            />
            <TextField
                name="vendor"
                label=text.vendor()
                need=Need::Unmarked
                value=or_empty(&filter.vendor)
            />
            <SelectField
                name="stock"
                label=text.stock()
                options=stock
                value=filter.stock.map_or("", StockState::key)
            />
            {translation_field(filter)}
            <SelectField
                name="sort"
                label=text.sort_by()
                options=sorts
                value=filter.sort.key()
            />
            <div class="row table-filters-act">
                <button class="btn" type="submit">
                    {icon(Icon::Search)}
                    {text.show()}
                </button>
                {all}
            </div>
        </form>
    }
    .into_any()
}

/// Nothing in a shop of one language.
fn translation_field(filter: &ProductFilter) -> Option<AnyView> {
    let languages = targets(&shop().settings);
    if languages.is_empty() {
        return None;
    }
    let text = Text::from(locale());
    let mut options = vec![(String::new(), text.any_translation().to_owned())];
    for language in languages {
        options.extend(TranslationGap::ALL.map(|gap| {
            let wanted = Untranslated { gap, language };
            (wanted.key(), gap_words(wanted))
        }));
    }
    let value = filter
        .translation
        .map(Untranslated::key)
        .unwrap_or_default();
    Some(
        view! {
            <SelectField
                name="translation"
                label=text.translation()
                options=options
                value=value
            />
        }
        .into_any(),
    )
}

fn sort_words(sort: ProductSort, text: Text) -> &'static str {
    match sort {
        ProductSort::Newest => text.sort_newest(),
        ProductSort::Edited => text.sort_edited(),
        ProductSort::Title => text.sort_title(),
        ProductSort::PriceUp => text.sort_price_up(),
        ProductSort::PriceDown => text.sort_price_down(),
        ProductSort::Status => text.sort_status(),
        ProductSort::StockUp => text.sort_stock_up(),
        ProductSort::StockDown => text.sort_stock_down(),
        ProductSort::Category => text.sort_category(),
    }
}

fn stock_words(state: StockState, text: Text) -> &'static str {
    match state {
        StockState::InStock => text.stock_there(),
        StockState::Low => text.stock_low(),
        StockState::SoldOut => text.stock_gone(),
    }
}
