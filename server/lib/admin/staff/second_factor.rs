//! The way back for someone who lost phone and recovery codes: an admin takes the second factor away.

use app::{
    error::{ErrorKind, ShopError},
    identity::{Account, Role},
};

use super::{roles, said};
use crate::{
    account::second_factor,
    db::{FromRow, Sql},
    error::{Error, Result},
    store::Store,
};

/// Takes the second factor of an account away and signs it out everywhere; tells the account's role.
pub async fn reset(db: &Store, now: i64, actor: &Account, id: &str) -> Result<Role> {
    let dialect = db.dialect();
    let mut tx = db.begin().await?;
    roles::lock_as_admin(&mut tx, dialect, actor).await?;
    let mut sql = Sql::new("SELECT id, email, name, role FROM accounts WHERE id = ");
    sql.text(id).push(dialect.for_update());
    let row = sql.fetch_optional(&mut *tx).await?;
    let account = Account::from_row(&row.ok_or_else(ShopError::not_found)?)?;
    if !second_factor::reset(&mut tx, dialect, now, &actor.email, &account).await? {
        return Err(ShopError::new(ErrorKind::Conflict, said().no_factor()).into());
    }
    tx.commit().await.map_err(Error::from)?;
    Ok(account.role)
}
