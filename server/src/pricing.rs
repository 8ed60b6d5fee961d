//! What an order comes to.

use crate::{
    db::{Columns, FromRow, Session, Sql, from_row},
    error::Result,
    settings::{Rate, delivers_to},
};
use app::{
    checkout::types::Totals,
    countries::DeliveryCountries,
    delivery::{
        WorkingDays,
        calendar::{Calendar, DispatchTime},
    },
    money::contained_tax,
    shop::{Opening, ShopSettings},
};
use serde::{Deserialize, Serialize};

/// By what orders are priced, and where they may go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pricing {
    pub rates: Vec<Rate>,
    /// Percent times 100, contained in prices.
    pub tax_basis_points: i64,
    /// ISO 4217.
    pub currency: String,
    pub delivers_to: DeliveryCountries,
    pub opening: Opening,
    /// Stock is low at this number of units and below.
    pub low_stock: i64,
    /// By what delivery dates are counted.
    pub calendar: Calendar,
}

/// What counts at this moment. `defaults` is for what no admin has set.
pub async fn pricing(session: &mut impl Session, defaults: &ShopSettings) -> Result<Pricing> {
    let rows = session.rows(asked()).await?;
    told(&rows, defaults)
}

/// One statement, so that what it reads belongs together.
pub fn asked() -> Sql {
    Sql::new(
        "SELECT s.currency, s.tax_basis_points, s.delivers_to, s.opening, s.low_stock, s.time_zone, \
         s.dispatch_by, r.id, r.name, r.description, r.price_minor, r.free_from_minor, r.handover, \
         r.days_from, r.days_to FROM shop_settings s \
         LEFT JOIN shipping_rates r ON 1 = 1 WHERE s.id = 1 \
         ORDER BY r.position, r.id",
    )
}

/// What [`asked`] is answered.
pub fn told<R: Columns>(rows: &[R], defaults: &ShopSettings) -> Result<Pricing> {
    let set = rows.first().map(Set::from_row).transpose()?;
    let Set {
        currency,
        tax_basis_points,
        delivers_to: countries,
        opening,
        low_stock,
        time_zone,
        dispatch_by,
    } = set.unwrap_or_default();
    Ok(Pricing {
        rates: rows
            .iter()
            .filter_map(|row| Way::from_row(row).map(|way| way.rate).transpose())
            .collect::<Result<_>>()?,
        tax_basis_points: tax_basis_points.unwrap_or(defaults.tax_basis_points),
        currency: currency.unwrap_or_else(|| defaults.currency.clone()),
        delivers_to: delivers_to(countries.as_deref(), defaults),
        opening,
        low_stock,
        calendar: Calendar {
            time_zone,
            dispatch_by: dispatch_by.and_then(DispatchTime::of_minutes),
        },
    })
}

/// What admins have set of it.
#[derive(Default)]
struct Set {
    currency: Option<String>,
    tax_basis_points: Option<i64>,
    delivers_to: Option<String>,
    opening: Opening,
    low_stock: i64,
    time_zone: String,
    dispatch_by: Option<i64>,
}

from_row!(Set {
    currency,
    tax_basis_points,
    delivers_to,
    opening,
    low_stock,
    time_zone,
    dispatch_by,
});

/// In the one row of a shop that has no way of delivery there is none.
struct Way {
    rate: Option<Rate>,
}

from_row!(Way { rate: row_if "id" });

from_row!(Rate {
    id,
    name,
    description,
    price_minor,
    free_from_minor,
    handover,
    days: row,
});

struct Days {
    from: Option<i64>,
    to: Option<i64>,
}

from_row!(Days {
    from: "days_from",
    to: "days_to",
});

impl<R: Columns> FromRow<R> for Option<WorkingDays> {
    fn from_row(row: &R) -> Result<Self> {
        let Days { from, to } = Days::from_row(row)?;
        Ok(from
            .zip(to)
            .and_then(|(from, to)| WorkingDays::new(from, to)))
    }
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
