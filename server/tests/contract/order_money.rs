//! The money of refunds: what is owed is paid back once, and all books agree.

mod owed;

use app::{
    checkout::types::PaymentInput,
    error::ErrorKind,
    identity::Account,
    orders::types::{Order, OrderStatus, Parcel},
};
use desk::admin::orders::types::{Restock, ShippingRefund};
use server::{
    db::Sql,
    payment::{PaymentProvider, TestCard},
};

use super::order_refunds::{all, kept, refund, rope, some};
use crate::support::{
    APPROVES, Goods, Stocked, TestShop, cash, on_both_databases, order, test_card,
};

on_both_databases!(
    what_is_due_on_delivery_becomes_less,
    what_is_left_of_an_order_without_units_is_settled,
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
