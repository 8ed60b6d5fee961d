//! Agreeing to all that has changed in a cart, as it was shown.

use std::collections::HashMap;

use app::cart::types::{AcceptedChange, MAX_LINES};

use super::{
    check::Offer,
    lines::LockedCart,
    offers::{SHELF, ShelvedVariant, offer},
    store::{commit, lock},
};
use crate::{
    db::{Dialect, Sql, Tx},
    error::Result,
    sale::lines::Lines,
    store::Store,
};

/// Makes each line what the shopper was shown that it would become, as far as that still holds. What
/// has changed again since is shown again.
pub async fn accept_all(
    db: &Store,
    now: i64,
    token: Option<&str>,
    changes: &[AcceptedChange],
) -> Result<()> {
    let mut tx = db.begin().await?;
    let Some(mut cart) = lock(db, &mut tx, token, now).await? else {
        return Ok(());
    };
    let offers = offers(&mut tx, db.dialect(), now, &cart.id).await?;
    for change in changes.iter().take(MAX_LINES) {
        let offer = offers.get(&change.variant_id).copied().flatten();
        agree(&mut cart, change, offer);
    }
    cart.store(&mut tx, now).await?;
    commit(tx, db, token).await?;
    Ok(())
}

fn agree(cart: &mut LockedCart, change: &AcceptedChange, offer: Option<Offer>) {
    let id = change.variant_id.as_str();
    let is_sold = offer.is_some_and(|offer| offer.active && offer.stock > 0);
    // What is sold again stays.
    if change.quantity <= 0 && !is_sold {
        cart.lines.retain(|line| line.variant_id != id);
    }
    let Some(line) = cart.line_mut(id) else {
        return;
    };
    // Fewer can always be had.
    if change.quantity > 0 {
        line.quantity = line.quantity.min(change.quantity);
    }
    if offer.is_some_and(|offer| offer.price_minor == change.price_minor) {
        line.unit_price_minor = change.price_minor;
    }
}

/// What the shop has now of each line of a cart.
async fn offers(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    cart_id: &str,
) -> Result<HashMap<String, Option<Offer>>> {
    let mut sql = Sql::new(&format!(
        "SELECT l.variant_id, {SHELF} FROM cart_lines l \
         LEFT JOIN variants v ON v.id = l.variant_id LEFT JOIN products p ON p.id = v.product_id \
         WHERE l.cart_id = "
    ));
    sql.text(cart_id);
    let rows: Vec<ShelvedVariant> = sql.fetch_all_as(&mut **tx).await?;
    let variants: Vec<&str> = rows.iter().map(|row| row.variant_id.as_str()).collect();
    let drops = Lines::of_variants(tx, dialect, now, &variants).await?;
    let drops = drops.with_kept(tx, dialect, cart_id).await?;
    let offers = rows.into_iter().map(|row| {
        let offer = offer(row.shelf, &row.variant_id, &drops);
        (row.variant_id, offer)
    });
    Ok(offers.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cart::lines::Line;

    fn after(change: (i64, i64), offer: Option<Offer>) -> Option<(i64, i64)> {
        let line = Line {
            variant_id: "v".to_owned(),
            quantity: 5,
            unit_price_minor: 1000,
            title: "Rope".to_owned(),
            variant_title: String::new(),
            added_at: 0,
        };
        let mut cart = LockedCart {
            id: "c".to_owned(),
            lines: vec![line],
            begins_as: None,
        };
        let (quantity, price_minor) = change;
        let change = AcceptedChange {
            variant_id: "v".to_owned(),
            quantity,
            price_minor,
        };
        agree(&mut cart, &change, offer);
        let line = cart.line("v")?;
        Some((line.quantity, line.unit_price_minor))
    }

    #[test]
    fn a_line_becomes_what_was_shown_and_nothing_else() {
        let sold = |stock, price_minor| {
            Some(Offer {
                active: true,
                stock,
                price_minor,
                sold_from: None,
            })
        };
        assert_eq!(after((0, 1000), None), None);
        assert_eq!(after((0, 1000), sold(0, 1000)), None);
        assert_eq!(after((0, 1000), sold(3, 1000)), Some((5, 1000)));
        assert_eq!(after((2, 1000), sold(2, 1000)), Some((2, 1000)));
        assert_eq!(after((9, 1000), sold(9, 1000)), Some((5, 1000)));
        assert_eq!(after((5, 1200), sold(9, 1200)), Some((5, 1200)));
        assert_eq!(after((5, 1), sold(9, 1200)), Some((5, 1000)));
        assert_eq!(after((-3, 1), sold(9, 1200)), Some((5, 1000)));
    }
}
