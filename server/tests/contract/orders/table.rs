//! The desk's table of orders.

use app::{
    answers::{Cursor, Stretch, Tally},
    orders::{
        ports::{OrderFilter, OrderSort},
        types::{OrderRow, OrderStatus},
    },
};
use server::{db::Sql, ids::new_id, orders::sums};

use crate::support::{
    APPROVES, DAY, Goods, HOUR, TestShop, cash, on_both_databases, order, test_card,
};

on_both_databases!(
    the_table_is_filtered_and_paged,
    pages_hold_still_and_leave_out_no_order,
    many_orders_are_counted_no_further_than_anybody_works_off,
    the_table_is_narrowed_by_time_customer_and_product,
    a_whole_number_or_address_finds_its_orders_alone,
    signs_of_a_search_are_looked_for_as_they_are,
);

async fn the_table_is_filtered_and_paged(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(100).units(100)).await;
    let admin = shop.admin().await;
    let mut last = None;
    for n in 0..30 {
        shop.clock.advance(HOUR);
        let cart = shop.cart(&[(rope.variant(), 2)]).await;
        let mut form = order(cash(), 200);
        form.contact.email = format!("buyer{n}@example.com");
        form.contact.name = format!("Buyer N{n:02} Ünger");
        last = Some(shop.place(&cart, form).await.unwrap());
    }
    let orders = &shop.shop().orders;
    let last = shop.order(&last.unwrap()).await;
    orders.cancel(&admin, &last.id).await.unwrap();
    let list = |text: &str, status, cursor| {
        let text = Some(text.to_owned()).filter(|text| !text.is_empty());
        async move {
            let filter = OrderFilter {
                text,
                status,
                cursor,
                ..OrderFilter::default()
            };
            orders.list(&filter).await.unwrap()
        }
    };
    let first = list("", None, None).await;
    assert_eq!((first.found, first.rows.len()), (Tally::whole(30), 25));
    assert_eq!(first.rows[0].id, last.id, "newest first");
    assert_eq!((first.rows[0].units, first.rows[0].total_minor), (2, 200));
    for (text, found) in [
        ("buyer7@", 1),
        ("BUYER N1", 10),
        (&last.number, 1),
        ("@example", 30),
        ("nobody", 0),
    ] {
        assert_eq!(list(text, None, None).await.found.count, found, "{text}");
    }
    let of_status = |text: &str, status| {
        let found = list(text, Some(status), None);
        async move { found.await.found.count }
    };
    assert_eq!(of_status("", OrderStatus::Cancelled).await, 1);
    assert_eq!(of_status("", OrderStatus::Paid).await, 29);
    assert_eq!(of_status("buyer3@", OrderStatus::Cancelled).await, 0);
    for text in ["", "x", "~", "x~y", "1~2~3"] {
        let at = Cursor::After(text.to_owned());
        assert_eq!(list("", None, Some(at)).await.rows.len(), 25, "{text}");
    }
}

/// However it is sorted, and while orders come in.
async fn pages_hold_still_and_leave_out_no_order(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope").price(100).units(1000))
        .await;
    for n in 0..60 {
        // Some at the same moment, of the same total.
        shop.clock.advance(if n % 3 == 0 { HOUR } else { 0 });
        shop.bought(&[(rope.variant(), 1 + n % 4)], test_card(APPROVES))
            .await;
    }
    let orders = &shop.shop().orders;
    let page = async |sort, cursor| {
        let filter = OrderFilter {
            sort,
            cursor,
            ..OrderFilter::default()
        };
        orders.list(&filter).await.unwrap()
    };
    let ids = |page: &Stretch<OrderRow>| -> Vec<String> {
        page.rows.iter().map(|row| row.id.clone()).collect()
    };
    for sort in OrderSort::ALL {
        let first = page(sort, None).await;
        assert!(first.before.is_none());
        let newer = shop
            .bought(&[(rope.variant(), 2)], test_card(APPROVES))
            .await;
        let second = page(sort, first.after.clone().map(Cursor::After)).await;
        let third = page(sort, second.after.clone().map(Cursor::After)).await;
        assert!(third.after.is_none(), "{sort:?}");
        let mut all = [ids(&first), ids(&second), ids(&third)].concat();
        assert_eq!(second.found.count, shop.orders().await, "{sort:?}");
        let back = page(sort, second.before.clone().map(Cursor::Before)).await;
        assert_eq!(ids(&back), ids(&first), "{sort:?}");
        // It came while the pages were read: on one that was still to come, or not.
        all.retain(|id| *id != newer.id);
        let shown = all.len();
        all.sort();
        all.dedup();
        assert_eq!(
            (shown, all.len() as i64),
            (all.len(), shop.orders().await - 1),
            "{sort:?}"
        );
    }
}

async fn many_orders_are_counted_no_further_than_anybody_works_off(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(100)).await;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    // As the audit after the test wants them: each with its line.
    let mut tx = shop.db().begin().await.unwrap();
    let rest = "currency, units, subtotal_minor, shipping_minor, tax_minor, total_minor, payment_method, \
                payment_status, shipping_method, email, email_key, name, address_line1, postal_code, city, country, \
                created_at, updated_at, status";
    for n in 0..1000 {
        let id = new_id();
        let copied = format!(
            "INSERT INTO orders (id, number, token, checkout_key, cart_id, {rest}) \
             SELECT '{id}', 'N{n}', '{id}', '{id}', cart_id, {rest} FROM orders WHERE id = '{}'",
            order.id
        );
        Sql::new(&copied).execute(&mut *tx).await.unwrap();
        let line = format!(
            "INSERT INTO order_lines (order_id, position, variant_id, product_slug, title, unit_price_minor, \
             quantity, taken, created_at) SELECT '{id}', position, NULL, product_slug, title, \
             unit_price_minor, quantity, 0, created_at FROM order_lines WHERE order_id = '{}'",
            order.id
        );
        Sql::new(&line).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    sums::correct(shop.db(), shop.now()).await.unwrap();
    let orders = &shop.shop().orders;
    let found = orders.list(&OrderFilter::default()).await.unwrap().found;
    assert_eq!(found.words(), "999+");
}

async fn the_table_is_narrowed_by_time_customer_and_product(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Tarred Rope").price(100).sku("RO-1"))
        .await;
    let lamp = shop.stock(Goods::named("Lamp").price(100)).await;
    for (email, goods) in [
        ("kim@example.com", &rope),
        ("KIM@example.com", &lamp),
        ("akim@example.com", &rope),
    ] {
        shop.clock.advance(DAY);
        let cart = shop.cart(&[(goods.variant(), 1)]).await;
        let mut form = order(cash(), 100);
        email.clone_into(&mut form.contact.email);
        shop.place(&cart, form).await.unwrap();
    }
    let now = shop.now();
    let found = |filter: OrderFilter| {
        let orders = shop.shop().orders.clone();
        async move { orders.list(&filter).await.unwrap().found.count }
    };
    let of_customer = |email: &str| OrderFilter {
        customer: Some(email.to_owned()),
        ..OrderFilter::default()
    };
    assert_eq!(
        found(of_customer("Kim@Example.com")).await,
        2,
        "in any case"
    );
    assert_eq!(found(of_customer("kim")).await, 0, "a whole address");
    let of_product = |product: &str| OrderFilter {
        product: Some(product.to_owned()),
        ..OrderFilter::default()
    };
    for (product, count) in [
        ("tarred", 2),
        ("ro-1", 2),
        ("lamp", 1),
        (&rope.slug, 2),
        ("%", 0),
        ("'", 0),
    ] {
        assert_eq!(found(of_product(product)).await, count, "{product}");
    }
    let between = |from, until| OrderFilter {
        from: Some(from),
        until: Some(until),
        ..OrderFilter::default()
    };
    assert_eq!(found(between(now - DAY, now + 1)).await, 2);
    assert_eq!(
        found(between(now - DAY, now)).await,
        1,
        "the end is left out"
    );
    assert_eq!(found(between(i64::MIN, i64::MAX)).await, 3);
    let all = OrderFilter {
        text: Some("HF-".to_owned()),
        status: Some(OrderStatus::Paid),
        product: Some("rope".to_owned()),
        ..of_customer("akim@example.com")
    };
    assert_eq!(found(all).await, 1, "filters work together");
}

async fn a_whole_number_or_address_finds_its_orders_alone(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(100)).await;
    let mut numbers = Vec::new();
    for email in ["Kim@example.com", "akim@example.com"] {
        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        let mut form = order(cash(), 100);
        email.clone_into(&mut form.contact.email);
        numbers.push(shop.place(&cart, form).await.unwrap().order_number);
    }
    for (text, expected) in [
        (numbers[0].to_lowercase().as_str(), vec![&numbers[0]]),
        ("kim@EXAMPLE.com", vec![&numbers[0]]),
        ("akim@example.com", vec![&numbers[1]]),
        ("kim@example.co", vec![&numbers[1], &numbers[0]]),
    ] {
        let filter = OrderFilter {
            text: Some(text.to_owned()),
            ..OrderFilter::default()
        };
        let list = shop.shop().orders.list(&filter).await.unwrap();
        let mut found: Vec<_> = list.rows.iter().map(|row| &row.number).collect();
        let mut expected = expected;
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{text}");
    }
}

async fn signs_of_a_search_are_looked_for_as_they_are(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(100)).await;
    for name in ["100% Kim", "under_score", "back\\slash"] {
        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        let mut form = order(cash(), 100);
        name.clone_into(&mut form.contact.name);
        shop.place(&cart, form).await.unwrap();
    }
    for (text, found) in [
        ("%", 1),
        ("_", 1),
        ("\\", 1),
        ("100%", 1),
        ("r_s", 1),
        ("0_k", 0),
        ("'", 0),
    ] {
        let filter = OrderFilter {
            text: Some(text.to_owned()),
            ..OrderFilter::default()
        };
        let list = shop.shop().orders.list(&filter).await.unwrap();
        assert_eq!(list.found.count, found, "{text}");
    }
}
