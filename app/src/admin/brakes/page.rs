//! `/admin/brakes`: how often strangers may do what the shop keeps, by network and by cart.

use leptos::prelude::*;

use super::{
    ports::{BrakesView, brake_admin},
    text::Text,
};
use crate::{
    admin::frame::{Section, admin_page},
    brakes::{Brake, Brakes, CountedBy, MAX_TIMES, Per, Rate},
    identity::Role,
    locale::locale,
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        field::{error_line, refusal_of},
        form::{Form, PageField},
    },
};

pub const HERE: &str = "/admin/brakes";
/// Where the form goes.
pub const SAVE: &str = "/api/admin/brakes/save";

#[component]
pub fn AdminBrakesPage() -> impl IntoView {
    let port = brake_admin();
    let data = async move { port.brakes().await };
    admin_page(Role::Admin, data, |_, view| {
        let title = Text::from(locale()).brakes();
        Section::Settings.page(title, page(&view))
    })
}

fn page(view: &BrakesView) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(SAVE);
    let version = form.version(view.version.to_string());
    let panels: Vec<_> = Brake::ALL
        .into_iter()
        .map(|brake| panel(&form, view, brake))
        .collect();
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/settings", text.settings()), text.brakes())}
            <h1 class="admin-title">{text.brakes()}</h1>
        </div>
        <div class="stack">
            {done(&[("saved", text.saved())])} {refusal_of(&form)}
            <form action=SAVE method="post" novalidate data-guard id="brakes">
                <PageField/>
                <input type="hidden" name="version" value=version/>
                <div class="stack">
                    <p class="muted">{text.why()}</p>
                    {panels}
                </div>
                <div class="save-bar">
                    <a class="btn-text" href=HERE>{text.discard()}</a>
                    <button class="btn btn-primary" type="submit">{text.save()}</button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

fn panel(form: &Form, view: &BrakesView, brake: Brake) -> AnyView {
    let (title, why) = words(brake);
    let fields: Vec<_> = Brakes::all()
        .enumerate()
        .filter(|(_, (of, _, _))| *of == brake)
        .map(|(at, (_, by, standard))| field(form, view, at, (brake, by, standard)))
        .collect();
    view! {
        <section class="panel" aria-labelledby=brake.as_str()>
            <h2 class="panel-title" id=brake.as_str()>{title}</h2>
            <div class="form-grid">
                <p class="field-hint">{why}</p>
                {fields}
            </div>
        </section>
    }
    .into_any()
}

/// What is braked, and what else there is to know of it.
fn words(brake: Brake) -> (&'static str, &'static str) {
    let text = Text::from(locale());
    match brake {
        Brake::Begun => (text.begun(), text.begun_why()),
        Brake::Changes => (text.changes(), text.changes_why()),
        Brake::Steps => (text.steps(), text.steps_why()),
        Brake::Orders => (text.orders(), text.orders_why()),
        Brake::Declines => (text.declines(), text.declines_why()),
        Brake::LookUps => (text.look_ups(), text.look_ups_why()),
    }
}

fn field(
    form: &Form,
    view: &BrakesView,
    at: usize,
    (brake, by, standard): (Brake, CountedBy, Rate),
) -> AnyView {
    let text = Text::from(locale());
    let name = format!("rates[{at}][times]");
    let stands = view.brakes.rate(brake, by);
    let stands = stands.map_or_else(String::new, |rate| rate.times.to_string());
    let value = form.value(&name, stands);
    let label = match (by, standard.per) {
        (CountedBy::Network, Per::Minute) => text.network_minute(),
        (CountedBy::Network, Per::Hour) => text.network_hour(),
        (CountedBy::Cart, Per::Minute) => text.cart_minute(),
        (CountedBy::Cart, Per::Hour) => text.cart_hour(),
    };
    let error = form.error(&name);
    let hint = format!("{name}-hint");
    let described = match error.is_some() {
        true => format!("{name}-error {hint}"),
        false => hint.clone(),
    };
    view! {
        <div class="field col-half">
            <input type="hidden" name=format!("rates[{at}][brake]") value=brake.as_str()/>
            <input type="hidden" name=format!("rates[{at}][by]") value=by.as_str()/>
            <label class="field-label" for=name.clone()>{label}</label>
            <input
                class="input"
                id=name.clone()
                name=name.clone()
                value=value
                inputmode="numeric"
                autocomplete="off"
                maxlength=MAX_TIMES.to_string().len()
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=described
            />
            {error_line(&name, error)}
            <p class="field-hint" id=hint>{text.standard(&standard.times.to_string())}</p>
        </div>
    }
    .into_any()
}
