//! `/admin/brakes`: how often strangers may do what the shop keeps, by network and by cart.

use app::{
    brakes::{Brake, Brakes, CountedBy, HeldBy, MAX_HELD, MAX_TIMES, Per, Rate},
    identity::Role,
    locale::locale,
    ui::{field::error_line, form::Form},
};
use leptos::prelude::*;

use super::{
    ports::{BrakesView, brake_admin},
    text::Text,
};
use crate::admin::frame::{Section, SettingsForm, admin_page, settings_crumb};

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
    SettingsForm {
        id: "brakes",
        action: SAVE,
        here: HERE.to_owned(),
        above: settings_crumb(),
        title: text.brakes(),
        version: view.version.to_string(),
        saved: text.saved(),
        save: text.save(),
        below: None,
    }
    .with(|form| {
        let panels: Vec<_> = Brake::ALL
            .into_iter()
            .map(|brake| panel(form, view, brake))
            .collect();
        view! {
            <p class="muted">{text.why()}</p>
            {panels}
            {held(form, view)}
        }
        .into_any()
    })
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
    let current = view.brakes.rate(brake, by);
    let label = match (by, standard.per) {
        (CountedBy::Network, Per::Minute) => text.network_minute(),
        (CountedBy::Network, Per::Hour) => text.network_hour(),
        (CountedBy::Cart, Per::Minute) => text.cart_minute(),
        (CountedBy::Cart, Per::Hour) => text.cart_hour(),
        (CountedBy::Card, Per::Minute) => text.card_minute(),
        (CountedBy::Card, Per::Hour) => text.card_hour(),
    };
    let named = view! {
        <input type="hidden" name=format!("rates[{at}][brake]") value=brake.as_str()/>
        <input type="hidden" name=format!("rates[{at}][by]") value=by.as_str()/>
    };
    Number {
        name: format!("rates[{at}][times]"),
        label,
        current: current.map(|rate| rate.times.to_string()),
        standard: standard.times.to_string(),
        most: MAX_TIMES.to_string(),
    }
    .field(form, named.into_any())
}

/// What unpaid orders may hold.
fn held(form: &Form, view: &BrakesView) -> AnyView {
    let text = Text::from(locale());
    let fields: Vec<_> = HeldBy::ALL
        .into_iter()
        .enumerate()
        .map(|(at, by)| {
            let named = view! {
                <input type="hidden" name=format!("held[{at}][by]") value=by.as_str()/>
            };
            Number {
                name: format!("held[{at}][units]"),
                label: match by {
                    HeldBy::Network => text.held_network(),
                    HeldBy::Address => text.held_address(),
                },
                current: view.held.most(by).map(|units| units.to_string()),
                standard: by.standard().to_string(),
                most: MAX_HELD.to_string(),
            }
            .field(form, named.into_any())
        })
        .collect();
    view! {
        <section class="panel" aria-labelledby="held">
            <h2 class="panel-title" id="held">{text.held()}</h2>
            <div class="form-grid">
                <p class="field-hint">{text.held_why()}</p>
                {fields}
            </div>
        </section>
    }
    .into_any()
}

/// A number that is no limit when it is empty.
struct Number {
    name: String,
    label: &'static str,
    current: Option<String>,
    standard: String,
    most: String,
}

impl Number {
    /// `named` is what the form says of which number it is.
    fn field(self, form: &Form, named: AnyView) -> AnyView {
        let Self {
            name,
            label,
            current,
            standard,
            most,
        } = self;
        let value = form.value(&name, current.unwrap_or_default());
        let error = form.error(&name);
        let hint = format!("{name}-hint");
        let described = match error.is_some() {
            true => format!("{name}-error {hint}"),
            false => hint.clone(),
        };
        let standard = Text::from(locale()).standard(&standard);
        view! {
            <div class="field col-half">
                {named}
                <label class="field-label" for=name.clone()>{label}</label>
                <input
                    class="input"
                    id=name.clone()
                    name=name.clone()
                    value=value
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength=most.len()
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=described
                />
                {error_line(&name, error)}
                <p class="field-hint" id=hint>{standard}</p>
            </div>
        }
        .into_any()
    }
}
