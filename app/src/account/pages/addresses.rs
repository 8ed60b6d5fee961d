//! `/account/addresses`, `/account/addresses/new`, `/account/addresses/{id}`

use leptos::prelude::*;

use crate::{
    account::{
        pages::frame::{Tab, account_frame, own_page},
        ports::own_account,
        types::Address,
    },
    contact::{
        fields::{place_fields, street_fields},
        view::address,
    },
    storefront::load::load,
    ui::{
        banner::done,
        field::{CheckField, Need, TextField, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
        path::path_part,
    },
};

const SAVE: &str = "/api/account/addresses/save";
const DELETE: &str = "/api/account/addresses/delete";

#[component]
pub fn AddressesPage() -> impl IntoView {
    own_page("/account/addresses", |account| {
        let port = own_account();
        load(async move { port.addresses(&account).await }, |all| {
            account_frame("Your addresses", Tab::Addresses, list(&all))
        })
    })
}

fn list(addresses: &[Address]) -> AnyView {
    let news = done(&[("saved", "Saved."), ("deleted", "Address removed.")]);
    let cards = addresses.iter().map(card).collect_view();
    let cards = match addresses.is_empty() {
        true => view! {
            <div class="empty empty-small">
                <p>"No addresses yet. Checkout starts with your default address."</p>
            </div>
        }
        .into_any(),
        false => view! { <ul class="address-list">{cards}</ul> }.into_any(),
    };
    view! {
        <div class="page-head">
            <h1>"Your addresses"</h1>
        </div>
        <div class="stack-l">
            {news} {refusal_of(&Form::of(DELETE))} {cards}
            <p>
                <a class="btn" href="/account/addresses/new">{icon(Icon::Plus)} "Add an address"</a>
            </p>
        </div>
    }
    .into_any()
}

fn card(stored: &Address) -> impl IntoView + use<> {
    let whose = format!("{}, {}", stored.contact.name, stored.contact.city);
    let id = stored.id.clone();
    let standing = stored.is_default.then(|| {
        view! { <p><span class="badge badge-accent">"Default"</span></p> }
    });
    view! {
        <li class="panel stack">
            {standing} {address(&stored.contact)}
            <div class="row">
                <a
                    class="btn btn-small"
                    href=format!("/account/addresses/{id}")
                    aria-label=format!("Edit the address {whose}")
                >
                    {icon(Icon::Edit)}
                    "Edit"
                </a>
                <form action=DELETE method="post">
                    <PageField/>
                    <input type="hidden" name="id" value=id/>
                    <button
                        class="btn btn-small"
                        type="submit"
                        aria-label=format!("Remove the address {whose}")
                    >
                        {icon(Icon::Trash)}
                        "Remove"
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
                Some(_) => "Edit address",
                None => "Add an address",
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
        <form class="panel account-form" action=SAVE method="post" novalidate>
            <PageField/>
            {refusal_of(&form)}
            {id.map(|id| view! { <input type="hidden" name="id" value=id/> })}
            <div class="form-grid">
                {street_fields(&form, &contact)} {place_fields(&form, &contact)}
                <TextField
                    form=&form
                    name="phone"
                    label="Phone"
                    kind="tel"
                    autocomplete="tel"
                    need=Need::Optional
                    hint="In case the courier needs to reach you."
                    value=contact.phone.clone()
                />
                {(!is_default)
                    .then(|| {
                        view! {
                            <CheckField
                                form=&form
                                name="is_default"
                                label="Use as default address"
                            />
                        }
                    })}
                <div class="row">
                    <button class="btn btn-primary" type="submit">"Save address"</button>
                    <a class="btn-text" href="/account/addresses">"Cancel"</a>
                </div>
            </div>
        </form>
    }
    .into_any()
}
