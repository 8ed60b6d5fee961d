//! The part of the product table that changes many at once: ticks in the rows and a form below.

use leptos::prelude::*;

use super::types::ProductTable;
use crate::{
    admin::{jobs::bulk::BulkAction, product_filter::ProductFilter},
    ui::{
        field::{Need, SelectField, TextField},
        form::{Form, PageField},
    },
};

const FORM: &str = "bulk";
const ACTION: &str = "/api/admin/products/bulk";

/// The box in front of a product. Its form stands below the table: rows have forms of their own.
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
            <span class="visually-hidden">{format!("Select {title}")}</span>
        </label>
    }
}

pub fn bulk_bar(filter: &ProductFilter, products: &ProductTable) -> AnyView {
    let form = Form::of(ACTION);
    let choice = |key: &str, words: &str| (key.to_owned(), words.to_owned());
    let all = match (products.has_more_than_counted, products.total) {
        (true, _) => "All matching products, on every page".to_owned(),
        (false, total) => format!("All {total} matching products, on every page"),
    };
    let scopes = vec![choice("ticked", "Selected products"), choice("all", &all)];
    let actions = BulkAction::KINDS
        .map(|(key, words)| choice(key, words))
        .to_vec();
    view! {
        <form class="panel bulk" id=FORM action=ACTION method="post" aria-labelledby="bulk-title">
            <PageField/>
            <h2 class="panel-title" id="bulk-title">"Bulk edit"</h2>
            <input type="hidden" name="query" value=filter.from_start().query()/>
            <div class="bulk-fields">
                <SelectField
                    form=&form
                    name="scope"
                    label="Apply to"
                    options=scopes
                    value="ticked"
                />
                <SelectField
                    form=&form
                    name="action"
                    label="Action"
                    options=actions
                    value="activate"
                />
                <TextField
                    form=&form
                    name="value"
                    label="Amount, percentage or tag"
                    need=Need::Unmarked
                />
                <button class="btn" type="submit">"Preview changes"</button>
            </div>
        </form>
    }
    .into_any()
}
