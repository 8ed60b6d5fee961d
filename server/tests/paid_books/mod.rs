//! A payment provider's books beside the shop's, once no payment is under way.

use std::collections::BTreeMap;

use app::orders::types::OrderStatus;
use server::{
    db::{Get, Sql},
    store::Store,
};

/// What was captured, refunded and set aside, by the order's id.
pub type Sums = BTreeMap<String, (i64, i64, i64)>;

/// Fails unless every order was paid `price` or cost nothing after all, as both books say. Returns how
/// many were paid.
pub async fn paid_orders(db: &Store, mut theirs: Sums, price: i64, whose: &str) -> i64 {
    let orders = Sql::new(
        "SELECT o.id, o.status, o.captured_minor, COALESCE((SELECT CAST(SUM(r.amount_minor) AS BIGINT) \
         FROM refunds r WHERE r.order_id = o.id AND r.status IN ('pending', 'returned')), 0) AS returned_minor \
         FROM orders o",
    );
    let mut paid = 0;
    for order in orders.fetch_all(db.reader()).await.unwrap() {
        let id = order.text("id").unwrap();
        let captured = order.int("captured_minor").unwrap();
        let returned = order.int("returned_minor").unwrap();
        let found = theirs.remove(&id).unwrap_or_default();
        assert_eq!(found, (captured, returned, 0), "{whose}: {id}");
        match OrderStatus::parse(&order.text("status").unwrap()) {
            Some(OrderStatus::Paid) => {
                paid += 1;
                assert_eq!((captured, returned), (price, 0), "{whose}: {id}");
            }
            Some(OrderStatus::Cancelled) => assert_eq!(captured, returned, "{whose}: {id}"),
            other => panic!("{whose}: {id} is {other:?}"),
        }
    }
    assert_eq!(theirs, Sums::new(), "{whose}: nobody's payments");
    assert!(paid > 0, "{whose}: nothing was sold at all");
    paid
}
