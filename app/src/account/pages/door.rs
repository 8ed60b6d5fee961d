//! `/admin/sign-in`, and `/admin/set-up/{token}` for the first admin.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    account::{pages::frame::new_password, ports::accounts},
    error::ShopError,
    shop::shop,
    storefront::load::load,
    ui::{
        field::{TextField, refusal_of},
        form::{Form, PageField},
        head::private_head,
        icon::brand_mark,
        path::path_part,
    },
};

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
        <input type="hidden" name="next" value=form.value("next", next)/>
        {email(&form)}
        <TextField
            form=&form
            name="password"
            label="Password"
            kind="password"
            autocomplete="current-password"
        />
    }
    .into_any();
    door_page("Staff sign-in", SIGN_IN, &form, fields, "Sign in")
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
            <p class="muted">"This link works once and makes you the shop’s admin."</p>
            {email(&form)} {new_password(&form)}
        }
        .into_any();
        door_page(
            "Set up the shop",
            SET_UP,
            &form,
            fields,
            "Create admin account",
        )
    })
}

fn email(form: &Form) -> impl IntoView + use<> {
    view! {
        <TextField
            form
            name="email"
            label="E-mail"
            kind="email"
            autocomplete="username"
        />
    }
}

/// A page of nothing but one form, for who is not in the admin area yet.
pub fn door_page(
    title: &'static str,
    action: &'static str,
    form: &Form,
    fields: AnyView,
    onward: &'static str,
) -> AnyView {
    let name = shop().settings.name.clone();
    let label = format!("{name}, home");
    view! {
        {private_head(title)}
        <a class="skip-link" href="#main">"Skip to content"</a>
        <main class="sign-in" id="main" tabindex="-1">
            <a class="brand" href="/" aria-label=label>
                {brand_mark()}
                <span>{name}</span>
            </a>
            <form class="panel" action=action method="post">
                <PageField/>
                <h1>{title}</h1>
                <div class="stack">
                    {refusal_of(form)} {fields}
                    <button class="btn btn-primary btn-block" type="submit">{onward}</button>
                </div>
            </form>
        </main>
    }
    .into_any()
}
