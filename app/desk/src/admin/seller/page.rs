//! `/admin/seller`: one form for all that has to be known of who sells.

use app::{
    countries::DeliveryCountries,
    identity::Role,
    locale::locale,
    ui::{
        field::{Need, SelectField, TextField},
        form::Form,
    },
};
use leptos::prelude::*;

use super::{
    ports::{SellerView, seller_admin},
    text::Text,
};
use crate::admin::frame::{Section, SettingsForm, admin_page, settings_crumb};

pub const HERE: &str = "/admin/seller";
/// Where the form goes.
pub const SAVE: &str = "/api/admin/seller/save";

#[component]
pub fn AdminSellerPage() -> impl IntoView {
    let port = seller_admin();
    let data = async move { port.seller().await };
    admin_page(Role::Admin, data, |_, view| {
        let title = Text::from(locale()).seller();
        Section::Settings.page(title, page(&view))
    })
}

fn page(view: &SellerView) -> AnyView {
    let text = Text::from(locale());
    SettingsForm {
        id: "seller",
        action: SAVE,
        here: HERE.to_owned(),
        above: settings_crumb(),
        title: text.seller(),
        version: view.version.to_string(),
        saved: text.saved(),
        save: text.save(),
        below: None,
    }
    .with(|form| {
        view! {
            <p class="muted">{text.why()}</p>
            <div class="admin-cols">{who(form, view)} {contact(form, view)}</div>
        }
        .into_any()
    })
}

fn who(form: &Form, view: &SellerView) -> AnyView {
    let (text, seller) = (Text::from(locale()), &view.seller);
    let countries = DeliveryCountries::everywhere().named().into_iter();
    let countries: Vec<_> = [(String::new(), text.choose_country().to_owned())]
        .into_iter()
        .chain(countries.map(|(code, name)| (code.to_owned(), name.to_owned())))
        .collect();
    view! {
        <section class="panel" aria-labelledby="who">
            <h2 class="panel-title" id="who">{text.who()}</h2>
            <div class="form-grid">
                <TextField
                    form
                    name="name"
                    label=text.name()
                    hint=text.name_hint()
                    autocomplete="organization"
                    maxlength=120
                    value=&seller.name
                />
                <TextField
                    form
                    name="represented_by"
                    label=text.represented_by()
                    need=Need::Optional
                    autocomplete="off"
                    maxlength=120
                    value=&seller.represented_by
                />
                <TextField
                    form
                    name="street"
                    label=text.street()
                    autocomplete="street-address"
                    maxlength=120
                    value=&seller.street
                />
                <TextField
                    form
                    name="postal_code"
                    label=text.postal_code()
                    need=Need::Optional
                    class="col-half"
                    autocomplete="postal-code"
                    maxlength=16
                    value=&seller.postal_code
                />
                <TextField
                    form
                    name="city"
                    label=text.city()
                    class="col-half"
                    autocomplete="address-level2"
                    maxlength=80
                    value=&seller.city
                />
                <SelectField
                    form
                    name="country"
                    label=text.country()
                    options=countries
                    value=seller.country.clone()
                    hint=text.country_hint()
                />
            </div>
        </section>
    }
    .into_any()
}

fn contact(form: &Form, view: &SellerView) -> AnyView {
    let (text, seller) = (Text::from(locale()), &view.seller);
    view! {
        <section class="panel" aria-labelledby="contact">
            <h2 class="panel-title" id="contact">{text.contact()}</h2>
            <div class="form-grid">
                <TextField
                    form
                    name="email"
                    label=text.email()
                    kind="email"
                    autocomplete="email"
                    maxlength=200
                    value=&seller.email
                />
                <TextField
                    form
                    name="phone"
                    label=text.phone()
                    need=Need::Optional
                    autocomplete="tel"
                    maxlength=40
                    value=&seller.phone
                />
                <TextField
                    form
                    name="register"
                    label=text.register()
                    need=Need::Optional
                    hint=text.register_hint()
                    autocomplete="off"
                    maxlength=120
                    value=&seller.register
                />
                <TextField
                    form
                    name="vat_id"
                    label=text.vat_id()
                    need=Need::Optional
                    autocomplete="off"
                    maxlength=40
                    value=&seller.vat_id
                />
            </div>
        </section>
    }
    .into_any()
}
