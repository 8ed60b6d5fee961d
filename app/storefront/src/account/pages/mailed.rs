//! Pages that mailed links lead to: `/account/sign-up/{token}`, `/account/reset/{token}`,
//! `/account/verify/{token}`
//!
//! Opening one changes nothing: mail programs look at links before people do.

use app::{
    account::{
        door::new_password,
        ports::accounts,
        types::{MAX_NAME, MailedLink},
    },
    error::{ErrorKind, ShopError},
    load::load,
    locale::href,
    reply::set_status,
    ui::{
        field::{Need, TextField, refusal_of},
        form::{Form, PageField},
    },
    visitor::visitor,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::account::pages::{
    frame::{door, own_page},
    said,
};

const SIGN_UP: &str = "/api/account/sign-up";
const RESET: &str = "/api/account/reset";
const VERIFY: &str = "/api/account/verify";

#[component]
pub fn SignUpPage() -> impl IntoView {
    mailed(MailedLink::SignUp, |found| {
        let form = Form::of(SIGN_UP);
        let Found {
            token,
            email,
            password,
        } = found;
        let fields = match password {
            Password::Chosen => view! { <p>{said().password_is_chosen()}</p> }.into_any(),
            Password::Missing => view! {
                <TextField
                    form=&form
                    name="name"
                    label=said().name()
                    autocomplete="name"
                    need=Need::Optional
                    maxlength=MAX_NAME as u32
                />
                {new_password(&form)}
            }
            .into_any(),
        };
        let content = view! {
            <form class="panel" action=href(SIGN_UP) method="post">
                <PageField/>
                {refusal_of(&form)}
                <input type="hidden" name="token" value=token/>
                <div class="form-grid">
                    {account_of(email)} {fields}
                    <div>
                        <button class="btn btn-primary btn-large" type="submit">
                            {said().create_account()}
                        </button>
                    </div>
                </div>
            </form>
        };
        door(said().finish_creating(), content)
    })
}

#[component]
pub fn ResetPage() -> impl IntoView {
    mailed(MailedLink::Reset, |Found { token, email, .. }| {
        let form = Form::of(RESET);
        let content = view! {
            <form class="panel" action=href(RESET) method="post">
                <PageField/>
                {refusal_of(&form)}
                <input type="hidden" name="token" value=token/>
                <div class="form-grid">
                    {account_of(email)} {new_password(&form)}
                    <p class="muted">
                        {said().signed_out_everywhere()}
                    </p>
                    <div>
                        <button class="btn btn-primary btn-large" type="submit">
                            {said().save_new_password()}
                        </button>
                    </div>
                </div>
            </form>
        };
        door(said().choose_new_password(), content)
    })
}

#[component]
pub fn VerifyPage() -> impl IntoView {
    let path = format!("/account/verify/{}", token());
    own_page(&path, |_| {
        mailed(MailedLink::Verify, |Found { token, email, .. }| {
            let form = Form::of(VERIFY);
            let content = view! {
                <form class="panel" action=href(VERIFY) method="post">
                    <PageField/>
                    {refusal_of(&form)}
                    <input type="hidden" name="token" value=token/>
                    <div class="stack">
                        <p>
                            {said().your_address_before()} " " <strong>{email}</strong> " "
                            {said().your_address_after()}
                        </p>
                        <div>
                            <button class="btn btn-primary btn-large" type="submit">
                                {said().confirm_address()}
                            </button>
                        </div>
                    </div>
                </form>
            };
            door(said().confirm_your_address(), content)
        })
    })
}

/// What is in the address, if it can be part of one at all.
fn token() -> String {
    let token = use_params_map().get_untracked().get("token");
    token
        .filter(|token| {
            let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
            token.bytes().all(plain)
        })
        .unwrap_or_default()
}

/// A link that works.
struct Found {
    token: String,
    /// The address it went to.
    email: String,
    password: Password,
}

/// The password of an account to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Password {
    /// It was chosen in this browser with an order.
    Chosen,
    Missing,
}

/// The page of a link, or why there is none.
fn mailed(link: MailedLink, view: impl FnOnce(Found) -> AnyView + Send + 'static) -> impl IntoView {
    let token = token();
    let port = accounts();
    let secret = visitor().new_account.filter(|_| link == MailedLink::SignUp);
    let data = async move {
        match port.mailed_to(link, &token).await {
            Ok(email) => {
                let is_chosen = match secret {
                    Some(secret) => port.has_chosen(&secret, &email).await?,
                    None => false,
                };
                let password = match is_chosen {
                    true => Password::Chosen,
                    false => Password::Missing,
                };
                Ok(Some(Found {
                    token,
                    email,
                    password,
                }))
            }
            Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    };
    load(data, move |found: Option<Found>| match found {
        Some(found) => view(found),
        None => used_up(link),
    })
}

fn used_up(link: MailedLink) -> AnyView {
    set_status(ShopError::not_found().status());
    let (path, words) = match link {
        MailedLink::SignUp => ("/account/sign-up", said().request_new_link()),
        MailedLink::Reset => ("/account/reset", said().request_new_link()),
        MailedLink::Verify => ("/account", said().to_your_account()),
    };
    let content = view! {
        <div class="stack">
            <p>{said().link_used_up()}</p>
            <p><a class="btn" href=href(path)>{words}</a></p>
        </div>
    };
    door(said().link_does_not_work(), content)
}

/// Tells people, and their password managers, which account this is about.
fn account_of(email: String) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for="email">{said().e_mail()}</label>
            <input
                class="input"
                id="email"
                name="email"
                type="email"
                autocomplete="username"
                value=email
                readonly
            />
        </div>
    }
}
