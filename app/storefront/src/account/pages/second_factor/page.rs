//! `/account/security/second-factor`: set it up, make new recovery codes, switch it off.

use app::{
    account::second_factor::{
        ports::{FactorState, second_factors},
        types::{Qr, SetUp},
    },
    identity::Account,
    load::load,
    locale::href,
    shop::shop,
    text::in_fours,
    ui::{
        banner::{Banner, Heard, Tone},
        date::time,
        field::refusal_of,
        form::{Form, PageField},
        icon::Icon,
        secret::{Secret, SecretField},
    },
    visitor::SECOND_FACTOR_PAGE,
};
use leptos::prelude::*;

use super::codes::{codes_page, just_made};
use crate::account::pages::{
    frame::{Tab, account_frame, own_page},
    said,
};

const BEGIN: &str = "/api/account/second-factor/begin";
const ON: &str = "/api/account/second-factor/on";
const OFF: &str = "/api/account/second-factor/off";
const CODES: &str = "/api/account/second-factor/codes";
/// Blank modules that a reader needs around the picture.
const BORDER: usize = 4;

#[component]
pub fn SecondFactorPage() -> impl IntoView {
    own_page(SECOND_FACTOR_PAGE, |account| {
        let title = said().second_factor();
        if let Some(codes) = just_made() {
            let content = codes_page(&account, codes);
            return account_frame(title, Tab::Security, content);
        }
        let port = second_factors();
        let whose = account.clone();
        load(async move { port.state(&whose).await }, move |state| {
            account_frame(title, Tab::Security, content(&account, state))
        })
        .into_any()
    })
}

fn content(account: &Account, state: FactorState) -> AnyView {
    let is_required = shop().settings.second_factor_required && account.is_staff();
    let required = (is_required && !matches!(state, FactorState::On { .. })).then(|| {
        view! {
            <Banner tone=Tone::Warning sign=Icon::Info heard=Heard::Soon>
                <p>
                    {said().factor_required()}
                </p>
            </Banner>
        }
    });
    let content = match state {
        FactorState::Off => off(),
        FactorState::Pending(set_up) => pending(&set_up),
        FactorState::On { since, codes_left } => on(since, codes_left),
    };
    view! {
        <div class="page-head">
            <h1>{said().second_factor()}</h1>
            <p class="muted">
                {said().factor_why()}
            </p>
        </div>
        <div class="stack-l">{required} {content}</div>
    }
    .into_any()
}

fn off() -> AnyView {
    view! {
        <form class="panel stack" action=href(BEGIN) method="post">
            <PageField/>
            <h2 class="panel-title">{said().off()}</h2>
            {refusal_of(&Form::of(BEGIN))}
            <p>
                {said().app_needed()}
            </p>
            <div>
                <button class="btn btn-primary" type="submit">{said().set_it_up()}</button>
            </div>
        </form>
    }
    .into_any()
}

fn pending(set_up: &SetUp) -> AnyView {
    let form = Form::of(ON);
    view! {
        <form class="panel" action=href(ON) method="post">
            <PageField/>
            <h2 class="panel-title">{said().set_it_up()}</h2>
            {refusal_of(&form)}
            <div class="factor-set-up">
                <div class="stack">
                    {picture(&set_up.qr)} <p>
                        <a class="btn btn-small" href=set_up.address.clone()>
                            {said().open_the_app()}
                        </a>
                    </p>
                </div>
                <div class="stack">
                    <ol class="factor-steps">
                        <li>
                            {said().scan()}
                            <p class="factor-secret mono">{in_fours(&set_up.secret)}</p>
                        </li>
                        <li>{said().enter_digits()}</li>
                        <li>{said().keep_codes()}</li>
                    </ol>
                    <SecretField
                        form=&form
                        secret=Secret::FactorCode
                        label=said().code()
                        inputmode="numeric"
                        maxlength=10
                    />
                    <SecretField
                        form=&form
                        secret=Secret::FactorPassword
                        label=said().your_password()
                    />
                    <p class="muted">{said().others_signed_out()}</p>
                    <div>
                        <button class="btn btn-primary" type="submit">{said().turn_on()}</button>
                    </div>
                </div>
            </div>
        </form>
    }
    .into_any()
}

/// Always dark on light, whatever the colours of the page: not every app reads it otherwise.
fn picture(qr: &Qr) -> impl IntoView + use<> {
    let side = qr.size + 2 * BORDER;
    let view_box = format!("-{BORDER} -{BORDER} {side} {side}");
    let drawn = format!(
        "<rect x=\"-{BORDER}\" y=\"-{BORDER}\" width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{}\" fill=\"#000\"/>",
        qr.path
    );
    view! {
        <svg
            class="qr"
            viewBox=view_box
            role="img"
            aria-label=said().qr_code()
            inner_html=drawn
        ></svg>
    }
}

fn on(since: i64, codes_left: i64) -> AnyView {
    let left = said().codes_left(codes_left);
    view! {
        <section class="panel stack" aria-labelledby="is-on">
            <h2 class="panel-title" id="is-on">{said().on()}</h2>
            {refusal_of(&Form::of(OFF))} {refusal_of(&Form::of(CODES))}
            <p>{said().since()} " " {time(since)} ". " {left}</p>
            <form class="stack" action=href(CODES) method="post">
                <PageField/>
                <p class="muted">{said().new_codes_replace()}</p>
                <div>
                    <button class="btn" type="submit">{said().create_new_codes()}</button>
                </div>
            </form>
            <form class="stack" action=href(OFF) method="post">
                <PageField/>
                <p class="muted">
                    {said().another_phone()}
                </p>
                <div>
                    <button class="btn btn-danger" type="submit">{said().turn_off()}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
