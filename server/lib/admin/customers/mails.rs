//! Which mails are a customer's.

use super::Who;
use crate::{
    db::{Connection, Dialect, Sql, containing},
    error::Result,
    text::fold,
};

/// The condition that a mail is of one of these orders, about the account, or about the address `email`.
pub async fn push_theirs(
    sql: &mut Sql,
    connection: &mut Connection,
    dialect: Dialect,
    who: &Who,
    email: Option<&str>,
    orders: &[String],
) -> Result<()> {
    let parameter = sql.next();
    sql.push(" (order_id")
        .push(dialect.in_json_array(parameter))
        .bind(serde_json::to_string(orders)?);
    // Addresses are in them as accounts have them.
    let mut known = Vec::new();
    if let Some(email) = email {
        known.push(serde_json::to_string(email)?);
    }
    if let Some(account) = &who.account {
        known.push(format!("\"{}\"", account.id));
    }
    for text in known {
        sql.push(" OR about LIKE ")
            .text(containing(&text))
            .push(" ESCAPE '\\'");
    }
    if let Some(email) = email {
        let refused = refused_for(connection, email).await?;
        let parameter = sql.next();
        sql.push(" OR id")
            .push(dialect.in_json_array(parameter))
            .bind(serde_json::to_string(&refused)?);
    }
    sql.push(")");
    Ok(())
}

/// Mails of which a server said something about the address, in whatever case it spelled it.
async fn refused_for(connection: &mut Connection, email: &str) -> Result<Vec<String>> {
    let email = fold(email);
    let mut refused: Vec<(String, String)> =
        Sql::new("SELECT id, error FROM mails WHERE error <> ''")
            .fetch_all_as(connection)
            .await?;
    refused.retain(|(_, error)| fold(error).contains(&email));
    Ok(refused.into_iter().map(|(id, _)| id).collect())
}
