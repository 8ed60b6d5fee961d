//! `/admin/drops`: all drops.

use app::{
    drops::{
        ports::{drop_admin, drops},
        text::Text,
        types::{DropPhase, DropRow, DropState},
    },
    identity::Role,
    locale::locale,
    shop::shop,
    ui::{
        banner::done,
        date::time,
        field::{TextField, refusal_of},
        form::{Form, PageField},
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;

use crate::admin::{
    frame::{Section, admin_page},
    translations::{links::links_to, ports::Group},
};

pub const HERE: &str = "/admin/drops";
pub const CREATE: &str = "/api/admin/drops/create";

#[component]
pub fn AdminDropsPage() -> impl IntoView {
    let (port, now) = (drop_admin(), drops().now());
    let data = async move { port.all().await };
    admin_page(Role::Admin, data, move |_, rows| {
        let title = Text::from(locale()).drops();
        Section::Drops.page(title, page(&rows, now))
    })
}

fn page(rows: &[DropRow], now: i64) -> AnyView {
    let text = Text::from(locale());
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{text.drops()}</h1>
            <div class="row">{links_to(Group::Drops)}</div>
        </div>
        {done(&[("deleted", text.deleted())])}
        <div class="admin-cols">
            <div class="stack">{table(rows, now)}</div>
            <div class="stack">{create_form()}</div>
        </div>
    }
    .into_any()
}

fn table(rows: &[DropRow], now: i64) -> AnyView {
    let text = Text::from(locale());
    if rows.is_empty() {
        return view! { <p class="panel muted">{text.none_yet()}</p> }.into_any();
    }
    let rows: Vec<_> = rows.iter().map(|one| row(one, now)).collect();
    stacked_table(
        text.drops(),
        [
            Head::new(text.title()),
            Head::new(text.opens()),
            Head::new(text.units()),
            Head::new(text.left()),
            Head::new(text.state()),
        ],
        rows,
    )
}

fn row(one: &DropRow, now: i64) -> AnyView {
    let text = Text::from(locale());
    let phase = match one.state {
        DropState::Draft => None,
        DropState::CalledOff => Some(DropPhase::CalledOff),
        DropState::Planned if one.closes_at.is_some_and(|end| end <= now) => Some(DropPhase::Over),
        DropState::Planned if one.opens_at <= now => Some(DropPhase::Open),
        DropState::Planned => Some(DropPhase::Before),
    };
    view! {
        <tr>
            <td class="cell-first">
                <a class="cell-link" href=format!("{HERE}/{}", one.id)>{one.title.clone()}</a>
            </td>
            <td data-label=text.opens()>{time(one.opens_at)}</td>
            <td data-label=text.units()>{locale().number(one.units)}</td>
            <td data-label=text.left()>{locale().number(one.remaining)}</td>
            <td data-label=text.state()>{badge(phase)}</td>
        </tr>
    }
    .into_any()
}

/// How far a drop is; `None` for a draft.
pub fn badge(phase: Option<DropPhase>) -> AnyView {
    let text = Text::from(locale());
    let (class, words) = match phase {
        None => ("badge badge-outline", text.draft()),
        Some(DropPhase::Before) => ("badge badge-outline", text.planned()),
        Some(DropPhase::Open) => ("badge badge-accent", text.running()),
        Some(DropPhase::Over) => ("badge", text.ended()),
        Some(DropPhase::CalledOff) => ("badge badge-warn", text.called_off()),
    };
    view! { <span class=class>{words}</span> }.into_any()
}

fn create_form() -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(CREATE);
    view! {
        <form class="panel" action=CREATE method="post">
            <PageField/>
            <h2 class="panel-title">{text.new_drop()}</h2>
            {refusal_of(&form)}
            <div class="stack">
                <TextField
                    form=&form
                    name="title"
                    label=text.title()
                    autocomplete="off"
                    maxlength=255
                />
                <TextField
                    form=&form
                    name="opens"
                    label=text.opens()
                    kind="datetime-local"
                    hint=text.time_hint(&shop().settings.time_zone)
                />
                <div>
                    <button class="btn btn-primary" type="submit">{text.create()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}
