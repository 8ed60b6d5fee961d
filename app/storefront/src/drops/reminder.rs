//! `/reminders`: that a link was sent; and `/reminders/:token`, where it leads. Opening it changes nothing:
//! programs that look at mails open links, and press no buttons.

use app::{
    catalog::address,
    drops::{
        ports::{Reminder, drops},
        text::Text,
        types::Drop,
    },
    load::load,
    locale::{href, locale},
    ui::{
        banner::good_news,
        date::time,
        field::refusal_of,
        form::{Form, PageField},
        head::private_head,
        icon::{Icon, icon},
        path::path_part,
    },
};
use leptos::prelude::*;

use super::{
    page::REMIND,
    room::page::{CODE, ENTER},
};
use crate::frame::Frame;

pub const HERE: &str = "/reminders";
pub const SENT: &str = "/reminders?done=sent";
/// Behind the address of a reminder.
pub const CONFIRMED: &str = "?done=confirmed";
pub const CONFIRM: &str = "/api/drops/remind/confirm";

#[component]
pub fn ReminderSentPage() -> impl IntoView {
    let text = Text::from(locale());
    // Those of forms whose own page is gone, too.
    let forms = [REMIND, CONFIRM, CODE, ENTER].map(Form::of);
    let was_refused = forms.iter().any(Form::was_refused);
    let news = (!was_refused).then(|| good_news(text.link_sent()));
    let refusals: Vec<_> = forms.iter().map(refusal_of).collect();
    view! {
        {private_head(text.reminder())}
        <Frame>
            <div class="container narrow">
                <div class="page-head"><h1>{text.reminder()}</h1></div>
                {news}
                {refusals}
            </div>
        </Frame>
    }
}

#[component]
pub fn ReminderPage() -> impl IntoView {
    let token = path_part("token");
    let port = drops();
    let asked = token.clone();
    load(
        async move { port.reminder(&asked).await },
        move |(drop, state)| {
            let text = Text::from(locale());
            view! {
                {private_head(text.reminder())}
                <Frame>
                    <div class="container narrow">{content(&drop, state, &token)}</div>
                </Frame>
            }
        },
    )
}

fn content(drop: &Drop, state: Reminder, token: &str) -> AnyView {
    let text = Text::from(locale());
    let (sign, title) = match state {
        Reminder::Asked => (Icon::Info, text.confirm_reminder()),
        Reminder::Confirmed => (Icon::Check, text.reminder_confirmed()),
    };
    let form = (state == Reminder::Asked).then(|| {
        view! {
            <form action=href(CONFIRM) method="post">
                <PageField/>
                <input type="hidden" name="token" value=token.to_owned()/>
                <button class="btn btn-primary btn-large" type="submit">{text.confirm()}</button>
            </form>
        }
    });
    view! {
        <header class="order-head">
            <span class="order-mark">{icon(sign)}</span>
            <h1>{title}</h1>
            {refusal_of(&Form::of(CONFIRM))}
            <p>{text.confirm_why(&drop.title)}</p>
            <p class="muted">{text.starts()} ": " {time(drop.opens_at)}</p>
            {form}
            <p><a class="btn-text" href=href(&address::drop(&drop.slug))>{text.back_to_drop()}</a></p>
        </header>
    }
    .into_any()
}
