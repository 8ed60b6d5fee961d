//! What a page of the table of orders asks the database.

use app::orders::ports::OrderFilter;

use super::{by_money, sorted::Sorted};
use crate::{
    db::{Dialect, FEW, PartWay, Sql},
    error::Result,
    orders::search::{NOT_THERE_YET, Search, push_has_line, push_sold},
    store::Store,
    text::email_key,
};

/// A list of orders.
#[derive(Clone, Copy)]
pub struct List<'a> {
    dialect: Dialect,
    filter: &'a OrderFilter,
    /// How its text is found, if it has one.
    search: Option<Search>,
    /// The same of its product.
    product: Option<PartWay>,
}

/// How a page of it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the orders that are meant. If none of their indexes sorts as the list does, each is read and sorted.
    Orders,
    /// They are so many that it begins with the index of totals, and takes those that are meant.
    Totals,
}

impl<'a> List<'a> {
    pub async fn of(db: &Store, filter: &'a OrderFilter) -> Result<Self> {
        Ok(Self {
            dialect: db.dialect(),
            filter,
            search: match &filter.text {
                Some(text) => Some(Search::of(db, text).await?),
                None => None,
            },
            product: match &filter.product {
                Some(product) => Some(PartWay::to_all(db, |sql| push_sold(sql, product)).await?),
                None => None,
            },
        })
    }

    pub async fn way(self, db: &Store) -> Result<Way> {
        if !Sorted::by(self.filter.sort).is_by_total() {
            return Ok(Way::Orders);
        }
        let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (");
        self.push_all(&mut sql);
        sql.push(" LIMIT ").int(FEW + 1).push(") AS counted");
        let found: i64 = sql.fetch_value(db.reader()).await?;
        Ok(match found <= FEW {
            true => Way::Orders,
            false => Way::Totals,
        })
    }

    /// All of its orders, to be counted.
    pub fn all(self) -> Sql {
        let mut sql = Sql::new("");
        self.push_all(&mut sql);
        sql
    }

    fn push_all(self, sql: &mut Sql) {
        sql.push("SELECT 1 AS one FROM orders o");
        self.push_meant(sql);
    }

    /// Those of a page, and one more if there are more.
    pub fn page(self, way: Way) -> Sql {
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
        let (sorted, cursor) = (Sorted::by(self.filter.sort), self.filter.cursor.as_ref());
        match way {
            Way::Orders => {
                self.push_meant(&mut sql);
                sorted.push_side(&mut sql, &Sorted::OF_ORDERS, cursor);
            }
            Way::Totals => self.push_first_by_total(&mut sql, sorted),
        }
        sorted.push_order(&mut sql, &Sorted::OF_ORDERS, cursor);
        sql
    }

    /// The first of the page from the index of totals, and the first of what is not there yet.
    fn push_first_by_total(self, sql: &mut Sql, sorted: Sorted) {
        let cursor = self.filter.cursor.as_ref();
        // CROSS JOIN makes SQLite begin with the index.
        sql.push(
            " WHERE o.id IN (SELECT t.id FROM (SELECT s.order_id AS id FROM order_search s \
             CROSS JOIN orders o",
        );
        self.push_meant(sql);
        sql.push(" AND o.id = s.order_id");
        sorted.push_side(sql, &Sorted::OF_TOTALS, cursor);
        sorted.push_order(sql, &Sorted::OF_TOTALS, cursor);
        sql.push(") AS t UNION ALL SELECT t.id FROM (SELECT o.id FROM orders o");
        self.push_meant(sql);
        sql.push(" AND o.created_at IN ").push(NOT_THERE_YET);
        sorted.push_side(sql, &Sorted::OF_ORDERS, cursor);
        sorted.push_order(sql, &Sorted::OF_ORDERS, cursor);
        sql.push(") AS t)");
    }

    /// Adds which of the orders are meant.
    fn push_meant(self, sql: &mut Sql) {
        let filter = self.filter;
        sql.push(" WHERE 1 = 1");
        if let (Some(text), Some(search)) = (&filter.text, self.search) {
            sql.push(" AND ");
            search.push(sql, self.dialect, text);
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
        if let (Some(product), Some(way)) = (&filter.product, self.product) {
            sql.push(" AND ");
            way.push(sql, ("orders", "o"), |sql| push_sold(sql, product));
            push_has_line(sql, "o", product);
        }
    }
}

#[cfg(test)]
mod tests {
    use app::{
        answers::Cursor,
        orders::{
            ports::{MoneyFilter, OrderSort},
            types::OrderStatus,
        },
    };

    use super::*;
    use crate::db::explain::Planner;

    const NO_TEXT: OrderFilter = OrderFilter {
        text: None,
        status: None,
        from: None,
        until: None,
        customer: None,
        product: None,
        money: None,
        sort: OrderSort::Newest,
        cursor: None,
    };

    fn of_text(text: &str) -> OrderFilter {
        OrderFilter {
            text: Some(text.to_owned()),
            ..NO_TEXT
        }
    }

    /// What is read from end to end is said by its name.
    async fn plan(planner: &Planner, list: List<'_>, way: Way, index: &str, read: &[&str]) {
        for sql in [list.page(way), list.all().tallied()] {
            let steps = planner.by_index(sql, index).await;
            let scans = |step: &String| {
                step.starts_with("SCAN") && !read.iter().any(|read| step.contains(read))
            };
            assert!(!steps.iter().any(scans), "{index}: {steps:#?}");
        }
    }

    #[tokio::test]
    async fn a_page_is_read_from_where_the_one_before_ended() {
        let planner = Planner::new().await;
        let of_status = OrderFilter {
            status: Some(OrderStatus::Paid),
            ..NO_TEXT
        };
        let of_customer = OrderFilter {
            customer: Some("kim@example.com".to_owned()),
            ..NO_TEXT
        };
        for (filter, sort, cursor, way, index) in [
            (
                NO_TEXT,
                OrderSort::Newest,
                "1~o",
                Way::Orders,
                "orders_newest ((created_at,id)<(?,?))",
            ),
            (
                NO_TEXT,
                OrderSort::Oldest,
                "1~o",
                Way::Orders,
                "orders_newest ((created_at,id)>(?,?))",
            ),
            (
                of_status.clone(),
                OrderSort::Newest,
                "1~o",
                Way::Orders,
                "orders_status (status=?",
            ),
            (
                of_customer,
                OrderSort::Newest,
                "1~o",
                Way::Orders,
                "orders_email (email_key=?",
            ),
            (
                NO_TEXT,
                OrderSort::Highest,
                "1~1~o",
                Way::Totals,
                "order_search_total ((total_minor,created_at,order_id)<(?,?,?))",
            ),
            (
                of_status,
                OrderSort::Lowest,
                "1~1~o",
                Way::Totals,
                "order_search_total ((total_minor,created_at,order_id)>(?,?,?))",
            ),
        ] {
            let filter = OrderFilter {
                sort,
                cursor: Some(Cursor::After(cursor.to_owned())),
                ..filter
            };
            let list = List {
                dialect: planner.db.dialect(),
                filter: &filter,
                search: None,
                product: None,
            };
            let steps = planner.by_index(list.page(way), index).await;
            // Read to the end are what waits to be indexed and what was found.
            let scans = |step: &String| {
                step.starts_with("SCAN") && !["SCAN a", "SCAN t"].contains(&step.as_str())
            };
            assert!(!steps.iter().any(scans), "{index}: {steps:#?}");
        }
        planner.db.close().await;
    }

    #[tokio::test]
    async fn orders_of_a_text_are_found_by_an_index() {
        let planner = Planner::new().await;
        let dialect = planner.db.dialect();
        for (text, search, index, read) in [
            (
                "kim@example.com",
                Search::Whole,
                "orders_email (email_key=?",
                &[][..],
            ),
            (
                "#1042",
                Search::Whole,
                "sqlite_autoindex_orders_1 (id=?)",
                &[],
            ),
            (
                "marten",
                Search::Part(PartWay::Told),
                "sqlite_autoindex_orders_1 (id=?)",
                &["order_trigrams VIRTUAL TABLE INDEX 0:M", "SCAN a"],
            ),
            (
                "ma",
                Search::Part(PartWay::Newest),
                "orders_newest (created_at>?)",
                &["SCAN orders USING COVERING INDEX orders_newest", "SCAN w"],
            ),
        ] {
            let filter = of_text(text);
            let list = List {
                dialect,
                filter: &filter,
                search: Some(search),
                product: None,
            };
            let mut read = read.to_vec();
            read.extend(["counted", "SCAN w"]);
            plan(&planner, list, Way::Orders, index, &read).await;
        }
        // What many orders have is soon found among the newest.
        let filter = of_text("example");
        let list = List {
            dialect,
            filter: &filter,
            search: Some(Search::Part(PartWay::InOrder)),
            product: None,
        };
        planner
            .by_index(list.page(Way::Orders), "orders_newest")
            .await;
        planner.db.close().await;
    }

    #[tokio::test]
    async fn what_is_open_of_money_is_found_among_the_few_that_it_is_about() {
        let planner = Planner::new().await;
        for (money, read) in [
            (MoneyFilter::ToReturn, "refunds_open"),
            (MoneyFilter::ByHand, "refunds_open"),
            (MoneyFilter::OtherSums, "other_sums_open"),
            (MoneyFilter::Disputed, "disputes_open"),
        ] {
            let filter = OrderFilter {
                money: Some(money),
                ..NO_TEXT
            };
            let list = List {
                dialect: planner.db.dialect(),
                filter: &filter,
                search: None,
                product: None,
            };
            let read = [read, "transfers_to_return", "counted"];
            let index = "sqlite_autoindex_orders_1 (id=?)";
            plan(&planner, list, Way::Orders, index, &read).await;
        }
        planner.db.close().await;
    }

    #[tokio::test]
    async fn orders_of_a_product_are_found_by_its_variants() {
        let planner = Planner::new().await;
        let filter = OrderFilter {
            product: Some("rope".to_owned()),
            ..NO_TEXT
        };
        let list = List {
            dialect: planner.db.dialect(),
            filter: &filter,
            search: None,
            product: Some(PartWay::Told),
        };
        for index in [
            "sqlite_autoindex_orders_1 (id=?)",
            "order_lines_variant (variant_id=?)",
            "USING PRIMARY KEY (order_id=?)",
        ] {
            // Names of what was sold are as few as variants.
            let read = ["SCAN s", "SCAN a", "counted"];
            plan(&planner, list, Way::Orders, index, &read).await;
        }
        planner.db.close().await;
    }
}
