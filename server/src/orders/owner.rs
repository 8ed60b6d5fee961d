//! What admins are told of an order's money by mail.

use crate::{
    db::{Dialect, Get, Tx},
    error::Result,
    outbox::{Mail, Trouble, queue_all},
};

/// Tells every admin.
pub async fn tell(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    order_id: &str,
    amount_minor: i64,
    trouble: &Trouble,
) -> Result<()> {
    let admins = sqlx::query("SELECT id FROM accounts WHERE role = 'admin' ORDER BY id")
        .fetch_all(&mut **tx)
        .await?;
    let mails: Vec<Mail> = admins
        .iter()
        .map(|admin| {
            Ok(Mail::PaymentTrouble {
                account_id: admin.text("id")?,
                order_id: order_id.to_owned(),
                amount_minor,
                trouble: trouble.clone(),
            })
        })
        .collect::<Result<_>>()?;
    queue_all(tx, dialect, now, &mails).await
}
