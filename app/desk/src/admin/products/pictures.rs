//! The pictures of a product: their words and order belong to the product's form, taking away and
//! uploading have forms of their own.

use app::{
    catalog::{limits::MAX_ALT, picture::small},
    locale::locale,
    ui::{
        field::Files,
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use super::{
    editing::{DRAFT, picture_order},
    text::Text,
    types::{AdminPicture, AdminProduct},
};

/// Where pictures are posted to.
pub const UPLOAD: &str = "/api/admin/pictures/upload";

/// The field by which pictures find the form of a product that is still to be made.
pub const FORM_KEY: &str = "form_key";

const DELETE_FORM: &str = "delete-picture";
const UPLOAD_FORM: &str = "upload-pictures";

pub fn pictures_section(product: &AdminProduct, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let shown = shown(product, form);
    let last = shown.len().saturating_sub(1);
    let pictures: Vec<_> = shown
        .into_iter()
        .enumerate()
        .map(|(at, (picture, alt))| item(at, picture, alt, at == last))
        .collect();
    view! {
        <section class="panel" aria-labelledby="pictures">
            <h2 class="panel-title" id="pictures">{text.pictures()}</h2>
            <ul
                class="picture-grid"
                id="picture-list"
                data-alt-text=text.alt_text_number("#")
                data-move-forward=text.move_forward("#")
                data-move-back=text.move_back("#")
                data-delete=text.delete_picture("#")
                data-number=text.picture_number("#")
            >
                {pictures}
                {upload()}
            </ul>
            <p
                class="field-hint"
                id="upload-state"
                aria-live="polite"
                data-moved=text.picture_moved()
            >
                {text.pictures_hint()}
            </p>
        </section>
    }
    .into_any()
}

/// The pictures in their order with their words, as typed where a form speaks of them: it may be
/// older than the pictures.
fn shown<'a>(product: &'a AdminProduct, form: &Form) -> Vec<(&'a AdminPicture, String)> {
    let values = form.values().unwrap_or_default();
    let order = picture_order(values);
    let typed = |picture: &AdminPicture| order.iter().position(|(id, _)| *id == picture.id);
    let mut pictures: Vec<_> = product.pictures.iter().collect();
    pictures.sort_by_key(|picture| typed(picture).unwrap_or(usize::MAX));
    pictures
        .into_iter()
        .map(|picture| {
            let alt = match typed(picture) {
                Some(at) => form.value(&format!("pictures[{}][alt]", order[at].1), ""),
                None => picture.alt.clone(),
            };
            (picture, alt)
        })
        .collect()
}

/// The forms that buttons among the pictures belong to: forms cannot be within each other.
pub fn picture_forms(product: &AdminProduct, form_key: &str) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let (delete, name, value) = match product.id.as_str() {
        "" => ("/api/admin/pictures/discard", FORM_KEY, form_key.to_owned()),
        id => ("/api/admin/pictures/delete", "product_id", id.to_owned()),
    };
    view! {
        <form id=DELETE_FORM action=delete method="post" hidden>
            <PageField/>
        </form>
        <form
            id=UPLOAD_FORM
            action=UPLOAD
            method="post"
            enctype="multipart/form-data"
            hidden
            data-uploading=text.uploading()
            data-processing=text.processing()
            data-uploaded=text.uploaded()
            data-rejected=text.upload_rejected()
            data-interrupted=text.upload_interrupted()
        >
            <input type="hidden" name=name value=value/>
        </form>
    }
}

fn item(at: usize, picture: &AdminPicture, words: String, is_last: bool) -> AnyView {
    let text = Text::from(locale());
    let number = (at + 1).to_string();
    let name = |field: &str| format!("pictures[{at}][{field}]");
    let alt = name("alt");
    let step = |to: &'static str, words: String, sign: &'static str, is_edge: bool| {
        view! {
            <button
                class="btn btn-small"
                type="submit"
                formaction=DRAFT
                name="do"
                value=format!("{to}:{}", picture.id)
                disabled=is_edge
                data-move=to
            >
                <span aria-hidden="true">{sign}</span>
                <span class="visually-hidden">{words}</span>
            </button>
        }
    };
    view! {
        <li class="picture-item" data-picture=picture.id.clone()>
            <span class="pic">
                <img
                    src=small(&picture.src)
                    width="256"
                    height="256"
                    alt=picture.alt.clone()
                    loading="lazy"
                    draggable="false"
                    class=picture.cut_out.then_some("cut-out")
                />
            </span>
            <input type="hidden" name=name("id") value=picture.id.clone()/>
            <input type="hidden" name=name("position") value=number.clone()/>
            <div class="field">
                <label class="field-label" for=alt.clone()>{text.alt_text_number(&number)}</label>
                <input
                    class="input"
                    id=alt.clone()
                    name=alt.clone()
                    value=words
                    maxlength=MAX_ALT
                    autocomplete="off"
                />
            </div>
            <div class="picture-act">
                {step("up", text.move_forward(&number), "←", at == 0)}
                {step("down", text.move_back(&number), "→", is_last)}
                <button
                    class="btn-text"
                    type="submit"
                    form=DELETE_FORM
                    name="id"
                    value=picture.id.clone()
                >
                    {icon(Icon::Trash)}
                    <span class="visually-hidden">{text.delete_picture(&number)}</span>
                </button>
            </div>
        </li>
    }
    .into_any()
}

fn upload() -> impl IntoView {
    let text = Text::from(locale());
    view! {
        <li class="picture-item" id="upload-item">
            <label class="upload">
                {icon(Icon::Upload)}
                <span>
                    <strong>{text.choose_pictures()}</strong>
                    <br/>
                    {text.pictures_accepted()}
                </span>
                <input
                    type="file"
                    name="file"
                    form=UPLOAD_FORM
                    multiple
                    accept=Files::Pictures.accepted()
                />
            </label>
            <button class="btn btn-small" type="submit" form=UPLOAD_FORM>{text.upload()}</button>
        </li>
    }
}
