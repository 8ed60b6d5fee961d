//! The cookie of the checkout.

use crate::cookie::{Cookie, Holds};

/// Names the order that is being paid at a provider's page: the browser's way back from there leads to the
/// checkout, whose cart is empty.
pub const TO_PAY: Cookie =
    Cookie::named("holdfast_to_pay", "__Host-holdfast_to_pay", Holds::OfDevice);
