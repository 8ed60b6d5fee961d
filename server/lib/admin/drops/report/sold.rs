//! What was ordered of a drop, by its orders' own lines.

use std::collections::{BTreeMap, BTreeSet};

use app::{contact::Contact, drops::types::AdminDrop, orders::types::OrderStatus};
use desk::admin::drops::ports::{OrderFigures, VariantFigures};

use crate::{
    buyer_limits::buyer::household,
    cart::check::line_title,
    db::{Sql, from_row},
    error::Result,
    store::Store,
};

/// A line of an order.
struct Line {
    order_id: String,
    status: OrderStatus,
    currency: String,
    created_at: i64,
    contact: Contact,
    variant_id: String,
    title: String,
    variant_title: String,
    quantity: i64,
    taken: i64,
    restocked: i64,
    unit_price_minor: i64,
    discount_minor: i64,
}

from_row!(Line {
    order_id,
    status,
    currency,
    created_at,
    contact: row,
    variant_id,
    title,
    variant_title,
    quantity,
    taken,
    restocked,
    unit_price_minor,
    discount_minor,
});

impl Line {
    fn is_cancelled(&self) -> bool {
        self.status == OrderStatus::Cancelled
    }

    /// Units that came back.
    fn back(&self) -> i64 {
        match self.is_cancelled() {
            true => self.quantity,
            false => self.restocked,
        }
    }
}

/// All lines of orders that the drop sold.
pub struct Sold(Vec<Line>);

/// They are found by their variants: those that are in the drop, and those that were.
fn lines(id: &str) -> Sql {
    let mut sql = Sql::new(
        "SELECT o.id AS order_id, o.status, o.currency, o.created_at, o.email, o.name, o.address_line1, \
         o.address_line2, o.postal_code, o.city, o.state, o.country, o.phone, l.variant_id, l.title, \
         l.variant_title, l.quantity, l.taken, l.restocked, l.unit_price_minor, l.discount_minor \
         FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.drop_id = ",
    );
    sql.text(id)
        .push(" AND l.variant_id IN (SELECT d.variant_id FROM drop_lines d WHERE d.drop_id = ")
        .text(id)
        .push(" UNION SELECT e.variant_id FROM stock_entries e WHERE e.drop_id = ")
        .text(id)
        .push(") ORDER BY o.created_at, o.id, l.position");
    sql
}

impl Sold {
    pub async fn read(db: &Store, drop: &AdminDrop) -> Result<Self> {
        lines(&drop.id).fetch_all_as(db.reader()).await.map(Self)
    }

    /// Of the first order.
    pub fn currency(&self) -> Option<&str> {
        self.0.first().map(|line| line.currency.as_str())
    }

    /// Ids of its orders.
    pub fn ids(&self) -> BTreeSet<&str> {
        self.0.iter().map(|line| line.order_id.as_str()).collect()
    }

    /// Units that were taken off the shelf, by variant.
    pub fn taken(&self) -> BTreeMap<&str, i64> {
        let mut taken = BTreeMap::new();
        for line in &self.0 {
            *taken.entry(line.variant_id.as_str()).or_default() += line.taken;
        }
        taken
    }

    /// Those of the drop in its order, then those that were taken out of it.
    pub fn variants(&self, drop: &AdminDrop) -> Vec<VariantFigures> {
        let figures = |name: String, variant_id: &str, units: Option<i64>| {
            let lines = || self.0.iter().filter(|line| line.variant_id == variant_id);
            let ordered: i64 = lines().map(|line| line.quantity).sum();
            let back: i64 = lines().map(Line::back).sum();
            let units = units.unwrap_or(ordered);
            VariantFigures {
                name,
                units,
                ordered,
                back,
                left: units - (ordered - back),
            }
        };
        let present = drop
            .lines
            .iter()
            .map(|line| figures(line.name(), &line.variant_id, Some(line.units)));
        let is_out = |line: &&Line| {
            let mut lines = drop.lines.iter();
            lines.all(|one| one.variant_id != line.variant_id)
        };
        let out: BTreeMap<&str, &Line> = self
            .0
            .iter()
            .filter(is_out)
            .map(|line| (line.variant_id.as_str(), line))
            .collect();
        let out = out.into_iter().map(|(variant_id, line)| {
            let name = line_title(&line.title, &line.variant_title);
            figures(name, variant_id, None)
        });
        present.chain(out).collect()
    }

    pub fn orders(&self, opens_at: i64) -> OrderFigures {
        let (mut placed, mut cancelled) = (BTreeSet::new(), BTreeSet::new());
        let mut amount_minor = 0;
        for line in &self.0 {
            placed.insert(line.order_id.as_str());
            match line.is_cancelled() {
                true => {
                    cancelled.insert(line.order_id.as_str());
                }
                false => {
                    amount_minor += line.unit_price_minor * line.quantity - line.discount_minor;
                }
            }
        }
        let since_start = |line: &Line| line.created_at - opens_at;
        let count = |ids: &BTreeSet<&str>| i64::try_from(ids.len()).unwrap_or(i64::MAX);
        OrderFigures {
            placed: count(&placed),
            cancelled: count(&cancelled),
            amount_minor,
            first_ms: self.0.first().map(since_start),
            last_ms: self.0.last().map(since_start),
        }
    }

    /// Of orders that stand, by household. Who was erased since counts as one for each order.
    pub fn units_of_households(&self) -> BTreeMap<String, i64> {
        let mut units = BTreeMap::new();
        for line in self.0.iter().filter(|line| !line.is_cancelled()) {
            let key = match household(&line.contact) {
                key if key.is_empty() => line.order_id.clone(),
                key => key,
            };
            *units.entry(key).or_default() += line.quantity - line.restocked;
        }
        units
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Planner;

    #[tokio::test]
    async fn orders_of_a_drop_are_found_by_its_variants() {
        let planner = Planner::new().await;
        let steps = planner.by_index(lines("d"), "order_lines_variant").await;
        let scans = |step: &String| step.starts_with("SCAN l") || step.starts_with("SCAN o");
        assert!(!steps.iter().any(scans), "{steps:#?}");
        planner.db.close().await;
    }
}
