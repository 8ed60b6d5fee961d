//! Whether the shop takes orders, in the database.

use app::shop::Opening;

use crate::{
    db::{Sql, Tx, stored_words},
    error::Result,
};

stored_words!(Opening);

/// Turns it from one to another; whether it was the first.
pub async fn turn(tx: &mut Tx, from: Opening, to: Opening) -> Result<bool> {
    let mut sql = Sql::new("UPDATE shop_settings SET opening = ");
    sql.text(to.as_str())
        .push(" WHERE id = 1 AND opening = ")
        .text(from.as_str());
    Ok(sql.execute(&mut **tx).await? == 1)
}
