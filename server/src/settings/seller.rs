//! The seller's data in the database.

use app::seller::Seller;
use sqlx::Any;

use crate::{
    db::{Sql, Tx, from_row},
    error::{Error, Result},
};

/// The data, and how often it has been changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSeller {
    pub seller: Seller,
    pub version: i64,
}

from_row!(Seller {
    name,
    represented_by,
    street,
    postal_code,
    city,
    country,
    register,
    vat_id,
    email,
    phone,
});

from_row!(StoredSeller {
    seller: row,
    version
});

const ROW: &str = "SELECT version, name, represented_by, street, postal_code, city, country, \
     register, vat_id, email, phone FROM sellers WHERE id = 1";

pub async fn read(executor: impl sqlx::Executor<'_, Database = Any>) -> Result<StoredSeller> {
    Sql::new(ROW).fetch_one_as(executor).await
}

/// Writes the data over, if it still is of this version; whether it was.
pub async fn write(tx: &mut Tx, version: i64, seller: &Seller) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE sellers SET version = version + 1, name = $1, represented_by = $2, street = $3, \
         postal_code = $4, city = $5, country = $6, register = $7, vat_id = $8, email = $9, \
         phone = $10 WHERE id = 1 AND version = $11",
    )
    .bind(&seller.name)
    .bind(&seller.represented_by)
    .bind(&seller.street)
    .bind(&seller.postal_code)
    .bind(&seller.city)
    .bind(&seller.country)
    .bind(&seller.register)
    .bind(&seller.vat_id)
    .bind(&seller.email)
    .bind(&seller.phone)
    .bind(version)
    .execute(&mut **tx)
    .await?;
    match changed.rows_affected() {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Error::Invariant("there is one seller".to_owned())),
    }
}
