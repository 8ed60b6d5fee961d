//! What was typed at the checkout of a cart.

use app::checkout::types::Draft;

use crate::{db::Tx, error::Result, text::email_key};

/// Stores it, and by which address it is found when a person is to be forgotten.
pub async fn write(tx: &mut Tx, now: i64, cart_id: &str, draft: &Draft) -> Result<()> {
    let contact = draft.contact.as_ref();
    let email = contact.map(|contact| email_key(&contact.email));
    sqlx::query(
        "UPDATE checkouts SET draft = $1, email_key = $2, updated_at = $3 WHERE cart_id = $4",
    )
    .bind(serde_json::to_string(draft)?)
    .bind(email.unwrap_or_default())
    .bind(now)
    .bind(cart_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
