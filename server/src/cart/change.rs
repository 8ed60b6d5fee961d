//! What shoppers do to their carts: put something in, change how many, agree to a price.

use app::{
    cart::{
        ports::CartItem,
        types::{MAX_LINES, MAX_QUANTITY},
    },
    error::ShopError,
    locale::locale,
};

use super::{
    beginnings::Beginnings,
    check::{Offer, WantedLine, line_title, problem, shut_out},
    items::{Addition, find_item},
    lines::{Line, LockedCart},
    offers::offer_of,
    store::{commit, lock, lock_or_begin},
    text::Text,
    token::{is_token, key, new_guests},
    view::GoodsRow,
};
use crate::{admission::ticket::Ticket, error::Result, store::Store};

/// What came of putting something into a cart.
pub struct Added {
    pub token: String,
    /// All that is in a cart that has just begun.
    pub(super) only: Option<(Line, GoodsRow)>,
}

/// Puts units into the cart. An unknown or expired token gets a new cart.
pub async fn add(
    db: &Store,
    beginnings: &Beginnings,
    now: i64,
    token: Option<&str>,
    tickets: &[Ticket],
    item: CartItem,
    quantity: i64,
) -> Result<Added> {
    let Some(token) = token.filter(|token| is_token(token)) else {
        return begin(beginnings, now, tickets, item, quantity).await;
    };
    let mut tx = db.begin().await?;
    let addition = find_item(&mut tx, db.dialect(), now, &item).await?;
    let (token, mut cart) = lock_or_begin(db, &mut tx, Some(token), now).await?;
    put(&mut cart, now, tickets, addition, quantity)?;
    cart.store(&mut tx, now).await?;
    commit(tx, db, Some(&token)).await?;
    Ok(Added { token, only: None })
}

/// Puts units into a guest's first cart. Nobody knows of it yet: nothing is to be locked, and nobody to be told.
async fn begin(
    beginnings: &Beginnings,
    now: i64,
    tickets: &[Ticket],
    item: CartItem,
    quantity: i64,
) -> Result<Added> {
    let token = new_guests();
    let mut cart = LockedCart::new(key(&token));
    let addition = beginnings.find(now, item).await?;
    let goods = put(&mut cart, now, tickets, addition, quantity)?;
    let only = cart.lines.first().cloned().map(|line| (line, goods));
    beginnings.begin(now, cart).await?;
    Ok(Added { token, only })
}

/// Puts units of something into a cart that is not stored yet as it is then.
fn put(
    cart: &mut LockedCart,
    now: i64,
    tickets: &[Ticket],
    addition: Addition,
    quantity: i64,
) -> Result<GoodsRow> {
    let present = cart.line(&addition.variant_id).map(|line| line.quantity);
    if present.is_none() && cart.lines.len() >= MAX_LINES {
        let words = Text::from(locale()).cart_is_full(&MAX_LINES.to_string());
        return Err(ShopError::field("variant_id", words).into());
    }
    let wanted = present.unwrap_or(0) + quantity;
    check_quantity(wanted)?;
    let title = line_title(&addition.title, &addition.variant_title);
    let wanted_line = WantedLine {
        variant_id: &addition.variant_id,
        title: &title,
        quantity: wanted,
        seen_price_minor: addition.offer.price_minor,
    };
    let found = problem(wanted_line, Some(addition.offer));
    let found = found.or_else(|| shut_out(wanted_line, addition.offer, &addition.source, tickets));
    if let Some(problem) = found {
        return Err(ShopError::lines(vec![problem]).into());
    }

    match cart.line_mut(&addition.variant_id) {
        Some(line) => {
            line.quantity = wanted;
            line.title = addition.title;
            line.variant_title = addition.variant_title;
        }
        None => cart.lines.push(Line {
            variant_id: addition.variant_id,
            quantity: wanted,
            unit_price_minor: addition.offer.price_minor,
            title: addition.title,
            variant_title: addition.variant_title,
            added_at: now,
        }),
    }
    Ok(addition.goods)
}

fn check_quantity(quantity: i64) -> Result<()> {
    if quantity > MAX_QUANTITY {
        let words = Text::from(locale()).too_many_units(&MAX_QUANTITY.to_string());
        return Err(ShopError::field("quantity", words).into());
    }
    Ok(())
}

/// Sets a line's quantity, or removes it at zero. Lowering always works; raising only to what is
/// in stock.
pub async fn set_quantity(
    db: &Store,
    now: i64,
    token: Option<&str>,
    variant_id: &str,
    quantity: i64,
) -> Result<()> {
    check_quantity(quantity)?;
    let mut tx = db.begin().await?;
    let Some(mut cart) = lock(db, &mut tx, token, now).await? else {
        return Ok(());
    };
    if quantity == 0 {
        cart.lines.retain(|line| line.variant_id != variant_id);
        cart.store(&mut tx, now).await?;
        commit(tx, db, token).await?;
        return Ok(());
    }
    let line = cart
        .line_mut(variant_id)
        .ok_or_else(|| ShopError::field("variant_id", Text::from(locale()).not_in_cart()))?;
    if quantity > line.quantity {
        let offer = offer_of(&mut tx, db.dialect(), now, variant_id).await?;
        // A changed price does not prevent a quantity; the cart shows it anyway.
        let offer = offer.map(|offer| Offer {
            price_minor: line.unit_price_minor,
            ..offer
        });
        let title = line_title(&line.title, &line.variant_title);
        let wanted = WantedLine {
            variant_id,
            title: &title,
            quantity,
            seen_price_minor: line.unit_price_minor,
        };
        if let Some(problem) = problem(wanted, offer) {
            return Err(ShopError::lines(vec![problem]).into());
        }
    }
    line.quantity = quantity;
    cart.store(&mut tx, now).await?;
    commit(tx, db, token).await?;
    Ok(())
}

/// The shopper agrees to a line's price as it is now, if that is the one they were shown.
pub async fn accept_price(
    db: &Store,
    now: i64,
    token: Option<&str>,
    variant_id: &str,
    price_minor: i64,
) -> Result<()> {
    let mut tx = db.begin().await?;
    let Some(mut cart) = lock(db, &mut tx, token, now).await? else {
        return Ok(());
    };
    let offer = offer_of(&mut tx, db.dialect(), now, variant_id).await?;
    let is_the_price = offer.is_some_and(|offer| offer.price_minor == price_minor);
    if let Some(line) = cart.line_mut(variant_id).filter(|_| is_the_price) {
        line.unit_price_minor = price_minor;
    }
    cart.store(&mut tx, now).await?;
    commit(tx, db, token).await?;
    Ok(())
}
