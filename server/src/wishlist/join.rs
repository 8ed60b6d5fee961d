//! A device's wishlist goes into the account's at sign-in.

use app::wishlist::{cookies::WISHLIST, types::MAX_ITEMS};

use super::store;
use crate::{
    db::{Sql, Tx},
    error::Result,
    feature::SigningIn,
};

/// Puts what the device's list holds into the account's, newest first as far as there is room, and ends
/// the device's.
pub async fn join(tx: &mut Tx, signing_in: &SigningIn<'_>) -> Result<()> {
    let SigningIn {
        visitor,
        account_id,
        now,
    } = *signing_in;
    let Some(token) = visitor.of_device(WISHLIST) else {
        return Ok(());
    };
    let Some(from) = store::keep(tx, now, token).await? else {
        return Ok(());
    };
    let to = store::of_account(tx, now, account_id).await?;
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM wishlist_items WHERE wishlist_id = ");
    sql.text(&to);
    let held: i64 = sql.fetch_value(&mut **tx).await?;
    sqlx::query(
        "INSERT INTO wishlist_items (wishlist_id, product_id, title, added_at) \
         SELECT $1, d.product_id, d.title, d.added_at FROM wishlist_items d \
         WHERE d.wishlist_id = $2 AND NOT EXISTS (SELECT 1 FROM wishlist_items o \
         WHERE o.wishlist_id = $1 AND o.product_id = d.product_id) \
         ORDER BY d.added_at DESC, d.product_id LIMIT $3",
    )
    .bind(&to)
    .bind(&from)
    .bind((MAX_ITEMS - held).max(0))
    .execute(&mut **tx)
    .await?;
    sqlx::query("DELETE FROM wishlists WHERE id = $1")
        .bind(&from)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
