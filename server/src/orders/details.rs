//! What an order was placed with besides its lines and sums, for those who work on it and for whom it is about.

use app::orders::details::{Billing, OrderDetails, Particulars};
use sqlx::any::AnyRow;

use crate::{
    db::{Get, Sql},
    error::Result,
    store::Store,
};

pub async fn of_order(db: &Store, id: &str) -> Result<OrderDetails> {
    let mut sql = Sql::new(
        "SELECT locale, market, company, vat_id, customer_note, billing_name, billing_company, \
         billing_address_line1, billing_address_line2, billing_postal_code, billing_city, \
         billing_state, billing_country FROM orders WHERE id = ",
    );
    sql.text(id);
    let row = sql.fetch_one(db.reader()).await?;
    Ok(OrderDetails {
        locale: row.text("locale")?,
        market: row.text("market")?,
        company: row.text("company")?,
        billing: billing(&row)?,
        vat_id: row.text("vat_id")?,
        customer_note: row.text("customer_note")?,
    })
}

/// What the customer said, of a row with all columns of it.
pub fn particulars(row: &AnyRow) -> Result<Particulars> {
    Ok(Particulars {
        company: row.text("company")?,
        vat_id: row.text("vat_id")?,
        customer_note: row.text("customer_note")?,
        billing: billing(row)?,
    })
}

fn billing(row: &AnyRow) -> Result<Option<Billing>> {
    let Some(name) = row.maybe_text("billing_name")? else {
        return Ok(None);
    };
    let part = |column: &str| -> Result<String> { Ok(row.maybe_text(column)?.unwrap_or_default()) };
    Ok(Some(Billing {
        name,
        company: part("billing_company")?,
        address_line1: part("billing_address_line1")?,
        address_line2: part("billing_address_line2")?,
        postal_code: part("billing_postal_code")?,
        city: part("billing_city")?,
        state: part("billing_state")?,
        country: part("billing_country")?,
    }))
}
