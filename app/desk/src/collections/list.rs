//! `/admin/collections`: all collections.

use app::{
    collections::{ports::collection_admin, text::Text, types::CollectionRow},
    identity::Role,
    locale::locale,
    ui::{
        banner::done,
        field::{TextField, refusal_of},
        form::{Form, PageField},
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;

use crate::admin::{
    frame::{Section, admin_page},
    translations::{links::links_to, ports::Group},
};

pub const HERE: &str = "/admin/collections";
const CREATE: &str = "/api/admin/collections/create";
pub const MOVE: &str = "/api/admin/collections/move";
pub const REMOVE: &str = "/api/admin/collections/remove";

#[component]
pub fn AdminCollectionsPage() -> impl IntoView {
    let port = collection_admin();
    let data = async move { port.collections().await };
    admin_page(Role::Admin, data, |_, rows| {
        let title = Text::from(locale()).collections();
        Section::Collections.page(title, page(&rows))
    })
}

fn page(rows: &[CollectionRow]) -> AnyView {
    let text = Text::from(locale());
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{text.collections()}</h1>
            <div class="row">{links_to(Group::Collections)}</div>
        </div>
        {done(&[("deleted", text.deleted())])}
        // An entry that is gone has no page of its own to say so.
        {refusal_of(&Form::of(MOVE))}
        {refusal_of(&Form::of(REMOVE))}
        <div class="admin-cols">
            <div class="stack">{table(rows)}</div>
            <div class="stack">{create_form()}</div>
        </div>
    }
    .into_any()
}

fn table(rows: &[CollectionRow]) -> AnyView {
    let text = Text::from(locale());
    if rows.is_empty() {
        return view! { <p class="panel muted">{text.none_yet()}</p> }.into_any();
    }
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let href = format!("{HERE}/{}", row.id);
            view! {
                <tr>
                    <td class="cell-first">
                        <a class="cell-link" href=href>{row.name.clone()}</a>
                    </td>
                    <td data-label=text.products()>{locale().number(row.products)}</td>
                </tr>
            }
        })
        .collect();
    stacked_table(
        text.collections(),
        [Head::new(text.name()), Head::new(text.products())],
        rows,
    )
}

fn create_form() -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(CREATE);
    view! {
        <form class="panel" action=CREATE method="post">
            <PageField/>
            <h2 class="panel-title">{text.new_collection()}</h2>
            {refusal_of(&form)}
            <div class="stack">
                <TextField
                    form=&form
                    name="name"
                    label=text.name()
                    autocomplete="off"
                    maxlength=255
                />
                <div>
                    <button class="btn btn-primary" type="submit">{text.create()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}
