//! `/wishlist`

use app::{
    error::{ErrorKind, ShopError},
    load::load,
    locale::{href, locale},
    shop::shop,
    ui::{
        banner::{Banner, Heard, Tone, done},
        empty::empty_art,
        field::RefusalBanner,
        form::FormState,
        head::private_head,
        icon::Icon,
    },
    visitor::visitor,
    wishlist::{
        ports::{Owner, wishlist},
        types::{MAX_ITEMS, WishlistView},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::item::item;
use crate::{catalog::pages::frames::Frames, frame::Frame, wishlist::text::Text};

pub const HERE: &str = "/wishlist";
/// Where forms go on to when all is well.
pub const SAVED: &str = "/wishlist?done=saved";
pub const REMOVED: &str = "/wishlist?done=removed";
pub const MOVED: &str = "/wishlist?done=moved";
const FULL: &str = "/wishlist?refused=full";
const GONE: &str = "/wishlist?refused=gone";

/// Where it is said why a product was not saved.
pub fn refused_address(error: &ShopError) -> Option<&'static str> {
    match error.kind {
        ErrorKind::Conflict => Some(FULL),
        ErrorKind::Invalid => Some(GONE),
        _ => None,
    }
}

#[component]
pub fn WishlistPage() -> impl IntoView {
    let (port, visitor) = (wishlist(), visitor());
    let is_signed_in = visitor.account.is_some();
    let data = async move { port.view(Owner::of(&visitor)).await };
    load(data, move |list| {
        let kept = match is_signed_in {
            true => with_the_account(),
            false => on_this_device(),
        };
        let content = match list.items.is_empty() {
            true => empty(kept),
            false => filled(&list, kept),
        };
        view! {
            {private_head(Text::from(locale()).your_wishlist())}
            <Frame>
                <div class="container stack-l">{news()} {refusal()} {content}</div>
            </Frame>
        }
    })
}

fn news() -> Option<AnyView> {
    let text = Text::from(locale());
    done(&[
        ("saved", text.saved()),
        ("removed", text.removed()),
        ("moved", text.moved()),
    ])
}

/// Why a product was not saved, or why one of the page's forms was refused.
fn refusal() -> Option<AnyView> {
    if let Some(state) = use_context::<FormState>() {
        let is_ours = state.action.starts_with("/api/wishlist/");
        let mut error = state.error.filter(|_| is_ours)?;
        error.fields.clear();
        return Some(view! { <RefusalBanner error/> }.into_any());
    }
    let refused = use_query_map().get_untracked().get("refused")?;
    let text = Text::from(locale());
    let words = match refused.as_str() {
        "full" => text.full(&MAX_ITEMS.to_string()),
        "gone" => text.gone().to_owned(),
        _ => return None,
    };
    let banner = view! {
        <Banner tone=Tone::Bad sign=Icon::Alert heard=Heard::AtOnce>
            <p>{words}</p>
        </Banner>
    };
    Some(banner.into_any())
}

fn with_the_account() -> AnyView {
    let words = Text::from(locale()).kept_with_account();
    view! { <p class="muted">{words}</p> }.into_any()
}

fn on_this_device() -> AnyView {
    let text = Text::from(locale());
    view! {
        <p class="muted">
            {text.kept_here(shop().settings.cart_days)} " "
            <a class="btn-text" href=href("/account/sign-in?next=/wishlist")>
                {text.sign_in_to_keep()}
            </a>
        </p>
    }
    .into_any()
}

fn empty(kept: AnyView) -> AnyView {
    let text = Text::from(locale());
    view! {
        <div class="empty">
            {empty_art("/art/basket.webp")}
            <h1>{text.empty()}</h1>
            <p>{text.press_the_heart()}</p>
            {kept}
            <p class="row">
                <a class="btn btn-primary btn-large" href=href("/products")>{text.shop_all()}</a>
            </p>
        </div>
    }
    .into_any()
}

fn filled(list: &WishlistView, kept: AnyView) -> AnyView {
    let text = Text::from(locale());
    let products = list.items.iter().filter_map(|saved| saved.product.as_ref());
    let frames = Frames::of(products.filter_map(|product| product.picture.as_ref()));
    let items: Vec<_> = list
        .items
        .iter()
        .map(|saved| item(saved, frames, &list.currency))
        .collect();
    view! {
        <div class="page-head">
            <h1>{text.your_wishlist()}</h1>
            <p class="muted">{text.items(list.items.len() as i64)}</p>
        </div>
        <ul class=frames.class()>{items}</ul>
        {kept}
    }
    .into_any()
}
