//! What is kept of a person who waits.

use serde_json::{Value, json};

use crate::{
    db::{Sql, Tx, from_row},
    error::Result,
    feature::Person,
    sale::seen::push_seen,
    store::Store,
    waits::WaitState,
};

struct Exported {
    title: String,
    email: String,
    state: WaitState,
    created_at: i64,
    state_at: i64,
}

from_row!(Exported {
    title,
    email,
    state,
    created_at,
    state_at,
});

/// What is not shown to shoppers is not named.
pub async fn export(db: &Store, person: &Person<'_>) -> Result<Value> {
    let mailboxes = person.mailboxes(db.reader()).await?;
    let mut sql = Sql::new(
        "SELECT COALESCE(p.title, '') AS title, w.email, w.state, w.created_at, w.state_at FROM waits w \
         JOIN variants v ON v.id = w.variant_id LEFT JOIN products p ON p.id = v.product_id AND ",
    );
    push_seen(&mut sql, "p", db.now())
        .push(" WHERE w.mailbox")
        .among(db.dialect(), &mailboxes)
        .push(" ORDER BY w.created_at, w.id");
    let rows: Vec<Exported> = sql.fetch_all_as(db.reader()).await?;
    let rows = rows.iter().map(|row| {
        json!({
            "product": row.title, "email": row.email, "state": row.state,
            "created_at": row.created_at, "since": row.state_at,
        })
    });
    Ok(Value::Array(rows.collect()))
}

/// What was kept for them goes on to the next within a minute; until then the row says nothing of them.
pub async fn forget(tx: &mut Tx, db: &Store, now: i64, person: &Person<'_>) -> Result<()> {
    let mailboxes = person.mailboxes(&mut **tx).await?;
    // In the order in which units are shared out: neither of the two waits for the other.
    let mut sql = Sql::new("SELECT id FROM waits WHERE mailbox");
    sql.among(db.dialect(), &mailboxes)
        .push(" ORDER BY drop_id, variant_id, seq")
        .push(db.dialect().for_update());
    sql.fetch_all(&mut **tx).await?;
    let mut sql = Sql::new("DELETE FROM waits WHERE state <> 'offered' AND mailbox");
    sql.among(db.dialect(), &mailboxes);
    sql.execute(&mut **tx).await?;
    let mut sql = Sql::new(
        "UPDATE waits SET email = '', mailbox = 'forgotten:' || id, token_hash = NULL, cart_id = NULL, \
         offered_until = ",
    );
    sql.int(now)
        .push(" WHERE state = 'offered' AND mailbox")
        .among(db.dialect(), &mailboxes);
    sql.execute(&mut **tx).await?;
    Ok(())
}
