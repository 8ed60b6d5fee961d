//! Who a customer is: the owner of an account, or those who have ordered with an address.

use app::identity::Account;
use desk::admin::customers::types::CustomerAccount;

use crate::{
    db::{Columns, Connection, FromRow, Sql, from_row},
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
    let found: Option<(Option<String>, String)> = sql.fetch_optional_as(&mut *connection).await?;
    let Some((account_id, email)) = found else {
        return Ok(None);
    };
    if let Some(account_id) = account_id {
        return of_account(connection, "id", &account_id).await;
    }
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
    sql.fetch_optional_as(connection).await
}

/// Of an account.
impl<R: Columns> FromRow<R> for Who {
    fn from_row(row: &R) -> Result<Self> {
        let Owner {
            account,
            is_verified,
            created_at,
        } = Owner::from_row(row)?;
        Ok(Self {
            account: Some(CustomerAccount {
                id: account.id,
                role: account.role,
                is_verified,
                created_at,
            }),
            email: account.email,
            name: account.name,
        })
    }
}

struct Owner {
    account: Account,
    is_verified: bool,
    created_at: i64,
}

from_row!(Owner {
    account: row,
    is_verified: is_set "verified_at",
    created_at,
});
