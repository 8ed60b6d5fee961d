//! `/waiting-list`: what of a product is sold out, how many are being paid for, and the form by which someone waits. It
//! is made when it is asked for, so its numbers are those of the moment.

use app::{
    catalog::address,
    load::load,
    locale::{href, locale},
    ui::{
        banner::done,
        email_field::EmailWithButton,
        field::{SelectField, refusal_of},
        form::{Form, PageField},
        head::private_head,
    },
    waiting_list::{
        ports::waiting_list,
        text::Text,
        types::{SoldOut, SoldOutProduct, WaitKind},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::wish::{CONFIRM, LEAVE, TAKE};
use crate::frame::Frame;

pub const HERE: &str = "/waiting-list";
pub const ASK: &str = "/api/waiting-list/ask";
/// Behind the address of a product's waiting list.
pub const SENT: &str = "&done=sent";
pub const LEFT: &str = "?done=left";

/// The waiting list of a product. An id that was made up leads to a page that is not there.
pub fn of_product(product_id: &str) -> String {
    let id: String = product_id
        .chars()
        .filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-')
        .take(64)
        .collect();
    format!("{HERE}?product={id}")
}

#[component]
pub fn WaitingListPage() -> impl IntoView {
    let product = use_query_map().get_untracked().get("product");
    match product.filter(|id| !id.is_empty()) {
        Some(id) => of_one(id),
        None => of_none(),
    }
}

fn news() -> Option<AnyView> {
    let text = Text::from(locale());
    done(&[("sent", text.link_sent()), ("left", text.left())])
}

/// What was done, or why it was not.
fn of_none() -> AnyView {
    let text = Text::from(locale());
    // Those of forms whose own page is gone, too.
    let refusals: Vec<_> = [ASK, CONFIRM, LEAVE, TAKE]
        .map(|action| refusal_of(&Form::of(action)))
        .into_iter()
        .collect();
    view! {
        {private_head(text.waiting_list())}
        <Frame>
            <div class="container narrow">
                <div class="page-head"><h1>{text.waiting_list()}</h1></div>
                {news()}
                {refusals}
            </div>
        </Frame>
    }
    .into_any()
}

fn of_one(id: String) -> AnyView {
    let port = waiting_list();
    load(
        async move { port.of_product(&id).await },
        |product: SoldOutProduct| {
            let text = Text::from(locale());
            let content = content(&product);
            view! {
                {private_head(text.waiting_list())}
                <Frame><div class="container narrow">{content}</div></Frame>
            }
        },
    )
}

fn content(product: &SoldOutProduct) -> AnyView {
    let text = Text::from(locale());
    let to_product = href(&address::product(&product.slug));
    let body = match product.variants.is_empty() {
        true => view! { <p>{text.nothing_sold_out(&product.title)}</p> }.into_any(),
        false => view! { {states(product)} {form(product)} }.into_any(),
    };
    view! {
        <div class="page-head">
            <p class="muted">{text.waiting_list()}</p>
            <h1>{product.title.clone()}</h1>
        </div>
        {news()}
        {body}
        <p><a class="btn-text" href=to_product>{text.to_product(&product.title)}</a></p>
    }
    .into_any()
}

/// What is taken of each variant, and what of it is not sold yet.
fn states(product: &SoldOutProduct) -> AnyView {
    let text = Text::from(locale());
    let lines: Vec<_> = product
        .variants
        .iter()
        .map(|variant| {
            let name = match variant.variant_title.is_empty() {
                true => None,
                false => Some(view! { <b>{variant.variant_title.clone()}</b> ": " }),
            };
            view! { <li>{name} {state(variant)}</li> }
        })
        .collect();
    view! { <ul class="stack" aria-label=text.waiting_list()>{lines}</ul> }.into_any()
}

fn state(variant: &SoldOut) -> String {
    let text = Text::from(locale());
    let mut parts = vec![text.all_taken().to_owned()];
    if variant.paying > 0 {
        parts.push(text.being_paid(variant.paying));
        parts.extend(variant.minutes.map(|minutes| text.first_decided(minutes)));
    }
    parts.join(" ")
}

fn form(product: &SoldOutProduct) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(ASK);
    let is_in_turn = |variant: &SoldOut| variant.kind == WaitKind::InTurn;
    let has_turns = product.variants.iter().any(is_in_turn);
    let has_notices = !product.variants.iter().all(is_in_turn);
    let turns = has_turns.then(|| view! { <p>{text.in_turn_why()}</p> });
    let notices = has_notices.then(|| view! { <p>{text.notice_why()}</p> });
    view! {
        <form class="panel stack" action=href(ASK) method="post" novalidate>
            <PageField/>
            {refusal_of(&form)}
            {turns}
            {notices}
            <input type="hidden" name="product_id" value=product.id.clone()/>
            {which(product, &form)}
            <EmailWithButton form=&form label=text.email() button=text.ask()/>
        </form>
    }
    .into_any()
}

/// The choice among several variants; of a product with one alone there is none.
fn which(product: &SoldOutProduct, form: &Form) -> AnyView {
    let text = Text::from(locale());
    match product.variants.as_slice() {
        [only] if product.of == 1 => {
            let id = only.variant_id.clone();
            view! { <input type="hidden" name="variant_id" value=id/> }.into_any()
        }
        variants => {
            let options = variants
                .iter()
                .map(|variant| (variant.variant_id.clone(), variant.variant_title.clone()))
                .collect();
            view! { <SelectField form=form name="variant_id" label=text.which() options=options/> }
                .into_any()
        }
    }
}
