//! What the pages of an account have in common.

use app::{
    account::api::ssr::SIGN_IN_PAGE,
    identity::Account,
    locale::href,
    ui::{
        head::private_head,
        icon::{Icon, icon},
        onward::onward,
    },
    visitor::visitor,
};
use leptos::prelude::*;

use crate::{account::pages::said, frame::Frame};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Overview,
    Orders,
    Addresses,
    Security,
}

impl Tab {
    const ALL: [Self; 4] = [
        Self::Overview,
        Self::Orders,
        Self::Addresses,
        Self::Security,
    ];

    fn link(self) -> (&'static str, &'static str) {
        match self {
            Self::Overview => ("/account", said().overview()),
            Self::Orders => ("/account/orders", said().orders()),
            Self::Addresses => ("/account/addresses", said().addresses()),
            Self::Security => ("/account/security", said().sign_in_and_security()),
        }
    }
}

/// A page of the account, for those who are signed in; everyone else goes on to the sign-in page
/// and comes back to `path` from there.
pub fn own_page<V: IntoView + 'static>(path: &str, view: impl FnOnce(Account) -> V) -> AnyView {
    match visitor().account {
        Some(account) => view(account).into_any(),
        None => onward(&format!("{SIGN_IN_PAGE}?next={path}")),
    }
}

/// A page of the account with its way to the others.
pub fn account_frame(title: &str, tab: Tab, content: impl IntoView + 'static) -> AnyView {
    let links = Tab::ALL
        .into_iter()
        .map(|other| {
            let (path, words) = other.link();
            let here = (other == tab).then_some("page");
            view! { <li><a href=href(path) aria-current=here>{words}</a></li> }
        })
        .collect_view();
    view! {
        {private_head(title)}
        <Frame>
            <div class="container">
                <nav class="account-nav" aria-label=said().your_account()><ul>{links}</ul></nav>
                {content}
            </div>
        </Frame>
    }
    .into_any()
}

/// The way to the account in the header. Pages are the same for everybody: who is signed in is said
/// on the other side.
pub fn header_link() -> AnyView {
    view! {
        <a class="header-action" href=href("/account") aria-label=said().your_account()>
            {icon(Icon::Person)}
            <span class="header-action-label">{said().account()}</span>
        </a>
    }
    .into_any()
}

/// A page around one form, for who is not signed in.
pub fn door(title: &str, content: impl IntoView + 'static) -> AnyView {
    let heading = title.to_owned();
    view! {
        {private_head(title)}
        <Frame>
            <div class="container narrow">
                <div class="page-head">
                    <h1>{heading}</h1>
                </div>
                {content}
            </div>
        </Frame>
    }
    .into_any()
}
