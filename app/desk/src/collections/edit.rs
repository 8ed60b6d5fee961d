//! `/admin/collections/:id`: a collection's name, address, text, picture and products.

use app::{
    catalog::address,
    collections::{
        PICTURE,
        ports::collection_admin,
        text::Text,
        types::{AdminCollection, Entry},
    },
    identity::Role,
    locale::locale,
    moving::{ArrowWords, arrows},
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        field::{Need, TextArea, TextField, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
        path::path_part,
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::list::{HERE, MOVE, REMOVE};
use crate::admin::{
    frame::{Section, admin_page},
    picture_panel::{Pictured, picture_panel},
    product_filter::ProductFilter,
    products::{ports::product_admin, types::AdminProductRow},
};

const UPDATE: &str = "/api/admin/collections/update";
const ADD: &str = "/api/admin/collections/add";
const REMOVE_PICTURE: &str = "/api/admin/collections/picture/remove";
const DELETE: &str = "/api/admin/collections/delete";
/// Products that a search shows.
const FOUND: usize = 20;
/// Letters of a search that are looked at.
const MAX_QUERY: usize = 100;

/// What was searched for, and what was found.
struct Search {
    text: String,
    found: Vec<AdminProductRow>,
}

#[component]
pub fn AdminCollectionPage() -> impl IntoView {
    let id = path_part("id");
    let query = use_query_map().get_untracked().get("q").unwrap_or_default();
    let wanted: String = query.trim().chars().take(MAX_QUERY).collect();
    let (port, products) = (collection_admin(), product_admin());
    let data = async move {
        let collection = port.collection(&id).await?;
        let found = match wanted.is_empty() {
            true => Vec::new(),
            false => {
                let filter = ProductFilter {
                    text: Some(wanted.clone()),
                    ..ProductFilter::default()
                };
                products.products(&filter).await?.rows
            }
        };
        let search = Search {
            text: wanted,
            found,
        };
        Ok((collection, search))
    };
    admin_page(Role::Admin, data, |_, (collection, search)| {
        Section::Collections.page(collection.name.clone(), page(&collection, &search))
    })
}

fn page(collection: &AdminCollection, search: &Search) -> AnyView {
    let text = Text::from(locale());
    let news = done(&[
        ("created", text.created()),
        ("saved", text.saved()),
        ("picture", text.picture_saved()),
        ("picture-removed", text.picture_removed()),
    ]);
    let view_href = address::collection(&collection.slug);
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb(HERE, text.collections()), &collection.name)}
            <h1 class="admin-title">{collection.name.clone()}</h1>
            <div class="row">
                <a class="btn-text" href=view_href>{text.view_in_shop()}</a>
            </div>
        </div>
        {news}
        {refusal_of(&Form::of(DELETE))}
        {refusal_of(&Form::of(MOVE))}
        {refusal_of(&Form::of(REMOVE))}
        <div class="admin-cols">
            <div class="stack">
                {entries(&collection.entries)} {adding(collection, search)} {words(collection)}
            </div>
            <div class="stack">{picture(collection)} {delete(collection)}</div>
        </div>
    }
    .into_any()
}

fn entries(entries: &[Entry]) -> AnyView {
    let text = Text::from(locale());
    if entries.is_empty() {
        return view! { <p class="panel muted">{text.no_products_yet()}</p> }.into_any();
    }
    let rows: Vec<_> = entries.iter().map(entry).collect();
    stacked_table(
        text.products(),
        [
            Head::new(text.product()),
            Head::new(text.order()),
            Head::hidden(text.change()),
        ],
        rows,
    )
}

fn entry(entry: &Entry) -> AnyView {
    let text = Text::from(locale());
    let words = ArrowWords {
        up: text.move_up(&entry.title),
        down: text.move_down(&entry.title),
    };
    let hidden = (!entry.active)
        .then(|| view! { " "<span class="badge badge-outline">{text.not_on_sale()}</span> });
    let href = format!("/admin/products/{}", entry.product_id);
    view! {
        <tr>
            <td class="cell-first">
                <span>
                    <a class="cell-link" href=href>{entry.title.clone()}</a>
                    {hidden}
                </span>
            </td>
            <td data-label=text.order()>{arrows(MOVE, &entry.id, words, entry.place)}</td>
            <td class="cell-act">
                <form action=REMOVE method="post">
                    <PageField/>
                    <input type="hidden" name="id" value=entry.id.clone()/>
                    <button class="btn-text" type="submit">
                        {icon(Icon::Trash)}
                        <span class="visually-hidden">{text.remove(&entry.title)}</span>
                    </button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

fn adding(collection: &AdminCollection, search: &Search) -> AnyView {
    let text = Text::from(locale());
    let here = format!("{HERE}/{}", collection.id);
    let is_in = |product: &AdminProductRow| {
        let mut entries = collection.entries.iter();
        entries.any(|entry| entry.product_id == product.id)
    };
    let found: Vec<_> = search
        .found
        .iter()
        .filter(|product| !is_in(product))
        .take(FOUND)
        .map(|product| {
            view! {
                <li>
                    <form class="row" action=ADD method="post">
                        <PageField/>
                        <input type="hidden" name="id" value=collection.id.clone()/>
                        <input type="hidden" name="product_id" value=product.id.clone()/>
                        <input type="hidden" name="q" value=search.text.clone()/>
                        <span>{product.title.clone()}</span>
                        <button class="btn btn-small" type="submit">
                            {text.add()}
                            <span class="visually-hidden">" "{product.title.clone()}</span>
                        </button>
                    </form>
                </li>
            }
        })
        .collect();
    let found = match (search.text.is_empty(), found.is_empty()) {
        (true, _) => ().into_any(),
        (false, true) => view! { <p class="muted">{text.nothing_found()}</p> }.into_any(),
        (false, false) => view! { <ul class="stack">{found}</ul> }.into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="adding">
            <h2 class="panel-title" id="adding">{text.add_products()}</h2>
            <div class="stack">
                {refusal_of(&Form::of(ADD))}
                <form class="admin-search" role="search" action=here method="get">
                    <label class="visually-hidden" for="s">{text.search_products()}</label>
                    <input
                        class="input"
                        id="s"
                        name="q"
                        type="search"
                        placeholder=text.search_products()
                        value=search.text.clone()
                    />
                    <button class="btn" type="submit">{text.search()}</button>
                </form>
                {found}
            </div>
        </section>
    }
    .into_any()
}

fn words(collection: &AdminCollection) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(UPDATE);
    let version = form.version(collection.version.to_string());
    view! {
        <form class="panel" action=UPDATE method="post" data-guard>
            <PageField/>
            <input type="hidden" name="id" value=collection.id.clone()/>
            <input type="hidden" name="version" value=version/>
            {refusal_of(&form)}
            <div class="stack">
                <TextField
                    form=&form
                    name="name"
                    label=text.name()
                    value=&collection.name
                    autocomplete="off"
                    maxlength=255
                />
                <TextField
                    form=&form
                    name="slug"
                    label=text.address()
                    need=Need::Optional
                    value=&collection.slug
                    hint=text.address_hint()
                    autocomplete="off"
                    maxlength=255
                />
                <TextArea
                    form=&form
                    name="description_html"
                    label=text.description()
                    need=Need::Optional
                    value=&collection.description_html
                    hint=text.description_hint()
                    rows=8
                />
                <div>
                    <button class="btn btn-primary" type="submit">{text.save()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

fn picture(collection: &AdminCollection) -> AnyView {
    picture_panel(Pictured {
        id: &collection.id,
        picture_src: collection.picture_src.as_deref(),
        upload: PICTURE,
        remove: REMOVE_PICTURE,
        hint: Text::from(locale()).picture_hint(),
    })
}

fn delete(collection: &AdminCollection) -> AnyView {
    let text = Text::from(locale());
    view! {
        <details class="panel">
            <summary class="btn-text">{icon(Icon::Trash)} {text.delete()}</summary>
            <form class="stack" action=DELETE method="post">
                <PageField/>
                <input type="hidden" name="id" value=collection.id.clone()/>
                <p>{text.delete_why()}</p>
                <p>
                    <button class="btn btn-danger" type="submit">{text.delete_now()}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}
