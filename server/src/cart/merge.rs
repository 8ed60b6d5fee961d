//! A guest's cart goes into the account's at sign-in.

use std::collections::BTreeMap;

use app::{
    account::types::MergedCart,
    cart::types::{MAX_LINES, MAX_QUANTITY},
};

use super::{
    lines::{Line, LockedCart},
    offers::{SHELF, offer},
    store, token,
};
use crate::{
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    ids::is_secret,
    sale::{lines::Lines, terms::Shelf},
    store::{ChangeSet, Store},
    waits::offered::go_along,
};

struct LineToMove {
    line: Line,
    /// Units for sale; none if it is not sold at all.
    stock: Option<i64>,
}

struct LineOnShelf {
    line: Line,
    shelf: Option<Shelf>,
}

from_row!(LineOnShelf {
    line: row,
    shelf: row,
});

/// Puts what a guest's cart holds into the account's, each line up to what can be ordered, and
/// ends the guest's cart. Without a guest's cart it only counts.
pub async fn merge(
    tx: &mut Tx,
    db: &Store,
    now: i64,
    guest: Option<&str>,
    account_id: &str,
    changes: &mut ChangeSet,
) -> Result<MergedCart> {
    let own = token::of_account(account_id);
    // Someone else's account does not become a guest by signing in with another.
    let Some(guest) = guest.filter(|token| is_secret(token)) else {
        return count(tx, now, &own).await;
    };
    if store::find(&mut **tx, guest, now).await?.is_none() {
        return count(tx, now, &own).await;
    }
    store::ensure(tx, &own, now).await?;
    // If the guest's cart was just ended by someone else, an empty one of the account's stays, which
    // is as good as none.
    let (Some(from), Some(to)) = lock_both(db, tx, guest, &own).await? else {
        return count(tx, now, &own).await;
    };
    let incoming = lines(tx, db.dialect(), now, &from).await?;
    let mut cart = LockedCart {
        lines: lines(tx, db.dialect(), now, &to)
            .await?
            .into_iter()
            .map(|moved| moved.line)
            .collect(),
        id: to,
        begins_as: None,
    };
    let merged = put_in(&mut cart, incoming);
    cart.store(tx, now).await?;
    go_along(tx, &from, &cart.id).await?;
    // What was typed at the checkout goes along, unless the account's cart has its own.
    sqlx::query(
        "UPDATE carts SET checkout_key = guest.checkout_key, draft = guest.draft, \
         draft_at = guest.draft_at, email_key = guest.email_key \
         FROM (SELECT checkout_key, draft, draft_at, email_key FROM carts WHERE id = $2) AS guest \
         WHERE carts.id = $1 AND carts.draft IS NULL AND guest.draft IS NOT NULL",
    )
    .bind(&cart.id)
    .bind(&from)
    .execute(&mut **tx)
    .await?;
    sqlx::query("DELETE FROM carts WHERE id = $1")
        .bind(&from)
        .execute(&mut **tx)
        .await?;
    changes.cart(&token::key(guest));
    changes.cart(&token::key(&own));
    Ok(merged)
}

async fn count(tx: &mut Tx, now: i64, token: &str) -> Result<MergedCart> {
    let Some(id) = store::find(&mut **tx, token, now).await? else {
        return Ok(MergedCart::default());
    };
    let mut sql = Sql::new(
        "SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) AS n FROM cart_lines WHERE cart_id = ",
    );
    sql.text(id);
    Ok(MergedCart {
        count: sql.fetch_value(&mut **tx).await?,
        ..MergedCart::default()
    })
}

/// Locks both carts in id order, as placing orders does; their ids.
async fn lock_both(
    db: &Store,
    tx: &mut Tx,
    guest: &str,
    own: &str,
) -> Result<(Option<String>, Option<String>)> {
    let (guest, own) = (token::key(guest), token::key(own));
    let mut sql = Sql::new("SELECT token_hash, id FROM carts WHERE token_hash IN (");
    sql.text(&guest).push(", ").text(&own);
    sql.push(") ORDER BY id").push(db.dialect().for_update());
    let found: Vec<(String, String)> = sql.fetch_all_as(&mut **tx).await?;
    let mut ids: BTreeMap<_, _> = found.into_iter().collect();
    Ok((ids.remove(&guest), ids.remove(&own)))
}

async fn lines(tx: &mut Tx, dialect: Dialect, now: i64, cart_id: &str) -> Result<Vec<LineToMove>> {
    let mut sql = Sql::new(&format!(
        "SELECT l.variant_id, l.quantity, l.unit_price_minor, l.title, l.variant_title, l.added_at, \
         {SHELF} FROM cart_lines l LEFT JOIN variants v ON v.id = l.variant_id \
         LEFT JOIN products p ON p.id = v.product_id WHERE l.cart_id = "
    ));
    sql.text(cart_id).push(" ORDER BY l.added_at, l.variant_id");
    let rows: Vec<LineOnShelf> = sql.fetch_all_as(&mut **tx).await?;
    let variants: Vec<&str> = rows
        .iter()
        .map(|row| row.line.variant_id.as_str())
        .collect();
    let drops = Lines::of_variants(tx, dialect, now, &variants).await?;
    let lines = rows.into_iter().map(|LineOnShelf { line, shelf }| {
        let offer = offer(shelf, &line.variant_id, &drops);
        let stock = offer.filter(|offer| offer.active).map(|offer| offer.stock);
        LineToMove { line, stock }
    });
    Ok(lines.collect())
}

/// How many units two lines of one variant make: their sum, up to what is for sale and what a
/// line may hold. Of what cannot be had, the larger one stays, for the cart to tell of.
fn sum(one: i64, other: i64, stock: Option<i64>) -> i64 {
    match stock {
        Some(stock) if stock > 0 => (one + other).min(stock).min(MAX_QUANTITY),
        _ => one.max(other),
    }
}

fn put_in(cart: &mut LockedCart, incoming: Vec<LineToMove>) -> MergedCart {
    let mut merged = MergedCart {
        count: cart.lines.iter().map(|line| line.quantity).sum(),
        from_both: !incoming.is_empty() && !cart.lines.is_empty(),
        ..MergedCart::default()
    };
    for LineToMove { line, stock } in incoming {
        let held = cart.lines.len();
        let here = cart.line_mut(&line.variant_id);
        let before = here.as_ref().map_or(0, |line| line.quantity);
        let quantity = match &here {
            Some(here) => sum(here.quantity, line.quantity, stock),
            None if held >= MAX_LINES => {
                merged.left_out += 1;
                continue;
            }
            None => line.quantity,
        };
        if quantity < before + line.quantity {
            merged.lowered.push(line.variant_id.clone());
        }
        merged.count += quantity - before;
        match here {
            // The price is the one seen last; if it is not today's, the cart says so.
            Some(here) => {
                here.quantity = quantity;
                here.unit_price_minor = line.unit_price_minor;
            }
            None => cart.lines.push(line),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    fn two_lines_make_their_sum_as_far_as_it_can_be_ordered() {
        assert_eq!(sum(2, 3, Some(10)), 5);
        assert_eq!(sum(2, 3, Some(4)), 4);
        assert_eq!(sum(60, 60, Some(500)), 99);
        assert_eq!(sum(5, 1, Some(2)), 2);
        assert_eq!(sum(5, 1, Some(0)), 5);
        assert_eq!(sum(1, 2, None), 2);
    }
}
