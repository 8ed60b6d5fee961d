//! The row of a cart, and what was typed at its checkout.

use app::checkout::types::Draft;

use crate::{
    db::{Sql, from_row},
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

/// A cart, without what is in it. It is read by its token in one statement, so that nothing of it is another cart's
/// that the token led to a moment before.
#[derive(Debug, Clone)]
pub struct CartRow {
    pub id: String,
    /// What was told until now; `None` before the checkout's first step.
    pub begun: Option<Begun>,
    /// Whether this is the copy that an old token leads to.
    pub is_copy: bool,
    pub is_empty: bool,
}

from_row!(CartRow {
    id,
    begun: row_if "draft",
    is_copy,
    is_empty,
});

/// The columns of a [`CartRow`], for a `SELECT` from `carts c`.
pub(super) const ROW: &str = "c.id, c.checkout_key, c.draft, c.is_copy, \
     CASE WHEN c.lines = '[]' THEN 1 ELSE 0 END AS is_empty";

impl CartRow {
    /// What was told until now.
    pub fn draft(&self) -> Draft {
        let begun = self.begun.as_ref();
        begun.map(|begun| begun.draft.clone()).unwrap_or_default()
    }
}

/// Begins the checkout of a cart, unless it is begun already.
pub async fn begin(db: &Store, now: i64, cart_id: &str) -> Result<Begun> {
    let begun = Begun {
        checkout_key: new_checkout_key(),
        draft: Draft::default(),
    };
    let mut sql = Sql::new("UPDATE carts SET checkout_key = ");
    sql.text(&begun.checkout_key).push(", draft = ");
    sql.text(serde_json::to_string(&begun.draft)?);
    sql.push(", draft_at = ").int(now).push(" WHERE id = ");
    sql.text(cart_id).push(" AND draft IS NULL");
    if db.write(sql).await? > 0 {
        return Ok(begun);
    }
    let mut sql =
        Sql::new("SELECT checkout_key, draft FROM carts WHERE draft IS NOT NULL AND id = ");
    sql.text(cart_id);
    let found: Option<Begun> = sql.fetch_optional_as(db.reader()).await?;
    Ok(found.unwrap_or_default())
}

/// The key of the address that was told; empty before there is one. By it a cart is found when a person is to be forgotten.
pub(super) fn told_email_key(draft: &Draft) -> String {
    let contact = draft.contact.as_ref();
    let email = contact.map(|contact| email_key(&contact.email));
    email.unwrap_or_default()
}
