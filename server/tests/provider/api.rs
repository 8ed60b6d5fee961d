//! The endpoints: what each takes, and what it answers.

mod intents;
mod lists;
mod returns;
mod sessions;
mod values;

use http::Method;
use serde_json::{Value, json};

use self::{
    intents::{change_intent, create_intent, create_method, intent, intents},
    lists::{Since, list},
    returns::{charges, create_refund, refunds},
    sessions::{create_session, session, sessions},
};
use super::{
    books::{Books, Endpoint, RefundStatus},
    params::Params,
    refusal::Refusal,
};

/// Answers one request. `path` is what follows `/v1/`.
pub fn answer(
    books: &mut Books,
    method: &Method,
    path: &str,
    mut params: Params,
    now: i64,
) -> Result<Value, Refusal> {
    books.sweep(now);
    let expand = params.expand();
    let segments: Vec<&str> = path.split('/').collect();
    let is_post = *method == Method::POST;
    let is_get = *method == Method::GET;
    match segments.as_slice() {
        ["checkout", "sessions"] if is_post => create_session(books, params, &expand, now),
        ["checkout", "sessions"] if is_get => sessions(books, params, &expand),
        ["checkout", "sessions", id] if is_get => {
            params.finish()?;
            session(books, id, &expand)
        }
        ["checkout", "sessions", id, "expire"] if is_post => {
            params.finish()?;
            books.expire_session(id, now)?;
            session(books, id, &expand)
        }
        ["payment_intents"] if is_post => create_intent(books, params, &expand, now),
        ["payment_intents"] if is_get => intents(books, params, &expand),
        ["payment_intents", id] if is_get => {
            params.finish()?;
            intent(books, id, &expand)
        }
        ["payment_intents", id, step] if is_post => {
            change_intent(books, id, step, params, now)?;
            intent(books, id, &expand)
        }
        ["payment_methods"] if is_post => create_method(books, params, now),
        ["charges"] if is_get => charges(books, params),
        ["charges", id] if is_get => {
            params.finish()?;
            let found = books.charges.get(*id);
            let found = found.ok_or_else(|| Refusal::not_found("charge", id))?;
            Ok(books.charge_json(found))
        }
        ["refunds"] if is_post => create_refund(books, params, now),
        ["refunds"] if is_get => refunds(books, params),
        ["refunds", id] if is_get => {
            params.finish()?;
            let found = books.refunds.get(*id);
            let found = found.ok_or_else(|| Refusal::not_found("refund", id))?;
            Ok(books.refund_json(found))
        }
        ["disputes"] if is_get => {
            let of = params.take("payment_intent");
            let since = Since::of(&mut params)?;
            let items = books
                .disputes
                .values()
                .filter(|dispute| since.has(dispute.created))
                .filter(|dispute| of.as_deref().is_none_or(|of| dispute.intent == of))
                .map(|dispute| (dispute.id.clone(), books.dispute_json(dispute)))
                .rev()
                .collect();
            list("/v1/disputes", items, params)
        }
        ["disputes", id] if is_get => {
            params.finish()?;
            let found = books.disputes.get(*id);
            let found = found.ok_or_else(|| Refusal::not_found("dispute", id))?;
            Ok(books.dispute_json(found))
        }
        ["webhook_endpoints"] if is_post => create_endpoint(books, params, now),
        ["webhook_endpoints"] if is_get => {
            let items = books.endpoints.values();
            let items = items.map(|endpoint| (endpoint.id.clone(), endpoint.json()));
            let items = items.rev().collect();
            list("/v1/webhook_endpoints", items, params)
        }
        ["events"] if is_get => {
            let kind = params.take("type");
            let items = books
                .events
                .values()
                .filter(|event| kind.as_deref().is_none_or(|kind| event.kind == kind))
                .map(|event| (event.id.clone(), event.json()))
                .rev()
                .collect();
            list("/v1/events", items, params)
        }
        ["balance"] if is_get => {
            params.finish()?;
            Ok(balance(books))
        }
        _ => Err(Refusal::no_address(path)),
    }
}

fn create_endpoint(books: &mut Books, mut params: Params, now: i64) -> Result<Value, Refusal> {
    let url = params.need("url")?;
    let events = params.list("enabled_events");
    params.take("api_version");
    params.finish()?;
    if events.is_empty() {
        return Err(Refusal::missing("enabled_events"));
    }
    let id = books.name("we_");
    let secret = format!("whsec_{id}");
    let endpoint = Endpoint {
        id: id.clone(),
        url,
        secret: secret.clone(),
        events,
        created: now,
    };
    let mut object = endpoint.json();
    // Told once, when it is made.
    object["secret"] = json!(secret);
    books.endpoints.insert(id, endpoint);
    Ok(object)
}

/// What was captured and not given back.
fn balance(books: &Books) -> Value {
    let captured: i64 = books.charges.values().map(|charge| charge.captured).sum();
    let refunds = books.refunds.values();
    let refunded: i64 = refunds
        .filter(|refund| refund.status != RefundStatus::Failed)
        .map(|refund| refund.amount)
        .sum();
    json!({
        "object": "balance",
        "available": [{"amount": captured - refunded, "currency": "eur"}],
        "livemode": false,
        "pending": [{"amount": 0, "currency": "eur"}],
    })
}
