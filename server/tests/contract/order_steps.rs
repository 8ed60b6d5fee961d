//! The status of an order moves along its steps and no other way, no matter who tries.

use app::{
    error::ErrorKind,
    orders::{
        steps::{Action, Transition},
        types::{EventKind, OrderStatus, Parcel},
    },
};
use server::{
    db::{Db, Sql},
    ids::{new_id, new_order_number, new_secret},
};

use crate::support::{Goods, MINUTE, TestShop, cash, on_both_databases};

on_both_databases!(
    the_database_takes_the_steps_of_the_table_and_no_other,
    the_database_begins_an_order_only_where_orders_begin,
    every_action_is_refused_wherever_it_is_no_step,
    the_time_line_tells_each_step_once_with_who_and_when,
);

/// The statuses on the way to each status, beginning with one that an order may begin in.
fn way_to(status: OrderStatus) -> Vec<OrderStatus> {
    use OrderStatus::*;
    match status {
        AwaitingConfirmation => vec![AwaitingConfirmation],
        PendingPayment => vec![PendingPayment],
        Paid => vec![Paid],
        Packed => vec![Paid, Packed],
        Shipped => vec![Paid, Packed, Shipped],
        Delivered => vec![Paid, Packed, Shipped, Delivered],
        Cancelled => vec![PendingPayment, Cancelled],
        Refunded => vec![Paid, Refunded],
    }
}

async fn begin(tx: &mut server::db::Tx, status: &str) -> Result<String, server::error::Error> {
    let id = new_id();
    let mut sql = Sql::new(
        "INSERT INTO orders (id, number, token, checkout_key, cart_id, email, currency, units, \
         subtotal_minor, shipping_minor, tax_minor, total_minor, shipping_method, payment_method, \
         payment_status, name, address_line1, postal_code, city, country, created_at, updated_at, \
         status) VALUES (",
    );
    sql.text(&id).push(", ").text(new_order_number());
    sql.push(", ")
        .text(new_secret())
        .push(", ")
        .text(new_secret());
    sql.push(
        ", 'c', 'kim@example.com', 'EUR', 0, 0, 0, 0, 0, 'pickup', 'test_card', 'pending', 'Kim', \
         'Quay 7', '20457', 'Hamburg', 'DE', 0, 0, ",
    );
    sql.text(status).push(")");
    sql.execute(&mut **tx).await?;
    Ok(id)
}

async fn set(tx: &mut server::db::Tx, id: &str, status: &str) -> bool {
    let mut sql = Sql::new("UPDATE orders SET status = ");
    sql.text(status).push(" WHERE id = ").text(id);
    sql.execute(&mut **tx).await.is_ok()
}

/// In a transaction that is never committed.
async fn is_taken(db: &Db, from: OrderStatus, to: &str) -> bool {
    let mut tx = db.begin().await.unwrap();
    let way = way_to(from);
    let id = begin(&mut tx, way[0].as_str()).await.unwrap();
    for status in &way[1..] {
        assert!(
            set(&mut tx, &id, status.as_str()).await,
            "on the way to {from:?}"
        );
    }
    set(&mut tx, &id, to).await
}

async fn the_database_takes_the_steps_of_the_table_and_no_other(shop: TestShop) {
    for from in OrderStatus::ALL {
        for to in OrderStatus::ALL {
            let is_step = Transition::ALL
                .into_iter()
                .any(|step| step.from() == from && step.to() == to);
            let taken = is_taken(shop.db(), from, to.as_str()).await;
            assert_eq!(taken, is_step, "{from:?} to {to:?}");
        }
        for wrong in ["", "lost", "Paid"] {
            assert!(
                !is_taken(shop.db(), from, wrong).await,
                "{from:?} to {wrong}"
            );
        }
    }
}

async fn the_database_begins_an_order_only_where_orders_begin(shop: TestShop) {
    for status in OrderStatus::ALL {
        let mut tx = shop.db().begin().await.unwrap();
        let may = matches!(
            status,
            OrderStatus::AwaitingConfirmation | OrderStatus::PendingPayment | OrderStatus::Paid
        );
        let begun = begin(&mut tx, status.as_str()).await;
        assert_eq!(begun.is_ok(), may, "{status:?}");
    }
}

/// Does what the staff does, with a real order at each status it can reach.
async fn every_action_is_refused_wherever_it_is_no_step(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(100)).await;
    let admin = shop.admin().await;
    let desk = &shop.shop().order_desk;
    let ship = || Parcel::default();
    for status in OrderStatus::ALL {
        if matches!(
            status,
            OrderStatus::AwaitingConfirmation | OrderStatus::PendingPayment
        ) {
            // One that is unpaid is made in `overdue`; here the types have said all there is to say.
            continue;
        }
        for action in [Action::Pack, Action::Ship, Action::Deliver, Action::Cancel] {
            let id = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
            for step in &way_to(status)[1..] {
                match step {
                    OrderStatus::Packed => desk.pack(&admin, &id).await.map(drop),
                    OrderStatus::Shipped => desk.ship(&admin, &id, ship()).await.map(drop),
                    OrderStatus::Delivered => desk.deliver(&admin, &id).await.map(drop),
                    OrderStatus::Cancelled => {
                        shop.shop().orders.cancel(&admin, &id).await.map(drop)
                    }
                    OrderStatus::Refunded => {
                        let all = super::order_refunds::all(1);
                        desk.refund(&admin, &id, all).await.map(drop)
                    }
                    _ => Ok(()),
                }
                .unwrap();
            }
            let before = desk.order(&id).await.unwrap();
            assert_eq!(before.order.status, status);
            let done = match action {
                Action::Pack => desk.pack(&admin, &id).await,
                Action::Ship => desk.ship(&admin, &id, ship()).await,
                Action::Deliver => desk.deliver(&admin, &id).await,
                _ => shop.shop().orders.cancel(&admin, &id).await,
            };
            match action.on(status) {
                Some(step) => assert_eq!(done.unwrap().status, step.to()),
                None => {
                    assert_eq!(done.unwrap_err().kind, ErrorKind::Conflict, "{action:?}");
                    let after = desk.order(&id).await.unwrap();
                    assert_eq!(after.order, before.order, "{action:?} on {status:?}");
                    assert_eq!(after.events, before.events, "{action:?} on {status:?}");
                }
            }
        }
    }
}

async fn the_time_line_tells_each_step_once_with_who_and_when(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (admin, staff) = (shop.admin().await, super::order_desk::staff(&shop).await);
    let desk = &shop.shop().order_desk;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let id = &order.id;
    let start = shop.now();
    shop.clock.advance(MINUTE);
    desk.pack(&admin, id).await.unwrap();
    desk.pack(&staff, id).await.unwrap_err();
    shop.clock.advance(MINUTE);
    let parcel = Parcel {
        carrier: " DHL ".to_owned(),
        tracking_number: "00340".to_owned(),
    };
    desk.ship(&staff, id, parcel).await.unwrap();
    shop.clock.advance(MINUTE);
    desk.deliver(&admin, id).await.unwrap();
    let events = desk.order(id).await.unwrap().events;
    let told: Vec<_> = events
        .iter()
        .map(|event| (event.kind, event.actor.as_deref(), event.at))
        .collect();
    assert_eq!(
        told,
        [
            (
                EventKind::Packed,
                Some(admin.email.as_str()),
                start + MINUTE
            ),
            (EventKind::Shipped, Some(&staff.email), start + 2 * MINUTE),
            (EventKind::Delivered, Some(&admin.email), start + 3 * MINUTE),
        ]
    );
    let shown = shop.shop().orders.by_token(&order.token).await.unwrap();
    assert!(
        shown.events.iter().all(|event| event.actor.is_none()),
        "not to shoppers"
    );
    assert_eq!(shown.events.len(), 3);
    let parcel = shown.parcel.unwrap();
    assert_eq!(
        (parcel.carrier.as_str(), parcel.tracking_number.as_str()),
        ("DHL", "00340")
    );
    // Past the code, the database refuses a second line as well.
    let mut tx = shop.db().begin().await.unwrap();
    let mut sql = Sql::new("INSERT INTO order_events (id, order_id, kind, at) VALUES ('x', ");
    sql.text(id).push(", 'packed', 0)");
    assert!(
        sql.execute(&mut *tx)
            .await
            .unwrap_err()
            .is_unique_violation()
    );
    drop(tx);
    let trail = "SELECT COUNT(*) AS n FROM audit_entries WHERE subject_kind = 'order'";
    assert_eq!(shop.number(trail).await, 3);
}
