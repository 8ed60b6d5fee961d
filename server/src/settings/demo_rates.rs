//! What a demonstration says of the shipping methods that a shop begins with.

use app::delivery::calendar::DispatchTime;

use crate::{
    db::{Sql, Tx, from_row},
    error::Result,
};

struct Said {
    id: &'static str,
    /// As a new shop calls it.
    name: &'static str,
    german: &'static str,
    /// Working days from order to arrival.
    days: [i64; 2],
    /// What demonstrations said before they named days.
    described: &'static str,
}

const SAID: [Said; 3] = [
    Said {
        id: "standard",
        name: "Standard",
        german: "Standardversand",
        days: [3, 5],
        described: "3 to 5 working days",
    },
    Said {
        id: "express",
        name: "Express",
        german: "Expressversand",
        days: [1, 1],
        described: "Next working day when ordered before noon",
    },
    Said {
        id: "pickup",
        name: "Pick up in the shop",
        german: "Abholung im Laden",
        days: [0, 0],
        described: "Ready within two hours",
    },
];

/// Until when an order counts for the same day.
const DISPATCH_BY: &str = "14:00";

fn dispatch_by() -> Option<i64> {
    DispatchTime::parse(DISPATCH_BY).map(DispatchTime::minutes)
}

/// Gives days to those of which nothing is said, and a cut-off to a shop without one.
pub async fn promise(tx: &mut Tx) -> Result<()> {
    for said in SAID {
        let [from, to] = said.days;
        let mut sql = Sql::new("UPDATE shipping_rates SET days_from = ");
        sql.int(from)
            .push(", days_to = ")
            .int(to)
            .push(" WHERE description = '' AND days_from IS NULL AND id = ")
            .text(said.id);
        sql.execute(&mut **tx).await?;
    }
    if let Some(minutes) = dispatch_by() {
        let mut sql = Sql::new("UPDATE shop_settings SET dispatch_by = ");
        sql.int(minutes)
            .push(" WHERE id = 1 AND dispatch_by IS NULL");
        sql.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Takes away what nobody has changed of it.
pub async fn forget(tx: &mut Tx) -> Result<()> {
    for said in SAID {
        let [from, to] = said.days;
        let mut sql =
            Sql::new("UPDATE shipping_rates SET days_from = NULL, days_to = NULL WHERE id = ");
        sql.text(said.id)
            .push(" AND days_from = ")
            .int(from)
            .push(" AND days_to = ")
            .int(to);
        sql.execute(&mut **tx).await?;
        let mut sql = Sql::new("UPDATE shipping_rates SET description = '' WHERE id = ");
        sql.text(said.id)
            .push(" AND description = ")
            .text(said.described);
        sql.execute(&mut **tx).await?;
    }
    if let Some(minutes) = dispatch_by() {
        let mut sql =
            Sql::new("UPDATE shop_settings SET dispatch_by = NULL WHERE id = 1 AND dispatch_by = ");
        sql.int(minutes);
        sql.execute(&mut **tx).await?;
    }
    Ok(())
}

/// A shipping method that is called as in a new shop.
pub struct Named {
    pub id: String,
    pub name: String,
    pub german: &'static str,
}

struct Row {
    id: String,
    name: String,
}

from_row!(Row { id, name });

/// Those that have a German name for a demonstration. It stays when the demonstration ends, as the English one does.
pub async fn named(tx: &mut Tx) -> Result<Vec<Named>> {
    let rows: Vec<Row> = Sql::new("SELECT id, name FROM shipping_rates")
        .fetch_all_as(&mut **tx)
        .await?;
    let named = rows.into_iter().filter_map(|Row { id, name }| {
        let said = SAID
            .iter()
            .find(|said| said.id == id && said.name == name)?;
        let german = said.german;
        Some(Named { id, name, german })
    });
    Ok(named.collect())
}
