//! Finding one order, by its number, its token or its address.

mod table;

use app::{error::ErrorKind, orders::ports::OrderFilter};
use server::ids::new_secret;

use crate::support::{Goods, TestShop, cash, on_both_databases, order};

on_both_databases!(
    an_order_is_found_by_token_number_and_id,
    a_number_is_found_however_it_is_typed,
    an_order_is_found_by_either_spelling_of_its_address,
    a_wrong_number_and_a_wrong_address_are_answered_alike,
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
            assert_eq!(
                orders.list(&filter).await.unwrap().found.count,
                1,
                "{typed}"
            );
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
