//! Banners: what a page says before all else, such as what was done, and what was refused.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    form::FormState,
    icon::{Icon, icon},
};

/// How it looks.
#[derive(Clone, Copy)]
pub enum Tone {
    Neutral,
    Good,
    Warning,
    Bad,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "banner",
            Self::Good => "banner banner-good",
            Self::Warning => "banner banner-warn",
            Self::Bad => "banner banner-bad",
        }
    }
}

/// When it is read out to those who hear the page.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Heard {
    /// When they come to it.
    #[default]
    InPlace,
    /// As soon as nothing else is read.
    Soon,
    /// At once.
    AtOnce,
    /// At once, and the keyboard begins there.
    First,
}

impl Heard {
    const fn role(self) -> Option<&'static str> {
        match self {
            Self::InPlace => None,
            Self::Soon => Some("status"),
            Self::AtOnce | Self::First => Some("alert"),
        }
    }
}

/// A sign, a title if there is one, and what there is to say or to do.
#[component]
pub fn Banner(
    tone: Tone,
    sign: Icon,
    #[prop(optional)] heard: Heard,
    #[prop(optional, into)] title: String,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let class = match class {
        "" => tone.class().to_owned(),
        class => format!("{} {class}", tone.class()),
    };
    let is_first = heard == Heard::First;
    let title = (!title.is_empty()).then(|| view! { <h2 class="banner-title">{title}</h2> });
    view! {
        <div
            class=class
            role=heard.role()
            tabindex=is_first.then_some("-1")
            autofocus=is_first
        >
            {icon(sign)}
            <div class="banner-body">{title} {children()}</div>
        </div>
    }
    .into_any()
}

/// Where each of these is mended; nothing if there is nowhere to go.
pub fn banner_links(links: impl IntoIterator<Item = (String, String)>) -> Option<AnyView> {
    let items = links
        .into_iter()
        .map(|(href, words)| view! { <a href=href>{words}</a> }.into_any());
    banner_list(items)
}

/// What else is to be said, point by point.
pub fn banner_list(items: impl IntoIterator<Item = AnyView>) -> Option<AnyView> {
    let items: Vec<_> = items
        .into_iter()
        .map(|item| view! { <li>{item}</li> })
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="banner-list">{items}</ul> }.into_any())
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
    Some(good_news(*words))
}

/// What was done, in one sentence or a few.
pub fn good_news(words: impl Into<String>) -> AnyView {
    let words: String = words.into();
    view! {
        <Banner tone=Tone::Good sign=Icon::Check heard=Heard::Soon>
            <p>{words}</p>
        </Banner>
    }
    .into_any()
}
