//! `/admin/settings`: one form for all that is set for the shop as a whole.

use app::{
    identity::Role,
    ui::{
        banner::{Banner, Heard, Tone, good_news},
        date::time,
        field::RefusalBanner,
        form::{Form, PageField},
        icon::Icon,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    countries::countries_section,
    languages::languages_section,
    ports::SettingsView,
    rates::rates_section,
    said,
    sections::{Fields, dispatch, mail, money, of_shop, returns, sign_in, times},
};
use crate::admin::{
    frame::{Section, admin_page, save_bar},
    settings::ports::settings_admin,
};

/// Where the form goes.
pub const SAVE: &str = "/api/admin/settings/save";

#[component]
pub fn AdminSettingsPage() -> impl IntoView {
    let is_saved = use_query_map().get_untracked().get_str("saved") == Some("1");
    let port = settings_admin();
    let data = async move { port.settings().await };
    admin_page(Role::Admin, data, move |_, view| {
        Section::Settings.page(said().settings(), page(&view, is_saved))
    })
}

fn page(current: &SettingsView, is_saved: bool) -> AnyView {
    let form = Fields {
        form: Form::of(SAVE),
        current,
    };
    let changed = current.changed.as_ref().map(|change| {
        view! {
            <p class="muted">
                {format!("{} ", said().last_changed())} {time(change.at)} {said().changed_by(&change.by)}
            </p>
        }
    });
    let message = match form.form.refusal() {
        Some(_) => refused(&form),
        None if is_saved => good_news(said().settings_saved()),
        None => ().into_any(),
    };
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{said().settings()}</h1>
            <div class="row">
                <a class="btn-text" href="/admin/settings/methods">{said().payment_methods()}</a>
                <a class="btn-text" href="/admin/settings/cash">{said().cash_settings()}</a>
                <a class="btn-text" href="/admin/settings/bank">{said().bank_settings()}</a>
                <a class="btn-text" href="/admin/limits">{said().limits()}</a>
                <a class="btn-text" href="/admin/seller">{said().seller()}</a>
                <a class="btn-text" href="/admin/sentences">{said().sentences()}</a>
                <a class="btn-text" href="/admin/brakes">{said().brakes()}</a>
                <a class="btn-text" href="/admin/carriers">{said().carriers()}</a>
            </div>
        </div>
        <div class="stack">
            {message}
            <form action=SAVE method="post" novalidate data-guard id="settings">
                <PageField/>
                <input type="hidden" name="version" value=form.form.version(current.version.to_string())/>
                <div class="admin-cols">
                    <div class="stack">{of_shop(&form)} {money(&form)} {returns(&form)}</div>
                    <div class="stack">
                        {times(&form)}
                        {languages_section(&current.settings, &form.form)}
                        {mail(&form)} {sign_in(&form)}
                    </div>
                    {rates_section(&current.rates, &form.form, &form.currency(), dispatch(&form))}
                    {countries_section(&current.settings.delivers_to, &form.form)}
                </div>
                {save_bar(changed, "/admin/settings".to_owned(), said().save_settings())}
            </form>
        </div>
    }
    .into_any()
}

fn refused(form: &Fields<'_>) -> AnyView {
    if !form.form.is_overtaken() {
        let error = form.form.refusal();
        return error
            .map(|error| view! { <RefusalBanner error/> })
            .into_any();
    }
    let who = form.current.changed.as_ref().map(|change| {
        let words = format!("{} ", said().saved_by(&change.by));
        view! { {words} {time(change.at)} ". " }
    });
    view! {
        <Banner
            tone=Tone::Bad
            sign=Icon::Alert
            heard=Heard::First
            title=said().changed_while_editing()
        >
            <p>
                {who}
                {said().not_saved_yet()}
            </p>
        </Banner>
    }
    .into_any()
}
