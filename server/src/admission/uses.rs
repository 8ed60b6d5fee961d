//! Which tickets have been used: a row is written with the order, and goes with it when the order is cancelled.

use std::collections::BTreeSet;

use super::gate::Pass;
use crate::{
    db::{Columns, Dialect, FromRow, Rows, Session, Sql, Tx},
    error::Result,
};

/// Names a ticket that was used: its drop, and its id.
pub type Used = (String, String);

/// Asks which of these tickets were used.
pub fn asked<T: AsRef<str>>(dialect: Dialect, ticket_ids: impl IntoIterator<Item = T>) -> Sql {
    let mut sql = Sql::new("SELECT drop_id, ticket_id FROM room_uses WHERE ticket_id");
    sql.among(dialect, ticket_ids);
    sql
}

/// What [`asked`] is answered.
pub fn told<R: Columns>(rows: &[R]) -> Result<BTreeSet<Used>> {
    rows.iter().map(Used::from_row).collect()
}

/// Those of these tickets that were used.
pub async fn of_tickets(
    mut session: impl Session,
    dialect: Dialect,
    ticket_ids: &[String],
) -> Result<BTreeSet<Used>> {
    told(&session.rows(asked(dialect, ticket_ids)).await?)
}

/// Writes what orders have used; nothing if none has. A second order of a ticket breaks the key of its row.
///
/// Two batches may hold two tickets each of which was copied: their rows are written in one order, so that neither
/// waits for the other.
pub fn writing(dialect: Dialect, now: i64, mut passed: Vec<(&str, &Pass)>) -> Option<Sql> {
    passed.sort_unstable_by(|(_, one), (_, other)| one.ticket_id.cmp(&other.ticket_id));
    let mut rows = Rows::default();
    rows.text("drop_id", passed.iter().map(|(_, pass)| &pass.drop_id))
        .text("ticket_id", passed.iter().map(|(_, pass)| &pass.ticket_id))
        .int("place", passed.iter().map(|(_, pass)| pass.place.0))
        .text("order_id", passed.iter().map(|(order_id, _)| order_id))
        .int("used_at", passed.iter().map(|_| now));
    (!rows.is_empty()).then(|| Sql::insert(dialect, "room_uses", rows))
}

/// Orders that were cancelled have used nothing.
pub async fn give_back<'a>(
    tx: &mut Tx,
    dialect: Dialect,
    order_ids: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM room_uses WHERE order_id");
    sql.among(dialect, order_ids);
    sql.execute(&mut **tx).await?;
    Ok(())
}
