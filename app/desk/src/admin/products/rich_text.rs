//! The description: a small editor above its HTML. Without script there is the HTML alone; with it, the
//! HTML can be shown. The editor is loaded when the field is first touched.

use app::{
    catalog::limits::MAX_DESCRIPTION,
    locale::locale,
    style::{RICH_TEXT, SQUIRE},
    ui::{
        field::{Need, TextArea, TextField},
        form::Form,
        icon::own_icon,
    },
};
use leptos::prelude::*;

use super::{text::Text, types::AdminProduct};
use crate::admin::products::ports::product_admin;

const NAME: &str = "description_html";
const BOX: &str = "description-rich";
/// Drawn, since not every system has letters for them.
const LINK: &str = r#"<path d="M8.3 11.7a3.2 3.2 0 0 1 0-4.5l2.6-2.6a3.2 3.2 0 0 1 4.5 4.5l-1.5 1.5M11.7 8.3a3.2 3.2 0 0 1 0 4.5l-2.6 2.6a3.2 3.2 0 0 1-4.5-4.5l1.5-1.5"/>"#;
const UNDO: &str =
    r#"<path d="M6.5 4.5 3.5 7.5l3 3"/><path d="M3.5 7.5h8.3a4.2 4.2 0 0 1 0 8.4H7"/>"#;
const REDO: &str =
    r#"<path d="m13.5 4.5 3 3-3 3"/><path d="M16.5 7.5H8.2a4.2 4.2 0 0 0 0 8.4H13"/>"#;

pub fn description(product: &AdminProduct, form: &Form) -> AnyView {
    let text = Text::from(locale());
    view! {
        <TextArea
            form
            name=NAME
            label=text.description()
            maxlength=MAX_DESCRIPTION as u32
            need=Need::Optional
            rows=8
            hint=text.description_hint()
            value=product.description_html.clone()
        />
        {frame(product, form)}
    }
    .into_any()
}

/// Hidden until the page's script shows it in place of the HTML.
fn frame(product: &AdminProduct, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let typed = form.value(NAME, product.description_html.clone());
    let clean = product_admin().clean_html(&typed);
    view! {
        <div
            class="rich"
            data-rich=NAME
            data-script=RICH_TEXT.href()
            data-squire=SQUIRE.href()
            hidden
        >
            {toolbar()}
            {link()}
            <div
                class="textarea rich-text prose"
                id=BOX
                role="textbox"
                aria-multiline="true"
                aria-label=text.description()
                tabindex="0"
                inner_html=clean
            ></div>
            <button class="btn-text" type="button" data-source aria-pressed="false">
                {text.edit_html()}
            </button>
        </div>
    }
    .into_any()
}

fn letter(sign: &'static str) -> AnyView {
    view! { <span aria-hidden="true">{sign}</span> }.into_any()
}

fn toolbar() -> AnyView {
    let text = Text::from(locale());
    let toggle = |act: &'static str, sign: AnyView, words: &'static str| {
        // One stop of the Tab key for all; arrows lead to the others.
        let tab = if act == "bold" { "0" } else { "-1" };
        view! {
            <button
                class="btn btn-small"
                type="button"
                data-act=act
                aria-pressed="false"
                tabindex=tab
                aria-label=words
                title=words
            >
                {sign}
            </button>
        }
    };
    let step = |act: &'static str, sign: AnyView, words: &'static str| {
        view! {
            <button
                class="btn btn-small"
                type="button"
                data-act=act
                aria-disabled="true"
                tabindex="-1"
                aria-label=words
                title=words
            >
                {sign}
            </button>
        }
    };
    view! {
        <div class="rich-bar" role="toolbar" aria-label=text.formatting() aria-controls=BOX>
            {toggle("bold", letter("B"), text.bold())} {toggle("italic", letter("I"), text.italic())}
            {toggle("heading", letter("H"), text.heading())}
            {toggle("list", letter("•–"), text.list())}
            {toggle("numbers", letter("1."), text.numbered_list())}
            {toggle("link", own_icon(LINK).into_any(), text.link())}
            {step("undo", own_icon(UNDO).into_any(), text.undo())}
            {step("redo", own_icon(REDO).into_any(), text.redo())}
        </div>
    }
    .into_any()
}

/// Where a link leads, asked for below the buttons. It has no name: it is no part of the form.
fn link() -> AnyView {
    let text = Text::from(locale());
    view! {
        <div class="rich-link" hidden>
            <TextField
                name=""
                id="rich-link"
                label=text.link_address()
                need=Need::Unmarked
                inputmode="url"
            />
            <button class="btn btn-small" type="button" data-act="apply">{text.apply_link()}</button>
            <button class="btn btn-small" type="button" data-act="unlink">
                {text.remove_link()}
            </button>
        </div>
    }
    .into_any()
}
