//! The pages that shoppers pay on. They work without script.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Bytes,
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use http::StatusCode;
use tokio::time::sleep;

use super::{
    Rig,
    books::{Books, Consent, Session, SessionStatus, Step},
    cards::{self, Card},
    hooks, locked,
    params::Params,
};

/// What came of a shopper's visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visit {
    /// Paid: the browser is sent back to this address of the shop's.
    Back(String),
    /// The card's bank asks on this page.
    Asked(String),
    /// The page is shown again, with the reason.
    Again(String),
    /// The page has ended.
    Ended,
}

/// How often somebody presses the button of a page that does not answer, and how long they wait before.
const TRIES: usize = 4;
const BEFORE: Duration = Duration::from_secs(1);

/// Sends a form of a page's, as a browser does that follows nothing.
pub(super) async fn send(rig: &Rig, page: &str, fields: &[(&str, &str)]) -> Visit {
    let mut tries = 0;
    let answer = loop {
        tries += 1;
        match rig.http.post(page).form(fields).send().await {
            Err(error) if error.is_request() && tries < TRIES => sleep(BEFORE).await,
            sent => break sent.expect("the page is there"),
        }
    };
    let location = answer.headers().get(http::header::LOCATION);
    let location = location.map(|value| value.to_str().expect("it is text").to_owned());
    match (answer.status(), location) {
        (StatusCode::SEE_OTHER, Some(to)) if to.ends_with("/question") => Visit::Asked(to),
        (StatusCode::SEE_OTHER, Some(to)) => Visit::Back(to),
        (StatusCode::GONE, _) => Visit::Ended,
        _ => Visit::Again(answer.text().await.expect("the page has a text")),
    }
}

fn ended() -> Response {
    let page = page("This page has expired", "<p>Go back to the shop.</p>");
    (StatusCode::GONE, page).into_response()
}

fn page(title: &str, inner: &str) -> Html<String> {
    Html(format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
         <body><main><h1>{title}</h1>{inner}</main></body></html>"
    ))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

fn found(books: &Books, id: &str) -> Option<Session> {
    books.sessions.get(id).cloned()
}

pub(super) async fn show(State(rig): State<Arc<Rig>>, Path(id): Path<String>) -> Response {
    let now = rig.now();
    let session = {
        let mut books = locked(&rig.books);
        books.sweep(now);
        found(&books, &id)
    };
    hooks::publish(&rig);
    match session {
        Some(session) if session.status == SessionStatus::Open => {
            form(&session, "").into_response()
        }
        // Who goes back to a page that is paid is led on.
        Some(session) if session.status == SessionStatus::Complete => back(&session),
        _ => ended(),
    }
}

fn form(session: &Session, reason: &str) -> Html<String> {
    let alert = if reason.is_empty() {
        String::new()
    } else {
        format!("<p role=\"alert\">{}</p>", escaped(reason))
    };
    let cancel = session.cancel_url.as_deref().unwrap_or_default();
    page(
        "Pay",
        &format!(
            "<p>{} · {} {}</p>{alert}\
             <form method=\"post\"><label>Card number <input name=\"card\" inputmode=\"numeric\" \
             value=\"{}\"></label> <button>Pay</button></form>\
             <form method=\"post\"><input type=\"hidden\" name=\"card\" value=\"{}\">\
             <button>Pay with a card that is declined</button></form>\
             <form method=\"post\"><input type=\"hidden\" name=\"card\" value=\"{}\">\
             <button>Pay with a card that asks</button></form>\
             <p><a href=\"{}\">Back to the shop</a></p>",
            escaped(&session.name),
            session.order.amount,
            session.order.currency.to_ascii_uppercase(),
            cards::APPROVES,
            cards::DECLINES,
            cards::ASKS,
            escaped(cancel),
        ),
    )
}

fn back(session: &Session) -> Response {
    let to = session
        .success_url
        .replace("{CHECKOUT_SESSION_ID}", &session.id);
    Redirect::to(&to).into_response()
}

pub(super) async fn pay(
    State(rig): State<Arc<Rig>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let now = rig.now();
    let typed = Params::parse(&body).take("card").unwrap_or_default();
    let (session, step) = {
        let mut books = locked(&rig.books);
        books.sweep(now);
        let Some(session) = found(&books, &id) else {
            return ended();
        };
        let Some(card) = Card::typed(&typed) else {
            return form(&session, "Enter the number of a card.").into_response();
        };
        let step = books.pay(&id, card, now);
        (session, step)
    };
    hooks::publish(&rig);
    follow(&rig, &session, step.ok())
}

pub(super) async fn ask(State(rig): State<Arc<Rig>>, Path(id): Path<String>) -> Response {
    let Some(session) = found(&locked(&rig.books), &id) else {
        return ended();
    };
    if session.status != SessionStatus::Open {
        return ended();
    }
    page(
        "Your bank asks: is this you?",
        "<form method=\"post\"><button name=\"answer\" value=\"yes\">Complete</button> \
         <button name=\"answer\" value=\"no\">Fail</button></form>",
    )
    .into_response()
}

pub(super) async fn answer(
    State(rig): State<Arc<Rig>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let now = rig.now();
    let consent = match Params::parse(&body).take("answer").as_deref() {
        Some("yes") => Consent::Given,
        _ => Consent::Refused,
    };
    let (session, step) = {
        let mut books = locked(&rig.books);
        books.sweep(now);
        let Some(session) = found(&books, &id) else {
            return ended();
        };
        let step = books.answer(&id, consent, now);
        (session, step)
    };
    hooks::publish(&rig);
    follow(&rig, &session, step.ok())
}

/// What the browser gets after a step; none if the page has ended.
fn follow(rig: &Rig, session: &Session, step: Option<Step>) -> Response {
    match step {
        Some(Step::Paid) => back(session),
        Some(Step::Asked) => {
            let question = format!("{}/pay/{}/question", rig.url(), session.id);
            Redirect::to(&question).into_response()
        }
        Some(Step::Declined(_, message)) => form(session, message).into_response(),
        None => ended(),
    }
}
