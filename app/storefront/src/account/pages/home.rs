//! `/account`

use app::{
    account::{
        language,
        ports::{own_account, own_orders},
        types::{MAX_NAME, OwnOrderRow, Profile},
    },
    identity::Role,
    load::load,
    locale::{href, locale},
    shop::shop,
    ui::{
        banner::{Banner, Tone, done},
        field::{Need, SelectField, TextField, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
    },
    visitor::visitor,
};
use leptos::prelude::*;

use super::orders::order_list;
use crate::account::pages::{
    frame::{Tab, account_frame, own_page},
    said,
};

const RENAME: &str = "/api/account/rename";
const LANGUAGE: &str = "/api/account/language";
const ASK_VERIFY: &str = "/api/account/ask-verify";
const SIGN_OUT: &str = "/api/account/sign-out";
/// Orders shown here; the others are on a page of their own.
const NEWEST: usize = 3;

#[component]
pub fn AccountPage() -> impl IntoView {
    own_page("/account", |account| {
        let (own_account, own_orders) = (own_account(), own_orders());
        let role = account.role;
        let data = async move {
            let profile = own_account.profile(&account).await?;
            let orders = own_orders.list(&account, 1).await?;
            Ok((profile, orders.rows))
        };
        load(data, move |(profile, mut orders)| {
            orders.truncate(NEWEST);
            account_frame(
                said().your_account(),
                Tab::Overview,
                content(&profile, role, &orders),
            )
        })
    })
}

fn content(profile: &Profile, role: Role, orders: &[OwnOrderRow]) -> AnyView {
    let title = match profile.name.split_whitespace().next() {
        Some(name) => said().hello(name),
        None => said().your_account().to_owned(),
    };
    let news = done(&[
        ("welcome", said().welcome()),
        ("saved", said().saved()),
        ("sent", said().link_sent()),
        ("verified", said().address_confirmed()),
    ]);
    view! {
        <div class="page-head">
            <h1>{title}</h1>
            <p class="muted">{said().signed_in_as()} " " {profile.email.clone()}</p>
        </div>
        <div class="stack-l">
            {news} {to_work(role)} {unverified(profile)} {newest(orders)}
            <div class="cols-2">{name_form(profile)} {language_form(role)} {sign_out()}</div>
        </div>
    }
    .into_any()
}

/// The way to the admin area, for those for whom there is one.
fn to_work(role: Role) -> Option<impl IntoView> {
    let path = match role {
        Role::Customer => return None,
        Role::Staff => "/admin/orders",
        Role::Admin => "/admin/products",
    };
    Some(view! {
        <p>
            <a class="btn" href=href(path)>{icon(Icon::Shop)} {said().to_the_admin_area()}</a>
        </p>
    })
}

fn unverified(profile: &Profile) -> Option<impl IntoView + use<>> {
    let refusal = refusal_of(&Form::of(ASK_VERIFY));
    (!profile.is_verified).then(|| {
        view! {
            <Banner tone=Tone::Warning sign=Icon::Mail title=said().not_confirmed()>
                <p>
                    {said().not_confirmed_why()}
                </p>
                {refusal}
                <form action=href(ASK_VERIFY) method="post">
                    <PageField/>
                    <button class="btn btn-small" type="submit">{said().send_me_a_link()}</button>
                </form>
            </Banner>
        }
    })
}

fn newest(orders: &[OwnOrderRow]) -> AnyView {
    view! {
        <section aria-labelledby="newest">
            <div class="section-head">
                <h2 id="newest">{said().recent_orders()}</h2>
                {(!orders.is_empty())
                    .then(|| {
                        view! {
                            <a class="section-link" href=href("/account/orders")>
                                {said().all_orders()} {icon(Icon::Arrow)}
                            </a>
                        }
                    })}
            </div>
            {order_list(orders)}
        </section>
    }
    .into_any()
}

fn name_form(profile: &Profile) -> AnyView {
    let form = Form::of(RENAME);
    view! {
        <form class="panel" action=href(RENAME) method="post">
            <PageField/>
            <h2 class="panel-title">{said().your_name()}</h2>
            {refusal_of(&form)}
            <div class="stack">
                <TextField
                    form=&form
                    name="name"
                    label=said().name()
                    autocomplete="name"
                    need=Need::Optional
                    maxlength=MAX_NAME as u32
                    value=profile.name.clone()
                />
                <div>
                    <button class="btn" type="submit">{said().save_name()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

/// The language of the account, if the shop has several.
fn language_form(role: Role) -> Option<AnyView> {
    let settings = shop().settings;
    let options: Vec<_> = settings
        .languages
        .iter()
        .map(|language| {
            let (code, name) = (language.locale.code(), language.locale.name());
            (code.to_owned(), name.to_owned())
        })
        .collect();
    if options.len() < 2 {
        return None;
    }
    let form = Form::of(LANGUAGE);
    let hint = match role {
        Role::Customer => said().language_hint(),
        Role::Staff | Role::Admin => said().language_hint_staff(),
    };
    let chosen = visitor().account_language.unwrap_or_else(locale);
    let form = view! {
        <form class="panel" action=href(LANGUAGE) method="post">
            <PageField/>
            <h2 class="panel-title">{said().your_language()}</h2>
            {refusal_of(&form)}
            <div class="stack">
                <SelectField
                    form=&form
                    name=language::FIELD
                    label=said().language()
                    options=options
                    value=chosen.code()
                    hint=hint
                />
                <div>
                    <button class="btn" type="submit">{said().save_language()}</button>
                </div>
            </div>
        </form>
    };
    Some(form.into_any())
}

fn sign_out() -> AnyView {
    view! {
        <form class="panel" action=href(SIGN_OUT) method="post">
            <PageField/>
            <h2 class="panel-title">{said().sign_out_here()}</h2>
            <div class="stack">
                <p class="muted">{said().cart_stays()}</p>
                <div>
                    <button class="btn" type="submit">{icon(Icon::SignOut)} {said().sign_out()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}
