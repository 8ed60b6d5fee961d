//! The page of a waiting room: its visitor's state, and the form by which they get a place. It is for this visitor
//! alone, and loads itself where there is no script.

use std::sync::Arc;

use app::{
    catalog::address,
    drops::{
        ports::{drops, rooms},
        room::{RoomState, RoomTold, WayIn},
        text::Text,
        types::Drop,
    },
    error::ErrorKind,
    load::load,
    locale::{href, locale},
    ui::{
        banner::done,
        date::time,
        email_field::{EmailField, EmailWithButton},
        field::{refusal_of, refusal_to},
        form::{Form, PageField},
        head::private_head,
        onward::onward,
        path::path_part,
        secret::{Secret, SecretField},
    },
    visitor::visitor,
    waiting_list,
};
use leptos::prelude::*;

use super::{
    live::{RoomNumbers, RoomWords},
    proof::proof,
};
use crate::{
    catalog::pages::breadcrumbs::{Crumb, breadcrumbs},
    frame::Frame,
    waiting_list::note::OF_DROP,
};

pub const ENTER: &str = "/api/drops/room/enter";
pub const CODE: &str = "/api/drops/room/code";
/// Behind the address of a room.
pub const SENT: &str = "?done=code";

/// The address of a room. A slug that was made up leads to a page that is not there.
pub fn room(slug: &str) -> String {
    address::drop_room(slug)
}

#[component]
pub fn RoomPage() -> impl IntoView {
    let slug = path_part("slug");
    let (drops, rooms, tickets) = (drops(), rooms(), visitor().tickets());
    let data = async move {
        let drop = drops.of_slug(&slug).await?;
        match rooms.look(&slug, &tickets).await {
            Ok(told) => Ok((drop, Some(told))),
            Err(error) if error.kind == ErrorKind::NotFound => Ok((drop, None)),
            Err(error) => Err(error),
        }
    };
    load(data, |(drop, told): (Arc<Drop>, Option<RoomTold>)| {
        // It was switched off while people waited, or it is long over.
        let Some(told) = told else {
            return onward(&address::drop(&drop.slug));
        };
        let title = Text::from(locale()).room_of(&drop.title);
        let content = content(&drop, &told, &title);
        view! { {private_head(&title)} <Frame>{content}</Frame> }.into_any()
    })
}

fn content(drop: &Drop, told: &RoomTold, title: &str) -> AnyView {
    let text = Text::from(locale());
    let to_drop = href(&address::drop(&drop.slug));
    view! {
        <div class="container narrow room">
            {breadcrumbs(vec![Crumb::home()], title)}
            <div class="page-head">
                <p class="drop-kind">{text.room()}</p>
                <h1>{drop.title.clone()}</h1>
            </div>
            {done(&[("code", text.code_sent())])}
            {state(drop, told)}
            {refreshed(&told.state)}
            <p><a class="btn-text" href=to_drop>{text.back_to_drop()}</a></p>
            {proof(&told.proof)}
        </div>
    }
    .into_any()
}

fn state(drop: &Drop, told: &RoomTold) -> AnyView {
    let text = Text::from(locale());
    let to_drop = href(&address::drop(&drop.slug));
    match &told.state {
        RoomState::Closed { opens_at } => view! {
            <p class="drop-state drop-when">{text.room_opens()} " " {time(*opens_at)}</p>
            <p class="muted">{text.starts()} ": " {time(drop.opens_at)}</p>
            {numbers(drop, &told.state)}
        }
        .into_any(),
        RoomState::NoPlace => view! {
            <p class="drop-state">{text.no_place()}</p>
            <p class="muted">{text.starts()} ": " {time(drop.opens_at)}</p>
            {entry(drop, told.way_in)}
        }
        .into_any(),
        RoomState::Drawing { .. } => view! {
            <p class="drop-state drop-when">{text.has_place()}</p>
            <p>{text.drawn_at_start()} " " {time(drop.opens_at)}</p>
            {numbers(drop, &told.state)}
        }
        .into_any(),
        RoomState::Waiting { .. } => view! {
            <p class="drop-state drop-when">{text.waiting_now()}</p>
            {numbers(drop, &told.state)}
            <p class="muted">{text.estimate_why()}</p>
        }
        .into_any(),
        RoomState::LetIn { until } => view! {
            <p class="drop-state drop-when">{text.let_in_now()}</p>
            <p>{text.order_until()} " " {time(*until)}</p>
            <p><a class="btn btn-primary btn-large" href=to_drop>{text.to_products()}</a></p>
            <p class="muted">{text.once_why()}</p>
        }
        .into_any(),
        RoomState::Lapsed => view! {
            <p class="drop-state">{text.lapsed()}</p>
            {entry(drop, told.way_in)}
        }
        .into_any(),
        RoomState::Ordered => view! { <p class="drop-state">{text.has_ordered()}</p> }.into_any(),
        RoomState::SoldOut { being_paid } => {
            let held = match being_paid {
                0 => text.nothing_held().to_owned(),
                units => text.being_paid(*units),
            };
            view! {
                <p class="drop-state drop-when">{text.all_taken()}</p>
                <p>{held}</p>
                {to_waiting_list(drop)}
                {numbers(drop, &told.state)}
            }
            .into_any()
        }
        RoomState::Over => view! { <p class="drop-state">{text.over_now()}</p> }.into_any(),
    }
}

/// The way to where those ask who want what comes back.
fn to_waiting_list(drop: &Drop) -> AnyView {
    let to_list = format!("{}#{OF_DROP}", href(&address::drop(&drop.slug)));
    let words = waiting_list::text::Text::from(locale()).waiting_list();
    view! { <p><a class="btn" href=to_list>{words}</a></p> }.into_any()
}

/// What the island tells as it changes.
fn numbers(drop: &Drop, state: &RoomState) -> AnyView {
    let text = Text::from(locale());
    let words = RoomWords {
        tickets: text.places_given("#"),
        ahead: text.people_ahead("#"),
        minutes: text.minutes_left("#"),
        nobody_now: text.nobody_now().to_owned(),
        units: text.units_left("#"),
        all_taken: text.all_taken().to_owned(),
        paying: text.paying_now("#"),
    };
    view! { <RoomNumbers slug=drop.slug.clone() state=state.clone() words=words/> }.into_any()
}

/// Where there is no script, the page loads itself while something is waited for.
fn refreshed(state: &RoomState) -> Option<AnyView> {
    let seconds = match state {
        RoomState::Drawing { .. } | RoomState::Waiting { .. } => 10,
        RoomState::Closed { .. } | RoomState::SoldOut { .. } => 30,
        _ => return None,
    };
    let words = Text::from(locale()).room_refreshes(&seconds.to_string());
    let view = view! {
        <noscript>
            <meta http-equiv="refresh" content=seconds.to_string()/>
            <p class="muted">{words}</p>
        </noscript>
    };
    Some(view.into_any())
}

/// The way to a place.
fn entry(drop: &Drop, way_in: WayIn) -> AnyView {
    match way_in {
        WayIn::Free => free(drop),
        WayIn::Code => view! { {ask_code(drop)} {enter_code(drop)} }.into_any(),
    }
}

fn free(drop: &Drop) -> AnyView {
    let text = Text::from(locale());
    view! {
        <form class="panel stack" action=href(ENTER) method="post">
            <PageField/>
            {refusal_of(&Form::of(ENTER))}
            <input type="hidden" name="slug" value=drop.slug.clone()/>
            <p>{text.place_why()}</p>
            <div>
                <button class="btn btn-primary btn-large" type="submit">{text.take_place()}</button>
            </div>
        </form>
    }
    .into_any()
}

fn ask_code(drop: &Drop) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(CODE);
    view! {
        <form class="panel stack" action=href(CODE) method="post" novalidate>
            <PageField/>
            <h2 class="panel-title">{text.first_code()}</h2>
            {refusal_to(&form, &[("email", "code-email")])}
            <p>{text.code_why()}</p>
            <input type="hidden" name="slug" value=drop.slug.clone()/>
            <EmailWithButton
                form=&form
                id="code-email"
                label=text.email()
                button=text.mail_code()
                button_class="btn"
            />
        </form>
    }
    .into_any()
}

fn enter_code(drop: &Drop) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(ENTER);
    view! {
        <form class="panel stack" action=href(ENTER) method="post" novalidate>
            <PageField/>
            <h2 class="panel-title">{text.then_place()}</h2>
            {refusal_to(&form, &[("email", "place-email")])}
            <input type="hidden" name="slug" value=drop.slug.clone()/>
            <EmailField form=&form id="place-email" label=text.email()/>
            <SecretField
                form=&form
                secret=Secret::RoomCode
                label=text.code()
                inputmode="numeric"
                maxlength=6
            />
            <p class="muted">{text.place_why()}</p>
            <div>
                <button class="btn btn-primary" type="submit">{text.take_place()}</button>
            </div>
        </form>
    }
    .into_any()
}
