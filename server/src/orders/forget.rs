//! Taking a person out of an order, which stays: what was sold, for how much, and to which country.

use crate::{db::Tx, error::Result, ids::new_order_token, payment::events, text::fold};

/// What is in an order in place of the name.
pub const ERASED: &str = "Erased";

/// The country stays, because taxes depend on it. The link that was mailed leads nowhere any more.
pub async fn forget(tx: &mut Tx, id: &str) -> Result<()> {
    sqlx::query(
        "UPDATE orders SET email = '', email_key = '', mailbox = '', search_key = $1, token = $2, \
         account_id = NULL, name = $3, company = '', address_line1 = '', address_line2 = '', \
         postal_code = '', city = '', state = '', phone = '', billing_name = NULL, \
         billing_company = NULL, billing_address_line1 = NULL, billing_address_line2 = NULL, \
         billing_postal_code = NULL, billing_city = NULL, billing_state = NULL, \
         billing_country = NULL, vat_id = '', customer_note = '', payment_label = '', \
         confirm_hash = NULL WHERE id = $4",
    )
    .bind(fold(ERASED))
    .bind(new_order_token(id))
    .bind(ERASED)
    .bind(id)
    .execute(&mut **tx)
    .await?;
    for sql in [
        "DELETE FROM order_old_tokens WHERE order_id = $1",
        "UPDATE payment_attempts SET token = '', url = NULL WHERE order_id = $1",
        "UPDATE fulfilments SET tracking_number = '' WHERE order_id = $1",
        "UPDATE refunds SET note = '', fault = '' WHERE order_id = $1",
        "UPDATE transfers SET note = '' WHERE order_id = $1",
        // What the staff wrote may tell of the person.
        "UPDATE order_events SET text = '' WHERE order_id = $1",
    ] {
        sqlx::query(sql).bind(id).execute(&mut **tx).await?;
    }
    events::forget(tx, id).await
}
