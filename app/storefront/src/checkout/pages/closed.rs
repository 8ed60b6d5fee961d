//! What a checkout says that takes no orders yet.

use app::{
    checkout::text::Text,
    identity::Role,
    locale::{href, locale},
    ui::head::private_head,
    visitor::visitor,
};
use leptos::prelude::*;

use crate::frame::Frame;

/// Why it takes none.
#[derive(Clone, Copy)]
pub enum Closed {
    NotOpen,
    /// No payment method is on.
    NoWayToPay,
}

pub fn closed(closed: Closed) -> AnyView {
    let text = Text::from(locale());
    let (title, why) = match closed {
        Closed::NotOpen => (text.not_open(), text.not_open_why()),
        Closed::NoWayToPay => (text.no_orders(), text.no_orders_why()),
    };
    let is_admin = visitor()
        .account
        .is_some_and(|account| account.role == Role::Admin);
    let (href_of_admin, words) = match closed {
        Closed::NotOpen => ("/admin#opening", text.open_the_shop()),
        Closed::NoWayToPay => ("/admin/settings/methods", text.turn_methods_on()),
    };
    let checklist = is_admin.then(|| {
        view! { <a class="btn btn-primary btn-large" href=href_of_admin>{words}</a> }
    });
    view! {
        {private_head(title)}
        <Frame>
            <div class="container">
                <div class="empty">
                    <h1>{title}</h1>
                    <p>{why}</p>
                    <p class="row">
                        {checklist}
                        <a class="btn btn-large" href=href("/cart")>{text.back_to_cart()}</a>
                        <a class="btn btn-large" href=href("/products")>{text.look_around()}</a>
                    </p>
                </div>
            </div>
        </Frame>
    }
    .into_any()
}
