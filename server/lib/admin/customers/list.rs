//! Customers with what their orders come to.

use app::orders::types::OrderRow;
use desk::admin::{
    customers::types::{CustomerAccount, CustomerFilter, CustomerRow, CustomerTable, List},
    product_filter::Cursor,
};

use super::Who;
use crate::{
    account::store::ACCOUNTS_BY_PART,
    admin::fetched::Fetched,
    db::{Columns, Dialect, FromRow, Newest, PartWay, Sql, from_row},
    error::Result,
    orders::search::{push_contains, push_named},
    store::Store,
    text::fold,
};

const BUYERS: Newest = Newest {
    at: "o.created_at",
    id: "o.id",
    page: 25,
};
const ACCOUNTS: Newest = Newest {
    at: "c.created_at",
    id: "c.id",
    page: 25,
};
const ORDERS: Newest = Newest {
    at: "o.created_at",
    id: "o.id",
    page: 20,
};

/// The newest order of everybody. Whether there is a newer one is one look into an index, so the
/// first page does not read all orders.
const NEWEST_ORDERS: &str = "SELECT o.id, o.created_at AS at, o.name AS order_name, \
    o.email_key AS order_email, c.id AS account_id, c.email, c.name, c.role, c.verified_at, \
    c.created_at AS joined_at, \
    CASE WHEN c.id IS NULL THEN o.email_key WHEN c.verified_at IS NOT NULL THEN c.email END \
    AS guest_email \
    FROM orders o \
    LEFT JOIN accounts c ON c.id = COALESCE(o.account_id, (SELECT a.id FROM accounts a \
    WHERE a.email = o.email_key AND a.verified_at IS NOT NULL)) \
    WHERE o.email <> '' AND NOT EXISTS (SELECT 1 FROM orders n WHERE n.account_id = c.id \
    AND (n.created_at, n.id) > (o.created_at, o.id)) \
    AND NOT EXISTS (SELECT 1 FROM orders n WHERE n.account_id IS NULL AND n.email_key = \
    CASE WHEN c.id IS NULL THEN o.email_key WHEN c.verified_at IS NOT NULL THEN c.email END \
    AND (n.created_at, n.id) > (o.created_at, o.id))";

const ALL_ACCOUNTS: &str = "SELECT c.id, c.created_at AS at, NULL AS order_name, \
    NULL AS order_email, c.id AS account_id, c.email, c.name, c.role, c.verified_at, \
    c.created_at AS joined_at, CASE WHEN c.verified_at IS NOT NULL THEN c.email END AS guest_email \
    FROM accounts c WHERE 1 = 1";

pub async fn list(db: &Store, currency: &str, filter: &CustomerFilter) -> Result<CustomerTable> {
    let way = match &filter.text {
        Some(text) => {
            let found = |sql: &mut Sql| push_found(sql, db.dialect(), filter.list, text);
            Some(PartWay::to(db, &fold(text), found).await?)
        }
        None => None,
    };
    let cursor = filter.cursor.as_ref();
    let sql = page(db.dialect(), currency, filter, way);
    let page = order(filter.list).page(sql.fetch_all(db.reader()).await?, cursor)?;
    Ok(CustomerTable {
        rows: page
            .rows
            .iter()
            .map(|row| Fetched::from_row(row).map(Fetched::it))
            .collect::<Result<_>>()?,
        before: page.before,
        after: page.after,
    })
}

const fn order(list: List) -> Newest {
    match list {
        List::Buyers => BUYERS,
        List::Accounts => ACCOUNTS,
    }
}

/// The customers of a page, and one more if there are more. `way` tells how those of the text are found.
fn page(dialect: Dialect, currency: &str, filter: &CustomerFilter, way: Option<PartWay>) -> Sql {
    let (order, cursor) = (order(filter.list), filter.cursor.as_ref());
    let (from, rows, keys): (_, _, &[&str]) = match filter.list {
        List::Buyers => (
            NEWEST_ORDERS,
            ("orders", "o"),
            &["o.search_key", "c.search_key"],
        ),
        List::Accounts => (ALL_ACCOUNTS, ("accounts", "c"), &["c.search_key"]),
    };
    let mut sql = with_sums(currency);
    sql.push(" FROM (").push(from);
    if let (Some(text), Some(way)) = (&filter.text, way) {
        sql.push(" AND ");
        way.push(&mut sql, rows, |sql| {
            push_found(sql, dialect, filter.list, text);
        });
        for (i, key) in keys.iter().enumerate() {
            sql.push(if i == 0 { "(" } else { " OR " });
            push_contains(&mut sql, key, text);
        }
        sql.push(")");
    }
    order.push_side(&mut sql, cursor);
    order.push_order(&mut sql, cursor);
    let way = Newest::way(cursor);
    sql.push(format!(") AS p ORDER BY p.at {way}, p.id {way}"));
    sql
}

/// `SELECT` the ids of all accounts with this part, or of the orders of all buyers.
fn push_found(sql: &mut Sql, dialect: Dialect, list: List, text: &str) {
    let part = fold(text);
    let accounts = |sql: &mut Sql| ACCOUNTS_BY_PART.push_found(sql, dialect, &part);
    match list {
        List::Accounts => accounts(sql),
        List::Buyers => {
            push_named(sql, dialect, text);
            sql.push(" UNION ALL SELECT n.id FROM orders n WHERE n.account_id IN (");
            accounts(sql);
            sql.push(
                ") UNION ALL SELECT n.id FROM orders n WHERE n.account_id IS NULL \
                 AND n.email_key IN (SELECT v.email FROM accounts v \
                 WHERE v.verified_at IS NOT NULL AND v.id IN (",
            );
            accounts(sql);
            sql.push("))");
        }
    }
}

/// `SELECT p.…` with sums over the orders of `p.account_id` and, as a guest, `p.guest_email`.
fn with_sums(currency: &str) -> Sql {
    const THEIRS: [&str; 2] = [
        "n.account_id = p.account_id",
        "n.account_id IS NULL AND n.email_key = p.guest_email",
    ];
    let mut sql = Sql::new(
        "SELECT p.id, p.at, p.order_name, p.order_email, p.account_id, p.email, p.name, p.role, \
         p.verified_at, p.joined_at, ",
    );
    for (i, theirs) in THEIRS.iter().enumerate() {
        sql.push(if i == 0 { "" } else { " + " });
        sql.push(format!("(SELECT COUNT(*) FROM orders n WHERE {theirs})"));
    }
    sql.push(" AS orders, CAST(");
    for (i, theirs) in THEIRS.iter().enumerate() {
        sql.push(if i == 0 { "" } else { " + " });
        sql.push(format!(
            "COALESCE((SELECT SUM(n.total_minor - n.refunded_minor) FROM orders n WHERE {theirs} \
             AND n.status NOT IN ('awaiting_confirmation', 'pending_payment', 'cancelled') \
             AND n.currency = "
        ))
        .text(currency)
        .push("), 0)");
    }
    sql.push(" AS BIGINT) AS spent");
    for (i, theirs) in THEIRS.iter().enumerate() {
        sql.push(format!(
            ", (SELECT MAX(n.created_at) FROM orders n WHERE {theirs}) AS last_{i}"
        ));
    }
    sql
}

/// A guest has nothing that belongs to an account; an account without orders has nothing that the newest order
/// says.
struct Found {
    id: String,
    account: Option<Fetched<CustomerAccount>>,
    email: Option<String>,
    name: String,
    order_email: Option<String>,
    order_name: String,
    orders: i64,
    spent: i64,
    last_as_account: Option<i64>,
    last_as_guest: Option<i64>,
}

from_row!(Found {
    id,
    account: row_if "account_id",
    email,
    name: or_default,
    order_email,
    order_name: or_default,
    orders,
    spent,
    last_as_account: "last_0",
    last_as_guest: "last_1",
});

from_row!(Fetched(CustomerAccount) {
    id: "account_id",
    role,
    is_verified: is_set "verified_at",
    created_at: "joined_at",
});

impl<R: Columns> FromRow<R> for Fetched<CustomerRow> {
    fn from_row(row: &R) -> Result<Self> {
        let found = Found::from_row(row)?;
        let account = found.account.map(Fetched::it);
        let (email, id) = match &account {
            Some(account) => (found.email, account.id.clone()),
            None => (found.order_email, found.id),
        };
        Ok(Self(CustomerRow {
            id,
            email: email.unwrap_or_default(),
            name: match found.name.is_empty() {
                true => found.order_name,
                false => found.name,
            },
            account,
            orders: found.orders,
            spent_minor: found.spent,
            last_order_at: found.last_as_account.max(found.last_as_guest),
        }))
    }
}

/// One customer's row. `id` is what they were asked for by, which is kept for guests.
pub async fn one(db: &Store, currency: &str, who: &Who, id: &str) -> Result<CustomerRow> {
    let mut sql = with_sums(currency);
    match &who.account {
        Some(account) => {
            sql.push(" FROM (").push(ALL_ACCOUNTS).push(" AND c.id = ");
            sql.text(&account.id).push(") AS p");
        }
        None => {
            sql.push(" FROM (").push(NEWEST_ORDERS);
            sql.push(" AND o.account_id IS NULL AND o.email_key = ")
                .text(&who.email)
                .push(") AS p");
        }
    }
    let Fetched(found): Fetched<CustomerRow> = sql.fetch_one_as(db.reader()).await?;
    Ok(match found.account {
        Some(_) => found,
        None => CustomerRow {
            id: id.to_owned(),
            ..found
        },
    })
}

/// Orders of a customer, newest first.
pub struct Orders {
    pub rows: Vec<OrderRow>,
    pub before: Option<String>,
    pub after: Option<String>,
}

pub async fn orders(db: &Store, who: &Who, cursor: Option<&Cursor>) -> Result<Orders> {
    let mut sql = Sql::new(
        "SELECT o.id, o.number, \
         (SELECT n.number FROM order_short_numbers n WHERE n.order_id = o.id) AS short_number, \
         o.email, o.status, o.total_minor, o.currency, o.created_at, \
         o.created_at AS at, o.name, o.refunded_minor, o.units, \
         CAST(COALESCE((SELECT SUM(r.amount_minor - r.by_bank_minor) FROM refunds r WHERE r.order_id = o.id \
         AND r.status IN ('owed', 'by_hand')), 0) AS BIGINT) AS owed_minor FROM orders o WHERE",
    );
    who.push_theirs(&mut sql);
    ORDERS.push_side(&mut sql, cursor);
    ORDERS.push_order(&mut sql, cursor);
    let page = ORDERS.page(sql.fetch_all(db.reader()).await?, cursor)?;
    Ok(Orders {
        rows: page
            .rows
            .iter()
            .map(OrderRow::from_row)
            .collect::<Result<_>>()?,
        before: page.before,
        after: page.after,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Planner;

    #[tokio::test]
    async fn customers_of_a_text_are_found_by_an_index() {
        let planner = Planner::new().await;
        for (list, indexes) in [
            (
                List::Buyers,
                &[
                    "SEARCH o USING INDEX sqlite_autoindex_orders_1 (id=?)",
                    "SCAN order_trigrams VIRTUAL TABLE INDEX 0:M",
                    "SEARCH n USING INDEX orders_account (account_id=?)",
                    "SEARCH n USING INDEX orders_email (email_key=?)",
                ][..],
            ),
            (
                List::Accounts,
                &[
                    "SEARCH c USING INDEX sqlite_autoindex_accounts_1 (id=?)",
                    "SCAN account_trigrams VIRTUAL TABLE INDEX 0:M",
                ],
            ),
        ] {
            let filter = CustomerFilter {
                list,
                text: Some("marten".to_owned()),
                cursor: None,
            };
            let page = || page(planner.db.dialect(), "EUR", &filter, Some(PartWay::Told));
            for index in indexes {
                let steps = planner.by_index(page(), index).await;
                let scans = |step: &String| {
                    step.starts_with("SCAN")
                        && !["_trigrams ", "SCAN a", "SCAN p"]
                            .iter()
                            .any(|read| step.contains(read))
                };
                assert!(!steps.iter().any(scans), "{steps:#?}");
            }
        }
        planner.db.close().await;
    }
}
