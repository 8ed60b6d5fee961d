//! What the pages of an account have in common.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{api::ssr::SIGN_IN_PAGE, types::Account};
use crate::{
    ports::visitor,
    reply::{go_to, set_status},
    ui::{
        form::FormState,
        frame::Frame,
        head::private_head,
        icon::{Icon, icon},
    },
};

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

    const fn link(self) -> (&'static str, &'static str) {
        match self {
            Self::Overview => ("/account", "Overview"),
            Self::Orders => ("/account/orders", "Orders"),
            Self::Addresses => ("/account/addresses", "Addresses"),
            Self::Security => ("/account/security", "Sign-in and security"),
        }
    }
}

/// A page of the account, for whoever is signed in; everybody else goes on to the sign-in page
/// and comes back to `path` from there.
pub fn own_page<V: IntoView + 'static>(path: &str, view: impl FnOnce(Account) -> V) -> AnyView {
    match visitor().account {
        Some(account) => view(account).into_any(),
        None => onward(&format!("{SIGN_IN_PAGE}?next={path}")),
    }
}

/// Sends on to another page of ours.
pub fn onward(href: &str) -> AnyView {
    set_status(303);
    go_to(href);
    view! {
        {private_head("Your account")}
        <p>"Please go on to " <a href=href.to_owned()>"the next page"</a> "."</p>
    }
    .into_any()
}

/// A page of the account with its way to the others.
pub fn account_frame(title: &str, tab: Tab, content: impl IntoView + 'static) -> AnyView {
    let links = Tab::ALL
        .into_iter()
        .map(|other| {
            let (href, words) = other.link();
            let here = (other == tab).then_some("page");
            view! { <li><a href=href aria-current=here>{words}</a></li> }
        })
        .collect_view();
    view! {
        {private_head(title)}
        <Frame>
            <div class="container">
                <nav class="account-nav" aria-label="Your account"><ul>{links}</ul></nav>
                {content}
            </div>
        </Frame>
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

/// What has just been done, by the word the form left in the address.
///
/// Nothing where a form was refused since: the address may still be that of the page before.
pub fn done(words: &[(&str, &'static str)]) -> Option<AnyView> {
    if use_context::<FormState>().is_some() {
        return None;
    }
    let query = use_query_map().get_untracked();
    let done = query.get("done")?;
    let (_, words) = words.iter().find(|(code, _)| *code == done)?;
    Some(good_news(words))
}

pub fn good_news(words: &'static str) -> AnyView {
    view! {
        <div class="banner banner-good" role="status">
            {icon(Icon::Check)}
            <div class="banner-body">
                <p>{words}</p>
            </div>
        </div>
    }
    .into_any()
}
