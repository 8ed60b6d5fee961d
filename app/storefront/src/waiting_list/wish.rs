//! `/waiting-list/:token`: where the link of an e-mail leads. Opening it changes nothing: programs that look at mails open
//! links, and press no buttons.

use app::{
    catalog::address,
    load::load,
    locale::{href, locale},
    ui::{
        date::time,
        field::refusal_of,
        form::{Form, PageField},
        head::private_head,
        icon::{Icon, icon},
        path::path_part,
    },
    waiting_list::{
        ports::waiting_list,
        text::Text,
        types::{WaitKind, WaitStep, Wish},
    },
};
use leptos::prelude::*;

use super::page::of_product;
use crate::frame::Frame;

pub const WISH: &str = "/waiting-list/:token";
pub const CONFIRM: &str = "/api/waiting-list/confirm";
pub const LEAVE: &str = "/api/waiting-list/leave";
pub const TAKE: &str = "/api/waiting-list/take";

/// Where a link leads; its token has led to something, so it is one of ours.
pub fn wish(token: &str) -> String {
    format!("/waiting-list/{token}")
}

#[component]
pub fn WishPage() -> impl IntoView {
    let token = path_part("token");
    let port = waiting_list();
    let asked = token.clone();
    load(
        async move { port.of_token(&asked).await },
        move |wish: Wish| {
            let text = Text::from(locale());
            let content = content(&wish, &token);
            view! {
                {private_head(text.waiting_list())}
                <Frame><div class="container narrow">{content}</div></Frame>
            }
        },
    )
}

fn content(wish: &Wish, token: &str) -> AnyView {
    let (sign, title) = heading(wish);
    let refusals: Vec<_> = [CONFIRM, LEAVE, TAKE]
        .map(|action| refusal_of(&Form::of(action)))
        .into_iter()
        .collect();
    let text = Text::from(locale());
    let to_product = wish.is_shown().then(|| {
        let href = href(&address::product(&wish.slug));
        view! { <p><a class="btn-text" href=href>{text.to_product(&wish.title)}</a></p> }
    });
    view! {
        <header class="order-head">
            <span class="order-mark">{icon(sign)}</span>
            <h1>{title}</h1>
            {refusals}
            {body(wish, token)}
            {to_product}
        </header>
    }
    .into_any()
}

fn name(wish: &Wish) -> String {
    match wish.is_shown() {
        true => wish.name(),
        false => Text::from(locale()).not_shown().to_owned(),
    }
}

fn heading(wish: &Wish) -> (Icon, String) {
    let (text, name) = (Text::from(locale()), name(wish));
    match (wish.step, wish.kind) {
        (WaitStep::Asked, WaitKind::Notice) => (Icon::Info, text.confirm_notice().to_owned()),
        (WaitStep::Asked, WaitKind::InTurn) => (Icon::Info, text.confirm_place().to_owned()),
        (WaitStep::Waiting { .. }, WaitKind::Notice) => (Icon::Check, text.waiting_notice(&name)),
        (WaitStep::Waiting { .. }, WaitKind::InTurn) => (Icon::Check, text.waiting_place(&name)),
        (WaitStep::Offered { .. }, _) => (Icon::Check, text.offered_title(&name)),
        (WaitStep::Lapsed, _) => (Icon::Info, text.lapsed_title(&name)),
        (WaitStep::Ordered, _) => (Icon::Check, text.ordered_title(&name)),
        (WaitStep::Told, _) => (Icon::Info, text.told_title(&name)),
        (WaitStep::Over, _) => (Icon::Info, text.over_title(&name)),
    }
}

fn body(wish: &Wish, token: &str) -> AnyView {
    let text = Text::from(locale());
    match wish.step {
        WaitStep::Asked => view! {
            <p>{text.confirm_why(&name(wish))}</p>
            {button(CONFIRM, token, "btn btn-primary btn-large", text.confirm())}
            {button(LEAVE, token, "btn-text", text.leave_it())}
        }
        .into_any(),
        WaitStep::Waiting { ahead } => {
            let place = match wish.kind {
                WaitKind::Notice => None,
                WaitKind::InTurn => Some(view! { <p>{text.ahead(ahead)}</p> }),
            };
            view! { {place} {button(LEAVE, token, "btn", text.leave_it())} }.into_any()
        }
        WaitStep::Offered { until } => view! {
            <p>{text.offered_until()} ": " {time(until)}</p>
            <p>{text.offered_why()}</p>
            {button(TAKE, token, "btn btn-primary btn-large", text.take_it())}
            {button(LEAVE, token, "btn-text", text.pass_on())}
        }
        .into_any(),
        WaitStep::Lapsed => view! {
            <p>{text.lapsed_why()}</p>
            {again(wish)}
            {button(LEAVE, token, "btn-text", text.leave_it())}
        }
        .into_any(),
        WaitStep::Ordered | WaitStep::Over => button(LEAVE, token, "btn-text", text.leave_it()),
        WaitStep::Told => view! {
            {again(wish)}
            {button(LEAVE, token, "btn-text", text.leave_it())}
        }
        .into_any(),
    }
}

fn again(wish: &Wish) -> Option<AnyView> {
    wish.is_shown().then(|| {
        let text = Text::from(locale());
        let to_list = href(&of_product(&wish.product_id));
        view! { <p><a class="btn" href=to_list>{text.ask_again()}</a></p> }.into_any()
    })
}

fn button(action: &'static str, token: &str, class: &'static str, words: &'static str) -> AnyView {
    view! {
        <form action=href(action) method="post">
            <PageField/>
            <input type="hidden" name="token" value=token.to_owned()/>
            <button class=class type="submit">{words}</button>
        </form>
    }
    .into_any()
}
