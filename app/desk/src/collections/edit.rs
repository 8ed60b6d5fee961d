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

use super::list::{HERE, MOVE, REMOVE};
use crate::admin::{
    frame::{DeletePanel, Section, admin_page},
    picture_panel::{Pictured, picture_panel},
    products::{
        adding::{Search, Target, adding, wanted},
        ports::product_admin,
    },
};

const UPDATE: &str = "/api/admin/collections/update";
const ADD: &str = "/api/admin/collections/add";
const REMOVE_PICTURE: &str = "/api/admin/collections/picture/remove";
const DELETE: &str = "/api/admin/collections/delete";

#[component]
pub fn AdminCollectionPage() -> impl IntoView {
    let id = path_part("id");
    let wanted = wanted();
    let (port, products) = (collection_admin(), product_admin());
    let data = async move {
        let collection = port.collection(&id).await?;
        let search = Search::of(&*products, wanted).await?;
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
    let target = Target {
        id: &collection.id,
        here: format!("{HERE}/{}", collection.id),
        add: ADD,
    };
    let is_in = |id: &str| {
        collection
            .entries
            .iter()
            .any(|entry| entry.product_id == id)
    };
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
                {entries(&collection.entries)} {adding(target, search, is_in)} {words(collection)}
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
    let words = (text.delete(), text.delete_why(), text.delete_now());
    DeletePanel::of(DELETE, &collection.id, words).view()
}
