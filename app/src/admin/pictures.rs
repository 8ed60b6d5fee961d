//! The pictures of a product: their words and order belong to the product's form, taking away and
//! uploading have forms of their own.

use leptos::prelude::*;

use super::types::{AdminPicture, AdminProduct};
use crate::ui::{
    form::Form,
    icon::{Icon, icon},
};

const DELETE_FORM: &str = "delete-picture";
const UPLOAD_FORM: &str = "upload-pictures";

pub fn pictures_section(product: &AdminProduct, form: &Form) -> AnyView {
    let pictures: Vec<_> = product
        .pictures
        .iter()
        .enumerate()
        .map(|(at, picture)| item(at, picture, form))
        .collect();
    view! {
        <section class="panel" aria-labelledby="pictures">
            <h2 class="panel-title" id="pictures">"Pictures"</h2>
            <ul class="picture-grid">{pictures} {upload()}</ul>
            <p class="field-hint">
                "Uploading and deleting happen at once and leave other changes on this page unsaved."
            </p>
        </section>
    }
    .into_any()
}

/// The forms that buttons among the pictures belong to: forms cannot stand within each other.
pub fn picture_forms(product: &AdminProduct) -> impl IntoView + use<> {
    view! {
        <form id=DELETE_FORM action="/api/admin/pictures/delete" method="post" hidden></form>
        <form
            id=UPLOAD_FORM
            action="/api/admin/pictures/upload"
            method="post"
            enctype="multipart/form-data"
            hidden
        >
            <input type="hidden" name="product_id" value=product.id.clone()/>
        </form>
    }
}

fn item(at: usize, picture: &AdminPicture, form: &Form) -> AnyView {
    let number = at + 1;
    let name = |field: &str| format!("pictures[{at}][{field}]");
    let (alt, position) = (name("alt"), name("position"));
    // A refused form may be older than the pictures: it is believed where it speaks of this one.
    let typed = form.value(&name("id"), picture.id.clone()) == picture.id;
    let value = |name: &str, stored: String| match typed {
        true => form.value(name, stored),
        false => stored,
    };
    view! {
        <li class="picture-item">
            <span class="pic">
                <img
                    src=picture.src.clone()
                    width="256"
                    height="256"
                    alt=picture.alt.clone()
                    loading="lazy"
                />
            </span>
            <input type="hidden" name=name("id") value=picture.id.clone()/>
            <div class="field">
                <label class="field-label" for=alt.clone()>{format!("Alt text {number}")}</label>
                <input
                    class="input"
                    id=alt.clone()
                    name=alt.clone()
                    value=value(&alt, picture.alt.clone())
                    autocomplete="off"
                />
            </div>
            <div class="field">
                <label class="field-label" for=position.clone()>{format!("Place {number}")}</label>
                <input
                    class="input nums"
                    id=position.clone()
                    name=position.clone()
                    type="number"
                    min="1"
                    value=value(&position, number.to_string())
                />
            </div>
            <button
                class="btn-text"
                type="submit"
                form=DELETE_FORM
                name="id"
                value=picture.id.clone()
            >
                {icon(Icon::Trash)}
                "Delete"
                <span class="visually-hidden">{format!(" picture {number}")}</span>
            </button>
        </li>
    }
    .into_any()
}

fn upload() -> impl IntoView {
    view! {
        <li class="picture-item">
            <label class="upload">
                {icon(Icon::Upload)}
                <span>
                    <strong>"Choose pictures"</strong>
                    <br/>
                    "PNG, JPEG or WebP"
                </span>
                <input
                    type="file"
                    name="file"
                    form=UPLOAD_FORM
                    multiple
                    accept="image/png,image/jpeg,image/webp"
                />
            </label>
            <button class="btn btn-small" type="submit" form=UPLOAD_FORM>"Upload"</button>
        </li>
    }
}
