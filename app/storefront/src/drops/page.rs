//! `/drops/:slug`: a drop as shoppers see it. It says what holds at the moment it is made, with the times in
//! words; what is kept of it ends at the next of them.

use app::{
    catalog::address,
    drops::{
        ports::drops,
        previewed::Previewed,
        room::ROOM_MINUTES,
        text::Text,
        types::{Drop, DropPhase, REMIND_MINUTES},
    },
    load::load,
    locale::{href, locale},
    shop::{ShopSettings, shop},
    ui::{
        date::time,
        email_field::EmailWithButton,
        field::refusal_of,
        form::{Form, PageField},
        head::{Shared, alternates, page_title, private_head, shared},
        path::path_part,
    },
};
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use super::countdown::{Countdown, CountdownWords};
use crate::{
    catalog::pages::{
        breadcrumbs::{Crumb, breadcrumbs},
        card::{Heading, Place, grid},
    },
    frame::Frame,
    waiting_list::note as waiting_list,
};

pub const REMIND: &str = "/api/drops/remind";
/// Letters of the text that search engines are told.
const DESCRIPTION: usize = 160;

#[component]
pub fn DropPage() -> impl IntoView {
    let (slug, port, settings) = (path_part("slug"), drops(), shop().settings);
    load(async move { port.of_slug(&slug).await }, move |drop| {
        let head = head(&drop, &settings);
        let content = content(&drop, &settings.currency, Shown::ToShoppers);
        view! { {head} <Frame>{content}</Frame> }
    })
}

/// As it is at another time, below a notice, with nothing that is sent or that loads the page again: for admins.
pub fn preview(notice: AnyView) -> AnyView {
    let Some(Previewed { drop, .. }) = use_context::<Previewed>() else {
        return notice;
    };
    let content = content(&drop, &shop().settings.currency, Shown::InPreview);
    view! {
        {private_head(&drop.title)}
        <Frame>
            {notice}
            {content}
        </Frame>
    }
    .into_any()
}

/// Who sees the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    ToShoppers,
    InPreview,
}

fn head(drop: &Drop, settings: &ShopSettings) -> AnyView {
    let path = address::drop(&drop.slug);
    let description: String = drop.text_plain.chars().take(DESCRIPTION).collect();
    let description = Some(description).filter(|words| !words.is_empty());
    let shared = shared(Shared {
        kind: "website",
        title: drop.title.clone(),
        description: description.clone(),
        path: &path,
        picture: None,
    });
    let meta = description.map(|words| view! { <Meta name="description" content=words/> });
    view! {
        <Title text=page_title(&drop.title)/>
        <Link rel="canonical" href=format!("{}{}", settings.base_url, href(&path))/>
        {alternates(&path)}
        {meta}
        {shared}
    }
    .into_any()
}

fn content(drop: &Drop, currency: &str, shown: Shown) -> AnyView {
    let text = Text::from(locale());
    let prose = (!drop.text_html.is_empty())
        .then(|| view! { <div class="prose drop-text" inner_html=drop.text_html.clone()></div> });
    let waiting = (drop.phase == DropPhase::Before).then(|| match shown {
        Shown::ToShoppers => waiting(drop),
        Shown::InPreview => still_waiting(),
    });
    view! {
        <div class="container">
            {breadcrumbs(vec![Crumb::home()], &drop.title)}
            <div class="page-head">
                <p class="drop-kind">{text.drop()}</p>
                <h1>{drop.title.clone()}</h1>
            </div>
            {state(drop)}
            {room(drop)}
            {prose}
            {waiting}
            {waiting_list::of_drop(drop)}
            {products(drop, currency)}
        </div>
    }
    .into_any()
}

/// How far it is, in words.
fn state(drop: &Drop) -> AnyView {
    let text = Text::from(locale());
    let until = drop
        .closes_at
        .map(|at| view! { " " {text.open_until()} " " {time(at)} });
    match drop.phase {
        DropPhase::Before => {
            let shown = drop
                .reveals_at
                .map(|at| view! { <p class="muted">{text.shown_from()} " " {time(at)}</p> });
            view! {
                <div class="drop-state">
                    <p class="drop-when">
                        <b>{text.starts()}</b>
                        ": "
                        {time(drop.opens_at)}
                        {until}
                    </p>
                    {shown}
                </div>
            }
            .into_any()
        }
        DropPhase::Open => view! {
            <p class="drop-state drop-when">
                <b>{text.open_now()}</b>
                {until}
            </p>
        }
        .into_any(),
        DropPhase::Over => view! { <p class="drop-state">{text.over_now()}</p> }.into_any(),
        DropPhase::CalledOff => {
            view! { <p class="drop-state">{text.was_called_off()}</p> }.into_any()
        }
    }
}

/// The way to its waiting room.
fn room(drop: &Drop) -> Option<AnyView> {
    let takes_place = matches!(drop.phase, DropPhase::Before | DropPhase::Open);
    (drop.has_room && takes_place).then(|| {
        let text = Text::from(locale());
        let href = href(&address::drop_room(&drop.slug));
        let why = (drop.phase == DropPhase::Before)
            .then(|| view! { <p>{text.room_why(&ROOM_MINUTES.to_string())}</p> });
        view! {
            <section class="panel stack drop-room" aria-labelledby="room">
                <h2 class="panel-title" id="room">{text.room()}</h2>
                <p>{text.room_needed()}</p>
                {why}
                <p><a class="btn btn-primary" href=href>{text.to_room()}</a></p>
            </section>
        }
        .into_any()
    })
}

/// Until it starts: the time that is left, the way into a calendar, and a reminder.
fn waiting(drop: &Drop) -> AnyView {
    let text = Text::from(locale());
    let words = CountdownWords {
        label: text.counting().to_owned(),
        days: text.days().to_owned(),
        hours: text.hours().to_owned(),
        minutes: text.minutes().to_owned(),
        seconds: text.seconds().to_owned(),
        started: text.has_started().to_owned(),
        reload: text.reload().to_owned(),
    };
    let form = Form::of(REMIND);
    let calendar = href(&format!("{}/calendar.ics", address::drop(&drop.slug)));
    view! {
        <Countdown opens_at=drop.opens_at words=words/>
        <noscript>
            <meta http-equiv="refresh" content="20"/>
            <p class="muted">{text.refreshes()}</p>
        </noscript>
        <p class="row">
            <a class="btn" href=calendar download="drop.ics">{text.calendar()}</a>
        </p>
        <section class="panel drop-remind" aria-labelledby="remind-me">
            <h2 class="panel-title" id="remind-me">{text.remind_me()}</h2>
            <form class="stack" action=href(REMIND) method="post" novalidate>
                <PageField/>
                {refusal_of(&form)}
                <p>{text.remind_why(&REMIND_MINUTES.to_string())}</p>
                <input type="hidden" name="slug" value=drop.slug.clone()/>
                <EmailWithButton form=&form label=text.email() button=text.send_link()/>
            </form>
        </section>
    }
    .into_any()
}

/// Where the time that is left, the way into a calendar and the reminder are: nothing of it can be pressed.
fn still_waiting() -> AnyView {
    let text = Text::from(locale());
    view! {
        <p class="muted">{text.counting()}</p>
        <p class="row">
            <span class="btn">{text.calendar()}</span>
        </p>
        <section class="panel stack drop-remind" aria-labelledby="remind-me">
            <h2 class="panel-title" id="remind-me">{text.remind_me()}</h2>
            <p>{text.remind_why(&REMIND_MINUTES.to_string())}</p>
            <p>
                <span class="btn btn-primary">{text.send_link()}</span>
            </p>
        </section>
    }
    .into_any()
}

fn products(drop: &Drop, currency: &str) -> AnyView {
    let text = Text::from(locale());
    let shown = match (drop.products.is_empty(), drop.phase) {
        (false, _) => grid(&drop.products, Heading::Third, currency, Place::Top),
        (true, DropPhase::Before) => {
            view! { <p class="muted">{text.nothing_shown()}</p> }.into_any()
        }
        (true, _) => view! { <p class="muted">{text.nothing_left()}</p> }.into_any(),
    };
    view! {
        <section class="section" aria-labelledby="products">
            <div class="section-head"><h2 id="products">{text.products()}</h2></div>
            {shown}
        </section>
    }
    .into_any()
}
