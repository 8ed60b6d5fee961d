//! What there is to do, as the dashboard counts it.

use app::orders::{
    ports::{MoneyFilter, OrderFilter},
    types::{OrderStatus, Parcel},
};
use desk::admin::{
    orders::types::Restock,
    product_filter::{ProductFilter, StockState},
};

use super::super::order_refunds::{refund, rope, some};
use crate::support::{Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    what_is_to_be_done_is_counted_as_the_lists_have_it,
    e_mails_that_wait_and_those_given_up_are_counted,
);

const ANSWER_BY: i64 = 1_760_000_000_000;

async fn what_is_to_be_done_is_counted_as_the_lists_have_it(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = rope(&shop).await;
    let none = shop.shop().dashboard.todo().await.unwrap();
    assert_eq!(none, desk::admin::dashboard::ports::Todo::default());
    for (title, units) in [("Cup", 0), ("Plate", 0), ("Bowl", 3)] {
        shop.stock(Goods::named(title).units(units)).await;
    }
    shop.stock(Goods::named("Hidden").units(0).inactive()).await;
    let desk = &shop.shop().order_desk;
    let mut bought = Vec::new();
    for _ in 0..5 {
        bought.push(shop.bought(&[(rope.variant(), 1)], cash()).await);
    }
    desk.pack(&admin, &bought[0].id).await.unwrap();
    desk.pack(&admin, &bought[1].id).await.unwrap();
    let parcel = Parcel {
        carrier: String::new(),
        tracking_number: String::new(),
    };
    desk.ship(&admin, &bought[1].id, parcel).await.unwrap();
    // Received in cash, so it goes back by hand.
    desk.receive(&admin, &bought[2].id).await.unwrap();
    refund(&shop, &admin, &bought[2], some(&[(0, 1)], 1, Restock::Not))
        .await
        .unwrap();
    for (order, lost) in [(&bought[3], false), (&bought[4], true)] {
        let disputed = format!(
            "UPDATE orders SET payment_status = 'disputed', captured_minor = total_minor \
             WHERE id = '{}'",
            order.id
        );
        shop.execute(&disputed).await;
        let state = if lost { "lost" } else { "needs_answer" };
        let dispute = format!(
            "INSERT INTO disputes (provider, dispute_id, order_id, amount_minor, state, reason, \
             link, answer_until, opened_at, updated_at) VALUES ('stripe', 'dp_{state}', '{}', 1000, \
             '{state}', 'fraudulent', '', {ANSWER_BY}, 1, 1)",
            order.id
        );
        shop.execute(&dispute).await;
    }
    // Of one that is back, and one of which a part is.
    for (order, returned_minor) in [(&bought[3], 500), (&bought[4], 200)] {
        let sum = format!(
            "INSERT INTO other_sums (attempt_id, order_id, captured_minor, currency, \
             returned_minor, found_at, looked_at) VALUES ('{0}', '{0}', 500, 'EUR', {returned_minor}, 1, 1)",
            order.id
        );
        shop.execute(&sum).await;
    }
    let todo = shop.shop().dashboard.todo().await.unwrap();
    assert_eq!(todo.answer_by, Some(ANSWER_BY));
    let orders = async |filter: OrderFilter| {
        let found = shop.shop().orders.list(&filter).await.unwrap();
        found.found.count
    };
    let status = |status| OrderFilter {
        status: Some(status),
        ..OrderFilter::default()
    };
    let money = |money| OrderFilter {
        money: Some(money),
        ..OrderFilter::default()
    };
    for (tally, filter, count) in [
        (todo.to_pack, status(OrderStatus::Paid), 2),
        (todo.to_ship, status(OrderStatus::Packed), 1),
        (todo.to_hand_over, money(MoneyFilter::ByHand), 1),
        (todo.other_sums, money(MoneyFilter::OtherSums), 1),
        (todo.disputed, money(MoneyFilter::Disputed), 1),
    ] {
        assert_eq!((tally.count, tally.is_more), (count, false), "{filter:?}");
        assert_eq!(orders(filter.clone()).await, count, "{filter:?}");
    }
    for (tally, stock, count) in [
        (todo.sold_out, StockState::SoldOut, 2),
        (todo.running_low, StockState::Low, 2),
    ] {
        let filter = ProductFilter {
            active: Some(true),
            stock: Some(stock),
            ..ProductFilter::default()
        };
        let table = shop.shop().admin.products(&filter).await.unwrap();
        assert_eq!(tally.count, count, "{stock:?}");
        assert_eq!(table.rows.len() as i64, count, "{stock:?}");
    }
    // These are of no attempt, which `server check` would say.
    shop.execute("DELETE FROM other_sums").await;
}

async fn e_mails_that_wait_and_those_given_up_are_counted(shop: TestShop) {
    let rope = rope(&shop).await;
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    let live = shop.shop().system.live().await.unwrap();
    assert_eq!((live.mails.waiting.count, live.mails.failed.count), (1, 0));
    assert_eq!(live.at, shop.now());
    assert!(live.node.db_max > 0);
}
