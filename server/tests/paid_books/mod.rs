//! A payment provider's books beside the shop's, once no payment is under way, and the courses that
//! orders went until then.

pub mod courses;
pub mod walk;

use std::collections::BTreeSet;

use app::orders::types::OrderStatus;
use server::{
    clock::ManualClock,
    db::{Get, Sql},
    shop::Services,
    store::Store,
};

use super::provider::{Provider, books::DisputeStatus};

const MINUTE: i64 = 60 * 1000;
/// How often the books are compared until the provider has told all that it is asked for. Far more than any
/// run needs.
const ROUNDS: usize = 40;

/// Fails unless both books say the same to the cent, of each order, each refund and each dispute, and everything
/// that was told had one effect. Returns how many units the orders hold.
pub async fn assert_equal(db: &Store, provider: &Provider, whose: &str) -> i64 {
    assert_orders_agree(db, provider, whose).await;
    assert_refunds_agree(db, provider, whose).await;
    assert_eq!(ours_of_disputes(db).await, disputes(provider), "{whose}");
    assert_told_once(db, provider, whose).await;
    // What is captured is set aside in the same transaction as that is decided.
    let in_spite = "SELECT COUNT(*) AS n FROM payment_attempts WHERE captured_minor > 0 \
         AND (authorised_at IS NULL OR authorised_at > release_wanted_at)";
    let in_spite = count(db, &format!("{in_spite} AND release_wanted_at IS NOT NULL")).await;
    assert_eq!(
        in_spite, 0,
        "{whose}: captured although its release was wanted"
    );
    let units = "SELECT CAST(COALESCE(SUM(l.quantity - l.restocked), 0) AS BIGINT) AS n \
         FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.status <> 'cancelled'";
    count(db, units).await
}

/// Every order was paid whole, or cost nothing after all.
async fn assert_orders_agree(db: &Store, provider: &Provider, whose: &str) {
    let orders = Sql::new(
        "SELECT o.id, o.status, o.total_minor, o.captured_minor, COALESCE((SELECT CAST(SUM(r.amount_minor) \
         AS BIGINT) FROM refunds r WHERE r.order_id = o.id AND r.status IN ('pending', 'returned')), 0) \
         AS returned_minor \
         FROM orders o",
    );
    let mut theirs = provider.sums();
    let mut paid = 0;
    for order in orders.fetch_all(db.reader()).await.unwrap() {
        let id = order.text("id").unwrap();
        let total = order.int("total_minor").unwrap();
        let captured = order.int("captured_minor").unwrap();
        let returned = order.int("returned_minor").unwrap();
        let found = theirs.remove(&id).unwrap_or_default();
        assert_eq!(found, (captured, returned, 0), "{whose}: {id}");
        match OrderStatus::parse(&order.text("status").unwrap()) {
            Some(OrderStatus::Paid) => assert_eq!(captured, total, "{whose}: {id}"),
            Some(OrderStatus::Refunded) => {
                assert_eq!((captured, returned), (total, total), "{whose}: {id}");
            }
            // Whatever was taken went back.
            Some(OrderStatus::Cancelled) => {
                assert_eq!(captured, returned, "{whose}: {id}");
                continue;
            }
            other => panic!("{whose}: {id} is {other:?}"),
        }
        paid += 1;
    }
    assert!(theirs.is_empty(), "{whose}: nobody's payments: {theirs:?}");
    assert!(paid > 0, "{whose}: nothing was sold at all");
}

/// Every refund went back once, and each of the provider's is one of the shop's.
async fn assert_refunds_agree(db: &Store, provider: &Provider, whose: &str) {
    let open = "SELECT COUNT(*) AS n FROM refunds WHERE status <> 'returned'";
    assert_eq!(count(db, open).await, 0, "{whose}: refunds to be sent");
    let ours = Sql::new(
        "SELECT COALESCE(external_id, id) AS name, amount_minor FROM refunds WHERE amount_minor > 0",
    );
    let mut ours: Vec<(String, i64)> = ours.fetch_all_as(db.reader()).await.unwrap();
    ours.sort();
    assert_eq!(ours, provider.refunds(), "{whose}");
    // Nobody is told of what a cancelled order gets back but by the cancellation.
    let told = "SELECT COUNT(*) AS n FROM refunds r JOIN orders o ON o.id = r.order_id \
         WHERE r.cause <> 'cancellation' AND r.amount_minor > 0 AND o.status <> 'cancelled'";
    let mails = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_refunded'";
    assert_eq!(count(db, mails).await, count(db, told).await, "{whose}");
}

/// However often an event came, and to whom: one step, and one e-mail. What was taken is kept.
async fn assert_told_once(db: &Store, provider: &Provider, whose: &str) {
    let of = async |sql: &str| {
        let found = Sql::new(sql).fetch_values(db.reader()).await;
        let mut found: Vec<String> = found.unwrap();
        found.sort();
        found
    };
    let paid = of("SELECT order_id FROM order_events WHERE kind = 'paid'").await;
    let once: BTreeSet<&String> = paid.iter().collect();
    assert_eq!(once.len(), paid.len(), "{whose}: paid once");
    let confirmed = of("SELECT order_id FROM mails WHERE kind = 'order_confirmation'").await;
    assert_eq!(confirmed, paid, "{whose}: an e-mail for each");
    let sold = of("SELECT id FROM orders WHERE status IN ('paid', 'refunded')").await;
    let unpaid: Vec<_> = sold.iter().filter(|id| !once.contains(id)).collect();
    assert_eq!(unpaid, [""; 0], "{whose}: without a step");
    let kept = of("SELECT event_id FROM provider_events").await;
    let kept: BTreeSet<String> = kept.into_iter().collect();
    let lost: Vec<String> = provider.taken().difference(&kept).cloned().collect();
    assert_eq!(
        lost, [""; 0],
        "{whose}: events that were taken and are not kept"
    );
}

async fn ours_of_disputes(db: &Store) -> Vec<(String, String)> {
    let ours = Sql::new("SELECT dispute_id, state FROM disputes");
    let mut ours: Vec<(String, String)> = ours.fetch_all_as(db.reader()).await.unwrap();
    ours.sort();
    ours
}

/// The provider's disputes in the words of the shop.
fn disputes(provider: &Provider) -> Vec<(String, String)> {
    let disputes = provider.disputes().into_iter();
    disputes
        .map(|(id, status)| {
            let state = match status {
                DisputeStatus::WarningNeedsResponse => "asked",
                DisputeStatus::NeedsResponse | DisputeStatus::AppealNeedsResponse => "needs_answer",
                DisputeStatus::WarningClosed => "closed",
                DisputeStatus::Won => "won",
                DisputeStatus::Lost => "lost",
            };
            (id, state.to_owned())
        })
        .collect()
}

/// Compares the books as the shop does at night, which also finds what nobody has told of: refunds that were made at
/// the provider, and disputes. Fails if a difference is left, or a payment that is nobody's.
pub async fn compare(node: &Services, clock: &ManualClock, provider: &Provider, whose: &str) {
    let mut left = "the provider did not answer".to_owned();
    for _ in 0..ROUNDS {
        // What has just changed is left for the next time.
        clock.advance(31 * MINUTE);
        let Ok(compared) = node.payment_books.compare_at_once().await else {
            continue;
        };
        let [compared] = compared.as_slice() else {
            panic!("{whose}: {compared:?}")
        };
        assert!(compared.compared > 0, "{whose}: nothing was compared");
        assert_eq!(compared.foreign, 0, "{whose}: payments of nobody");
        let known = ours_of_disputes(&node.db).await;
        let (found, told) = (&compared.differences, disputes(provider));
        if found.is_empty() && known == told {
            return;
        }
        left = format!("{found:?}; disputes: {known:?} of {told:?}");
    }
    panic!("{whose}: {left}")
}

async fn count(db: &Store, sql: &str) -> i64 {
    let row = Sql::new(sql).fetch_one(db.reader()).await.unwrap();
    row.int("n").unwrap()
}
