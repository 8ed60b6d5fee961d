//! `/account/security`: e-mail address, password, devices, and the end of it all.

use app::{
    account::{
        ports::own_account,
        second_factor::ports::{FactorState, second_factors},
        types::{MIN_PASSWORD, Profile, SessionRow},
    },
    load::load,
    locale::href,
    ui::{
        banner::done,
        date::time,
        email_field::EmailField,
        field::refusal_of,
        form::{Form, PageField},
        secret::{Secret, SecretField},
    },
    visitor::{SECOND_FACTOR_PAGE, visitor},
};
use leptos::prelude::*;

use crate::account::pages::{
    frame::{Tab, account_frame, own_page},
    said,
};

const EMAIL: &str = "/api/account/email";
const PASSWORD: &str = "/api/account/password";
const END: &str = "/api/account/sessions/end";
const END_OTHERS: &str = "/api/account/sessions/end-others";
const CLOSE: &str = "/api/account/close";

#[component]
pub fn SecurityPage() -> impl IntoView {
    own_page("/account/security", |account| {
        let port = own_account();
        let session = visitor().session.unwrap_or_default();
        let factors = second_factors();
        let data = async move {
            let profile = port.profile(&account).await?;
            let factor = factors.state(&account).await?;
            Ok((profile, factor, port.sessions(&account, &session).await?))
        };
        load(data, |(profile, factor, sessions)| {
            let title = said().sign_in_and_security();
            let content = content(&profile, &factor, &sessions);
            account_frame(title, Tab::Security, content)
        })
    })
}

fn content(profile: &Profile, factor: &FactorState, sessions: &[SessionRow]) -> AnyView {
    let news = done(&[
        ("password", said().password_changed()),
        ("sent", said().new_address_sent()),
        ("ended", said().signed_out()),
        ("factor-off", said().factor_is_off()),
    ]);
    view! {
        <div class="page-head">
            <h1>{said().sign_in_and_security()}</h1>
        </div>
        <div class="stack-l">
            {news} <div class="cols-2">{password_form(&profile.email)} {email_form(profile)}</div>
            {second_factor(factor)} {devices(sessions)} {closing()}
        </div>
    }
    .into_any()
}

fn password_form(email: &str) -> AnyView {
    let form = Form::of(PASSWORD);
    view! {
        <form class="panel" action=href(PASSWORD) method="post">
            <PageField/>
            <h2 class="panel-title">{said().change_password()}</h2>
            {refusal_of(&form)}
            <div class="stack">
                // Password managers ask whose password this is.
                <input
                    type="text"
                    name="username"
                    autocomplete="username"
                    value=email.to_owned()
                    hidden
                />
                <SecretField
                    form=&form
                    secret=Secret::CurrentPassword
                    label=said().current_password()
                />
                <SecretField
                    form=&form
                    secret=Secret::NewPassword
                    label=said().new_password()
                    hint=said().password_hint(&MIN_PASSWORD.to_string())
                />
                <div>
                    <button class="btn" type="submit">{said().change_password()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

fn email_form(profile: &Profile) -> AnyView {
    let form = Form::of(EMAIL);
    view! {
        <form class="panel" action=href(EMAIL) method="post">
            <PageField/>
            <h2 class="panel-title">{said().change_address()}</h2>
            {refusal_of(&form)}
            <div class="stack">
                <EmailField
                    form=&form
                    label=said().new_address()
                    hint=said().address_now(&profile.email)
                />
                <SecretField
                    form=&form
                    secret=Secret::EmailPassword
                    label=said().your_password()
                />
                <div>
                    <button class="btn" type="submit">{said().send_to_new_address()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

fn second_factor(state: &FactorState) -> AnyView {
    let (words, link) = match state {
        FactorState::Off => (said().factor_off(), said().set_it_up()),
        FactorState::Pending(_) => (said().factor_pending(), said().continue_set_up()),
        FactorState::On { .. } => (said().factor_on(), said().codes_and_off()),
    };
    view! {
        <section class="panel stack" aria-labelledby="second-factor">
            <h2 class="panel-title" id="second-factor">{said().second_factor()}</h2>
            <p>{words}</p>
            <div>
                <a class="btn" href=href(SECOND_FACTOR_PAGE)>{link}</a>
            </div>
        </section>
    }
    .into_any()
}

fn devices(sessions: &[SessionRow]) -> AnyView {
    let rows = sessions.iter().map(device).collect_view();
    let list = view! { <ul class="device-list">{rows}</ul> };
    // A refused form says why, also if the last other device has gone meanwhile.
    let was_refused = Form::of(END).was_refused() || Form::of(END_OTHERS).was_refused();
    let content = match was_refused || sessions.iter().any(|session| !session.is_this) {
        true => view! {
            // One password for all buttons: each names its own function.
            <form class="stack" action=href(END_OTHERS) method="post">
                <PageField/>
                {ending()} {list}
            </form>
        }
        .into_any(),
        false => list.into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="devices">
            <h2 class="panel-title" id="devices">{said().where_signed_in()}</h2>
            {content}
        </section>
    }
    .into_any()
}

/// Above the list, so that who presses Enter signs out all others, not the first of the list.
fn ending() -> impl IntoView {
    let one = Form::of(END);
    let form = match one.was_refused() {
        true => one,
        false => Form::of(END_OTHERS),
    };
    view! {
        {refusal_of(&form)}
        <SecretField
            form=&form
            secret=Secret::SessionsPassword
            label=said().sessions_password()
        />
        <div>
            <button class="btn" type="submit">{said().sign_out_others()}</button>
        </div>
    }
}

fn device(session: &SessionRow) -> impl IntoView + use<> {
    let name = match session.device.as_str() {
        "" => said().unknown_device().to_owned(),
        device => device.to_owned(),
    };
    let end = match session.is_this {
        true => view! { <span class="badge badge-accent">{said().this_device()}</span> }.into_any(),
        false => view! {
            <button
                class="btn btn-small"
                type="submit"
                formaction=href(END)
                name="session_id"
                value=session.id.clone()
                aria-label=said().sign_out_device(&name)
            >
                {said().sign_out()}
            </button>
        }
        .into_any(),
    };
    view! {
        <li class="device">
            <div>
                <p>{name}</p>
                <p class="muted">
                    {said().since()} " " {time(session.created_at)} {said().last_used()} " "
                    {time(session.last_seen_at)}
                </p>
            </div>
            {end}
        </li>
    }
}

fn closing() -> AnyView {
    let form = Form::of(CLOSE);
    let open = form.was_refused();
    view! {
        <details class="asked" open=open>
            <summary class="btn-text">{said().close_account()}</summary>
            <form class="panel stack" action=href(CLOSE) method="post">
                <PageField/>
                {refusal_of(&form)}
                <p>
                    {said().close_why()}
                </p>
                <SecretField
                    form=&form
                    secret=Secret::ClosePassword
                    label=said().close_password()
                />
                <div>
                    <button class="btn btn-danger" type="submit">{said().close_permanently()}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
