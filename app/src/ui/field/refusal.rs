//! The banner of a form that was refused.

use leptos::prelude::*;

use crate::{
    error::{ErrorKind, ShopError},
    faults,
    locale::locale,
    ui::{
        banner::{Banner, Heard, Tone, banner_links},
        form::Form,
        icon::Icon,
    },
};

/// The banner of a form that was refused; nothing on a fresh form.
pub fn refusal_of(form: &Form) -> Option<impl IntoView + use<>> {
    form.refusal()
        .map(|error| view! { <RefusalBanner error class="form-section"/> })
}

/// The same, where fields have other ids than their names: those are told.
pub fn refusal_to(form: &Form, ids: Ids) -> Option<impl IntoView + use<>> {
    form.refusal()
        .map(|error| view! { <RefusalBanner error ids class="form-section"/> })
}

/// Names of fields, each with its id.
type Ids = &'static [(&'static str, &'static str)];

/// Says what was refused and leads to each field or line that needs a look. The fields' ids are
/// their names, unless told, and the lines' ids `line-` and the variant's id.
#[component]
pub fn RefusalBanner(
    error: ShopError,
    #[prop(optional)] ids: Ids,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let text = faults::text::Text::from(locale());
    let title = match (error.fields.len(), error.lines.as_slice()) {
        (1, _) => text.fix_fields(1),
        (2.., _) if error.kind == ErrorKind::Invalid => text.fix_fields(error.fields.len() as i64),
        (0, [line]) => line.words(),
        (0, [_, ..]) => text.review_items(error.lines.len() as i64),
        _ => error.message.clone(),
    };
    // One line alone is what the title tells of.
    let lines = match (error.fields.len(), error.lines.len()) {
        (0, 1) => Vec::new(),
        _ => error.lines,
    };
    let fields = error.fields.into_iter().map(|field| {
        let told = ids.iter().find(|(name, _)| *name == field.field);
        let id = told.map_or(field.field.as_str(), |(_, id)| *id);
        (format!("#{id}"), field.message)
    });
    let lines = lines
        .into_iter()
        .map(|line| (format!("#line-{}", line.variant_id), line.words()));
    let links = banner_links(fields.chain(lines));
    view! {
        <Banner tone=Tone::Bad sign=Icon::Alert heard=Heard::First title=title class=class>
            {links}
        </Banner>
    }
    .into_any()
}
