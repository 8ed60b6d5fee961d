//! `/pages/{slug}`, and the contact page at `/contact`, too: there it comes back with what was typed.

use std::sync::Arc;

use app::{
    audience::shown_until,
    catalog::address,
    error::ShopError,
    load::load,
    locale::{href, locale},
    pages::{
        message::{MAX_MESSAGE, MAX_NAME, MAX_ORDER_NUMBER},
        ports::pages,
        text::Text,
        types::{Look, ShownPage},
    },
    shop::shop,
    ui::{
        banner::good_news,
        field::{Need, TextArea, TextField, refusal_of},
        form::{Form, FormState, PageField},
        head::{Shared, alternates, escape, page_title, shared},
        path::path_part,
    },
};
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::frame::{Frame, error_page::ErrorPage};

/// The contact page, whatever its address.
pub const CONTACT: &str = "/contact";
/// Where a message was sent.
pub const SENT: &str = "/contact?done=sent";
pub const SEND: &str = "/api/contact";

#[component]
pub fn OwnPage() -> impl IntoView {
    let (slug, port) = (path_part("slug"), pages());
    load(async move { port.page(&slug).await }, |look| {
        found(&look, Arrival::Reading)
    })
}

#[component]
pub fn ContactPage() -> impl IntoView {
    let port = pages();
    let is_refused = use_context::<FormState>().is_some();
    let arrival = match use_query_map().get_untracked().get_str("done") {
        Some("sent") if !is_refused => Arrival::Sent,
        _ => Arrival::Reading,
    };
    load(async move { port.contact().await }, move |look| {
        found(&look, arrival)
    })
}

/// Why the page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    Reading,
    /// A message was sent.
    Sent,
}

fn found(look: &Arc<Look>, arrival: Arrival) -> AnyView {
    shown_until(look.ends);
    match &look.page {
        Some(page) => {
            let content = content(page, arrival);
            view! {
                {head(page)}
                <Frame>{content}</Frame>
            }
            .into_any()
        }
        None => view! { <ErrorPage error=ShopError::not_found()/> }.into_any(),
    }
}

fn head(page: &ShownPage) -> AnyView {
    let path = address::page(&page.slug);
    let title = match &page.seo_title {
        Some(title) => escape(title),
        None => page_title(&page.title),
    };
    let shared = shared(Shared {
        kind: "article",
        title: page.seo_title.clone().unwrap_or_else(|| page.title.clone()),
        description: page.seo_description.clone(),
        path: &path,
        picture: None,
    });
    let description = page
        .seo_description
        .clone()
        .map(|words| view! { <Meta name="description" content=words/> });
    view! {
        <Title text=title/>
        {description}
        <Link rel="canonical" href=format!("{}{}", shop().settings.base_url, href(&path))/>
        {alternates(&path)}
        {shared}
    }
    .into_any()
}

fn content(page: &ShownPage, arrival: Arrival) -> AnyView {
    let text = Text::from(locale());
    let news = match arrival {
        Arrival::Reading => None,
        Arrival::Sent => Some(good_news(text.message_sent())),
    };
    let is_demo = page.is_demo.then(|| {
        view! { <p class="panel panel-soft own-page-demo" role="note">{text.demonstration()}</p> }
    });
    view! {
        <div class="container narrow">
            <div class="page-head">
                <h1>{page.title.clone()}</h1>
            </div>
            <div class="stack-l">
                {news} {is_demo}
                <div class="prose own-page" inner_html=page.html.clone()></div>
                {page.takes_messages.then(message_form)}
            </div>
        </div>
    }
    .into_any()
}

fn message_form() -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(SEND);
    view! {
        <section class="panel" aria-labelledby="write-to-us">
            <h2 class="panel-title" id="write-to-us">{text.write_to_us()}</h2>
            <form class="stack" action=href(SEND) method="post" novalidate>
                <PageField/>
                {refusal_of(&form)}
                <div class="form-grid">
                    <TextField
                        form=form.clone()
                        name="name"
                        label=text.your_name()
                        autocomplete="name"
                        maxlength=MAX_NAME as u32
                    />
                    <TextField
                        form=form.clone()
                        name="email"
                        label=text.your_email()
                        hint=text.your_email_hint()
                        kind="email"
                        autocomplete="email"
                    />
                    <TextField
                        form=form.clone()
                        name="order_number"
                        label=text.order_number()
                        need=Need::Unmarked
                        hint=text.order_number_hint()
                        maxlength=MAX_ORDER_NUMBER as u32
                    />
                    <TextArea
                        form=form
                        name="message"
                        label=text.message()
                        rows=8
                        maxlength=MAX_MESSAGE as u32
                    />
                </div>
                <p>
                    <button class="btn btn-primary" type="submit">{text.send_message()}</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}
