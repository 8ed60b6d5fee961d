//! `/admin/announcements`: all announcements, and the form for one.

use app::{
    announcement::{
        ports::announcements,
        text::Text,
        types::{Announced, Announcement, MAX_TEXT, Phase},
    },
    identity::Role,
    locale::locale,
    shop::shop,
    ui::{
        banner::done,
        date::{Zone, time},
        field::{Need, TextField, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::admin::{
    frame::{Section, admin_page},
    translations::{links::links_to, ports::Group},
};

/// For the field; the server counts again.
const LONGEST: u32 = MAX_TEXT as u32;

pub const HERE: &str = "/admin/announcements";
pub const SAVE: &str = "/api/admin/announcements/save";
pub const DELETE: &str = "/api/admin/announcements/delete";

#[component]
pub fn AdminAnnouncementsPage() -> impl IntoView {
    let edited = use_query_map().get_untracked().get("edit");
    let port = announcements();
    let data = async move { port.all().await };
    admin_page(Role::Admin, data, move |_, (all, now)| {
        let edited = all.iter().find(|one| Some(&one.id) == edited.as_ref());
        let title = Text::from(locale()).announcements();
        Section::Announcements.page(title, page(&all, edited, now))
    })
}

fn page(all: &[Announcement], edited: Option<&Announcement>, now: i64) -> AnyView {
    let text = Text::from(locale());
    let news = done(&[("saved", text.saved()), ("deleted", text.deleted())]);
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{text.announcements()}</h1>
            <div class="row">{links_to(Group::Announcements)}</div>
        </div>
        {news}
        {refusal_of(&Form::of(DELETE))}
        <div class="admin-cols">
            <div class="stack">{table(all, now)}</div>
            <div class="stack">{form(edited)}</div>
        </div>
    }
    .into_any()
}

fn table(all: &[Announcement], now: i64) -> AnyView {
    let text = Text::from(locale());
    if all.is_empty() {
        return view! { <p class="panel muted">{text.none_yet()}</p> }.into_any();
    }
    let shown = Announced::at(now, all).shown.map(|shown| shown.id);
    let rows: Vec<_> = all
        .iter()
        .map(|one| {
            let is_shown = shown.as_ref() == Some(&one.id);
            row(one, state(one, is_shown, now))
        })
        .collect();
    view! {
        {stacked_table(
            text.announcements(),
            [
                Head::new(text.text()),
                Head::new(text.starts()),
                Head::new(text.ends()),
                Head::hidden(text.change()),
            ],
            rows,
        )}
        <p class="muted small">{text.one_at_a_time()}</p>
    }
    .into_any()
}

/// Whether it is shown, as a badge.
fn state(one: &Announcement, is_shown: bool, now: i64) -> AnyView {
    let text = Text::from(locale());
    let (class, words) = match (one.phase(now), is_shown) {
        (_, true) => ("badge badge-accent", text.shown()),
        (Phase::Scheduled, _) => ("badge badge-outline", text.scheduled()),
        (Phase::Ended, _) => ("badge", text.ended()),
        (Phase::Running, false) => ("badge badge-outline", text.covered()),
    };
    view! { <span class=class>{words}</span> }.into_any()
}

fn row(one: &Announcement, state: AnyView) -> AnyView {
    let text = Text::from(locale());
    let moment = |at: Option<i64>, otherwise: &'static str| match at {
        Some(at) => time(at).into_any(),
        None => otherwise.into_any(),
    };
    let link = one
        .link
        .as_ref()
        .map(|link| view! { <span class="cell-sub">{link.clone()}</span> });
    view! {
        <tr>
            <td class="cell-first">
                <span>
                    <a class="cell-link" href=format!("{HERE}?edit={}", one.id)>{one.text.clone()}</a>
                    {link}
                    " "
                    {state}
                </span>
            </td>
            <td data-label=text.starts()>{moment(one.starts_at, text.at_once())}</td>
            <td data-label=text.ends()>{moment(one.ends_at, text.never())}</td>
            <td class="cell-act">
                <form action=DELETE method="post">
                    <PageField/>
                    <input type="hidden" name="id" value=one.id.clone()/>
                    <button class="btn-text" type="submit">
                        {icon(Icon::Trash)}
                        <span class="visually-hidden">{text.delete(&one.text)}</span>
                    </button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

fn form(edited: Option<&Announcement>) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(SAVE);
    let zone = Zone::of_shop();
    let moment = |at: Option<i64>| at.map_or_else(String::new, |at| zone.minute(at));
    let (title, words) = match edited {
        Some(_) => (text.edit_announcement(), text.save()),
        None => (text.new_announcement(), text.create()),
    };
    let version = form.version(edited.map_or_else(String::new, |one| one.version.to_string()));
    let cancel = edited.map(|_| view! { <a class="btn-text" href=HERE>{text.cancel()}</a> });
    let current = |part: fn(&Announcement) -> String| edited.map(part).unwrap_or_default();
    let hint = text.time_hint(&shop().settings.time_zone);
    view! {
        <form class="panel" action=SAVE method="post" data-guard>
            <PageField/>
            <input type="hidden" name="id" value=current(|one| one.id.clone())/>
            <input type="hidden" name="version" value=version/>
            <h2 class="panel-title">{title}</h2>
            {refusal_of(&form)}
            <div class="stack">
                <TextField
                    form=&form
                    name="text"
                    label=text.text()
                    value=current(|one| one.text.clone())
                    autocomplete="off"
                    maxlength=LONGEST
                />
                <TextField
                    form=&form
                    name="link"
                    label=text.link()
                    need=Need::Optional
                    value=current(|one| one.link.clone().unwrap_or_default())
                    hint=text.link_hint()
                    autocomplete="off"
                    maxlength=2000
                />
                <TextField
                    form=&form
                    name="starts"
                    label=text.starts()
                    kind="datetime-local"
                    need=Need::Optional
                    value=moment(edited.and_then(|one| one.starts_at))
                    hint=hint.clone()
                />
                <TextField
                    form=&form
                    name="ends"
                    label=text.ends()
                    kind="datetime-local"
                    need=Need::Optional
                    value=moment(edited.and_then(|one| one.ends_at))
                    hint=hint
                />
                <div class="row">
                    <button class="btn btn-primary" type="submit">{words}</button>
                    {cancel}
                </div>
            </div>
        </form>
    }
    .into_any()
}
