//! Pages on which a card is typed.

use serde_json::Value;

use super::{
    super::{
        books::{Books, Order, Session, SessionStatus},
        params::{Expand, Params},
        refusal::Refusal,
    },
    lists::list,
    values::{amount_of, capture_of, currency_of},
};

/// The shortest and longest life of a page, in seconds.
const PAGE: std::ops::RangeInclusive<i64> = 30 * 60..=24 * 60 * 60;

pub fn session(books: &Books, id: &str, expand: &Expand) -> Result<Value, Refusal> {
    Ok(books.session_json(books.session(id)?, expand))
}

pub fn create_session(
    books: &mut Books,
    mut params: Params,
    expand: &Expand,
    now: i64,
) -> Result<Value, Refusal> {
    if params.need("mode")? != "payment" {
        return Err(Refusal::invalid(
            "mode",
            "This provider takes payments only.",
        ));
    }
    let currency = params.need("line_items[0][price_data][currency]")?;
    let unit = params.number("line_items[0][price_data][unit_amount]")?;
    let unit = unit.ok_or_else(|| Refusal::missing("line_items[0][price_data][unit_amount]"))?;
    let quantity = params.number("line_items[0][quantity]")?;
    let quantity = quantity.ok_or_else(|| Refusal::missing("line_items[0][quantity]"))?;
    let name = params.need("line_items[0][price_data][product_data][name]")?;
    let expires_at = match params.number("expires_at")? {
        Some(at) if PAGE.contains(&(at - now)) => at,
        Some(at) if at - now < *PAGE.start() => {
            return Err(Refusal::invalid(
                "expires_at",
                "The `expires_at` timestamp must be at least 30 minutes from Checkout Session \
                 creation.",
            ));
        }
        Some(_) => {
            return Err(Refusal::invalid(
                "expires_at",
                "The `expires_at` timestamp must be less than 24 hours from Checkout Session \
                 creation.",
            ));
        }
        None => now + *PAGE.end(),
    };
    let order = Order {
        amount: amount_of(unit * quantity, "line_items[0][price_data][unit_amount]")?,
        currency: currency_of(currency, "line_items[0][price_data][currency]")?,
        capture: capture_of(
            params.take("payment_intent_data[capture_method]"),
            "payment_intent_data[capture_method]",
        )?,
        description: params.take("payment_intent_data[description]"),
        metadata: params.map("payment_intent_data[metadata]"),
    };
    let session = Session {
        id: books.name("cs_test_"),
        status: SessionStatus::Open,
        intent: None,
        order,
        metadata: params.map("metadata"),
        client_reference_id: params.take("client_reference_id"),
        customer_email: params.take("customer_email"),
        success_url: params.need("success_url")?,
        cancel_url: params.take("cancel_url"),
        locale: params.take("locale"),
        name,
        created: now,
        expires_at,
    };
    for ignored in ["submit_type", "adaptive_pricing[enabled]"] {
        params.take(ignored);
    }
    params.list("allowed_payment_method_types");
    params.finish()?;
    let id = session.id.clone();
    books.sessions.insert(id.clone(), session);
    self::session(books, &id, expand)
}

pub fn sessions(books: &Books, mut params: Params, expand: &Expand) -> Result<Value, Refusal> {
    let wanted = params.take("payment_intent");
    let inner = expand.below("data").unwrap_or_default();
    let items = books
        .sessions
        .values()
        .filter(|session| wanted.is_none() || session.intent == wanted)
        .map(|session| (session.id.clone(), books.session_json(session, &inner)))
        .rev()
        .collect();
    list("/v1/checkout/sessions", items, params)
}
