//! Carts in the database.

use app::{
    cart::{
        ports::CartItem,
        types::{CartLine, CartView, MAX_LINES, MAX_QUANTITY},
    },
    catalog::types::{Thumb, Units, variant_title},
    error::{LineProblem, ShopError},
    locale::locale,
};
use sqlx::any::AnyRow;

use super::{
    check::{Offer, WantedLine, line_title, problem, problem_within, shut_out},
    lines::{Line, LockedCart},
    text::Text,
    token::{account_of, is_token, key, new_guests},
};
use crate::{
    admission::ticket::Ticket,
    buyer_limits::{
        decide::{LimitedLine, Stop},
        store as limits,
    },
    db::{Dialect, Ending, FromRow, Get, Session, Sql, Tx, from_row},
    error::Result,
    ids::{is_id, new_id},
    sale::{
        lines::Lines,
        terms::{Shelf, Source, Terms},
    },
    settings::cart_lifetime,
    store::{ChangeSet, Store},
};

/// The cart behind a cookie, unless it has expired.
pub async fn id_of(db: &Store, token: Option<&str>, now: i64) -> Result<Option<String>> {
    match token.filter(|token| is_token(token)) {
        Some(token) => find(db.reader(), token, now).await,
        None => Ok(None),
    }
}

/// Whether the cart behind a cookie was made before a time.
pub async fn began_before(db: &Store, token: &str, time: i64) -> Result<bool> {
    let mut sql = Sql::new("SELECT 1 AS n FROM carts WHERE token_hash = ");
    sql.text(key(token));
    sql.push(" AND created_at < ").int(time);
    Ok(sql.fetch_optional(db.reader()).await?.is_some())
}

/// A line as it was put into the cart.
struct Stored {
    quantity: i64,
    unit_price_minor: i64,
    title: String,
    variant_title: String,
}

from_row!(Stored {
    quantity,
    unit_price_minor,
    title,
    variant_title,
});

/// The columns that a [`Shelf`] is read from, for a `SELECT` from `variants v` and `products p`.
pub(super) const SHELF: &str =
    "v.available AS stock, v.price_minor, p.active, p.shown_from, p.sold_from";

/// `None` for a variant that is gone.
impl FromRow for Option<Shelf> {
    fn from_row(row: &AnyRow) -> Result<Self> {
        let Some(active) = row.read::<Option<bool>>("active")? else {
            return Ok(None);
        };
        Ok(Some(Shelf {
            active,
            shown_from: row.int("shown_from")?,
            sold_from: row.int("sold_from")?,
            units: row.int("stock")?,
            price_minor: row.int("price_minor")?,
        }))
    }
}

/// What the shop has of a row's variant; what is not seen (yet) is as good as gone.
pub(super) fn offer(row: &AnyRow, variant_id: &str, lines: &Lines) -> Result<Option<Offer>> {
    let shelf = Option::<Shelf>::from_row(row)?;
    Ok(shelf.map(|shelf| Offer::from(&lines.terms(variant_id, shelf))))
}

/// What drops say of the variants of these rows.
pub(super) async fn lines_of(
    connection: &mut impl Session,
    dialect: Dialect,
    now: i64,
    rows: &[AnyRow],
) -> Result<Lines> {
    let variants = rows.iter().map(|row| row.text("variant_id"));
    let variants = variants.collect::<Result<Vec<_>>>()?;
    let variants: Vec<&str> = variants.iter().map(String::as_str).collect();
    Lines::of_variants(connection, dialect, now, &variants).await
}

/// Every line with what stands in its way now. Limits count what the account has ordered, whose cart it is.
pub async fn view(
    db: &Store,
    now: i64,
    cart_id: &str,
    account_id: Option<&str>,
    currency: &str,
) -> Result<CartView> {
    let mut sql = Sql::new("SELECT l.variant_id, l.quantity, l.unit_price_minor, l.title, ");
    sql.push(format!(
        "p.title AS product_title, l.variant_title, {SHELF}, v.product_id, p.slug, \
         COALESCE(v.picture_src, (SELECT src FROM pictures i WHERE i.product_id = p.id \
           ORDER BY i.position LIMIT 1)) AS picture_src, \
         COALESCE((SELECT f.cut_out FROM picture_facts f WHERE f.src = COALESCE(v.picture_src, \
           (SELECT src FROM pictures i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1))), 0) \
           AS picture_cut_out, \
         CASE WHEN v.tracked = 1 THEN v.stock ELSE v.available END AS on_shelf \
         FROM cart_lines l LEFT JOIN variants v ON v.id = l.variant_id \
         LEFT JOIN products p ON p.id = v.product_id WHERE l.cart_id = "
    ))
    .text(cart_id)
    .push(" ORDER BY l.added_at, l.variant_id");
    let mut connection = db.reader().acquire().await?;
    let rows = sql.fetch_all(&mut *connection).await?;
    let drops = lines_of(&mut connection, db.dialect(), now, &rows).await?;
    let stops = stops(
        &mut connection,
        (db.dialect(), now),
        account_id,
        &rows,
        &drops,
    )
    .await?;
    let mut cart = CartView::empty(currency);
    for (row, stop) in rows.iter().zip(&stops) {
        let variant_id = row.text("variant_id")?;
        let shelf = Option::<Shelf>::from_row(row)?;
        let terms = shelf.map(|shelf| drops.terms(&variant_id, shelf));
        let offer = terms.as_ref().map(Offer::from);
        let Stored {
            quantity,
            unit_price_minor,
            title,
            variant_title,
        } = Stored::from_row(row)?;
        // What it is called by now, and looks like, is not told of what is secret.
        let is_secret = row.maybe_int("shown_from")?.is_some_and(|from| from > now)
            && !offer.is_some_and(|offer| offer.active);
        let title = match row.maybe_text("product_title")? {
            Some(present) if !is_secret => present,
            Some(_) | None => title,
        };
        let problem = problem_within(
            WantedLine {
                variant_id: &variant_id,
                title: &line_title(&title, &variant_title),
                quantity,
                seen_price_minor: unit_price_minor,
            },
            offer,
            stop.as_ref(),
        );
        let total_minor = unit_price_minor * quantity;
        cart.count += quantity;
        // What cannot be had at all is shown without a price.
        if !problem.as_ref().is_some_and(LineProblem::is_gone) {
            cart.subtotal_minor += total_minor;
        }
        cart.lines.push(CartLine {
            variant_id,
            product_slug: match offer {
                Some(Offer { active: true, .. }) => row.maybe_text("slug")?,
                Some(Offer { active: false, .. }) | None => None,
            },
            title,
            variant_title,
            picture: match is_secret {
                true => Thumb::default(),
                false => row.read("picture_src")?,
            },
            quantity,
            unit_price_minor,
            total_minor,
            back_order: terms.map_or(Ok(0), |terms| beyond_shelf(row, &terms, quantity))?,
            problem,
        });
    }
    Ok(cart)
}

/// How many of a line's units can be had and are not there yet.
fn beyond_shelf(row: &AnyRow, terms: &Terms, quantity: i64) -> Result<i64> {
    let there = terms.there(Units {
        available: terms.units,
        on_shelf: row.maybe_int("on_shelf")?.unwrap_or_default(),
    });
    let had = quantity.min(there.available.max(0));
    Ok((had - there.on_shelf.max(0)).max(0))
}

/// Where limits stand in the way of a cart's lines, in their order.
async fn stops(
    connection: &mut impl Session,
    (dialect, now): (Dialect, i64),
    account_id: Option<&str>,
    rows: &[AnyRow],
    drops: &Lines,
) -> Result<Vec<Option<Stop>>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let product_id = row.maybe_text("product_id")?.unwrap_or_default();
        let variant_id = row.text("variant_id")?;
        let shelf = Option::<Shelf>::from_row(row)?;
        let source = shelf.map(|shelf| drops.terms(&variant_id, shelf).source);
        lines.push((variant_id, product_id, row.int("quantity")?, source));
    }
    let wanted: Vec<LimitedLine<'_>> = lines
        .iter()
        .map(|(variant_id, product_id, quantity, source)| LimitedLine {
            variant_id,
            product_id,
            drop_id: source.as_ref().and_then(Source::drop_id),
            quantity: *quantity,
        })
        .collect();
    let known = limits::for_cart(connection, dialect, now, account_id, &wanted);
    let (limits, buyer) = known.await?;
    Ok(limits.stops(&wanted, &buyer))
}

/// What is known of a variant when it goes into a cart.
struct Addition {
    variant_id: String,
    title: String,
    variant_title: String,
    offer: Offer,
    source: Source,
}

async fn find_item(tx: &mut Tx, dialect: Dialect, now: i64, item: &CartItem) -> Result<Addition> {
    let mut sql = Sql::new(&format!(
        "SELECT v.id AS variant_id, v.option1, v.option2, v.option3, {SHELF}, p.title \
         FROM variants v JOIN products p ON p.id = v.product_id WHERE ",
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
    let found = sql.fetch_optional(&mut **tx).await?;
    let row = found.ok_or_else(no_such_variant)?;
    let drops = lines_of(tx, dialect, now, std::slice::from_ref(&row)).await?;
    let variant_id = row.text("variant_id")?;
    let shelf = Option::<Shelf>::from_row(&row)?.ok_or_else(no_such_variant)?;
    let terms = drops.terms(&variant_id, shelf);
    // Of what is secret nobody learns that it is there.
    if !terms.is_seen && shelf.shown_from > now {
        return Err(no_such_variant().into());
    }
    Ok(Addition {
        title: row.text("title")?,
        variant_title: variant_title(&row.options()?),
        offer: Offer::from(&terms),
        source: terms.source,
        variant_id,
    })
}

fn no_such_variant() -> ShopError {
    ShopError::field("variant_id", Text::from(locale()).no_such_variant())
}

/// Puts units into the cart and returns its token and id. An unknown or expired token gets a new
/// cart: a token somebody made up is never adopted.
pub async fn add(
    db: &Store,
    now: i64,
    token: Option<&str>,
    tickets: &[Ticket],
    item: CartItem,
    quantity: i64,
) -> Result<(String, String)> {
    let mut tx = db.begin().await?;
    let addition = find_item(&mut tx, db.dialect(), now, &item).await?;
    let (token, mut cart) = match lock(db, &mut tx, token, now).await? {
        Some(cart) => (token.unwrap_or_default().to_owned(), cart),
        None => {
            // An account's cart has one name; a guest's gets a secret of its own.
            let of_account = token.filter(|token| account_of(token).is_some());
            let token = of_account.map_or_else(new_guests, str::to_owned);
            let cart = open(&mut tx, &token, now).await?;
            (token, cart)
        }
    };

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
    cart.store(&mut tx, now).await?;
    commit(tx, db, Some(&token)).await?;
    Ok((token, cart.id))
}

/// What the shop has of a variant now.
async fn offer_of(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    variant_id: &str,
) -> Result<Option<Offer>> {
    let mut sql = Sql::new(&format!(
        "SELECT v.id AS variant_id, {SHELF} FROM variants v JOIN products p ON p.id = v.product_id \
         WHERE v.id = "
    ));
    sql.text(variant_id);
    let Some(row) = sql.fetch_optional(&mut **tx).await? else {
        return Ok(None);
    };
    let drops = lines_of(tx, dialect, now, std::slice::from_ref(&row)).await?;
    offer(&row, variant_id, &drops)
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
) -> Result<Option<String>> {
    check_quantity(quantity)?;
    let mut tx = db.begin().await?;
    let Some(mut cart) = lock(db, &mut tx, token, now).await? else {
        return Ok(None);
    };
    if quantity == 0 {
        cart.lines.retain(|line| line.variant_id != variant_id);
        cart.store(&mut tx, now).await?;
        commit(tx, db, token).await?;
        return Ok(Some(cart.id));
    }
    let line = cart
        .line_mut(variant_id)
        .ok_or_else(|| ShopError::field("variant_id", Text::from(locale()).not_in_cart()))?;
    if quantity > line.quantity {
        let offer = offer_of(&mut tx, db.dialect(), now, variant_id).await?;
        // A changed price does not stand in the way of a quantity; the cart shows it anyway.
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
    Ok(Some(cart.id))
}

/// The shopper agrees to a line's price as it is now, if that is the one they were shown.
pub async fn accept_price(
    db: &Store,
    now: i64,
    token: Option<&str>,
    variant_id: &str,
    price_minor: i64,
) -> Result<Option<String>> {
    let mut tx = db.begin().await?;
    let Some(mut cart) = lock(db, &mut tx, token, now).await? else {
        return Ok(None);
    };
    let offer = offer_of(&mut tx, db.dialect(), now, variant_id).await?;
    let is_the_price = offer.is_some_and(|offer| offer.price_minor == price_minor);
    if let Some(line) = cart.line_mut(variant_id).filter(|_| is_the_price) {
        line.unit_price_minor = price_minor;
    }
    cart.store(&mut tx, now).await?;
    commit(tx, db, token).await?;
    Ok(Some(cart.id))
}

/// Makes the cart of this token, unless it is there already.
async fn open(tx: &mut Tx, token: &str, now: i64) -> Result<LockedCart> {
    let row = sqlx::query(concat!(
        "INSERT INTO carts (id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $3 + ",
        cart_lifetime!(),
        ") ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at, is_copy = 0 \
         RETURNING id, lines"
    ))
    .bind(new_id())
    .bind(key(token))
    .bind(now)
    .fetch_one(&mut **tx)
    .await?;
    LockedCart::from_row(&row)
}

/// Makes the cart of this token unless it is there already, without locking one that is.
pub(super) async fn ensure(tx: &mut Tx, token: &str, now: i64) -> Result<()> {
    sqlx::query(concat!(
        "INSERT INTO carts (id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $3 + ",
        cart_lifetime!(),
        ") ON CONFLICT (token_hash) DO NOTHING"
    ))
    .bind(new_id())
    .bind(key(token))
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The id of a cart that has not expired.
pub(super) async fn find(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    token: &str,
    now: i64,
) -> Result<Option<String>> {
    sqlx::query("SELECT id FROM carts WHERE token_hash = $1 AND expires_at > $2")
        .bind(key(token))
        .bind(now)
        .fetch_optional(read)
        .await?
        .map(|row| row.text("id"))
        .transpose()
}

/// Locks the cart for a change.
pub(super) async fn lock(
    db: &Store,
    tx: &mut Tx,
    token: Option<&str>,
    now: i64,
) -> Result<Option<LockedCart>> {
    let Some(token) = token.filter(|token| is_token(token)) else {
        return Ok(None);
    };
    let mut sql = Sql::new("SELECT id, lines FROM carts WHERE token_hash = ");
    sql.text(key(token))
        .push(" AND expires_at > ")
        .int(now)
        .push(db.dialect().for_update());
    sql.fetch_optional_as(&mut **tx).await
}

pub(super) async fn commit(tx: Tx, db: &Store, token: Option<&str>) -> Result<()> {
    let mut changes = ChangeSet::default();
    if let Some(token) = token {
        changes.cart(&key(token));
    }
    changes.commit(tx, db).await.map(drop)
}

const CARTS: Ending = Ending {
    table: "carts",
    key: "id",
    at: "expires_at",
};

/// Forgets carts that have expired. Returns how many.
pub async fn drop_expired(db: &Store, now: i64) -> Result<u64> {
    CARTS.drop_until(db, now).await
}
