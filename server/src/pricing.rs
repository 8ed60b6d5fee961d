//! What an order comes to.

use app::{
    checkout::types::Totals, countries::DeliveryCountries, money::contained_tax, shop::ShopSettings,
};

use crate::{
    db::{Connection, Get},
    error::Result,
    settings::{Rate, delivers_to},
};

/// By what orders are priced, and where they may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pricing {
    pub rates: Vec<Rate>,
    /// Percent times 100, contained in prices.
    pub tax_basis_points: i64,
    /// ISO 4217.
    pub currency: String,
    pub delivers_to: DeliveryCountries,
}

/// What counts at this moment, read in one statement so that it belongs together. `defaults` is
/// for what no admin has set.
pub async fn pricing(connection: &mut Connection, defaults: &ShopSettings) -> Result<Pricing> {
    let rows = sqlx::query(
        "SELECT s.currency, s.tax_basis_points, s.delivers_to, r.id, r.name, r.description, r.price_minor, \
         r.free_from_minor FROM shop_settings s LEFT JOIN shipping_rates r ON 1 = 1 WHERE s.id = 1 \
         ORDER BY r.position, r.id",
    )
    .fetch_all(connection)
    .await?;
    let mut pricing = Pricing {
        rates: Vec::with_capacity(rows.len()),
        tax_basis_points: defaults.tax_basis_points,
        currency: defaults.currency.clone(),
        delivers_to: match rows.first() {
            Some(row) => delivers_to(row, defaults)?,
            None => defaults.delivers_to.clone(),
        },
    };
    for row in &rows {
        if let Some(currency) = row.maybe_text("currency")? {
            pricing.currency = currency;
        }
        if let Some(tax) = row.maybe_int("tax_basis_points")? {
            pricing.tax_basis_points = tax;
        }
        if let Some(id) = row.maybe_text("id")? {
            pricing.rates.push(Rate {
                id,
                name: row.text("name")?,
                description: row.text("description")?,
                price_minor: row.int("price_minor")?,
                free_from_minor: row.maybe_int("free_from_minor")?,
            });
        }
    }
    Ok(pricing)
}

pub fn totals(
    subtotal_minor: i64,
    shipping_minor: i64,
    tax_basis_points: i64,
    currency: &str,
) -> Totals {
    let total_minor = subtotal_minor + shipping_minor;
    Totals {
        subtotal_minor,
        shipping_minor,
        tax_minor: contained_tax(total_minor, tax_basis_points),
        tax_basis_points,
        total_minor,
        currency: currency.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_is_contained_in_the_price() {
        assert_eq!(contained_tax(11_900, 1900), 1900);
        assert_eq!(contained_tax(100, 1900), 16);
        assert_eq!(contained_tax(0, 1900), 0);
        assert_eq!(contained_tax(5000, 0), 0);
    }
}
