//! Customers are found by what they ordered and by their accounts.

use app::{error::ErrorKind, identity::Role, orders::types::Order};
use desk::admin::{
    customers::types::{CustomerFilter, CustomerRow, List},
    product_filter::Cursor,
};

use crate::support::{Goods, MINUTE, TestShop, cash, contact, on_both_databases, order};

on_both_databases!(
    a_guest_and_an_account_are_one_customer_each_with_their_totals,
    an_address_that_was_not_proven_gets_nobody_elses_orders,
    customers_are_searched_and_listed_page_by_page,
);

/// An order by a guest with this address.
pub async fn ordered(shop: &TestShop, email: &str, lines: &[(&str, i64)]) -> Order {
    shop.clock.advance(MINUTE);
    let cart = shop.cart(lines).await;
    let total = shop.subtotal(&cart).await;
    let mut order = order(cash(), total);
    order.contact.email = email.to_owned();
    let placed = shop.place(&cart, order).await.unwrap();
    shop.order(&placed).await
}

pub async fn verify(shop: &TestShop, account_id: &str) {
    let mut tx = shop.db().begin().await.unwrap();
    sqlx::query("UPDATE accounts SET verified_at = created_at WHERE id = $1")
        .bind(account_id)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn listed(shop: &TestShop, filter: CustomerFilter) -> Vec<CustomerRow> {
    shop.shop().customers.list(&filter).await.unwrap().rows
}

async fn a_guest_and_an_account_are_one_customer_each_with_their_totals(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let admin = shop.admin().await;
    let first = ordered(&shop, "Guest@example.com", &[(rope.variant(), 1)]).await;
    let own = ordered(&shop, "own@example.com", &[(rope.variant(), 3)]).await;
    let second = ordered(&shop, "guest@example.com", &[(rope.variant(), 2)]).await;
    let account = shop.account("own@example.com", Role::Customer).await;
    verify(&shop, &account.id).await;
    shop.shop().orders.cancel(&admin, &first.id).await.unwrap();
    let all = super::super::order_refunds::all(1);
    shop.shop()
        .order_desk
        .refund(&admin, &own.id, all)
        .await
        .unwrap();

    let rows = listed(&shop, CustomerFilter::default()).await;
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.email.as_str(), row.orders, row.spent_minor))
        .collect();
    assert_eq!(
        told,
        [("guest@example.com", 2, 2000), ("own@example.com", 1, 0)]
    );
    assert_eq!(rows[0].last_order_at, Some(second.created_at));
    assert!(rows[0].account.is_none());
    assert_eq!(rows[1].id, account.id);
    assert_eq!(
        rows[1].name,
        contact().name,
        "the order's, where the account has none"
    );

    let customers = &shop.shop().customers;
    for id in [&first.id, &second.id] {
        let guest = customers.customer(id, None).await.unwrap();
        assert_eq!(guest.row.email, "guest@example.com");
        let ids: Vec<_> = guest.orders.iter().map(|order| &order.id).collect();
        assert_eq!(ids, [&second.id, &first.id]);
    }
    let by_order = customers.customer(&own.id, None).await.unwrap();
    assert_eq!(
        by_order,
        customers.customer(&account.id, None).await.unwrap()
    );
    for id in ["", "x", rope.id.as_str()] {
        let refused = customers.customer(id, None).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound);
    }
}

async fn an_address_that_was_not_proven_gets_nobody_elses_orders(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let placed = ordered(&shop, "own@example.com", &[(rope.variant(), 1)]).await;
    let account = shop.account("own@example.com", Role::Customer).await;
    let customers = &shop.shop().customers;
    let of_account = customers.customer(&account.id, None).await.unwrap();
    assert_eq!((of_account.row.orders, of_account.orders.len()), (0, 0));
    let guest = customers.customer(&placed.id, None).await.unwrap();
    assert_eq!((guest.row.orders, guest.row.account), (1, None));
}

async fn customers_are_searched_and_listed_page_by_page(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope").price(1000).units(100))
        .await;
    for n in 0..30 {
        let email = format!("guest.{n:02}@example.com");
        ordered(&shop, &email, &[(rope.variant(), 1)]).await;
    }
    ordered(&shop, "guest.03@example.com", &[(rope.variant(), 1)]).await;
    let customers = &shop.shop().customers;
    let first = customers.list(&CustomerFilter::default()).await.unwrap();
    assert_eq!((first.rows.len(), first.before.clone()), (25, None));
    assert_eq!(
        first.rows[0].email, "guest.03@example.com",
        "by the newest order"
    );
    let second = CustomerFilter {
        cursor: first.after.clone().map(Cursor::After),
        ..CustomerFilter::default()
    };
    let second = customers.list(&second).await.unwrap();
    assert_eq!((second.rows.len(), second.after.clone()), (5, None));
    assert!(second.rows.iter().all(|row| !first.rows.contains(row)));
    let back = CustomerFilter {
        cursor: second.before.map(Cursor::Before),
        ..CustomerFilter::default()
    };
    assert_eq!(customers.list(&back).await.unwrap().rows, first.rows);

    let search = |list, text: &str| CustomerFilter {
        list,
        text: Some(text.to_owned()),
        cursor: None,
    };
    assert_eq!(
        listed(&shop, search(List::Buyers, "GUEST.1")).await.len(),
        10
    );
    assert_eq!(
        listed(&shop, search(List::Buyers, &contact().name))
            .await
            .len(),
        25
    );
    assert_eq!(listed(&shop, search(List::Buyers, "gue%t")).await.len(), 0);
    let account = shop.account("new@example.com", Role::Customer).await;
    let found = listed(&shop, search(List::Accounts, "new@")).await;
    assert_eq!(
        (found.len(), found[0].id.as_str()),
        (1, account.id.as_str())
    );
    assert_eq!(found[0].last_order_at, None);
}
