//! `/admin/categories/:id`: a category's name, address, place, text and picture.

use leptos::prelude::*;

use super::{PICTURE, list::indent, ports::category_admin, text::Text, types::AdminCategory};
use crate::{
    admin::frame::{Section, admin_page},
    catalog::{address, picture::small},
    error::ErrorKind,
    identity::Role,
    locale::locale,
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        field::{Need, SelectField, TextArea, TextField, error_line, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
        path::path_part,
    },
};

const UPDATE: &str = "/api/admin/categories/update";
const REMOVE_PICTURE: &str = "/api/admin/categories/picture/remove";
const DELETE: &str = "/api/admin/categories/delete";

#[component]
pub fn AdminCategoryPage() -> impl IntoView {
    let id = path_part("id");
    let port = category_admin();
    let data = async move { port.category(&id).await };
    admin_page(Role::Admin, data, |_, category| {
        Section::Categories.page(category.name.clone(), page(&category))
    })
}

fn page(category: &AdminCategory) -> AnyView {
    let text = Text::from(locale());
    let news = done(&[
        ("created", text.created()),
        ("saved", text.saved()),
        ("picture", text.picture_saved()),
        ("picture-removed", text.picture_removed()),
    ]);
    let view_href = address::category(&category.slug);
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/categories", text.categories()), &category.name)}
            <h1 class="admin-title">{category.name.clone()}</h1>
            <div class="row">
                <a class="btn-text" href=view_href>{text.view_in_shop()}</a>
            </div>
        </div>
        {news}
        {refusal_of(&Form::of(DELETE))}
        <div class="admin-cols">
            <div class="stack">{category_form(category)}</div>
            <div class="stack">{picture(category)} {delete(category)}</div>
        </div>
    }
    .into_any()
}

/// What a field holds now, told after somebody else has saved another value.
fn current(form: &Form, name: &str, stands: &str, hint: &str) -> String {
    let is_overtaken = form
        .refusal()
        .is_some_and(|error| error.kind == ErrorKind::Conflict);
    match is_overtaken && form.value(name, stands) != stands {
        true => Text::from(locale()).current(stands),
        false => hint.to_owned(),
    }
}

fn category_form(category: &AdminCategory) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(UPDATE);
    // After a conflict the version is the new one: whoever saves again has been told.
    let stored = category.version.to_string();
    let version = match form.refusal() {
        Some(error) if error.kind == ErrorKind::Conflict => stored,
        _ => form.value("version", stored),
    };
    let mut parents = vec![(String::new(), text.no_parent().to_owned())];
    parents.extend(category.parents.iter().map(|parent| {
        let name = format!("{}{}", indent(parent.level), parent.name);
        (parent.id.clone(), name)
    }));
    let parent = category
        .parents
        .iter()
        .find(|parent| parent.id == category.parent);
    let parent = parent.map_or(text.no_parent(), |parent| parent.name.as_str());
    let parent_hint = match form.value("parent", &category.parent) == category.parent {
        true => String::new(),
        false => current(&form, "parent", parent, ""),
    };
    view! {
        <form class="panel" action=UPDATE method="post" data-guard>
            <PageField/>
            <input type="hidden" name="id" value=category.id.clone()/>
            <input type="hidden" name="version" value=version/>
            {refusal_of(&form)}
            <div class="stack">
                <TextField
                    form=&form
                    name="name"
                    label=text.name()
                    value=&category.name
                    hint=current(&form, "name", &category.name, "")
                    autocomplete="off"
                    maxlength=255
                />
                <TextField
                    form=&form
                    name="slug"
                    label=text.address()
                    need=Need::Optional
                    value=&category.slug
                    hint=current(&form, "slug", &category.slug, text.address_hint())
                    autocomplete="off"
                    maxlength=255
                />
                <SelectField
                    form=&form
                    name="parent"
                    label=text.parent()
                    options=parents
                    value=&category.parent
                    hint=parent_hint
                />
                <TextArea
                    form=&form
                    name="description_html"
                    label=text.description()
                    need=Need::Optional
                    value=&category.description_html
                    hint=current(
                        &form,
                        "description_html",
                        &category.description_html,
                        text.description_hint(),
                    )
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

/// The two forms post what was chosen at once: they are not part of the category's form.
fn picture(category: &AdminCategory) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(PICTURE);
    let error = form.error("file");
    let shown = category.picture_src.as_ref().map(|src| {
        view! {
            <p class="pic"><img src=small(src) width="256" height="256" alt=text.picture()/></p>
            <form action=REMOVE_PICTURE method="post">
                <PageField/>
                <input type="hidden" name="id" value=category.id.clone()/>
                <button class="btn btn-small" type="submit">
                    {icon(Icon::Trash)} {text.remove_picture()}
                </button>
            </form>
        }
    });
    view! {
        <section class="panel" aria-labelledby="picture">
            <h2 class="panel-title" id="picture">{text.picture()}</h2>
            <div class="stack">
                {refusal_of(&form)}
                {refusal_of(&Form::of(REMOVE_PICTURE))}
                {shown}
                <form class="stack" action=PICTURE method="post" enctype="multipart/form-data">
                    <input type="hidden" name="id" value=category.id.clone()/>
                    <div class="field">
                        <label class="field-label" for="file">{text.choose_picture()}</label>
                        <input
                            class="input"
                            id="file"
                            type="file"
                            name="file"
                            accept="image/png,image/jpeg,image/webp"
                            aria-invalid=error.is_some().then_some("true")
                            aria-describedby=match error {
                                Some(_) => "file-error file-hint",
                                None => "file-hint",
                            }
                        />
                        <p class="field-hint" id="file-hint">{text.picture_hint()}</p>
                        {error_line("file", error)}
                    </div>
                    <div>
                        <button class="btn" type="submit">{text.upload()}</button>
                    </div>
                </form>
            </div>
        </section>
    }
    .into_any()
}

fn delete(category: &AdminCategory) -> AnyView {
    let text = Text::from(locale());
    let products =
        (category.products > 0).then(|| view! { <p>{text.delete_products(category.products)}</p> });
    let below = i64::try_from(category.below).unwrap_or(i64::MAX);
    let below = (below > 0).then(|| view! { <p>{text.delete_below(below)}</p> });
    view! {
        <details class="panel">
            <summary class="btn-text">{icon(Icon::Trash)} {text.delete()}</summary>
            <form class="stack" action=DELETE method="post">
                <PageField/>
                <input type="hidden" name="id" value=category.id.clone()/>
                <p>{text.delete_why()}</p>
                {products}
                {below}
                <p>
                    <button class="btn btn-danger" type="submit">{text.delete_now()}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}
