//! `/admin/categories`: all categories in their places.

use app::{
    catalog::categories::MAX_LEVELS,
    identity::Role,
    locale::locale,
    moving::{ArrowWords, arrows},
    ui::{
        banner::done,
        field::{SelectField, TextField, refusal_of},
        form::{Form, PageField},
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;

use super::{ports::category_admin, text::Text, types::CategoryRow};
use crate::admin::{
    frame::{Section, admin_page},
    translations::{links::links_to, ports::Group},
};

const CREATE: &str = "/api/admin/categories/create";
const MOVE: &str = "/api/admin/categories/move";

#[component]
pub fn AdminCategoriesPage() -> impl IntoView {
    let port = category_admin();
    let data = async move { port.categories().await };
    admin_page(Role::Admin, data, |_, rows| {
        let title = Text::from(locale()).categories();
        Section::Categories.page(title, page(&rows))
    })
}

fn page(rows: &[CategoryRow]) -> AnyView {
    let text = Text::from(locale());
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{text.categories()}</h1>
            <div class="row">{links_to(Group::Categories)}</div>
        </div>
        {done(&[("deleted", text.deleted())])}
        {refusal_of(&Form::of(MOVE))}
        <div class="admin-cols">
            <div class="stack">{table(rows)}</div>
            <div class="stack">{create_form(rows)}</div>
        </div>
    }
    .into_any()
}

fn table(rows: &[CategoryRow]) -> AnyView {
    let text = Text::from(locale());
    if rows.is_empty() {
        return view! { <p class="panel muted">{text.none_yet()}</p> }.into_any();
    }
    let rows: Vec<_> = rows.iter().map(row).collect();
    view! {
        {stacked_table(
            text.categories(),
            [
                Head::new(text.name()),
                Head::new(text.products()),
                Head::new(text.order()),
            ],
            rows,
        )}
        <p class="muted small">{text.menu_hint()}</p>
    }
    .into_any()
}

fn row(row: &CategoryRow) -> AnyView {
    let text = Text::from(locale());
    let words = ArrowWords {
        up: text.move_up(&row.name),
        down: text.move_down(&row.name),
    };
    let href = format!("/admin/categories/{}", row.id);
    view! {
        <tr>
            <td class="cell-first">
                <span>
                    {indent(row.level)} <a class="cell-link" href=href>{row.name.clone()}</a>
                </span>
            </td>
            <td data-label=text.products()>{locale().number(row.products)}</td>
            <td class="cell-act">{arrows(MOVE, &row.id, words, row.place)}</td>
        </tr>
    }
    .into_any()
}

/// What shows that a category is below the one before it.
pub(super) fn indent(level: usize) -> String {
    match level {
        0 => String::new(),
        level => format!("{}– ", "\u{a0}\u{a0}".repeat(level)),
    }
}

fn create_form(rows: &[CategoryRow]) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(CREATE);
    let mut parents = vec![(String::new(), text.no_parent().to_owned())];
    let above = rows.iter().filter(|row| row.level + 1 < MAX_LEVELS);
    parents.extend(above.map(|row| {
        let name = format!("{}{}", indent(row.level), row.name);
        (row.id.clone(), name)
    }));
    view! {
        <form class="panel" action=CREATE method="post">
            <PageField/>
            <h2 class="panel-title">{text.new_category()}</h2>
            {refusal_of(&form)}
            <div class="stack">
                <TextField
                    form=&form
                    name="name"
                    label=text.name()
                    autocomplete="off"
                    maxlength=255
                />
                <SelectField form=&form name="parent" label=text.parent() options=parents/>
                <div>
                    <button class="btn btn-primary" type="submit">{text.create()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}
