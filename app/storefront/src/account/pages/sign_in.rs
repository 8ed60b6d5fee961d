//! `/account/sign-in`, and where it begins: `/account/sign-up`, `/account/reset`

use app::{
    account::api::ssr::after_customer_sign_in,
    locale::href,
    ui::{
        banner::done,
        field::{TextField, refusal_of},
        form::{Form, PageField},
        onward::onward,
        secret::{Secret, SecretField},
    },
    visitor::visitor,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::account::pages::{frame::door, said};

const SIGN_IN: &str = "/api/account/sign-in";
const ASK_SIGN_UP: &str = "/api/account/ask-sign-up";
const ASK_RESET: &str = "/api/account/ask-reset";

#[component]
pub fn CustomerSignInPage() -> impl IntoView {
    let form = Form::of(SIGN_IN);
    let query = use_query_map().get_untracked();
    let next = query.get("next").unwrap_or_default();
    if visitor().account.is_some() {
        return onward(after_customer_sign_in(&next));
    }
    let news = done(&[
        ("signed-out", said().you_are_signed_out()),
        ("ended", said().session_ended()),
        ("too-late", said().took_too_long()),
        ("reset", said().password_was_reset()),
        ("closed", said().account_closed()),
    ]);
    let content = view! {
        <div class="stack">
            {news}
            <form class="panel" action=href(SIGN_IN) method="post">
                <PageField/>
                {refusal_of(&form)}
                <input type="hidden" name="next" value=form.value("next", next)/>
                <div class="form-grid">
                    {email(&form, "username")}
                    <SecretField
                        form=&form
                        secret=Secret::Password
                        label=said().password()
                    />
                    <div>
                        <button class="btn btn-primary btn-large" type="submit">{said().sign_in()}</button>
                    </div>
                </div>
            </form>
            <p class="row">
                <a class="btn-text" href=href("/account/reset")>{said().forgot_password()}</a>
                <a class="btn-text" href=href("/account/sign-up")>{said().create_an_account()}</a>
                <a class="btn-text" href=href("/orders")>{said().find_an_order()}</a>
            </p>
        </div>
    };
    door(said().sign_in(), content)
}

#[component]
pub fn AskSignUpPage() -> impl IntoView {
    let words = said().sign_up_why();
    ask(
        said().create_an_account(),
        ASK_SIGN_UP,
        words,
        said().e_mail_me_a_link(),
    )
}

#[component]
pub fn AskResetPage() -> impl IntoView {
    let words = said().reset_why();
    ask(
        said().forgot_password(),
        ASK_RESET,
        words,
        said().e_mail_me_a_link(),
    )
}

/// A form that has a link mailed. What it says afterwards is the same for every address.
fn ask(
    title: &'static str,
    action: &'static str,
    words: &'static str,
    button: &'static str,
) -> AnyView {
    let form = Form::of(action);
    let news = done(&[("sent", said().check_your_inbox())]);
    let content = view! {
        <div class="stack">
            {news}
            <p class="muted">{words}</p>
            <form class="panel" action=href(action) method="post">
                <PageField/>
                {refusal_of(&form)}
                <div class="form-grid">
                    {email(&form, "email")}
                    <div>
                        <button class="btn btn-primary btn-large" type="submit">{button}</button>
                    </div>
                </div>
            </form>
            <p>
                <a class="btn-text" href=href("/account/sign-in")>{said().back_to_sign_in()}</a>
            </p>
        </div>
    };
    door(title, content)
}

fn email(form: &Form, autocomplete: &'static str) -> impl IntoView + use<> {
    view! {
        <TextField
            form
            name="email"
            label=said().e_mail()
            kind="email"
            autocomplete=autocomplete
            maxlength=254
        />
    }
}
