//! What was captured, and what of it was given back.

use serde_json::Value;

use super::{
    super::{books::Books, params::Params, refusal::Refusal},
    lists::{Since, list},
};

pub fn charges(books: &Books, mut params: Params) -> Result<Value, Refusal> {
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

pub fn refunds(books: &Books, mut params: Params) -> Result<Value, Refusal> {
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

pub fn create_refund(books: &mut Books, mut params: Params, now: i64) -> Result<Value, Refusal> {
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
