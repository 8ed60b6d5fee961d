//! The desk: short numbers, and tabs that are counted.

mod carriers;
mod sent_again;

use app::{
    identity::Role,
    orders::{
        ports::{MoneyFilter, OrderFilter, OrderSort},
        types::OrderStatus,
    },
};
use server::orders::sums;

use crate::support::{
    ADMIN, Goods, HOUR, MINUTE, STAFF, Stocked, TestShop, cash, on_both_databases,
};

on_both_databases!(
    short_numbers_rise_and_are_drawn_once,
    orders_that_nobody_looks_at_are_numbered_by_the_maintenance,
    an_order_that_is_committed_late_has_a_number_too,
    an_order_of_a_clock_that_was_ahead_keeps_no_number_from_the_others,
    an_order_is_found_by_its_short_number,
    orders_are_sorted_by_their_day_or_their_total,
    tabs_are_counted_unless_the_list_is_narrowed,
);

async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000)).await
}

/// Short numbers of all orders, the oldest order first.
async fn numbers(shop: &TestShop) -> Vec<i64> {
    let listed = shop.shop().orders.list(&OrderFilter::default()).await;
    let rows = listed.unwrap().rows;
    let numbers = rows.iter().rev().map(|row| row.short_number);
    numbers.map(|number| number.expect("it is drawn")).collect()
}

async fn short_numbers_rise_and_are_drawn_once(shop: TestShop) {
    let rope = rope(&shop).await;
    let mut bought = Vec::new();
    for _ in 0..3 {
        bought.push(shop.bought(&[(rope.variant(), 1)], cash()).await);
        shop.clock.advance(MINUTE);
    }
    let looking: Vec<_> = (0..6)
        .map(|_| {
            let node = shop.second_node();
            tokio::spawn(async move { numbers(&node).await })
        })
        .collect();
    for look in looking {
        assert_eq!(look.await.unwrap(), [1001, 1002, 1003]);
    }
    // The page of an order draws its number as well.
    let next = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let desk = &shop.shop().order_desk;
    assert_eq!(desk.order(&next.id).await.unwrap().short_number, Some(1004));
    let first = desk.order(&bought[0].id).await.unwrap();
    assert_eq!(first.short_number, Some(1001), "it stays");
}

async fn orders_are_sorted_by_their_day_or_their_total(shop: TestShop) {
    let rope = rope(&shop).await;
    let mut bought = Vec::new();
    for units in [2, 5, 1] {
        let order = shop.bought(&[(rope.variant(), units)], cash()).await;
        bought.push(order.id);
        shop.clock.advance(MINUTE);
    }
    for (sort, wanted) in [
        (OrderSort::Newest, [2, 1, 0]),
        (OrderSort::Oldest, [0, 1, 2]),
        (OrderSort::Highest, [1, 0, 2]),
        (OrderSort::Lowest, [2, 0, 1]),
    ] {
        let filter = OrderFilter {
            sort,
            ..OrderFilter::default()
        };
        let rows = shop.shop().orders.list(&filter).await.unwrap().rows;
        let ids: Vec<_> = rows.into_iter().map(|row| row.id).collect();
        assert_eq!(ids, wanted.map(|at| bought[at].clone()), "{sort:?}");
    }
}

async fn orders_that_nobody_looks_at_are_numbered_by_the_maintenance(shop: TestShop) {
    let rope = rope(&shop).await;
    let drawn = "SELECT COUNT(*) AS n FROM order_short_numbers";
    for _ in 0..2 {
        shop.bought(&[(rope.variant(), 1)], cash()).await;
    }
    assert_eq!(shop.number(drawn).await, 0, "placing draws none");
    shop.services.run_maintenance().await;
    assert_eq!(shop.number(drawn).await, 2);
    shop.services.run_maintenance().await;
    assert_eq!(shop.number(drawn).await, 2);
}

async fn an_order_that_is_committed_late_has_a_number_too(shop: TestShop) {
    let rope = rope(&shop).await;
    let late = shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.clock.advance(MINUTE);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    numbers(&shop).await;
    // As if it had not been there when the other one was numbered: its time comes with it.
    let (id, at) = (&late.id, late.created_at);
    for gone in [
        format!("DELETE FROM order_short_numbers WHERE order_id = '{id}'"),
        format!("UPDATE order_arrivals SET numbered = 0 WHERE at = {at}"),
    ] {
        shop.execute(&gone).await;
    }
    assert_eq!(numbers(&shop).await, [1003, 1002]);
}

async fn an_order_of_a_clock_that_was_ahead_keeps_no_number_from_the_others(shop: TestShop) {
    let rope = rope(&shop).await;
    let early = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let day = 24 * HOUR;
    shop.execute(&format!(
        "UPDATE orders SET created_at = created_at + {day} WHERE id = '{}'",
        early.id
    ))
    .await;
    // The time of an order is not changed in a shop.
    sums::correct(shop.db(), shop.now()).await.unwrap();
    assert_eq!(numbers(&shop).await, [1001]);
    shop.clock.advance(HOUR);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(numbers(&shop).await, [1002, 1001]);
    shop.clock.advance(HOUR);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(numbers(&shop).await, [1002, 1003, 1001]);
}

async fn an_order_is_found_by_its_short_number(shop: TestShop) {
    let rope = rope(&shop).await;
    for _ in 0..2 {
        shop.bought(&[(rope.variant(), 1)], cash()).await;
        shop.clock.advance(MINUTE);
    }
    numbers(&shop).await;
    for (typed, found) in [
        ("#1002", vec![1002]),
        ("1001", vec![1001]),
        ("#1003", vec![]),
    ] {
        let filter = OrderFilter {
            text: Some(typed.to_owned()),
            ..OrderFilter::default()
        };
        let rows = shop.shop().orders.list(&filter).await.unwrap().rows;
        let numbers: Vec<_> = rows.iter().filter_map(|row| row.short_number).collect();
        assert_eq!(numbers, found, "{typed}");
    }
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(STAFF).await.expect(200);
    let page = browser.page("/admin/orders?q=%231002").await.expect(200);
    assert!(page.body.contains("#1002") && !page.body.contains("#1001"));
}

async fn tabs_are_counted_unless_the_list_is_narrowed(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let mut bought = Vec::new();
    for _ in 0..3 {
        bought.push(shop.bought(&[(rope.variant(), 1)], cash()).await);
    }
    let desk = &shop.shop().order_desk;
    desk.pack(&admin, &bought[0].id).await.unwrap();
    let tallies = desk.tallies().await.unwrap();
    let of = |status| tallies.of_status(status).unwrap().count;
    assert_eq!(
        [OrderStatus::Paid, OrderStatus::Packed, OrderStatus::Shipped].map(of),
        [2, 1, 0]
    );
    let open = tallies.of_money(MoneyFilter::ToReturn).unwrap();
    assert!(open.is_none());
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let tabs = async |path: &str| {
        let page = browser.page(path).await.expect(200).body;
        let tabs = page.split_once("class=\"tabs\"").unwrap().1;
        tabs.split_once("</nav>").unwrap().0.to_owned()
    };
    let counted = |tabs: &str| tabs.matches("class=\"muted\"").count();
    // All orders, and two more tabs that have any.
    assert_eq!(counted(&tabs("/admin/orders").await), 3);
    assert_eq!(counted(&tabs("/admin/orders?q=kim").await), 1);
}
