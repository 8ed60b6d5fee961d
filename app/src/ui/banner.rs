//! Banners that say what was done.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    form::FormState,
    icon::{Icon, icon},
};

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
    good_banner(view! { <p>{words}</p> })
}

/// What was done, with more to say or to do about it.
pub fn good_banner(content: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="banner banner-good" role="status">
            {icon(Icon::Check)}
            <div class="banner-body">{content}</div>
        </div>
    }
    .into_any()
}
