//! Putting what is kept for someone into their cart. Whether it may be ordered from there is decided with the order.

use app::{
    cart::{ports::CartItem, types::MAX_LINES},
    error::ShopError,
    locale::locale,
};

use super::{items::find_item, lines::Line, store::lock_or_begin, text::Text};
use crate::{db::Tx, error::Result, store::Store};

/// Puts a unit of a variant into a cart, unless some of it is there, in the caller's transaction, which locks the cart
/// before any variant. Returns the cart's token and its id.
pub async fn put_in(
    db: &Store,
    tx: &mut Tx,
    now: i64,
    token: Option<&str>,
    variant_id: &str,
) -> Result<(String, String)> {
    let (token, mut cart) = lock_or_begin(db, tx, token, now).await?;
    if cart.line(variant_id).is_none() {
        if cart.lines.len() >= MAX_LINES {
            let words = Text::from(locale()).cart_is_full(&MAX_LINES.to_string());
            return Err(ShopError::field("variant_id", words).into());
        }
        let item = CartItem::Variant(variant_id.to_owned());
        let found = find_item(tx, db.dialect(), now, &item).await?;
        cart.lines.push(Line {
            variant_id: found.variant_id,
            quantity: 1,
            unit_price_minor: found.offer.price_minor,
            title: found.title,
            variant_title: found.variant_title,
            added_at: now,
        });
    }
    cart.store(tx, now).await?;
    Ok((token, cart.id))
}
