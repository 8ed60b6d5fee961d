//! What was typed at the checkout of a cart.

use app::checkout::types::Draft;

use crate::{
    db::{Sql, Tx, from_row},
    error::Result,
    ids::new_checkout_key,
    store::Store,
    text::email_key,
};

/// A checkout as far as it has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begun {
    /// Under which the cart's next order is placed.
    pub checkout_key: String,
    pub draft: Draft,
}

from_row!(Begun {
    checkout_key,
    draft: json,
});

/// What was told until now. `None` before the checkout's first step.
pub async fn read(db: &Store, cart_id: &str) -> Result<Option<Begun>> {
    let mut sql =
        Sql::new("SELECT checkout_key, draft FROM carts WHERE draft IS NOT NULL AND id = ");
    sql.text(cart_id);
    sql.fetch_optional_as(db.reader()).await
}

pub async fn read_or_begin(db: &Store, now: i64, cart_id: &str) -> Result<Begun> {
    if let Some(found) = read(db, cart_id).await? {
        return Ok(found);
    }
    let mut tx = db.begin().await?;
    // Begins the checkout, unless it is begun already.
    sqlx::query(
        "UPDATE carts SET checkout_key = $1, draft = $2, draft_at = $3 \
         WHERE id = $4 AND draft IS NULL",
    )
    .bind(new_checkout_key())
    .bind(serde_json::to_string(&Draft::default())?)
    .bind(now)
    .bind(cart_id)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(read(db, cart_id).await?.unwrap_or_default())
}

/// Stores it, and by which address it is found when a person is to be forgotten. The cart's next order
/// gets a key, unless it has one.
pub async fn write(tx: &mut Tx, now: i64, cart_id: &str, draft: &Draft) -> Result<()> {
    let contact = draft.contact.as_ref();
    let email = contact.map(|contact| email_key(&contact.email));
    sqlx::query(
        "UPDATE carts SET draft = $1, email_key = $2, draft_at = $3, \
         checkout_key = COALESCE(checkout_key, $4) WHERE id = $5",
    )
    .bind(serde_json::to_string(draft)?)
    .bind(email.unwrap_or_default())
    .bind(now)
    .bind(new_checkout_key())
    .bind(cart_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
