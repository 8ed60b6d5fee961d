//! Whether the books agree: what must hold after any sale, crash or retry.

use super::sums::rules::{WRONG_OF_ORDERS, WRONG_OF_VARIANTS};
use crate::{
    db::{Db, Dialect, Sql, from_row},
    error::Result,
};

/// A rule, and a query for the rows that break it, as `subject` and `detail`. In it `{now}` is the database's time.
///
/// Movements are counted for all rows at once: row by row, a database that chooses the index of the
/// variant reads all sales of a popular one for each of its orders.
struct Rule {
    name: &'static str,
    broken_by: &'static str,
}

const RULES: [Rule; 33] = [
    Rule {
        name: "a variant's movements add up to its stock, which is not below what may be owed",
        broken_by: "SELECT v.id AS subject, CAST(v.stock AS TEXT) AS detail FROM variants v \
            LEFT JOIN (SELECT variant_id, SUM(delta) AS units FROM stock_movements \
              GROUP BY variant_id) m ON m.variant_id = v.id \
            WHERE v.tracked = 1 \
            AND (v.stock + v.backorder_limit < 0 OR v.stock <> COALESCE(m.units, 0))",
    },
    Rule {
        name: "what is set aside for a drop and not sold is what the ledger says",
        broken_by: "SELECT l.drop_id AS subject, l.variant_id AS detail FROM drop_lines l \
            JOIN variants v ON v.id = l.variant_id \
            LEFT JOIN (SELECT drop_id, variant_id, SUM(delta) AS units FROM stock_entries \
              WHERE drop_id IS NOT NULL AND reason = 'drop' GROUP BY drop_id, variant_id) m \
            ON m.drop_id = l.drop_id AND m.variant_id = l.variant_id \
            WHERE v.tracked = 1 AND l.remaining <> 0 - COALESCE(m.units, 0)",
    },
    Rule {
        name: "what is kept for those who waited is what the ledger says",
        broken_by: "SELECT l.drop_id AS subject, l.variant_id AS detail FROM drop_lines l \
            JOIN variants v ON v.id = l.variant_id \
            LEFT JOIN (SELECT drop_id, variant_id, SUM(delta) AS units FROM stock_entries \
              WHERE drop_id IS NOT NULL AND reason = 'offer' GROUP BY drop_id, variant_id) m \
            ON m.drop_id = l.drop_id AND m.variant_id = l.variant_id \
            WHERE v.tracked = 1 AND l.offered <> 0 - COALESCE(m.units, 0)",
    },
    Rule {
        name: "every unit that is kept is offered to one who waited, and what was ordered has its order",
        broken_by: "SELECT l.drop_id AS subject, l.variant_id AS detail FROM drop_lines l \
            LEFT JOIN (SELECT drop_id, variant_id, COUNT(*) AS units FROM waits \
              WHERE state = 'offered' GROUP BY drop_id, variant_id) w \
            ON w.drop_id = l.drop_id AND w.variant_id = l.variant_id \
            WHERE l.offered <> COALESCE(w.units, 0) \
            UNION ALL \
            SELECT w.id AS subject, w.order_id AS detail FROM waits w \
            LEFT JOIN order_lines l ON l.order_id = w.order_id AND l.variant_id = w.variant_id \
              AND l.drop_id = w.drop_id \
            WHERE w.state = 'ordered' AND l.order_id IS NULL",
    },
    Rule {
        name: "nothing of a drop is for sale while someone waits for it",
        broken_by: "SELECT l.drop_id AS subject, l.variant_id AS detail FROM drop_lines l \
            JOIN drops d ON d.id = l.drop_id JOIN variants v ON v.id = l.variant_id \
            JOIN products p ON p.id = v.product_id AND p.active = 1 \
            WHERE l.remaining > 0 AND d.state = 'planned' AND d.opened_at IS NOT NULL \
            AND (d.closes_at IS NULL OR d.closes_at > {now}) \
            AND EXISTS (SELECT 1 FROM waits w WHERE w.drop_id = l.drop_id \
              AND w.variant_id = l.variant_id AND w.state = 'waiting')",
    },
    Rule {
        name: "a product is shown and sold from when the drops it is in say",
        broken_by: "SELECT p.id AS subject, p.slug AS detail FROM products p \
            LEFT JOIN (SELECT COALESCE(v.product_id, v.archived_product_id) AS product_id, MIN(CASE WHEN d.reveal_at IS NULL \
              OR d.opened_at IS NOT NULL THEN 0 \
              WHEN d.state = 'planned' OR (d.state = 'called_off' AND d.reveal_at <= d.state_at) \
              THEN d.reveal_at ELSE 9223372036854775807 END) AS shown_from, \
              MIN(CASE WHEN d.state <> 'planned' THEN NULL \
              WHEN d.reveal_at IS NULL OR d.opened_at IS NOT NULL THEN 0 ELSE d.opens_at END) AS sold_from \
              FROM drops d JOIN drop_lines l ON l.drop_id = d.id \
              JOIN variants v ON v.id = l.variant_id \
              GROUP BY COALESCE(v.product_id, v.archived_product_id)) t ON t.product_id = p.id \
            WHERE p.shown_from <> COALESCE(t.shown_from, 0) OR p.sold_from <> COALESCE(t.sold_from, 0)",
    },
    Rule {
        name: "an archived variant is of no product, any other is of one",
        broken_by: "SELECT v.id AS subject, v.product_id AS detail FROM variants v \
            WHERE (v.archived_at IS NULL) <> (v.product_id IS NOT NULL) \
            OR (v.product_id IS NOT NULL \
            AND NOT EXISTS (SELECT 1 FROM products p WHERE p.id = v.product_id))",
    },
    Rule {
        name: "lists count the values that variants have",
        // As sets: row by row it would take minutes after an import, before the database knows how many there are.
        broken_by: "WITH wanted AS (SELECT o.product_id, o.key, CASE o.position WHEN 1 THEN v.option1 \
              WHEN 2 THEN v.option2 ELSE v.option3 END AS value \
            FROM product_options o JOIN variants v ON v.product_id = o.product_id), \
            counted AS (SELECT product_id, key, value FROM product_choices) \
            SELECT product_id AS subject, value AS detail FROM \
              (SELECT * FROM wanted EXCEPT SELECT * FROM counted) absent \
            UNION SELECT product_id AS subject, value AS detail FROM \
              (SELECT * FROM counted EXCEPT SELECT * FROM wanted) extra",
    },
    Rule {
        name: "cards show what variants and pictures are",
        broken_by: "SELECT p.id AS subject, p.slug AS detail FROM products p \
            WHERE p.variant_count <> (SELECT COUNT(*) FROM variants v WHERE v.product_id = p.id) \
            OR p.buyable <> CASE WHEN EXISTS (SELECT 1 FROM variants v \
              WHERE v.product_id = p.id AND v.available > 0) THEN 1 ELSE 0 END \
            OR COALESCE(p.picture_src, '') <> COALESCE((SELECT i.src FROM pictures i \
              WHERE i.product_id = p.id ORDER BY i.position LIMIT 1), '')",
    },
    Rule {
        name: "a variant's sold units are those of orders that did not come back",
        broken_by: "SELECT v.id AS subject, CAST(v.sold AS TEXT) AS detail FROM variants v \
            LEFT JOIN (SELECT l.variant_id, SUM(l.quantity - l.restocked) AS units \
              FROM order_lines l JOIN orders o ON o.id = l.order_id \
              WHERE o.status <> 'cancelled' GROUP BY l.variant_id) s ON s.variant_id = v.id \
            WHERE v.sold <> COALESCE(s.units, 0)",
    },
    Rule {
        name: "every line of an order took its units once, and only lines are sales",
        broken_by: "SELECT l.order_id AS subject, l.variant_id AS detail FROM order_lines l \
            WHERE l.taken <> 0 AND l.taken <> l.quantity \
            UNION ALL \
            SELECT e.id AS subject, e.order_id AS detail FROM stock_entries e \
            WHERE e.reason = 'sale'",
    },
    Rule {
        name: "a cancelled order gave its units back, any other kept them",
        broken_by: "SELECT l.order_id AS subject, o.status AS detail FROM order_lines l \
            JOIN orders o ON o.id = l.order_id \
            LEFT JOIN (SELECT order_id, variant_id, delta, COUNT(*) AS times FROM stock_entries \
              WHERE reason = 'cancellation' GROUP BY order_id, variant_id, delta) m \
            ON m.order_id = l.order_id AND m.variant_id = l.variant_id AND m.delta = l.taken \
            WHERE l.taken > 0 \
            AND (CASE WHEN o.status = 'cancelled' THEN 1 ELSE 0 END) <> COALESCE(m.times, 0)",
    },
    Rule {
        name: "stock moved, money came and things happened for an order that is there",
        broken_by: "SELECT e.id AS subject, e.order_id AS detail FROM stock_entries e \
            WHERE e.order_id IS NOT NULL \
            AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = e.order_id) \
            UNION ALL \
            SELECT l.order_id AS subject, l.variant_id AS detail FROM order_lines l \
            WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = l.order_id) \
            UNION ALL \
            SELECT p.id AS subject, p.order_id AS detail FROM payment_attempts p \
            WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = p.order_id) \
            UNION ALL \
            SELECT e.id AS subject, e.order_id AS detail FROM order_events e \
            WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = e.order_id)",
    },
    Rule {
        name: "an order has an address and lines, and its lines and sums add up",
        broken_by: "SELECT o.id AS subject, o.number AS detail FROM orders o \
            LEFT JOIN (SELECT order_id, SUM(quantity) AS units, \
              SUM(unit_price_minor * quantity) AS minor, SUM(discount_minor) AS discount_minor \
              FROM order_lines GROUP BY order_id) l ON l.order_id = o.id \
            WHERE o.name = '' OR o.country = '' OR l.order_id IS NULL \
            OR o.units <> l.units OR o.subtotal_minor <> l.minor \
            OR o.discount_minor < l.discount_minor \
            OR o.total_minor <> o.subtotal_minor - o.discount_minor + o.shipping_minor \
              + o.fee_minor + CASE o.tax_mode WHEN 'net' THEN o.tax_minor ELSE 0 END",
    },
    Rule {
        name: "an order that is paid for has its money or is owed it on delivery",
        broken_by: "SELECT o.id AS subject, o.payment_status AS detail FROM orders o \
            WHERE o.status IN ('paid', 'packed', 'shipped', 'delivered') \
            AND o.payment_status NOT IN ('captured', 'due', 'disputed') \
            AND o.refunded_minor < o.total_minor",
    },
    Rule {
        name: "an order that waits to be confirmed has a time for it, and brought no money",
        broken_by: "SELECT o.id AS subject, o.payment_status AS detail FROM orders o \
            WHERE o.status = 'awaiting_confirmation' AND (o.confirm_by IS NULL \
            OR o.payment_status <> CASE WHEN o.pay_by IS NULL THEN 'due' ELSE 'pending' END \
            OR o.captured_minor <> 0)",
    },
    Rule {
        name: "what came in of an order is its total without what was waived, or nothing yet",
        broken_by: "SELECT o.id AS subject, CAST(o.captured_minor AS TEXT) AS detail FROM orders o \
            LEFT JOIN (SELECT order_id, SUM(amount_minor) AS minor FROM refunds \
              WHERE status = 'waived' GROUP BY order_id) w ON w.order_id = o.id \
            WHERE o.captured_minor <> CASE \
              WHEN o.payment_status IN ('captured', 'refunded', 'disputed') \
              THEN o.total_minor - COALESCE(w.minor, 0) ELSE 0 END",
    },
    Rule {
        name: "what came for an order by transfer and was kept pays it, and nothing is kept of one that ended",
        broken_by: "SELECT o.id AS subject, o.number AS detail FROM orders o \
            LEFT JOIN (SELECT order_id, SUM(amount_minor - return_minor) AS minor FROM transfers \
              GROUP BY order_id) t ON t.order_id = o.id \
            WHERE o.pay_by IS NOT NULL AND NOT CASE \
              WHEN o.captured_minor > 0 THEN COALESCE(t.minor, 0) = o.captured_minor \
              WHEN o.status = 'pending_payment' THEN COALESCE(t.minor, 0) < o.total_minor \
              ELSE COALESCE(t.minor, 0) = 0 END",
    },
    Rule {
        name: "what providers have of an order is what it says",
        broken_by: "SELECT o.id AS subject, o.payment_status AS detail FROM orders o \
            JOIN (SELECT order_id, SUM(captured_minor) AS captured_minor, \
              SUM(refunded_minor) AS refunded_minor, \
              COUNT(CASE WHEN status = 'pending' THEN 1 END) AS pending \
              FROM payment_attempts GROUP BY order_id) p ON p.order_id = o.id \
            WHERE p.captured_minor <> o.captured_minor \
            OR (p.captured_minor > 0 AND p.refunded_minor <> o.refunded_minor) \
            OR (o.payment_status = 'pending') <> (p.pending > 0)",
    },
    Rule {
        name: "what is pending of a payment is what its refunds say, and nothing is taken of one that ended",
        broken_by: "SELECT p.order_id AS subject, CAST(p.refunded_pending_minor AS TEXT) AS detail \
            FROM payment_attempts p \
            LEFT JOIN (SELECT order_id, SUM(amount_minor) AS minor FROM refunds \
              WHERE status = 'pending' GROUP BY order_id) r ON r.order_id = p.order_id \
            WHERE p.refunded_pending_minor <> CASE WHEN p.captured_minor > 0 \
              THEN COALESCE(r.minor, 0) ELSE 0 END \
            OR (p.captured_pending_minor > 0 AND p.status NOT IN ('pending', 'authorised')) \
            UNION ALL \
            SELECT r.order_id AS subject, CAST(r.number AS TEXT) AS detail FROM refunds r \
            JOIN orders o ON o.id = r.order_id \
            WHERE r.status = 'pending' AND o.payment_status = 'refunded'",
    },
    Rule {
        name: "a release that is wanted is of a payment that was begun, and someone asked for it",
        broken_by: "SELECT p.order_id AS subject, p.status AS detail FROM payment_attempts p \
            WHERE p.release_wanted_at IS NOT NULL AND (p.asked_by IS NULL OR p.external_id IS NULL)",
    },
    Rule {
        name: "what was taken and is not what an order costs has not paid it",
        broken_by: "SELECT s.order_id AS subject, CAST(s.captured_minor AS TEXT) AS detail \
            FROM other_sums s LEFT JOIN payment_attempts p ON p.id = s.attempt_id \
            WHERE p.id IS NULL OR p.order_id <> s.order_id OR p.captured_minor > 0",
    },
    Rule {
        name: "a line's refunded units are those of its refunds",
        broken_by: "SELECT l.order_id AS subject, CAST(l.refunded AS TEXT) AS detail \
            FROM order_lines l WHERE l.refunded <> COALESCE((SELECT SUM(r.quantity) \
            FROM refund_lines r WHERE r.order_id = l.order_id AND r.position = l.position), 0)",
    },
    Rule {
        name: "a refund put its units back once if it was to, and else not",
        broken_by: "SELECT r.id AS subject, l.variant_id AS detail FROM refunds r \
            JOIN refund_lines rl ON rl.refund_id = r.id \
            JOIN order_lines l ON l.order_id = rl.order_id AND l.position = rl.position \
            LEFT JOIN (SELECT refund_id, variant_id, delta, COUNT(*) AS times FROM stock_entries \
              WHERE refund_id IS NOT NULL GROUP BY refund_id, variant_id, delta) m \
            ON m.refund_id = r.id AND m.variant_id = l.variant_id AND m.delta = rl.quantity \
            WHERE l.taken > 0 AND r.restock <> COALESCE(m.times, 0)",
    },
    Rule {
        name: "a line's restocked units are those that moved back",
        broken_by: "SELECT l.order_id AS subject, CAST(l.restocked AS TEXT) AS detail \
            FROM order_lines l \
            LEFT JOIN (SELECT order_id, variant_id, SUM(delta) AS units FROM stock_entries \
              WHERE reason = 'refund' GROUP BY order_id, variant_id) m \
            ON m.order_id = l.order_id AND m.variant_id = l.variant_id \
            WHERE l.taken > 0 AND l.restocked <> COALESCE(m.units, 0)",
    },
    Rule {
        name: "a refund comes to its lines and delivery, and an order's refunds to what it says",
        broken_by: "SELECT r.order_id AS subject, CAST(r.number AS TEXT) AS detail FROM refunds r \
            WHERE r.cause = 'staff' AND r.amount_minor + r.elsewhere_minor <> \
            r.shipping_minor + r.elsewhere_shipping_minor + COALESCE((SELECT SUM(l.amount_minor) FROM refund_lines l WHERE l.refund_id = r.id), 0) \
            UNION ALL \
            SELECT o.id AS subject, CAST(o.refunded_minor AS TEXT) AS detail FROM orders o \
            WHERE o.refunded_minor <> COALESCE((SELECT SUM(r.amount_minor) FROM refunds r \
            WHERE r.order_id = o.id), 0)",
    },
    Rule {
        name: "what a bank has given back of a refund comes of a dispute that was lost",
        broken_by: "SELECT r.order_id AS subject, CAST(r.number AS TEXT) AS detail FROM refunds r \
            WHERE (r.status = 'by_bank') <> (r.by_bank_minor > 0 AND r.by_bank_minor = r.amount_minor) \
            UNION ALL \
            SELECT r.order_id AS subject, CAST(r.number AS TEXT) AS detail FROM refunds r \
            WHERE r.by_bank_minor > 0 AND r.status IN ('owed', 'by_hand', 'by_bank') \
            AND NOT EXISTS (SELECT 1 FROM disputes d WHERE d.order_id = r.order_id \
            AND d.state = 'lost')",
    },
    Rule {
        name: "what refunds leave out as gone back at the provider went back there, under the provider's name for it",
        broken_by: "SELECT r.order_id AS subject, CAST(SUM(r.elsewhere_minor) AS TEXT) AS detail \
            FROM refunds r GROUP BY r.order_id HAVING SUM(r.elsewhere_minor) > \
            SUM(CASE WHEN r.cause = 'provider' THEN r.amount_minor ELSE 0 END) \
            UNION ALL \
            SELECT r.order_id AS subject, CAST(r.number AS TEXT) AS detail FROM refunds r \
            WHERE (r.cause = 'provider') <> (r.external_id IS NOT NULL)",
    },
    Rule {
        name: "delivery is refunded at most once",
        broken_by: "SELECT o.id AS subject, o.number AS detail FROM orders o \
            WHERE o.shipping_minor < COALESCE((SELECT SUM(r.shipping_minor + r.elsewhere_shipping_minor) FROM refunds r \
            WHERE r.order_id = o.id), 0)",
    },
    Rule {
        name: "an order is refunded when all its units are, and not before",
        broken_by: "SELECT o.id AS subject, o.status AS detail FROM orders o \
            WHERE o.status <> 'cancelled' AND (CASE WHEN o.status = 'refunded' THEN 1 ELSE 0 END) <> \
            (CASE WHEN EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id \
            AND l.refunded < l.quantity) THEN 0 ELSE 1 END)",
    },
    Rule {
        name: "the time line tells how an order came to its status, and parcels hold what was sent",
        broken_by: "SELECT o.id AS subject, o.status AS detail FROM orders o \
            WHERE o.status NOT IN ('awaiting_confirmation', 'pending_payment', 'paid') \
            AND NOT EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = o.id AND e.kind = o.status) \
            UNION ALL \
            SELECT l.order_id AS subject, 'in a parcel' AS detail FROM order_lines l \
            JOIN orders o ON o.id = l.order_id \
            LEFT JOIN (SELECT order_id, position, SUM(quantity) AS units FROM fulfilment_lines \
              GROUP BY order_id, position) f ON f.order_id = l.order_id AND f.position = l.position \
            WHERE COALESCE(f.units, 0) > l.quantity OR (o.status IN ('shipped', 'delivered') \
            AND COALESCE(f.units, 0) + l.refunded < l.quantity)",
    },
    Rule {
        name: "sums by time are those of the orders (`server correct-sums` sets them right)",
        broken_by: WRONG_OF_ORDERS,
    },
    Rule {
        name: "sums of variants by time are those of the orders (`server correct-sums` sets them right)",
        broken_by: WRONG_OF_VARIANTS,
    },
];

/// One row that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static str,
    pub subject: String,
    pub detail: String,
}

struct Broken {
    subject: String,
    detail: Option<String>,
}

from_row!(Broken { subject, detail });

/// What orders that are not cancelled come to, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Takings {
    pub currency: String,
    /// Money that came in, before refunds.
    pub received_minor: i64,
    /// Money that providers are sending back and that has not arrived.
    pub returning_minor: i64,
    /// Money that is due on delivery.
    pub to_collect_minor: i64,
    /// What orders would bring that nobody has confirmed yet.
    pub unconfirmed_minor: i64,
    /// What orders would bring that wait for a bank transfer.
    pub awaited_minor: i64,
}

from_row!(Takings {
    currency,
    received_minor,
    returning_minor,
    to_collect_minor,
    unconfirmed_minor,
    awaited_minor,
});

/// Money that came, apart from money that did not yet, by currency.
pub async fn takings(db: &Db) -> Result<Vec<Takings>> {
    let sums = "SELECT o.currency, \
        CAST(COALESCE(SUM(o.captured_minor), 0) AS BIGINT) AS received_minor, \
        CAST(COALESCE((SELECT SUM(r.amount_minor) FROM refunds r JOIN orders b ON b.id = r.order_id \
          WHERE r.status = 'pending' AND b.currency = o.currency), 0) AS BIGINT) AS returning_minor, \
        CAST(COALESCE(SUM(CASE WHEN o.payment_status = 'due' \
          AND o.status <> 'awaiting_confirmation' \
          THEN o.total_minor - o.refunded_minor END), 0) AS BIGINT) AS to_collect_minor, \
        CAST(COALESCE(SUM(CASE WHEN o.status = 'awaiting_confirmation' \
          THEN o.total_minor END), 0) AS BIGINT) AS unconfirmed_minor, \
        CAST(COALESCE(SUM(CASE WHEN o.status = 'pending_payment' AND o.pay_by IS NOT NULL \
          THEN o.total_minor END), 0) AS BIGINT) AS awaited_minor \
        FROM orders o GROUP BY o.currency ORDER BY o.currency";
    Sql::new(sums).fetch_all_as(db.reader()).await
}

/// A rule that is broken by more rows is broken everywhere, and nobody reads them all.
pub const MOST_OF_A_RULE: usize = 100;

/// What does not agree, at most [`MOST_OF_A_RULE`] rows of each rule; empty when all is well. All rules see the same
/// moment.
pub async fn check(db: &Db) -> Result<Vec<Finding>> {
    let mut tx = db.begin().await?;
    if db.dialect() == Dialect::Postgres {
        sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            .execute(&mut *tx)
            .await?;
    }
    let mut findings = Vec::new();
    for rule in &RULES {
        let broken_by = rule.broken_by.replace("{now}", db.dialect().time());
        let first =
            format!("SELECT subject, detail FROM ({broken_by}) broken LIMIT {MOST_OF_A_RULE}");
        let broken = Sql::new(&first).fetch_all_as::<Broken>(&mut *tx);
        findings.extend(broken.await?.into_iter().map(|row| Finding {
            rule: rule.name,
            subject: row.subject,
            detail: row.detail.unwrap_or_default(),
        }));
    }
    tx.rollback().await?;
    Ok(findings)
}
