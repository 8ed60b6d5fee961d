//! What shoppers do to their carts: put something in, change how many, agree to a price.

use app::{
    cart::{
        ports::CartItem,
        types::{MAX_LINES, MAX_QUANTITY},
    },
    catalog::types::variant_title,
    error::ShopError,
    locale::locale,
};

use super::{
    beginnings::Beginnings,
    check::{Offer, WantedLine, line_title, problem, shut_out},
    lines::{Line, LockedCart},
    offers::{SHELF, offer_of},
    store::{commit, lock, lock_or_begin},
    text::Text,
    token::{is_token, key, new_guests},
    view::{GoodsRow, goods},
};
use crate::{
    admission::ticket::Ticket,
    db::{Connection, Dialect, Sql, from_row},
    error::Result,
    ids::is_id,
    sale::{lines::Lines, terms::Source},
    store::Store,
};

/// What is known of a variant when it goes into a cart.
pub(super) struct Addition {
    pub variant_id: String,
    pub title: String,
    pub variant_title: String,
    pub offer: Offer,
    source: Source,
    goods: GoodsRow,
}

/// A variant as it is found.
struct FoundVariant {
    variant_id: String,
    options: Vec<String>,
    goods: GoodsRow,
}

from_row!(FoundVariant {
    variant_id,
    options: row,
    goods: row,
});

/// What came of putting something into a cart.
pub struct Added {
    pub token: String,
    /// All that is in a cart that has just begun.
    pub(super) only: Option<(Line, GoodsRow)>,
}

pub(super) async fn find_item(
    connection: &mut Connection,
    dialect: Dialect,
    now: i64,
    item: &CartItem,
) -> Result<Addition> {
    let mut sql = Sql::new(&format!(
        "SELECT v.id AS variant_id, v.option1, v.option2, v.option3, {SHELF}, {} \
         FROM variants v JOIN products p ON p.id = v.product_id WHERE ",
        goods("v.id"),
    ));
    match item {
        CartItem::Variant(id) if is_id(id) => {
            sql.push("v.id = ").text(id);
        }
        CartItem::Options {
            product_id,
            values: [one, two, three],
        } if is_id(product_id) => {
            sql.push("v.product_id = ").text(product_id);
            sql.push(" AND v.option1 = ").text(one);
            sql.push(" AND v.option2 = ").text(two);
            sql.push(" AND v.option3 = ").text(three);
        }
        _ => return Err(no_such_variant().into()),
    }
    let found: Option<FoundVariant> = sql.fetch_optional_as(&mut *connection).await?;
    let found = found.ok_or_else(no_such_variant)?;
    let goods = found.goods;
    let shelf = goods.shelf.ok_or_else(no_such_variant)?;
    let named = Some(found.variant_id.as_str()).filter(|_| goods.is_in_drop);
    let drops = Lines::of_variants(connection, dialect, now, named.as_slice()).await?;
    let terms = drops.terms(&found.variant_id, shelf);
    // Of what is secret nobody learns that it is there.
    if !terms.is_seen && shelf.shown_from > now {
        return Err(no_such_variant().into());
    }
    Ok(Addition {
        title: goods.product_title.clone().unwrap_or_default(),
        variant_title: variant_title(&found.options),
        offer: Offer::from(&terms),
        source: terms.source,
        variant_id: found.variant_id,
        goods,
    })
}

fn no_such_variant() -> ShopError {
    ShopError::field("variant_id", Text::from(locale()).no_such_variant())
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
        return begin(db, beginnings, now, tickets, item, quantity).await;
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
    db: &Store,
    beginnings: &Beginnings,
    now: i64,
    tickets: &[Ticket],
    item: CartItem,
    quantity: i64,
) -> Result<Added> {
    let token = new_guests();
    let mut cart = LockedCart::new(key(&token));
    let mut connection = db.connection().await?;
    let addition = find_item(&mut connection, db.dialect(), now, &item).await?;
    drop(connection);
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
