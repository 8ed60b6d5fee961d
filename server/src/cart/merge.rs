//! A guest's cart goes into the account's at sign-in.

use std::collections::BTreeMap;

use app::{
    account::types::MergedCart,
    cart::types::{MAX_LINES, MAX_QUANTITY},
};

use super::{store, token};
use crate::{
    db::{FromRow, Get, Sql, Tx, from_row},
    error::Result,
    ids::{hash_secret, is_secret},
    store::{ChangeSet, Store},
};

struct LineToMove {
    variant_id: String,
    quantity: i64,
    unit_price_minor: i64,
    title: String,
    variant_title: String,
    added_at: i64,
    /// Units for sale; none if it is not sold at all.
    stock: Option<i64>,
}

from_row!(LineToMove {
    variant_id,
    quantity,
    unit_price_minor,
    title,
    variant_title,
    added_at,
    stock,
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
    // Somebody else's account does not become a guest by signing in with another.
    let Some(guest) = guest.filter(|token| is_secret(token)) else {
        return count(tx, now, &own).await;
    };
    if store::find(&mut **tx, guest, now).await?.is_none() {
        return count(tx, now, &own).await;
    }
    store::ensure(tx, &own, now).await?;
    // If the guest's cart was just ended by somebody else, an empty one of the account's stays, which
    // is as good as none.
    let (Some(from), Some(to)) = lock_both(db, tx, guest, &own).await? else {
        return count(tx, now, &own).await;
    };
    store::keep(tx, &to, now).await?;
    let incoming = lines(tx, &from).await?;
    let present = lines(tx, &to).await?;
    let merged = write(tx, &to, &incoming, &present).await?;
    // What was typed at the checkout so far goes along, unless the account's cart has its own.
    sqlx::query(
        "UPDATE checkouts SET cart_id = $1 WHERE cart_id = $2 \
         AND NOT EXISTS (SELECT 1 FROM checkouts c WHERE c.cart_id = $1)",
    )
    .bind(&to)
    .bind(&from)
    .execute(&mut **tx)
    .await?;
    sqlx::query("DELETE FROM carts WHERE id = $1")
        .bind(&from)
        .execute(&mut **tx)
        .await?;
    changes.cart(&hash_secret(guest));
    changes.cart(&hash_secret(&own));
    Ok(merged)
}

async fn count(tx: &mut Tx, now: i64, token: &str) -> Result<MergedCart> {
    let Some(id) = store::find(&mut **tx, token, now).await? else {
        return Ok(MergedCart::default());
    };
    let row = sqlx::query(
        "SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) AS n FROM cart_lines WHERE cart_id = $1",
    )
    .bind(&id)
    .fetch_one(&mut **tx)
    .await?;
    Ok(MergedCart {
        count: row.int("n")?,
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
    let (guest, own) = (hash_secret(guest), hash_secret(own));
    let mut sql = Sql::new("SELECT id, token_hash FROM carts WHERE token_hash IN (");
    sql.text(&guest).push(", ").text(&own);
    sql.push(") ORDER BY id").push(db.dialect().for_update());
    let mut ids = BTreeMap::new();
    for row in sql.fetch_all(&mut **tx).await? {
        ids.insert(row.text("token_hash")?, row.text("id")?);
    }
    Ok((ids.remove(&guest), ids.remove(&own)))
}

async fn lines(tx: &mut Tx, cart_id: &str) -> Result<Vec<LineToMove>> {
    sqlx::query(
        "SELECT l.variant_id, l.quantity, l.unit_price_minor, l.title, l.variant_title, l.added_at, \
         CASE WHEN p.active = 1 THEN v.stock END AS stock \
         FROM cart_lines l LEFT JOIN variants v ON v.id = l.variant_id \
         LEFT JOIN products p ON p.id = v.product_id \
         WHERE l.cart_id = $1 ORDER BY l.added_at, l.variant_id",
    )
    .bind(cart_id)
    .fetch_all(&mut **tx)
    .await?
    .iter()
    .map(LineToMove::from_row)
    .collect()
}

/// How many units two lines of one variant make: their sum, up to what is for sale and what a
/// line may hold. Of what cannot be had, the larger one stays, for the cart to tell of.
fn sum(one: i64, other: i64, stock: Option<i64>) -> i64 {
    match stock {
        Some(stock) if stock > 0 => (one + other).min(stock).min(MAX_QUANTITY),
        _ => one.max(other),
    }
}

async fn write(
    tx: &mut Tx,
    cart_id: &str,
    incoming: &[LineToMove],
    present: &[LineToMove],
) -> Result<MergedCart> {
    let mut merged = MergedCart {
        count: present.iter().map(|line| line.quantity).sum(),
        from_both: !incoming.is_empty() && !present.is_empty(),
        ..MergedCart::default()
    };
    let mut held = present.len();
    for line in incoming {
        let here = present.iter().find(|p| p.variant_id == line.variant_id);
        let before = here.map_or(0, |line| line.quantity);
        let quantity = match here {
            Some(here) => sum(here.quantity, line.quantity, line.stock),
            None if held >= MAX_LINES => {
                merged.left_out += 1;
                continue;
            }
            None => {
                held += 1;
                line.quantity
            }
        };
        if quantity < before + line.quantity {
            merged.lowered.push(line.variant_id.clone());
        }
        merged.count += quantity - before;
        // The price is the one seen last; if it is not today's, the cart says so.
        sqlx::query(
            "INSERT INTO cart_lines \
             (cart_id, variant_id, quantity, unit_price_minor, title, variant_title, added_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = excluded.quantity, \
             unit_price_minor = excluded.unit_price_minor",
        )
        .bind(cart_id)
        .bind(&line.variant_id)
        .bind(quantity)
        .bind(line.unit_price_minor)
        .bind(&line.title)
        .bind(&line.variant_title)
        .bind(line.added_at)
        .execute(&mut **tx)
        .await?;
    }
    Ok(merged)
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
