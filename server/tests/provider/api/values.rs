//! What several endpoints take.

use super::super::{books::Capture, refusal::Refusal};

/// The least that is charged, in the currency's smallest unit.
const LEAST: i64 = 50;

pub fn amount_of(amount: i64, param: &str) -> Result<i64, Refusal> {
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

pub fn currency_of(currency: String, param: &str) -> Result<String, Refusal> {
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

pub fn capture_of(word: Option<String>, param: &str) -> Result<Capture, Refusal> {
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
