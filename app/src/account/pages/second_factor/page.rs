//! `/account/security/second-factor`: set it up, make new recovery codes, switch it off.

use leptos::prelude::*;

use super::codes::{codes_page, just_made};
use crate::{
    account::{
        pages::frame::{Tab, account_frame, own_page},
        second_factor::{
            ports::{FactorState, second_factors},
            types::{Qr, SetUp},
        },
    },
    identity::Account,
    shop::shop,
    storefront::load::load,
    ui::{
        date::time,
        field::{TextField, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};

pub const HERE: &str = "/account/security/second-factor";
const BEGIN: &str = "/api/account/second-factor/begin";
const ON: &str = "/api/account/second-factor/on";
const OFF: &str = "/api/account/second-factor/off";
const CODES: &str = "/api/account/second-factor/codes";
/// Blank modules that a reader needs around the picture.
const BORDER: usize = 4;

#[component]
pub fn SecondFactorPage() -> impl IntoView {
    own_page(HERE, |account| {
        let title = "Second factor";
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
            <div class="banner banner-warn" role="status">
                {icon(Icon::Info)}
                <div class="banner-body">
                    <p>
                        "This shop requires a second factor for all staff. Set it up to open the \
                         admin area."
                    </p>
                </div>
            </div>
        }
    });
    let content = match state {
        FactorState::Off => off(),
        FactorState::Pending(set_up) => pending(&set_up),
        FactorState::On { since, codes_left } => on(since, codes_left),
    };
    view! {
        <div class="page-head">
            <h1>"Second factor"</h1>
            <p class="muted">
                "With it, your password alone is not enough to sign in: it also takes a code from \
                 your phone."
            </p>
        </div>
        <div class="stack-l">{required} {content}</div>
    }
    .into_any()
}

fn off() -> AnyView {
    view! {
        <form class="panel stack" action=BEGIN method="post">
            <PageField/>
            <h2 class="panel-title">"Off"</h2>
            {refusal_of(&Form::of(BEGIN))}
            <p>
                "You need an authenticator app on your phone, such as the one in your password \
                 manager. It shows a new code every 30 seconds, even offline."
            </p>
            <div>
                <button class="btn btn-primary" type="submit">"Set it up"</button>
            </div>
        </form>
    }
    .into_any()
}

fn pending(set_up: &SetUp) -> AnyView {
    let form = Form::of(ON);
    view! {
        <form class="panel" action=ON method="post">
            <PageField/>
            <h2 class="panel-title">"Set it up"</h2>
            {refusal_of(&form)}
            <div class="factor-set-up">
                <div class="stack">
                    {picture(&set_up.qr)} <p>
                        <a class="btn btn-small" href=set_up.address.clone()>
                            "Open the app on this device"
                        </a>
                    </p>
                </div>
                <div class="stack">
                    <ol class="factor-steps">
                        <li>
                            "Scan the QR code with your authenticator app, or type in this key:"
                            <p class="factor-secret mono">{grouped(&set_up.secret)}</p>
                        </li>
                        <li>"Enter the 6 digits it shows and your password."</li>
                        <li>"Keep the recovery codes on the page that follows."</li>
                    </ol>
                    <TextField
                        form=&form
                        name="factor_code"
                        label="Code"
                        autocomplete="one-time-code"
                        inputmode="numeric"
                        maxlength=10
                    />
                    <TextField
                        form=&form
                        name="factor_password"
                        label="Your password"
                        kind="password"
                        autocomplete="current-password"
                    />
                    <p class="muted">"You’ll be signed out on all other devices."</p>
                    <div>
                        <button class="btn btn-primary" type="submit">"Turn on"</button>
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
            aria-label="QR code for your authenticator app"
            inner_html=drawn
        ></svg>
    }
}

/// In groups of four, as it is easier to type.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

fn on(since: i64, codes_left: i64) -> AnyView {
    let left = match codes_left {
        0 => "No recovery codes are left.".to_owned(),
        1 => "One recovery code is left.".to_owned(),
        left => format!("{left} recovery codes are left."),
    };
    view! {
        <section class="panel stack" aria-labelledby="is-on">
            <h2 class="panel-title" id="is-on">"On"</h2>
            {refusal_of(&Form::of(OFF))} {refusal_of(&Form::of(CODES))}
            <p>"Since " {time(since)} ". " {left}</p>
            <form class="stack" action=CODES method="post">
                <PageField/>
                <p class="muted">"New recovery codes replace the old ones."</p>
                <div>
                    <button class="btn" type="submit">"Create new recovery codes"</button>
                </div>
            </form>
            <form class="stack" action=OFF method="post">
                <PageField/>
                <p class="muted">
                    "To use another phone, turn it off and set it up again there."
                </p>
                <div>
                    <button class="btn btn-danger" type="submit">"Turn off"</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_secret_is_shown_in_groups() {
        assert_eq!(super::grouped("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
