//! Payments, and the cards they are made with.

use serde_json::Value;

use super::{
    super::{
        books::{Books, IntentStatus, Order, Step},
        cards::Card,
        params::{Expand, Params},
        refusal::Refusal,
        render::method_json,
    },
    lists::{Since, list},
    values::{amount_of, capture_of, currency_of},
};

pub fn intent(books: &Books, id: &str, expand: &Expand) -> Result<Value, Refusal> {
    Ok(books.intent_json(books.intent(id)?, expand))
}

pub fn intents(books: &Books, mut params: Params, expand: &Expand) -> Result<Value, Refusal> {
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

pub fn create_intent(
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

pub fn change_intent(
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

pub fn create_method(books: &mut Books, mut params: Params, now: i64) -> Result<Value, Refusal> {
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
