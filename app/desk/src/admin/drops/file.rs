//! What is in a drop, from a file.

use app::ui::{
    field::{Files, file_field},
    form::Form,
    icon::{Icon, icon},
};
use leptos::prelude::*;

use super::said;

/// Where the file is posted to, with the drop's id before it.
pub const FILE: &str = "/api/admin/drops/file";

/// What the editor says once it was taken.
pub fn file_taken() -> &'static str {
    said().file_taken()
}

/// The form, for the drop's editor.
pub fn from_file(id: &str) -> AnyView {
    let form = Form::of(FILE);
    view! {
        <section class="panel" aria-labelledby="from-file">
            <h2 class="panel-title" id="from-file">{said().file_panel()}</h2>
            <form class="stack" action=FILE method="post" enctype="multipart/form-data">
                <input type="hidden" name="id" value=id.to_owned()/>
                {file_field(&form, Files::Csv, said().csv_file(), said().csv_file_hint())}
                <div>
                    <button class="btn" type="submit">
                        {icon(Icon::Upload)}
                        {said().take_file()}
                    </button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
