//! What is recorded pays an order, leaves it open, or has to go back.

use app::{
    error::ErrorKind,
    orders::{
        payment::PaymentStatus,
        ports::{MoneyFilter, OrderFilter},
        types::OrderStatus,
    },
};
use futures_util::future::join_all;
use server::orders::check::takings;

use super::{came, rope, set_up, transfer};
use crate::support::{TestShop, cash, on_both_databases};

on_both_databases!(
    the_missing_amount_in_parts_pays_the_order_once,
    what_is_too_much_is_to_be_returned_once,
    the_same_form_is_recorded_once,
    what_comes_for_a_cancelled_order_goes_back,
    what_has_to_go_back_keeps_a_customer_from_being_erased,
    of_two_who_record_at_once_both_count,
    a_whole_account_that_is_recorded_at_once_counts_order_by_order,
    what_cannot_be_right_is_refused,
);

async fn the_missing_amount_in_parts_pays_the_order_once(shop: TestShop) {
    let admin = set_up(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let order = shop.bought(&[(rope.variant(), 2)], transfer()).await;
    post.the_mail().await;
    let sums = takings(shop.db()).await.unwrap();
    assert_eq!((sums[0].received_minor, sums[0].awaited_minor), (0, 2000));
    let desk = &shop.shop().transfers;
    let part = desk
        .record(&admin, &order.id, came("12,50", ""))
        .await
        .unwrap();
    assert_eq!(part.status, OrderStatus::PendingPayment);
    let awaited = part.awaits_transfer().unwrap();
    assert_eq!(awaited.missing_minor(part.total_minor), 750);
    assert_eq!(post.deliver().await.len(), 0);
    let paid = desk
        .record(&admin, &order.id, came("7.50", ""))
        .await
        .unwrap();
    assert_eq!(paid.status, OrderStatus::Paid);
    assert_eq!(paid.payment_status, PaymentStatus::Captured);
    let mail = post.the_mail().await;
    assert!(mail.subject.starts_with("Thank you"), "{}", mail.subject);
    let sums = takings(shop.db()).await.unwrap();
    assert_eq!((sums[0].received_minor, sums[0].awaited_minor), (2000, 0));
    assert!(desk.to_match().await.unwrap().waiting.is_empty());
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'order.transfer'";
    assert_eq!(shop.number(noted).await, 2);
    super::books_agree(&shop).await;
}

/// Orders that *Money to return* lists, with how much that is.
async fn listed_to_return(shop: &TestShop) -> Vec<(String, i64)> {
    let filter = OrderFilter {
        money: Some(MoneyFilter::ToReturn),
        ..OrderFilter::default()
    };
    let found = shop.shop().orders.list(&filter).await.unwrap();
    let rows = found.rows.into_iter();
    rows.map(|row| (row.id, row.owed_minor)).collect()
}

async fn what_is_too_much_is_to_be_returned_once(shop: TestShop) {
    let admin = set_up(&shop).await;
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    let desk = &shop.shop().transfers;
    let paid = desk
        .record(&admin, &order.id, came("12.00", ""))
        .await
        .unwrap();
    assert_eq!(paid.status, OrderStatus::Paid);
    let more = desk
        .record(&admin, &order.id, came("1.00", ""))
        .await
        .unwrap();
    assert_eq!(more.status, OrderStatus::Paid);
    assert_eq!(
        desk.to_match().await.unwrap().to_return[0].return_minor,
        300
    );
    assert_eq!(listed_to_return(&shop).await, [(order.id.clone(), 300)]);
    super::books_agree(&shop).await;
    for transfer in desk.order(&order.id).await.unwrap().transfers {
        desk.returned(&admin, &order.id, &transfer.id)
            .await
            .unwrap();
        let again = desk
            .returned(&admin, &order.id, &transfer.id)
            .await
            .unwrap_err();
        assert_eq!(again.kind, ErrorKind::Conflict);
    }
    assert!(desk.to_match().await.unwrap().to_return.is_empty());
    assert_eq!(listed_to_return(&shop).await, []);
    super::books_agree(&shop).await;
}

async fn the_same_form_is_recorded_once(shop: TestShop) {
    let admin = set_up(&shop).await;
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    let desk = &shop.shop().transfers;
    let key = desk.order(&order.id).await.unwrap().form_key;
    for _ in 0..2 {
        let seen = desk
            .record(&admin, &order.id, came("5.00", &key))
            .await
            .unwrap();
        assert_eq!(seen.status, OrderStatus::PendingPayment);
    }
    assert_eq!(desk.order(&order.id).await.unwrap().transfers.len(), 1);
}

async fn what_comes_for_a_cancelled_order_goes_back(shop: TestShop) {
    let admin = set_up(&shop).await;
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    let desk = &shop.shop().transfers;
    desk.record(&admin, &order.id, came("4.00", ""))
        .await
        .unwrap();
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    let seen = desk
        .record(&admin, &order.id, came("6.00", ""))
        .await
        .unwrap();
    assert_eq!(seen.status, OrderStatus::Cancelled);
    assert_eq!(
        desk.to_match().await.unwrap().to_return[0].return_minor,
        1000
    );
    super::books_agree(&shop).await;
}

async fn what_has_to_go_back_keeps_a_customer_from_being_erased(shop: TestShop) {
    let admin = set_up(&shop).await;
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    let (desk, customers) = (&shop.shop().transfers, &shop.shop().customers);
    desk.record(&admin, &order.id, came("4.00", ""))
        .await
        .unwrap();
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    let email = order.contact.email.as_str();
    let refused = customers.erase(&admin, &order.id, email).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert!(refused.message.contains(&order.number), "{refused}");
    for transfer in desk.order(&order.id).await.unwrap().transfers {
        desk.returned(&admin, &order.id, &transfer.id)
            .await
            .unwrap();
    }
    customers.erase(&admin, &order.id, email).await.unwrap();
}

async fn of_two_who_record_at_once_both_count(shop: TestShop) {
    let admin = set_up(&shop).await;
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    let desk = &shop.shop().transfers;
    let (one, other) = tokio::join!(
        desk.record(&admin, &order.id, came("10.00", "")),
        desk.record(&admin, &order.id, came("10.00", "")),
    );
    assert!(one.is_ok() && other.is_ok());
    let found = desk.to_match().await.unwrap();
    assert_eq!(found.to_return[0].return_minor, 1000);
    super::books_agree(&shop).await;
}

async fn a_whole_account_that_is_recorded_at_once_counts_order_by_order(shop: TestShop) {
    let (admin, rope) = (set_up(&shop).await, rope(&shop).await);
    let mut orders = Vec::new();
    for payment in [transfer(), transfer(), transfer(), cash()] {
        orders.push(shop.bought(&[(rope.variant(), 1)], payment).await.id);
    }
    let desk = &shop.shop().transfers;
    let found = [
        (0, "10.00", ""),
        (1, "4.00", "the-form-of-the-first-part"),
        (1, "4.00", "the-form-of-the-first-part"),
        (1, "6.00", ""),
        (2, "12.00", ""),
        (3, "10.00", ""),
    ];
    let recording = found.map(|(order, amount, key)| {
        let order: &String = &orders[order];
        desk.record(&admin, order, came(amount, key))
    });
    let mut recorded = join_all(recording).await;

    let in_cash = recorded.pop().unwrap().unwrap_err();
    assert_eq!(in_cash.kind, ErrorKind::Conflict);
    assert!(recorded.iter().all(Result::is_ok), "{recorded:?}");
    for (order, transfers, back) in [(0, 1, 0), (1, 2, 0), (2, 1, 200)] {
        let seen = desk.order(&orders[order]).await.unwrap();
        assert_eq!(seen.order.status, OrderStatus::Paid, "{order}");
        assert_eq!(seen.transfers.len(), transfers, "{order}");
        let returned = seen.transfers.iter().map(|one| one.return_minor);
        assert_eq!(returned.sum::<i64>(), back, "{order}");
    }
    super::books_agree(&shop).await;
}

async fn what_cannot_be_right_is_refused(shop: TestShop) {
    let admin = set_up(&shop).await;
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    let other = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let desk = &shop.shop().transfers;
    for amount in ["", "0", "-5", "1.000", "much"] {
        let refused = desk
            .record(&admin, &order.id, came(amount, ""))
            .await
            .unwrap_err();
        assert_eq!(refused.fields[0].field, "amount", "{amount}");
    }
    let undated = desk::admin::transfers::ports::NewTransfer {
        day: "yesterday".to_owned(),
        ..came("10.00", "")
    };
    let refused = desk.record(&admin, &order.id, undated).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "day");
    let refused = desk
        .record(&admin, &other.id, came("10.00", ""))
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM transfers").await, 0);
}
