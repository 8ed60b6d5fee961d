//! The money of refunds: what is owed is paid back once, and all books agree.

use app::{
    checkout::types::PaymentInput,
    error::ErrorKind,
    identity::Account,
    orders::{
        ports::{MoneyFilter, OrderFilter},
        types::{EventKind, Order, OrderStatus, Parcel},
    },
};
use desk::admin::orders::types::{Restock, ShippingRefund};
use server::{
    db::Sql,
    ids::new_id,
    orders::refund::{RefundOutcome, Refunding, make},
    payment::{PaymentProvider, TestCard},
};

use super::order_desk::at_once;
use super::order_refunds::{all, kept, refund, rope, some};
use crate::support::{
    APPROVES, DAY, Goods, Stocked, TestShop, cash, on_both_databases, order, test_card,
};

on_both_databases!(
    what_is_due_on_delivery_becomes_less,
    money_that_is_owed_is_paid_back_later_and_once,
    what_is_left_of_an_order_without_units_is_settled,
    money_is_paid_back_by_hand_once,
    money_that_is_owed_is_not_forgotten_or_called_refunded,
    a_refund_that_fails_lets_others_go_first,
    the_provider_never_pays_back_more_than_it_charged,
    the_database_refuses_more_than_was_paid_or_bought,
    units_of_a_deleted_product_go_back_to_its_archived_variant,
    the_books_agree_after_anything_staff_may_do,
);

/// Numbers that are the same in every run; a test that fails can be tried again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 % sides).unwrap()
    }
}

async fn what_is_due_on_delivery_becomes_less(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop.bought(&[(rope.variant(), 3)], cash()).await;
    let one = |number| some(&[(0, 1)], number, Restock::ToStock);
    refund(&shop, &admin, &bought, one(1)).await.unwrap();
    let desk = &shop.shop().order_desk;
    let order = desk.order(&bought.id).await.unwrap();
    assert_eq!(
        (order.due_minor(), order.refunds[0].status.as_str()),
        (2000, "waived")
    );
    let mails = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_refunded'";
    assert_eq!(
        shop.number(mails).await,
        0,
        "nothing was paid, so nobody is written to"
    );
    desk.receive(&admin, &bought.id).await.unwrap();
    refund(&shop, &admin, &bought, one(2)).await.unwrap();
    let order = desk.order(&bought.id).await.unwrap();
    assert_eq!(
        (order.due_minor(), order.refunds[1].status.as_str()),
        (0, "by_hand")
    );
    assert_eq!(shop.number(mails).await, 1);

    let unpaid = shop.bought(&[(rope.variant(), 2)], cash()).await;
    let order = refund(&shop, &admin, &unpaid, all(1)).await.unwrap();
    assert_eq!(
        (order.status, order.payment_status.as_str()),
        (OrderStatus::Refunded, "voided")
    );
}

/// A node writes the refund down and goes away before it asks the provider.
async fn money_that_is_owed_is_paid_back_later_and_once(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    let new = all(1);
    let refunding = Refunding {
        order_id: &bought.id,
        actor: &admin.email,
        number: 1,
        form_key: None,
        request: &new.request,
        expected_minor: None,
    };
    let made = make(shop.db(), shop.now(), refunding).await.unwrap();
    let RefundOutcome::New(refund_id) = made else {
        panic!("{made:?}")
    };
    assert_eq!(kept(&shop).await, 2000);
    let tidying: Vec<_> = (0..4)
        .map(|_| {
            let node = shop.second_node();
            tokio::spawn(async move { node.services.run_maintenance().await })
        })
        .collect();
    for tidied in tidying {
        tidied.await.unwrap();
    }
    shop.services.run_maintenance().await;
    assert_eq!(kept(&shop).await, 0);
    let card = TestCard::new(
        shop.db().clone(),
        shop.clock.clone(),
        shop.services.brakes.clone(),
    );
    card.refund(&bought.id, &refund_id, 2000).await.unwrap();
    assert_eq!(kept(&shop).await, 0, "a repeated call pays back once");
    let order = shop.shop().order_desk.order(&bought.id).await.unwrap();
    assert_eq!(order.refunds[0].status.as_str(), "returned");
    assert_eq!(order.order.payment_status.as_str(), "refunded");
}

/// Delivered with delivery at 490, and then all units of it refunded, without delivery.
async fn without_units(
    shop: &TestShop,
    admin: &Account,
    rope: &Stocked,
    payment: PaymentInput,
) -> Order {
    let cart = shop.cart(&[(rope.variant(), 2)]).await;
    let mut form = order(payment, 2490);
    "standard".clone_into(&mut form.shipping);
    let placed = shop.place(&cart, form).await.unwrap();
    let bought = shop.order(&placed).await;
    let desk = &shop.shop().order_desk;
    desk.pack(admin, &bought.id).await.unwrap();
    let ended = refund(shop, admin, &bought, some(&[(0, 2)], 1, Restock::ToStock)).await;
    let ended = ended.unwrap();
    assert_eq!(ended.status, OrderStatus::Refunded);
    ended
}

async fn what_is_left_of_an_order_without_units_is_settled(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let desk = &shop.shop().order_desk;
    let delivery = |number| {
        let mut new = some(&[], number, Restock::Not);
        new.request.shipping = ShippingRefund::Include;
        new
    };
    // The money for delivery comes in.
    let id = without_units(&shop, &admin, &rope, cash()).await.id;
    let order = desk.order(&id).await.unwrap();
    assert_eq!((order.due_minor(), order.allows_refund()), (490, true));
    let paid = desk.receive(&admin, &id).await.unwrap();
    assert_eq!(paid.payment_status.as_str(), "captured");
    assert_eq!(paid.status, OrderStatus::Refunded);

    // Or it is left to the shopper.
    let waived = without_units(&shop, &admin, &rope, cash()).await;
    let waived = refund(&shop, &admin, &waived, delivery(2)).await.unwrap();
    assert_eq!(waived.payment_status.as_str(), "voided");
    let refused = desk.receive(&admin, &waived.id).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);

    // Of a card it goes back later, once.
    let card = without_units(&shop, &admin, &rope, test_card(APPROVES)).await;
    assert_eq!(
        (card.payment_status.as_str(), kept(&shop).await),
        ("captured", 490)
    );
    let units = refund(&shop, &admin, &card, some(&[(0, 1)], 2, Restock::Not)).await;
    assert_eq!(units.unwrap_err().kind, ErrorKind::Invalid);
    let back = refund(&shop, &admin, &card, all(2)).await.unwrap();
    assert_eq!(
        (back.payment_status.as_str(), kept(&shop).await),
        ("refunded", 0)
    );
    let again = refund(&shop, &admin, &card, delivery(3)).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict);
    assert!(!desk.order(&card.id).await.unwrap().allows_refund());
}

async fn to_return(shop: &TestShop) -> Vec<(String, i64)> {
    let filter = OrderFilter {
        money: Some(MoneyFilter::ToReturn),
        ..OrderFilter::default()
    };
    let found = shop.shop().orders.list(&filter).await.unwrap();
    assert_eq!(found.found.count, found.rows.len() as i64);
    let rows = found.rows.into_iter();
    rows.map(|row| (row.id, row.owed_minor)).collect()
}

async fn money_is_paid_back_by_hand_once(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let (desk, post) = (&shop.shop().order_desk, shop.post());
    let bought = shop.bought(&[(rope.variant(), 3)], cash()).await;
    desk.receive(&admin, &bought.id).await.unwrap();
    post.deliver().await;
    let one = |number| some(&[(0, 1)], number, Restock::ToStock);
    refund(&shop, &admin, &bought, one(1)).await.unwrap();
    let mail = post.the_mail().await.body();
    assert!(mail.contains("We owe you €10.00"), "{mail}");
    assert!(!mail.contains("your original payment method"), "{mail}");
    refund(&shop, &admin, &bought, one(2)).await.unwrap();
    post.deliver().await;
    assert_eq!(to_return(&shop).await, [(bought.id.clone(), 2000)]);

    let done = at_once(&shop, 6, |node, _| {
        let (admin, id) = (admin.clone(), bought.id.clone());
        async move { node.shop().order_desk.paid_back(&admin, &id, 1).await }
    })
    .await;
    assert_eq!(done, 1);
    assert_eq!(to_return(&shop).await, [(bought.id.clone(), 1000)]);
    let mail = post.the_mail().await.body();
    assert!(mail.contains("We’ve paid €10.00 back to you"), "{mail}");
    let order = desk.order(&bought.id).await.unwrap();
    let states: Vec<_> = order
        .refunds
        .iter()
        .map(|refund| refund.status.as_str())
        .collect();
    assert_eq!(states, ["paid_back", "by_hand"]);
    let events: Vec<_> = order
        .events
        .iter()
        .filter(|event| event.kind == EventKind::PaidBack)
        .map(|event| (event.actor.as_deref(), event.amount_minor))
        .collect();
    assert_eq!(events, [(Some(admin.email.as_str()), Some(1000))]);
    let trail = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'order.pay_back'";
    assert_eq!(shop.number(trail).await, 1);

    let card = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    refund(&shop, &admin, &card, all(1)).await.unwrap();
    for (id, number) in [
        (&card.id, 1),
        (&bought.id, 1),
        (&bought.id, 3),
        (&bought.id, -1),
    ] {
        let refused = desk.paid_back(&admin, id, number).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Conflict, "{id} {number}");
    }
    let unknown = desk.paid_back(&admin, &new_id(), 1).await.unwrap_err();
    assert_eq!(unknown.kind, ErrorKind::NotFound);
}

/// Writes a refund down as a node does that goes away before it asks the provider.
async fn only_owed(shop: &TestShop, admin: &Account, bought: &Order) {
    let new = all(1);
    let refunding = Refunding {
        order_id: &bought.id,
        actor: &admin.email,
        number: 1,
        form_key: None,
        request: &new.request,
        expected_minor: None,
    };
    make(shop.db(), shop.now(), refunding).await.unwrap();
}

async fn money_that_is_owed_is_not_forgotten_or_called_refunded(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let post = shop.post();
    let lines = [(rope.variant(), 1)];
    let bought = shop.bought(&lines, test_card(APPROVES)).await;
    post.deliver().await;
    only_owed(&shop, &admin, &bought).await;
    assert!(post.deliver().await.is_empty(), "nothing has gone back yet");
    assert_eq!(to_return(&shop).await, [(bought.id.clone(), 1000)]);
    shop.clock.advance(40 * DAY);
    shop.services.run_maintenance().await;
    assert_eq!(kept(&shop).await, 0);
    let mail = post.the_mail().await.body();
    assert!(
        mail.contains("We’ve refunded €10.00 to your original payment method"),
        "{mail}"
    );
    assert_eq!(to_return(&shop).await, []);
    shop.services.run_maintenance().await;
    assert!(post.deliver().await.is_empty(), "once");
}

async fn a_refund_that_fails_lets_others_go_first(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let lines = [(rope.variant(), 1)];
    let broken = shop.bought(&lines, test_card(APPROVES)).await;
    let mut tx = shop.db().begin().await.unwrap();
    // The shop has no such provider any more.
    for change in [
        "UPDATE orders SET payment_method = 'gone'",
        "UPDATE payment_attempts SET provider = 'gone'",
    ] {
        Sql::new(change).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    only_owed(&shop, &admin, &broken).await;
    shop.clock.advance(1);
    let fine = shop.bought(&lines, test_card(APPROVES)).await;
    only_owed(&shop, &admin, &fine).await;
    shop.services.run_maintenance().await;
    assert_eq!(to_return(&shop).await, [(broken.id.clone(), 1000)]);
    let first = "SELECT tried_at AS n FROM refunds WHERE status = 'owed'";
    assert_eq!(shop.number(first).await, shop.now());
}

async fn the_provider_never_pays_back_more_than_it_charged(shop: TestShop) {
    let rope = rope(&shop).await;
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    let card = TestCard::new(
        shop.db().clone(),
        shop.clock.clone(),
        shop.services.brakes.clone(),
    );
    card.refund(&bought.id, "first", 1500).await.unwrap();
    card.refund(&bought.id, "second", 501).await.unwrap_err();
    card.refund("nobody", "third", 1).await.unwrap_err();
    assert_eq!(kept(&shop).await, 500);
    card.refund(&bought.id, "second", 500).await.unwrap();
    assert_eq!(kept(&shop).await, 0);
}

async fn the_database_refuses_more_than_was_paid_or_bought(shop: TestShop) {
    let rope = rope(&shop).await;
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    for wrong in [
        "UPDATE orders SET refunded_minor = 2001 WHERE id = ",
        "UPDATE orders SET refunded_minor = -1 WHERE id = ",
        "UPDATE payment_attempts SET refunded_minor = 2001 WHERE order_id = ",
        "UPDATE payment_attempts SET refunded_minor = -1 WHERE order_id = ",
        "UPDATE order_lines SET refunded = 3 WHERE order_id = ",
        "UPDATE order_lines SET restocked = 1 WHERE order_id = ",
        "UPDATE order_lines SET refunded = -1 WHERE order_id = ",
    ] {
        let mut tx = shop.db().begin().await.unwrap();
        let mut sql = Sql::new(wrong);
        sql.text(&bought.id);
        assert!(sql.execute(&mut *tx).await.is_err(), "{wrong}");
    }
}

async fn units_of_a_deleted_product_go_back_to_its_archived_variant(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    let one = some(&[(0, 1)], 1, Restock::ToStock);
    refund(&shop, &admin, &bought, one).await.unwrap();
    shop.shop()
        .admin
        .delete_product(&admin, &rope.id)
        .await
        .unwrap();
    assert_eq!(shop.units(rope.variant()).await, 9);
    let order = refund(&shop, &admin, &bought, all(2)).await.unwrap();
    assert_eq!(
        (order.status, kept(&shop).await),
        (OrderStatus::Refunded, 0)
    );
    assert_eq!(shop.units(rope.variant()).await, 10);
}

/// What the support code audits after every test is looked at after every few steps here.
async fn the_books_agree_after_anything_staff_may_do(shop: TestShop) {
    let admin = shop.admin().await;
    let goods = [
        shop.stock(Goods::named("Rope").price(1000).units(200))
            .await,
        shop.stock(Goods::named("Lamp").price(0).units(200)).await,
        shop.stock(Goods::named("Buoy").price(333).units(200)).await,
    ];
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut orders, mut taken) = (Vec::new(), 0);
    for round in 0..400 {
        if orders.len() < 3 || dice.roll(8) == 0 {
            let lines: Vec<_> = goods
                .iter()
                .filter(|_| dice.roll(3) > 0)
                .collect::<Vec<_>>()
                .into_iter()
                .map(|goods| (goods.variant(), 1 + dice.roll(3)))
                .collect();
            if !lines.is_empty() {
                let payment = match dice.roll(2) {
                    0 => cash(),
                    _ => test_card(APPROVES),
                };
                orders.push(shop.bought(&lines, payment).await);
            }
            continue;
        }
        let order = &orders[usize::try_from(dice.roll(orders.len() as u64)).unwrap()];
        let (id, desk) = (&order.id, &shop.shop().order_desk);
        let done = match dice.roll(8) {
            0 => desk.pack(&admin, id).await,
            1 => desk.ship(&admin, id, Parcel::default()).await,
            2 => desk.deliver(&admin, id).await,
            3 => desk.receive(&admin, id).await,
            4 => shop.shop().orders.cancel(&admin, id).await,
            kind => {
                let number =
                    desk.order(id).await.unwrap().refunds.len() as i64 + 1 - dice.roll(5) / 4;
                let restock = match dice.roll(2) {
                    0 => Restock::Not,
                    _ => Restock::ToStock,
                };
                let at = usize::try_from(dice.roll(3)).unwrap();
                let new = match kind {
                    5 => all(number),
                    _ => some(&[(at, dice.roll(3))], number, restock),
                };
                desk.refund(&admin, id, new).await
            }
        };
        match done {
            Ok(_) => taken += 1,
            Err(refused) => assert!(
                matches!(refused.kind, ErrorKind::Conflict | ErrorKind::Invalid),
                "round {round}: {refused}"
            ),
        }
        if round % 15 == 0 {
            crate::support::assert_stock_adds_up(shop.db()).await;
        }
    }
    assert!(taken > 30, "most of it was refused: {taken}");
    let promised = "SELECT CAST(COALESCE(SUM(p.captured_minor - p.refunded_minor), 0) AS BIGINT) AS n \
        FROM payment_attempts p WHERE p.provider = 'test_card' AND p.status IN ('captured', 'refunded')";
    assert_eq!(
        shop.number(promised).await,
        kept(&shop).await,
        "the bank has the same books"
    );
}
