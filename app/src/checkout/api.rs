//! `/api/checkout/…`

use leptos::prelude::*;

use super::{
    particulars::ParticularsInput,
    types::{Placed, Validation},
};
use crate::{contact::Contact, error::ShopError};

#[cfg(feature = "ssr")]
mod form;

#[cfg(feature = "ssr")]
mod ssr {
    use std::sync::Arc;

    use async_trait::async_trait;

    pub use super::super::types::PaymentInput;
    use super::super::types::Placed;
    use crate::error::ErrorKind;
    pub use crate::{
        account::ports::own_account,
        braking::braking,
        checkout::{known::known, ports::checkout},
    };
    use crate::{
        braking::Braking,
        cart::ports::cart,
        checkout::{cookies::to_pay, particulars::ParticularsInput, ports::Leave, text::Text},
        contact::Contact,
        error::{ShopError, ShopResult},
        locale::locale,
        shop::shop,
        visitor::Visitor,
    };
    pub use crate::{
        cookie::Cookie,
        reply::{go_to, set_cookie},
        visitor::visitor,
    };

    /// The brakes of a visitor.
    pub struct OfBrakes<'a>(pub Arc<dyn Braking>, pub &'a Visitor);

    #[async_trait]
    impl Leave for OfBrakes<'_> {
        async fn to_copy(&self) -> ShopResult<()> {
            self.0.may_begin(self.1).await
        }
    }

    /// To the provider's page, or to the order.
    pub async fn go_on(placed: &Placed) {
        match &placed.pay_at {
            Some(page) => {
                braking().goes_to_pay(&visitor(), &placed.token).await;
                if let Some((cookie, value, age)) = to_pay(placed) {
                    set_cookie(cookie, value, age);
                }
                go_to(page);
            }
            None if placed.pay_after.is_some() => {
                go_to(&format!("/orders/{}?pay=later", placed.token));
            }
            None => go_to(&format!("/orders/{}", placed.token)),
        }
    }

    /// Whether the cart page says in its banner what is wrong. It does not know by which address or card a
    /// limit is reached, so the review says that, where the order's form is shown with its refusal.
    pub async fn is_said_by_the_cart(error: &ShopError) -> bool {
        if error.kind == ErrorKind::EmptyCart {
            return true;
        }
        if error.lines.is_empty() {
            return false;
        }
        let shown = cart().view(visitor().cart.as_deref()).await;
        shown.is_ok_and(|cart| !cart.problems().is_empty())
    }

    /// Refuses before anything is kept, so that everything wrong in the form is marked at once.
    pub fn must_be_right(contact: &Contact, told: &ParticularsInput) -> ShopResult<()> {
        let Err(wrong) = told.clone().checked() else {
            return Ok(());
        };
        let contact = contact.clone().checked_for(&shop().settings.delivers_to);
        let all = contact.err().into_iter().flatten().chain(wrong);
        Err(ShopError::fields(all.collect()))
    }

    pub fn total_missing() -> ShopError {
        let words = Text::from(locale()).total_missing();
        ShopError::field("expected_total_minor", words)
    }
}

/// Checks every line of the cart against what is sold now, and refuses more units than may be held until they are
/// paid for.
#[server(endpoint = "checkout/validate")]
pub async fn validate_checkout() -> Result<Validation, ShopError> {
    use ssr::*;
    let visitor = visitor();
    let checkout = checkout();
    let validation = checkout.validate(visitor.cart.as_deref(), &visitor.client);
    let validation = validation.await?;
    go_to(if validation.ok { "/checkout" } else { "/cart" });
    Ok(validation)
}

#[server(endpoint = "checkout/contact")]
pub async fn save_contact(
    #[server(flatten)] contact: Contact,
    #[server(flatten)] told: ParticularsInput,
) -> Result<(), ShopError> {
    use ssr::*;
    must_be_right(&contact, &told)?;
    let visitor = visitor();
    let cart = visitor.cart.as_deref();
    let leave = OfBrakes(braking(), &visitor);
    let token = checkout()
        .save_contact_and(cart, contact, told, &leave)
        .await?;
    if cart != Some(token.as_str()) {
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
    let (port, visitor) = (checkout(), visitor());
    let cart = visitor.cart.as_deref();
    match known(&*own_account(), visitor.account).await {
        Some(known) => port.save_payment_of(cart, &known, payment).await?,
        None => port.save_payment(cart, payment).await?,
    }
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
    #[server(flatten)] told: ParticularsInput,
    #[server(default)] shipping: String,
    #[server(default)] payment: String,
    #[server(default)] card_number: String,
    #[server(default)] expected_total_minor: String,
    #[server(default)] terms: String,
) -> Result<Placed, ShopError> {
    use ssr::*;
    let form = PlaceOrder {
        checkout_key,
        contact,
        told,
        shipping,
        payment,
        card_number,
        expected_total_minor,
        terms,
    };
    let visitor = visitor();
    let order = form.order(visitor.client.clone())?;
    let checkout = checkout().with_tickets(visitor.tickets());
    let placed = checkout.place(visitor.cart.as_deref(), order).await;
    match &placed {
        Ok(placed) => {
            set_cookie(Cookie::CART_HINT, "", 0);
            go_on(placed).await;
        }
        Err(error) if is_said_by_the_cart(error).await => go_to("/cart"),
        Err(_) => {}
    }
    placed
}

#[cfg(feature = "ssr")]
impl PlaceOrder {
    /// What the form orders, from a network. The server's way for programs asks it, too.
    pub fn order(self, network: String) -> Result<super::types::PlaceOrder, ShopError> {
        let expected_total_minor = self.expected_total_minor.trim().parse();
        Ok(super::types::PlaceOrder {
            checkout_key: self.checkout_key,
            contact: self.contact,
            told: self.told,
            shipping: self.shipping,
            payment: ssr::PaymentInput {
                method: self.payment,
                card_number: self.card_number,
            },
            expected_total_minor: expected_total_minor.map_err(|_| ssr::total_missing())?,
            terms: Some(self.terms).filter(|terms| !terms.is_empty()),
            network,
        })
    }
}

/// Goes on paying for an order that waits for its payment: `pay_at` is the provider's page.
#[server(endpoint = "checkout/pay")]
pub async fn pay_order(#[server(default)] token: String) -> Result<Placed, ShopError> {
    use ssr::*;
    let placed = checkout().pay(&token).await?;
    go_on(&placed).await;
    Ok(placed)
}
