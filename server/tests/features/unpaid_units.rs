//! Units that nobody has paid for: one network and one address hold so many at a time, whatever orders are to
//! be paid by, and however many mailboxes someone makes up.

mod early;

use std::time::Duration;

use app::{
    checkout::types::{PaymentInput, PlaceOrder, Placed},
    contact::Contact,
    error::{ErrorKind, ShopResult},
    orders::types::OrderStatus,
};
use futures_util::future::join_all;
use server::{
    db::{Get, Sql, turns},
    feature::{self, Person},
    store::ChangeSet,
};
use tokio::time::timeout;

use crate::{
    bank_transfer::{came, set_up, transfer},
    support::{Goods, MINUTE, STAFF, Stocked, TestShop, cash, contact, on_both_databases, order},
};

on_both_databases!(
    what_emptied_the_shop_by_cash_is_stopped_at_the_first,
    what_emptied_the_shop_by_transfer_is_stopped_at_the_first,
    two_hundred_shoppers_behind_one_address_meet_no_bound,
    what_is_paid_cancelled_or_lapsed_holds_nothing_any_more,
    cash_is_held_until_the_parcel_is_sent,
    an_address_is_one_however_it_is_spelled,
    orders_at_once_on_two_nodes_see_each_other,
    who_may_hold_any_number_waits_for_nobody,
    a_demonstration_counts_nobodys_units,
    an_owner_sets_how_many_and_turns_it_off,
    nothing_typed_is_kept_of_who_holds_units,
);

/// Where nobody can be told from anybody else.
const NETWORK: &str = "203.0.113.7";

/// An order of someone who is made up, as they come by the dozen.
pub fn invented(number: usize, payment: PaymentInput, total_minor: i64) -> PlaceOrder {
    PlaceOrder {
        contact: Contact {
            email: format!("nobody{number}@example.com"),
            address_line1: format!("Pier {number}"),
            ..contact()
        },
        network: NETWORK.to_owned(),
        ..order(payment, total_minor)
    }
}

/// Units of one variant at 10.00, for someone who is made up.
async fn buy(
    shop: &TestShop,
    rope: &Stocked,
    units: i64,
    order: impl FnOnce(i64) -> PlaceOrder,
) -> ShopResult<Placed> {
    let cart = shop.cart(&[(rope.variant(), units)]).await;
    shop.place(&cart, order(units * 1000)).await
}

async fn ropes(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000).units(10_000))
        .await
}

/// How many may be held.
async fn may_hold(shop: &TestShop, network: i64, address: i64) {
    let sql = format!("UPDATE brakes SET held_by_network = {network}, held_by_address = {address}");
    shop.execute(&sql).await;
}

/// Eight carts of 50 times 99 units for eight mailboxes of one network: the first goes too far. Then the same
/// in carts that are small enough: the fourth does.
pub async fn is_stopped_at_the_first(shop: &TestShop, payment: PaymentInput) {
    const STOCK: &str = "SELECT CAST(SUM(stock) AS BIGINT) AS n FROM variants";
    let mut shelf = Vec::new();
    for n in 0..50 {
        let goods = Goods::named(&format!("Rope {n}")).price(1000).units(1000);
        shelf.push(shop.stock(goods).await);
    }
    let lines = |count: usize| -> Vec<(&str, i64)> {
        let lines = shelf.iter().take(count);
        lines.map(|rope| (rope.variant(), 99)).collect()
    };
    let stock = shop.number(STOCK).await;
    for number in 0..8 {
        let cart = shop.cart(&lines(50)).await;
        let wanted = invented(number, payment.clone(), 50 * 99 * 1000);
        let refused = shop.place(&cart, wanted).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::LimitReached, "{refused}");
        // Other orders have no part in it.
        assert!(
            refused.message.contains("larger than 1,000 items"),
            "{refused}"
        );
        assert!(refused.message.contains("ask us"), "{refused}");
        assert!(refused.lines.is_empty() && refused.fields.is_empty());
    }
    assert_eq!(shop.orders().await, 0);
    let mut taken = Vec::new();
    for number in 0..8 {
        let cart = shop.cart(&lines(6)).await;
        let wanted = invented(number, payment.clone(), 6 * 99 * 1000);
        match shop.place(&cart, wanted).await {
            Ok(_) => taken.push(number),
            Err(refused) => {
                assert_eq!(refused.kind, ErrorKind::LimitReached, "{refused}");
                assert!(
                    refused.message.contains("more items than we can hold"),
                    "{refused}"
                );
            }
        }
    }
    assert_eq!(taken, [0, 1, 2]);
    assert_eq!(shop.number(STOCK).await, stock - 3 * 6 * 99);
    // Someone else, somewhere else, is not kept out.
    let cart = shop.cart(&lines(6)).await;
    let elsewhere = PlaceOrder {
        network: "198.51.100.9".to_owned(),
        ..invented(9, payment, 6 * 99 * 1000)
    };
    shop.place(&cart, elsewhere).await.unwrap();
}

async fn what_emptied_the_shop_by_cash_is_stopped_at_the_first(shop: TestShop) {
    is_stopped_at_the_first(&shop, cash()).await;
}

async fn what_emptied_the_shop_by_transfer_is_stopped_at_the_first(shop: TestShop) {
    set_up(&shop).await;
    is_stopped_at_the_first(&shop, transfer()).await;
}

async fn two_hundred_shoppers_behind_one_address_meet_no_bound(shop: TestShop) {
    let rope = ropes(&shop).await;
    for number in 0..200 {
        let placed = buy(&shop, &rope, 10, |total| invented(number, cash(), total)).await;
        placed.unwrap_or_else(|refused| panic!("{number}: {refused}"));
    }
}

async fn what_is_paid_cancelled_or_lapsed_holds_nothing_any_more(shop: TestShop) {
    let admin = set_up(&shop).await;
    may_hold(&shop, 5, 0).await;
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
    let rope = ropes(&shop).await;
    let desk = shop.shop();
    for ends in 0..3 {
        let placed = buy(&shop, &rope, 5, |total| invented(ends, transfer(), total)).await;
        let held = shop.order(&placed.unwrap()).await;
        assert_eq!(held.status, OrderStatus::AwaitingConfirmation);
        let refused = buy(&shop, &rope, 1, |total| invented(9, cash(), total)).await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::LimitReached);
        match ends {
            0 => {
                desk.order_desk.confirm(&admin, &held.id).await.unwrap();
                // It waits on, and holds on.
                let refused = buy(&shop, &rope, 1, |total| invented(9, transfer(), total)).await;
                assert_eq!(refused.unwrap_err().kind, ErrorKind::LimitReached);
                desk.transfers
                    .record(&admin, &held.id, came("50.00", ""))
                    .await
                    .unwrap();
            }
            1 => {
                desk.orders.cancel(&admin, &held.id).await.unwrap();
            }
            _ => {
                shop.clock.advance(31 * MINUTE);
                shop.services.checkout.settle_overdue().await.unwrap();
            }
        }
    }
    // Once: no more than five again.
    buy(&shop, &rope, 5, |total| invented(7, cash(), total))
        .await
        .unwrap();
    let refused = buy(&shop, &rope, 1, |total| invented(8, cash(), total)).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::LimitReached);
    // Rows of what is over are gone with it.
    let rows = "SELECT COUNT(*) AS n FROM unpaid_holders";
    assert_eq!(shop.number(rows).await, 2);
}

async fn cash_is_held_until_the_parcel_is_sent(shop: TestShop) {
    may_hold(&shop, 5, 0).await;
    let staff = shop.account(STAFF, app::identity::Role::Staff).await;
    let rope = ropes(&shop).await;
    let placed = buy(&shop, &rope, 5, |total| invented(0, cash(), total))
        .await
        .unwrap();
    let id = shop.order(&placed).await.id;
    let desk = &shop.shop().order_desk;
    desk.pack(&staff, &id).await.unwrap();
    let refused = buy(&shop, &rope, 1, |total| invented(1, cash(), total)).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::LimitReached);
    desk.ship(&staff, &id, Default::default()).await.unwrap();
    buy(&shop, &rope, 5, |total| invented(1, cash(), total))
        .await
        .unwrap();
}

async fn an_address_is_one_however_it_is_spelled(shop: TestShop) {
    may_hold(&shop, 0, 3).await;
    let rope = ropes(&shop).await;
    let mut taken = 0;
    for (n, street) in [
        "Lange Straße 5a",
        "LANGE STR. 5 A",
        "Lange Strasse 5a",
        "Lange Str 5a",
    ]
    .into_iter()
    .enumerate()
    {
        let mut wanted = invented(n, cash(), 1000);
        wanted.contact.address_line1 = street.to_owned();
        wanted.network = format!("203.0.113.{n}");
        taken += i64::from(buy(&shop, &rope, 1, |_| wanted).await.is_ok());
    }
    assert_eq!(taken, 3);
}

async fn orders_at_once_on_two_nodes_see_each_other(shop: TestShop) {
    may_hold(&shop, 5, 0).await;
    let rope = ropes(&shop).await;
    let second = shop.second_node();
    let mut carts = Vec::new();
    for _ in 0..16 {
        carts.push(shop.cart(&[(rope.variant(), 1)]).await);
    }
    let placing = carts.iter().enumerate().map(|(n, cart)| {
        let node = if n % 2 == 0 { &shop } else { &second };
        node.place(cart, invented(n, cash(), 1000))
    });
    let outcomes = join_all(placing).await;
    let placed = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(placed, 5, "{outcomes:?}");
    for refused in outcomes.into_iter().filter_map(Result::err) {
        assert_eq!(refused.kind, ErrorKind::LimitReached, "{refused}");
    }
}

async fn who_may_hold_any_number_waits_for_nobody(shop: TestShop) {
    let rope = ropes(&shop).await;
    buy(&shop, &rope, 1, |total| invented(0, cash(), total))
        .await
        .unwrap();
    let holders = Sql::new("SELECT holder FROM unpaid_holders");
    let holders = holders.fetch_all(shop.db().reader()).await.unwrap();
    let names = holders.iter().map(|row| row.text("holder").unwrap());
    let names: Vec<_> = names.map(|name| format!("held {name}")).collect();
    assert_eq!(names.len(), 2);
    // On SQLite who orders is alone.
    let Some(turns) = turns(shop.db().dialect(), &names) else {
        return;
    };
    may_hold(&shop, 0, 0).await;
    let mut tx = shop.db().begin().await.unwrap();
    turns.fetch_all(&mut *tx).await.unwrap();
    let again = buy(&shop, &rope, 1, |total| invented(0, cash(), total));
    let placed = timeout(Duration::from_secs(60), again).await;
    placed.expect("it does not wait").unwrap();
    tx.rollback().await.unwrap();
    // What is held meanwhile counts from when it is bounded on.
    may_hold(&shop, 0, 2).await;
    let refused = buy(&shop, &rope, 1, |total| invented(0, cash(), total)).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::LimitReached);
}

async fn a_demonstration_counts_nobodys_units(shop: TestShop) {
    may_hold(&shop, 5, 5).await;
    shop.execute("UPDATE shop_settings SET opening = 'demo'")
        .await;
    let rope = ropes(&shop).await;
    for _ in 0..2 {
        buy(&shop, &rope, 9, |total| invented(1, cash(), total))
            .await
            .unwrap();
    }
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM unpaid_holders")
            .await,
        0
    );
}

async fn an_owner_sets_how_many_and_turns_it_off(shop: TestShop) {
    const SAVE: &str = "/api/admin/brakes/save";
    shop.admin().await;
    let rope = ropes(&shop).await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(crate::support::ADMIN).await.expect(200);
    let page = admin.page("/admin/brakes").await.expect(200).body;
    for shown in [
        "Unpaid units",
        "Recommended: 2000.",
        "name=\"held[1][units]\"",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let set = |version: &'static str, units: &'static str| {
        [
            ("version", version),
            ("held[0][by]", "network"),
            ("held[0][units]", units),
        ]
    };
    admin.submit(SAVE, &set("0", "2")).await.expect(303);
    let page = admin.page("/admin/brakes").await.expect(200).body;
    assert!(
        page.contains("value=\"2\"") && page.contains("value=\"1000\""),
        "{page}"
    );
    let three = || buy(&shop, &rope, 3, |total| invented(0, cash(), total));
    assert_eq!(three().await.unwrap_err().kind, ErrorKind::LimitReached);
    for units in ["0", "-1", "many", "1000001"] {
        let refused = admin.call(SAVE, &set("1", units)).await.expect(422);
        assert_eq!(refused.fields(), ["held[0][units]"], "{units}");
    }
    let mut none = set("1", "5");
    none[1].1 = "cart";
    admin.call(SAVE, &none).await.expect(422);
    // An empty field is no limit.
    admin.submit(SAVE, &set("1", "")).await.expect(303);
    three().await.unwrap();
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'brakes.save'";
    assert_eq!(shop.number(noted).await, 2);
}

async fn nothing_typed_is_kept_of_who_holds_units(shop: TestShop) {
    let rope = ropes(&shop).await;
    let placed = buy(&shop, &rope, 1, |total| invented(0, cash(), total))
        .await
        .unwrap();
    let order = shop.order(&placed).await;
    let rows = "SELECT COUNT(*) AS n FROM unpaid_holders WHERE LENGTH(holder) = 32";
    assert_eq!(shop.number(rows).await, 2);
    let orders = [order.id];
    let person = Person {
        account_id: None,
        guest_email: None,
        orders: &orders,
    };
    let (mut tx, mut changes) = (shop.db().begin().await.unwrap(), ChangeSet::default());
    feature::forget(&mut tx, shop.db(), &person, &mut changes)
        .await
        .unwrap();
    changes.commit(tx, shop.db()).await.unwrap();
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM unpaid_holders")
            .await,
        0
    );
}
