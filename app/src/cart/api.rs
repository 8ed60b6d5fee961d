//! `/api/cart/…`

use leptos::prelude::*;

use super::types::{AcceptedChange, CartView};
use crate::error::ShopError;

#[cfg(feature = "ssr")]
mod ssr {
    pub use super::super::types::{ACCOUNT_CART, MAX_QUANTITY};
    pub use crate::cart::ports::cart;
    use crate::{
        braking::braking,
        cart::text::Text,
        error::{ShopError, ShopResult},
        locale::locale,
        visitor::Visitor,
    };
    pub use crate::{
        cart::ports::CartItem,
        cookie::Cookie,
        reply::{cart_lifetime, go_to, set_cookie},
        visitor::visitor,
    };

    /// Before something goes into the cart: one that is not there yet is to begin. A token that
    /// someone made up is no cart.
    pub async fn may_fill(visitor: &Visitor) -> ShopResult<()> {
        match cart().is_kept(visitor.cart.as_deref()).await? {
            true => Ok(()),
            false => braking().may_begin(visitor).await,
        }
    }

    /// A quantity as typed: from `least` to [`MAX_QUANTITY`].
    pub fn parse_quantity(text: &str, least: i64) -> Result<i64, ShopError> {
        match text.trim().parse::<i64>() {
            Ok(quantity) if (least..=MAX_QUANTITY).contains(&quantity) => Ok(quantity),
            _ => {
                let (least, most) = (least.to_string(), MAX_QUANTITY.to_string());
                let words = Text::from(locale()).quantity_wrong(&least, &most);
                Err(ShopError::field("quantity", words))
            }
        }
    }

    pub fn nothing_to_add() -> ShopError {
        ShopError::field("variant_id", Text::from(locale()).nothing_to_add())
    }

    /// An account's cart needs no cookie of its own: the session leads to it.
    pub fn remember_cart(token: &str) {
        if !token.starts_with(ACCOUNT_CART) {
            set_cookie(Cookie::CART, token, cart_lifetime());
        }
        set_cookie(Cookie::CART_HINT, "1", cart_lifetime());
    }
}

#[cfg(feature = "ssr")]
pub use ssr::{may_fill, remember_cart};

/// Puts a variant into the cart, or more of it. The variant is named by `variant_id`, or by
/// `product_id` and one value per option.
#[server(endpoint = "cart/add")]
pub async fn add_to_cart(
    #[server(default)] variant_id: String,
    #[server(default)] product_id: String,
    #[server(default)] option1: String,
    #[server(default)] option2: String,
    #[server(default)] option3: String,
    #[server(default)] quantity: String,
) -> Result<CartView, ShopError> {
    use ssr::*;
    let units = if quantity.is_empty() {
        1
    } else {
        parse_quantity(&quantity, 1)?
    };
    let item = match (variant_id.is_empty(), product_id.is_empty()) {
        (false, _) => CartItem::Variant(variant_id),
        (true, false) => CartItem::Options {
            product_id,
            values: [option1, option2, option3],
        },
        (true, true) => return Err(nothing_to_add()),
    };
    let visitor = visitor();
    may_fill(&visitor).await?;
    let port = cart().with_tickets(visitor.tickets());
    let (token, cart) = port.add(visitor.cart.as_deref(), item, units).await?;
    remember_cart(&token);
    go_to("/cart");
    Ok(cart)
}

/// Sets the quantity of a line; zero removes it.
#[server(endpoint = "cart/update")]
pub async fn update_cart(variant_id: String, quantity: String) -> Result<CartView, ShopError> {
    use ssr::*;
    let quantity = parse_quantity(&quantity, 0)?;
    let cart = cart()
        .update(visitor().cart.as_deref(), &variant_id, quantity)
        .await?;
    go_to("/cart");
    Ok(cart)
}

#[server(endpoint = "cart/remove")]
pub async fn remove_from_cart(variant_id: String) -> Result<CartView, ShopError> {
    use ssr::*;
    let cart = cart()
        .remove(visitor().cart.as_deref(), &variant_id)
        .await?;
    go_to("/cart");
    Ok(cart)
}

/// Takes note that the shopper agrees to a line's new price. `price_minor` is the price they were
/// shown; if it has changed again they are shown the newer one instead.
#[server(endpoint = "cart/accept-price")]
pub async fn accept_price(variant_id: String, price_minor: i64) -> Result<CartView, ShopError> {
    use ssr::*;
    let cart = cart()
        .accept_price(visitor().cart.as_deref(), &variant_id, price_minor)
        .await?;
    go_to("/cart");
    Ok(cart)
}

/// Takes note that the shopper agrees to all changes they were shown: what is gone goes, what there is
/// too little of is cut to what there is, and new prices hold. `changes` are those; what has changed
/// again is shown instead.
#[server(endpoint = "cart/accept-all")]
pub async fn accept_all(
    #[server(default)] changes: Vec<AcceptedChange>,
) -> Result<CartView, ShopError> {
    use ssr::*;
    let cart = cart()
        .accept_all(visitor().cart.as_deref(), &changes)
        .await?;
    go_to("/cart");
    Ok(cart)
}

/// The cart as it is.
#[server(endpoint = "cart", input = server_fn::codec::GetUrl)]
pub async fn cart() -> Result<CartView, ShopError> {
    use ssr::*;
    cart().view(visitor().cart.as_deref()).await
}
