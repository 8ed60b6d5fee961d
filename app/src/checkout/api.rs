//! `/api/checkout/…`

use leptos::prelude::*;

use super::types::{Placed, Validation};
use crate::{contact::Contact, error::ShopError};

#[cfg(feature = "ssr")]
mod ssr {
    use super::super::types::Placed;
    pub use super::super::types::{PaymentInput, PlaceOrder};
    pub use crate::checkout::ports::checkout;
    use crate::{checkout::text::Text, error::ShopError, locale::locale};
    pub use crate::{
        cookie::Cookie,
        error::ErrorKind,
        reply::{go_to, set_cookie},
        visitor::visitor,
    };

    /// To the provider's page, or to the order.
    pub fn go_on(placed: &Placed) {
        match &placed.pay_at {
            Some(page) => go_to(page),
            None => go_to(&format!("/orders/{}", placed.token)),
        }
    }

    pub fn total_missing() -> ShopError {
        let words = Text::from(locale()).total_missing();
        ShopError::field("expected_total_minor", words)
    }
}

/// Checks every line of the cart against what is sold now.
#[server(endpoint = "checkout/validate")]
pub async fn validate_checkout() -> Result<Validation, ShopError> {
    use ssr::*;
    let validation = checkout().validate(visitor().cart.as_deref()).await?;
    go_to(if validation.ok { "/checkout" } else { "/cart" });
    Ok(validation)
}

#[server(endpoint = "checkout/contact")]
pub async fn save_contact(#[server(flatten)] contact: Contact) -> Result<(), ShopError> {
    use ssr::*;
    let cart = visitor().cart;
    let token = checkout().save_contact(cart.as_deref(), contact).await?;
    if cart.as_deref() != Some(token.as_str()) {
        crate::cart::api::remember_cart(&token);
    }
    go_to("/checkout?step=shipping");
    Ok(())
}

#[server(endpoint = "checkout/shipping")]
pub async fn save_shipping(#[server(default)] shipping: String) -> Result<(), ShopError> {
    use ssr::*;
    checkout()
        .save_shipping(visitor().cart.as_deref(), &shipping)
        .await?;
    go_to("/checkout?step=payment");
    Ok(())
}

/// `payment` is one of the methods that the shop offers, such as `cash_on_delivery`. A card number
/// is turned into the provider's token at once and not kept; an empty one keeps the card given before.
#[server(endpoint = "checkout/payment")]
pub async fn save_payment(
    #[server(default)] payment: String,
    #[server(default)] card_number: String,
) -> Result<(), ShopError> {
    use ssr::*;
    let payment = PaymentInput {
        method: payment,
        card_number,
    };
    checkout()
        .save_payment(visitor().cart.as_deref(), payment)
        .await?;
    go_to("/checkout?step=review");
    Ok(())
}

/// Places the order. `checkout_key` makes it safe to send the same form again: the first order is
/// the answer. `expected_total_minor` is the total the shopper saw; any other is refused. So is another
/// currency or tax than `terms` names, if it is sent: `EUR 1900` is 19 % in euro.
#[server(endpoint = "checkout/place")]
pub async fn place_order(
    #[server(default)] checkout_key: String,
    #[server(flatten)] contact: Contact,
    #[server(default)] shipping: String,
    #[server(default)] payment: String,
    #[server(default)] card_number: String,
    #[server(default)] expected_total_minor: String,
    #[server(default)] terms: String,
) -> Result<Placed, ShopError> {
    use ssr::*;
    let expected_total_minor = expected_total_minor.trim().parse();
    let expected_total_minor = expected_total_minor.map_err(|_| total_missing())?;
    let order = PlaceOrder {
        checkout_key,
        contact,
        shipping,
        payment: PaymentInput {
            method: payment,
            card_number,
        },
        expected_total_minor,
        terms: Some(terms).filter(|terms| !terms.is_empty()),
    };
    let placed = checkout().place(visitor().cart.as_deref(), order).await;
    match &placed {
        Ok(placed) => {
            set_cookie(Cookie::CART_HINT, "", 0);
            go_on(placed);
        }
        // The cart page says in its banner what is wrong with which line.
        Err(error) if !error.lines.is_empty() => go_to("/cart"),
        Err(error) if error.kind == ErrorKind::EmptyCart => go_to("/cart"),
        Err(_) => {}
    }
    placed
}

/// Goes on paying for an order that waits for its payment: `pay_at` is the provider's page.
#[server(endpoint = "checkout/pay")]
pub async fn pay_order(#[server(default)] token: String) -> Result<Placed, ShopError> {
    use ssr::*;
    let placed = checkout().pay(&token).await?;
    go_on(&placed);
    Ok(placed)
}
