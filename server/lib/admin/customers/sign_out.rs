//! Ending what a customer is signed in with, as when a device was lost.

use app::identity::Account;
use serde_json::json;

use crate::{account::session_list, audit_log, error::Result, store::Store};

/// Ends all sessions of the account; how many there were. None leaves no entry.
pub async fn sign_out(db: &Store, now: i64, actor: &Account, account_id: &str) -> Result<u64> {
    let mut tx = db.begin().await?;
    let ended = session_list::end_all(&mut tx, account_id).await?;
    if ended > 0 {
        audit_log::record(
            &mut tx,
            now,
            &actor.email,
            "customer.sign_out",
            ("account", account_id),
            None,
            Some(json!({ "sessions": ended })),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(ended)
}
