//! `/admin/categories/:id`: a category's name, address, place, text and picture.

use app::{
    catalog::address,
    identity::Role,
    locale::locale,
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        field::{Need, SelectField, TextArea, TextField, refusal_of},
        form::{Form, PageField},
        path::path_part,
    },
};
use leptos::prelude::*;

use super::{PICTURE, list::indent, ports::category_admin, text::Text, types::AdminCategory};
use crate::admin::{
    frame::{DeletePanel, Section, admin_page},
    picture_panel::{Pictured, picture_panel},
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

/// What a field holds now, told after someone else has saved another value.
fn current(form: &Form, name: &str, stored: &str, hint: &str) -> String {
    match form.is_overtaken() && form.value(name, stored) != stored {
        true => Text::from(locale()).current(stored),
        false => hint.to_owned(),
    }
}

fn category_form(category: &AdminCategory) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(UPDATE);
    let version = form.version(category.version.to_string());
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

fn picture(category: &AdminCategory) -> AnyView {
    picture_panel(Pictured {
        id: &category.id,
        picture_src: category.picture_src.as_deref(),
        upload: PICTURE,
        remove: REMOVE_PICTURE,
        hint: Text::from(locale()).picture_hint(),
    })
}

fn delete(category: &AdminCategory) -> AnyView {
    let text = Text::from(locale());
    let products =
        (category.products > 0).then(|| view! { <p>{text.delete_products(category.products)}</p> });
    let below = i64::try_from(category.below).unwrap_or(i64::MAX);
    let below = (below > 0).then(|| view! { <p>{text.delete_below(below)}</p> });
    let means = view! {
        <p>{text.delete_why()}</p>
        {products}
        {below}
    };
    let panel = DeletePanel {
        action: DELETE,
        fields: vec![("id", category.id.clone())],
        title: text.delete(),
        means: means.into_any(),
        button: text.delete_now(),
    };
    panel.view()
}
