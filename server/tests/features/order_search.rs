//! Orders and customers by parts of numbers, addresses and names: the same from the moment an order is placed, and once it
//! is indexed.

mod erased;
mod many;
mod upgrade;

use std::slice;

use app::{
    checkout::types::PlaceOrder,
    contact::Contact,
    identity::Role,
    orders::{ports::OrderFilter, types::Order},
};
use desk::admin::customers::types::{CustomerFilter, List};
use many::crowd;
use server::orders::{search::fill, sums};

use crate::support::{Goods, MINUTE, Stocked, TestShop, cash, contact, on_both_databases, order};

on_both_databases!(
    parts_are_found_before_and_after_orders_are_indexed,
    each_order_is_indexed_once_however_they_come,
    customers_are_found_by_parts,
    an_order_that_changes_is_found_as_it_is,
    orders_of_a_product_are_found_by_what_it_was_called,
);

async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000).units(100_000))
        .await
}

async fn of(shop: &TestShop, rope: &Stocked, name: &str, email: &str) -> Order {
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let form = PlaceOrder {
        contact: Contact {
            name: name.to_owned(),
            email: email.to_owned(),
            ..contact()
        },
        ..order(cash(), 1000)
    };
    let placed = shop.place(&cart, form).await.unwrap();
    shop.clock.advance(MINUTE);
    shop.order(&placed).await
}

async fn index(shop: &TestShop) {
    fill::fill(shop.db(), shop.now()).await.unwrap();
}

const WAITING: &str = "SELECT COUNT(*) AS n FROM order_arrivals";
const INDEXED: &str = "SELECT COUNT(*) AS n FROM order_search";

fn by(text: &str) -> OrderFilter {
    OrderFilter {
        text: Some(text.to_owned()),
        ..OrderFilter::default()
    }
}

async fn listed(shop: &TestShop, filter: &OrderFilter) -> Vec<String> {
    let list = shop.shop().orders.list(filter).await.unwrap();
    list.rows.into_iter().map(|row| row.id).collect()
}

async fn parts_are_found_before_and_after_orders_are_indexed(shop: TestShop) {
    let rope = rope(&shop).await;
    let mueller = of(&shop, &rope, "Jörg Müller", "jm@example.com").await;
    let signs = of(
        &shop,
        &rope,
        "A \"B\" 100% D_E\\F' AND",
        "signs@example.org",
    )
    .await;
    let wei = of(&shop, &rope, "李伟", "wei@example.com").await;
    let short = of(&shop, &rope, "Li", "x@y.example").await;
    let digits = mueller.number.replace('-', "");
    let across = digits[4..10].to_lowercase();
    let all = [&short, &wei, &signs, &mueller];
    let looks: Vec<(&str, Vec<&Order>)> = vec![
        ("MULL", vec![&mueller]),
        ("g mü", vec![&mueller]),
        ("@example", vec![&wei, &signs, &mueller]),
        ("example.com", vec![&wei, &mueller]),
        ("a \"b\"", vec![&signs]),
        ("\"", vec![&signs]),
        ("\"b\" 1", vec![&signs]),
        ("0% d_e\\", vec![&signs]),
        ("f' and", vec![&signs]),
        ("' OR '", vec![]),
        ("\" OR \"", vec![]),
        ("*", vec![]),
        ("***", vec![]),
        ("李伟", vec![&wei]),
        ("伟", vec![&wei]),
        ("y.ex", vec![&short]),
        ("nobody", vec![]),
        (across.as_str(), vec![&mueller]),
        ("hf-", all.to_vec()),
    ];
    for is_indexed in [false, true] {
        if is_indexed {
            index(&shop).await;
        }
        for (text, wanted) in &looks {
            let wanted: Vec<_> = wanted.iter().map(|order| order.id.clone()).collect();
            let mut found = listed(&shop, &by(text)).await;
            if *text == across {
                // Numbers of others may have the same digits.
                found.retain(|id| wanted.contains(id));
            }
            assert_eq!(found, wanted, "{text} {is_indexed}");
        }
        // A letter with its accent is that letter, which addresses have, too.
        assert!(listed(&shop, &by("ö")).await.contains(&mueller.id));
        // Other conditions hold besides.
        let lately = OrderFilter {
            from: Some(wei.created_at),
            ..by("@example")
        };
        assert_eq!(listed(&shop, &lately).await, slice::from_ref(&wei.id));
    }
    assert_eq!(
        (shop.number(WAITING).await, shop.number(INDEXED).await),
        (0, 4)
    );
    // Far longer than any text, and nothing that breaks off a statement.
    for text in ["x".repeat(5000), "\"".repeat(99), "\" AND ".repeat(20)] {
        assert_eq!(listed(&shop, &by(&text)).await, [""; 0]);
    }
    // Nothing is left of marks without their letter: all orders have that.
    assert_eq!(listed(&shop, &by("\u{301}\u{301}")).await.len(), 4);
}

async fn each_order_is_indexed_once_however_they_come(shop: TestShop) {
    let rope = rope(&shop).await;
    let mut buyers = Vec::new();
    for buyer in 0..12 {
        let (node, rope) = (shop.second_node(), rope.clone());
        buyers.push(tokio::spawn(async move {
            let (_, placed) = node.buy(&[(rope.variant(), 1)], cash()).await;
            placed.unwrap();
            // Every few, while others are being placed.
            if buyer % 3 == 0 {
                index(&node).await;
            }
        }));
    }
    for buyer in buyers {
        buyer.await.unwrap();
    }
    index(&shop).await;
    index(&shop).await;
    assert_eq!(
        (shop.number(WAITING).await, shop.number(INDEXED).await),
        (0, 12)
    );
    // One that is placed at the time of others which are there already.
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(shop.number(WAITING).await, 1);
    index(&shop).await;
    assert_eq!(
        (shop.number(WAITING).await, shop.number(INDEXED).await),
        (0, 13)
    );
}

async fn customers_are_found_by_parts(shop: TestShop) {
    let rope = rope(&shop).await;
    let account = shop.account("lisa@example.com", Role::Customer).await;
    shop.execute("UPDATE accounts SET name = 'Lisa Larch', verified_at = 1")
        .await;
    // Under another name than her account's.
    of(&shop, &rope, "L. Larch", "lisa@example.com").await;
    of(&shop, &rope, "Bo Birch", "bo@example.com").await;
    of(&shop, &rope, "Bo Birch", "bo@example.com").await;
    let found = async |list: List, text: &str| {
        let filter = CustomerFilter {
            list,
            text: Some(text.to_owned()),
            cursor: None,
        };
        let table = shop.shop().customers.list(&filter).await.unwrap();
        let emails = table.rows.into_iter().map(|row| row.email);
        emails.collect::<Vec<_>>()
    };
    for is_indexed in [false, true] {
        if is_indexed {
            index(&shop).await;
        }
        for (list, text, wanted) in [
            (List::Buyers, "larch", &["lisa@example.com"][..]),
            (List::Buyers, "isa@", &["lisa@example.com"]),
            (List::Buyers, "birc", &["bo@example.com"]),
            (List::Buyers, "bo", &["bo@example.com"]),
            (
                List::Buyers,
                "example",
                &["bo@example.com", "lisa@example.com"],
            ),
            (List::Accounts, "lisa", &["lisa@example.com"]),
            (List::Accounts, "li", &["lisa@example.com"]),
            (List::Accounts, "birch", &[]),
        ] {
            assert_eq!(
                found(list, text).await,
                wanted,
                "{list:?} {text} {is_indexed}"
            );
        }
    }
    // An account's text is found as soon as it has changed, and goes with it.
    shop.execute("UPDATE accounts SET search_key = 'moved@example.com'")
        .await;
    assert_eq!(found(List::Accounts, "moved").await.len(), 1);
    assert_eq!(found(List::Accounts, "lisa").await.len(), 0);
    shop.execute(&format!("DELETE FROM accounts WHERE id = '{}'", account.id))
        .await;
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM account_search")
            .await,
        0
    );
}

async fn an_order_that_changes_is_found_as_it_is(shop: TestShop) {
    let rope = rope(&shop).await;
    let moved = of(&shop, &rope, "Kim Marten", "kim@example.com").await;
    let deleted = of(&shop, &rope, "Kim Marten", "kim@example.com").await;
    // Before it is indexed. No shop changes this.
    shop.execute(&format!(
        "UPDATE orders SET created_at = created_at + 5 WHERE id = '{}'",
        moved.id
    ))
    .await;
    sums::correct(shop.db(), shop.now()).await.unwrap();
    assert_eq!(listed(&shop, &by("marten")).await.len(), 2);
    index(&shop).await;
    assert_eq!(shop.number(INDEXED).await, 2);
    // After it.
    shop.execute(&format!(
        "UPDATE orders SET created_at = created_at + 5 WHERE id = '{}'",
        moved.id
    ))
    .await;
    let times = "SELECT COUNT(*) AS n FROM order_search s JOIN orders o ON o.id = s.order_id \
                 WHERE s.created_at <> o.created_at";
    assert_eq!(shop.number(times).await, 0);
    index(&shop).await;
    sums::correct(shop.db(), shop.now()).await.unwrap();
    shop.shop()
        .orders
        .cancel(&shop.admin().await, &deleted.id)
        .await
        .unwrap();
    assert_eq!(listed(&shop, &by("marten")).await.len(), 2);
}

async fn orders_of_a_product_are_found_by_what_it_was_called(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Tarred Rope").price(1000).sku("RO-1"))
        .await;
    let lamp = shop.stock(Goods::named("Lamp").price(1000)).await;
    let first = of(&shop, &rope, "Kim Marten", "kim@example.com").await;
    // Of a variant that was deleted before variants were archived.
    crowd(&shop, &first, 3).await;
    let of_lamp = of(&shop, &lamp, "Kim Marten", "kim@example.com").await;
    let found = async |product: &str| {
        let filter = OrderFilter {
            product: Some(product.to_owned()),
            ..OrderFilter::default()
        };
        listed(&shop, &filter).await
    };
    for is_indexed in [false, true] {
        if is_indexed {
            index(&shop).await;
        }
        for product in ["tarred-rope", "red r", "ro-1"] {
            let found = found(product).await;
            let wanted = if product == "tarred-rope" { 4 } else { 1 };
            assert_eq!(found.len(), wanted, "{product} {is_indexed}: {found:?}");
            assert!(found.contains(&first.id), "{product} {is_indexed}");
        }
        assert_eq!(found("lamp").await, slice::from_ref(&of_lamp.id));
        for product in ["%", "lamp-2"] {
            assert_eq!(found(product).await, [""; 0], "{product}");
        }
    }
    shop.rewrite(&rope, |draft| "Hemp".clone_into(&mut draft.title))
        .await;
    let renamed = of(&shop, &rope, "Kim Marten", "kim@example.com").await;
    for is_indexed in [false, true] {
        if is_indexed {
            index(&shop).await;
        }
        assert_eq!(
            found("hemp").await,
            slice::from_ref(&renamed.id),
            "{is_indexed}"
        );
        assert_eq!(
            found("red r").await,
            slice::from_ref(&first.id),
            "{is_indexed}"
        );
        assert_eq!(found("tarred-rope").await.len(), 5, "{is_indexed}");
    }
}
