//! `/orders/confirm/{token}`: where the mail of an order leads that is to be confirmed. Opening it
//! changes nothing: programs that look at mails open links, and press no buttons.

use app::{
    load::load,
    locale::{href, locale},
    orders::{
        ports::orders,
        text::Text,
        types::{Confirmation, Order},
    },
    ui::{
        date::time,
        field::refusal_of,
        form::{Form, PageField},
        head::private_head,
        icon::{Icon, icon},
        path::path_part,
    },
};
use leptos::prelude::*;

use crate::{frame::Frame, orders::pages::page::bought};

pub const CONFIRM: &str = "/api/orders/confirm";

#[component]
pub fn ConfirmOrderPage() -> impl IntoView {
    let token = path_part("token");
    let port = orders();
    let asked = token.clone();
    let data = async move { port.to_confirm(&asked).await };
    load(data, move |(order, state)| {
        let text = Text::from(locale());
        view! {
            {private_head(&text.order_title(&order.number))}
            <Frame>
                <div class="container narrow">{content(&order, state, &token)}</div>
            </Frame>
        }
    })
}

fn content(order: &Order, state: Confirmation, token: &str) -> AnyView {
    let text = Text::from(locale());
    let (sign, title) = match state {
        Confirmation::Awaited => (Icon::Info, text.confirm_your_order()),
        Confirmation::Confirmed => (Icon::Check, text.order_is_confirmed()),
        Confirmation::Lapsed => (Icon::Close, text.order_has_lapsed()),
        Confirmation::Cancelled => (Icon::Close, text.order_was_cancelled()),
    };
    let next = match state {
        Confirmation::Awaited => form(order, token),
        Confirmation::Confirmed if order.awaits_transfer().is_some() => {
            to_order(order, text.confirmed_to_transfer())
        }
        Confirmation::Confirmed => to_order(order, text.nothing_to_do()),
        Confirmation::Lapsed => to_order(order, text.lapsed_why()),
        Confirmation::Cancelled => to_order(order, text.nothing_will_be_sent()),
    };
    view! {
        <header class="order-head">
            <span class="order-mark">{icon(sign)}</span>
            <h1>{title}</h1>
            {next}
        </header>
        {bought(order)}
    }
    .into_any()
}

fn form(order: &Order, token: &str) -> AnyView {
    let text = Text::from(locale());
    let until = order
        .confirm_by
        .map(|until| view! { <p class="muted">{text.confirm_until()} " " {time(until)}</p> });
    let why = match order.is_good_once_confirmed() {
        true => text.confirm_why(&order.number),
        false => text.confirm_transfer_why(&order.number),
    };
    view! {
        <p>{why}</p>
        {until}
        <form action=href(CONFIRM) method="post">
            <PageField/>
            {refusal_of(&Form::of(CONFIRM))}
            <input type="hidden" name="token" value=token.to_owned()/>
            <button class="btn btn-primary btn-large" type="submit">{text.confirm_order()}</button>
        </form>
    }
    .into_any()
}

/// What there is to know, and the way on. A refused form says why above it.
fn to_order(order: &Order, words: &'static str) -> AnyView {
    let text = Text::from(locale());
    let page = href(&format!("/orders/{}", order.token));
    view! {
        {refusal_of(&Form::of(CONFIRM))}
        <p>{words}</p>
        <p class="row">
            <a class="btn" href=page>{text.view_order()}</a>
            <a class="btn-text" href=href("/products")>{text.continue_shopping()}</a>
        </p>
    }
    .into_any()
}
