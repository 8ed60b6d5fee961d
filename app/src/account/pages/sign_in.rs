//! `/account/sign-in`, and where it begins: `/account/sign-up`, `/account/reset`

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    account::{api::ssr::after_customer_sign_in, pages::frame::door},
    ui::{
        banner::done,
        field::{TextField, refusal_of},
        form::{Form, PageField},
        onward::onward,
    },
    visitor::visitor,
};

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
        ("signed-out", "You are signed out."),
        ("too-late", "That took too long. Please sign in again."),
        (
            "reset",
            "Your password has been changed. Sign in with the new one.",
        ),
        ("closed", "Your account is closed and its data is erased."),
    ]);
    let content = view! {
        <div class="stack">
            {news}
            <form class="panel" action=SIGN_IN method="post">
                <PageField/>
                {refusal_of(&form)}
                <input type="hidden" name="next" value=form.value("next", next)/>
                <div class="form-grid">
                    {email(&form, "username")}
                    <TextField
                        form=&form
                        name="password"
                        label="Password"
                        kind="password"
                        autocomplete="current-password"
                    />
                    <div>
                        <button class="btn btn-primary btn-large" type="submit">"Sign in"</button>
                    </div>
                </div>
            </form>
            <p class="row">
                <a class="btn-text" href="/account/reset">"Forgot your password?"</a>
                <a class="btn-text" href="/account/sign-up">"Create an account"</a>
                <a class="btn-text" href="/orders">"Find an order without an account"</a>
            </p>
        </div>
    };
    door("Sign in", content)
}

#[component]
pub fn AskSignUpPage() -> impl IntoView {
    let words = "With an account you see all your orders, save addresses and keep your cart on \
                 every device. We’ll e-mail you a link to finish signing up.";
    ask("Create an account", ASK_SIGN_UP, words, "E-mail me a link")
}

#[component]
pub fn AskResetPage() -> impl IntoView {
    let words = "Enter the e-mail address of your account and we’ll send you a link to choose a \
                 new password.";
    ask(
        "Forgot your password?",
        ASK_RESET,
        words,
        "E-mail me a link",
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
    let news = done(&[(
        "sent",
        "Check your inbox. If the address is right, we’ve sent a link to it.",
    )]);
    let content = view! {
        <div class="stack">
            {news}
            <p class="muted">{words}</p>
            <form class="panel" action=action method="post">
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
                <a class="btn-text" href="/account/sign-in">"Back to sign-in"</a>
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
            label="E-mail"
            kind="email"
            autocomplete=autocomplete
            maxlength=254
        />
    }
}
