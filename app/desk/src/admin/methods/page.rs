//! `/admin/settings/methods`: one form for all payment methods that this shop can have.

use app::{
    checkout::types::{BANK_TRANSFER, CASH_ON_DELIVERY},
    identity::Role,
    ui::{field::error_line, form::Form},
};
use leptos::prelude::*;

use super::{
    countries::countries,
    ports::{
        Cards, MAX_DESCRIPTION, MAX_NAME, MethodView, MethodsView, Needs, OfferRule, method_admin,
    },
    said,
};
use crate::admin::{
    frame::{Section, SettingsForm, admin_page, settings_crumb},
    translations::{links::links_to, ports::Group},
};

pub const HERE: &str = "/admin/settings/methods";
/// Where the form goes.
pub const SAVE: &str = "/api/admin/methods/save";

#[component]
pub fn AdminMethodsPage() -> impl IntoView {
    let port = method_admin();
    let data = async move { port.methods().await };
    admin_page(Role::Admin, data, |_, view| {
        Section::Settings.page(said().payment_methods(), page(&view))
    })
}

fn page(view: &MethodsView) -> AnyView {
    SettingsForm {
        id: "payment-methods",
        action: SAVE,
        here: HERE.to_owned(),
        above: settings_crumb(),
        title: said().payment_methods(),
        version: view.version.to_string(),
        saved: said().saved(),
        save: said().save(),
        below: None,
    }
    .with(|form| {
        let methods: Vec<_> = (1..)
            .zip(&view.methods)
            .map(|(place, one)| method(form, view, (place, one)))
            .collect();
        let no_cards = match view.cards {
            Cards::SetUp => None,
            Cards::NotSetUp => Some(view! { <p class="muted">{said().no_cards()}</p> }),
        };
        view! {
            <p class="muted">{said().why()}</p>
            {no_cards}
            <div class="row">{links_to(Group::Payment)}</div>
            {methods}
        }
        .into_any()
    })
}

fn method(form: &Form, view: &MethodsView, (place, one): (usize, &MethodView)) -> AnyView {
    let id = format!("method-{}", one.method);
    let shown = match one.name.as_str() {
        "" => one.usual_name.clone(),
        name => name.to_owned(),
    };
    view! {
        <section class="panel" aria-labelledby=id.clone()>
            <h2 class="panel-title" id=id.clone()>{shown}</h2>
            {more(one)}
            <div class="form-grid">
                {rule(form, one)} {position(form, one, place)} {words(form, view, one)}
                {amounts(form, view, one)}
            </div>
            {countries(form, view, one)}
        </section>
    }
    .into_any()
}

/// The way to what else is set of it.
fn more(one: &MethodView) -> Option<AnyView> {
    let (href, words) = match one.method.as_str() {
        BANK_TRANSFER => ("/admin/settings/bank", said().bank_settings()),
        CASH_ON_DELIVERY => ("/admin/settings/cash", said().cash_settings()),
        _ => return None,
    };
    let missing = match one.needs {
        Needs::Nothing => None,
        Needs::BankAccount => Some(view! { <span class="muted">{said().needs_account()}</span> }),
    };
    Some(view! { <p class="row"><a class="link" href=href>{words}</a> {missing}</p> }.into_any())
}

fn rule(form: &Form, one: &MethodView) -> AnyView {
    let name = format!("methods[{}][offered]", one.method);
    let chosen = form.value(&name, one.rule.as_str());
    let options: Vec<_> = OfferRule::ALL
        .into_iter()
        .map(|rule| {
            let words = match rule {
                OfferRule::Offered => said().offered(),
                OfferRule::Off => said().off(),
            };
            let selected = rule.as_str() == chosen;
            view! { <option value=rule.as_str() selected=selected>{words}</option> }
        })
        .collect();
    let error = form.error(&name);
    view! {
        <div class="field col-half">
            <label class="field-label" for=name.clone()>{said().in_checkout()}</label>
            <select
                class="select"
                id=name.clone()
                name=name.clone()
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then(|| format!("{name}-error"))
            >
                {options}
            </select>
            {error_line(&name, error)}
        </div>
    }
    .into_any()
}

fn position(form: &Form, one: &MethodView, place: usize) -> AnyView {
    let field = Field {
        part: "position",
        label: said().position().to_owned(),
        present: place.to_string(),
        placeholder: String::new(),
        hint: said().position_hint(),
        inputmode: "numeric",
        most: 3,
        class: "field col-half",
    };
    field.of(form, one)
}

fn words(form: &Form, view: &MethodsView, one: &MethodView) -> AnyView {
    let language = view.written_in.name();
    let name = Field {
        part: "name",
        label: said().name(language),
        present: one.name.clone(),
        placeholder: one.usual_name.clone(),
        hint: said().name_hint(),
        inputmode: "text",
        most: MAX_NAME,
        class: "field",
    };
    let description = Field {
        part: "description",
        label: said().description(language),
        present: one.description.clone(),
        placeholder: one.usual_description.clone(),
        hint: "",
        inputmode: "text",
        most: MAX_DESCRIPTION,
        class: "field",
    };
    view! { {name.of(form, one)} {description.of(form, one)} }.into_any()
}

fn amounts(form: &Form, view: &MethodsView, one: &MethodView) -> AnyView {
    let amount = |part, label, present: &str, hint| Field {
        part,
        label,
        present: present.to_owned(),
        placeholder: String::new(),
        hint,
        inputmode: "decimal",
        most: 20,
        class: "field col-half",
    };
    let currency = view.currency.as_str();
    let lowest = amount("lowest", said().lowest(currency), &one.lowest, "");
    let highest = said().highest(currency);
    let highest = amount("highest", highest, &one.highest, said().amounts_hint());
    view! { {lowest.of(form, one)} {highest.of(form, one)} }.into_any()
}

/// A field of a method.
struct Field {
    /// What the form calls it.
    part: &'static str,
    label: String,
    /// Before anything is typed.
    present: String,
    placeholder: String,
    hint: &'static str,
    inputmode: &'static str,
    most: usize,
    class: &'static str,
}

impl Field {
    fn of(self, form: &Form, one: &MethodView) -> AnyView {
        let name = format!("methods[{}][{}]", one.method, self.part);
        let value = form.value(&name, self.present);
        let error = form.error(&name);
        let hint = (!self.hint.is_empty()).then(|| {
            view! { <p class="field-hint" id=format!("{name}-hint")>{self.hint}</p> }
        });
        let described: Vec<_> = [
            error.is_some().then(|| format!("{name}-error")),
            hint.is_some().then(|| format!("{name}-hint")),
        ]
        .into_iter()
        .flatten()
        .collect();
        view! {
            <div class=self.class>
                <label class="field-label" for=name.clone()>{self.label}</label>
                <input
                    class="input"
                    id=name.clone()
                    name=name.clone()
                    value=value
                    placeholder=self.placeholder
                    inputmode=self.inputmode
                    maxlength=self.most
                    autocomplete="off"
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=(!described.is_empty()).then(|| described.join(" "))
                />
                {hint}
                {error_line(&name, error)}
            </div>
        }
        .into_any()
    }
}
