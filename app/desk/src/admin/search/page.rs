//! `/admin/search`: what Ctrl+K finds as one types, as a page.

use app::{identity::Role, visitor::staff};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    find::find,
    ports::admin_search,
    said,
    types::{Found, Group, Hit},
};
use crate::admin::frame::{Section, admin_page, search_form};

const HERE: &str = "/admin/search";

#[component]
pub fn AdminSearchPage() -> impl IntoView {
    let typed = use_query_map().get_untracked().get("q").unwrap_or_default();
    let (port, account, text) = (admin_search(), staff(), typed.clone());
    let data = async move { find(&*port, &account?, &text).await };
    admin_page(Role::Staff, data, move |_, found| {
        Section::Search.page(said().search(), page(typed, found))
    })
}

fn page(typed: String, found: Found) -> AnyView {
    let is_asked = !typed.trim().is_empty();
    let groups: Vec<_> = found.groups.into_iter().map(group).collect();
    let words = match (is_asked, groups.is_empty()) {
        (false, _) => Some(said().what_is_found()),
        (true, true) => Some(said().nothing_found()),
        (true, false) => None,
    };
    let words = words.map(|words| view! { <p class="muted" role="status">{words}</p> });
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{said().search()}</h1>
        </div>
        <div class="stack">
            {search_form(HERE, said().search_everything(), typed, Vec::new())} {words} {groups}
        </div>
    }
    .into_any()
}

fn group(group: Group) -> AnyView {
    let id = format!("found-{}", group.kind.as_str());
    let hits: Vec<_> = group.hits.into_iter().map(hit).collect();
    view! {
        <section class="panel" aria-labelledby=id.clone()>
            <h2 class="panel-title" id=id.clone()>{group.title}</h2>
            <ul class="found">{hits}</ul>
        </section>
    }
    .into_any()
}

fn hit(hit: Hit) -> impl IntoView {
    let detail =
        (!hit.detail.is_empty()).then(|| view! { <span class="cell-sub">{hit.detail}</span> });
    view! {
        <li>
            <a class="link" href=hit.href>{hit.title}</a>
            " "
            {detail}
        </li>
    }
}
