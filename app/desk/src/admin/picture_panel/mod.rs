//! The picture of something that has one, such as a category: shown, removed, or replaced by a file.

use app::{
    catalog::picture::small,
    locale::locale,
    ui::{
        field::{Files, file_field, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_picture_panel_text.rs"));
}

use text::Text;

/// Whose picture it is, and where its two forms are posted to.
pub struct Pictured<'a> {
    pub id: &'a str,
    pub picture_src: Option<&'a str>,
    pub upload: &'static str,
    pub remove: &'static str,
    pub hint: &'a str,
}

/// The two forms post what was chosen at once: they are no part of another form on the page.
pub fn picture_panel(of: Pictured<'_>) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(of.upload);
    let shown = of.picture_src.map(|src| {
        view! {
            <p class="pic pic-whole"><img src=small(src) width="256" height="256" alt=text.picture()/></p>
            <form action=of.remove method="post">
                <PageField/>
                <input type="hidden" name="id" value=of.id.to_owned()/>
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
                {refusal_of(&Form::of(of.remove))}
                {shown}
                <form class="stack" action=of.upload method="post" enctype="multipart/form-data">
                    <input type="hidden" name="id" value=of.id.to_owned()/>
                    {file_field(&form, Files::Pictures, text.choose_picture(), of.hint)}
                    <div>
                        <button class="btn" type="submit">{text.upload()}</button>
                    </div>
                </form>
            </div>
        </section>
    }
    .into_any()
}
