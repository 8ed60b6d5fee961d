//! `/admin/carriers`: who delivers, and the address at which a parcel is followed.

use app::{
    carriers::{Carrier, MAX_CARRIERS, MAX_NAME, MAX_PATTERN, NUMBER},
    identity::Role,
    locale::locale,
    ui::{field::error_line, form::Form},
};
use leptos::prelude::*;

use super::{
    ports::{CarriersView, carrier_admin},
    text::Text,
};
use crate::admin::frame::{Section, SettingsForm, admin_page, settings_crumb};

pub const HERE: &str = "/admin/carriers";
/// Where the form goes.
pub const SAVE: &str = "/api/admin/carriers/save";
/// Empty rows below those that are there.
const EMPTY_ROWS: usize = 2;

#[component]
pub fn AdminCarriersPage() -> impl IntoView {
    let port = carrier_admin();
    let data = async move { port.carriers().await };
    admin_page(Role::Admin, data, |_, view| {
        let title = Text::from(locale()).carriers();
        Section::Settings.page(title, page(&view))
    })
}

fn page(view: &CarriersView) -> AnyView {
    let text = Text::from(locale());
    SettingsForm {
        id: "carriers-form",
        action: SAVE,
        here: HERE.to_owned(),
        above: settings_crumb(),
        title: text.carriers(),
        version: view.version.to_string(),
        saved: text.saved(),
        save: text.save(),
        below: None,
    }
    .with(|form| {
        let stored = &view.carriers.0;
        let rows: Vec<_> = (0..(stored.len() + EMPTY_ROWS).min(MAX_CARRIERS))
            .map(|at| row(form, at, stored.get(at)))
            .collect();
        view! {
            <section class="panel stack" aria-label=text.carriers()>
                <p class="muted">{text.why(NUMBER)}</p>
                {rows}
            </section>
        }
        .into_any()
    })
}

fn row(form: &Form, at: usize, stored: Option<&Carrier>) -> AnyView {
    let text = Text::from(locale());
    let place = (at + 1).to_string();
    let of = |part: &str| format!("carriers[{at}][{part}]");
    let present = |part: fn(&Carrier) -> &String| stored.map(part).cloned().unwrap_or_default();
    let name = field(
        form,
        of("name"),
        text.name_of(&place),
        present(|carrier| &carrier.name),
        MAX_NAME,
    );
    let pattern = field(
        form,
        of("pattern"),
        text.pattern_of(&place),
        present(|carrier| &carrier.pattern),
        MAX_PATTERN,
    );
    view! {
        <div class="carrier-row">
            {name} {pattern}
        </div>
    }
    .into_any()
}

fn field(form: &Form, name: String, label: String, present: String, most: usize) -> AnyView {
    let value = form.value(&name, present);
    let error = form.error(&name);
    view! {
        <div class="field">
            <label class="field-label" for=name.clone()>{label}</label>
            <input
                class="input"
                id=name.clone()
                name=name.clone()
                type="text"
                autocomplete="off"
                maxlength=most
                value=value
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then(|| format!("{name}-error"))
            />
            {error_line(&name, error)}
        </div>
    }
    .into_any()
}
