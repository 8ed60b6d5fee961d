//! Finding orders.

use app::{
    error::ErrorKind,
    orders::{ports::OrderFilter, types::OrderStatus},
};
use server::ids::new_secret;

use crate::support::{DAY, Goods, HOUR, TestShop, cash, on_both_databases, order};

on_both_databases!(
    an_order_is_found_by_token_number_and_id,
    a_number_is_found_however_it_is_typed,
    an_order_is_found_by_either_spelling_of_its_address,
    a_wrong_number_and_a_wrong_address_are_answered_alike,
    the_table_is_filtered_and_paged,
    the_table_is_narrowed_by_time_customer_and_product,
    a_whole_number_or_address_finds_its_orders_alone,
    signs_of_a_search_are_looked_for_as_they_are,
    numbers_and_tokens_do_not_tell_of_each_other,
);

async fn an_order_is_found_by_token_number_and_id(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 2)], cash()).await;
    let placed = placed.unwrap();
    let orders = &shop.shop().orders;
    let by_token = orders.by_token(&placed.token).await.unwrap();
    assert_eq!(by_token.number, placed.order_number);
    let typed = format!(" {} ", placed.order_number.to_lowercase());
    let found = orders.look_up(&typed, " KIM@Example.com").await.unwrap();
    assert_eq!(found, by_token);
    assert_eq!(orders.by_id(&by_token.id).await.unwrap(), by_token);
    for wrong in ["", "x", &new_secret(), &placed.order_number, &by_token.id] {
        assert_eq!(
            orders.by_token(wrong).await.unwrap_err().kind,
            ErrorKind::NotFound
        );
    }
    for wrong in ["", "x", &placed.token, &placed.order_number, rope.variant()] {
        assert_eq!(
            orders.by_id(wrong).await.unwrap_err().kind,
            ErrorKind::NotFound
        );
    }
}

async fn a_number_is_found_however_it_is_typed(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(100)).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    shop.buy(&[(rope.variant(), 1)], cash()).await.1.unwrap();
    let number = placed.unwrap().order_number;
    let digits = number.trim_start_matches("HF-").replace('-', "");
    let (head, tail) = digits.split_at(5);
    let orders = &shop.shop().orders;
    for typed in [
        format!("#{number}"),
        number.replace('-', "–"),
        number.replace('-', ""),
        format!("{head} {tail}").to_lowercase(),
        number.replace('0', "O").replace('1', "l"),
        number.replace('0', "o").replace('1', "I"),
    ] {
        let found = orders.look_up(&typed, "kim@example.com").await.unwrap();
        assert_eq!(found.number, number, "{typed}");
        let filter = OrderFilter {
            text: Some(typed.clone()),
            ..OrderFilter::default()
        };
        let list = orders.list(&filter).await.unwrap();
        let found: Vec<_> = list.rows.iter().map(|row| row.number.as_str()).collect();
        assert_eq!(found, [number.as_str()], "{typed}");
    }
    // The end of the first half with the beginning of the second, as it is read out.
    let filter = OrderFilter {
        text: Some(digits[2..8].to_lowercase()),
        ..OrderFilter::default()
    };
    let list = orders.list(&filter).await.unwrap();
    assert!(list.rows.iter().any(|row| row.number == number));
}

async fn an_order_is_found_by_either_spelling_of_its_address(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(100)).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let mut form = order(cash(), 100);
    form.contact.email = "Kim@EXA\u{308}MPLE.de".to_owned();
    let placed = shop.place(&cart, form).await.unwrap();
    let orders = &shop.shop().orders;
    let order = shop.order(&placed).await;
    assert_eq!(order.contact.email, "Kim@exämple.de");
    for typed in [
        "kim@exämple.de",
        "KIM@EXÄMPLE.DE",
        "kim@exa\u{308}mple.de",
        "kim@xn--exmple-cua.de",
    ] {
        let found = orders.look_up(&order.number, typed).await.unwrap();
        assert_eq!(found.id, order.id, "{typed}");
        for filter in [
            OrderFilter {
                text: Some(typed.to_owned()),
                ..OrderFilter::default()
            },
            OrderFilter {
                customer: Some(typed.to_owned()),
                ..OrderFilter::default()
            },
        ] {
            assert_eq!(orders.list(&filter).await.unwrap().total, 1, "{typed}");
        }
    }
    let mail = shop.post().the_mail().await;
    assert_eq!(mail.header("To"), "Kim@xn--exmple-cua.de");
}

async fn a_wrong_number_and_a_wrong_address_are_answered_alike(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    let number = placed.unwrap().order_number;
    let orders = &shop.shop().orders;
    let wrong_address = orders
        .look_up(&number, "eve@example.com")
        .await
        .unwrap_err();
    let wrong_number = orders
        .look_up("HF-00000-00000", "kim@example.com")
        .await
        .unwrap_err();
    assert_eq!(wrong_address, wrong_number);
    for (number, email) in [
        (number.as_str(), ""),
        ("", "kim@example.com"),
        ("%", "%"),
        ("'", "'"),
    ] {
        assert_eq!(
            orders.look_up(number, email).await.unwrap_err(),
            wrong_number
        );
    }
}

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
    let list = |text: &str, status, page| {
        let text = Some(text.to_owned()).filter(|text| !text.is_empty());
        async move {
            let filter = OrderFilter {
                text,
                status,
                page,
                ..OrderFilter::default()
            };
            orders.list(&filter).await.unwrap()
        }
    };
    let first = list("", None, 1).await;
    assert_eq!((first.total, first.pages, first.rows.len()), (30, 2, 25));
    assert_eq!(first.rows[0].id, last.id, "newest first");
    assert_eq!((first.rows[0].units, first.rows[0].total_minor), (2, 200));
    assert_eq!(list("", None, 2).await.rows.len(), 5);
    assert_eq!(list("", None, 99).await.rows.len(), 0);
    for (text, found) in [
        ("buyer7@", 1),
        ("BUYER N1", 10),
        (&last.number, 1),
        ("@example", 30),
        ("nobody", 0),
    ] {
        assert_eq!(list(text, None, 1).await.total, found, "{text}");
    }
    assert_eq!(list("", Some(OrderStatus::Cancelled), 1).await.total, 1);
    assert_eq!(list("", Some(OrderStatus::Paid), 1).await.total, 29);
    assert_eq!(
        list("buyer3@", Some(OrderStatus::Cancelled), 1).await.total,
        0
    );
    for page in [0, -1, i64::MIN] {
        assert_eq!(list("", None, page).await.page, 1);
    }
    assert_eq!(list("", None, i64::MAX).await.rows.len(), 0);
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
        async move { orders.list(&filter).await.unwrap().total }
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
            page: 1,
            ..OrderFilter::default()
        };
        let list = shop.shop().orders.list(&filter).await.unwrap();
        assert_eq!(list.total, found, "{text}");
    }
}

async fn numbers_and_tokens_do_not_tell_of_each_other(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(20)).await;
    let mut numbers = Vec::new();
    for _ in 0..20 {
        let placed = shop.buy(&[(rope.variant(), 1)], cash()).await.1.unwrap();
        assert_ne!(placed.token, placed.order_number);
        numbers.push(placed.order_number);
    }
    let in_order = numbers.is_sorted();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 20);
    assert!(!in_order, "they do not count up");
}
