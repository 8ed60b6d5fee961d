//! The part of the product table that changes many at once: ticks in the rows and a form below.

use app::{
    locale::locale,
    ui::{
        field::{Need, SelectField, TextField},
        form::{Form, PageField},
    },
};
use leptos::prelude::*;

use super::{text::Text, types::ProductTable};
use crate::admin::{jobs::bulk::BulkAction, product_filter::ProductFilter};

const FORM: &str = "bulk";
const ACTION: &str = "/api/admin/products/bulk";

/// The box in front of a product. Its form is below the table: rows have forms of their own.
pub fn tick(id: &str, title: &str) -> impl IntoView + use<> {
    let form = Form::of(ACTION);
    let checked = form.values().is_some_and(|values| {
        values
            .iter()
            .any(|(name, value)| name == "ids[]" && value == id)
    });
    view! {
        <label class="check">
            <input type="checkbox" form=FORM name="ids[]" value=id.to_owned() checked=checked/>
            <span class="visually-hidden">{Text::from(locale()).select_what(title)}</span>
        </label>
    }
}

pub fn bulk_bar(filter: &ProductFilter, products: &ProductTable) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(ACTION);
    let choice = |key: &str, words: &str| (key.to_owned(), words.to_owned());
    let all = match (products.has_more_than_counted, products.total) {
        (true, _) => text.all_matching().to_owned(),
        (false, total) => text.all_matching_count(total),
    };
    let scopes = vec![
        choice("ticked", text.selected_products()),
        choice("all", &all),
    ];
    let actions = BulkAction::kinds(locale())
        .map(|(key, words)| choice(key, words))
        .to_vec();
    view! {
        <form class="panel bulk" id=FORM action=ACTION method="post" aria-labelledby="bulk-title">
            <PageField/>
            <h2 class="panel-title" id="bulk-title" data-ticked=text.ticked()>
                {text.bulk_edit()}
            </h2>
            <input type="hidden" name="query" value=filter.from_start().query()/>
            <div class="bulk-fields">
                <SelectField
                    form=&form
                    name="scope"
                    label=text.apply_to()
                    options=scopes
                    value="ticked"
                />
                <SelectField
                    form=&form
                    name="action"
                    label=text.action()
                    options=actions
                    value="activate"
                />
                <TextField
                    form=&form
                    name="value"
                    label=text.bulk_value()
                    need=Need::Unmarked
                />
                <button class="btn" type="submit">{text.preview_changes()}</button>
            </div>
        </form>
    }
    .into_any()
}
