//! What was typed at the checkout of a cart.

use app::checkout::types::Draft;
use sqlx::any::AnyRow;

use crate::{
    db::{FromRow, Get, Sql, Tx},
    error::Result,
    ids::new_secret,
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

impl FromRow for Begun {
    fn from_row(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            checkout_key: row.text("checkout_key")?,
            draft: serde_json::from_str(&row.text("draft")?)?,
        })
    }
}

/// What was told so far.
pub async fn read(db: &Store, cart_id: &str) -> Result<Option<Begun>> {
    let mut sql = Sql::new("SELECT checkout_key, draft FROM checkouts WHERE cart_id = ");
    sql.text(cart_id);
    sql.fetch_optional_as(db.reader()).await
}

pub async fn read_or_begin(db: &Store, now: i64, cart_id: &str) -> Result<Begun> {
    if let Some(found) = read(db, cart_id).await? {
        return Ok(found);
    }
    let mut tx = db.begin().await?;
    begin(&mut tx, now, cart_id, &Draft::default()).await?;
    tx.commit().await?;
    Ok(read(db, cart_id).await?.unwrap_or_default())
}

/// Begins the checkout of a cart, unless it is begun already.
pub(super) async fn begin(tx: &mut Tx, now: i64, cart_id: &str, draft: &Draft) -> Result<()> {
    sqlx::query(
        "INSERT INTO checkouts (cart_id, checkout_key, draft, updated_at) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (cart_id) DO NOTHING",
    )
    .bind(cart_id)
    .bind(new_secret())
    .bind(serde_json::to_string(draft)?)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

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
