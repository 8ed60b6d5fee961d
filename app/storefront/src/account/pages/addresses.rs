//! `/account/addresses`, `/account/addresses/new`, `/account/addresses/{id}`

use app::{
    account::{ports::own_account, types::Address},
    contact::{
        fields::{country_field, phone_field, place_fields, street_fields},
        view::address,
    },
    load::load,
    locale::href,
    ui::{
        banner::done,
        field::{CheckField, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
        path::path_part,
    },
};
use leptos::prelude::*;

use crate::account::pages::{
    frame::{Tab, account_frame, own_page},
    said,
};

const SAVE: &str = "/api/account/addresses/save";
const DELETE: &str = "/api/account/addresses/delete";

#[component]
pub fn AddressesPage() -> impl IntoView {
    own_page("/account/addresses", |account| {
        let port = own_account();
        load(async move { port.addresses(&account).await }, |all| {
            account_frame(said().your_addresses(), Tab::Addresses, list(&all))
        })
    })
}

fn list(addresses: &[Address]) -> AnyView {
    let news = done(&[
        ("saved", said().saved()),
        ("deleted", said().address_removed()),
    ]);
    let cards = addresses.iter().map(card).collect_view();
    let cards = match addresses.is_empty() {
        true => view! {
            <div class="empty empty-small">
                <p>{said().no_addresses()}</p>
            </div>
        }
        .into_any(),
        false => view! { <ul class="address-list">{cards}</ul> }.into_any(),
    };
    view! {
        <div class="page-head">
            <h1>{said().your_addresses()}</h1>
        </div>
        <div class="stack-l">
            {news} {refusal_of(&Form::of(DELETE))} {cards}
            <p>
                <a class="btn" href=href("/account/addresses/new")>{icon(Icon::Plus)} {said().add_an_address()}</a>
            </p>
        </div>
    }
    .into_any()
}

fn card(stored: &Address) -> impl IntoView + use<> {
    let whose = format!("{}, {}", stored.contact.name, stored.contact.city);
    let id = stored.id.clone();
    let standing = stored.is_default.then(|| {
        view! { <p><span class="badge badge-accent">{said().default_address()}</span></p> }
    });
    view! {
        <li class="panel stack">
            {standing} {address(&stored.contact)}
            <div class="row">
                <a
                    class="btn btn-small"
                    href=href(&format!("/account/addresses/{id}"))
                    aria-label=said().edit_the_address(&whose)
                >
                    {icon(Icon::Edit)}
                    {said().edit()}
                </a>
                <form action=href(DELETE) method="post">
                    <PageField/>
                    <input type="hidden" name="id" value=id/>
                    <button
                        class="btn btn-small"
                        type="submit"
                        aria-label=said().remove_the_address(&whose)
                    >
                        {icon(Icon::Trash)}
                        {said().remove()}
                    </button>
                </form>
            </div>
        </li>
    }
}

/// A new address, or the one of the address bar.
#[component]
pub fn AddressPage() -> impl IntoView {
    let id = path_part("id");
    own_page("/account/addresses", |account| {
        let port = own_account();
        let data = async move {
            match id.as_str() {
                "new" => Ok(None),
                id => port.address(&account, id).await.map(Some),
            }
        };
        load(data, |stored| {
            let title = match stored {
                Some(_) => said().edit_address(),
                None => said().add_an_address(),
            };
            account_frame(title, Tab::Addresses, form(title, stored))
        })
    })
}

fn form(title: &'static str, stored: Option<Address>) -> AnyView {
    let form = Form::of(SAVE);
    let id = stored.as_ref().map(|stored| stored.id.clone());
    let is_default = stored.as_ref().is_some_and(|stored| stored.is_default);
    let contact = stored.map(|stored| stored.contact).unwrap_or_default();
    view! {
        <div class="page-head">
            <h1>{title}</h1>
        </div>
        <form class="panel account-form" action=href(SAVE) method="post" novalidate>
            <PageField/>
            {refusal_of(&form)}
            {id.map(|id| view! { <input type="hidden" name="id" value=id/> })}
            <div class="form-grid">
                {country_field(&form, &contact)} {street_fields(&form, &contact)}
                {place_fields(&form, &contact)}
                {phone_field(&form, &contact)}
                {(!is_default)
                    .then(|| {
                        view! {
                            <CheckField
                                form=&form
                                name="is_default"
                                label=said().use_as_default()
                            />
                        }
                    })}
                <div class="row">
                    <button class="btn btn-primary" type="submit">{said().save_address()}</button>
                    <a class="btn-text" href=href("/account/addresses")>{said().cancel()}</a>
                </div>
            </div>
        </form>
    }
    .into_any()
}
