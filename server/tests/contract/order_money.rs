//! The money of refunds: what is owed is paid back once, and all books agree.

use app::{
    error::ErrorKind,
    orders::{
        desk::Restock,
        types::{OrderStatus, Parcel},
    },
};
use server::{
    checkout::payment::{PaymentProvider, TestCard},
    db::Sql,
    orders::refund::{Made, Refunding, make},
};

use super::order_refunds::{all, kept, refund, rope, some};
use crate::support::{APPROVES, Goods, TestShop, cash, on_both_databases, test_card};

on_both_databases!(
    what_is_due_on_delivery_becomes_less,
    money_that_is_owed_is_paid_back_later_and_once,
    the_provider_never_pays_back_more_than_it_charged,
    the_database_refuses_more_than_was_paid_or_bought,
    a_deleted_product_is_refunded_without_restock,
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
    assert_eq!(shop.number(mails).await, 0, "no money goes back");
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
        (OrderStatus::Refunded, "void")
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
    let Made::New(refund_id) = made else {
        panic!("{made:?}")
    };
    assert_eq!(kept(&shop).await, 2000);
    let tidying: Vec<_> = (0..4)
        .map(|_| {
            let node = shop.second_node();
            tokio::spawn(async move { node.services.tidy().await })
        })
        .collect();
    for tidied in tidying {
        tidied.await.unwrap();
    }
    shop.services.tidy().await;
    assert_eq!(kept(&shop).await, 0);
    let card = TestCard::new(shop.db().clone(), shop.clock.clone());
    card.refund(&bought.id, &refund_id, 2000).await.unwrap();
    assert_eq!(kept(&shop).await, 0, "a repeated call pays back once");
    let order = shop.shop().order_desk.order(&bought.id).await.unwrap();
    assert_eq!(order.refunds[0].status, "returned");
    assert_eq!(order.order.payment_status, "refunded");
}

async fn the_provider_never_pays_back_more_than_it_charged(shop: TestShop) {
    let rope = rope(&shop).await;
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    let card = TestCard::new(shop.db().clone(), shop.clock.clone());
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
        "UPDATE payments SET refunded_minor = 2001 WHERE order_id = ",
        "UPDATE payments SET refunded_minor = -1 WHERE order_id = ",
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

async fn a_deleted_product_is_refunded_without_restock(shop: TestShop) {
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
    let order = refund(&shop, &admin, &bought, all(2)).await.unwrap();
    assert_eq!(
        (order.status, kept(&shop).await),
        (OrderStatus::Refunded, 0)
    );
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
    let promised = "SELECT CAST(COALESCE(SUM(p.amount_minor - p.refunded_minor), 0) AS BIGINT) AS n \
        FROM payments p WHERE p.provider = 'test_card' AND p.status IN ('captured', 'refunded')";
    assert_eq!(
        shop.number(promised).await,
        kept(&shop).await,
        "the bank has the same books"
    );
}
