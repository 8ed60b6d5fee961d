//! The cookie of the checkout.

use super::types::Placed;
use crate::cookie::{Cookie, Holds};

/// Names the order that is being paid at a provider's page: the browser's way back from there leads to the
/// checkout, whose cart is empty.
pub const TO_PAY: Cookie =
    Cookie::named("holdfast_to_pay", "__Host-holdfast_to_pay", Holds::OfDevice);

/// In seconds. Units are hardly held for longer, and the e-mail leads to the order, too.
const TO_PAY_LIFETIME: i64 = 60 * 60;

/// The cookie of an order whose shopper goes on to pay at a provider's page, with its value and how long it
/// lives.
pub fn to_pay(placed: &Placed) -> Option<(Cookie, &str, i64)> {
    let cookie = (TO_PAY, placed.token.as_str(), TO_PAY_LIFETIME);
    placed.pay_at.is_some().then_some(cookie)
}
