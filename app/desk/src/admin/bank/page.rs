//! `/admin/settings/bank`: where shoppers send their money, and how long their orders wait for it.

use app::{
    identity::Role,
    locale::locale,
    text::in_fours,
    ui::{
        field::{Need, TextField},
        form::Form,
    },
};
use leptos::prelude::*;

use super::{
    ports::{BankView, bank_admin},
    text::Text,
};
use crate::admin::frame::{Section, SettingsForm, admin_page, settings_crumb};

pub const HERE: &str = "/admin/settings/bank";
/// Where the form goes.
pub const SAVE: &str = "/api/admin/bank/save";

#[component]
pub fn AdminBankPage() -> impl IntoView {
    let port = bank_admin();
    let data = async move { port.settings().await };
    admin_page(Role::Admin, data, |_, view| {
        let title = Text::from(locale()).bank_transfer();
        Section::Settings.page(title, page(&view))
    })
}

fn page(view: &BankView) -> AnyView {
    let text = Text::from(locale());
    SettingsForm {
        id: "bank-transfer",
        action: SAVE,
        here: HERE.to_owned(),
        above: settings_crumb(),
        title: text.bank_transfer(),
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
            <div class="admin-cols">{account(form, view)} {waiting(form, view)}</div>
        }
        .into_any()
    })
}

fn account(form: &Form, view: &BankView) -> AnyView {
    let text = Text::from(locale());
    view! {
        <section class="panel" aria-labelledby="account">
            <h2 class="panel-title" id="account">{text.account()}</h2>
            <div class="form-grid">
                <TextField
                    form
                    name="holder"
                    label=text.holder()
                    autocomplete="off"
                    maxlength=70
                    value=&view.holder
                />
                <TextField
                    form
                    name="iban"
                    label=text.iban()
                    autocomplete="off"
                    maxlength=50
                    value=in_fours(&view.iban)
                />
                <TextField
                    form
                    name="bic"
                    label=text.bic()
                    need=Need::Optional
                    autocomplete="off"
                    maxlength=20
                    value=&view.bic
                    hint=text.bic_hint()
                />
                <TextField
                    form
                    name="bank"
                    label=text.bank()
                    need=Need::Optional
                    autocomplete="off"
                    maxlength=70
                    value=&view.bank
                />
            </div>
        </section>
    }
    .into_any()
}

fn waiting(form: &Form, view: &BankView) -> AnyView {
    let text = Text::from(locale());
    view! {
        <section class="panel" aria-labelledby="checkout">
            <h2 class="panel-title" id="checkout">{text.checkout()}</h2>
            <div class="form-grid">
                <TextField
                    form
                    name="days"
                    label=text.days()
                    autocomplete="off"
                    inputmode="numeric"
                    value=view.days.to_string()
                    hint=text.days_hint()
                />
            </div>
        </section>
    }
    .into_any()
}
