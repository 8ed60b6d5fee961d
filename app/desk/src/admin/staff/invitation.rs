//! `/admin/invitation/{token}`: where a mailed invitation leads. Opening it changes nothing.

use app::{
    account::{
        door::{door_page, new_password},
        types::MAX_NAME,
    },
    load::load,
    locale::href,
    ui::{
        field::{Need, TextField},
        form::Form,
        path::path_part,
        secret::{Secret, SecretField},
    },
};
use leptos::prelude::*;

use super::{said, types::Offer};
use crate::admin::staff::ports::staff_admin;

const ACCEPT: &str = "/api/admin/invitation/accept";

#[component]
pub fn InvitationPage() -> impl IntoView {
    let token = path_part("token");
    let port = staff_admin();
    let data = async move {
        let offer = port.offer(&token).await?;
        Ok((token, offer))
    };
    load(data, |(token, offer)| {
        let form = Form::of(ACCEPT);
        let fields = fields(&form, token, &offer);
        door_page(
            said().join_the_staff(),
            ACCEPT,
            &form,
            fields,
            said().accept(),
        )
    })
}

fn fields(form: &Form, token: String, offer: &Offer) -> AnyView {
    let words = match offer.has_account {
        true => said().invited_with_account(offer.role.as_str()),
        false => said().invited_to_join(offer.role.as_str()),
    };
    let password = match offer.has_account {
        true => view! {
            <SecretField
                form
                secret=Secret::Password
                label=said().password()
            />
            <p>
                <a class="btn-text" href=href("/account/reset")>{said().forgot_password()}</a>
            </p>
        }
        .into_any(),
        false => view! {
            <TextField
                form
                name="name"
                label=said().name()
                autocomplete="name"
                need=Need::Optional
                maxlength=MAX_NAME as u32
            />
            {new_password(form)}
        }
        .into_any(),
    };
    view! {
        <input type="hidden" name="token" value=token/>
        <p class="muted">{words}</p>
        <div class="field">
            <label class="field-label" for="email">{said().e_mail()}</label>
            <input
                class="input"
                id="email"
                type="email"
                autocomplete="username"
                value=offer.email.clone()
                readonly
            />
        </div>
        {password}
    }
    .into_any()
}
