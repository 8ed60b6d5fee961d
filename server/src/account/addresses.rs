//! The address book of an account.

use app::{
    account::{
        ports::AddressRole,
        types::{Address, MAX_ADDRESSES},
    },
    contact::Contact,
    error::ShopError,
    locale::locale,
};

use super::text::Text;
use crate::{
    db::{Dialect, Sql, Tx, from_row, only},
    error::{Error, Result},
    ids::{is_id, new_id},
    store::Store,
};

/// A contact has an e-mail address, and an address of the book has none.
const COLUMNS: &str = "id, is_default, '' AS email, name, address_line1, address_line2, postal_code, city, \
                       state, country, phone";

from_row!(Address {
    id,
    is_default,
    contact: row,
});

/// The default one first, then the newest.
pub async fn list(db: &Store, account_id: &str) -> Result<Vec<Address>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS)
        .push(" FROM account_addresses WHERE account_id = ");
    sql.text(account_id);
    sql.push(" ORDER BY is_default DESC, created_at DESC, id");
    sql.fetch_all_as(db.reader()).await
}

pub async fn one(db: &Store, account_id: &str, id: &str) -> Result<Option<Address>> {
    if !is_id(id) {
        return Ok(None);
    }
    let mut sql = Sql::new("SELECT ");
    sql.push(COLUMNS)
        .push(" FROM account_addresses WHERE id = ");
    sql.text(id).push(" AND account_id = ").text(account_id);
    sql.fetch_optional_as(db.reader()).await
}

/// Locks the account, so that of two changes one comes after the other.
async fn lock(tx: &mut Tx, dialect: Dialect, account_id: &str) -> Result<()> {
    let mut sql = Sql::new("SELECT id FROM accounts WHERE id = ");
    sql.text(account_id).push(dialect.for_update());
    match sql.fetch_optional(&mut **tx).await? {
        Some(_) => Ok(()),
        None => Err(ShopError::not_found().into()),
    }
}

/// Changes an address, or adds one if `id` is none. `contact` is checked already.
pub async fn save(
    db: &Store,
    now: i64,
    account_id: &str,
    id: Option<&str>,
    contact: &Contact,
    standing: AddressRole,
) -> Result<String> {
    let mut tx = db.begin().await?;
    lock(&mut tx, db.dialect(), account_id).await?;
    let id = match id {
        Some(id) => {
            let known = "SELECT id FROM account_addresses WHERE id = $1 AND account_id = $2";
            let known = sqlx::query(known).bind(id).bind(account_id);
            if known.fetch_optional(&mut *tx).await?.is_none() {
                return Err(ShopError::not_found().into());
            }
            id.to_owned()
        }
        None => add(&mut tx, now, account_id).await?,
    };
    sqlx::query(
        "UPDATE account_addresses SET name = $1, address_line1 = $2, address_line2 = $3, \
         postal_code = $4, city = $5, state = $6, country = $7, phone = $8 WHERE id = $9",
    )
    .bind(&contact.name)
    .bind(&contact.address_line1)
    .bind(&contact.address_line2)
    .bind(&contact.postal_code)
    .bind(&contact.city)
    .bind(&contact.state)
    .bind(&contact.country)
    .bind(&contact.phone)
    .bind(&id)
    .execute(&mut *tx)
    .await?;
    if standing == AddressRole::Default {
        make_default(&mut tx, account_id, &id).await?;
    }
    tx.commit().await.map_err(Error::from)?;
    Ok(id)
}

/// An empty address. The first one is the default.
async fn add(tx: &mut Tx, now: i64, account_id: &str) -> Result<String> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM account_addresses WHERE account_id = ");
    sql.text(account_id);
    let held: i64 = sql.fetch_value(&mut **tx).await?;
    if held >= MAX_ADDRESSES as i64 {
        let words = Text::from(locale()).too_many_addresses(&MAX_ADDRESSES.to_string());
        return Err(ShopError::field("name", words).into());
    }
    let id = new_id();
    sqlx::query(
        "INSERT INTO account_addresses \
         (id, account_id, is_default, name, address_line1, postal_code, city, country, created_at) \
         VALUES ($1, $2, $3, '', '', '', '', '', $4)",
    )
    .bind(&id)
    .bind(account_id)
    .bind(i64::from(held == 0))
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// One after the other: an index allows one default per account at any time.
async fn make_default(tx: &mut Tx, account_id: &str, id: &str) -> Result<()> {
    sqlx::query(
        "UPDATE account_addresses SET is_default = 0 WHERE account_id = $1 AND is_default = 1",
    )
    .bind(account_id)
    .execute(&mut **tx)
    .await?;
    sqlx::query("UPDATE account_addresses SET is_default = 1 WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Removes an address; if it was the default, the newest of the others becomes it.
pub async fn delete(db: &Store, account_id: &str, id: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    lock(&mut tx, db.dialect(), account_id).await?;
    let gone = sqlx::query(
        "DELETE FROM account_addresses WHERE id = $1 AND account_id = $2 RETURNING is_default",
    )
    .bind(id)
    .bind(account_id)
    .fetch_optional(&mut *tx)
    .await?
    .ok_or_else(ShopError::not_found)?;
    let was_default: bool = only(&gone)?;
    if was_default {
        let mut sql = Sql::new("SELECT id FROM account_addresses WHERE account_id = ");
        sql.text(account_id)
            .push(" ORDER BY created_at DESC, id LIMIT 1");
        let next: Option<String> = sql.fetch_optional_value(&mut *tx).await?;
        if let Some(next) = next {
            make_default(&mut tx, account_id, &next).await?;
        }
    }
    tx.commit().await.map_err(Error::from)
}
