//! Saved views above a list: a tab for each, and beside them what can be done with the one at hand.

use app::{
    identity::{Account, Role},
    locale::locale,
    ui::{
        field::{CheckField, TextField, refusal_of},
        form::{Form, FormState, PageField},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    text::Text,
    types::{Audience, MAX_NAME, SavedView, ViewList},
};

pub const SAVE: &str = "/api/admin/views/save";
pub const RENAME: &str = "/api/admin/views/rename";
pub const DELETE: &str = "/api/admin/views/delete";

/// Whether it is one of these forms that came back: it says itself what is wrong with it.
pub fn was_refused() -> bool {
    let action = use_context::<FormState>().map(|state| state.action);
    action.is_some_and(|action| [SAVE, RENAME, DELETE].contains(&action.as_str()))
}

/// `query` is what the list shows now, without where its page begins; empty for all of it.
pub fn view_bar(account: &Account, list: ViewList, query: &str, views: &[SavedView]) -> AnyView {
    let here = views.iter().find(|view| view.query == query);
    let act = match here {
        Some(view) if view.is_theirs => Some(change(view)),
        Some(_) => None,
        None if query.is_empty() => None,
        None => Some(save(account, list, query)),
    };
    if views.is_empty() && act.is_none() {
        return ().into_any();
    }
    view! {
        <div class="view-bar">
            {tabs(list, query, views)}
            {act}
        </div>
        {told()}
    }
    .into_any()
}

fn tabs(list: ViewList, query: &str, views: &[SavedView]) -> Option<AnyView> {
    if views.is_empty() {
        return None;
    }
    let text = Text::from(locale());
    let tabs: Vec<_> = views
        .iter()
        .map(|view| {
            let here = (view.query == query).then_some("page");
            let shared = (view.audience == Audience::Shared)
                .then(|| view! { <span class="muted">{text.shared()}</span> });
            view! {
                <a class="tab" href=list.href(&view.query) aria-current=here>
                    {view.name.clone()}
                    {shared}
                </a>
            }
        })
        .collect();
    Some(view! { <nav class="tabs" aria-label=text.saved_views()>{tabs}</nav> }.into_any())
}

/// What has just been done with a view.
fn told() -> Option<AnyView> {
    if use_context::<FormState>().is_some() {
        return None;
    }
    let text = Text::from(locale());
    let words = match use_query_map().get_untracked().get_str("view")? {
        "saved" => text.view_saved(),
        "renamed" => text.view_renamed(),
        "deleted" => text.view_deleted(),
        _ => return None,
    };
    Some(view! { <p class="muted view-told" role="status">{words}</p> }.into_any())
}

fn name_field(form: &Form, stored: &str) -> impl IntoView + use<> {
    view! {
        <TextField
            form=form
            name="name"
            label=Text::from(locale()).name()
            value=stored.to_owned()
            maxlength=MAX_NAME as u32
            autocomplete="off"
        />
    }
}

fn save(account: &Account, list: ViewList, query: &str) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(SAVE);
    let shared = (account.role == Role::Admin).then(|| {
        view! { <CheckField form=&form name="shared" label=text.for_all_staff()/> }
    });
    view! {
        <details class="asked view-asked" open=form.was_refused()>
            <summary class="btn btn-small">{text.save_view_ask()}</summary>
            <form class="panel stack" action=SAVE method="post" novalidate>
                <PageField/>
                {refusal_of(&form)}
                <input type="hidden" name="list" value=list.as_str()/>
                <input type="hidden" name="query" value=query.to_owned()/>
                <p class="muted small">{text.what_is_saved()}</p>
                {name_field(&form, "")}
                {shared}
                <p>
                    <button class="btn btn-primary" type="submit">{text.save_view()}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}

fn change(view: &SavedView) -> AnyView {
    let text = Text::from(locale());
    let (rename, delete) = (Form::of(RENAME), Form::of(DELETE));
    let open = rename.was_refused() || delete.was_refused();
    let version = rename.version(view.version.to_string());
    let name = name_field(&rename, &view.name);
    view! {
        <details class="asked view-asked" open=open>
            <summary class="btn btn-small">{text.change_view_ask()}</summary>
            <div class="panel stack">
                {refusal_of(&rename)} {refusal_of(&delete)}
                <form class="stack" action=RENAME method="post" novalidate>
                    <PageField/>
                    <input type="hidden" name="id" value=view.id.clone()/>
                    <input type="hidden" name="version" value=version/>
                    {name}
                    <p>
                        <button class="btn" type="submit">{text.rename_view()}</button>
                    </p>
                </form>
                <form action=DELETE method="post">
                    <PageField/>
                    <input type="hidden" name="id" value=view.id.clone()/>
                    <input type="hidden" name="version" value=view.version.to_string()/>
                    <button class="btn-text" type="submit">{text.delete_view()}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}
