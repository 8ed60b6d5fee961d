//! `/admin/sign-in`, and `/admin/set-up/{token}` for the first admin.

use app::{
    account::{
        door::{door_page, new_password},
        ports::accounts,
    },
    error::ShopError,
    load::load,
    ui::{
        banner::done,
        field::TextField,
        form::Form,
        path::path_part,
        secret::{Secret, SecretField},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::account::pages::said;

const SIGN_IN: &str = "/api/admin/sign-in";
const SET_UP: &str = "/api/admin/set-up";

#[component]
pub fn SignInPage() -> impl IntoView {
    let form = Form::of(SIGN_IN);
    let next = use_query_map()
        .get_untracked()
        .get("next")
        .unwrap_or_default();
    let fields = view! {
        {done(&[("ended", said().session_ended())])}
        <input type="hidden" name="next" value=form.value("next", next)/>
        {email(&form)}
        <SecretField
            form=&form
            secret=Secret::Password
            label=said().password()
        />
    }
    .into_any();
    door_page(
        said().staff_sign_in(),
        SIGN_IN,
        &form,
        fields,
        said().sign_in(),
    )
}

#[component]
pub fn SetUpPage() -> impl IntoView {
    let token = path_part("token");
    let port = accounts();
    let data = async move {
        match port.setup_is_open(&token).await? {
            true => Ok(token),
            false => Err(ShopError::not_found()),
        }
    };
    load(data, |token| {
        let form = Form::of(SET_UP);
        let fields = view! {
            <input type="hidden" name="token" value=token/>
            <p class="muted">{said().set_up_why()}</p>
            {email(&form)} {new_password(&form)}
        }
        .into_any();
        door_page(
            said().set_up_the_shop(),
            SET_UP,
            &form,
            fields,
            said().create_admin(),
        )
    })
}

fn email(form: &Form) -> impl IntoView + use<> {
    view! {
        <TextField
            form
            name="email"
            label=said().e_mail()
            kind="email"
            autocomplete="username"
        />
    }
}
