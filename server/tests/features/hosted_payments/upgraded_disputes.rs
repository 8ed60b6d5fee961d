//! Disputes of a shop that did not keep them, and of one that kept them wrongly, after the upgrade.

use app::orders::{
    payment::{DisputeState, PaymentStatus, RefundStatus},
    ports::{MoneyFilter, OrderFilter},
};

use crate::support::{Kind, START, TestShop, run_at};

/// The last schema that did not keep disputes.
const BEFORE: i64 = 49;
/// The one that made rows of them.
const KEPT: i64 = 51;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn disputes_from_before_they_were_kept_are_as_the_time_line_tells() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        run_at(kind, BEFORE, from_before).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dispute_that_was_kept_twice_is_one() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        run_at(kind, KEPT, kept_twice).await;
    }
}

fn id(n: usize) -> String {
    format!("01997000-0000-7000-8000-0000000000{n:02}")
}

async fn stocked(shop: &TestShop) {
    for sql in [
        format!(
            "INSERT INTO products (id, slug, title, active, variant_count, buyable, created_at, \
             updated_at) VALUES ('p', 'rope', 'Rope', 1, 1, 1, {START}, {START})"
        ),
        "INSERT INTO variants (id, product_id, position, price_minor, stock) \
         VALUES ('v', 'p', 1, 1000, 20)"
            .to_owned(),
        format!(
            "INSERT INTO stock_entries (id, variant_id, delta, reason, created_at) \
             VALUES ('e', 'v', 20, 'initial', {START})"
        ),
    ] {
        shop.execute(&sql).await;
    }
}

/// An order of one rope whose payment is in this state, with these events of its disputes.
async fn ordered(shop: &TestShop, n: usize, payment: &str, events: &[&str]) {
    let order = id(n);
    let refund = match payment {
        "refunded" => Some("returned"),
        _ if events.contains(&"refund_failed") => Some("by_hand"),
        _ => None,
    };
    let refunded = if refund.is_some() { 1000 } else { 0 };
    let refunded_units = refunded / 1000;
    let mut sqls = vec![
        format!(
            "INSERT INTO orders (id, number, token, checkout_key, cart_id, status, currency, units, \
             subtotal_minor, shipping_minor, tax_minor, total_minor, captured_minor, \
             refunded_minor, payment_method, payment_status, shipping_method, email, email_key, \
             name, address_line1, postal_code, city, country, created_at, updated_at) VALUES \
             ('{order}', 'HF-{n}', 't{n}', 'k{n}', 'c', 'paid', 'EUR', 1, 1000, 0, 160, 1000, \
             1000, {refunded}, 'stripe', '{payment}', 'pickup', 'kim@example.com', \
             'kim@example.com', 'Kim Marten', 'Quay 7', '20457', 'Hamburg', 'DE', {START}, {START})"
        ),
        format!(
            "INSERT INTO order_lines (order_id, position, variant_id, product_slug, title, \
             variant_title, sku, unit_price_minor, quantity, taken, refunded, created_at) VALUES \
             ('{order}', 0, 'v', 'rope', 'Rope', '', '', 1000, 1, 1, {refunded_units}, {START})"
        ),
        "UPDATE variants SET stock = stock - 1, sold = sold + 1".to_owned(),
    ];
    if let Some(state) = refund {
        sqls.push(format!(
            "INSERT INTO refunds (id, order_id, number, cause, status, amount_minor, shipping_minor, \
             created_at) VALUES ('r{n}', '{order}', 1, 'staff', '{state}', 1000, 0, {START})"
        ));
        sqls.push(format!(
            "INSERT INTO refund_lines (refund_id, order_id, position, quantity, amount_minor) \
             VALUES ('r{n}', '{order}', 0, 1, 1000)"
        ));
        sqls.push(format!(
            "UPDATE orders SET status = 'refunded' WHERE id = '{order}'"
        ));
        sqls.push(format!(
            "INSERT INTO order_events (id, order_id, kind, at) \
             VALUES ('refunded{n}', '{order}', 'refunded', {START})"
        ));
    }
    for (later, kind) in events.iter().enumerate() {
        sqls.push(format!(
            "INSERT INTO order_events (id, order_id, kind, at) \
             VALUES ('{kind}{n}', '{order}', '{kind}', {START} + {later})"
        ));
    }
    for sql in sqls {
        shop.execute(&sql).await;
    }
}

/// What the provider has sent of an order's dispute, in its own words.
async fn sent(shop: &TestShop, n: usize, kind: &str, status: &str) {
    let order = id(n);
    let sql = format!(
        "INSERT INTO provider_events (provider, event_id, kind, order_id, received_at, body, effect) \
         VALUES ('stripe', '{kind}{n}', 'charge.dispute.{kind}', '{order}', {START}, \
         '{{\"data\": {{\"object\": {{\"status\": \"{status}\"}}}}}}', 'noted')"
    );
    shop.execute(&sql).await;
}

async fn count(shop: &TestShop, money: MoneyFilter) -> i64 {
    let filter = OrderFilter {
        money: Some(money),
        ..OrderFilter::default()
    };
    shop.shop().orders.list(&filter).await.unwrap().found.count
}

async fn assert_stands(
    shop: &TestShop,
    n: usize,
    state: Option<DisputeState>,
    payment: PaymentStatus,
) {
    let desk = shop.shop().order_desk.order(&id(n)).await.unwrap();
    let found: Vec<_> = desk.disputes.iter().map(|dispute| dispute.state).collect();
    assert_eq!(found, state.into_iter().collect::<Vec<_>>(), "{n}");
    assert_eq!(desk.order.payment_status, payment, "{n}");
}

async fn from_before(shop: TestShop) {
    use PaymentStatus::{Captured, Disputed, Refunded};
    stocked(&shop).await;
    for (n, payment, events) in [
        (1, "disputed", &["disputed"][..]),
        (2, "disputed", &["disputed", "dispute_lost"][..]),
        (3, "captured", &["disputed", "dispute_won"][..]),
        (4, "captured", &[][..]),
        // Of orders that were refunded, too.
        (5, "refunded", &["disputed"][..]),
        (6, "refunded", &["disputed", "dispute_lost"][..]),
        (7, "refunded", &["disputed", "dispute_won"][..]),
        (
            8,
            "captured",
            &["disputed", "dispute_lost", "dispute_won"][..],
        ),
        // Banks that only asked.
        (9, "disputed", &["disputed"][..]),
        (10, "refunded", &["disputed"][..]),
        // One that asked and then took the money.
        (11, "disputed", &["disputed"][..]),
    ] {
        ordered(&shop, n, payment, events).await;
    }
    sent(&shop, 9, "created", "warning_needs_response").await;
    sent(&shop, 10, "created", "warning_under_review").await;
    sent(&shop, 11, "created", "warning_needs_response").await;
    sent(&shop, 11, "updated", "needs_response").await;
    shop.db().migrate().await.unwrap();
    for (n, state, payment) in [
        (1, Some(DisputeState::NeedsAnswer), Disputed),
        (2, Some(DisputeState::Lost), Disputed),
        (3, Some(DisputeState::Closed), Captured),
        (4, None, Captured),
        (5, Some(DisputeState::NeedsAnswer), Refunded),
        (6, Some(DisputeState::Lost), Refunded),
        (7, Some(DisputeState::Closed), Refunded),
        (8, Some(DisputeState::Closed), Captured),
        (9, Some(DisputeState::Asked), Captured),
        (10, Some(DisputeState::Asked), Refunded),
        (11, Some(DisputeState::NeedsAnswer), Disputed),
    ] {
        assert_stands(&shop, n, state, payment).await;
    }
    assert_eq!(count(&shop, MoneyFilter::Disputed).await, 5);
}

async fn kept_twice(shop: TestShop) {
    stocked(&shop).await;
    ordered(&shop, 1, "disputed", &["disputed", "dispute_lost"]).await;
    ordered(&shop, 2, "refunded", &["disputed"]).await;
    ordered(
        &shop,
        3,
        "disputed",
        &["disputed", "dispute_lost", "refund_failed"],
    )
    .await;
    let dispute = async |n: usize, named: &str, state: &str| {
        let order = id(n);
        shop.execute(&format!(
            "INSERT INTO disputes (provider, dispute_id, order_id, amount_minor, state, reason, \
             link, opened_at, updated_at) VALUES ('stripe', '{named}', '{order}', 1000, '{state}', \
             '', '', {START}, {START})"
        ))
        .await;
    };
    // Lost before it was kept, and won on appeal.
    dispute(1, &id(1), "lost").await;
    dispute(1, "dp_1", "won").await;
    // Taken for closed, and told since by its own name.
    dispute(2, &id(2), "closed").await;
    dispute(2, "dp_2", "under_review").await;
    // Lost while its refund was left to staff.
    dispute(3, &id(3), "lost").await;
    shop.db().migrate().await.unwrap();
    assert_stands(&shop, 1, Some(DisputeState::Won), PaymentStatus::Captured).await;
    assert_stands(&shop, 3, Some(DisputeState::Lost), PaymentStatus::Disputed).await;
    assert_eq!(count(&shop, MoneyFilter::Disputed).await, 1);
    assert_eq!(count(&shop, MoneyFilter::ByHand).await, 0);
    let desk = shop.shop().order_desk.order(&id(3)).await.unwrap();
    let refund = &desk.refunds[0];
    assert_eq!(
        (refund.status, refund.by_bank_minor),
        (RefundStatus::ByBank, 1000)
    );
}
