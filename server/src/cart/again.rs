//! What was ordered once goes into the cart again, as far as it is still sold.

use app::{
    account::types::{OrderedAgain, Short},
    cart::{ports::CartItem, types::MAX_QUANTITY},
    error::ErrorKind,
    orders::types::Order,
};

use super::{
    check::line_title,
    store::{self, SHELF, lines_of, offer},
};
use crate::{
    db::{Get, Sql},
    error::{Error, Result},
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
    for line in &order.lines {
        let (had, can_be_had) = match &line.variant_id {
            Some(id) => room(db, now, token.as_deref(), id).await?,
            None => (0, 0),
        };
        let units = line.quantity.min(can_be_had - had).max(0);
        let mut in_cart = had;
        if let Some(id) = line.variant_id.as_ref().filter(|_| units > 0) {
            let item = CartItem::Variant(id.clone());
            match store::add(db, now, token.as_deref(), &[], item, units).await {
                Ok((of_cart, _)) => {
                    token = Some(of_cart);
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
    let Some(row) = sql.fetch_optional(&mut *connection).await? else {
        return Ok((0, 0));
    };
    let rows = std::slice::from_ref(&row);
    let drops = lines_of(&mut connection, db.dialect(), now, rows).await?;
    let sold = match offer(&row, variant_id, &drops)? {
        Some(offer) if offer.active => offer.stock.clamp(0, MAX_QUANTITY),
        Some(_) | None => 0,
    };
    Ok((row.int("had")?, sold))
}
