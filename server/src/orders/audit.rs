//! Whether the books agree: what must hold after any sale, crash or retry.

use crate::{
    db::{Db, Dialect, Get, Sql},
    error::Result,
};

/// A rule, and a query for the rows that break it, as `subject` and `detail`.
struct Rule {
    name: &'static str,
    broken_by: &'static str,
}

const RULES: [Rule; 7] = [
    Rule {
        name: "a variant's movements add up to its stock, which is not negative",
        broken_by: "SELECT v.id AS subject, CAST(v.stock AS TEXT) AS detail FROM variants v \
            WHERE v.stock < 0 OR v.stock <> \
            COALESCE((SELECT SUM(m.delta) FROM stock_movements m WHERE m.variant_id = v.id), 0)",
    },
    Rule {
        name: "a variant's sold units are those of the orders that hold them",
        broken_by: "SELECT v.id AS subject, CAST(v.sold AS TEXT) AS detail FROM variants v \
            WHERE v.sold <> COALESCE((SELECT SUM(l.quantity) FROM order_lines l \
            JOIN orders o ON o.id = l.order_id \
            WHERE l.variant_id = v.id AND o.status <> 'cancelled'), 0)",
    },
    Rule {
        name: "every line of an order took its units once",
        broken_by: "SELECT l.order_id AS subject, l.variant_id AS detail FROM order_lines l \
            WHERE l.variant_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stock_movements m \
            WHERE m.order_id = l.order_id AND m.variant_id = l.variant_id \
            AND m.reason = 'sale' AND m.delta = -l.quantity)",
    },
    Rule {
        name: "a cancelled order gave its units back, any other kept them",
        broken_by: "SELECT l.order_id AS subject, o.status AS detail FROM order_lines l \
            JOIN orders o ON o.id = l.order_id WHERE l.variant_id IS NOT NULL \
            AND (CASE WHEN o.status = 'cancelled' THEN 1 ELSE 0 END) <> \
            (SELECT COUNT(*) FROM stock_movements m WHERE m.order_id = l.order_id \
            AND m.variant_id = l.variant_id AND m.reason = 'cancellation' AND m.delta = l.quantity)",
    },
    Rule {
        name: "stock moved for an order that is there",
        broken_by: "SELECT m.id AS subject, m.order_id AS detail FROM stock_movements m \
            WHERE m.order_id IS NOT NULL \
            AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = m.order_id)",
    },
    Rule {
        name: "an order has lines, an address and a payment, and its lines add up",
        broken_by: "SELECT o.id AS subject, o.number AS detail FROM orders o \
            WHERE NOT EXISTS (SELECT 1 FROM order_addresses a WHERE a.order_id = o.id) \
            OR NOT EXISTS (SELECT 1 FROM payments p WHERE p.order_id = o.id \
              AND p.amount_minor = o.total_minor) \
            OR o.subtotal_minor <> COALESCE((SELECT SUM(l.unit_price_minor * l.quantity) \
              FROM order_lines l WHERE l.order_id = o.id), -1)",
    },
    Rule {
        name: "an order that is paid for has its money or is owed it on delivery",
        broken_by: "SELECT o.id AS subject, p.status AS detail FROM orders o \
            JOIN payments p ON p.order_id = o.id \
            WHERE o.status IN ('paid', 'packed', 'shipped', 'delivered') \
            AND p.status NOT IN ('captured', 'due')",
    },
];

/// One row that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static str,
    pub subject: String,
    pub detail: String,
}

/// Everything that does not agree; empty when all is well. All rules see the same moment.
pub async fn audit(db: &Db) -> Result<Vec<Finding>> {
    let mut tx = db.begin().await?;
    if db.dialect() == Dialect::Postgres {
        sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            .execute(&mut *tx)
            .await?;
    }
    let mut findings = Vec::new();
    for rule in &RULES {
        for row in Sql::new(rule.broken_by).fetch_all(&mut *tx).await? {
            findings.push(Finding {
                rule: rule.name,
                subject: row.text("subject")?,
                detail: row.maybe_text("detail")?.unwrap_or_default(),
            });
        }
    }
    tx.rollback().await?;
    Ok(findings)
}
