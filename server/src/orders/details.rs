//! What an order was placed with besides its lines and sums, for those who work on it and for whom it is about.

use app::orders::details::{Billing, OrderDetails, Particulars};

use crate::{
    db::{Sql, from_row},
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
    sql.fetch_one_as(db.reader()).await
}

from_row!(OrderDetails {
    locale,
    market,
    company,
    billing: row_if "billing_name",
    vat_id,
    customer_note,
});

from_row!(Particulars {
    company,
    vat_id,
    customer_note,
    billing: row_if "billing_name",
});

from_row!(Billing {
    name: "billing_name",
    company: or_default "billing_company",
    address_line1: or_default "billing_address_line1",
    address_line2: or_default "billing_address_line2",
    postal_code: or_default "billing_postal_code",
    city: or_default "billing_city",
    state: or_default "billing_state",
    country: or_default "billing_country",
});
