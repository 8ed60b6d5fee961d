//! What is asked about at a provider now and then, until it is over.

use crate::{db::Sql, error::Result, store::Store};

/// What of an order is looked at.
#[derive(Debug, Clone, Copy)]
pub enum Looked {
    Disputes,
    OtherSums,
}

/// Puts the next look off. It is done before the look, so that one that fails lets others go before it.
pub async fn put_off(db: &Store, now: i64, order_id: &str, looked: Looked) -> Result<()> {
    let mut sql = Sql::new(match looked {
        Looked::Disputes => "UPDATE disputes SET looked_at = ",
        Looked::OtherSums => "UPDATE other_sums SET looked_at = ",
    });
    sql.int(now).push(" WHERE order_id = ").text(order_id);
    let mut tx = db.begin().await?;
    sql.execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}
