//! What admins are told of an order's money by mail.

use crate::{
    db::{Dialect, Sql, Tx},
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
    let admins: Vec<String> = Sql::new("SELECT id FROM accounts WHERE role = 'admin' ORDER BY id")
        .fetch_values(&mut **tx)
        .await?;
    let mails: Vec<Mail> = admins
        .into_iter()
        .map(|account_id| Mail::PaymentTrouble {
            account_id,
            order_id: order_id.to_owned(),
            amount_minor,
            trouble: trouble.clone(),
        })
        .collect();
    queue_all(tx, dialect, now, &mails).await
}
