//! The table of orders: newest first, filtered and searched.

use app::{
    answers::{Cursor, Stretch, Tally},
    open_dispute,
    orders::{
        ports::{MoneyFilter, OrderFilter, OrderSort},
        types::{OrderRow, OrderStatus},
    },
};
use desk::admin::orders::ports::OrderTallies;
use sqlx::any::AnyRow;

use crate::{
    db::{FromRow, Get, Page, Sql, containing, from_row},
    error::Result,
    ids::{order_digits, order_number},
    orders::short_numbers::{self, draw},
    store::Store,
    text::{email_key, fold},
};

/// Orders on a page of the table.
const PAGE: i64 = 25;
/// So many digits of a number are looked for as such; fewer stand in too many.
const PART_OF_NUMBER: usize = 4;

/// How a searched text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Search {
    /// It is a whole number or e-mail address: found by an index.
    Whole,
    /// It is a part of one, or of a name: every order is looked at.
    Part,
}

impl Search {
    async fn of(db: &Store, text: &str) -> Result<Self> {
        let mut sql = Sql::new("SELECT 1 AS n FROM orders o WHERE ");
        push_whole(&mut sql, text);
        sql.push(" LIMIT 1");
        Ok(match sql.fetch_optional(db.reader()).await? {
            Some(_) => Self::Whole,
            None => Self::Part,
        })
    }
}

/// A whole number, long or short, or a whole e-mail address.
pub fn push_whole(sql: &mut Sql, text: &str) {
    let number = order_number(text).unwrap_or_else(|| text.to_uppercase());
    sql.push("(o.number = ").text(number);
    if let Some(short) = short_numbers::parse(text) {
        sql.push(" OR o.id = (SELECT n.order_id FROM order_short_numbers n WHERE n.number = ")
            .int(short)
            .push(")");
    }
    sql.push(" OR o.email_key = ")
        .text(email_key(text))
        .push(")");
}

/// A part of number, address or name.
pub fn push_part(sql: &mut Sql, text: &str) {
    sql.push("(");
    push_contains(sql, "o.search_key", text);
    let digits = order_digits(text);
    if let Some(digits) = digits.filter(|digits| digits.len() >= PART_OF_NUMBER) {
        sql.push(" OR replace(o.number, '-', '') LIKE ")
            .text(containing(&digits))
            .push(" ESCAPE '\\'");
    }
    sql.push(")");
}

/// Adds which of the orders are meant.
fn push_meant(sql: &mut Sql, filter: &OrderFilter, search: Search) {
    sql.push(" WHERE 1 = 1");
    if let Some(text) = &filter.text {
        sql.push(" AND ");
        match search {
            Search::Whole => push_whole(sql, text),
            Search::Part => push_part(sql, text),
        }
    }
    if let Some(money) = filter.money {
        sql.push(" AND ").push(by_money(money));
    }
    if let Some(status) = filter.status {
        sql.push(" AND o.status = ").text(status.as_str());
    }
    if let Some(from) = filter.from {
        sql.push(" AND o.created_at >= ").int(from);
    }
    if let Some(until) = filter.until {
        sql.push(" AND o.created_at < ").int(until);
    }
    if let Some(email) = &filter.customer {
        sql.push(" AND o.email_key = ").text(email_key(email));
    }
    if let Some(product) = &filter.product {
        sql.push(" AND EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND (l.product_slug = ")
            .text(product)
            .push(" OR ");
        // Title and SKU.
        push_contains(sql, "l.search_key", product);
        sql.push("))");
    }
}

/// Each begins with the index of the few rows that it is about. What is to be paid by hand waits while a bank
/// has a say in it.
const fn by_money(money: MoneyFilter) -> &'static str {
    match money {
        MoneyFilter::ToReturn => {
            "o.id IN (SELECT r.order_id FROM refunds r WHERE r.status IN ('owed', 'by_hand') \
             UNION SELECT t.order_id FROM transfers t \
             WHERE t.return_minor > 0 AND t.returned_at IS NULL)"
        }
        MoneyFilter::ByHand => {
            concat!(
                "o.id IN (SELECT r.order_id FROM refunds r \
                 WHERE r.status IN ('owed', 'by_hand') AND r.status = 'by_hand' AND NOT EXISTS \
                 (SELECT 1 FROM disputes d WHERE d.order_id = r.order_id AND ",
                open_dispute!("d.state"),
                "))",
            )
        }
        MoneyFilter::Disputed => {
            concat!(
                "o.id IN (SELECT d.order_id FROM disputes d WHERE ",
                open_dispute!("d.state"),
                ")",
            )
        }
    }
}

/// `… LIKE …`: the key has the text somewhere.
pub fn push_contains(sql: &mut Sql, key: &str, text: &str) {
    sql.push(format!("{key} LIKE "))
        .text(containing(&fold(text)))
        .push(" ESCAPE '\\'");
}

/// As [`read`] has it, once each of its orders has a short number. Whoever looks at the newest orders
/// does not wait for the maintenance.
pub async fn list(db: &Store, now: i64, filter: &OrderFilter) -> Result<Stretch<OrderRow>> {
    let found = read(db, filter).await?;
    if found.rows.iter().all(|row| row.short_number.is_some()) {
        return Ok(found);
    }
    match draw(db, now).await {
        Ok(_) => read(db, filter).await,
        // The list is worth more than these numbers, which the maintenance draws as well.
        Err(error) => {
            tracing::warn!(%error, "short numbers of orders will be drawn later");
            Ok(found)
        }
    }
}

/// What a list is sorted by, all columns one way; a page begins where the one before it has ended.
///
/// By the total there is no index, which every order would pay for: as for a part of a name, every order
/// of the list is looked at.
#[derive(Clone, Copy)]
struct Sorted {
    columns: &'static [&'static str],
    falls: bool,
}

impl Sorted {
    const fn by(sort: OrderSort) -> Self {
        const DAY: &[&str] = &["created_at", "id"];
        const TOTAL: &[&str] = &["total_minor", "created_at", "id"];
        let (columns, falls) = match sort {
            OrderSort::Newest => (DAY, true),
            OrderSort::Oldest => (DAY, false),
            OrderSort::Highest => (TOTAL, true),
            OrderSort::Lowest => (TOTAL, false),
        };
        Self { columns, falls }
    }

    /// ` AND …`: the orders on the cursor's side. One that cannot be read leaves out nothing.
    fn push_side(self, sql: &mut Sql, cursor: Option<&Cursor>) {
        let (is_onward, text) = match cursor {
            None => return,
            Some(Cursor::After(text)) => (true, text),
            Some(Cursor::Before(text)) => (false, text),
        };
        let parts: Vec<&str> = text.split('~').collect();
        let Some((id, numbers)) = parts.split_last() else {
            return;
        };
        let numbers: Option<Vec<i64>> = numbers.iter().map(|part| part.parse().ok()).collect();
        let Some(numbers) = numbers.filter(|numbers| numbers.len() + 1 == self.columns.len())
        else {
            return;
        };
        let side = if self.falls == is_onward { "<" } else { ">" };
        sql.push(format!(" AND (o.{}) {side} (", self.columns.join(", o.")));
        for number in numbers {
            sql.int(number).push(", ");
        }
        sql.text(*id).push(")");
    }

    /// A page before a cursor is read from its end.
    fn push_order(self, sql: &mut Sql, cursor: Option<&Cursor>) {
        let is_onward = !matches!(cursor, Some(Cursor::Before(_)));
        let way = if self.falls == is_onward {
            "DESC"
        } else {
            "ASC"
        };
        let columns: Vec<_> = self
            .columns
            .iter()
            .map(|column| format!("o.{column} {way}"))
            .collect();
        sql.push(format!(" ORDER BY {} LIMIT ", columns.join(", ")))
            .int(PAGE + 1);
    }

    /// The cursor of a row.
    fn at(self, row: &AnyRow) -> Result<String> {
        let mut text = String::new();
        for column in self.columns.iter().filter(|column| **column != "id") {
            text.push_str(&format!("{}~", row.int(column)?));
        }
        Ok(text + &row.text("id")?)
    }
}

async fn read(db: &Store, filter: &OrderFilter) -> Result<Stretch<OrderRow>> {
    let search = match &filter.text {
        Some(text) => Search::of(db, text).await?,
        None => Search::Part,
    };
    let (sorted, cursor) = (Sorted::by(filter.sort), filter.cursor.as_ref());
    let rows = rows(filter, search).fetch_all(db.reader()).await?;
    let page = Page::of(rows, PAGE, cursor, |row| sorted.at(row))?;
    // A list of one page is counted by reading it.
    let found = match (cursor, &page.after) {
        (None, None) => Tally::of(page.rows.len() as i64),
        _ => meant(filter, search).tally(db.reader()).await?,
    };
    Ok(Stretch {
        rows: page
            .rows
            .iter()
            .map(OrderRow::from_row)
            .collect::<Result<_>>()?,
        found,
        before: page.before,
        after: page.after,
    })
}

/// All orders of the list, to be counted.
fn meant(filter: &OrderFilter, search: Search) -> Sql {
    let mut sql = Sql::new("SELECT 1 AS one FROM orders o");
    push_meant(&mut sql, filter, search);
    sql
}

/// Those of a page, and one more if there are more.
fn rows(filter: &OrderFilter, search: Search) -> Sql {
    let (sorted, cursor) = (Sorted::by(filter.sort), filter.cursor.as_ref());
    let mut sql = Sql::new(
        "SELECT o.id, o.number, \
         (SELECT n.number FROM order_short_numbers n WHERE n.order_id = o.id) AS short_number, \
         o.email, o.status, o.total_minor, o.currency, o.created_at, o.name, \
         o.refunded_minor, o.units, \
         CAST(COALESCE((SELECT SUM(r.amount_minor - r.by_bank_minor) FROM refunds r WHERE r.order_id = o.id \
         AND r.status IN ('owed', 'by_hand')), 0) + COALESCE((SELECT SUM(t.return_minor) \
         FROM transfers t WHERE t.order_id = o.id AND t.return_minor > 0 \
         AND t.returned_at IS NULL), 0) AS BIGINT) AS owed_minor \
         FROM orders o",
    );
    push_meant(&mut sql, filter, search);
    sorted.push_side(&mut sql, cursor);
    sorted.push_order(&mut sql, cursor);
    sql
}

/// The orders of each tab of the table: each is counted in a range of an index, up to a bound.
pub async fn tallies(db: &Store) -> Result<OrderTallies> {
    let mut tallies = OrderTallies::default();
    for status in OrderStatus::ALL {
        let mut sql = Sql::new("SELECT 1 AS one FROM orders o WHERE o.status = ");
        sql.text(status.as_str());
        let tally = sql.tally(db.reader()).await?;
        tallies.statuses.push((status, tally));
    }
    for money in MoneyFilter::ALL {
        let mut sql = Sql::new("SELECT 1 AS one FROM orders o WHERE ");
        sql.push(by_money(money));
        let tally = sql.tally(db.reader()).await?;
        tallies.money.push((money, tally));
    }
    Ok(tallies)
}

from_row!(OrderRow {
    id,
    number,
    short_number,
    name,
    email,
    status,
    units,
    total_minor,
    refunded_minor,
    owed_minor,
    currency,
    created_at,
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn a_page_is_read_from_where_the_one_before_ended() {
        let planner = Planner::new().await;
        let of_status = OrderFilter {
            status: Some(OrderStatus::Paid),
            ..OrderFilter::default()
        };
        let of_customer = OrderFilter {
            customer: Some("kim@example.com".to_owned()),
            ..OrderFilter::default()
        };
        for (filter, sort, index) in [
            (
                OrderFilter::default(),
                OrderSort::Newest,
                "orders_newest ((created_at,id)<(?,?))",
            ),
            (
                OrderFilter::default(),
                OrderSort::Oldest,
                "orders_newest ((created_at,id)>(?,?))",
            ),
            (of_status, OrderSort::Newest, "orders_status (status=?"),
            (of_customer, OrderSort::Newest, "orders_email (email_key=?"),
        ] {
            let filter = OrderFilter {
                sort,
                cursor: Some(Cursor::After("1~o".to_owned())),
                ..filter
            };
            let steps = planner.by_index(rows(&filter, Search::Part), index).await;
            assert!(
                !steps.iter().any(|step| step.starts_with("SCAN")),
                "{steps:#?}"
            );
        }
        planner.db.close().await;
    }

    #[test]
    fn a_cursor_that_cannot_be_read_leaves_out_nothing() {
        let side = |sort, text: &str| {
            let mut sql = Sql::new("");
            let cursor = Cursor::After(text.to_owned());
            Sorted::by(sort).push_side(&mut sql, Some(&cursor));
            sql.next() > 1
        };
        assert!(side(OrderSort::Newest, "1~o") && side(OrderSort::Lowest, "5~1~o"));
        for text in ["", "~", "o", "x~o", "5~1~o", "1~2~3~o"] {
            assert!(!side(OrderSort::Newest, text), "{text}");
        }
        assert!(!side(OrderSort::Lowest, "1~o"));
    }
}
