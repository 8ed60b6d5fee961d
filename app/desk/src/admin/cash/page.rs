//! `/admin/settings/cash`: one form for what holds for orders that are paid on delivery.

use app::{
    identity::Role,
    locale::locale,
    ui::{
        field::{Need, SelectField, TextField},
        form::Form,
    },
};
use leptos::prelude::*;

use super::{
    ports::{CashView, ConfirmationRule, cash_admin},
    text::Text,
};
use crate::admin::frame::{Section, SettingsForm, admin_page, settings_crumb};

pub const HERE: &str = "/admin/settings/cash";
/// Where the form goes.
pub const SAVE: &str = "/api/admin/cash/save";

#[component]
pub fn AdminCashPage() -> impl IntoView {
    let port = cash_admin();
    let data = async move { port.settings().await };
    admin_page(Role::Admin, data, |_, view| {
        let title = Text::from(locale()).cash_on_delivery();
        Section::Settings.page(title, page(&view))
    })
}

fn page(view: &CashView) -> AnyView {
    let text = Text::from(locale());
    SettingsForm {
        id: "cash",
        action: SAVE,
        here: HERE.to_owned(),
        above: settings_crumb(),
        title: text.cash_on_delivery(),
        version: view.version.to_string(),
        saved: text.saved(),
        save: text.save(),
        below: None,
    }
    .with(|form| {
        view! {
            <p class="muted">
                {text.why()} " " <a class="link" href="/admin/settings/methods">{text.methods()}</a>
            </p>
            <div class="admin-cols">{confirmation(form, view)} {limits(form, view)}</div>
        }
        .into_any()
    })
}

fn confirmation(form: &Form, view: &CashView) -> AnyView {
    let text = Text::from(locale());
    let options = ConfirmationRule::ALL.map(|rule| {
        let words = match rule {
            ConfirmationRule::Asked => text.confirmation_asked(),
            ConfirmationRule::Off => text.confirmation_off(),
        };
        (rule.as_str().to_owned(), words.to_owned())
    });
    view! {
        <section class="panel" aria-labelledby="confirming">
            <h2 class="panel-title" id="confirming">{text.confirming()}</h2>
            <div class="form-grid">
                <SelectField
                    form
                    name="confirmation"
                    label=text.confirmation()
                    options=options.to_vec()
                    value=view.confirmation.as_str()
                    hint=text.confirmation_hint()
                />
                <TextField
                    form
                    name="minutes"
                    label=text.minutes()
                    autocomplete="off"
                    inputmode="numeric"
                    value=view.minutes.to_string()
                    hint=text.minutes_hint()
                />
            </div>
        </section>
    }
    .into_any()
}

fn limits(form: &Form, view: &CashView) -> AnyView {
    let text = Text::from(locale());
    let most_open = view.most_open.map(|most| most.to_string());
    view! {
        <section class="panel" aria-labelledby="limits">
            <h2 class="panel-title" id="limits">{text.limits()}</h2>
            <div class="form-grid">
                <TextField
                    form
                    name="most_open"
                    label=text.most_open()
                    need=Need::Optional
                    autocomplete="off"
                    inputmode="numeric"
                    value=most_open.unwrap_or_default()
                    hint=text.most_open_hint()
                />
            </div>
        </section>
    }
    .into_any()
}
