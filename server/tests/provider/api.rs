//! The endpoints: what each takes, and what it answers.

use http::Method;
use serde_json::{Value, json};

use super::{
    books::{Books, Capture, Endpoint, IntentStatus, Order, Session, SessionStatus, Step},
    cards::Card,
    params::{Expand, Params},
    refusal::Refusal,
    render::method_json,
};

/// The shortest and longest life of a page, in seconds.
const PAGE: std::ops::RangeInclusive<i64> = 30 * 60..=24 * 60 * 60;
/// The least that is charged, in the currency's smallest unit.
const LEAST: i64 = 50;
/// The most objects of a list's page, and how many come unless asked for more.
const MOST: i64 = 100;
const USUAL: i64 = 10;

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

fn session(books: &Books, id: &str, expand: &Expand) -> Result<Value, Refusal> {
    Ok(books.session_json(books.session(id)?, expand))
}

fn intent(books: &Books, id: &str, expand: &Expand) -> Result<Value, Refusal> {
    Ok(books.intent_json(books.intent(id)?, expand))
}

fn amount_of(amount: i64, param: &str) -> Result<i64, Refusal> {
    if amount >= LEAST {
        Ok(amount)
    } else if amount < 0 {
        Err(Refusal::invalid(
            param,
            "This value must be greater than or equal to 0.",
        ))
    } else {
        Err(Refusal::state(
            "amount_too_small",
            format!("Amount must be at least {LEAST} of the currency's smallest unit."),
        ))
    }
}

fn currency_of(currency: String, param: &str) -> Result<String, Refusal> {
    let is_code = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_alphabetic());
    if is_code {
        Ok(currency.to_ascii_lowercase())
    } else {
        Err(Refusal::invalid(
            param,
            format!("Invalid currency: {currency}."),
        ))
    }
}

fn capture_of(word: Option<String>, param: &str) -> Result<Capture, Refusal> {
    match word.as_deref() {
        None | Some("automatic" | "automatic_async") => Ok(Capture::Automatic),
        Some("manual") => Ok(Capture::Manual),
        Some(other) => Err(Refusal::invalid(
            param,
            format!(
                "Invalid {param}: must be one of automatic, automatic_async, or manual ({other})"
            ),
        )),
    }
}

fn create_session(
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

fn sessions(books: &Books, mut params: Params, expand: &Expand) -> Result<Value, Refusal> {
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

fn create_intent(
    books: &mut Books,
    mut params: Params,
    expand: &Expand,
    now: i64,
) -> Result<Value, Refusal> {
    let amount = params.number("amount")?;
    let amount = amount.ok_or_else(|| Refusal::missing("amount"))?;
    let order = Order {
        amount: amount_of(amount, "amount")?,
        currency: currency_of(params.need("currency")?, "currency")?,
        capture: capture_of(params.take("capture_method"), "capture_method")?,
        description: params.take("description"),
        metadata: params.map("metadata"),
    };
    let card = match params.take("payment_method") {
        Some(method) => Some(card_of(books, &method)?),
        None => None,
    };
    let is_confirmed = params.take("confirm").as_deref() == Some("true");
    if let Some(other) = params
        .list("payment_method_types")
        .iter()
        .find(|kind| *kind != "card")
    {
        let words = format!("This provider takes cards only, and no {other}.");
        return Err(Refusal::invalid("payment_method_types", words));
    }
    params.finish()?;
    let id = books.add_intent(order, None, now);
    if let (Some(card), Some(made)) = (card, books.intents.get_mut(&id)) {
        made.card = Some(card);
        made.status = IntentStatus::RequiresConfirmation;
    }
    if is_confirmed {
        confirm(books, &id, now)?;
    }
    intent(books, &id, expand)
}

fn card_of(books: &Books, method: &str) -> Result<Card, Refusal> {
    Card::named(method)
        .or_else(|| books.methods.get(method).cloned())
        .ok_or_else(|| Refusal::not_found("PaymentMethod", method))
}

/// A payment that has no card yet, or whose card was declined, gets one.
fn give_card(books: &mut Books, id: &str, method: &str) -> Result<(), Refusal> {
    let card = card_of(books, method)?;
    books.intent(id)?;
    if let Some(intent) = books.intents.get_mut(id) {
        use IntentStatus::{RequiresConfirmation, RequiresPaymentMethod};
        if matches!(intent.status, RequiresConfirmation | RequiresPaymentMethod) {
            intent.card = Some(card);
            intent.status = RequiresConfirmation;
        }
    }
    Ok(())
}

fn confirm(books: &mut Books, id: &str, now: i64) -> Result<(), Refusal> {
    let found = books.intent(id)?;
    let is_waiting = found.status == IntentStatus::RequiresConfirmation;
    let Some(card) = found.card.clone().filter(|_| is_waiting) else {
        return Err(Refusal::state(
            "payment_intent_unexpected_state",
            format!(
                "You cannot confirm this PaymentIntent because it has a status of {}.",
                found.status.as_str()
            ),
        ));
    };
    match books.confirm(id, card, now) {
        Step::Paid | Step::Asked => Ok(()),
        Step::Declined(_, message) => Err(Refusal::declined("card_declined", message)),
    }
}

fn change_intent(
    books: &mut Books,
    id: &str,
    step: &str,
    mut params: Params,
    now: i64,
) -> Result<(), Refusal> {
    match step {
        "confirm" => {
            let method = params.take("payment_method");
            params.finish()?;
            if let Some(method) = method {
                give_card(books, id, &method)?;
            }
            confirm(books, id, now)
        }
        "capture" => {
            let amount = params.number("amount_to_capture")?;
            params.finish()?;
            books.capture(id, amount, now)
        }
        "cancel" => {
            params.take("cancellation_reason");
            params.finish()?;
            books.cancel(id, now)
        }
        _ => Err(Refusal::no_address(step)),
    }
}

fn create_method(books: &mut Books, mut params: Params, now: i64) -> Result<Value, Refusal> {
    if params.need("type")? != "card" {
        return Err(Refusal::invalid("type", "This provider takes cards only."));
    }
    let card = Card::typed(&params.need("card[number]")?)
        .ok_or_else(|| Refusal::invalid("card[number]", "The card number is not a number."))?;
    for ignored in ["card[exp_month]", "card[exp_year]", "card[cvc]"] {
        params.take(ignored);
    }
    params.finish()?;
    let id = books.name("pm_");
    let object = method_json(&id, &card, now);
    books.methods.insert(id, card);
    Ok(object)
}

fn create_refund(books: &mut Books, mut params: Params, now: i64) -> Result<Value, Refusal> {
    let charge = params.take("charge");
    let intent = match (params.take("payment_intent"), charge) {
        (Some(intent), None) => intent,
        (None, Some(charge)) => {
            let found = books.charges.get(&charge);
            let found = found.ok_or_else(|| Refusal::not_found("charge", &charge))?;
            found.intent.clone()
        }
        (Some(_), Some(_)) => {
            let words = "You may only specify one of these parameters: charge, payment_intent.";
            return Err(Refusal::invalid("charge", words));
        }
        (None, None) => return Err(Refusal::missing("payment_intent")),
    };
    let amount = params.number("amount")?;
    let reason = params.take("reason");
    let metadata = params.map("metadata");
    params.finish()?;
    let id = books.refund(&intent, amount, reason, metadata, now)?;
    Ok(books.refund_json(&books.refunds[&id]))
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

fn intents(books: &Books, mut params: Params, expand: &Expand) -> Result<Value, Refusal> {
    let inner = expand.below("data").unwrap_or_default();
    let since = Since::of(&mut params)?;
    let items = books
        .intents
        .values()
        .filter(|intent| since.has(intent.created))
        .map(|intent| (intent.id.clone(), books.intent_json(intent, &inner)))
        .rev()
        .collect();
    list("/v1/payment_intents", items, params)
}

fn charges(books: &Books, mut params: Params) -> Result<Value, Refusal> {
    let wanted = params.take("payment_intent");
    let since = Since::of(&mut params)?;
    let items = books
        .charges
        .values()
        .filter(|charge| wanted.as_ref().is_none_or(|id| charge.intent == *id))
        .filter(|charge| since.has(charge.created))
        .map(|charge| (charge.id.clone(), books.charge_json(charge)))
        .rev()
        .collect();
    list("/v1/charges", items, params)
}

fn refunds(books: &Books, mut params: Params) -> Result<Value, Refusal> {
    let intent = params.take("payment_intent");
    let charge = params.take("charge");
    let since = Since::of(&mut params)?;
    let items = books
        .refunds
        .values()
        .filter(|refund| intent.as_ref().is_none_or(|id| refund.intent == *id))
        .filter(|refund| charge.as_ref().is_none_or(|id| refund.charge == *id))
        .filter(|refund| since.has(refund.created))
        .map(|refund| (refund.id.clone(), books.refund_json(refund)))
        .rev()
        .collect();
    list("/v1/refunds", items, params)
}

/// `created[gte]` and its like.
struct Since {
    from: i64,
    to: i64,
}

impl Since {
    fn of(params: &mut Params) -> Result<Self, Refusal> {
        let gt = params.number("created[gt]")?;
        let gte = params.number("created[gte]")?;
        let lt = params.number("created[lt]")?;
        let lte = params.number("created[lte]")?;
        let from = gt.map(|at| at + 1).or(gte).unwrap_or(i64::MIN);
        let to = lt.map(|at| at - 1).or(lte).unwrap_or(i64::MAX);
        Ok(Self { from, to })
    }

    fn has(&self, at: i64) -> bool {
        (self.from..=self.to).contains(&at)
    }
}

/// A page of a list, of objects with their names, the newest first.
fn list(url: &str, items: Vec<(String, Value)>, mut params: Params) -> Result<Value, Refusal> {
    let limit = params.number("limit")?.unwrap_or(USUAL);
    let after = params.take("starting_after");
    params.finish()?;
    if !(1..=MOST).contains(&limit) {
        return Err(Refusal::invalid(
            "limit",
            "This value must be from 1 to 100.",
        ));
    }
    let start = match &after {
        None => 0,
        Some(after) => {
            let at = items.iter().position(|(id, _)| id == after);
            at.ok_or_else(|| Refusal::not_found("object", after))? + 1
        }
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = items.len() - start > limit;
    let page = items.into_iter().skip(start).take(limit);
    let data: Vec<Value> = page.map(|(_, object)| object).collect();
    Ok(json!({"object": "list", "url": url, "has_more": has_more, "data": data}))
}

/// What was captured and not given back.
fn balance(books: &Books) -> Value {
    let captured: i64 = books.charges.values().map(|charge| charge.captured).sum();
    let refunds = books.refunds.values();
    let refunded: i64 = refunds
        .filter(|refund| refund.status != super::books::RefundStatus::Failed)
        .map(|refund| refund.amount)
        .sum();
    json!({
        "object": "balance",
        "available": [{"amount": captured - refunded, "currency": "eur"}],
        "livemode": false,
        "pending": [{"amount": 0, "currency": "eur"}],
    })
}
