//! Who a customer is: the owner of an account, or whoever has ordered with an address.

use app::identity::Account;
use desk::admin::customers::types::CustomerAccount;

use crate::{
    db::{Connection, FromRow, Get, Sql},
    error::Result,
    feature::Person,
    ids::is_id,
};

/// A customer, as their rows are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Its key, as accounts have it.
    pub email: String,
    /// Of the account; empty for guests.
    pub name: String,
    pub account: Option<CustomerAccount>,
}

impl Who {
    /// The address whose orders of guests are theirs: one that an account has not proven is not.
    pub fn guest_email(&self) -> Option<&str> {
        match &self.account {
            Some(account) if !account.is_verified => None,
            _ => Some(&self.email),
        }
    }

    /// As features know them, with the ids of their orders.
    pub fn person<'a>(&'a self, orders: &'a [String]) -> Person<'a> {
        Person {
            account_id: self.account.as_ref().map(|account| account.id.as_str()),
            guest_email: self.guest_email(),
            orders,
        }
    }

    /// The condition that an order, `o`, is theirs.
    pub fn push_theirs(&self, sql: &mut Sql) {
        sql.push(" (1 = 0");
        if let Some(account) = &self.account {
            sql.push(" OR o.account_id = ").text(&account.id);
        }
        if let Some(email) = self.guest_email() {
            sql.push(" OR (o.account_id IS NULL AND o.email_key = ")
                .text(email)
                .push(")");
        }
        sql.push(")");
    }
}

/// Who has this account, or placed this order.
pub async fn find(connection: &mut Connection, id: &str) -> Result<Option<Who>> {
    if !is_id(id) {
        return Ok(None);
    }
    if let Some(who) = of_account(connection, "id", id).await? {
        return Ok(Some(who));
    }
    let mut sql = Sql::new(
        "SELECT o.account_id, o.email_key AS email FROM orders o WHERE o.email <> '' AND o.id = ",
    );
    sql.text(id);
    let Some(row) = sql.fetch_optional(&mut *connection).await? else {
        return Ok(None);
    };
    if let Some(account_id) = row.maybe_text("account_id")? {
        return of_account(connection, "id", &account_id).await;
    }
    let email = row.text("email")?;
    let account = of_account(connection, "email", &email).await?;
    let proven = |who: &Who| who.account.as_ref().is_some_and(|own| own.is_verified);
    Ok(Some(account.filter(proven).unwrap_or(Who {
        email,
        name: String::new(),
        account: None,
    })))
}

async fn of_account(
    connection: &mut Connection,
    column: &'static str,
    value: &str,
) -> Result<Option<Who>> {
    let mut sql =
        Sql::new("SELECT id, email, name, role, verified_at, created_at FROM accounts WHERE ");
    sql.push(column).push(" = ").text(value);
    let Some(row) = sql.fetch_optional(connection).await? else {
        return Ok(None);
    };
    let account = Account::from_row(&row)?;
    Ok(Some(Who {
        account: Some(CustomerAccount {
            id: account.id,
            role: account.role,
            is_verified: row.maybe_int("verified_at")?.is_some(),
            created_at: row.int("created_at")?,
        }),
        email: account.email,
        name: account.name,
    }))
}
