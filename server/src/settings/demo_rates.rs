//! What a demonstration says of the shipping methods that a shop begins with.

use crate::{
    db::{Sql, Tx},
    error::Result,
};

/// By their ids.
const SAID: [(&str, &str); 3] = [
    ("standard", "3 to 5 working days"),
    ("express", "Next working day when ordered before noon"),
    ("pickup", "Ready within two hours"),
];

/// Describes those of which nothing is said.
pub async fn describe(tx: &mut Tx) -> Result<()> {
    for (id, said) in SAID {
        let mut sql = Sql::new("UPDATE shipping_rates SET description = ");
        sql.text(said)
            .push(" WHERE description = '' AND days_from IS NULL AND id = ")
            .text(id);
        sql.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Takes away what nobody has changed of it.
pub async fn forget(tx: &mut Tx) -> Result<()> {
    for (id, said) in SAID {
        let mut sql = Sql::new("UPDATE shipping_rates SET description = '' WHERE id = ");
        sql.text(id).push(" AND description = ").text(said);
        sql.execute(&mut **tx).await?;
    }
    Ok(())
}
