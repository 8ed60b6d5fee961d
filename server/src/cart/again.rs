//! What was ordered once goes into the cart again, as far as it is still sold.

use app::{
    account::types::{OrderedAgain, Short},
    cart::{ports::CartItem, types::MAX_QUANTITY},
    error::ErrorKind,
    orders::types::Order,
};

use super::{
    beginnings::Beginnings,
    change,
    check::line_title,
    offers::{SHELF, offer},
    store,
};
use crate::{
    db::{Sql, from_row},
    error::{Error, Result},
    sale::{lines::Lines, terms::Shelf},
    store::Store,
};

/// Puts the order's lines into the cart, each up to what is in stock; returns the cart's token.
pub async fn order_again(
    db: &Store,
    now: i64,
    cart: Option<&str>,
    order: &Order,
) -> Result<(String, OrderedAgain)> {
    let mut token = cart.map(str::to_owned);
    let mut outcome = OrderedAgain::default();
    // An account's cart has its name already, and begins otherwise.
    let beginnings = Beginnings::new(db.clone());
    for line in &order.lines {
        let (had, can_be_had) = match &line.variant_id {
            Some(id) => room(db, now, token.as_deref(), id).await?,
            None => (0, 0),
        };
        let units = line.quantity.min(can_be_had - had).max(0);
        let mut in_cart = had;
        if let Some(id) = line.variant_id.as_ref().filter(|_| units > 0) {
            let item = CartItem::Variant(id.clone());
            match change::add(db, &beginnings, now, token.as_deref(), &[], item, units).await {
                Ok(added) => {
                    token = Some(added.token);
                    outcome.added += units;
                    in_cart += units;
                }
                // It was sold meanwhile, or the cart is full: that is told, and the rest goes on.
                Err(Error::Refused(refusal)) if refusal.kind != ErrorKind::Internal => {}
                Err(error) => return Err(error),
            }
        }
        if in_cart - had < line.quantity {
            outcome.short.push(Short {
                title: line_title(&line.title, &line.variant_title),
                wanted: line.quantity,
                in_cart,
            });
        }
    }
    Ok((token.unwrap_or_default(), outcome))
}

/// Units of a variant that a cart holds, and what is on the shelf.
struct UnitsInCart {
    had: i64,
    shelf: Option<Shelf>,
}

from_row!(UnitsInCart { had, shelf: row });

/// How many units of a variant the cart holds, and how many it could.
async fn room(db: &Store, now: i64, cart: Option<&str>, variant_id: &str) -> Result<(i64, i64)> {
    let cart_id = store::id_of(db, cart, now).await?.unwrap_or_default();
    let mut sql = Sql::new(&format!(
        "SELECT v.id AS variant_id, {SHELF}, COALESCE((SELECT l.quantity FROM cart_lines l \
         WHERE l.variant_id = v.id AND l.cart_id = "
    ));
    sql.text(cart_id);
    sql.push("), 0) AS had FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id = ");
    sql.text(variant_id);
    let mut connection = db.reader().acquire().await?;
    let found: Option<UnitsInCart> = sql.fetch_optional_as(&mut *connection).await?;
    let Some(found) = found else {
        return Ok((0, 0));
    };
    let drops = Lines::of_variants(&mut connection, db.dialect(), now, &[variant_id]).await?;
    let sold = match offer(found.shelf, variant_id, &drops) {
        Some(offer) if offer.active => offer.stock.clamp(0, MAX_QUANTITY),
        Some(_) | None => 0,
    };
    Ok((found.had, sold))
}
