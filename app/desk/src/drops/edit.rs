//! `/admin/drops/:id`: a drop's words and times, what is in it, and whether it takes place.

use app::{
    catalog::address,
    drops::{
        ports::drop_admin,
        text::Text,
        types::{AdminDrop, DropPhase, DropState, MissingVariants},
    },
    identity::Role,
    locale::locale,
    shop::shop,
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        date::Zone,
        field::{Need, TextArea, TextField, refusal_of},
        form::{Form, PageField},
        path::path_part,
    },
};
use leptos::prelude::*;

use super::{
    beside::beside,
    lines::{ADD, REMOVE, lines},
    list::{HERE, badge},
    room::room,
    waiting_list::waiting_list,
};
use crate::admin::{
    drops::{file_taken, from_file, ways},
    frame::{DeletePanel, Section, admin_page},
    products::{
        adding::{Search, Target, adding, wanted},
        ports::product_admin,
    },
};

pub const UPDATE: &str = "/api/admin/drops/update";
pub const PLAN: &str = "/api/admin/drops/plan";
pub const CALL_OFF: &str = "/api/admin/drops/call-off";
pub const PUT_BACK: &str = "/api/admin/drops/put-back";
pub const DELETE: &str = "/api/admin/drops/delete";

#[component]
pub fn AdminDropPage() -> impl IntoView {
    let id = path_part("id");
    let wanted = wanted();
    let (port, products) = (drop_admin(), product_admin());
    let data = async move {
        let drop = port.by_id(&id).await?;
        let beside = port.beside(&id).await?;
        let search = Search::of(&*products, wanted).await?;
        Ok((drop, beside, search))
    };
    admin_page(Role::Admin, data, |_, (drop, beside, search)| {
        Section::Drops.page(drop.title.clone(), page(&drop, &beside, &search))
    })
}

fn page(drop: &AdminDrop, others: &[MissingVariants], search: &Search) -> AnyView {
    let text = Text::from(locale());
    let news = done(&[
        ("created", text.created()),
        ("saved", text.saved()),
        ("file", file_taken()),
        ("room", text.room_saved()),
        (
            "waiting-list",
            app::waiting_list::text::Text::from(locale()).admin_saved(),
        ),
        ("planned", text.planned_now()),
        ("off", text.off()),
        ("put-back", text.rest_back()),
    ]);
    let view_href = address::drop(&drop.slug);
    let view = drop
        .phase
        .map(|_| view! { <a class="btn-text" href=view_href>{text.view_in_shop()}</a> });
    let target = Target {
        id: &drop.id,
        here: format!("{HERE}/{}", drop.id),
        add: ADD,
    };
    let is_in = |id: &str| {
        let mut products = drop.lines.iter().flat_map(|line| &line.product_id);
        products.any(|product| product == id)
    };
    let told = (drop.reminders > 0)
        .then(|| view! { <p class="muted">{text.reminded(drop.reminders)}</p> });
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb(HERE, text.drops()), &drop.title)}
            <h1 class="admin-title">{drop.title.clone()} " " {badge(drop.phase)}</h1>
            <div class="row">{view} {ways(&drop.id)}</div>
        </div>
        {news}
        {refusal_of(&Form::of(REMOVE))}
        <div class="admin-cols">
            <div class="stack">
                {lines(drop)} {beside(drop, others)} {adding(target, search, is_in)}
                {from_file(&drop.id)} {words(drop)}
            </div>
            <div class="stack">{told} {step(drop)} {room(drop)} {waiting_list(drop)} {delete(drop)}</div>
        </div>
    }
    .into_any()
}

fn words(drop: &AdminDrop) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(UPDATE);
    let version = form.version(drop.version.to_string());
    let zone = Zone::of_shop();
    let moment = |at: Option<i64>| at.map_or_else(String::new, |at| zone.minute(at));
    let settings = shop().settings;
    let named = settings.time_zone.as_str();
    view! {
        <form class="panel" action=UPDATE method="post" data-guard>
            <PageField/>
            <input type="hidden" name="id" value=drop.id.clone()/>
            <input type="hidden" name="version" value=version/>
            {refusal_of(&form)}
            <div class="stack">
                <TextField
                    form=&form
                    name="title"
                    label=text.title()
                    value=&drop.title
                    autocomplete="off"
                    maxlength=255
                />
                <TextField
                    form=&form
                    name="slug"
                    label=text.address()
                    need=Need::Optional
                    value=&drop.slug
                    hint=text.address_hint()
                    autocomplete="off"
                    maxlength=255
                />
                <TextField
                    form=&form
                    name="opens"
                    label=text.opens()
                    kind="datetime-local"
                    value=moment(Some(drop.opens_at))
                    hint=text.time_hint(named)
                />
                <TextField
                    form=&form
                    name="closes"
                    label=text.closes()
                    kind="datetime-local"
                    need=Need::Optional
                    value=moment(drop.closes_at)
                    hint=text.closes_hint(named)
                />
                <TextField
                    form=&form
                    name="reveal"
                    label=text.reveal()
                    kind="datetime-local"
                    need=Need::Optional
                    value=moment(drop.reveal_at)
                    hint=text.reveal_hint(named)
                />
                <TextArea
                    form=&form
                    name="text_html"
                    label=text.text()
                    need=Need::Optional
                    value=&drop.text_html
                    hint=text.text_hint()
                    rows=8
                />
                <div>
                    <button class="btn btn-primary" type="submit">{text.save()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

/// What can be done with it as a whole.
fn step(drop: &AdminDrop) -> AnyView {
    let text = Text::from(locale());
    let left: i64 = drop.lines.iter().map(|line| line.remaining).sum();
    match (drop.state, drop.phase) {
        (DropState::Draft, _) => button(
            drop,
            PLAN,
            (text.plan(), text.plan_why().to_owned(), text.plan_now()),
            "btn btn-primary",
        ),
        (DropState::Planned, Some(DropPhase::Over)) if left > 0 => button(
            drop,
            PUT_BACK,
            (
                text.put_back(),
                text.put_back_why(&locale().number(left)),
                text.put_back(),
            ),
            "btn btn-primary",
        ),
        (DropState::Planned, Some(DropPhase::Before | DropPhase::Open)) => button(
            drop,
            CALL_OFF,
            (
                text.call_off(),
                text.call_off_why().to_owned(),
                text.call_off_now(),
            ),
            "btn btn-danger",
        ),
        (DropState::Planned | DropState::CalledOff, _) => ().into_any(),
    }
}

fn button(
    drop: &AdminDrop,
    action: &'static str,
    (title, why, now): (&'static str, String, &'static str),
    class: &'static str,
) -> AnyView {
    view! {
        <form class="panel stack" action=action method="post">
            <PageField/>
            <h2 class="panel-title">{title}</h2>
            {refusal_of(&Form::of(action))}
            <input type="hidden" name="id" value=drop.id.clone()/>
            <p>{why}</p>
            <p><button class=class type="submit">{now}</button></p>
        </form>
    }
    .into_any()
}

fn delete(drop: &AdminDrop) -> AnyView {
    let text = Text::from(locale());
    let means = view! {
        {refusal_of(&Form::of(DELETE))}
        <p>{text.delete_why()}</p>
    };
    let panel = DeletePanel {
        action: DELETE,
        fields: vec![("id", drop.id.clone())],
        title: text.delete(),
        means: means.into_any(),
        button: text.delete_now(),
    };
    panel.view()
}
